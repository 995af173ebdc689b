"""The file that a person goes through: a line for each candidate, tab-separated, so that any table program opens it.

In the first column the person writes ``yes``; what is empty is not accepted. The links between IRIs are read back,
everything else is there to decide by.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from saite.candidates.finding import Candidate
from saite.errors import DataError, EnvironmentFault, Place, SyntaxFault, UsageError
from saite.iri import safe_href
from saite.namespaces import OWL, SKOS

COLUMNS: Final = (
    *("accept", "score", "label", "other_label", "reasons", "entity", "link", "other", "by", "date", "with"),
)

LINKS: Final = {
    "owl:sameAs": OWL + "sameAs",
    **{f"skos:{name}Match": f"{SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")},
}
"""The links that a person may choose, as they stand in the file."""

_YES: Final = frozenset(("yes", "y", "x", "1", "true", "+", "jā", "ja", "да", "✓"))
_NO: Final = frozenset(("", "no", "n", "0", "false", "-", "?", "nē", "ne", "нет"))
_FORMULA: Final = ("=", "+", "-", "@")  # what a table program would take for one
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A line that was accepted.

    Attributes:
        entity, link, other: the link, full IRIs.
        score: of the candidate, "" if the line has none.
        reasons: of the candidate.
        by: who accepted it: an IRI or a name; "" if the line does not say.
        date: when; "" if the line does not say.
        source: where the candidate was found.
        place: of the line.
    """

    entity: str
    link: str
    other: str
    score: str
    reasons: str
    by: str
    date: str
    source: str
    place: Place


def write(path: Path, candidates: Iterable[Candidate], source: str) -> int:
    """Write the candidates to a new file; returns how many there are.

    Raises:
        UsageError: there is a file; somebody may have gone through it.
        EnvironmentFault: it cannot be written.
    """
    names = {iri: name for name, iri in LINKS.items()}
    text = io.StringIO()
    rows = csv.writer(text, dialect="excel-tab", lineterminator="\n")
    rows.writerow(COLUMNS)
    count = 0
    for one in candidates:
        count += 1
        told = ("", f"{one.score:.1f}", _plain(one.label), _plain(one.other_label), _plain("; ".join(one.reasons)))
        rows.writerow((*told, one.entity, names[one.link], one.other, "", "", _plain(source)))
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text.getvalue())
    except FileExistsError as error:
        raise UsageError(
            f"{path} is there already, and somebody may have gone through it",
            cure="Name another file with --output, or remove it.",
        ) from error
    except OSError as error:
        raise EnvironmentFault(f"{path} cannot be written: {error.strerror}", cure="Name another --output.") from error
    return count


def _plain(text: str) -> str:
    """A text as a cell: one line, and no formula."""
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(_FORMULA) else text


def read(path: Path) -> list[Reviewed]:
    """The accepted lines of a file.

    Raises:
        UsageError: there is no such file.
        SyntaxFault, DataError: it is not what :func:`write` wrote; or a line says what cannot be accepted.
    """
    if not path.is_file():
        raise UsageError(f"there is no file {path}", cure="Make one: saite link SITE --with FILE")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SyntaxFault("not UTF-8", place=Place(str(path)), cure="Save it as text in the encoding UTF-8.") from error
    head = text.partition("\n")[0]
    delimiter = max("\t;,", key=head.count)  # some programs save with others
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    missing = [name for name in ("accept", "entity", "link", "other") if name not in (reader.fieldnames or ())]
    if missing:
        raise DataError(
            f"the file has no column {missing[0]}",
            place=Place(str(path), 1),
            cure=f"Keep the first line as it was written: {', '.join(COLUMNS)}.",
        )
    found: list[Reviewed] = []
    try:
        for row in reader:
            place = Place(str(path), reader.line_num)
            cells = {key: value.strip() for key, value in row.items() if key and isinstance(value, str)}
            if _accepted(cells.get("accept", ""), place):
                found.append(_reviewed(cells, place))
    except csv.Error as error:
        raise SyntaxFault(
            f"no table: {error}", place=Place(str(path), reader.line_num), cure="Save it anew."
        ) from error
    return found


def _accepted(cell: str, place: Place) -> bool:
    if cell.lower() in _YES:
        return True
    if cell.lower() in _NO:
        return False
    raise DataError(f"{cell!r} is neither yes nor no", place=place, cure="Write yes, or leave the cell empty.")


def _reviewed(cells: dict[str, str], place: Place) -> Reviewed:
    link = LINKS.get(cells.get("link", ""), cells.get("link", ""))
    if link not in LINKS.values():
        raise DataError(f"{link!r} is no link", place=place, cure=f"Write one of {', '.join(LINKS)}.")
    for name in ("entity", "other"):
        if not safe_href(cells.get(name, "")):
            raise DataError(f"{cells.get(name, '')!r} is no IRI", place=place, cure=f"Mend the column {name}.")
    when = cells.get("date", "")
    if when:
        check_date(when, place)
    return Reviewed(
        cells["entity"],
        link,
        cells["other"],
        cells.get("score", ""),
        cells.get("reasons", "").removeprefix("'"),
        cells.get("by", ""),
        when,
        cells.get("with", "").removeprefix("'"),
        place,
    )


def check_date(text: str, place: Place | None = None) -> None:
    """See that a text is a day.

    Raises:
        DataError: it is none.
    """
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        date.fromisoformat(text)
    except ValueError as error:
        raise DataError(f"{text!r} is no day", place=place, cure="Write it as in 2026-11-27.") from error
