"""The gettext catalogues: complete, without leftovers, with the plural forms that the language has."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

import saite
from saite.language import LOCALE, catalogues, interface

PACKAGE = Path(saite.__file__).parent
Message = str | tuple[str, str]


def used_messages() -> set[Message]:
    """The texts in the code and in the templates, as the standard extractors find them."""
    found: set[Message] = set()
    for path in PACKAGE.rglob("*.py"):
        with path.open("rb") as file:
            for _, message, _, _ in extract("python", file, keywords={"gettext": None, "ngettext": (1, 2)}):
                found.add(message if isinstance(message, str) else pair(message))
    for path in PACKAGE.rglob("templates/**/*.html"):
        with path.open("rb") as file:
            options = {"trim_blocks": "true", "lstrip_blocks": "true"}
            for _, _, text, _ in babel_extract(file, ("_", "ngettext"), [], options):
                found.add(text if isinstance(text, str) else pair(text))
    return found


def catalogue(language: str) -> Catalog:
    """A catalogue as it lies in the package."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def pair(texts: Sequence[str | None] | None) -> tuple[str, str]:
    """Singular and plural of a counted message."""
    assert texts
    return str(texts[0]), str(texts[1])


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """All forms of a message or of its translation."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def test_latvian_and_english_are_there() -> None:
    """The site's two languages have catalogues, and the texts in the code were found."""
    assert {"lv", "en"} <= set(catalogues())
    assert len(used_messages()) > 100


@pytest.mark.parametrize("language", catalogues())
def test_a_catalogue_has_every_message_and_no_other(language: str) -> None:
    """Nothing that a page says is missing, and nothing is left of what no page says any more."""
    known = {message.id for message in catalogue(language) if message.id}
    assert known == used_messages()


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
