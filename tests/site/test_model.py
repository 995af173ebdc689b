"""What holds for every graph: against a model that goes through all triples again and again."""

import pickle
import random
from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from saite.config import Fold
from saite.iri import fold
from saite.namespaces import RDF_NIL, RDF_TYPE, RDFS_LABEL
from saite.site import BuiltSite
from saite.site.content import plain
from saite.site.description import Group
from saite.site.model import FoldTable, Row
from saite.site.page import Describer
from saite.store import EmbeddedStore
from saite.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Subject, Term, Triple, sorted_triples

from .graphs import BASE, ex, site_of

PART = Fold(BASE + "Part", (BASE + "in", BASE + "by"))
INTO = (ex("in"), ex("by"))

IRIS = [ex(name) for name in ("a", "b", "A", "d#e", "d#f", "d")] + [NamedNode("http://other.org/x")]
BLANKS = [BlankNode(name) for name in "wxyz"]
LITERALS = [Literal("1"), Literal("a", language="en"), Literal(2)]
NODES = st.sampled_from([*IRIS, *BLANKS])
QUADS = st.builds(
    Quad,
    NODES,
    st.sampled_from([ex("p"), ex("q"), *INTO, RDFS_LABEL]),
    st.one_of(NODES, st.sampled_from([*LITERALS, RDF_NIL])),
    st.sampled_from([DefaultGraph(), ex("graph")]),
)
TYPES = st.builds(Quad, NODES, st.just(RDF_TYPE), st.sampled_from([ex("Part"), ex("Part"), ex("T")]))
GRAPHS = st.lists(st.one_of(QUADS, QUADS, QUADS, TYPES), max_size=30)


class Model:
    """The definitions, word by word."""

    def __init__(self, quads: list[Quad]) -> None:
        self.triples = {quad.triple for quad in quads}
        self.subjects = {t.subject for t in self.triples}
        parts = {t.subject for t in self.triples if t.predicate == RDF_TYPE and t.object == ex("Part")}
        plain = {s for s in self.subjects if isinstance(s, NamedNode)} - parts
        self.folded: set[object] = set()
        while more := {p for p in parts - self.folded if self.hosts(p) & (plain | self.folded)}:
            self.folded |= more
        self.described = {s for s in self.subjects - self.folded if isinstance(s, NamedNode)}
        documents = {NamedNode(s.value.partition("#")[0]) for s in self.described if "#" in s.value}
        self.pages = self.described | (documents - self.folded)

    def hosts(self, node: object) -> set[object]:
        """What a node's folding properties lead to."""
        return {t.object for t in self.triples if t.subject == node and t.predicate in INTO and t.object != node}

    def reached(self, page: object) -> set[object]:
        """The subjects whose triples belong to a page's own description."""
        found: set[object] = {page}
        while True:
            more: set[object] = {
                t.object for t in self.triples if t.subject in found and isinstance(t.object, BlankNode)
            }
            more |= {f for f in self.folded if self.hosts(f) & found & (self.pages | self.folded)}
            if more <= found:
                return found
            found |= more

    def placed(self, page: object) -> set[object]:
        """The folded nodes that lead to a page by folded nodes."""
        found: set[object] = set()
        while more := {f for f in self.folded - found if self.hosts(f) & (found | {page})}:
            found |= more
        return found

    def description(self, page: NamedNode) -> set[Triple]:
        """A page's triples: its own, and those of the hash IRIs whose document it is."""
        parts = [s for s in self.described if isinstance(s, NamedNode) and s.value.startswith(f"{page.value}#")]
        subjects = {s for one in (page, *parts) for s in self.reached(one)}
        return {t for t in self.triples if t.subject in subjects}

    def backlinks(self, page: NamedNode) -> set[tuple[Term, Term]]:
        """Properties and the resources that point to a page by them."""
        found: set[tuple[Term, Term]] = set()
        for t in self.triples:
            if t.object == page and t.predicate != RDF_TYPE:
                shown = {p for p in self.pages if t.subject in self.reached(p)}
                if t.subject not in self.folded or page not in shown:
                    found |= {(t.predicate, p) for p in shown if isinstance(p, NamedNode) and p != page}
        return found


def said(rows: Sequence[Row]) -> list[tuple[Term, Term]]:
    """Properties and values of rows."""
    return [(row.property, value.term) for row in rows for value in row.values]


def tabled(tables: tuple[FoldTable, ...]) -> list[Subject]:
    """Folded nodes of tables, also those in one another."""
    return [node for table in tables for n in table.nodes for node in (n.node, *tabled(n.tables))]


def site_and_model(quads: list[Quad]) -> tuple[BuiltSite, Model]:
    """Both views of one graph."""
    return site_of(quads, fold=(PART,)), Model(quads)


@given(GRAPHS)
def test_every_triple_is_on_the_pages_where_it_belongs(quads: list[Quad]) -> None:
    """A description is the resource's own triples, those of blank nodes and of folded nodes, and no others."""
    site, model = site_and_model(quads)
    assert set(site.pages) == model.pages
    assert site.counts.triples == len(model.triples)
    for resource in site.resources():
        assert set(resource.triples) == model.description(resource.node)
        assert list(resource.triples) == sorted_triples(resource.triples)


