"""Tables for people without RDF: every class and every answered example query as CSV, XLSX and (as an extra) Parquet.

Begin at :class:`TableFiles`. ``scan`` reads the instances of a class once and finds which columns they need;
``instances`` and ``answers`` are the tables (:class:`~saite.render.tables.columns.Table`), whose rows are made as they
are asked for; ``delimited``, ``workbook`` and ``parquet`` write them; ``metadata`` says what a CSV file means, so that
the W3C's CSV on the Web turns it back into the triples of the graph; ``cells`` knows which terms that works for.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property, partial

from saite.artifact import Artifact
from saite.fields import CSV_METADATA
from saite.render.naming import about
from saite.render.offers import Distributions, offer
from saite.render.pieces import OfWhole, Part, Placed
from saite.render.table_names import CSV, CSVM, PARQUET, XLSX
from saite.render.tables import answers, delimited, instances, metadata, parquet, workbook
from saite.render.tables.answers import Answers
from saite.render.tables.instances import Instances, Links
from saite.site.model import Site

MODEL = "https://www.w3.org/TR/tabular-data-model/"
"""What CSV files with metadata follow."""


class TableFiles(OfWhole):
    """The tables of a site.

    Attributes:
        distributions: what has been made of all renderers' distributions, by path.
    """

    def __init__(self, site: Site) -> None:
        """Take the site; its data are read when the tables are."""
        self._site = site
        self._languages = site.config.languages
        self._forms = site.config.tables
        self.distributions: Distributions = {}

    def parts(self) -> Sequence[Part]:
        """The tables one by one; their contents are made when they are asked for."""
        classes = (Placed(partial(self._class, one), (one.stem,), offers=True) for one in instances.tables(self._site))
        queries = (Placed(partial(self._table, one), (one.stem,), offers=True) for one in answers.tables(self._site))
        return (*classes, *queries)

    @cached_property
    def _licence(self) -> str:
        return about(self._site).get("license", "")

    def _class(self, table: Instances) -> Iterator[Artifact]:
        if not table.links or "csv" not in self._forms:
            yield from self._table(table)
            return
        links = Links(table)
        yield from self._table(table, links)
        for language in self._languages:
            yield from self._delimited(links, language)

    def _table(self, table: Instances | Answers, *more: Links) -> Iterator[Artifact]:
        for language in self._languages:
            if "csv" in self._forms:
                yield from self._delimited(table, language, *more)
            if "parquet" in self._forms:
                path = f"{table.stem}.{language}.parquet"
                source = partial(parquet.written, table, language)
                yield offer(self.distributions, path, PARQUET, source, of=table.of, language=language)
        if "xlsx" in self._forms:
            source = partial(workbook.written, table, self._languages)
            yield offer(self.distributions, f"{table.stem}.xlsx", XLSX, source, of=table.of)

    def _delimited(self, table: Instances | Answers | Links, language: str, *more: Links) -> Iterator[Artifact]:
        path = f"{table.stem}.{language}.csv"
        source = partial(delimited.written, table, language)
        yield offer(self.distributions, path, CSV, source, of=table.of, language=language, conforms=(MODEL,))
        said = partial(metadata.written, (table, *more), language, self._licence)
        yield Artifact(f"{path}{CSV_METADATA}", CSVM, said, language=language)


def renderer(site: Site) -> TableFiles:
    """The tables of a site.

    Raises:
        EnvironmentFault: the settings ask for Parquet, and pyarrow is not installed.
    """
    if "parquet" in site.config.tables:
        parquet.check()
    return TableFiles(site)


__all__ = ["TableFiles", "renderer"]
