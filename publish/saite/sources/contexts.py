"""JSON-LD contexts that are named by URL: put in from the site's own files, never fetched (JSON-LD 1.1, 4.1)."""

import json
import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from saite.errors import DataError, SaiteError
from saite.sources.faults import fault
from saite.sources.positions.jsontext import events, line_of
from saite.sources.source import Source, environment

_NAMED: Final = re.compile(r'"@(context|import)"\s*:\s*(?=["\[])')
_DEPTH: Final = 8


def inline(text: str, source: Source) -> str:
    """The text with each context that is named by URL put in; on the same line, so that lines stay what they are.

    Raises:
        SyntaxFault: a context is on the web, and the site has no file for it.
        DataError: the site's file for a context is no context.
        EnvironmentFault: that file cannot be read.
    """
    return _inline(text, source, source.path.parent, 0, text)


def _inline(text: str, source: Source, folder: Path, depth: int, shown: str) -> str:
    pieces, done = [], 0
    for found in _NAMED.finditer(text):
        start = found.end()
        if start < done:
            continue
        in_array = text[start] == "["
        for event in events(text, start):
            if event.kind != "string" or len(event.path) > in_array:
                continue
            content = _content(event.value, found.group(1), source, folder, depth, (shown, event.offset))
            if in_array and content.startswith("["):
                content = content[1:-1].strip() or "{}"
            pieces += [text[done : event.offset], content]
            done = event.end
    return "".join([*pieces, text[done:]])


def _content(url: str, keyword: str, source: Source, folder: Path, depth: int, where: tuple[str, int]) -> str:
    """The JSON of a context, on one line, itself without contexts named by URL."""
    line, column = line_of(*where) if depth == 0 else (None, None)
    if keyword == "import":
        raise fault(
            source,
            f'"@import" of the context {url}: Saite does not read imported contexts',
            "Copy the terms of that context into this one, and take @import out.",
            line,
            column,
        )
    path = source.contexts.get(url)
    if path is None and not urlsplit(url).scheme and not url.startswith(("/", "\\")):
        path = folder / url if (folder / url).is_file() else None
    if path is None or depth > _DEPTH:
        raise _unknown(url, source, line, column, loop=depth > _DEPTH)
    context = _load(url, path, source)
    wrapped = _inline(f'{{"@context": {context}}}', source, path.parent, depth + 1, "")
    return wrapped[len('{"@context": ') : -1]


def _load(url: str, path: Path, source: Source) -> str:
    file = Source(path, str(path))
    with environment(file):
        data = path.read_bytes()
    problem: SaiteError = DataError(
        f"{path.name}, which stands for the context {url}, is no JSON-LD context",
        place=source.place,
        cure='Write {"@context": {...}} into that file.',
    )
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise problem from error
    if not isinstance(document, dict) or "@context" not in document:
        raise problem
    return json.dumps(document["@context"])


def _unknown(url: str, source: Source, line: int | None, column: int | None, *, loop: bool) -> SaiteError:
    if loop:
        return DataError(
            f"the context {url} leads back to itself", place=source.place, cure="Break the ring of contexts."
        )
    if urlsplit(url).scheme in ("http", "https"):
        return fault(
            source,
            f"the context {url} is on the web, and Saite fetches nothing while it reads",
            f'Save the context in the site folder, and name it in saite.toml: [jsonld.contexts] "{url}" = "FILE"; '
            "or write the @context itself here.",
            line,
            column,
        )
    return fault(
        source,
        f"the context {url} is no file beside this one",
        f'Put it there, or name its file in saite.toml: [jsonld.contexts] "{url}" = "FILE".',
        line,
        column,
    )
