"""Whatever the data holds, it stays text: nothing of it becomes an element, an attribute or a script."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saite.render.html import renderer
from saite.render.html.queries import highlighted
from saite.site.model import Backlinks, FoldedNode, FoldTable, Provenance, Resource, Row, Value
from saite.terms import BlankNode, Literal, NamedNode, Term

from .checks import elements, faults, parse, text_of
from .domain import PARTICIPATION, START, domain_site
from .fake import DESCRIPTION, iri

HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        "</title><script>",
        "{{ 7 * 7 }} {% raw %}",
        "%(n)s %s {0} {x}",
        "&lt;&amp;&#39;",
        "\x00\x0b\x1f\x7f\ufdd0\ufdd1\ufdd2\uffff",
        "]]> <!-- -->",
        "a\nb\r\nc\td",
        "\u202e\u2066שלום",
    ]
)
TEXTS = st.one_of(HOSTILE, st.text(max_size=20), st.tuples(HOSTILE, st.text(max_size=5)).map("".join))
TAGS = st.sampled_from(["lv", "en", "ru", "ar", "x-evil", "de-AT"])
IRIS = st.sampled_from(
    [
        "https://example.org/a'b",
        "https://example.org/a&b=c%22%3E",
        "https://example.org/ok#%3Cscript%3E",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,%3Cscript%3Ealert(1)%3C/script%3E",
        "vbscript:x",
        "urn:x:'",
        "mailto:a@example.org",
        "https://пример.example/ā?x=1&y='2'",
    ]
).map(NamedNode)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, TAGS),
    st.builds(
        lambda text, datatype: Literal(text, datatype=datatype),
        TEXTS,
        st.sampled_from(
            [
                NamedNode("http://www.w3.org/2001/XMLSchema#anyURI"),
                NamedNode("http://www.w3.org/2001/XMLSchema#date"),
                NamedNode("http://www.w3.org/2001/XMLSchema#integer"),
                NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML"),
                NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral"),
                NamedNode("javascript:alert(1)"),
            ]
        ),
    ),
)
TERMS = st.one_of(IRIS, LITERALS)
TEMPLATE_ELEMENTS = {"script", "img", "iframe", "style"}


def provenance(term: Term, literal: Literal, source: NamedNode) -> Provenance:
    """A statement in which everything comes from the data."""
    return Provenance(
        iri("statement/x"),
        term,
        literal,
        (literal,),
        (literal,),
        (source,),
        source,
        (literal,),
        (Row(source, (Value(term),)),),
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(label=TEXTS, tag=TAGS, terms=st.lists(TERMS, min_size=1, max_size=4), literal=LITERALS, other=IRIS)
def test_no_text_of_the_data_becomes_markup(
    tmp_path: Path, label: str, tag: str, terms: list[Term], literal: Literal, other: NamedNode
) -> None:
    """Labels, IRIs, texts, tags and datatypes of any kind leave the page valid, without scripts and unsafe links."""
    site = domain_site(tmp_path)
    node = iri("hostile")
    site.named.texts[node] = {tag: label or "x", "lv": label or "x"}
    site.named.texts[other] = {tag: label or "x"}
    blank = Value(BlankNode("n"), rows=(Row(other, tuple(map(Value, terms))),))
    said = provenance(terms[0], literal, other)
    resource = Resource(
        node,
        'hostile/it\'s & "more"',
        (),
        (other,),
        (
            Row(DESCRIPTION, (Value(literal), *map(Value, terms))),
            Row(other, (*(Value(term, provenance=(said,)) for term in terms), blank), (said,)),
            Row(START, (Value(BlankNode("l"), items=tuple(map(Value, terms))),)),
        ),
        (
            FoldTable(
                PARTICIPATION, other, (other, START), (FoldedNode(node, "an'chor", (Row(START, (Value(literal),)),)),)
            ),
        ),
        (Backlinks(other, 1, (node, other)),),
        label_provenance=(said,),
    )
    site.put(resource)
    for artifact in renderer(site).resource(resource):
        content = b"".join(artifact.chunks())
        assert faults(content) == []
        root = parse(content)
        assert len(list(elements(root, "img"))) == 1  # the mark in the header
        for link in elements(root, "a"):
            scheme = link.attrib["href"].partition(":")[0].lower()
            assert ":" not in link.attrib["href"] or scheme in ("https", "http", "mailto")
        shown = text_of(next(elements(root, "h1")))
        assert shown == " ".join("".join("\ufffd" if forbidden(c) else c for c in label or "x").split())


def forbidden(character: str) -> bool:
    """Whether HTML 13.2.3.5 forbids a character."""
    code = ord(character)
    return (
        code < 9
        or code in (11, 12)
        or 13 < code < 32
        or 127 <= code < 160
        or 0xFDD0 <= code <= 0xFDEF
        or code & 0xFFFE == 0xFFFE
    )


@settings(max_examples=200, deadline=None)
@given(st.one_of(TEXTS, st.text(alphabet="<>\"'#?$:{} abSELECT\n\\", max_size=40)))
def test_highlighting_a_query_changes_nothing_but_its_looks(text: str) -> None:
    """Whatever stands in a query file, the marked text reads as before, and it is text."""
    page = f"<!DOCTYPE html><title>q</title><pre><code>.{highlighted(text)}</code></pre>"
    root = parse(page.encode("utf-8", "surrogatepass"))
    code = next(elements(root, "code"))
    shown = "".join("\ufffd" if forbidden(c) else c for c in text).replace("\r\n", "\n").replace("\r", "\n")
    assert "".join(code.itertext()) == "." + shown
    assert {e.tag for e in code.iter()} <= {"code", "span"}
