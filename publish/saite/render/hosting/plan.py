"""What a host is to answer: forms and languages of documents, things, what is no more, the fields of all answers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from saite.artifact import HTML, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from saite.iri import quoted
from saite.naming import Name
from saite.profile import MARKS, TOKENS, profile_of
from saite.render.naming import about, names
from saite.render.profiles import FORMS as OF_PROFILES
from saite.render.table_names import CSV, PARQUET, XLSX
from saite.site.model import Site

_FORMS: Final = {"jsonld": JSON_LD, "ntriples": N_TRIPLES, "rdfxml": RDF_XML, "turtle": TURTLE}
_ENDINGS: Final = {"jsonld": ".jsonld", "ntriples": ".nt", "rdfxml": ".rdf", "turtle": ".ttl"}

TEXT: Final = "text/plain; charset=utf-8"

TYPES: Final = {
    "html": HTML,
    "ttl": TURTLE,
    "trig": TRIG,
    "jsonld": JSON_LD,
    "nt": N_TRIPLES,
    "nq": N_QUADS,
    "rdf": RDF_XML,
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "json": "application/json",
    "xml": "application/xml",
    "txt": "text/plain; charset=utf-8",
    "csv": CSV,
    "xlsx": XLSX,
    "parquet": PARQUET,
    "gz": "application/gzip",
}
"""Media types of files by their endings."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a host is to answer.

    Attributes:
        root: path of the site's root on its host, which begins and ends with a slash.
        url: where the documents are served, "" if the settings do not say.
        base: where the site's IRIs live.
        rdf: endings of the RDF forms with their media types; of equal wishes, the first wins.
        profiles: names in saite.toml of further profiles.
        languages: languages of the pages, the default first.
        licence: IRI of the licence of all of it, "" if there is none.
        rules: beginnings of paths of things, with those of their documents; the longest first.
        names: what paths name; found at the first call.
    """

    root: str
    url: str
    base: str
    rdf: tuple[tuple[str, str], ...]
    profiles: tuple[str, ...]
    languages: tuple[str, ...]
    licence: str
    rules: tuple[tuple[str, str], ...]
    names: Callable[[], Sequence[Name]]

    @property
    def forms(self) -> tuple[tuple[str, str], ...]:
        """Names of the forms (``html``, or an ending) with their media types, without parameters, HTML first."""
        plain = tuple((ending, media_type.partition(";")[0]) for ending, media_type in self.rdf)
        return (("html", "text/html"), *plain)

    @property
    def alternates(self) -> tuple[tuple[str, str, str], ...]:
        """Endings of the RDF files of a resource with their media types and profiles; the latter only if several."""
        plain = [(end, kind, profile_of(kind, "") if self.profiles else "") for end, kind in self.forms[1:]]
        ends = {end for end, _ in self.rdf}
        further = [
            (f".{MARKS[name]}{end}", kind.partition(";")[0], TOKENS[name])
            for name in self.profiles
            for end, kind in OF_PROFILES.values()
            if end in ends
        ]
        return (*plain, *further)

    @property
    def mark(self) -> str:
        """A regular expression of what may stand before the ending of a file that has a profile."""
        return rf"(?:\.(?:{'|'.join(MARKS[name] for name in self.profiles)}))?" if self.profiles else ""

    def page(self, language: str) -> str:
        """The ending of a page in a language."""
        return f".{language}.html" if len(self.languages) > 1 else ".html"

    def at(self, path: str) -> str:
        """The address of a document or file on the host, percent-encoded."""
        document, hash_, fragment = path.partition("#")
        return self.root + quoted("" if document == "index" else document) + hash_ + quoted(fragment)

    def things(self) -> Iterator[tuple[str, str]]:
        """Paths of things with the paths of their documents."""
        return ((name.path, name.see) for name in self.names() if name.see)

    def odd_things(self) -> Iterator[tuple[str, str]]:
        """Those things that the rules alone would lead elsewhere: shown on other pages, or otherwise called."""
        return ((path, see) for path, see in self.things() if self.ruled(path) != see)

    def ruled(self, path: str) -> str:
        """Where the rules lead a path; "" if to nowhere."""
        for begin, folder in self.rules:
            if path.startswith(begin) and path != begin:
                return folder + path[len(begin) :]
        return ""

    def gone(self) -> Iterator[Name]:
        """Documents of what is no more."""
        return (name for name in self.names() if name.gone)


def planned(site: Site) -> Plan:
    """What a host is to answer for a site."""
    config = site.config
    whole = about(site)
    ways = {}
    for rule in config.documents:
        iri = rule.iri.removeprefix(site.base)
        if "://" not in iri and iri:
            ways[iri] = f"{rule.path.removesuffix('/')}/" if rule.path else ""
    return Plan(
        root=f"{urlsplit(config.url).path.rstrip('/')}/",
        url=config.url,
        base=site.base,
        rdf=tuple((_ENDINGS[name], _FORMS[name]) for name in _FORMS if name in config.formats),
        profiles=config.profiles,
        languages=config.languages,
        licence=whole.get("license", ""),
        rules=tuple(sorted(((b, f) for b, f in ways.items() if b != f), key=lambda way: (-len(way[0]), way[0]))),
        names=cache(lambda: tuple(names(site))),
    )
