"""The expressions choose what the door chooses, wherever qualities differ by a tenth or not at all."""

import re

from hypothesis import given
from hypothesis import strategies as st

from saite.manifest import Entry
from saite.render.hosting.wishes import Wish, languages, media, taken
from saite.serve.negotiate import choose, media_quality, parse_accept

FORMS = [
    ("html", "text/html"),
    (".jsonld", "application/ld+json"),
    (".nt", "application/n-triples"),
    (".rdf", "application/rdf+xml"),
    (".ttl", "text/turtle"),
]
VARIANTS = [Entry(f"x{form}", media_type, "", 0) for form, media_type in FORMS]
RANGES = [media_type for _, media_type in FORMS] + [
    "text/*",
    "application/*",
    "*/*",
    "image/png",
    "image/*",
    "text/plain",
]
QUALITIES = ["", ";q=1", ";q=1.0", "; q=0.9", ";q=0.5", ";q=0.50", ";q=0.1", ";q=0.05", ";q=0", ";q=0.000"]
PARAMETERS = ["", ";charset=utf-8", ';profile="http://example.org/a"', " ; charset=UTF-8"]


def accepts() -> st.SearchStrategy[str]:
    """Fields of some ranges, none twice."""
    names = st.lists(st.sampled_from(RANGES), min_size=1, max_size=5, unique=True)
    return names.flatmap(
        lambda chosen: st.tuples(*(st.sampled_from(QUALITIES) for _ in chosen)).flatmap(
            lambda qualities: st.sampled_from([", ", ",", " , "]).map(
                lambda comma: comma.join(name + quality for name, quality in zip(chosen, qualities, strict=True))
            )
        )
    )


def first(wishes: list[Wish], field: str) -> str:
    """What a host takes: the first expression that the field has; "" if it has none."""
    return next((wish.value for wish in wishes if re.match(wish.pcre(), field, re.IGNORECASE)), "")


MEDIA = list(media(FORMS))
PAGE = list(taken("html", "text/html"))


@given(accepts())
def test_media_types_are_chosen_as_by_the_door(accept: str) -> None:
    """Exact ranges before wildcards, quality before order, 0 never, HTML where wishes are equal."""
    found = choose(VARIANTS, accept)
    assert first(MEDIA, accept) == ("" if found is None else found.path[1:])


@given(accepts())
def test_pages_are_taken_as_by_the_door(accept: str) -> None:
    """At any quality but 0."""
    assert bool(first(PAGE, accept)) is (media_quality("text/html", parse_accept(accept)) > 0)


@given(st.sampled_from(FORMS), st.sampled_from(PARAMETERS), st.sampled_from(QUALITIES))
def test_parameters_that_change_nothing_are_passed_over(form: tuple[str, str], parameter: str, quality: str) -> None:
    """The charset that every form has, and profiles."""
    wanted = "" if re.search(r"q=0(?:\.0*)?$", quality) else form[0]
    assert (
        first(MEDIA, f"{form[1]}{parameter if '/turtle' in form[1] or '/html' in form[1] else ''}{quality}") == wanted
    )


TAGS = ("lv", "en")
TONGUES = list(languages(TAGS))
PAGES = [Entry(f"x.{tag}.html", "text/html", "", 0, "x", tag) for tag in TAGS]


@given(
    st.lists(st.sampled_from(["lv", "en", "en-GB", "ru", "de-AT", "*"]), min_size=1, max_size=4, unique=True),
    st.data(),
)
def test_languages_are_chosen_as_by_the_door(tags: list[str], data: st.DataObject) -> None:
    """By the quality of the language, or of its variety; by the site's order where wishes are equal."""
    if "en" in tags and "en-GB" in tags:
        tags.remove("en-GB")
    qualities = [data.draw(st.sampled_from(["", ";q=0.8", ";q=0.2"])) for _ in tags]
    field = ", ".join(tag + quality for tag, quality in zip(tags, qualities, strict=True))
    found = choose(PAGES, "", field)
    assert found is not None
    assert (first(TONGUES, field) or TAGS[0]) == found.language
