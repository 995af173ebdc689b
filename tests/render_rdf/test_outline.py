from saite.namespaces import RDF_NIL
from saite.render.outline import MAX_DEPTH, Outline
from saite.site.reading import ReadingOrder
from saite.terms import BlankNode, NamedNode, Triple

from .fakes import config
from .graphs import EX, parse

ORDER = ReadingOrder(config())
P = NamedNode(EX + "p")


def labels(nodes: object) -> list[str]:
    """The labels of nodes, sorted."""
    assert isinstance(nodes, list | set)
    return sorted(node.value for node in nodes)


def test_nodes_stand_inside_each_other_to_a_depth() -> None:
    """The node below the deepest one is written at the top, with a label."""
    chain = [Triple(BlankNode(f"n{i:02}"), P, BlankNode(f"n{i + 1:02}")) for i in range(MAX_DEPTH + 2)]
    outline = Outline([Triple(NamedNode(EX + "s"), P, BlankNode("n00")), *chain], ORDER)
    lifted = BlankNode(f"n{MAX_DEPTH:02}")
    assert outline.roots == [NamedNode(EX + "s"), lifted]
    assert outline.labelled == {lifted}


def test_a_circle_is_opened_at_its_first_label() -> None:
    """One node of the circle is written at the top; what hangs from the circle stays inside it."""
    outline = Outline(parse("_:c ex:p _:b . _:b ex:p _:c, _:a . _:a ex:p 1 ."), ORDER)
    assert outline.roots == [BlankNode("b")]
    assert labels(outline.inside) == ["a", "c"]


def test_a_list_that_holds_what_holds_it_is_still_written() -> None:
    """A circle through a list is opened without losing a member."""
    graph = parse("_:l rdf:first _:x ; rdf:rest _:m . _:m rdf:first 2 ; rdf:rest () . _:x ex:p _:l .")
    outline = Outline(graph, ORDER)
    assert labels(outline.roots) == ["l"]
    assert labels(outline.labelled) == ["l"]
    assert [len(items) for items in outline.lists.values()] == [1]


def test_a_list_is_a_list_only_if_its_cells_say_nothing_else() -> None:
    """A second first member, a note on a cell or a list without end: blank nodes like others."""
    for broken in (
        "_:l rdf:first 1, 2 ; rdf:rest () .",
        "_:l rdf:first 1 ; rdf:rest () ; ex:note 1 .",
        "_:l rdf:first 1 ; rdf:rest ex:iri .",
        "_:l rdf:first 1 ; rdf:rest _:l .",
        "_:l rdf:first 1 .",
    ):
        assert Outline(parse(f"ex:s ex:p _:l . {broken}"), ORDER).lists == {}


def test_only_the_shared_cells_of_a_list_are_labelled() -> None:
    """The part before a shared cell is blank nodes, the part after it is a list."""
    graph = parse("ex:s ex:p _:a . _:a rdf:first 1 ; rdf:rest _:b . _:b rdf:first 2 ; rdf:rest (3) . ex:t ex:p _:b .")
    outline = Outline(graph, ORDER)
    assert labels(outline.labelled) == ["b"]
    assert [[item.value for item in items] for items in outline.lists.values()] == [["3"]]


def test_nodes_that_others_refer_to_keep_their_labels() -> None:
    """What a triple outside the graph refers to is never written inside another node."""
    graph = parse("ex:s ex:p _:b . _:b ex:p 1 .")
    outline = Outline(graph, ORDER, elsewhere=[BlankNode("b")])
    assert outline.roots == [NamedNode(EX + "s"), BlankNode("b")]
    assert outline.labelled == {BlankNode("b")}


def test_blank_nodes_are_sorted_by_what_they_say() -> None:
    """Not by their labels, which change when anything in their neighbourhood does."""
    graph = parse("ex:s ex:p _:z, _:y, _:x . _:z ex:p 1 . _:y ex:p 2 . _:x ex:p 3 .")
    ((_, values),) = Outline(graph, ORDER).statements(NamedNode(EX + "s"))
    assert [value.value for value in values] == ["z", "y", "x"]


def test_nil_is_no_list_of_its_own() -> None:
    """``rdf:nil`` as a value is an IRI to the outline; the formats write the empty list."""
    outline = Outline(parse("ex:s ex:p () ."), ORDER)
    assert list(outline.statements(NamedNode(EX + "s"))) == [(P, [RDF_NIL])]
