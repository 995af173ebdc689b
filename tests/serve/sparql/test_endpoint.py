"""How the endpoint answers over HTTP."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from saite.serve.sparql.clients import address

from .conftest import BASE
from .served import Served

TURTLE, JSONLD, NTRIPLES, RDFXML = "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
ROWS = "SELECT ?s ?o { ?s <http://example.org/p> ?o FILTER(ISIRI(?s)) } ORDER BY ?s"
GRAPH = "CONSTRUCT WHERE { ?s <http://example.org/p> ?o }"


@pytest.mark.parametrize("query", ["SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT ?s { ?s ?p ?o }"])
def test_the_default_graph_is_the_union(small: Served, query: str) -> None:
    """A triple that stands in two graphs counts once."""
    rows = list(csv.reader(io.StringIO(small.ask(query, CSV).text)))
    assert rows[1:] == [["4"]] if "COUNT" in query else len(rows) == 5


def test_merged_graphs_have_each_triple_once(small: Served) -> None:
    """default-graph-uri, given twice, means the merge of two graphs (SPARQL 1.1 Query, 13.2)."""
    fields = [("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")]
    fields += [("default-graph-uri", BASE + name) for name in ("g1", "g2")]
    reply = small.send("GET", "/sparql?" + urlencode(fields), headers={"Accept": CSV})
    assert reply.text.split() == ["n", "4"]


def test_the_protocol_names_the_dataset_before_the_query(small: Served) -> None:
    """default-graph-uri wins over FROM (SPARQL 1.1 Protocol, 2.1.4); an unknown graph is an empty one."""
    query = "SELECT (COUNT(*) AS ?n) FROM <http://example.org/g2> { ?s ?p ?o }"
    assert small.ask(query, CSV).text.split() == ["n", "3"]
    assert small.ask(query, CSV, **{"default-graph-uri": BASE + "g1"}).text.split() == ["n", "2"]
    assert small.ask(query, CSV, **{"default-graph-uri": BASE + "none"}).text.split() == ["n", "0"]
    assert small.ask(query, CSV, **{"default-graph-uri": "no iri"}).status == 400


@pytest.mark.parametrize("media_type", [JSON, XML, CSV, TSV])
def test_rows_come_in_each_form(small: Served, media_type: str) -> None:
    """The same rows, in the form that was asked for."""
    reply = small.ask(ROWS, media_type)
    assert (reply.status, reply.type) == (200, media_type)
    if media_type == JSON:
        values = [[row["s"]["value"], row["o"]["value"]] for row in json.loads(reply.body)["results"]["bindings"]]
    elif media_type == XML:
        names = "{http://www.w3.org/2005/sparql-results#}"
        rows = ElementTree.fromstring(reply.text).iter(names + "result")
        values = [["".join(cell.itertext()) for cell in row] for row in rows]
    elif media_type == CSV:
        assert "charset=utf-8" in reply.headers["content-type"]
        values = list(csv.reader(io.StringIO(reply.text)))[1:]
    else:
        assert reply.text.splitlines()[0] == "?s\t?o"
        values = [[cell.strip("<>") for cell in line.split("\t")] for line in reply.text.splitlines()[1:]]
        values[0][1] = 'vārds "šis"\n<&>' if values[0][1] == '"vārds \\"šis\\"\\n<&>"@lv' else "?"
    assert values == [[BASE + "id/s", 'vārds "šis"\n<&>'], [BASE + "id/t", "5"]]


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        (TURTLE, ox.RdfFormat.TURTLE),
        (JSONLD, ox.RdfFormat.JSON_LD),
        (NTRIPLES, ox.RdfFormat.N_TRIPLES),
        (RDFXML, ox.RdfFormat.RDF_XML),
    ],
)
def test_graphs_come_in_each_form(small: Served, media_type: str, form: ox.RdfFormat) -> None:
    """The same graph, in the form that was asked for."""
    reply = small.ask(GRAPH, media_type)
    assert (reply.status, reply.type) == (200, media_type)
    found = {str(quad.object) for quad in ox.parse(reply.body, format=form)}
    assert len(found) == 3
    assert f"<{BASE}id/s>" in found


def test_turtle_has_the_prefixes_of_the_site(small: Served) -> None:
    """What people read is written for them."""
    text = small.ask(GRAPH, TURTLE).text
    assert "@prefix ex: <http://example.org/> ." in text
    assert "id:t\n    ex:p 5 ." in text


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (ROWS, "", JSON),
        (ROWS, "*/*", JSON),
        (ROWS, "application/json", JSON),
        (ROWS, "text/csv;q=0.5, application/sparql-results+xml", XML),
        (ROWS, "text/turtle, text/tab-separated-values;q=0.1", TSV),
        (ROWS, "application/*", JSON),
        (ROWS, "application/sparql-results+json;q=0, application/*", XML),
        ("ASK {}", "text/csv, */*;q=0.1", JSON),
        (GRAPH, "", TURTLE),
        (GRAPH, "application/json", JSONLD),
        (GRAPH, "application/sparql-results+json, application/rdf+xml;q=0.5", RDFXML),
        (GRAPH, "text/html;q=0.4, application/n-triples;q=0.5", NTRIPLES),
        (ROWS, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ],
)
def test_the_client_is_given_what_it_wants_most(small: Served, query: str, accept: str, media_type: str) -> None:
    """Accept is heard with its q-values, among the forms that the kind of answer has."""
    reply = small.ask(query, accept)
    assert (reply.status, reply.type) == (200, media_type)
    assert reply.headers["vary"] == "Accept, Accept-Language"


@pytest.mark.parametrize(
    ("query", "accept", "can"),
    [
        (ROWS, TURTLE, JSON),
        ("ASK {}", CSV, JSON),
        (GRAPH, CSV, TURTLE),
        (ROWS, "image/png", JSON),
    ],
)
def test_what_cannot_be_had_is_406(small: Served, query: str, accept: str, can: str) -> None:
    """CSV has no form for yes or no, and Turtle none for rows: 406 says what can be had."""
    reply = small.ask(query, accept)
    assert reply.status == 406
    assert can in reply.text
    assert reply.headers["vary"] == "Accept, Accept-Language"


def test_the_address_may_name_the_form(small: Served) -> None:
    """``format`` wins over Accept, and takes the names of ``saite query --format`` and media types."""
    assert small.ask(ROWS, JSON, format="csv").type == CSV
    assert small.ask(GRAPH, JSON, format="json").type == JSONLD
    assert small.ask(GRAPH, JSON, format="text/turtle").type == TURTLE
    assert small.ask(ROWS, JSON, format="png").status == 406


def test_a_bad_query_gets_its_place(small: Served) -> None:
    """400 with line, column and the line itself, in the form that the client reads."""
    query = "SELECT *\nWHERE { ?s ?p ?o FILTR }"
    text = small.ask(query)
    assert text.status == 400
    assert text.type == "text/plain"
    assert "line 2, column 18: 'FILTR' cannot stand here\n    WHERE { ?s ?p ?o FILTR }\n" in text.text
    assert "Did you mean FILTER?" in text.text
    problem = small.ask(query, JSON)
    assert problem.type == "application/problem+json"
    told = json.loads(problem.body)
    assert (told["status"], told["line"], told["column"]) == (400, 2, 18)
    assert told["excerpt"] == "WHERE { ?s ?p ?o FILTR }"
    page = small.ask(query, "text/html")
    assert (page.status, page.type) == (400, "text/html")
    assert "<mark>F</mark>ILTR" in page.text


@pytest.mark.parametrize("query", ["INSERT DATA { <a:b> <a:c> 1 }", "CLEAR ALL", "LOAD <http://127.0.0.1:1/x>"])
def test_an_update_in_a_query_is_refused(small: Served, query: str) -> None:
    """403 says that the data are read-only."""
    reply = small.post(query)
    assert reply.status == 403
    assert "read-only" in reply.text


def test_empty_and_senseless_queries_are_bad(small: Served) -> None:
    """No query form, no query; a byte that is no UTF-8 is no text."""
    assert small.ask("").status == 400
    assert small.ask("PREFIX ex: <http://example.org/>").status == 400
    assert small.send("POST", body=b"ASK {\xff}", headers={"Content-Type": "application/sparql-query"}).status == 400
    assert small.send("GET", "/sparql?query=ASK%FF").status == 400
    assert small.ask("ASK {}", timeout="soon").status == 400


def test_compressed_bodies_are_not_unpacked(small: Served) -> None:
    """A small body that would be a large query is refused."""
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    assert small.send("POST", body=b"\x1f\x8b", headers=headers).status == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_405(small: Served, method: str) -> None:
    """The answer says which methods there are."""
    reply = small.send(method, "/sparql?query=ASK%20%7B%7D")
    assert reply.status == 405
    assert reply.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_pages_of_other_sites_may_ask(small: Served) -> None:
    """CORS: every answer says so, a refusal too, and a preflight is answered; no credentials are taken."""
    for reply in (small.ask("ASK {}"), small.ask("ASK {"), small.send("GET", headers={"Accept": TURTLE})):
        assert reply.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in reply.headers
    preflight = small.send(
        "OPTIONS",
        headers={
            "Origin": "https://example.com",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]


@pytest.mark.parametrize("target", ["/sparql?" + urlencode({"query": ROWS}), "/sparql", "/sparql?query=ASK"])
def test_head_equals_get(small: Served, target: str) -> None:
    """Status and headers of HEAD are those of GET, without a body."""
    get, head = small.send("GET", target), small.send("HEAD", target)
    assert head.body == b""
    assert get.status == head.status
    assert {k: v for k, v in get.headers.items() if k != "date"} == {
        k: v for k, v in head.headers.items() if k != "date"
    }


def test_an_answer_that_the_client_has_is_not_sent_again(small: Served) -> None:
    """A strong ETag for each form; If-None-Match gives 304."""
    first = small.ask(ROWS, JSON)
    tag = first.headers["etag"]
    target = "/sparql?" + urlencode({"query": ROWS})
    again = small.send("GET", target, headers={"Accept": JSON, "If-None-Match": f'"x", {tag}'})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["vary"] == "Accept, Accept-Language"
    other = small.send("GET", target, headers={"Accept": XML, "If-None-Match": tag})
    assert (other.status, other.headers["etag"] == tag) == (200, False)


def test_same_queries_are_answered_from_memory(small: Served) -> None:
    """An answer is kept, and dropped when the data change; one that differs each time is never kept."""
    query = "SELECT (COUNT(*) AS ?kept) { ?s ?p ?o }"
    assert small.ask(query).body == small.ask(query).body
    cache = small.endpoint._cache._kept
    assert any(key[0] == query for key in cache)  # type: ignore[index]
    changing = "SELECT (STRUUID() AS ?id) {}"
    assert small.ask(changing).body != small.ask(changing).body


def test_relative_iris_are_below_the_endpoint(small: Served) -> None:
    """The base of a query without BASE is the endpoint's address (SPARQL 1.1 Protocol, 2.1.6)."""
    assert f"<{small.url[: -len('sparql')]}x>" in small.ask("CONSTRUCT { <x> <y> 1 } {}", NTRIPLES).text


