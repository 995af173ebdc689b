"""The table of what an example query answers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from saite.language import choose, interface
from saite.render.table_names import answered, query_stem
from saite.render.tables import cells
from saite.render.tables.beside import told
from saite.render.tables.columns import Cell, Column, distinct
from saite.render.tables.instances import local
from saite.site.model import QueryFile, Site
from saite.terms import BlankNode, Literal, NamedNode, Term


class Answers:
    """The rows that an example query answers, as far as its page knows them.

    Attributes:
        stem, of: see :class:`~saite.render.tables.columns.Table`.
    """

    types: tuple[NamedNode, ...] = ()

    def __init__(self, site: Site, query: QueryFile) -> None:
        """Take a query that has answers."""
        self._site = site
        self._query = query
        self.stem = query_stem(query)
        self.of = query.document

    @property
    def count(self) -> int:
        """How many rows there are, in the language that has most."""
        return max(len(answer.rows) for answer in self._query.answers.values())

    def title(self, language: str) -> str:
        """What the query is called."""
        found = choose(self._query.titles, language, self._site.config.languages)
        return found[0] if found else self._query.name

    def notes(self, language: str) -> list[str]:
        """Whether there are more rows."""
        answer = self._query.answers[language]
        if not answer.truncated:
            return []
        ngettext = interface(language).ngettext
        text = ngettext("Only the first %(n)s row is given.", "Only the first %(n)s rows are given.", len(answer.rows))
        return [text % {"n": len(answer.rows)}]

    def columns(self, language: str) -> list[Column]:
        """The variables; those that lead to things twice, by name and by IRI."""
        columns: list[Column] = []
        for number, variable in enumerate(self._query.answers[language].variables):
            terms = self._terms(language, number)
            name = local(variable)
            if self._twice(terms):
                columns += [Column(f"{name}_label", variable), Column(name, f"{variable} (IRI)", link=True)]
            else:
                datatype = _datatype(terms)
                simple = bool(datatype) and all(cells.simple(datatype, term.value) for term in terms)
                columns.append(Column(name, variable, datatype=datatype, simple=simple))
        names = distinct([column.name for column in columns], "_")
        titles = distinct([column.title for column in columns])
        return [
            replace(column, name=name, title=title) for column, name, title in zip(columns, names, titles, strict=True)
        ]

    def rows(self, language: str) -> Iterator[list[Cell]]:
        """The rows in the order of the answer."""
        answer = self._query.answers[language]
        linked = [self._twice(self._terms(language, number)) for number in range(len(answer.variables))]
        for line in answer.rows:
            row: list[Cell] = []
            for term, twice in zip(line, linked, strict=True):
                if twice:
                    row.append(() if term is None else (self._site.labels.best(term, language)[0],))
                    row.append((term.value,) if type(term) is NamedNode else ())
                else:
                    row.append(() if term is None else (self._text(term, language),))
            yield row

    def _text(self, term: Term, language: str) -> str:
        return told(self._site, term, language) if type(term) is BlankNode else term.value

    def _terms(self, language: str, number: int) -> list[Term]:
        return [term for row in self._query.answers[language].rows if (term := row[number]) is not None]

    def _twice(self, terms: Sequence[Term]) -> bool:
        """Whether some terms are things that have names beside their IRIs."""
        return any(self._site.labels.all(term) for term in terms if type(term) is NamedNode)


def _datatype(terms: Sequence[Term]) -> str:
    """The datatype of all of some literals, if it is one that all of them fit, and is not just text."""
    found = {term.datatype.value for term in terms if type(term) is Literal and not term.language and cells.fits(term)}
    one = next(iter(found)) if len(found) == 1 else ""
    alike = all(type(term) is Literal and term.datatype.value == one and cells.fits(term) for term in terms)
    return one if alike and one != cells.STRING else ""


def tables(site: Site) -> Sequence[Answers]:
    """The queries that have answers."""
    return [Answers(site, one) for one in (*site.queries, *site.views) if answered(one, site.config)]
