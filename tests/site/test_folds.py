"""Folded nodes are shown where they belong, statements beside the values that they speak of."""

from saite.config import Fold, Statements
from saite.site.model import Provenance, Resource
from saite.site.page import DEEPEST
from saite.terms import BlankNode, Literal

from .graphs import BASE, ex, graph, links, listing, page, rows, say, site_of, tables, triples

PART = Fold(BASE + "Part", (BASE + "in", BASE + "by"), (BASE + "by", BASE + "in", BASE + "role", BASE + "never"))
STATEMENTS = Statements(
    type=BASE + "Statement",
    resource=BASE + "about",
    property=BASE + "of",
    value=BASE + "stated",
    source=BASE + "source",
    accepted=BASE + "accepted",
    quote=BASE + "quote",
    paraphrase=BASE + "paraphrase",
    status=BASE + "status",
    note=BASE + "note",
)

PARTS = """
    :e a :Event ; :name "E" ; :part :p1 , :p2 . :i a :Inst . :j a :Inst .
    :p1 a :Part ; :in :e ; :by :j ; :role :lead ; rdfs:label "one"@en .
    :p2 a :SubPart ; :in :e ; :by :i ; :role :guest . :SubPart rdfs:subClassOf :Part .
    :lead rdfs:label "Lead"@en . :role a rdf:Property ."""


def test_folded_nodes_have_no_page_but_a_place() -> None:
    """Instances of a folded class and its subclasses stand in tables on their hosts' pages, as their addresses say."""
    site = site_of(PARTS, fold=(PART,))
    assert [r.document for r in site.resources()] == ["SubPart", "e", "i", "j", "lead", "role"]
    assert site.addresses.document(ex("p1")) == "e#n-p1"
    assert site.resource(ex("p1")) is None
    assert tables(page(site, "e").tables) == {("Part", "in"): ["p2", "p1"]}
    assert tables(page(site, "j").tables) == {("Part", "by"): ["p1"]}
    assert tables(page(site, "lead").tables) == {}


def test_tables_of_folded_nodes() -> None:
    """Columns are those of the settings that are in use, without the way that led here; rows have everything else."""
    (table,) = page(site_of(PARTS, fold=(PART,)), "e").tables
    assert [say(c) for c in table.columns] == ["by", "role"]
    second, first = table.nodes
    assert (first.anchor, second.anchor) == ("n-p1", "n-p2")
    assert rows(first.rows) == {"rdfs:label": ["one@en"], "by": ["j"], "in": ["e"], "role": ["lead"]}
    assert rows(second.rows) == {"rdf:type": ["SubPart"], "by": ["i"], "in": ["e"], "role": ["guest"]}


def test_columns_without_settings() -> None:
    """Without columns in the settings, those in use stand in the order of properties."""
    site = site_of(PARTS, fold=(Fold(BASE + "Part", (BASE + "in",)),), order=(BASE + "role",), hide=(BASE + "by",))
    (table,) = page(site, "e").tables
    assert [say(c) for c in table.columns] == ["role", "rdfs:label"]
    assert [say(node.node) for node in table.nodes] == ["p2", "p1"]


def test_the_host_does_not_link_to_what_it_shows() -> None:
    """Rows leave folded nodes out that stand in the page's own tables; other pages do link to them."""
    site = site_of(PARTS + " :other :mentions :p1 .", fold=(PART,))
    assert rows(page(site, "e").rows) == {"name": ["E"]}
    assert rows(page(site, "other").rows) == {"mentions": ["p1"]}


def test_the_description_has_the_folded_nodes() -> None:
    """RDF of a host has its folded nodes and their blank nodes, not those of other hosts."""
    site = site_of(PARTS + " :p2 :detail [ :x 1 ] .", fold=(PART,))
    assert triples(page(site, "j")) == {
        ("j", "rdf:type", "Inst"),
        ("p1", "rdf:type", "Part"),
        ("p1", "in", "e"),
        ("p1", "by", "j"),
        ("p1", "role", "lead"),
        ("p1", "rdfs:label", "one@en"),
    }
    assert len(page(site, "i").triples) == 1 + 4 + 2
    assert len(page(site, "e").triples) == 4 + 5 + 4 + 2


def test_folded_nodes_point_for_their_hosts() -> None:
    """A backlink from a folded node comes from the pages that show it; hosts have tables in place of backlinks."""
    site = site_of(PARTS, fold=(PART,))
    assert links(page(site, "lead").backlinks) == {"role": ["e", "j"]}
    assert page(site, "e").backlinks == page(site, "j").backlinks == ()


