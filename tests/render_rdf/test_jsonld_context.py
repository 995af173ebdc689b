import json

import pytest

from saite.errors import DataError, SyntaxFault
from saite.render.jsonld.context import Context

from .graphs import EX


def test_definitions_are_understood() -> None:
    """Prefixes, aliases, coercions and containers, in any order of the file."""
    context = Context(
        {
            "label": {"@id": "ex:label", "@container": ["@language", "@set"]},
            "when": {"@id": "ex:when", "@type": "xsd:date"},
            "ex": EX,
            "xsd": {"@id": "http://www.w3.org/2001/XMLSchema#", "@prefix": True},
            "id": "@id",
            "same": "label",
            "none": None,
            "plain": {"@id": "ex:plain", "@language": None},
        }
    )
    found = context.definitions
    assert (found["label"].iri, found["label"].container) == (EX + "label", frozenset({"@language", "@set"}))
    assert (found["when"].type, found["when"].needs) == ("http://www.w3.org/2001/XMLSchema#date", ("ex", "xsd"))
    assert (found["ex"].prefix, found["xsd"].prefix, found["label"].prefix) == (True, True, False)
    assert context.keyword("@id")[0] == "id"
    assert context.keyword("@type") == ("@type", None)
    assert found["same"].iri == EX + "label"
    assert not found["none"].writable
    assert (found["plain"].language, found["when"].language) == ("", None)


def test_a_part_has_all_that_it_needs() -> None:
    """The terms that a definition is made with, and theirs."""
    raw = {"@vocab": EX, "a": "b", "b": "http://a.example/", "c": {"@id": "a:x"}, "d": "c", "e": {"@type": "@id"}}
    context = Context({**raw, "c": {"@id": "a:x", "@type": "@id"}})
    assert context.subset(frozenset({"d"})).keys() == {"a", "b", "c", "d"}
    assert context.subset(frozenset({"e"})).keys() == {"@vocab", "e"}


@pytest.mark.parametrize(
    ("context", "message"),
    [
        ({"a": "b"}, "'b' of 'a' is not an IRI"),
        ({"a": "b:c"}, None),
        ({"a": "b", "b": "a"}, "'a' is defined by itself"),
        ({"a": 1}, "'a' is neither text nor object"),
        ({"a": {"@id": 1}}, "'a' has no IRI"),
        ({"": EX}, "'' cannot be a term"),
        ({"@foo": EX}, "@foo cannot be a term"),
        ({"@import": EX}, "@import is not supported"),
        ({"@propagate": False}, "@propagate is not supported"),
        ({"@version": 1.0}, "@version is not 1.1"),
        ({"@vocab": "terms"}, "@vocab is not an absolute IRI"),
        ({"@language": 1}, "@language is not a text"),
        ({"@type": "ex:type"}, "@type can only be given a @container"),
        ({"a": {"@id": EX, "@nest": "b"}}, "@nest in the definition of 'a'"),
        ({"a": {"@id": EX, "@context": {}}}, "@context in the definition of 'a'"),
        ({"a": {"@id": EX, "@container": "@index"}}, "the @container of 'a' is not supported"),
        ({"a": {"@id": EX, "@container": ["@list", "@set"]}}, "the @container of 'a' is not supported"),
        ({"a": {"@id": EX, "@language": 1}}, "the @language of 'a' is not a text"),
        ({"a": "@context"}, "@context cannot have an alias"),
        ({"ex": EX, "ex:a": "http://other.example/"}, "'ex:a' looks like <http://example.org/a>"),
    ],
)
def test_what_is_not_understood_is_refused(context: dict[str, object], message: str | None) -> None:
    """With the line and a cure; nothing is silently written otherwise than the context means it."""
    text = json.dumps({"@context": context}, indent=1)
    if message is None:
        assert Context.parse(text, "context.jsonld").definitions
        return
    with pytest.raises(DataError) as raised:
        Context.parse(text, "context.jsonld")
    fault = raised.value
    assert message in fault.message
    assert fault.cure
    assert fault.place is not None
    assert fault.place.line is not None
    assert fault.place.line >= 3
    assert fault.excerpt == text.splitlines()[fault.place.line - 1]


@pytest.mark.parametrize("content", ["[]", "{}", '{"@context": "https://example.org/c"}', '{"@context": [{}]}'])
def test_contexts_elsewhere_are_refused(content: str) -> None:
    """Nothing is fetched: the terms must stand in the file."""
    with pytest.raises(DataError, match="must be one object of terms"):
        Context.parse(content, "context.jsonld")


def test_a_syntax_error_has_its_place() -> None:
    """File, line, column and the line itself."""
    with pytest.raises(SyntaxFault) as raised:
        Context.parse('{"@context": {\n  "a" "b"\n}}', "context.jsonld")
    assert str(raised.value).startswith("context.jsonld:2:7: not JSON")
    assert raised.value.excerpt == '  "a" "b"'
    with pytest.raises(SyntaxFault, match=r"context\.jsonld:1:1"):
        Context.parse("", "context.jsonld")


def test_a_term_defined_twice_is_told() -> None:
    """JSON takes the last one silently; the person who wrote two meant something."""
    with pytest.raises(DataError, match=r"context\.jsonld:3: 'a' is defined twice"):
        Context.parse('{"@context": {\n "a": "http://a.example/",\n "a": "http://b.example/"}}', "context.jsonld")
