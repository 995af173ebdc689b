"""Babel's locales by BCP 47 tags."""

from saite.language.choosing import fallbacks


def locale_of(language: str) -> str:
    """The Babel locale that comes nearest to a BCP 47 tag."""
    from babel import Locale, UnknownLocaleError

    if language == "en":  # the day stands before the month, as in all of Europe
        return "en_GB"
    for tag in fallbacks(language):
        try:
            return str(Locale.parse(tag, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return "en_GB"