def test_listings_have_folded_nodes() -> None:
    """The index of a folded class leads to the places where its instances are shown."""
    site = site_of(PARTS, fold=(PART,))
    assert [say(node) for node in listing(site, "class", "Part").members] == ["p1", "p2"]
    assert listing(site, "class", "Part").direct == 1


def test_nodes_without_a_host_keep_their_page() -> None:
    """Without a value, with one that has no page, or in a circle, a node is not folded: nothing is lost."""
    site = site_of(
        ':a a :Part . :b a :Part ; :in :nowhere . :c a :Part ; :in "text" . :d a :Part ; :in :f . :f a :Part ; :in :d .'
        " :g a :Part ; :in :g .",
        fold=(PART,),
    )
    assert [r.document for r in site.resources()] == ["a", "b", "c", "d", "f", "g"]


def test_folds_within_folds() -> None:
    """A node may be folded into a folded one; its address is the page at the end of the way."""
    site = site_of(
        ":e :name 1 . :p a :Part ; :in :e . :q a :Part ; :in :p ; :x [ :y 1 ] . :r a :Part ; :in :q , :p .",
        fold=(PART,),
    )
    assert [r.document for r in site.resources()] == ["e"]
    assert site.addresses.document(ex("r")) == "e#n-r"
    assert tables(page(site, "e").tables) == {("Part", "in"): [("p", {("Part", "in"): ["q", "r"]})]}
    assert len(page(site, "e").triples) == 1 + 2 + 4 + 3


def test_the_first_property_with_a_value_names_the_address() -> None:
    """The order of ``into`` decides, even if its host is folded itself; circles are avoided."""
    site = site_of(
        """:e :name 1 . :f :name 2 .
        :p a :Part ; :in :q ; :by :f . :q a :Part ; :in :e .
        :x a :Part ; :in :y ; :by :e . :y a :Part ; :in :x ; :by :f .""",
        fold=(PART,),
    )
    assert site.addresses.document(ex("p")) == "e#n-p"
    assert {site.addresses.document(ex("x")), site.addresses.document(ex("y"))} <= {"e#n-x", "e#n-y", "f#n-x", "f#n-y"}
    assert len(site) == 2


def test_folded_blank_nodes() -> None:
    """A blank node of a folded class that leads to a host stands in its table, and in what mentions it."""
    site = site_of(":e :part _:p . _:p a :Part ; :in :e ; :by :i . :i :name 1 . :x :mentions _:p .", fold=(PART,))
    e = page(site, "e")
    assert tables(e.tables) == {("Part", "in"): ["_:p"]}
    assert e.tables[0].nodes[0].anchor == "b-p"
    assert rows(e.rows) == {}
    assert site.addresses.document(BlankNode("p")) == "e#b-p"
    assert rows(page(site, "x").rows) == {"mentions": [{"rdf:type": ["Part"], "by": ["i"], "in": ["e"]}]}
    assert links(page(site, "i").backlinks) == {}


def test_a_long_chain_of_folded_nodes() -> None:
    """Folded nodes nested too deeply stand in tables of the page."""
    depth = 2 * DEEPEST + 10
    chain = ":e :name 1 . :p0 a :Part ; :in :e . " + " ".join(f":p{n + 1} a :Part ; :in :p{n} ." for n in range(depth))
    e = page(site_of(chain, fold=(PART,)), "e")
    assert len(e.tables) == 1 + (depth + 1) // (DEEPEST + 1)
    assert len(e.triples) == 1 + 2 * (depth + 1)


def told(provenance: tuple[Provenance, ...]) -> list[str]:
    """The statements, by their nodes."""
    return [say(p.node) for p in provenance]


def sources(resource: Resource) -> dict[str, tuple[list[list[str]], list[str]]]:
    """Statements of each value, and those that match no value, by property."""
    return {
        say(row.property): ([told(v.provenance) for v in row.values], told(row.provenance)) for row in resource.rows
    }


STATED = """
    :e :start 2018 , 2019 ; :place :riga ; rdfs:label "E"@en ; a :Event .
    :s1 a :Statement ; :about :e ; :of :start ; :stated 2018 ; :source :page ; :quote "in 2018"@lv ; :status :ok .
    :s2 a :Statement ; :about :e ; :of :start ; :stated 2020 ; :accepted 2018 ; :source :page , :news ;
        :note "typo"@en , "kļūda"@lv .
    :s3 a :Statement ; :about :e ; :of :end ; :stated 2021 ; :extra 1 ; :paraphrase "till 2021"@en .
    :s4 a :Statement ; :about :e ; :of :place ; :stated :tallinn ; :source "a book" .
    :s5 a :Statement ; :about :e ; :of rdfs:label ; :stated "E"@en .
    :s6 a :Statement ; :about :e ; :of rdf:type ; :stated :Event .
    :page :name "page" ."""


