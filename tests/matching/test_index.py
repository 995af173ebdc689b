"""The nearest of many names."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saite.matching import SURE, Index, sure
from saite.matching.normal import Form, form
from saite.matching.scoring import ACRONYM, BARE, NEAR, SAME, SOUND, Score, Weight, score

NAMES = (
    "Rīga",
    "Rīgas Tehniskā koledža",
    "Ogres tehnikums",
    "Ārlietu ministrija",
    "Izglītības un zinātnes ministrija",
    "Funding for the project of 2018",
    "Funding for the project of 2019",
    "Ташкент",
)
WORDS = st.sampled_from(
    (
        "riga",
        "tehniska",
        "koledza",
        "skola",
        "ministrija",
        "valsts",
        "centrs",
        "ogre",
        "zinatne",
        "2018",
        "2019",
        "Рига",
    )
)
PHRASES = st.lists(WORDS | st.text(max_size=6), min_size=1, max_size=5).map(" ".join)


def index() -> Index:
    """The index of :data:`NAMES`."""
    return Index(enumerate(NAMES))


def first(text: str) -> tuple[str, float, bool]:
    """The nearest name, its score, and whether it can be no other."""
    found = index().find(text)
    return found[0].name, round(found[0].score.value, 1), sure(found, text)


@pytest.mark.parametrize(
    ("text", "name", "least"),
    [
        ("rīga", "Rīga", SAME),
        ("RIGA", "Rīga", BARE),
        ("Рига", "Rīga", BARE),
        ("Tashkent", "Ташкент", SOUND),
        ("Rigas tehn. koledza", "Rīgas Tehniskā koledža", 80),
        ("koledža, Rīgas Tehniskā", "Rīgas Tehniskā koledža", 90),
        ("R. Tehniskā koledža", "Rīgas Tehniskā koledža", 80),
        ("Izglitibas un zinatnes ministria", "Izglītības un zinātnes ministrija", 85),
        ("IZM", "Izglītības un zinātnes ministrija", ACRONYM),
        ("Rgia", "Rīga", 60),
    ],
)
def test_names_are_found_as_people_write_them(text: str, name: str, least: float) -> None:
    """The right one first, with a score as the documentation of scores has it."""
    found, value, _ = first(text)
    assert found == name
    assert value >= least
    assert value == SAME if least == SAME else value < SAME


def test_what_is_sure() -> None:
    """The same name that nothing else has; a long one with few errors; but none with another number, and none short."""
    assert first("Rigas Tehniska koledza") == ("Rīgas Tehniskā koledža", BARE, True)
    assert first("Izglītības un zinātnes ministrja")[2]
    assert not first("Rgia")[2]
    assert not first("IZM")[2]
    assert first("Funding for the project of 2018") == ("Funding for the project of 2018", SAME, True)
    name, value, certain = first("Funding for the project of 2017")
    assert (value > SURE - 20, certain) == (True, False), name
    two = Index([(1, "Rīga"), (2, "Riga"), (3, "Рига")])
    assert not sure(two.find("RĪGAS"), "RĪGAS")
    assert not sure(two.find("Ríga"), "Ríga"), "two things have that name without diacritics"
    assert not sure([], "x")


def test_a_thing_is_found_once_by_its_nearest_name() -> None:
    """However many names it has."""
    several = Index([(7, "Latvija"), (7, "Latvia"), (7, "Латвия"), (8, "Lietuva")])
    found = several.find("Latvia")
    assert [(one.key, one.name) for one in found if one.key == 7] == [(7, "Latvia")]
    assert [one.key for one in several.find("Latvia", admits=lambda key: key != 7)] in ([], [8])
    assert several.find("Latvia", limit=1, least=100)[0].key == 7


@given(PHRASES, PHRASES)
@settings(deadline=None)
def test_scores_have_their_bounds(one: str, other: str) -> None:
    """0 to 100; the same name has 100, and only what differs in no letter has more than what is near."""
    found = score(form(one), form(other), lambda word: 1.0)
    assert 0 <= found.value <= SAME
    assert score(form(one), form(one), lambda word: 1.0).value == SAME
    if form(one).sound != form(other).sound:
        assert found.value <= NEAR or form(one).fold == form(other).fold or form(one).text == form(other).text


@given(st.lists(PHRASES, min_size=1, max_size=30))
@settings(deadline=None)
def test_every_name_finds_its_thing(names: list[str]) -> None:
    """Each name of an index scores 100, whatever the others are; the order in which they came does not count."""
    found = Index(enumerate(names))
    turned = Index(reversed(list(enumerate(names))))
    for name in names:
        best = found.find(name)
        if form(name).words:
            assert best[0].score.value == SAME
        assert {(one.key, one.score) for one in best if one.score.value == SAME} == {
            (one.key, one.score) for one in turned.find(name) if one.score.value == SAME
        } or len(best) == 10


def test_a_large_index_scores_few_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 20,000 names no more than a hundred are scored for a question, and the right one is among them."""
    chance = random.Random(1)
    syllables = ("ka", "ri", "le", "mo", "sta", "vi", "ne", "ja", "dzi", "pur", "bal", "tu", "za", "gra", "ke", "li")
    words = ["".join(chance.choice(syllables) for _ in range(chance.randint(2, 4))) for _ in range(4_000)]
    names = [f"{chance.choice(words)} {chance.choice(words)} koledža" for _ in range(20_000)]
    large = Index(enumerate(names))
    scored = 0

    def counted(asked: Form, name: Form, weight: Weight) -> Score:
        nonlocal scored
        scored += 1
        return score(asked, name, weight)

    monkeypatch.setattr("saite.matching.index.score", counted)
    missed = 0
    for number in range(0, 20_000, 200):
        name = names[number]
        typed = name[:3] + name[4:]
        found = large.find(typed)
        missed += not found or found[0].score.value < score(form(typed), form(name), large.weight).value
    assert missed <= 5
    assert scored <= 100 * 96
