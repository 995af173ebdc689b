"""Links that lead to words of a page: text directives (WICG, URL Fragment Text Directives)."""

import re
from typing import Final
from urllib.parse import quote

_WHOLE: Final = 400
"""Characters of a text that a link has in full; of a longer one, it has where it begins and where it ends."""

_WORDS: Final = 6


def to_words(address: str, words: str) -> str:
    """An address that leads to words on its page: a browser that knows such links scrolls there and marks them.

    Others go to the page alone. White space in the words counts as one blank, as where a browser shows it. The parts
    of a directive are percent-encoded, and so are the signs that have a meaning in it: ``-``, ``,`` and ``&``.

    Args:
        address: an http(s) address, which may have a fragment.
        words: as they stand on the page; the address stays as it is if there are none.
    """
    text = re.sub(r"\s+", " ", words).strip()
    if not text or not address.startswith(("http://", "https://")):
        return address
    parts = [text]
    several = text.split(" ")
    if len(text) > _WHOLE and len(several) > 2 * _WORDS:
        parts = [" ".join(several[:_WORDS]), " ".join(several[-_WORDS:])]
    directive = ",".join(quote(part, safe="").replace("-", "%2D") for part in parts)
    return f"{address}{'' if '#' in address else '#'}:~:text={directive}"
