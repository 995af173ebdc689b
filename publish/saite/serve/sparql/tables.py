"""Answers for people: the part of a page that shows rows, a yes or no, or a graph."""

from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import Final

from pyoxigraph import QuerySolutions

from saite.iri import safe_href
from saite.language import direction, format_number, interface
from saite.render.names import Names
from saite.terms import BlankNode, Literal, NamedNode

SHOWN: Final = 1_000
"""Rows or triples that a page shows; the other forms have all."""


def boolean(value: bool, language: str) -> str:
    """The answer of ASK."""
    gettext = interface(language).gettext
    said = gettext("yes") if value else gettext("no")
    return f'<p class="verdict">{escape(said)}</p>\n'


def graph(turtle: str, count: int, language: str) -> str:
    """The answer of CONSTRUCT or DESCRIBE, as Turtle."""
    texts = interface(language)
    told = texts.ngettext("%(n)s triple", "%(n)s triples", min(count, SHOWN))
    return (
        f"<p>{escape(_told(told, count, language))}</p>\n"
        f'<pre class="query" tabindex="0"><code>{escape(turtle)}</code></pre>\n'
    )


def table(solutions: QuerySolutions, names: Names, base: str, language: str) -> str:
    """The answer of SELECT, as the first rows of a table.

    Args:
        solutions: the rows.
        names: shortens IRIs.
        base: IRIs below it are linked relative to the endpoint, so that they lead to this server.
        language: of the reader.
    """
    texts = interface(language)
    heads = [variable.value for variable in solutions.variables]
    rows = [[solution[head] for head in heads] for solution in islice(solutions, SHOWN + 1)]
    told = texts.ngettext("%(n)s row", "%(n)s rows", min(len(rows), SHOWN))
    lines = [
        '<div class="scroll" role="group" tabindex="0" aria-labelledby="answer">\n<table>\n',
        f"<caption>{escape(_told(told, len(rows), language))}</caption>\n<thead><tr>",
        *(f'<th scope="col">{escape(head)}</th>' for head in heads),
        "</tr></thead>\n<tbody>\n",
    ]
    for row in rows[:SHOWN]:
        lines += ("<tr>", *(f"<td>{''.join(_cell(term, names, base, language))}</td>" for term in row), "</tr>\n")
    lines.append("</tbody>\n</table>\n</div>\n")
    return "".join(lines)


def _told(count: str, found: int, language: str) -> str:
    told = count % {"n": format_number(min(found, SHOWN), language)}
    if found > SHOWN:
        return interface(language).gettext("The first %(count)s; a download has all") % {"count": told}
    return told


def _cell(term: object, names: Names, base: str, language: str) -> Iterator[str]:
    if isinstance(term, NamedNode):
        href = _href(term.value, base)
        shown = escape(names[term][0].strip("<>"))
        yield f'<a href="{escape(href)}" title="{escape(term.value)}">{shown}</a>' if href else shown
    elif isinstance(term, Literal):
        tag = term.language
        if tag:
            turned = f' dir="{direction(tag)}"' if direction(tag) != direction(language) else ""
            yield f'<span lang="{escape(tag)}"{turned}>{escape(term.value)}</span>'
        else:
            yield escape(term.value)
    elif isinstance(term, BlankNode):
        yield f"_:{escape(term.value)}"
    elif term is not None:
        yield escape(str(term))


def _href(iri: str, base: str) -> str:
    """Where an IRI leads: to this server if it is ours, "" if a click should lead nowhere."""
    if base.endswith("/") and iri.startswith(base):
        return "./" + iri[len(base) :]
    return safe_href(iri) or ""
