"""The gettext catalogues: complete, without leftovers, with the plural forms that the language has."""

import re
import runpy
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import saite
from saite.language import LOCALE, catalogues, interface

MAKE = runpy.run_path(str(Path(saite.__file__).parents[1] / "texts" / "make.py"))
"""The program behind ``make texts``."""

WHOLE = ("en", "lv")
"""Languages of which no text may be missing; in others English stands for what is not translated yet."""

Message = str | tuple[str, str]


def used_messages() -> set[Message]:
    """The texts in the code and in the templates, as the standard extractors find them."""
    return {message for message, _ in MAKE["used"]()}


def catalogue(language: str) -> Catalog:
    """A catalogue as it lies in the package."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """All forms of a message or of its translation."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def test_latvian_and_english_are_there() -> None:
    """The site's two languages have catalogues, and the texts in the code were found."""
    assert {"lv", "en"} <= set(catalogues())
    assert len(used_messages()) > 100


@pytest.mark.parametrize("language", catalogues())
def test_a_catalogue_has_no_message_that_no_page_says(language: str) -> None:
    """Nothing is left of what no page says any more; of the site's two languages, nothing is missing either."""
    known = {message.id for message in catalogue(language) if message.id}
    assert known <= used_messages()
    if language in WHOLE:
        assert known == used_messages()


@pytest.mark.parametrize("language", catalogues())
def test_a_catalogue_that_is_shipped_says_nearly_all(language: str) -> None:
    """Nine texts of ten are there: readers meet English as the exception."""
    assert len(catalogue(language)) >= 0.9 * len(used_messages())


def test_the_template_for_translators_is_current() -> None:
    """``saite.pot`` is what ``make texts`` makes."""
    assert MAKE["TEMPLATE"].read_text(encoding="utf-8") == MAKE["template"]()


def test_another_language_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kazakh begun by pybabel: what is translated is Kazakh, in the forms of its numbers, and the rest is English."""
    begun = tmp_path / "kk.po"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "init", "-l", "kk", "-i", MAKE["TEMPLATE"], "-o", begun],
        check=True,
        capture_output=True,
    )
    text = begun.read_text(encoding="utf-8")
    text = text.replace('msgid "Search"\nmsgstr ""', 'msgid "Search"\nmsgstr "Іздеу"')
    text = text.replace(
        'msgid_plural "%(n)s pages"\nmsgstr[0] ""\nmsgstr[1] ""',
        'msgid_plural "%(n)s pages"\nmsgstr[0] "%(n)s бет"\nmsgstr[1] "%(n)s бет"',
    )
    begun.write_text(text, encoding="utf-8")
    monkeypatch.setattr("saite.language.texts.LOCALE", tmp_path)
    texts = interface.__wrapped__("kk")
    assert texts.language == "kk"
    assert texts.gettext("Search") == "Іздеу"
    assert texts.ngettext("%(n)s page", "%(n)s pages", 5) == "%(n)s бет"
    assert texts.gettext("Downloads") == "Downloads"
    assert texts.ngettext("%(n)s row", "%(n)s rows", 5) == "%(n)s rows"


@pytest.mark.parametrize("language", catalogues())
def test_every_message_is_translated_in_every_form(language: str) -> None:
    """No form is empty or fuzzy, and each has the placeholders of its source."""
    for message in catalogue(language):
        if not message.id:
            continue
        assert not message.fuzzy
        wanted = set(re.findall(r"%\(\w+\)s", forms(message.id)[-1]))
        for form in forms(message.string):
            assert form.strip(), message.id
            assert set(re.findall(r"%\(\w+\)s", form)) == wanted, message.id


@pytest.mark.parametrize("language", catalogues())
def test_plural_forms_follow_cldr(language: str) -> None:
    """The catalogue's formula makes the same groups of numbers as CLDR: in Latvian zero, one and other."""
    texts = interface(language)
    rule = Locale.parse(language).plural_form
    shown: dict[str, set[str]] = {}
    for number in range(300):
        shown.setdefault(rule(number), set()).add(texts.ngettext("%(n)s page", "%(n)s pages", number))
    assert all(len(found) == 1 for found in shown.values())
    assert len({min(found) for found in shown.values()}) == len(shown)


def test_english_translates_itself() -> None:
    """The source language's catalogue says what the code says."""
    for message in catalogue("en"):
        if message.id:
            assert forms(message.string) == forms(message.id)
