"""The joint between the door and what it answers for: a built folder, or a live site.

:class:`Holdings` is what a choice of an answer is made from; :class:`~saite.serve.door.generation.Answers`, which the
door asks, makes choices and has contents.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from saite.artifact import HTML
from saite.manifest import Entry
from saite.naming import Name


class Holdings(Protocol):
    """The files and names of a site."""

    @property
    def whole(self) -> Mapping[str, str]:
        """What :mod:`saite.naming` says of the whole site."""
        ...

    def file(self, path: str) -> Entry | None:
        """The file at a path."""
        ...

    def variants(self, document: str) -> tuple[Entry, ...]:
        """The files that represent a document: see :func:`forms`."""
        ...

    def name(self, path: str) -> Name | None:
        """What a path names beside files."""
        ...


def forms(files: Iterable[Entry], document: str) -> tuple[Entry, ...]:
    """The forms of a document: pages first, that of the first language before others; other profiles last.

    Args:
        files: what there is of it.
        document: the document.
    """
    found = [entry for entry in files if entry.document == document]
    first = next((entry.language for entry in found if entry.path == f"{document}.html"), "")
    # of a site of several languages, the page of the first has a second, shorter name
    by_length = sorted(found, key=lambda entry: (len(entry.path), entry.path))
    by_form = {(entry.media_type, entry.language, entry.profile): entry for entry in by_length}
    return tuple(
        sorted(by_form.values(), key=lambda e: (e.media_type != HTML, e.language != first, e.profile != "", e.path))
    )
