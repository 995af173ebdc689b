"""What others have written for browsers, and `make assets` has put into the package: it may be missing."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from saite.artifact import Artifact

FOLDER: Final = Path(__file__).parent / "vendor"

ENGINE: Final = ("oxigraph.js", "oxigraph.wasm")
"""The engine with which a browser answers queries."""

OUTLINES: Final = ("countries-110m.json", "countries-50m.json")
"""Outlines of countries, the coarse before the fine (TopoJSON)."""

LIST: Final = "list.json"
"""Tells what has been made, and whose it is."""

NOTICES: Final = "assets/notices.txt"
"""Whose it is, and under which licence."""

_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".wasm": "application/wasm"}


class Package(NamedTuple):
    """A package of others.

    Attributes:
        name, version: as its registry has them.
        licence: SPDX expression.
        text: of the licence, "" where the package has none.
        note: what is to be said where it is used.
        files: what was taken from it.
    """

    name: str
    version: str
    licence: str
    text: str
    note: str
    files: tuple[str, ...]


def there(*names: str) -> bool:
    """Whether files have been made."""
    return all((FOLDER / name).is_file() for name in names)


def read(name: str) -> bytes:
    """A file.

    Raises:
        OSError: it is not there.
    """
    return (FOLDER / name).read_bytes()


def packages(*names: str) -> list[Package]:
    """The packages from which files were taken."""
    listed: dict[str, Any] = orjson.loads(read(LIST))
    found = (Package(**{**one, "files": tuple(one["files"])}) for one in listed["packages"])
    return [one for one in found if not set(names).isdisjoint(one.files)]


def engine() -> Iterator[Artifact]:
    """The files with which a browser answers queries; none if they were not made."""
    if there(*ENGINE):
        for name in ENGINE:
            yield Artifact(f"assets/{name}", _TYPES[Path(name).suffix], read(name))


def notices(names: Sequence[str]) -> Iterator[Artifact]:
    """Whose the files are that a site uses, with the texts of their licences; nothing if none of them was made."""
    used = [name for name in names if there(LIST, name)]
    if used:
        text = "\n".join(
            f"{one.name} {one.version}\nLicence: {one.licence}\n{one.note}\n{one.text}" for one in packages(*used)
        )
        yield Artifact(NOTICES, "text/plain; charset=utf-8", text.encode())
