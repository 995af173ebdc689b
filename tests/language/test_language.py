"""Human languages: fallbacks, dates, numbers, lists, alphabets, names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.language import (
    Moment,
    choose,
    direction,
    fallbacks,
    format_moment,
    format_number,
    format_range,
    initial,
    interface,
    join,
    language_name,
    moment,
    own_name,
    sort_key,
)


def test_a_regional_language_falls_back_to_its_plain_form_then_to_the_site_then_to_english() -> None:
    """The order: the tag, its shorter forms, the site's languages, English, texts without a language."""
    assert fallbacks("sr-Latn-RS", ("lv", "en")) == ("sr-Latn-RS", "sr-Latn", "sr", "lv", "en", "")


@pytest.mark.parametrize(
    ("texts", "language", "wanted"),
    [
        ({"lv": "a", "en": "b"}, "lv", ("a", "lv")),
        ({"en": "b", "ru": "c"}, "lv", ("b", "en")),
        ({"EN-gb": "b"}, "en", ("b", "EN-gb")),
        ({"": "x", "ru": "c"}, "lv", ("x", "")),
        ({"zh": "z", "ar": "y"}, "lv", ("y", "ar")),
        ({}, "lv", None),
    ],
)
def test_the_best_text_is_chosen_with_its_own_tag(
    texts: dict[str, str], language: str, wanted: tuple[str, str] | None
) -> None:
    """Tags compare without case, regional forms serve, and something is shown if there is anything."""
    assert choose(texts, language, ("lv", "en")) == wanted


@given(st.dictionaries(st.sampled_from(["lv", "en", "ru", "", "de-AT", "X"]), st.text(), min_size=1))
def test_a_choice_is_always_one_of_the_texts(texts: dict[str, str]) -> None:
    """Whatever languages there are, the chosen text is there under the tag that is told."""
    found = choose(texts, "lv", ("lv", "en"))
    assert found is not None
    assert texts[found[1]] == found[0]


@pytest.mark.parametrize(
    ("lexical", "datatype", "lv", "en", "ru"),
    [
        ("2019-12-11", "date", "2019. gada 11. decembris", "11 December 2019", "11 декабря 2019 г."),
        ("2019-07", "gYearMonth", "2019. gada jūlijs", "July 2019", "июль 2019 г."),
        ("2014", "gYear", "2014. gads", "2014", "2014 год"),
        (
            "2019-12-11T14:30:59.5Z",
            "dateTime",
            "2019. gada 11. decembris plkst. 14:30 (UTC)",
            "11 December 2019, 14:30 (UTC)",
            "11 декабря 2019 г., 14:30 (UTC)",
        ),
        (
            "2019-12-11+02:00",
            "date",
            "2019. gada 11. decembris (UTC+02:00)",
            "11 December 2019 (UTC+02:00)",
            "11 декабря 2019 г. (UTC+02:00)",
        ),
    ],
)
def test_a_date_is_told_in_full_words_at_its_precision(lexical: str, datatype: str, lv: str, en: str, ru: str) -> None:
    """A year stays a year and a month a month, in every language."""
    value = moment(lexical, datatype)
    assert value is not None
    assert [format_moment(value, language) for language in ("lv", "en", "ru")] == [lv, en, ru]


@pytest.mark.parametrize(
    ("lexical", "datatype"),
    [
        ("2019-02-30", "date"),
        ("2019-13", "gYearMonth"),
        ("0000", "gYear"),
        ("-0044-03-15", "date"),
        ("12019", "gYear"),
        ("soon", "date"),
        ("2019", "integer"),
        ("2019-12-11", "gYear"),
    ],
)
def test_what_is_no_day_of_the_calendar_is_no_moment(lexical: str, datatype: str) -> None:
    """Ill-typed values, years before Christ and days that do not exist are left to be shown as they are."""
    assert moment(lexical, datatype) is None


@pytest.mark.parametrize(
    ("start", "end", "lv", "en"),
    [
        (Moment(2019, 12, 11), Moment(2019, 12, 13), "2019. gada 11.–13. decembris", "11–13 December 2019"),
        (
            Moment(2018, 7, 18),
            Moment(2018, 12, 20),
            "2018. gada 18. jūlijs – 20. decembris",
            "18 July – 20 December 2018",
        ),
        (
            Moment(2019, 12, 30),
            Moment(2020, 1, 2),
            "2019. gada 30. decembris – 2020. gada 2. janvāris",
            "30 December 2019 – 2 January 2020",
        ),
        (Moment(2019, 7), Moment(2019, 12), "2019. gada jūlijs–decembris", "July–December 2019"),
        (Moment(2014), Moment(2019), "2014.–2019. gads", "2014–2019"),
        (Moment(2014), Moment(2019, 3), "2014. gads – 2019. gada marts", "2014 – March 2019"),
        (Moment(2019, 12, 11), Moment(2019, 12, 11), "2019. gada 11. decembris", "11 December 2019"),
    ],
)
def test_a_span_of_time_says_what_is_common_once(start: Moment, end: Moment, lv: str, en: str) -> None:
    """Days of one month, months of one year and years are joined by an en dash; the rest is told in full."""
    assert (format_range(start, end, "lv"), format_range(start, end, "en")) == (lv, en)