@given(GRAPHS)
def test_every_value_is_shown(quads: list[Quad]) -> None:
    """What a resource says stands in its rows, its name, its types or its tables; so does what folded nodes say."""
    site, model = site_and_model(quads)
    for resource in site.resources():
        own = {(t.predicate, t.object) for t in model.triples if t.subject == resource.node}
        names = {
            (t.predicate, t.object)
            for t in resource.triples
            if t.predicate == RDFS_LABEL
            and isinstance(t.object, Literal)
            and site.labels.all(resource.node).get(t.object.language or "") == t.object.value
        }
        types = {(RDF_TYPE, node) for node in resource.types}
        shown = said(resource.rows)
        assert len(shown) == len(set(shown))
        folded = tabled(resource.tables)
        assert len(folded) == len(set(folded))
        assert set(folded) == model.placed(resource.node)
        assert own - types == set(shown) | {(p, o) for p, o in own if (p, o) in names or o in folded}
        assert not any(o in folded and resource.node in model.hosts(o) for _, o in shown)


@given(GRAPHS)
def test_every_link_has_its_backlink(quads: list[Quad]) -> None:
    """Of resources, of their blank nodes and of their folded nodes; once each."""
    site, model = site_and_model(quads)
    for resource in site.resources():
        found = [(group.property, s) for group in resource.backlinks for s in group.subjects]
        assert len(found) == len(set(found))
        assert set(found) == model.backlinks(resource.node)


@given(GRAPHS)
def test_addresses_lead_to_where_things_are_shown(quads: list[Quad]) -> None:
    """Every page has a file of its own; a folded node's address is an anchor on a page that shows it."""
    site, model = site_and_model(quads)
    documents = [resource.document for resource in site.resources()]
    assert documents == sorted(documents)
    assert len({fold(document) for document in documents}) == len(documents)
    for resource in site.resources():
        assert site.addresses.document(resource.node) == resource.document
        assert site.addresses.node(resource.document) == resource.node
    for node in model.folded:
        document, _, anchor = (site.addresses.document(node) or "").partition("#")  # type: ignore[arg-type]
        home = site.addresses.node(document)
        assert home is not None
        assert node in model.reached(home)
        host = site.resource(home)
        assert host is not None
        assert anchor in [n.anchor for table in every(host.tables) for n in table.nodes]


def every(tables: tuple[FoldTable, ...]) -> list[FoldTable]:
    """Tables and those in them."""
    return [one for table in tables for one in (table, *(t for n in table.nodes for t in every(n.tables)))]


@settings(max_examples=40)
@given(GRAPHS, st.integers(0, 1000))
def test_the_order_of_the_data_does_not_matter(quads: list[Quad], seed: int) -> None:
    """The same quads in any order give the same site."""
    shuffled = random.Random(seed).sample(quads, len(quads))
    one, two = site_of(quads, fold=(PART,)), site_of(shuffled, fold=(PART,))
    assert list(one.resources()) == list(two.resources())
    assert one.listings == two.listings
    assert (one.classes, one.properties, one.hierarchy) == (two.classes, two.properties, two.hierarchy)
    assert [list(items.items()) for items in (one.classes, one.properties, one.hierarchy)] == [
        list(items.items()) for items in (two.classes, two.properties, two.hierarchy)
    ]


SAID: list[Term] = [*LITERALS, RDF_NIL, ex("b"), ex("T")]
PLAIN = [Quad(ex("a"), predicate, term) for predicate in (ex("p"), RDFS_LABEL, RDF_TYPE) for term in SAID]


@given(GRAPHS)
@example(PLAIN)
def test_the_short_way_makes_the_same_page(quads: list[Quad]) -> None:
    """A resource without blank nodes, folded nodes and parts is described as the way for all resources does it."""
    site, _ = site_and_model(quads)
    tables = site.tables
    describer = Describer(tables, site.quads)
    alone = 0
    for number in tables.addresses.order:
        group = Group(tables.nodes[number], site.quads(tables.nodes[number]), tables.predicate_numbers)
        if not group.blanks and not tables.parts.get(number) and number not in tables.guests:
            types = describer.types(group)
            assert plain(tables, describer.kinds, group, types, number) == describer.composed(group, types, number)
            alone += 1
    assert alone or quads != PLAIN


@settings(max_examples=20)
@given(GRAPHS)
def test_tables_travel(quads: list[Quad]) -> None:
    """The tables can be sent to another process, which makes the same pages from them."""
    site = site_of(quads, fold=(PART,))
    tables = pickle.loads(pickle.dumps(site.tables))
    describer = Describer(tables, EmbeddedStore(quads).quads)
    made = [describer.resource(number) for number in tables.addresses.order]
    for resource, again in zip(site.resources(), made, strict=True):
        assert (resource.rows, resource.tables, resource.triples) == (again.rows, again.tables, again.triples)
        assert (resource.document, resource.backlinks) == (again.document, again.backlinks)
