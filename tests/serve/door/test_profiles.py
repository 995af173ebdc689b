"""Which profile a request wants."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.artifact import HTML, JSON_LD, TURTLE
from saite.manifest import Entry
from saite.profile import DESCRIPTION, LABELLED, SCHEMA_ORG, TOKENS
from saite.serve.door.profiles import JSON, Wanted, carried, listing, parse, wanted

VARIANTS = (
    Entry("a.html", HTML, "", 0, "a", "en"),
    Entry("a.jsonld", JSON_LD, "", 0, "a"),
    Entry("a.ttl", TURTLE, "", 0, "a"),
    Entry("a.labelled.ttl", TURTLE, "", 0, "a", profile=LABELLED),
    Entry("a.schema.jsonld", JSON_LD, "", 0, "a", profile=SCHEMA_ORG),
    Entry("a.schema.ttl", TURTLE, "", 0, "a", profile=SCHEMA_ORG),
)
IRIS = st.from_regex(r"[a-z]{1,5}:[A-Za-z0-9/?#,;=.-]{1,20}", fullmatch=True)
LEVELS = st.integers(0, 1000).map(lambda level: level / 1000)


def path(query: str, field: str = "", accept: str = "") -> str:
    """The file that a request gets; "" for none."""
    found = wanted(query, field).best(VARIANTS, accept, "")
    return found.path if found is not None else ""


@given(st.lists(st.tuples(IRIS, LEVELS)))
def test_a_field_is_read_as_it_was_written(wishes: list[tuple[str, float]]) -> None:
    """IRIs may have commas and semicolons of their own."""
    field = ", ".join(f"<{iri}>;q={level}" if level < 1 else f"<{iri}>" for iri, level in wishes)
    assert parse(field) == wishes[:100]


@given(st.text(st.sampled_from('<>,;q=01. "a:/\t')), st.text(st.sampled_from('<>,;=&%_ab+" ')))
def test_nonsense_is_as_good_as_nothing(field: str, query: str) -> None:
    """Whatever is in a field or in a query, something is chosen, or it is said that nothing can be."""
    assert all(0 <= level <= 1 and iri for iri, level in parse(field))
    assert wanted("", field).best(VARIANTS, "", "") is not None
    assert isinstance(wanted(query, field), Wanted)


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("<a:b>;q=x, <c:d>", [("c:d", 1)]),
        ("a:b, <c:d> ; Q=0.5 ,,", [("c:d", 0.5)]),
        ("<a b>, <c:d", []),
        ("<a:b>x, <c:d>;level=1", [("c:d", 1)]),
    ],
)
def test_malformed_parts_are_left_out(field: str, found: list[tuple[str, float]]) -> None:
    """The others count."""
    assert parse(field) == found


@pytest.mark.parametrize(
    ("field", "accept", "file"),
    [
        ("", "", "a.html"),
        ("", TURTLE, "a.ttl"),
        (f"<{LABELLED}>", "", "a.labelled.ttl"),
        (f"<{LABELLED}>", "text/html, */*;q=0.1", "a.labelled.ttl"),
        (f"<{LABELLED}>", "text/html", "a.html"),
        (f"<{DESCRIPTION}>", "", "a.jsonld"),
        (f"<{LABELLED}>;q=0.2, <{SCHEMA_ORG}>;q=0.3", TURTLE, "a.schema.ttl"),
        (f"<{LABELLED}>, <{SCHEMA_ORG}>", JSON_LD, "a.schema.jsonld"),
        (f"<{SCHEMA_ORG}>;q=0, <urn:x>", TURTLE, "a.ttl"),
        (f"<{DESCRIPTION}>;q=0", "text/turtle, text/html;q=0.1", "a.html"),
        (f"<{DESCRIPTION}>;q=0", TURTLE, ""),
    ],
)
def test_profiles_come_before_media_types(field: str, accept: str, file: str) -> None:
    """What conforms but is liked less is better than what does not; with none of them, it is as without the field."""
    assert path("", field, accept) == file


@pytest.mark.parametrize(
    ("query", "accept", "file"),
    [
        ("_profile=labels", "", "a.labelled.ttl"),
        ("_profile=plain", "", "a.jsonld"),
        ("_profile=urn:x,schema,labels", "", "a.schema.jsonld"),
        ("_profile=%3Chttps%3A%2F%2Fschema.org%2F%3E&_mediatype=text/turtle", "text/html", "a.schema.ttl"),
        ("_profile=https://schema.org/", TURTLE, "a.schema.ttl"),
        ("_mediatype=application/ld+json", "text/html", "a.jsonld"),
        ("_mediatype=image/png,text/turtle", "", "a.ttl"),
        ("_profile=labels&_mediatype=application/ld%2Bjson", "", ""),
        ("_profile=labels&_mediatype=turtle", "", ""),
        ("_profile=labels", "image/png", ""),
        ("x=1&y", "", "a.html"),
    ],
)
def test_an_address_counts_for_more_than_fields(query: str, accept: str, file: str) -> None:
    """In the order in which it names them; and nothing else will do."""
    assert path(query, f"<{DESCRIPTION}>" if "_profile" in query else "", accept) == file


def test_an_address_that_names_nothing_known_is_unknown() -> None:
    """An empty name too; one that is known is enough."""
    assert wanted("_profile=nothing", "").unknown
    assert wanted("_profile=", "").unknown
    assert not wanted("_profile=nothing,plain", "").unknown
    assert wanted("_profile=all", "").listing
    assert wanted("_profile=alt", "").listing


def test_the_list_tells_each_representation() -> None:
    """As a page, or as JSON with the short names of the profiles."""
    forms = [(f"./{entry.path}", entry) for entry in VARIANTS]
    kind, page = listing("a", forms, wanted("_profile=all", ""), "")
    assert kind == HTML
    assert all(entry.path in page.decode() and entry.profile in page.decode() for entry in VARIANTS)
    kind, content = listing("a", forms, wanted("_profile=all&_mediatype=application/json", ""), HTML)
    assert kind == JSON
    told = orjson.loads(content)
    assert {profile["token"]: profile["uri"] for profile in told["profiles"]} == TOKENS
    assert told["profiles"][2]["media_types"] == ["application/ld+json", "text/turtle"]
    assert [one["href"] for one in told["representations"]] == [address for address, _ in forms]
    assert told["representations"][0] == {"href": "./a.html", "media_type": "text/html", "language": "en"}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_carried_along_is_no_more_than_arguments(query: str) -> None:
    """Nothing that could end a field or a reference."""
    assert carried(query).isascii()
    more = carried(f"{query}&_profile={query}")
    assert more.startswith("?_")
    assert not set(more[1:]) & set('?#<>"\r\n ')
    assert carried("x=1&_profile=labels&_mediatype=text/turtle") == "?_profile=labels&_mediatype=text/turtle"
