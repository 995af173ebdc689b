"""The endpoint's page: a form that works by itself, with the answer below it."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.render_html.checks import faults

from saite.config import Config
from saite.serve.sparql.inventory import Inventory
from saite.serve.sparql.limits import Limits
from saite.serve.sparql.page import Example, Pages, Shown, example
from saite.store.queryfile import parse

from .served import Reply, Served

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ROWS = "SELECT ?s ?o { ?s <http://example.org/p> ?o } ORDER BY ?o"


def wrong(reply: Reply) -> list[str]:
    """What is wrong with the page; it may have a form and one script, which other pages may not."""
    assert reply.type == "text/html"
    return [fault for fault in faults(reply.body) if fault not in ("<form>", "<input>", "<script>")]


def test_a_browser_is_shown_a_page(small: Served) -> None:
    """Where a browser, or curl, comes without a query: valid HTML under a strict policy, with no script in it."""
    for accept in (BROWSER, "*/*", ""):
        reply = small.send("GET", headers={"Accept": accept} if accept else None)
        assert reply.status == 200
        assert wrong(reply) == []
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script[^>]*>", reply.text) == ['<script type="module" src="./sparql/endpoint.js">']
    assert " style=" not in reply.text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "text/turtle"),
        ("text/turtle;q=0.9, text/html;q=0.2", "text/turtle"),
        ("text/html;q=0.9, text/turtle;q=0.9", "text/html"),
        ("application/rdf+xml, */*;q=0.1", "application/rdf+xml"),
    ],
)
def test_programs_are_given_the_description(small: Served, accept: str, media_type: str) -> None:
    """Whoever wants RDF more than HTML gets it."""
    assert small.send("GET", headers={"Accept": accept}).type == media_type


def test_the_page_speaks_the_languages_of_the_site(small: Served) -> None:
    """By Accept-Language, or as its links say."""
    lv = small.send("GET", headers={"Accept": "text/html"})
    en = small.send("GET", headers={"Accept": "text/html", "Accept-Language": "en-GB, lv;q=0.5"})
    assert '<html lang="lv">' in lv.text
    assert "SPARQL piekļuves punkts – Paraugs" in lv.text
    assert '<html lang="en">' in en.text
    assert "SPARQL endpoint – Sample" in en.text
    assert (lv.headers["content-language"], en.headers["content-language"]) == ("lv", "en")
    assert '<html lang="en">' in small.send("GET", "/sparql?lang=en", headers={"Accept": "text/html"}).text


def test_the_form_works_without_a_script(small: Served) -> None:
    """Its fields are those of the protocol; an answer comes as a page with a table, links and downloads."""
    form = small.send("GET", "/sparql?lang=en", headers={"Accept": BROWSER}).text
    assert 'action="./sparql" method="get"' in form
    assert '<textarea id="query" name="query"' in form
    assert '<select name="format">' in form
    reply = small.ask(ROWS, BROWSER, lang="en", format="html")
    assert reply.status == 200
    assert wrong(reply) == []
    assert "<caption>3 rows</caption>" in reply.text
    assert '<a href="./id/s" title="http://example.org/id/s">id:s</a>' in reply.text
    assert '<span lang="lv">vārds &quot;šis&quot;\n&lt;&amp;&gt;</span>' in reply.text
    assert html.escape(ROWS) in reply.text
    for href in re.findall(r'<a href="\./sparql([^"]+)" download>', reply.text):
        fields = parse_qs(urlsplit(html.unescape(href)).query)
        assert small.ask(fields["query"][0], format=fields["format"][0]).status == 200
    graph = small.ask("DESCRIBE <http://example.org/id/t>", BROWSER, lang="en")
    assert wrong(graph) == []
    assert "id:t\n    ex:p 5 ;" in graph.text
    assert '<p class="verdict">yes</p>' in small.ask("ASK {}", BROWSER, lang="en").text


def test_a_long_answer_is_shown_in_part(small: Served) -> None:
    """A page has the first thousand rows, and says so."""
    rows = "VALUES ?a { 0 1 2 3 4 5 6 7 8 9 10 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 } VALUES ?c { 0 1 2 3 4 5 6 7 8 9 }"
    text = small.ask(f"SELECT * {{ {rows} }}", BROWSER, lang="en").text
    assert "The first 1000 rows; a download has all" in text
    assert text.count("<tr>") == 1_000 + 2 + 2  # two heads, and the named graphs


def test_examples_are_offered(small: Served) -> None:
    """As links that fill in the form, with the text for the script."""
    page = small.send("GET", "/sparql?lang=en", headers={"Accept": BROWSER}).text
    assert '<a href="./sparql?example=all&amp;lang=en"' in page
    filled = small.send("GET", "/sparql?example=all&lang=en", headers={"Accept": BROWSER}).text
    assert "FILTER(?o != &quot;&lt;x&gt;&quot;)" in filled.partition("<textarea")[2]


def test_an_example_has_its_values_in_place() -> None:
    """A query of the catalogue can be run as it is offered: without its header, with the defaults of its parameters."""
    query = parse(
        "#+ title.en: Of one\n#+ param: s iri <http://example.org/s>\nSELECT ?o { ?s ?p ?o }", "one", "one.rq"
    )
    assert example(query) == Example("one", {"en": "Of one"}, "SELECT ?o {  <http://example.org/s>  ?p ?o }\n")
    without = parse("#+ param: s iri\nSELECT ?o { ?s ?p ?o }", "two", "two.rq")
    assert example(without).text == "SELECT ?o { ?s ?p ?o }\n"


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("<script>alert(1)</script>" AS ?x) {}',
        "SELECT (<javascript:alert(1)> AS ?x) {}",
        'SELECT (STRLANG("x", "en-onclick") AS ?x) {}',
        "SELECT (1 AS ?x) {} # </textarea><script>alert(1)</script>",
        "SELECT </textarea><script>alert(1)</script>",
        'CONSTRUCT { <http://e/"> <http://e/p> "</code><script>" } {}',
        'CONSTRUCT { <http://e/s> <http://e/p> "</code></pre><script>alert(1)</script>" } {}',
    ],
)
def test_nothing_that_is_asked_becomes_markup(small: Served, query: str) -> None:
    """Queries, values, IRIs and errors are text."""
    reply = small.ask(query, BROWSER, lang='en"><script>')
    assert wrong(reply) == []
    assert reply.text.count("<script") == 1
    assert 'href="javascript' not in reply.text


def test_a_site_without_examples_has_a_page(small: Served) -> None:
    """And one of a single language; the editor begins with a query that any data answer."""
    pages = Pages(Config(root=small.endpoint.dataset.store), Limits(), [], "/sparql")
    page = pages.page("en", small.url, Inventory(), Shown())
    assert set(faults(page)) == {"<form>", "<input>", "<script>"}
    assert b"SELECT ?class" in page
