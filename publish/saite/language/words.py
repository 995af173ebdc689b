"""Numbers, lists, and names of languages."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from saite.language.locales import locale_of


@lru_cache(maxsize=4096)
def format_number(value: int | str, language: str) -> str:
    """A number with the language's decimal mark, in groups from 10,000 on; a text that is no number stays as it is."""
    from babel.numbers import format_decimal

    try:
        number = Decimal(value)
    except InvalidOperation:
        return str(value)
    if not number.is_finite() or number.adjusted() > 20 or number.adjusted() < -10:
        return str(value)
    grouped = abs(number) >= 10_000
    return format_decimal(number, locale=locale_of(language), decimal_quantization=False, group_separator=grouped)


def join(items: Sequence[str], language: str, style: str = "standard") -> str:
    """``a, b un c``; with style ``or``: ``a, b vai c``."""
    from babel.lists import format_list

    return format_list(list(items), style="or" if style == "or" else "standard", locale=locale_of(language))


@lru_cache(maxsize=4096)
def language_name(tag: str, language: str) -> str:
    """What readers of a language call the language of a tag; the tag itself where nobody knows."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name(locale_of(language)) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def own_name(tag: str) -> str:
    """What its own speakers call a language, with a capital letter: ``Latviešu``, ``English``."""
    name = language_name(tag, tag)
    return name[:1].upper() + name[1:]


def territorial(tag: str) -> str:
    """A language with a territory, as Open Graph has it (``og:locale``): ``lv_LV``; that where most speak it."""
    from babel.core import get_global

    parts = tag.split("-")
    named = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    likely = str(get_global("likely_subtags").get(parts[0].lower(), "")).split("_")
    territory = named or (likely[-1] if len(likely) > 1 else "")
    return f"{parts[0].lower()}_{territory}" if territory else parts[0].lower()
