"""Where the tables of a site lie, for those who make them and those who lead to them."""

from typing import Final

from saite.config import Config
from saite.site.model import Listing, QueryFile

FOLDER: Final = "table"
"""The folder of the tables."""

PACKAGE: Final = "datapackage.json"
"""The file that describes them all (Frictionless Data Package)."""

CSV: Final = "text/csv; charset=utf-8; header=present"
"""RFC 4180 section 3, as RFC 7111 amends it."""

CSVM: Final = "application/csvm+json"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET: Final = "application/vnd.apache.parquet"


def class_stem(listing: Listing) -> str:
    """Path of the files of a class, without language and ending."""
    return f"{FOLDER}/{listing.document.rpartition('/')[2]}"


def query_stem(query: QueryFile) -> str:
    """Path of the files of a query, without language and ending."""
    return f"{FOLDER}/{'view' if query.view else 'query'}/{query.name}"


def files(stem: str, language: str, config: Config) -> tuple[tuple[str, str], ...]:
    """The tables that readers of a language are given: name of the form, and path."""
    if "tables" not in config.formats:
        return ()
    paths = {"csv": f"{stem}.{language}.csv", "xlsx": f"{stem}.xlsx", "parquet": f"{stem}.{language}.parquet"}
    names = {"xlsx": "Excel (XLSX)", "csv": "CSV", "parquet": "Parquet"}
    return tuple((names[form], paths[form]) for form in names if form in config.tables)


def of_class(listing: Listing, language: str, config: Config) -> tuple[tuple[str, str], ...]:
    """The tables of the members of an index."""
    given = listing.kind == "class" and len(listing.members) > 0
    return files(class_stem(listing), language, config) if given else ()


def of_query(query: QueryFile, language: str, config: Config) -> tuple[tuple[str, str], ...]:
    """The tables of what a query answers."""
    return files(query_stem(query), language, config) if answered(query, config) else ()


def answered(query: QueryFile, config: Config) -> bool:
    """Whether a query has rows, in some language, to make tables of."""
    answers = [query.answers.get(tag) for tag in config.languages]
    return all(answers) and any(answer.rows for answer in answers if answer is not None)
