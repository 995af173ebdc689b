"""How a document is cited: what the data say of who has made it, what it is called, its version and its date.

The data set is cited as a work, and so is an ontology or a scheme whose makers are told; any other document is cited as
a part of the data set, for its own properties speak of the thing (a document of 1990), not of what is said here of it.
Nothing is made up: without a data set that names its makers, there is nothing to cite.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from saite.config import Config
from saite.iri import uri
from saite.language import Moment, moment
from saite.namespaces import DCT, OWL, PREFIXES, RDF_TYPE, SKOS, XSD
from saite.render.dataset import dataset
from saite.site.model import Resource, Site
from saite.terms import BlankNode, Literal, NamedNode

Agent = NamedNode | BlankNode | Literal
"""Somebody, or what else a property may say."""

_DC, _SCHEMA, _DCAT = PREFIXES["dc"], PREFIXES["schema"], PREFIXES["dcat"]

_CREATORS: Final = (DCT + "creator", _DC + "creator", _SCHEMA + "creator", _SCHEMA + "author")
_PUBLISHERS: Final = (DCT + "publisher", _DC + "publisher", _SCHEMA + "publisher")
_VERSIONS: Final = (_DCAT + "version", OWL + "versionInfo", _SCHEMA + "version")
_DATES: Final = (DCT + "issued", _SCHEMA + "datePublished", DCT + "modified", _SCHEMA + "dateModified")
_DATASETS: Final = frozenset(map(NamedNode, (_DCAT + "Dataset", PREFIXES["void"] + "Dataset", _SCHEMA + "Dataset")))
_WORKS: Final = _DATASETS.union(map(NamedNode, (_DCAT + "Catalog", OWL + "Ontology", SKOS + "ConceptScheme")))

FILES: Final = {
    ".bib": ("BibTeX", "application/x-bibtex; charset=utf-8"),
    ".ris": ("RIS", "application/x-research-info-systems; charset=utf-8"),
    ".csl.json": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
}
"""Files for reference managers: how their names end, what they are called, and their media types."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What is said of a document when it is cited, in one language.

    Attributes:
        key: name of the entry: letters, digits, hyphens.
        title: what it is called.
        language: tag of the title's language, "" if it has none.
        iri: its permanent address, percent-encoded.
        authors: who has made it, or publishes it.
        publisher: who publishes it, "" if nobody is said to.
        version: of it, or of the data set that it is a part of.
        date: when that was published; None if that is not said.
        dataset: it is a data set, or a part of one.
        within: title of the data set that it is a part of, with the tag of its language; None for a work.
    """

    key: str
    title: str
    language: str
    iri: str
    authors: tuple[str, ...]
    publisher: str = ""
    version: str = ""
    date: Moment | None = None
    dataset: bool = True
    within: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Work:
    """What the data say of a work, in no language yet."""

    node: NamedNode
    authors: tuple[Agent, ...]
    publisher: Agent | None
    version: str
    date: Moment | None
    dataset: bool


class Citing:
    """Tells how documents are cited.

    Args:
        site: the site.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._work = lru_cache(maxsize=64)(self._find)  # each language asks, and each of a document's files

    def of(self, resource: Resource, language: str) -> Citation | None:
        """How a document is cited by readers of a language; None if the data do not say who has made it.

        Args:
            resource: what it describes.
            language: a language of the site.
        """
        node = resource.node
        work = self._cited(node, resource.types)
        if work is None:
            return None
        part = work.node != node
        best = self._site.labels.best
        title, tag = best(node, language)
        authors = work.authors or ((work.publisher,) if work.publisher is not None else ())
        return Citation(
            key=_key(self._site.base, resource.document),
            title=one_line(title),
            language=tag,
            iri=uri(node.value),
            authors=tuple(name for author in authors if (name := self._name(author, language))),
            publisher=self._name(work.publisher, language) if work.publisher is not None else "",
            version=one_line(work.version),
            date=work.date,
            dataset=work.dataset,
            within=(one_line((within := best(work.node, language))[0]), within[1]) if part else None,
        )

    def filed(self, resource: Resource) -> bool:
        """Whether a resource's document has the files of :data:`FILES`."""
        choice = self._site.config.citations
        wanted = choice == "all" or (choice == "dataset" and resource.node == self._dataset)
        return wanted and self._cited(resource.node, resource.types) is not None

    def _cited(self, node: NamedNode, classes: Iterable[NamedNode]) -> _Work | None:
        """What is cited: the node itself, or the data set that its document is a part of."""
        if _WORKS.isdisjoint(classes):
            return self._whole
        return self._work(node) or self._whole

    @cached_property
    def _dataset(self) -> NamedNode | None:
        return dataset(self._site)

    @cached_property
    def _whole(self) -> _Work | None:
        return self._work(self._dataset) if self._dataset is not None else None

    def _find(self, node: NamedNode) -> _Work | None:
        """What the data say of a work; None if not who has made it."""
        authors = self._values(node, _CREATORS)
        publishers = self._values(node, _PUBLISHERS)
        if not authors and not publishers:
            return None
        versions = [value.value for value in self._values(node, _VERSIONS) if isinstance(value, Literal)]
        return _Work(
            node,
            tuple(authors),
            publishers[0] if publishers else None,
            versions[0] if versions else "",
            next(self._dates(node), None),
            any(quad.object in _DATASETS for quad in self._site.quads(node, RDF_TYPE)),
        )

    def _values(self, node: NamedNode, properties: Iterable[str]) -> list[Agent]:
        """The values of the first property that has some, sorted."""
        for property_ in properties:
            objects = (quad.object for quad in self._site.quads(node, NamedNode(property_)))
            found = {value for value in objects if isinstance(value, Agent)}
            if found:
                return sorted(found, key=str)
        return []

    def _dates(self, node: NamedNode) -> Iterator[Moment]:
        for property_ in _DATES:
            for value in self._values(node, (property_,)):
                if isinstance(value, Literal):
                    day = moment(value.value, value.datatype.value.removeprefix(XSD))
                    if day is not None:
                        yield day

    def _name(self, agent: Agent, language: str) -> str:
        """What somebody is called; an IRI of whom nothing is said here is its own name."""
        if isinstance(agent, NamedNode | BlankNode) and not self._site.labels.all(agent):
            return agent.value if isinstance(agent, NamedNode) else ""
        return one_line(self._site.labels.best(agent, language)[0])


def endings(config: Config, language: str) -> tuple[tuple[str, str, str], ...]:
    """The files of a document in a language: what follows the document in their names, what they are called, types."""
    tongue = f".{language}" if len(config.languages) > 1 else ""
    return tuple((tongue + ending, name, media_type) for ending, (name, media_type) in FILES.items())


def one_line(text: str) -> str:
    """A text without line breaks and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _key(base: str, document: str) -> str:
    """A name that other sites' documents hardly have."""
    site = base.partition("://")[2].strip("/#").rpartition("/")[2]
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in f"{site} {document}").split())
