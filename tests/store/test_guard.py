"""What no query may do."""

from collections.abc import Iterator

import pytest
from pyoxigraph import QueryBoolean
from tests.listening import listening

from saite.errors import SaiteError, UsageError
from saite.store import EmbeddedStore
from saite.store.guard import MAX_NESTING, form, guard
from saite.terms import NamedNode, Quad

SERVICE_FORMS = [
    "SELECT * { SERVICE URL { ?a ?b ?c } }",
    "SELECT * { SERVICE SILENT URL { ?a ?b ?c } }",
    "SELECT * { service URL { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o SERVICE ?o { ?a ?b ?c } }",
    "SELECT * { { SELECT * { SERVICE URL { ?a ?b ?c } } } }",
    "SELECT * { FILTER EXISTS { SERVICE SILENT URL { ?a ?b ?c } } }",
    "SELECT * { FILTER NOT EXISTS { SERVICE URL { ?a ?b ?c } } }",
    "SELECT * { OPTIONAL { SERVICE URL { ?a ?b ?c } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE URL { ?s ?b ?c } } }",
    "SELECT * { GRAPH ?g { SERVICE URL { ?a ?b ?c } } }",
    "SELECT * { LATERAL { SERVICE URL { ?a ?b ?c } } }",
    "SELECT * { {} UNION { SERVICE URL { ?a ?b ?c } } }",
    "SELECT (EXISTS { SERVICE URL { ?a ?b ?c } } AS ?x) {}",
    "SELECT * {} ORDER BY (EXISTS { SERVICE URL { ?a ?b ?c } })",
    "SELECT * {} HAVING (EXISTS { SERVICE URL { ?a ?b ?c } })",
    "ASK { SERVICE URL { ?a ?b ?c } }",
    "DESCRIBE ?a { SERVICE URL { ?a ?b ?c } }",
    "CONSTRUCT { ?a ?b ?c } { SERVICE URL { ?a ?b ?c } }",
    "PREFIX : URL SELECT * { SERVICE:x { ?a ?b ?c } }",
    "PREFIX ex: URL SELECT * { SERVICEex:x { ?a ?b ?c } }",
    "PREFIX ex: URL SELECT * { SERVICESILENTex:x { ?a ?b ?c } }",
    "PREFIX serviceex: URL PREFIX ex: URL SELECT * { serviceex:x { ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE URL { ?a ?b ?c } }",
    "SELECT * { ?s ?p 1SERVICE URL { ?a ?b ?c } }",
    "PREFIX ex: URL SELECT * { FILTER(1<ex:a)SERVICE#c>\nURL { ?a ?b ?c } }",
    "SELECT * { FILTER(1<'>')SERVICE URL { ?a ?b ?c } #'\n }",
    'SELECT * { VALUES ?x { """a" } SERVICE URL { ?a ?b ?c } #\\uD800"""\n}',
    "SELECT * { SERVICE#\nURL{ ?a ?b ?c } }",
    "SELECT * { S\\u0045RVICE URL { ?a ?b ?c } }",
    "LOAD URL",
    "LOAD SILENT URL INTO GRAPH <http://e/g>",
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A loopback port and the connections that reached it."""
    with listening() as found:
        yield found


def run_to_the_end(store: EmbeddedStore, query: str) -> None:
    """Asks, and takes every row: solutions are computed as they are asked for."""
    result = store.query(query)
    if not isinstance(result, QueryBoolean):
        for _ in result:
            pass


def test_no_form_of_service_or_load_opens_a_connection(listener: tuple[str, list[str]]) -> None:
    """Each way of calling another server is refused before anything runs: a listening port sees nothing."""
    url, seen = listener
    store = EmbeddedStore([Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), NamedNode(url[1:-1]))])
    for query in SERVICE_FORMS:
        with pytest.raises(SaiteError) as caught:
            run_to_the_end(store, query.replace("URL", url))
        assert caught.value.cure, query
    assert seen == []


def test_the_listener_would_see_a_connection(listener: tuple[str, list[str]]) -> None:
    """The test above can fail: the same query, given to Oxigraph itself, does connect."""
    url, seen = listener
    with pytest.raises(OSError, match="500"):
        list(EmbeddedStore().native.query(f"SELECT * {{ SERVICE {url} {{ ?a ?b ?c }} }}"))  # type: ignore[arg-type]
    assert seen == ["connected"]


def test_from_makes_no_call(listener: tuple[str, list[str]]) -> None:
    """FROM names a graph of the dataset, never an address to read."""
    url, seen = listener
    store = EmbeddedStore([Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), NamedNode("http://e/o"))])
    assert not bool(store.query(f"ASK FROM {url} {{ ?s ?p ?o }}"))
    assert seen == []


@pytest.mark.parametrize(
    "query",
    [
        'ASK { ?service ?p "SERVICE <http://e/> {}" }',
        "ASK { ?s <http://e/service> ?o } # SERVICE <http://e/> {}",
        'PREFIX service: <http://e/> ASK { service:s service:p "x"@service-x }',
        "PREFIX ex: <http://e/> ASK { ex:service ex:p ?o . FILTER(?o < 5) }",
        "ASK { _:service <urn:x:service> ?o }",
    ],
)
def test_the_word_alone_is_no_call(query: str) -> None:
    """Strings, comments, IRIs, names and variables may say "service"."""
    assert form(guard(query)) == "ASK"


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <http://e/s> <http://e/p> 1 }",
        "PREFIX ex: <http://e/> DELETE WHERE { ?s ?p ?o }",
        "BASE <http://e/> WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "# a comment\nclear all",
        "DROP ALL",
        "CREATE GRAPH <http://e/g>",
        "COPY <http://e/a> TO <http://e/b>",
        "MOVE <http://e/a> TO <http://e/b>",
        "ADD <http://e/a> TO <http://e/b>",
    ],
)
def test_updates_are_refused(query: str) -> None:
    """An update is told apart from a query that does not parse."""
    with pytest.raises(UsageError, match="read-only"):
        EmbeddedStore().query(query)


def test_nesting_is_limited() -> None:
    """Deep brackets, which would end the process inside Oxigraph's parser, are refused; reasonable ones are not."""
    deep = MAX_NESTING - 2
    assert bool(EmbeddedStore().query("ASK { FILTER(" + "(" * (deep - 1) + "1" + ")" * (deep - 1) + ") }"))
    with pytest.raises(UsageError, match="brackets"):
        EmbeddedStore().query("ASK " + "{" * 5000 + "}" * 5000)
