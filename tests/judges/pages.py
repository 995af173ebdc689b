"""Which pages of a built site are worth judging: the fewest in which everything stands that stands on any page.

What stands on a page is told by the start tags in it: element, classes, and which attributes it has. A new kind of page
or block is judged as soon as it is built, since something stands there that stands nowhere else; nobody lists pages.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

THING: Final = b'<p class="kinds">'
"""What stands on the page of a thing only: the classes that it is of."""

_TAG: Final = re.compile(rb"<[a-z][^>]*>")
_KINDS: Final = re.compile(rb'<p class="kinds">.*?</p>', re.DOTALL)
_NAME: Final = re.compile(rb"<([a-z][a-z0-9]*)")
_ATTRIBUTE: Final = re.compile(rb'\s([a-z][a-z-]*)(?:="([^"]*)")?')
_TOLD: Final = frozenset((b"class", b"role", b"type"))
_WITHOUT_STYLE: Final = frozenset((b"meta", b"link", b"html"))


@lru_cache(maxsize=100_000)
def feature(tag: bytes) -> bytes:
    """What is peculiar to a start tag: its element, the names of its attributes, and a few of their values."""
    name = _NAME.match(tag)
    element = name[1] if name is not None else b""
    if element in _WITHOUT_STYLE:
        return element
    attributes = sorted(
        key + b"=" + value if key in _TOLD else key for key, value in _ATTRIBUTE.findall(tag) if key != b"id"
    )
    return b" ".join((element, *attributes))


def features(page: bytes, place: str) -> frozenset[bytes]:
    """All that stands on a page, the classes of what it describes, and the kind of place where it lies."""
    found = {feature(tag) for tag in set(_TAG.findall(page))}
    found.update(re.findall(rb'href="([^"]*)"', b"".join(_KINDS.findall(page))))
    return frozenset((*found, place.encode()))


def place(document: str) -> str:
    """The kind of place of a document: itself at the top, or else its folder."""
    folder, _, _ = document.rpartition("/")
    return f"{folder}/" if folder else document


def documents(folder: Path, language: str) -> dict[str, Path]:
    """The pages of a built site in a language, by their documents."""
    ending = f".{language}.html"
    found = {path.relative_to(folder).as_posix().removesuffix(ending): path for path in folder.rglob(f"*{ending}")}
    missing = folder / "404.html"
    return dict(sorted(found.items())) | ({"404": missing} if missing.is_file() else {})


def covering(told: Mapping[str, frozenset[bytes]]) -> list[str]:
    """The fewest documents, nearly, that have all features between them: each adds the most to those before it."""
    left = set().union(*told.values())
    chosen = []
    while left:
        best = max(told, key=lambda name: (len(told[name] & left), -len(told[name]), name))
        chosen.append(best)
        left -= told[best]
    return chosen


def worth_judging(folder: Path, language: str) -> dict[str, Path]:
    """The pages to be judged, those with the most in them first."""
    pages = documents(folder, language)
    told = {name: features(path.read_bytes(), place(name)) for name, path in pages.items()}
    return {name: pages[name] for name in covering(told)}
