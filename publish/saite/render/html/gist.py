"""What a resource is, in a line: for search engines, where the data do not describe it in a sentence."""

from collections.abc import Iterable
from typing import Final

from saite import language as languages
from saite.namespaces import XSD
from saite.render.html.edition import Edition
from saite.render.html.table import clean
from saite.site.model import Row
from saite.terms import Literal, NamedNode, Term

_FACTS: Final = 5
_VALUES: Final = 3
_SHORT: Final = 80
"""How many properties are told, how many values of each, and how long a text may be."""


def gist(rows: Iterable[Row], edition: Edition) -> str:
    """The first facts of a page as text, such as ``Start date: 20 April 2016. Held in: Riga.``."""
    told: list[str] = []
    for row in rows:
        texts = [text for value in row.values[:_VALUES] if (text := _text(value.term, edition))]
        if texts:
            name = edition.site.labels.best(row.property, edition.language)[0]
            told.append(f"{name[:1].upper()}{name[1:]}: {', '.join(texts)}.")
        if len(told) == _FACTS:
            break
    return clean(" ".join(told))


def _text(term: Term, edition: Edition) -> str:
    """A short value that readers of the language understand, else ""."""
    if isinstance(term, NamedNode):
        return edition.site.labels.best(term, edition.language)[0] if edition.site.labels.all(term) else ""
    if not isinstance(term, Literal) or len(term.value) > _SHORT:
        return ""
    if term.language:
        return term.value if term.language == edition.language else ""
    datatype = term.datatype.value.removeprefix(XSD)
    moment = languages.moment(term.value, datatype)
    if moment is not None:
        return languages.format_moment(moment, edition.interface.language)
    return "" if datatype in ("anyURI", "boolean") else term.value
