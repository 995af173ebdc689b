"""Which text to show to readers of a language, and in which direction it is written."""

from collections.abc import Mapping, Sequence
from typing import Final

SOURCE: Final = "en"
"""The language in which interface texts are written in the code."""

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku-arab", "ps", "sd", "ug", "ur", "yi"))


def fallbacks(language: str, languages: Sequence[str] = ()) -> tuple[str, ...]:
    """Tags in the order in which texts are looked for, for readers of a language.

    The language itself, its shorter forms (BCP 47 lookup, RFC 4647 section 3.4), the site's languages, English, and
    last the texts without a language ("").
    """
    order = [language]
    while "-" in order[-1]:
        order.append(order[-1].rpartition("-")[0])
    return tuple(dict.fromkeys((*order, *languages, SOURCE, "")))


def choose(texts: Mapping[str, str], language: str, languages: Sequence[str] = ()) -> tuple[str, str] | None:
    """The best text for readers of a language, with its own tag; None if there is no text at all.

    Tags are compared without regard to case (RFC 5646 section 2.1.1). A text in a regional form serves readers of
    the plain language too; beyond :func:`fallbacks`, the first tag in alphabetical order wins.
    """
    if language in texts:
        return texts[language], language
    if not texts:
        return None
    by_tag = {tag.lower(): tag for tag in sorted(texts, reverse=True)}
    for wanted in fallbacks(language.lower(), [other.lower() for other in languages]):
        if wanted in by_tag:
            return texts[by_tag[wanted]], by_tag[wanted]
        if wanted:
            regional = min((tag for tag in by_tag if tag.startswith(wanted + "-")), default=None)
            if regional is not None:
                return texts[by_tag[regional]], by_tag[regional]
    tag = min(texts)
    return texts[tag], tag


def direction(tag: str) -> str:
    """``rtl`` for languages written from right to left, else ``ltr``."""
    lower = tag.lower()
    return "rtl" if lower in _RIGHT_TO_LEFT or lower.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
