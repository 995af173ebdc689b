"""The peer: the same three files per entity, made as a careful user of rdflib and jinja2 would make them.

rdflib's own walk (``Graph.cbd``: the description with its blank nodes) and look-ups, rdflib's serialisers, and
``page.html``, which says what our pages say of such an entity: labels in the page's language for every property,
class and link, definitions as titles, names and descriptions in other languages, dates in words, backlinks by property
and alphabet, downloads. Nothing is slowed down on purpose: the graph is in memory, the template is compiled once. As
"walking", each page walks the graph for its labels; as "keeping", each label, link and date is looked up once in all.
"""

import datetime
import json
import sys
import time
from functools import cache
from pathlib import Path

import jinja2
import rdflib
from babel.dates import format_date
from rdflib.namespace import RDF, RDFS, SKOS

from benchmarks.generate import BASE

LANG = "lv"
MENU = [("Pārlūkot", "browse"), ("Vārdnīca", "def"), ("Lejupielādes", "downloads")]


def by_iri(item: tuple[rdflib.term.Node, object]) -> str:
    """The order of properties."""
    return str(item[0])


class Pages:
    """Makes the pages of one graph."""

    def __init__(self, graph: rdflib.Graph, *, keep: bool) -> None:
        self.graph = graph
        source = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")
        self.template = jinja2.Environment(autoescape=True).from_string(source)
        self.link = cache(self._link) if keep else self._link
        self.date = cache(self._date) if keep else self._date

    def _text(self, node: rdflib.term.Node, property_: rdflib.URIRef) -> str:
        found = ""
        for text in self.graph.objects(node, property_):
            if getattr(text, "language", None) == LANG:
                return str(text)
            found = str(text)
        return found

    def _link(self, node: rdflib.term.Node) -> dict[str, str]:
        iri = str(node)
        href = f"../../{iri.removeprefix(BASE)}.html" if iri.startswith(BASE) else iri
        text = self._text(node, RDFS.label) or self.graph.namespace_manager.normalizeUri(iri)
        return {"href": href, "text": text, "title": self._text(node, SKOS.definition) or iri}

    def _date(self, day: datetime.date) -> str:
        return format_date(day, "y. 'gada' d. MMMM", locale=LANG)

    def _value(self, node: rdflib.term.Node) -> dict[str, str | None]:
        if not isinstance(node, rdflib.Literal):
            return {"href": self.link(node)["href"], "text": self.link(node)["text"]}
        if node.datatype == rdflib.XSD.date:
            return {"date": str(node), "text": self.date(node.toPython())}
        return {"text": str(node), "lang": node.language}

    def page(self, subject: rdflib.URIRef, description: rdflib.Graph) -> str:
        """The HTML of one entity."""
        names: dict[str, str] = {}
        abouts: dict[str, str] = {}
        rows: dict[rdflib.term.Node, list[rdflib.term.Node]] = {}
        for p, o in description.predicate_objects(subject):
            if p in (RDFS.label, RDFS.comment) and isinstance(o, rdflib.Literal):
                (names if p == RDFS.label else abouts)[o.language or ""] = str(o)
            elif p != RDF.type:
                rows.setdefault(p, []).append(o)
        back: dict[rdflib.term.Node, list[rdflib.term.Node]] = {}
        for s, p in self.graph.subject_predicates(subject):
            back.setdefault(p, []).append(s)
        kinds = [self.link(kind) for kind in sorted(description.objects(subject, RDF.type), key=str)]
        iri = str(subject)
        return self.template.render(
            lang=LANG,
            site="example.org/ice",
            menu=MENU,
            trail=[("Sākums", "index"), ("Pārlūkot", "browse"), (kinds[0]["text"], "browse/class")],
            kinds=kinds,
            title=names.pop(LANG, iri),
            names=sorted(names.items()),
            about=abouts.pop(LANG, ""),
            abouts=sorted(abouts.items()),
            iri=iri,
            name=iri.rpartition("/")[2],
            rows=[
                (self.link(p), [self._value(o) for o in sorted(values, key=str)])
                for p, values in sorted(rows.items(), key=by_iri)
            ],
            back=[
                (self.link(p), sorted((self.link(s) for s in subjects[:50]), key=lambda one: one["text"]))
                for p, subjects in sorted(back.items(), key=by_iri)
            ],
        )


def main(data: Path, out: Path, limit: int, manner: str) -> None:
    """Load, then make the files of ``limit`` entities spread over the graph; print seconds as JSON."""
    began = time.perf_counter()
    graph = rdflib.Graph()
    graph.parse(data, format="nt")
    loaded = time.perf_counter()
    graph.bind("ice", "https://w3id.org/ice-edu/def#")
    pages = Pages(graph, keep=manner == "keeping")
    subjects = sorted({s for s in graph.subjects() if isinstance(s, rdflib.URIRef)})
    step = max(1, len(subjects) // limit)
    chosen = subjects[::step][:limit]
    built = time.perf_counter()
    for subject in chosen:
        kind, name = str(subject).rsplit("/", 2)[1:]
        folder = out / kind
        folder.mkdir(parents=True, exist_ok=True)
        description = graph.cbd(subject)
        (folder / f"{name}.html").write_text(pages.page(subject, description), encoding="utf-8")
        (folder / f"{name}.ttl").write_text(description.serialize(format="turtle"), encoding="utf-8")
        (folder / f"{name}.jsonld").write_text(
            description.serialize(format="json-ld", auto_compact=True), encoding="utf-8"
        )
    ended = time.perf_counter()
    print(json.dumps({"load": loaded - began, "build": ended - built, "entities": len(chosen)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
