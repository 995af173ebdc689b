"""Named queries: ``.rq`` files whose header of comments is their documentation.

Examples, rule queries of the check and ``saite query`` all read them.

The header is the ``#+`` lines at the top::

    #+ title.lv: Pasākuma dalībnieki
    #+ title.en: Participants of an event
    #+ description.en: Who took part, from which country, in which role;
    #+   a line with more space continues the one before.
    #+ param: event iri <https://w3id.org/ice-edu/id/event/seminar-2019>
    #+ param: lang lang lv

Rule queries (``queries/checks``) add ``severity`` (violation, warning or info), ``message.LANG`` and ``cure.LANG``.
Views (``queries/views``) add how their rows are drawn, and may add a variable by whose values they fall into pages of
their own, and what readers call the columns::

    #+ view: timeline
    #+ each: country
    #+ heading.en: Latvia and {country}
    #+ show: page
    #+ column.en: start From
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from saite.errors import DataError, EnvironmentFault, Place, SyntaxFault, UsageError
from saite.finding import Severity
from saite.namespaces import PREFIXES
from saite.store.parameters import KINDS, Parameter, term, values
from saite.store.protocol import QueryResult, Store
from saite.store.request import request

TEXTS: Final = ("title", "description", "message", "cure", "heading")
"""Header keys that take a language: ``title.lv``."""
KEYS: Final = (*TEXTS, "severity", "param", "view", "each", "show", "column")
"""All header keys."""
VIEWS: Final = {
    "timeline": ("item", "start"),
    "network": ("from", "to"),
    "chart": ("label", "value"),
    "map": ("place", "lat", "long"),
    "table": (),
    "list": ("item",),
    "index": ("item", "count"),
    "numbers": ("label", "value"),
}
"""The kinds of views, and the columns that each cannot do without."""
INSTEAD: Final = {"map": ("code", ("lat", "long"))}
"""A column that does in place of others: a country is drawn by its code."""

PLACES: Final = ("front", "top", "page")
"""Where else a view is shown: on the front page; above or below the facts on the page of what it is about."""

_KEY = re.compile(r"([A-Za-z-]+)(?:\.([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*))?\s*:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One ``.rq`` file.

    Attributes:
        name: file name without ``.rq``.
        file: path as the user would write it.
        text: the whole file, header included.
        form: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
        titles, descriptions, messages, cures: texts by language.
        severity: of a rule query; None where the header does not say.
        parameters: in the order of the header.
        prefixes: what the query's own PREFIX lines declare.
        view: one of :data:`VIEWS`; "" for a query that is no view.
        each: the variable whose values have a page each; "" if all rows stand on one.
        headings: titles of those pages by language; the variable in braces stands for the value.
        columns: what readers call the variables, by variable and language.
        line: where the header says ``view``.
        show: one of :data:`PLACES`, or "".
        rank: orders what is shown in one place.
    """

    name: str
    file: str
    text: str
    form: str
    titles: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    cures: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None
    parameters: tuple[Parameter, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    view: str = ""
    each: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    line: int | None = None
    show: str = ""
    rank: int = 0

    def run(
        self, store: Store, given: Mapping[str, str] | None = None, prefixes: Mapping[str, str] = PREFIXES
    ) -> QueryResult:
        """Asks a store, with the values that a user typed.

        Args:
            store: what to ask.
            given: what the user typed, by parameter name; defaults hold for the rest.
            prefixes: what prefixed names in ``given`` may use, beside the query's own.

        Raises:
            SyntaxFault: the store refuses the query; the place is in this file.
            UsageError: a value is missing, unknown or of the wrong kind.
        """
        bindings = values(self.parameters, given or {}, {**prefixes, **self.prefixes})
        try:
            return store.query(self.text, bindings)
        except SyntaxFault as error:
            raise _in_file(error, self.file) from error


def parse(text: str, name: str, file: str) -> NamedQuery:
    """A named query from its text.

    Args:
        text: the file's content.
        name: its name.
        file: its path as the user would write it.

    Raises:
        SyntaxFault: an unknown or repeated header key, a wrong value, a query that is none.
        UsageError: an update, or a query with SERVICE.
    """
    asked = request(text, name=file)
    if not asked.form:
        raise SyntaxFault(
            "there is no query in this file",
            place=Place(file),
            cure="Write SELECT, ASK, CONSTRUCT or DESCRIBE below the header.",
        )
    header = _Header(file, text)
    prefixes = {
        after.text[:-1]: iri.text[1:-1]
        for word, after, iri in zip(asked.tokens, asked.tokens[1:], asked.tokens[2:], strict=False)
        if word.is_word("PREFIX") and after.kind == "pname" and iri.kind == "iri"
    }
    query = NamedQuery(
        name=name,
        file=file,
        text=text,
        form=asked.form,
        titles=header.texts["title"],
        descriptions=header.texts["description"],
        messages=header.texts["message"],
        cures=header.texts["cure"],
        severity=header.severity,
        parameters=tuple(header.parameters),
        prefixes=prefixes,
        view=header.view,
        each=header.each,
        headings=header.texts["heading"],
        columns=header.columns,
        line=header.lines.get("view:", (None, ""))[0],
        show=header.show,
        rank=header.rank,
    )
    header.check(query, {t.text[1:] for t in asked.tokens if t.kind == "var"})
    return query


def load(path: Path, display: str | None = None) -> NamedQuery:
    """A named query from its file.

    Raises:
        EnvironmentFault: the file cannot be read.
        SyntaxFault: it is not UTF-8, or see :func:`parse`.
    """
    shown = display or path.as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise EnvironmentFault(
            f"the query cannot be read: {error.strerror}", place=Place(shown), cure="Check its name and permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise SyntaxFault("the file is not UTF-8", place=Place(shown), cure="Save it as UTF-8.") from error
    return parse(text.replace("\r\n", "\n"), path.stem, shown)


def find(root: Path, globs: Iterable[str]) -> list[NamedQuery]:
    """The named queries of a site folder, by name.

    Args:
        root: the site's folder.
        globs: patterns relative to it, such as ``queries/examples/*.rq``.

    Raises:
        DataError: two files have the same name.
        UsageError: a pattern without wildcards names no file.
    """
    paths: set[Path] = set()
    for pattern in globs:
        if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
            raise UsageError(f"{pattern!r} leads out of the site's folder", cure="Name files below it.")
        matches = [p for p in root.glob(pattern) if p.is_file()]
        if not matches and not re.search(r"[*?\[]", pattern):
            raise UsageError(f"there is no file {pattern!r}", place=Place("saite.toml"), cure="Correct the path.")
        paths.update(matches)
    queries: dict[str, NamedQuery] = {}
    for path in sorted(paths, key=lambda p: p.relative_to(root).parts):
        query = load(path, path.relative_to(root).as_posix())
        if query.name in queries:
            raise DataError(
                f"two queries are called {query.name}: the other is {queries[query.name].file}",
                place=Place(query.file),
                cure="Rename one of the files.",
            )
        queries[query.name] = query
    return [queries[name] for name in sorted(queries)]


class _Header:
    """The ``#+`` lines of one file."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.texts: dict[str, dict[str, str]] = {key: {} for key in TEXTS}
        self.severity: Severity | None = None
        self.parameters: list[Parameter] = []
        self.view = ""
        self.each = ""
        self.show = ""
        self.rank = 0
        self.columns: dict[str, dict[str, str]] = {}
        self.lines: dict[str, tuple[int, str]] = {}
        for number, line, entry in self._entries(text.split("\n")):
            self._read(number, line, entry)

    def _entries(self, lines: Sequence[str]) -> Iterable[tuple[int, str, str]]:
        """Header entries with the number and text of their first line; continuation lines are joined."""
        entries: list[tuple[int, str, str]] = []
        over = False
        for number, line in enumerate(lines, 1):
            if not line.startswith("#+"):
                over = over or not (line.startswith("#") or not line.strip())
                continue
            if over:
                raise self._fault(number, line, "a header line below the beginning of the query", "Move it to the top.")
            content = line[2:]
            if entries and re.match(r"\s{2,}\S", content):
                first, text, joined = entries[-1]
                entries[-1] = (first, text, f"{joined} {content.strip()}")
            elif content.strip():
                entries.append((number, line, content.strip()))
        return entries

    def _read(self, number: int, line: str, entry: str) -> None:
        match = _KEY.match(entry)
        key = match[1] if match else entry.partition(":")[0].split(".")[0].strip()
        if match is None or key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1)
            cure = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(KEYS)}; write 'key: value'."
            raise self._fault(number, line, f"unknown header key {key!r}", cure)
        value = entry[match.end() :].strip()
        language = match[2]
        if key in (*TEXTS, "column"):
            if language is None:
                raise self._fault(number, line, f"{key} needs a language", f"Write {key}.en: or {key}.lv: .")
            if key == "column":
                self._column(number, line, value, language.lower())
                return
            if not value or language in self.texts[key]:
                why = "is said twice" if value else "is empty"
                raise self._fault(number, line, f"{key}.{language} {why}", "Keep one text for each language.")
            self.texts[key][language.lower()] = value
        elif language is not None:
            raise self._fault(number, line, f"{key} takes no language", f"Write {key}: .")
        elif key == "severity":
            names = {s.label: s for s in Severity}
            if value not in names:
                raise self._fault(number, line, f"severity is {value!r}", "Use violation, warning or info.")
            self.severity = names[value]
        elif key in ("view", "each", "show"):
            self._of_view(number, line, key, value)
        else:
            self._parameter(number, line, value)

    def _of_view(self, number: int, line: str, key: str, value: str) -> None:
        if f"{key}:" in self.lines:
            raise self._fault(number, line, f"{key} is said twice", "Remove one of the lines.")
        self.lines[f"{key}:"] = (number, line)
        if key == "each":
            self.each = value.lstrip("?")
            return
        if key == "show":
            match = re.fullmatch(r"(\w+)(?:\s+([0-9]{1,4}))?", value)
            if match is None or match[1] not in PLACES:
                cure = f"Write one of: {', '.join(PLACES)}; and a number for the order."
                raise self._fault(number, line, f"unknown place {value!r}", cure)
            self.show, self.rank = match[1], int(match[2] or 0)
            return
        if value not in VIEWS:
            near = difflib.get_close_matches(value, VIEWS, 1)
            cure = f"Did you mean {near[0]}?" if near else f"Known views: {', '.join(VIEWS)}."
            raise self._fault(number, line, f"unknown view {value!r}", cure)
        self.view = value

    def _column(self, number: int, line: str, value: str, language: str) -> None:
        name, _, text = value.partition(" ")
        name = name.lstrip("?")
        if not name or not text.strip():
            raise self._fault(number, line, "a column needs a variable and its name", "Write 'column.en: start From'.")
        if language in self.columns.get(name, {}):
            raise self._fault(number, line, f"the column {name} is named twice", "Keep one name for each language.")
        self.lines[f"column {name}"] = (number, line)
        self.columns.setdefault(name, {})[language] = text.strip()

    def _parameter(self, number: int, line: str, value: str) -> None:
        match = re.fullmatch(r"(\w+)\s+([A-Za-z]+)(?:\s+(.*))?", value)
        if match is None or match[2] not in KINDS:
            raise self._fault(
                number,
                line,
                "a parameter needs a name and a kind",
                f"Write 'param: name kind default'; kinds: {', '.join(KINDS)}.",
            )
        name, kind, default = match.groups()
        if name in self.lines:
            raise self._fault(number, line, f"the parameter {name} is declared twice", "Remove one of the lines.")
        self.lines[name] = (number, line)
        self.parameters.append(Parameter(name, kind, default))

    def check(self, query: NamedQuery, variables: set[str]) -> None:
        """Parameters name variables of the query, and their defaults are of their kinds; so do columns of a view."""
        named = [("each:", self.each)] if "each:" in self.lines else []
        for key, name in (*named, *((f"column {name}", name) for name in self.columns)):
            if name not in variables:
                number, line = self.lines[key]
                near = difflib.get_close_matches(name, sorted(variables), 1)
                cure = f"Did you mean ?{near[0]}?" if near else f"Use ?{name} in the query."
                raise self._fault(number, line, f"the query has no variable ?{name}", cure)
        for parameter in self.parameters:
            number, line = self.lines[parameter.name]
            if parameter.name not in variables:
                near = difflib.get_close_matches(parameter.name, sorted(variables), 1)
                cure = f"Did you mean ?{near[0]}?" if near else f"Use ?{parameter.name} in the query."
                raise self._fault(number, line, f"the query has no variable ?{parameter.name}", cure)
            if parameter.default is not None:
                try:
                    term(parameter, parameter.default, {**PREFIXES, **query.prefixes})
                except UsageError as error:
                    raise self._fault(number, line, f"the default of {error.message}", error.cure) from error

    def _fault(self, number: int, line: str, message: str, cure: str) -> SyntaxFault:
        return SyntaxFault(message, place=Place(self.file, number, 1), cure=cure, excerpt=line)


def _in_file(error: SyntaxFault, file: str) -> SyntaxFault:
    where = replace(error.place, file=file) if error.place else Place(file)
    return SyntaxFault(error.message, place=where, cure=error.cure, excerpt=error.excerpt)
