"""What of a name counts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saite.matching.normal import LONGEST, acronym, fold, form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rīga", "RIGA"),
        ("Rīga", "Рига"),
        ("Тадžикистāна", "Tadzikistana"),
        ("Ещё", "Еще"),
        ("Straße", "STRASSE"),
        ("Ørsted", "orsted"),
        ("Łódź", "Lodz"),
        ("Қазақстан", "Казакстан"),
        ("Ｔａｓｈｋｅｎｔ", "tashkent"),
    ],
)
def test_case_diacritics_and_script_do_not_count(one: str, other: str) -> None:
    """Two ways to write one name have one fold."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "names",
    [
        ("Ташкент", "Taškent", "Tashkent"),
        ("Хабибуллин", "Khabibullin", "Habibullin"),
        ("Юлия", "Yuliya", "Iuliia", "Julija", "Yulia"),
        ("Цыганов", "Tsyganov", "Ciganov"),
        ("Щербаков", "Shcherbakov", "Ščerbakov"),
        ("Чехов", "Čehov", "Chekhov"),
        ("Жданов", "Zhdanov", "Ždanov"),
        ("Алексеевич", "Alekseevich", "Alekseevič"),
        ("Подъезд", "Podezd", "Pod'ezd", "Pod”ezd"),
        ("Kalniņš", "Калниньш"),
        ("Latvijas", "Латвияс"),
    ],
)
def test_systems_of_transliteration_do_not_count(names: tuple[str, ...]) -> None:
    """A Russian name as maps, passports, libraries and Latvian texts write it, and a Latvian one in Cyrillic."""
    assert len({form(name).sound for name in names}) == 1, [form(name).sound for name in names]


def test_numbers_are_themselves() -> None:
    """No letter of them counts for another, and repeated ones stay."""
    assert form("2011").sound == "2011"
    assert form("Room 1001").words[1].sound == "1001"


def test_an_acronym_leaves_little_words_out() -> None:
    """Of three words that count or more."""
    assert acronym(form("Izglītības un zinātnes ministrija").words) == "izm"
    assert acronym(form("World Bank").words) == ""


@given(st.text())
@settings(deadline=None)
def test_any_text_has_a_form(text: str) -> None:
    """Without an error, of a length that has an end; the same text has the same form."""
    found = form(text)
    assert len(found.text) <= 3 * LONGEST
    assert found == form(text)
    assert all(word.fold for word in found.words)