def test_statements_stand_by_the_values_that_they_speak_of() -> None:
    """By stated or accepted value; else by the property, which then may have no value; of name and type in the head."""
    site = site_of(STATED, statements=STATEMENTS)
    e = page(site, "e")
    assert sources(e) == {"end": ([], ["s3"]), "place": ([[]], ["s4"]), "start": ([["s1", "s2"], []], [])}
    assert told(e.label_provenance) == ["s5", "s6"]
    assert e.tables == ()
    assert set(e.triples) == graph(STATED.replace(':page :name "page" .', ""))
    assert site.addresses.document(ex("s1")) == "e#n-s1"


def test_what_a_statement_says() -> None:
    """Each property of the settings has its place; whatever does not fit, and all others, stand among the rest."""
    e = page(site_of(STATED, statements=STATEMENTS), "e")
    start = e.rows[-1].values[0].provenance
    assert start[0] == Provenance(
        node=ex("s1"),
        stated=Literal(2018),
        accepted=None,
        quotes=(Literal("in 2018", language="lv"),),
        paraphrases=(),
        sources=(ex("page"),),
        status=ex("ok"),
        notes=(),
    )
    assert (start[1].stated, start[1].accepted) == (Literal(2020), Literal(2018))
    assert [say(s) for s in start[1].sources] == ["news", "page"]
    assert [say(n) for n in start[1].notes] == ["kļūda@lv", "typo@en"]
    assert rows(e.rows[0].provenance[0].rest) == {"extra": ["1"]}
    assert rows(e.rows[1].provenance[0].rest) == {"source": ["a book"]}


def test_a_statement_of_several_values() -> None:
    """It stands by each, with the value it states there."""
    site = site_of(":e :p :a , :b . :s a :Statement ; :about :e ; :of :p ; :stated :b , :a .", statements=STATEMENTS)
    assert [say(v.provenance[0].stated or ex("?")) for v in page(site, "e").rows[0].values] == ["a", "b"]


def test_statements_about_folded_nodes_stand_in_their_rows() -> None:
    """On every page that shows the folded node; their triples are in that page's RDF."""
    site = site_of(
        PARTS + ":s a :Statement ; :about :p1 ; :of :role ; :stated :lead ; :source :page . :page :name 1 .",
        fold=(PART,),
        statements=STATEMENTS,
    )
    assert site.addresses.document(ex("s")) == "e#n-s"
    for name in ("e", "j"):
        nodes = {say(n.node): n for table in page(site, name).tables for n in table.nodes}
        role = next(row for row in nodes["p1"].rows if row.property == ex("role"))
        assert told(role.values[0].provenance) == ["s"]
        assert nodes["p1"].tables == ()
        assert ("s", "stated", "lead") in triples(page(site, name))
    assert links(page(site, "page").backlinks) == {"source": ["e", "j"]}


def test_a_statement_about_the_link_to_a_folded_node_keeps_the_link() -> None:
    """Then the row is needed, to say who says so."""
    site = site_of(
        PARTS + ":s a :Statement ; :about :e ; :of :part ; :stated :p1 .", fold=(PART,), statements=STATEMENTS
    )
    assert sources(page(site, "e"))["part"] == ([["s"]], [])


def test_statements_about_nothing_here() -> None:
    """Without a property, a statement stands in a table; of a hidden property, nowhere but in the RDF."""
    site = site_of(
        ":e :p 1 ; :q 2 . :s a :Statement ; :about :e ; :stated 1 . :t a :Statement ; :about :e ; :of :q ; :stated 3 .",
        statements=STATEMENTS,
        hide=(BASE + "q",),
    )
    e = page(site, "e")
    assert tables(e.tables) == {("Statement", "about"): ["s"]}
    assert sources(e) == {"p": ([[]], [])}
    assert ("t", "stated", "3") in triples(e)


def test_what_a_statement_speaks_of_is_no_backlink() -> None:
    """The value and the property of a statement are linked by the fact itself; its source and status are links."""
    site = site_of(
        ":e :p :b . :b :q 1 . :p :q 2 . :src :q 3 . :s a :Statement ; :about :e ; :of :p ; :stated :b ; :source :src .",
        statements=STATEMENTS,
    )
    assert links(page(site, "b").backlinks) == {"p": ["e"]}
    assert links(page(site, "p").backlinks) == {}
    assert links(page(site, "src").backlinks) == {"source": ["e"]}


def test_blank_statements() -> None:
    """A statement need not have an IRI."""
    site = site_of(":e :p 1 . _:s a :Statement ; :about :e ; :of :p ; :stated 1 .", statements=STATEMENTS)
    assert sources(page(site, "e")) == {"p": ([["_:s"]], [])}
    assert len(page(site, "e").triples) == 5
