"""Texts that were broken into lines for a terminal, set as paragraphs again."""

import re
from typing import Final

NARROWEST: Final = 60
"""Characters of the longest line below which a text's lines are its own: verses, addresses."""

WIDEST: Final = 120
"""Characters of the longest line beyond which no line was broken for its width."""

_MARK: Final = re.compile(r"[-*+•#|>=~]|\d+[.)]\s|\s")
"""How a line begins that does not go on with the one before: a list, a heading, a table, a quotation, an indent."""


def unwrapped(text: str) -> str:
    """A text without the line breaks that only kept its lines short, and without empty lines at either end.

    A break was made for the width if the next line's first word would have gone beyond the longest line. All other
    breaks stay: between paragraphs, before lists, after short lines; and after a sentence, since it may end one too.
    """
    lines = [line.rstrip() for line in text.strip("\r\n").split("\n")]
    width = max((len(line) for line in lines if not _MARK.match(line)), default=0)
    if not NARROWEST <= width <= WIDEST:
        return "\n".join(lines)
    out: list[str] = []
    before = ""
    for line in lines:
        word = line.split(" ", 1)[0]
        full = len(before) + 1 + len(word) > width and not before.endswith((".", "!", "?", ":"))
        if before and word and full and not _MARK.match(line):
            out[-1] += f" {line}"
        else:
            out.append(line)
        before = line
    return "\n".join(out)
