"""What has names: the entities of a site, those of another graph, the rows of a table."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from saite.candidates.near import names_of
from saite.config import Config
from saite.errors import DataError, Place, SyntaxFault, UsageError
from saite.graph import load
from saite.iri import safe_href
from saite.namespaces import OWL, PREFIXES, RDF, RDF_TYPE, RDFS, SH, SKOS
from saite.store.protocol import Store
from saite.terms import Literal, NamedNode

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""

_TERMS: Final = (RDF, RDFS, OWL, SH)
_CONCEPT: Final = NamedNode(SKOS + "Concept")
_CODE: Final = re.compile(r"(?i)notation$|identifier$|iso\d|code$|iso_?3166")
_COUNTRY: Final = re.compile("[A-Z]{2}")
_LOCAL: Final = re.compile(r"[^/#:]*$")
_WKT: Final = re.compile(r"(?i)point\s*\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)")
_LATITUDE: Final = re.compile(r"(?i)lat(itude)?$")
_LONGITUDE: Final = re.compile(r"(?i)long?(itude)?$")
_MANY: Final = 50  # neighbours that are looked at
_LONGEST: Final = 64  # letters of a code


@dataclass(frozen=True, slots=True)
class Hints:
    """What speaks for or against a thing's being another, beside its names.

    Attributes:
        types: what its classes are called, in small letters.
        codes: its own codes.
        countries: codes (ISO 3166-1 alpha-2) of what it leads to.
        point: where it is.
        concept: it is a concept of a controlled vocabulary.
    """

    types: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    point: Point | None = None
    concept: bool = False


class Things(Protocol):
    """Things with names."""

    def names(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The names of each, by IRI: text and language."""
        ...

    def hints(self, iri: str) -> Hints:
        """What else is known of one."""
        ...


