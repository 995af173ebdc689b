import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from saite.render import ntriples
from saite.site.reading import ReadingOrder
from saite.site.triples import Triples
from saite.terms import Literal, NamedNode, Triple

from .fakes import config
from .graphs import EX, canonical, graphs, read_oxigraph, read_rdflib


@settings(max_examples=80, deadline=None)
@given(graphs, st.randoms(use_true_random=False))
def test_any_graph_reads_back_the_same(graph: list[Triple], chance: random.Random) -> None:
    """By pyoxigraph's reader and by rdflib's, and the input's order does not show.

    rdflib 7.6 refuses blank node labels beyond ASCII, which N-Triples allows (BLANK_NODE_LABEL); ours are
    hexadecimal.
    """
    content = ntriples.document(graph)
    assert read_oxigraph(content, RdfFormat.N_TRIPLES) == canonical(graph)
    labels = re.sub("(^| )_:é", r"\1_:e2", content.decode(), flags=re.MULTILINE)
    assert read_rdflib(labels.encode(), "nt") == canonical(graph)
    shuffled = list(graph)
    chance.shuffle(shuffled)
    assert ntriples.document(shuffled) == content
    assert ntriples.document(Triples.of(shuffled, ReadingOrder(config()))) == content


def test_lines_are_canonical() -> None:
    """One space between terms, escapes only where the canonical form has them, sorted by code point, once each."""
    s = NamedNode(EX + "s")
    graph = [
        Triple(s, s, Literal("é\t\n\r\"\\\b\f\x0b\x7f'")),
        Triple(s, s, Literal("a", language="en")),
        Triple(s, s, Literal("a")),
        Triple(s, s, Literal("a")),
    ]
    start = "<http://example.org/s> <http://example.org/s> "
    assert ntriples.document(graph).decode() == (
        f'{start}"a" .\n{start}"a"@en .\n{start}"é\\t\\n\\r\\"\\\\\\b\\f\\u000B\\u007F\'" .\n'
    )
