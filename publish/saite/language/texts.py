"""Interface texts: gettext catalogues, read as they are."""

import gettext as _gettext
import io
from functools import lru_cache
from pathlib import Path
from typing import Final

from saite.language.choosing import SOURCE, fallbacks

LOCALE: Final = Path(__file__).parents[1] / "locale"
"""The folder of the catalogues."""


class Interface:
    """The interface texts of one language.

    Attributes:
        language: tag of the language in which the texts really are (the source language where there is no catalogue).
    """

    def __init__(self, language: str, translations: _gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def gettext(self, message: str) -> str:
        """The text in this language."""
        return self._translations.gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The form for a number, not yet filled in: ``ngettext("%(n)s page", "%(n)s pages", n) % {"n": ...}``."""
        return self._translations.ngettext(singular, plural, number)


def catalogues() -> tuple[str, ...]:
    """The languages that have interface texts."""
    return tuple(sorted(path.stem for path in LOCALE.glob("*.po")))


@lru_cache(maxsize=64)
def interface(language: str) -> Interface:
    """The interface texts for readers of a language: its catalogue, a shorter form's, else the source language."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    known = catalogues()
    tag = next((tag for tag in fallbacks(language) if tag in known), SOURCE)
    with (LOCALE / f"{tag}.po").open("rb") as file:
        catalogue = read_po(file, locale=tag.replace("-", "_"))
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Interface(tag, _gettext.GNUTranslations(compiled))
