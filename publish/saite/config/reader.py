"""Tables of a TOML file, read key by key: what is unknown or wrong is an error that says where, and how to mend it."""

import difflib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from saite.config.values import expand
from saite.errors import ConfigError, Place
from saite.namespaces import PREFIXES

_T = TypeVar("_T")


class Reader:
    """Reads tables of one TOML file; knows the line of each key for its errors.

    Every method raises a ConfigError where a value is not of its kind.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.prefixes: dict[str, str] = dict(PREFIXES)

    def fail(self, message: str, key: str, cure: str) -> ConfigError:
        """The error that something is wrong with a key, at its line."""
        line = next(
            (
                n
                for n, text in enumerate(self.lines, 1)
                if text.lstrip().strip("[]").split("=")[0].strip(" []\"'") == key
            ),
            None,
        )
        excerpt = self.lines[line - 1] if line else None
        return ConfigError(message, place=Place(self.path.name, line), cure=cure, excerpt=excerpt)

    def unknown(self, table: Mapping[str, Any], known: set[str], where: str) -> None:
        """Raise a ConfigError if a table has a key that is not known."""
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                cure = f'Did you mean "{near[0]}"?' if near else f"Known keys here: {', '.join(sorted(known))}."
                raise self.fail(f"unknown key {key!r} in {where}", key, cure)

    def text(self, table: Mapping[str, Any], key: str, default: str) -> str:
        """A text, or the default where the key is missing."""
        value = table.get(key, default)
        if not isinstance(value, str):
            raise self.fail(f"{key} must be a text", key, f'Write {key} = "..." .')
        return value

    def flag(self, table: Mapping[str, Any], key: str) -> bool:
        """Yes or no; no where the key is missing."""
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(f"{key} must be true or false", key, f"Write {key} = true .")
        return value

    def texts(self, table: Mapping[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """A list of texts; one text stands for a list of one."""
        value = table.get(key, default)
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
            raise self.fail(f"{key} must be a list of texts", key, f'Write {key} = ["...", "..."] .')
        return tuple(value)

    def by_language(self, table: Mapping[str, Any], key: str, languages: tuple[str, ...]) -> dict[str, str]:
        """Texts by language; one text stands for all languages."""
        value = table.get(key, {})
        if isinstance(value, str):
            return dict.fromkeys(languages, value)
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise self.fail(
                f"{key} must be a text, or a table of texts by language", key, f'Write [{key}] and en = "..." .'
            )
        return dict(value)

    def iri(self, name: str, key: str) -> str:
        """A full IRI, from itself or from a name with a known prefix."""
        iri = expand(name, self.prefixes)
        if not urlsplit(iri).scheme or any(c in iri for c in ' <>"{}|\\^`'):
            raise self.fail(f"{name!r} is not an IRI", key, "Write a full IRI, or a name with a prefix of [prefixes].")
        if iri == name and ":" in name and not name.startswith(("http:", "https:", "urn:", "tag:")):
            prefix = name.partition(":")[0]
            near = difflib.get_close_matches(prefix, self.prefixes, 1)
            hint = f" Did you mean {near[0]}:?" if near else ""
            raise self.fail(f"unknown prefix {prefix!r} in {name!r}", key, f"Add it to [prefixes].{hint}")
        return iri

    def iris(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """A list of IRIs."""
        return tuple(self.iri(name, key) for name in self.texts(table, key, ()))

    def table(self, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """A table below this one, empty where the key is missing."""
        value = table.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(f"{key} must be a table", key, f"Write [{key}] and its keys below it.")
        return value

    def tables(self, table: Mapping[str, Any], key: str, build: Callable[[Mapping[str, Any]], _T]) -> tuple[_T, ...]:
        """What is built of each table of a list."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.fail(f"{key} must be a list of tables", key, f"Write [[{key}]] before each.")
        return tuple(build(v) for v in value)

    def required(self, table: Mapping[str, Any], key: str, where: str) -> str:
        """A text that must be there."""
        if key not in table:
            raise self.fail(f"{where} lacks {key!r}", where.strip("[]"), f'Add {key} = "..." to {where}.')
        return self.text(table, key, "")