def test_languages_without_patterns_of_ours_take_their_dates_from_cldr() -> None:
    """German days, months and years are right though nobody here wrote their patterns."""
    told = [format_moment(one, "de") for one in (Moment(2019, 12, 11), Moment(2019, 12), Moment(2019))]
    assert told == ["11. Dezember 2019", "Dezember 2019", "2019"]


@pytest.mark.parametrize(
    ("value", "lv", "en"),
    [
        (2019, "2019", "2019"),
        (12345, "12\u00a0345", "12,345"),
        ("1234567.89", "1\u00a0234\u00a0567,89", "1,234,567.89"),
        ("0.5", "0,5", "0.5"),
        ("-0.000001", "-0,000001", "-0.000001"),
        ("1e300", "1e300", "1e300"),
        ("NaN", "NaN", "NaN"),
        ("many", "many", "many"),
    ],
)
def test_numbers_have_the_languages_marks(value: int | str, lv: str, en: str) -> None:
    """Groups begin at ten thousand, so that a year is not taken apart; what is no number stays as it is."""
    assert (format_number(value, "lv"), format_number(value, "en")) == (lv, en)


def test_lists_are_joined_as_the_language_joins_them() -> None:
    """The last item follows "and" or "or"."""
    assert join(["a", "b", "c"], "lv") == "a, b un c"
    assert join(["a", "b", "c"], "lv", "or") == "a, b vai c"
    assert join(["a", "b", "c"], "en") == "a, b and c"


def test_latvian_is_sorted_by_its_own_alphabet() -> None:
    """č, ģ, ķ, ļ, ņ, š, ž follow c, g, k ...; long vowels stand among the short ones; quotation marks do not count."""
    ordered = ["“Ābols”", "Cau", "Cz", "Čau", "Da", "Eka", "Ēka", "Ekb", "Gz", "Ģ", "Kz", "Ķ", "Lz", "Ļ", "Nz", "Ņ"]
    ordered += ["Sz", "Š", "Zz", "Ž"]
    assert sorted(set(ordered), key=lambda text: sort_key(text, "lv")) == ordered


def test_russian_is_sorted_by_its_own_alphabet() -> None:
    """ё is ordered as е, й is a letter after и."""
    ordered = ["Елка", "Ёлка", "Ель", "Жук", "ия", "йод", "кот"]
    assert sorted(set(ordered), key=lambda text: sort_key(text, "ru")) == ordered


def test_other_languages_fold_case_and_accents() -> None:
    """Without an alphabet of our own, an accent matters only where nothing else differs."""
    assert sorted(["Žz", "zebra", "Éa", "eb", "Ea"], key=lambda text: sort_key(text, "en")) == [
        "Ea",
        "Éa",
        "eb",
        "zebra",
        "Žz",
    ]


@given(st.text(), st.text(), st.sampled_from(["lv", "ru", "en"]))
def test_texts_with_one_sort_key_are_one_text(first: str, second: str, language: str) -> None:
    """Order is total: no two texts are left to chance."""
    assert (sort_key(first, language) == sort_key(second, language)) == (first == second)


@pytest.mark.parametrize(
    ("text", "language", "letter"),
    [
        ("Ābols", "lv", "A"),
        ("Čehija", "lv", "Č"),
        ("“žurnāls”", "lv", "Ž"),
        ("Čehija", "en", "C"),
        ("70 dalībnieku", "lv", "#"),
        ("", "lv", "#"),
        ("Ёлка", "ru", "Е"),
    ],
)
def test_an_index_lists_a_text_under_its_letter(text: str, language: str, letter: str) -> None:
    """Letters of the alphabet head the index; digits and signs share one heading."""
    assert initial(text, language) == letter


def test_languages_have_their_names_in_every_language() -> None:
    """Names come from CLDR; what it does not know is named by its tag."""
    assert language_name("ru", "lv") == "krievu"
    assert own_name("lv") == "Latviešu"
    assert language_name("x-klingon", "lv") == "x-klingon"


def test_some_scripts_run_from_right_to_left() -> None:
    """Arabic, Hebrew, Persian and Uyghur do, Latvian and Kazakh do not."""
    assert {direction(tag) for tag in ("ar", "he-IL", "fa", "ug-Arab")} == {"rtl"}
    assert {direction(tag) for tag in ("lv", "kk", "x")} == {"ltr"}


def test_a_language_without_a_catalogue_gets_english_texts_and_says_so() -> None:
    """The interface's own language is told, so that pages can mark it rightly."""
    assert interface("de").language == "en"
    assert interface("lv-LV").gettext("Browse") == "Pārlūkot"
