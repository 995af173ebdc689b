"""What a host is to answer: forms and languages of documents, things, what is no more, the fields of all answers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from saite.artifact import HTML, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from saite.iri import quoted
from saite.naming import Name
from saite.profile import MARKS, TOKENS, profile_of
from saite.render.catalogue.void import DOCUMENT as VOID
from saite.render.citing import FILES as CITATIONS
from saite.render.dumps.packing import GZIP, ZSTD
from saite.render.dumps.reified import N_TRIPLES_12
from saite.render.naming import about, names
from saite.render.offers import Offered
from saite.render.profiles import FORMS as OF_PROFILES
from saite.render.table_names import CSV, CSVM, PARQUET, XLSX
from saite.signposting import (
    LINKSET_JSON,
    LINKSET_TEXT,
    Link,
    belonging,
    content,
    items,
    linksets,
    of_dataset,
)
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
    "gz": GZIP,
    "zst": ZSTD,
    "linkset": LINKSET_TEXT,
    "bib": CITATIONS[".bib"][1],
    "ris": CITATIONS[".ris"][1],
}
"""Media types of files by their endings."""

LONGER: Final = {
    "linkset.json": LINKSET_JSON,
    "csl.json": CITATIONS[".csl.json"][1],
    "csv-metadata.json": CSVM,
    "rdf12.nt": N_TRIPLES_12,
}
"""Media types of files by endings of two steps: they win over the last step alone."""


LONG: Final = 120
"""Characters of the address of a document whose forms its link set alone tells: fields must not become too long."""


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
        rules: beginnings of paths of things, with those of their documents; the longest first.
        names: what paths name; found at the first call.
        whole: what :mod:`saite.naming` says of the whole site; found at the first call.
        bare: documents without a page; they are Turtle for who asks for none of their forms.
    """

    root: str
    url: str
    base: str
    rdf: tuple[tuple[str, str], ...]
    profiles: tuple[str, ...]
    languages: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]
    names: Callable[[], Sequence[Name]]
    whole: Callable[[], Mapping[str, str]]
    bare: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[tuple[str, str], ...]:
        """Names of the forms (``html``, or an ending) with their media types, without parameters, HTML first."""
        plain = tuple((ending, media_type.partition(";")[0]) for ending, media_type in self.rdf)
        return (("html", "text/html"), *plain)

    @property
    def alternates(self) -> tuple[tuple[str, str, str], ...]:
        """Endings of the RDF files of a resource with their media types and profiles; the latter only if several.

        Where there is a link set, it has the further profiles, and heads stay short.
        """
        several = bool(self.profiles) and not self.whole().get("linksets")
        plain = [(end, kind, profile_of(kind, "") if several else "") for end, kind in self.forms[1:]]
        ends = {end for end, _ in self.rdf}
        further = [
            (f".{MARKS[name]}{end}", kind.partition(";")[0], TOKENS[name])
            for name in (self.profiles if several else ())
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

    @property
    def dataset(self) -> Name | None:
        """The document of the data set that the site is, if it is one."""
        path = self.whole().get("dataset")
        return next((name for name in self.names() if name.path == path), None) if path else None

    def landing(self, stem: str) -> list[Link]:
        """What holds for every landing page and its metadata: where the link set is, the licence.

        Args:
            stem: the path of the document, as a variable of the host.
        """

        def to(path: str) -> str:
            return path if path.startswith(stem) else self.at(path)

        return [*linksets(stem, self.whole(), to), *self.belonging(Name(""), "license")]

    def belonging(self, name: Name, *relations: str) -> list[Link]:
        """Some of the links which tell where a document belongs, and who has made it."""
        return [link for link in belonging(name, self.whole(), self.at) if link.relation in relations]

    def items(self) -> list[Link]:
        """What the document of the data set leads to: its catalogue, dumps and tables; not all, if they are many."""
        return list(of_dataset(self.whole(), self.at))

    def contents(self) -> Iterator[tuple[str, list[Link]]]:
        """Dumps and tables with the links that lead back from them."""
        name = self.dataset
        if name is not None:
            links = [*content(name, self.whole(), self.at), *linksets(name.path, self.whole(), self.at)]
            yield from ((path, links) for path, _ in items(self.whole()))

    def gone(self) -> Iterator[Name]:
        """Documents of what is no more."""
        return (name for name in self.names() if name.gone)


def planned(site: Site, offered: Offered) -> Plan:
    """What a host is to answer for a site.

    Args:
        site: the site.
        offered: tells the dumps and tables of the whole.
    """
    config = site.config
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
        rules=tuple(sorted(((b, f) for b, f in ways.items() if b != f), key=lambda way: (-len(way[0]), way[0]))),
        names=cache(lambda: tuple(names(site))),
        whole=cache(lambda: about(site, offered())),
        bare=(VOID,) if "catalogue" in config.formats else (),
    )
