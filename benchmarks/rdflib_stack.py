"""The peer: the same three files per entity, made as a user of rdflib and jinja2 would make them.

rdflib's own graph walk for the description, its label look-ups and its serialisers; one jinja2 template with
autoescape. Nothing in it is slowed down on purpose: the template is compiled once, the graph is in memory.
"""

import json
import sys
import time
from pathlib import Path

import jinja2
import rdflib
from rdflib.namespace import RDFS

TEMPLATE = """<!doctype html>
<html lang="{{ lang }}"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="../assets/style.css"></head>
<body><header><a href="../index.html">Home</a></header><main><h1>{{ title }}</h1><p>{{ iri }}</p>
<dl>{% for property, values in rows %}<dt><a href="{{ property.iri }}">{{ property.label }}</a></dt>
{% for v in values %}<dd>{% if v.href %}<a href="{{ v.href }}">{{ v.text }}</a>{% else %}
<span{% if v.lang %} lang="{{ v.lang }}"{% endif %}>{{ v.text }}</span>{% endif %}</dd>{% endfor %}{% endfor %}</dl>
<h2>Linked from</h2><ul>{% for group, values in back %}<li>{{ group }}<ul>
{% for v in values %}<li><a href="{{ v.href }}">{{ v.text }}</a></li>{% endfor %}</ul></li>{% endfor %}</ul>
<p><a href="{{ name }}.ttl">Turtle</a> <a href="{{ name }}.jsonld">JSON-LD</a></p></main></body></html>
"""


def label(graph: rdflib.Graph, node: rdflib.term.Node, lang: str) -> str:
    """The label of a node in a language, else in any, else its IRI."""
    found = ""
    for text in graph.objects(node, RDFS.label):
        if getattr(text, "language", None) == lang:
            return str(text)
        found = str(text)
    return found or str(node)


def page(graph: rdflib.Graph, subject: rdflib.URIRef, template: jinja2.Template, lang: str) -> str:
    """The HTML of one entity."""
    rows: dict[rdflib.term.Node, list[dict[str, str | None]]] = {}
    for _, p, o in sorted(graph.triples((subject, None, None))):
        if isinstance(o, rdflib.Literal):
            rows.setdefault(p, []).append({"text": str(o), "lang": o.language, "href": None})
        else:
            rows.setdefault(p, []).append({"text": label(graph, o, lang), "href": str(o), "lang": None})
    back: dict[str, list[dict[str, str]]] = {}
    for s, p in sorted(graph.subject_predicates(subject))[:50]:
        back.setdefault(label(graph, p, lang), []).append({"text": label(graph, s, lang), "href": str(s)})
    return template.render(
        lang=lang,
        title=label(graph, subject, lang),
        iri=str(subject),
        name=str(subject).rpartition("/")[2],
        rows=[({"iri": str(p), "label": label(graph, p, lang)}, values) for p, values in rows.items()],
        back=sorted(back.items()),
    )


def main(data: Path, out: Path, limit: int) -> None:
    """Load, then make the files of ``limit`` entities spread over the graph; print seconds as JSON."""
    began = time.perf_counter()
    graph = rdflib.Graph()
    graph.parse(data, format="nt")
    loaded = time.perf_counter()
    graph.bind("ice", "https://w3id.org/ice-edu/def#")
    template = jinja2.Environment(autoescape=True).from_string(TEMPLATE)
    subjects = sorted({s for s in graph.subjects() if isinstance(s, rdflib.URIRef)})
    step = max(1, len(subjects) // limit)
    chosen = subjects[::step][:limit]
    built = time.perf_counter()
    for subject in chosen:
        kind, name = str(subject).rsplit("/", 2)[1:]
        folder = out / kind
        folder.mkdir(parents=True, exist_ok=True)
        part = rdflib.Graph(namespace_manager=graph.namespace_manager)
        for triple in graph.triples((subject, None, None)):
            part.add(triple)
        (folder / f"{name}.html").write_text(page(graph, subject, template, "lv"), encoding="utf-8")
        (folder / f"{name}.ttl").write_text(part.serialize(format="turtle"), encoding="utf-8")
        (folder / f"{name}.jsonld").write_text(part.serialize(format="json-ld", auto_compact=True), encoding="utf-8")
    ended = time.perf_counter()
    print(json.dumps({"load": loaded - began, "build": ended - built, "entities": len(chosen)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
