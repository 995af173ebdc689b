"""Which pages an edit of texts can have changed: those of the resources themselves, and those that call them by name.

A page names what its resource speaks of, and what speaks of its resource. What is named further away, or all over the
site, is not followed: such an edit is :class:`Unclear`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from saite.again.quads import KeptQuads
from saite.again.record import Unclear
from saite.namespaces import DCT, OWL, PREFIXES, SH
from saite.render.dataset import dataset
from saite.render.html.extra import WHOLE_PAGES
from saite.render.subject import subject
from saite.schemaorg import SCHEMA, Vocabulary
from saite.site import BuiltSite
from saite.site.model import QueryFile
from saite.site.vocabulary import well_known
from saite.terms import BlankNode, Literal, NamedNode, Quad, Subject

_TEXT: Final = "http://www.w3.org/2001/XMLSchema#string"
_TOLD_ELSEWHERE: Final = frozenset((NamedNode(DCT + "modified"), NamedNode(OWL + "deprecated")))
"""Properties whose values lists of the whole site tell."""
_XL_LABEL: Final = NamedNode(PREFIXES["skosxl"] + "prefLabel")
_INSIDE: Final = NamedNode(SCHEMA + "containedInPlace")


def see_that_only_texts(site: BuiltSite, node: Subject, before: Iterable[Quad], now: Iterable[Quad]) -> None:
    """See that a resource says the same but for its texts.

    Args:
        site: the site.
        node: the resource.
        before: what it said.
        now: what it says.

    Raises:
        Unclear: it says something else, too.
    """
    before, now = set(before), set(now)
    for quad in before ^ now:
        if not _is_text(quad.object) or quad.predicate in _TOLD_ELSEWHERE or quad.predicate.value.startswith(SH):
            raise Unclear("more than texts was changed")
    if sorted(map(_place, before - now)) != sorted(map(_place, now - before)):
        raise Unclear("there are more, or fewer, texts than before")
    if type(node) is not NamedNode or site.resource(node) is None or _is_everywhere(site, node):
        raise Unclear(f"{node} is not named on its neighbours' pages alone")


def _is_text(term: object) -> bool:
    return (
        type(term) is Literal
        and (term.language is not None or term.datatype.value == _TEXT)
        and bool(term.value.strip())  # without one, there is no label
    )


def _place(quad: Quad) -> tuple[str, str, str]:
    """Where a text stands: property, language, graph."""
    language = quad.object.language if type(quad.object) is Literal else None
    return quad.predicate.value, language or "", str(quad.graph_name)


def _is_everywhere(site: BuiltSite, node: NamedNode) -> bool:
    """Whether a resource may be named on pages that do not speak of it."""
    tables = site.tables
    if "#" in node.value or tables.numbers[node] in tables.parts or _XL_LABEL in tables.predicate_numbers:
        return True
    if node in tables.predicate_numbers or node in site.classes or node in site.properties or node in site.shapes:
        return True
    if node in site.ontologies or node in well_known() or any(one.node == node for one in site.listings):
        return True
    whole = {subject(site), dataset(site)} - {None}
    return node in whole or any(quad.object == node for one in whole for quad in site.quads(one))


def pages(site: BuiltSite, after: BuiltSite, kept: KeptQuads, nodes: Collection[NamedNode]) -> Sequence[NamedNode]:
    """The resources whose pages may be others when the texts of some resources are, by document.

    Args:
        site: the site as it was, over ``kept``.
        after: the site as it is now.
        kept: what it said.
        nodes: those for which :func:`see_that_only_texts`.

    Raises:
        Unclear: nobody can tell.
    """
    finder = _Finder(site, kept)
    found = {number for node in nodes for number in finder.around(node)}
    # pages of the whole vocabulary, of resources that are called so
    wholes = [node for node in map(site.addresses.node, WHOLE_PAGES) if node is not None]
    shown = _with_views(site.views, after.views, nodes)
    found.update(site.tables.numbers[node] for node in (*wholes, *shown) if node in site.tables.numbers)
    order = sorted(found, key=site.tables.addresses.page)
    return [node for number in order if isinstance(node := site.tables.nodes[number], NamedNode)]


def _with_views(
    before: Sequence[QueryFile], now: Sequence[QueryFile], nodes: Collection[NamedNode]
) -> Iterator[NamedNode]:
    """The resources on whose pages a view stands that is another now, or names one of some nodes.

    Raises:
        Unclear: there are other views.
    """
    if [(one.name, one.value, one.show) for one in before] != [(one.name, one.value, one.show) for one in now]:
        raise Unclear("there are other views")
    for old, new in zip(before, now, strict=True):
        if new.show and isinstance(new.value, NamedNode):
            named = (term for answer in new.answers.values() for row in answer.rows for term in row)
            if old != new or any(term in nodes for term in named):
                yield new.value


class _Finder:
    """Finds the pages that name a resource, by number."""

    def __init__(self, site: BuiltSite, kept: KeptQuads) -> None:
        self._tables = site.tables
        self._site = site
        self._kept = kept
        self._documents = {part: document for document, parts in self._tables.parts.items() for part in parts}
        self._words = Vocabulary(kept).properties

    def around(self, node: NamedNode) -> Iterator[int]:
        """The page of a resource, those of what it speaks of, and those of what speaks of it."""
        resource = self._site.resource(node)
        assert resource is not None, "it has a page"
        yield self._tables.numbers[node]
        for triple in resource.triples:
            yield from self._own(triple.predicate)
            if type(triple.object) is NamedNode or type(triple.object) is BlankNode:
                yield from self._own(triple.object)
        for quad in self._kept.mentions(node):
            if quad.object != node or quad.predicate.value.startswith(SH):
                raise Unclear(f"{node} is no mere resource")
            if _INSIDE in self._words(quad.predicate):
                raise Unclear(f"{node} is named with the places in it")
            # no triple terms: the sources refuse them
            yield from self._owners(quad.subject, set())  # type: ignore[arg-type]

    def _own(self, node: Subject) -> Iterator[int]:
        """The pages on which a node is shown, if it has any of its own."""
        tables = self._tables
        if node in tables.folds.homes:
            yield from (tables.numbers[page] for page in tables.folds.pages(node))
        elif (number := tables.numbers.get(node)) is not None:
            yield number
            if number in self._documents:
                yield self._documents[number]

    def _owners(self, node: Subject, met: set[Subject]) -> Iterator[int]:
        """The pages on which a node is shown; a blank node is shown where it is spoken of."""
        if type(node) is NamedNode or node in self._tables.folds.homes:
            yield from self._own(node)
            return
        met.add(node)
        subjects = {quad.subject for quad in self._kept.mentions(node)} - met
        if not subjects:
            raise Unclear(f"{node} is spoken of by nobody")
        for one in subjects:
            yield from self._owners(one, met)  # type: ignore[arg-type]  # as above