class Graph:
    """The things of a graph that are neither classes, properties nor shapes.

    Args:
        store: the graph.
        below: only those whose IRIs begin so; "" for all.
        classes: only those of these classes; empty: of any.
        without: not those of these classes.
    """

    def __init__(self, store: Store, below: str = "", classes: Iterable[str] = (), without: Iterable[str] = ()) -> None:
        self.store = store
        self._below = below
        self._classes = frozenset(map(NamedNode, classes))
        self._without = frozenset(map(NamedNode, without))

    def names(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The names of each, by IRI."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        for iri, text, language in names_of(self.store):
            if iri.startswith(self._below):
                found.setdefault(iri, {})[text, language] = None
        return {iri: sorted(found[iri], key=lambda n: (n[1], n[0])) for iri in sorted(found) if self._wanted(iri)}

    def _types(self, node: NamedNode) -> set[NamedNode]:
        return {q.object for q in self.store.quads(node, RDF_TYPE) if isinstance(q.object, NamedNode)}

    def _wanted(self, iri: str) -> bool:
        types = self._types(NamedNode(iri))
        if self._classes and self._classes.isdisjoint(types):
            return False
        return self._without.isdisjoint(types) and not any(t.value.startswith(_TERMS) for t in types)

    def hints(self, iri: str) -> Hints:
        """What else is known of one: its own literals, and the codes of what it leads to."""
        node = NamedNode(iri)
        types = self._types(node)
        words = {_local(t.value).lower() for t in types}
        for type_ in types:
            labels = (q.object for q in self.store.quads(type_, NamedNode(RDFS + "label")))
            words |= {label.value.lower() for label in labels if isinstance(label, Literal)}
        codes: set[str] = set()
        countries: set[str] = set()
        latitudes: list[float] = []
        longitudes: list[float] = []
        neighbours: list[NamedNode] = []
        for quad in sorted(self.store.quads(node), key=str):
            name, value = _local(quad.predicate.value), quad.object
            if isinstance(value, NamedNode):
                neighbours.append(value)
            elif isinstance(value, Literal):
                codes |= _codes(name, value)
                if wkt := _WKT.search(value.value):
                    longitudes.append(_number(wkt[1]))
                    latitudes.append(_number(wkt[2]))
                elif _LATITUDE.search(name):
                    latitudes.append(_number(value.value))
                elif _LONGITUDE.search(name):
                    longitudes.append(_number(value.value))
        for neighbour in neighbours[:_MANY]:
            for quad in self.store.quads(neighbour):
                if isinstance(quad.object, Literal):
                    countries |= {c for c in _codes(_local(quad.predicate.value), quad.object) if _COUNTRY.fullmatch(c)}
        points = list(zip(latitudes, longitudes, strict=False))
        point = _point(*points[0]) if points else None
        return Hints(frozenset(words), frozenset(codes), frozenset(countries), point, _CONCEPT in types)


def _local(iri: str) -> str:
    found = _LOCAL.search(iri.rstrip("/#"))
    return found[0] if found else iri


def _codes(name: str, value: Literal) -> set[str]:
    return {value.value} if _CODE.search(name) and value.language is None and len(value.value) <= _LONGEST else set()


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _point(latitude: float, longitude: float) -> Point | None:
    return (latitude, longitude) if -90 <= latitude <= 90 and -180 <= longitude <= 180 else None


IDS: Final = ("id", "iri", "uri", "url")
NAMES: Final = ("name", "label", "title", "preflabel")
_FURTHER: Final = {
    "lang": ("lang", "language"),
    "type": ("type", "types", "class"),
    "code": ("code", "notation", "identifier"),
    "country": ("country", "countrycode", "country_code"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "long", "lng", "longitude"),
    "more": ("aliases", "altlabel", "alternatename", "alternate_names"),
}
_LISTED: Final = re.compile(r"\s*[|;]\s*")


class Table:
    """The rows of a CSV or TSV file: a column of IRIs, a column of names, and others that help if they are there.

    The columns are found by what they are called: ``id``, ``iri``, ``uri`` or ``url`` (else the first with an IRI in
    the first row), ``name``, ``label``, ``title`` or ``prefLabel``; ``lang``, ``type``, ``code``, ``country``, ``lat``
    and ``lon``, ``aliases`` (several in a cell are separated by ``|``). An IRI may stand in several rows.

    Raises:
        SyntaxFault: it is no UTF-8, or no table.
        DataError: there is no column of IRIs or names, or a row's is not an IRI.
    """

    def __init__(self, path: Path) -> None:
        self._names: dict[str, dict[tuple[str, str], None]] = {}
        self._rows: dict[str, dict[str, str]] = {}
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                dialect = "excel-tab" if "\t" in file.readline() else "excel"
                file.seek(0)
                self._read(csv.DictReader(file, dialect=dialect, strict=True), str(path))
        except (UnicodeDecodeError, csv.Error) as error:
            raise SyntaxFault(
                f"no table: {error}", place=Place(str(path)), cure="Save it as CSV in the encoding UTF-8."
            ) from error
        if not self._rows:
            raise DataError("the table has no rows", place=Place(str(path)), cure="Give one with a row for each thing.")

    def _read(self, reader: "csv.DictReader[str]", file: str) -> None:
        by_name = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
        further = {key: _first(by_name, names) for key, names in _FURTHER.items()}
        id_, name = _first(by_name, IDS), _first(by_name, NAMES)
        for row in reader:
            if id_ is None:
                id_ = next((key for key, value in row.items() if isinstance(value, str) and safe_href(value)), None)
            if id_ is None or name is None:
                raise DataError(
                    f"the table has no column of {'names' if name is None else 'IRIs'}",
                    place=Place(file, 1),
                    cure=f"Call the columns {IDS[0]} and {NAMES[0]}; there are: {', '.join(filter(None, by_name))}.",
                )
            iri, text = (row[id_] or "").strip(), " ".join((row[name] or "").split())
            if not text:
                continue
            if not safe_href(iri):
                raise DataError(
                    f"{iri!r} is not an IRI",
                    place=Place(file, reader.line_num),
                    cure="Write the identifiers in full, as in https://example.org/id/1 .",
                )
            said = {key: (row[column] or "").strip() for key, column in further.items() if column is not None}
            known = self._names.setdefault(iri, {})
            known[text, said.get("lang", "").lower()] = None
            for alias in _LISTED.split(said.get("more", "")):
                if alias:
                    known[alias, ""] = None
            self._rows.setdefault(iri, said)

    def names(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The names of each, by IRI."""
        return {iri: list(self._names[iri]) for iri in sorted(self._names)}

    def hints(self, iri: str) -> Hints:
        """What the other columns say."""
        row = self._rows[iri]
        return Hints(
            frozenset(word.lower() for word in _LISTED.split(row.get("type", "")) if word),
            frozenset(filter(None, (row.get("code", ""),))),
            frozenset(filter(_COUNTRY.fullmatch, (row.get("country", "").upper(),))),
            _point(_number(row.get("lat", "")), _number(row.get("lon", ""))),
        )


def _first(by_name: Mapping[str, str], wanted: Sequence[str]) -> str | None:
    return next((by_name[name] for name in wanted if name in by_name), None)


def opened(path: Path) -> Things:
    """The things of a file or a folder: a table by its ending, else RDF in any format that Saite reads.

    Raises:
        UsageError: there is nothing.
        DataError, SyntaxFault: it cannot be read.
    """
    if not path.exists():
        raise UsageError(
            f"there is no file or folder {path}",
            cure="Name a file of RDF, a CSV with the columns id and name, or the address of a reconciliation service.",
        )
    if path.suffix.lower() in (".csv", ".tsv") and path.is_file():
        return Table(path)
    store, _ = load(path, Config(root=path if path.is_dir() else path.parent))
    return Graph(store)


def linked(store: Store) -> Iterator[tuple[str, str]]:
    """Pairs that are linked already, in whichever direction: not to be proposed again."""
    matches = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
    for predicate in (OWL + "sameAs", *(SKOS + name for name in matches), PREFIXES["schema"] + "sameAs"):
        for quad in store.quads(None, NamedNode(predicate)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                yield quad.subject.value, quad.object.value
                yield quad.object.value, quad.subject.value