def test_answers_tell_nothing_of_the_machine(small: Served) -> None:
    """Refusals have no path, no traceback and no name of a file."""
    for query in ("ASK {", "SELECT (1/0 AS ?x) { BIND(<x y> AS ?z) }", "ASK { FILTER REGEX('a', '(') }"):
        text = small.ask(query).text
        assert "Traceback" not in text
        assert ".py" not in text
        assert "/home" not in text


def test_a_false_host_is_not_repeated(small: Served) -> None:
    """What stands in the header becomes neither an IRI nor markup; a true one, of IPv6 too, names the endpoint."""
    for host in ("a b", "<x>", 'x"y', "x/y", "user@x"):
        reply = small.send("GET", headers={"Host": host, "Accept": TURTLE})
        assert reply.status in (200, 400)
        assert host not in reply.text
        assert small.send("GET", headers={"Host": host, "Accept": "text/html"}).text.count(host) == 0
    assert "<http://[::1]:80/sparql>" in small.send("GET", headers={"Host": "[::1]:80", "Accept": TURTLE}).text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
    ],
)
def test_turns_go_by_address(one: str, other: str, same: bool) -> None:
    """Of IPv6 the network counts, for whoever has one address there has all."""
    found = [address({"type": "http", "client": (host, 1)}) for host in (one, other)]
    assert (found[0] == found[1]) is same
