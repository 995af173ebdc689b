"""A bare loop: what a build cannot be faster than, if it looks at the data and fills a template at all; prints JSON.

For each entity: its triples and those that lead to it by ``quads_for_pattern``, one precompiled jinja2 template of a
plain page on values that are escaped before, Turtle and JSON-LD put together by hand, three files. Labels are in a
table that is made once. There is no language to choose, no provenance, no listing, no check, no safety: a crash leaves
half a site. Nothing in it is meant for use.
"""

import html
import json
import sys
import time
from pathlib import Path
from typing import Any

import jinja2
import orjson
import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from benchmarks.generate import BASE

LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
PAGE = """<!doctype html>
<html lang="lv"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="{{ up }}s.css"></head>
<body><header><a href="{{ up }}index.html">{{ site }}</a></header><main><h1>{{ title }}</h1><p>{{ iri }}</p>
<table>{% for name, values in rows %}<tr><th>{{ name }}</th><td>{% for v in values %}{{ v }}{% endfor %}</td></tr>
{% endfor %}</table>{% if links %}<h2>{{ count }}</h2><ul>{% for link in links %}<li>{{ link }}</li>
{% endfor %}</ul>{% endif %}</main>
<footer><a href="{{ ttl }}">Turtle</a> <a href="{{ jsonld }}">JSON-LD</a></footer></body></html>
"""


def main(data: Path, out: Path) -> None:
    """Load, then make and write the three files of each entity."""
    store = pyoxigraph.Store()
    store.bulk_load(path=str(data), format=RdfFormat.N_TRIPLES)
    template = jinja2.Environment(autoescape=False).from_string(PAGE)
    begin = time.perf_counter()
    labels: dict[Any, str] = {}
    for quad in store.quads_for_pattern(None, LABEL, None, None):
        labels[quad.subject] = html.escape(quad.object.value)  # type: ignore[union-attr]
    entities = [node for node in labels if node.value.startswith(BASE)]
    folders = {str(Path(node.value.removeprefix(BASE)).parent) for node in entities}
    for folder in folders:
        (out / folder).mkdir(parents=True, exist_ok=True)

    def shown(term: Any) -> str:
        if type(term) is Literal:
            tag = f' lang="{term.language}"' if term.language else ""
            return f"<span{tag}>{html.escape(term.value)}</span>"
        return f'<a href="{html.escape(term.value)}">{labels.get(term) or html.escape(term.value)}</a>'

    for node in entities:
        said: dict[NamedNode, list[Any]] = {}
        for quad in store.quads_for_pattern(node, None, None, None):
            said.setdefault(quad.predicate, []).append(quad.object)
        back = [quad.subject for quad in store.quads_for_pattern(None, None, node, None)]
        path = node.value.removeprefix(BASE)
        page = template.render(
            title=labels[node],
            iri=html.escape(node.value),
            up="../../",
            site="Bench",
            rows=[(shown(predicate), [shown(value) for value in values]) for predicate, values in said.items()],
            links=[shown(subject) for subject in back[:100]],
            count=len(back),
            ttl=f"{path}.ttl",
            jsonld=f"{path}.jsonld",
        )
        lines = [f"{node}"]
        for predicate, values in said.items():
            lines.append(f"    {predicate} {', '.join(map(str, values))} ;")
        turtle = "\n".join(lines) + " .\n"
        tree: dict[str, object] = {"@id": node.value}
        for predicate, values in said.items():
            tree[predicate.value] = [
                {"@id": v.value} if isinstance(v, NamedNode) else {"@value": v.value} for v in values
            ]
        for ending, content in ((".html", page.encode()), (".ttl", turtle.encode()), (".jsonld", orjson.dumps(tree))):
            with (out / f"{path}{ending}").open("wb") as file:
                file.write(content)
    seconds = time.perf_counter() - begin
    print(json.dumps({"entities": len(entities), "build": seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
