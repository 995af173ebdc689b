"""``datapackage.json``: the CSV tables as a Frictionless data package (Data Package 1, Table Schema 1).

Fields have the type that all of their values have; those of several values in a cell are texts. ``rdfType`` is the
property that a field holds. It comes after the tables, whose sizes and digests it tells.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import orjson

from saite import language as languages
from saite.artifact import Artifact
from saite.render.dumps import dump_name
from saite.render.naming import about
from saite.render.offers import Distributions
from saite.render.pieces import OfWhole, Part, Placed
from saite.render.table_names import PACKAGE
from saite.render.tables import answers, cells, instances
from saite.render.tables.columns import Column, Table
from saite.render.tables.instances import ABOUT, Links
from saite.site.model import Site

_UNNAMED: Final = re.compile("[^a-z0-9._/-]+")


class DataPackage(OfWhole):
    """Writes one file; see :func:`renderer`.

    Attributes:
        distributions: the tables that have been made, by path.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self.distributions: Distributions = {}

    def parts(self) -> Sequence[Part]:
        """The same, with its place."""
        return (Placed(self._file, (PACKAGE.partition(".")[0],), measured=True),)

    def _file(self) -> Iterator[Artifact]:
        yield Artifact(PACKAGE, "application/json", orjson.dumps(self._package(), option=orjson.OPT_INDENT_2) + b"\n")

    def _package(self) -> dict[str, object]:
        config = self._site.config
        first = config.languages[0]
        package: dict[str, object] = {"profile": "tabular-data-package", "name": _name(dump_name(self._site))}
        for key, texts in (("title", config.title), ("description", config.tagline)):
            chosen = languages.choose(texts, first, config.languages)
            if chosen:
                package[key] = chosen[0]
        if self._site.base:
            package["id"] = self._site.base
        licence = about(self._site).get("license")
        if licence:
            package["licenses"] = [{"path": licence}]
        package["resources"] = [
            self._resource(table, language) for table in self._tables() for language in config.languages
        ]
        return package

    def _tables(self) -> Iterator[Table]:
        for table in instances.tables(self._site):
            yield table
            if table.links:
                yield Links(table)
        yield from answers.tables(self._site)

    def _resource(self, table: Table, language: str) -> dict[str, object]:
        path = f"{table.stem}.{language}.csv"
        columns = table.columns(language)
        schema: dict[str, object] = {"fields": [*map(_field, columns)], "missingValues": [""]}
        described: dict[str, object] = {
            "profile": "tabular-data-resource",
            "name": _name(path.removesuffix(".csv")),
            "path": path,
            "title": table.title(language),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
            "schema": schema,
        }
        notes = table.notes(language)
        if notes:
            described["description"] = " ".join(notes)
        if isinstance(table, instances.Instances):
            schema["primaryKey"] = next(column.title for column in columns if column.name == ABOUT)
        made = self.distributions.get(path)
        if made is not None:
            described |= {"bytes": made.size, "hash": f"sha256:{made.sha256}"}
        return described


def _name(text: str) -> str:
    return _UNNAMED.sub("-", text.lower())


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {"name": column.title, "type": _type(column)}
    if field["type"] == "boolean":
        field |= {"trueValues": ["true", "1"], "falseValues": ["false", "0"]}
    if column.property and not column.property.startswith("{"):
        field["rdfType"] = column.property
    if column.required:
        field["constraints"] = {"required": True}
    return field


def _type(column: Column) -> str:
    if column.separator or not column.simple:
        return "string"
    if column.datatype in cells.INTEGERS:
        return "integer"
    if column.datatype in cells.FRACTIONS:
        return "number"
    return {cells.BOOLEAN: "boolean", cells.DATE: "date", cells.YEAR: "year"}.get(column.datatype, "string")


def renderer(site: Site) -> DataPackage:
    """The data package of a site's tables."""
    return DataPackage(site)
