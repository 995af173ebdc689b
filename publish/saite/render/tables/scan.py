"""What the instances of a class say, sorted into the columns of a table: one reading of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from saite.namespaces import RDF_TYPE
from saite.render.names import Kept
from saite.render.tables import cells
from saite.site.model import Site
from saite.terms import Literal, NamedNode, Term, sort_key

TEXT: Final = 0
LINK: Final = 1
DATA: Final = 2
ASIDE: Final = 3
"""What the values of a column are: texts of a language, IRIs, literals of a datatype, what no cell can hold."""


class Kind(NamedTuple):
    """What one column or two hold.

    Attributes:
        property: the property.
        sort: :data:`TEXT`, :data:`LINK`, :data:`DATA` or :data:`ASIDE`.
        detail: tag of the language, or IRI of the datatype.
    """

    property: NamedNode
    sort: int
    detail: str = ""


@dataclass(slots=True)
class Found:
    """What there is of a kind.

    Attributes:
        total: values in all.
        most: values of one subject.
        bars: the longest run of ``|`` in a value, or in a label of one.
        labelled: a value has a label.
        simple: every value has a plain form (:func:`saite.render.tables.cells.simple`).
    """

    total: int = 0
    most: int = 0
    bars: int = 0
    labelled: bool = False
    simple: bool = True


@dataclass(slots=True)
class Scan:
    """What the instances say.

    Attributes:
        kinds: what there is, by kind.
        types: the classes, if all instances are of the same ones; else None, and ``kinds`` has rdf:type.
        unkept: how many instances have an IRI that no converter gives back.
    """

    kinds: dict[Kind, Found] = field(default_factory=dict)
    types: tuple[NamedNode, ...] | None = None
    unkept: int = 0


Said = Mapping[Kind, list[Term]]
"""The values of one subject, in order, by kind."""


class Reader:
    """Reads subjects."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._hidden = {NamedNode(iri) for iri in site.config.hide}
        self._named = Kept[NamedNode, bool](lambda node: cells.names(node.value))

    def said(self, node: NamedNode) -> Said:
        """What a subject says, in whatever graphs, but for properties that the settings hide."""
        found: dict[Kind, set[Term]] = {}
        for quad in self._site.quads(node):
            predicate = quad.predicate
            if predicate not in self._hidden:
                term: Term = quad.object  # type: ignore[assignment]  # no triple terms: the sources refuse them
                found.setdefault(self._kind(predicate, term), set()).add(term)
        return {kind: sorted(terms, key=sort_key) for kind, terms in found.items()}

    def scan(self, nodes: Iterable[NamedNode]) -> Scan:
        """Reads all subjects once."""
        scan = Scan()
        types: dict[tuple[Term, ...], None] = {}
        type_ = Kind(RDF_TYPE, LINK)
        for node in nodes:
            if not cells.names(node.value):
                scan.unkept += 1
            said = self.said(node)
            if len(types) < 2:
                types[tuple(said.get(type_, ()))] = None
            for kind, terms in said.items():
                found = scan.kinds.get(kind)
                if found is None:
                    found = scan.kinds[kind] = Found()
                self._note(found, kind, terms)
        if len(types) == 1 and not any(kind.property == RDF_TYPE and kind != type_ for kind in scan.kinds):
            scan.kinds.pop(type_, None)
            scan.types = tuple(term for term in next(iter(types)) if type(term) is NamedNode)
        return scan

    def _kind(self, predicate: NamedNode, term: Term) -> Kind:
        if not (cells.fits(term) and self._named[predicate]):
            return Kind(predicate, ASIDE)
        if type(term) is not Literal:
            return Kind(predicate, LINK)
        if term.language:
            return Kind(predicate, TEXT, term.language)
        return Kind(predicate, DATA, term.datatype.value)

    def _note(self, found: Found, kind: Kind, terms: list[Term]) -> None:
        found.total += len(terms)
        found.most = max(found.most, len(terms))
        if kind.sort == LINK:
            for term in terms:
                for label in self._site.labels.all(term).values():  # type: ignore[arg-type]  # an IRI
                    found.labelled = True
                    found.bars = max(found.bars, _bars(label))
        elif kind.sort in (TEXT, DATA):
            for term in terms:
                found.bars = max(found.bars, _bars(term.value))
                found.simple = found.simple and cells.simple(kind.detail, term.value)


def _bars(text: str) -> int:
    return max(map(len, cells.MEMBERS.findall(text)), default=0) if "|" in text else 0
