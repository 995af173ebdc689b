"""What a CSV file means (W3C, Metadata Vocabulary for Tabular Data): made so that a converter gives back its triples.

Columns that only help people (names of things beside their IRIs, values in words) are left out by converters. Those
that hold what the graph says have the property, and the language or datatype, of what the graph says.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

import orjson

from saite.iri import uri
from saite.namespaces import RDF_TYPE
from saite.render.tables.cells import datatype
from saite.render.tables.columns import Column, Table, distinct
from saite.render.tables.instances import ABOUT
from saite.terms import NamedNode

_DIALECT: Final = {
    "encoding": "utf-8",
    "lineTerminators": ["\r\n"],
    "quoteChar": '"',
    "doubleQuote": True,
    "delimiter": ",",
    "header": True,
    "skipInitialSpace": False,
    "trim": False,
}
"""Said in full, since the standard's two documents do not agree about trimming."""


class Typed(Table, Protocol):
    """A table of which metadata tell.

    Attributes:
        types: the classes of whatever the rows are about.
    """

    @property
    def types(self) -> tuple[NamedNode, ...]:
        """The classes."""
        ...


def written(tables: Sequence[Typed], language: str, licence: str) -> Iterator[bytes]:
    """The metadata of some tables in one language.

    Args:
        tables: the table itself, and others that belong to it.
        language: of the tables.
        licence: IRI of their licence, "" if there is none.
    """
    described = {
        "@context": "http://www.w3.org/ns/csvw",  # without a language, which headers would have to match
        "dialect": _DIALECT,
        "tables": [_table(table, language, licence) for table in tables],
    }
    yield orjson.dumps(described, option=orjson.OPT_INDENT_2) + b"\n"


def _table(table: Typed, language: str, licence: str) -> dict[str, object]:
    columns = table.columns(language)
    about = any(column.property for column in columns) or bool(table.types)
    described: dict[str, object] = {
        "url": f"{table.stem.rpartition('/')[2]}.{language}.csv",
        "dc:title": {"@value": table.title(language), "@language": language},
        "dc:language": language,
    }
    notes = table.notes(language)
    if notes:
        described["rdfs:comment"] = {"@value": " ".join(notes), "@language": language}
    if licence:
        described["dc:license"] = {"@id": uri(licence)}
    if not about:
        described["suppressOutput"] = True
    names = distinct([*(column.name for column in columns), *("class" for _ in table.types)], "_")[len(columns) :]
    schema: dict[str, object] = {"columns": [*map(_column, columns), *map(_type, names, table.types)]}
    if about:
        schema["aboutUrl"] = f"{{+{ABOUT}}}"
    described["tableSchema"] = schema
    return described


def _column(column: Column) -> dict[str, object]:
    described: dict[str, object] = {"name": column.name, "titles": column.title}
    if column.separator:
        described["separator"] = column.separator
    if column.required:
        described["required"] = True
    if column.datatype:
        described["datatype"] = datatype(column.datatype)
    if column.language:
        described["lang"] = column.language
    if not column.property:
        described["suppressOutput"] = True
        return described
    described["propertyUrl"] = column.property if column.property.startswith("{") else uri(column.property)
    if column.link:
        described["valueUrl"] = f"{{+{column.name}}}"
    return described


def _type(name: str, type_: NamedNode) -> dict[str, object]:
    return {"name": name, "virtual": True, "propertyUrl": RDF_TYPE.value, "valueUrl": uri(type_.value)}
