"""Names that a graph gives, and those that begin as somebody types."""

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from saite.matching import NAME_PROPERTIES, Prefixes, names
from saite.namespaces import LABEL_PROPERTIES, RDFS_LABEL, SKOS
from saite.store import EmbeddedStore


def test_all_names_of_a_graph_are_given() -> None:
    """Labels, alternative and hidden ones, of all languages and nodes; nothing that is no text."""
    node, blank = NamedNode("http://example.org/x"), BlankNode("b")
    hidden = NamedNode(SKOS + "hiddenLabel")
    store = EmbeddedStore(
        [
            Quad(node, RDFS_LABEL, Literal("Rīga", language="lv")),
            Quad(node, hidden, Literal("Rigga")),
            Quad(node, RDFS_LABEL, Literal("  ")),
            Quad(node, RDFS_LABEL, NamedNode("http://example.org/y")),
            Quad(blank, RDFS_LABEL, Literal("Riga", language="en")),
        ]
    )
    assert sorted((str(one), name, tag) for one, name, tag in names(store)) == [
        ("<http://example.org/x>", "Rigga", ""),
        ("<http://example.org/x>", "Rīga", "lv"),
        ("_:b", "Riga", "en"),
    ]


def test_names_are_more_than_labels() -> None:
    """All label properties but that of prefixes, and further ones."""
    assert {node.value for node in LABEL_PROPERTIES} - {node.value for node in NAME_PROPERTIES} == {
        "http://purl.org/vocab/vann/preferredNamespacePrefix"
    }
    assert len(NAME_PROPERTIES) == len(set(NAME_PROPERTIES))


def test_prefixes_are_found_in_order() -> None:
    """By fold; each thing once; all for an empty one."""
    found = Prefixes([(1, "Rīgas osta"), (2, "Riga"), (2, "Рига"), (3, "Ogre"), (4, "Rīt")])
    assert list(found.find("rig")) == [2, 1]
    assert list(found.find("РИ")) == [2, 1, 4]
    assert list(found.find("")) == [3, 2, 1, 4]
    assert list(found.find("x")) == []
