"""What of a word counts: its forms are one, and what is written otherwise is near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.render.search.words import ENDINGS, LONGEST, NEAR, STEM, key, keys, near, stem, words

FORMS = [
    "izglītība izglītības izglītībai izglītību izglītībā izglītībām izglītībās",
    "valsts valstij valsti valstī valstis valstīm valstīs",
    "projekts projekta projektam projektu projektā projekti projektiem projektus projektos project projects",
    "ministrija ministrijas ministrijai ministriju ministrijā ministrijām ministrijās",
    "joma jomas jomai jomu jomā jomām jomās",
    "zeme zemes zemei zemi zemē zemju zemēm zemēs",
    "tirgus tirgum tirgu tirgū tirgi tirgiem tirgos",
    "sadarbība sadarbības sadarbībai sadarbību sadarbībā",
    "profesionāls profesionāla profesionālais profesionālā profesionālo profesionālajam profesionālajai profesionālās"
    " profesionālie profesionālajiem profesionālajām profesionālos profesionālajos profesionālajās",
    "Kazahstāna Kazahstānas Kazahstānai Kazahstānu Kazahstānā Kazahstana kazahstān Kazakhstan Казахстан Казахстана",
    "Uzbekistāna Uzbekistānas Uzbekistan Узбекистан",
    "Kirgizstāna Kirgizstānā Kyrgyzstan",
    "country countries",
    "university universities",
    "class classes",
    "study studies",
]


@pytest.mark.parametrize("forms", FORMS, ids=lambda forms: forms.split()[0])
def test_forms_of_a_word_have_one_key(forms: str) -> None:
    """Cases and numbers, definite adjectives, plurals, diacritics, case and script do not count."""
    assert len({key for form in forms.split() for key in keys(form)}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("valsts", "valoda"), ("Latvija", "Lietuva"), ("2018", "2019"), ("māja", "mežs"), ("gads", "gals")],
)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    """What is left of a word still tells it from others."""
    assert keys(one) != keys(other)


def test_words_are_runs_of_letters_and_digits() -> None:
    """Apostrophes and soft signs are within words, other signs between them; numbers stay as they are."""
    assert words("O’zbekiston – Latvia's «Rīga» 2019/2020, ES_13") == [
        "ozbekiston", "latvias", "riga", "2019", "2020", "es", "13",
    ]  # fmt: skip
    assert key("2019") == "2019"
    assert key("2019s") == "2019s"


@given(st.text(max_size=60))
def test_a_key_is_short_and_has_letters(text: str) -> None:
    """Whatever is written, a key is no longer than it may be, and never empty."""
    for one in keys(text):
        assert 0 < len(one) <= LONGEST


@given(st.text("abcdeijmostuy", max_size=12))
def test_an_ending_leaves_a_stem(word: str) -> None:
    """A word loses one ending and one softening at most, and keeps three letters."""
    left = stem(word)
    assert word.startswith(left)
    assert len(left) >= min(STEM, len(word))
    assert len(word) - len(left) <= max(map(len, ENDINGS)) + 1


@given(st.text("abcdefgh", min_size=4, max_size=10), st.data())
def test_one_error_leads_to_the_same(word: str, data: st.DataObject) -> None:
    """A letter left out, put in, replaced, or changed with its neighbour: both have a beginning in common."""
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghz"))
    begin, end = word[:place], word[place + 1 :]
    wrong = [begin + letter + end, begin + letter + word[place:]]
    if place and len(word) > 4:
        wrong += [begin + end, word[: place - 1] + word[place] + word[place - 1] + end]
    for one in wrong:
        assert set(near(one)) & set(near(word)), one


def test_short_words_and_numbers_have_no_errors() -> None:
    """Three letters with an error are any three letters; another year is another year."""
    assert near("vet") == ()
    assert near("2019") == ()
    assert all(len(one) in (NEAR - 1, NEAR) for one in near("sadarbib"))
