"""Triples that the site derives from its own: each CONSTRUCT query of ``queries/derive`` in turn."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import QueryTriples

from saite.config import FILE_NAME, Config
from saite.errors import ConfigError, DataError, Place
from saite.graph.blanknodes import Namer
from saite.store import EmbeddedStore, queryfile
from saite.store.protocol import QueryResult
from saite.store.queryfile import NamedQuery
from saite.terms import BlankNode, NamedNode, Quad, Triple

FILES: Final = "queries/derive/*.rq"
"""Where the queries are, relative to the site folder; they run in the order of their names."""

GRAPH: Final = "interop"
"""Key of the named graph that derived triples fill."""


def derive(store: EmbeddedStore, config: Config) -> None:
    """Adds the triples that the site's queries derive; each query sees what those before it have made.

    Raises:
        SyntaxFault: a query does not parse.
        DataError: a query is no CONSTRUCT, wants parameters, or makes RDF 1.2.
        ConfigError: the site has no base, so that the graph has no IRI.
    """
    for query in queryfile.find(config.root, (FILES,)):
        if not config.base:
            raise ConfigError(
                f"derived triples go into the graph {GRAPH!r}, which has no IRI without a base",
                place=Place(FILE_NAME),
                cure='Set base = "https://.../" in saite.toml.',
            )
        if query.form != "CONSTRUCT" or query.parameters:
            raise DataError(
                "a query that derives triples is a CONSTRUCT without parameters",
                place=Place(query.file),
                cure="Rewrite it, or move it to queries/examples.",
            )
        graph = NamedNode(config.graph_iri(GRAPH))
        namer = Namer(keep=lambda node: _known(store, node))
        store.extend(list(namer.name(_quads(query, query.run(store), graph), query.file)))


def _known(store: EmbeddedStore, node: BlankNode) -> bool:
    """Whether a blank node of a result is one of the dataset, and no new one of the query's template."""
    return any(True for _ in store.quads(node)) or any(True for _ in store.quads(object=node))


def _quads(query: NamedQuery, result: QueryResult, graph: NamedNode) -> Iterator[Quad]:
    assert isinstance(result, QueryTriples)  # the query is a CONSTRUCT
    for triple in result:
        if isinstance(triple.object, Triple):
            raise DataError(
                "the query makes triple terms, which are RDF 1.2", place=Place(query.file), cure="Make nodes instead."
            )
        yield Quad(triple.subject, triple.predicate, triple.object, graph)
