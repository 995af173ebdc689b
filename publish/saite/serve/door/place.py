"""An address below the site's root, and references from it."""

from dataclasses import dataclass, field
from urllib.parse import unquote

from saite.iri import quoted


@dataclass(frozen=True, slots=True)
class Place:
    """An address below the site's root.

    Attributes:
        path: as it was asked for: percent-encoded, without the slash at its beginning.
        query: what follows the question mark.
        root: relative reference to the site's root.
        decoded: the path in plain text; "" where it cannot be that of a file of ours.
        folder: of the path in plain text, with the slash at its end; None if that cannot be one of ours.
    """

    path: str
    query: str = ""
    root: str = field(init=False)
    decoded: str | None = field(init=False)
    folder: str | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", "../" * self.path.count("/"))
        decoded = _decoded(self.path)
        object.__setattr__(self, "decoded", decoded)
        object.__setattr__(self, "folder", decoded[: decoded.rfind("/") + 1] if decoded is not None else None)

    def to(self, path: str) -> str:
        """A relative reference to a document or a file of the site; what lies beside is named without the folder."""
        if "#" in path:
            document, _, fragment = path.partition("#")
            return f"{self.to(document)}#{quoted(fragment)}"
        if path == "index":
            return self.root or "./"
        step = path.rfind("/") + 1
        near = step < len(path) and path[:step] == self.folder
        return (quoted(path[step:]) if near else self.root + quoted(path)) or "./"


def _decoded(path: str) -> str | None:
    """A path in plain text; None if it is not UTF-8, or if its parts are not what they look like."""
    if "%" not in path:
        return path
    if "%2f" in path.lower() or "%00" in path:
        return None
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        return None
