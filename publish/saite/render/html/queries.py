"""The query catalogue: each example query with what it asks, its text, its parameters and its answer."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from markupsafe import Markup, escape

from saite import language as languages
from saite.artifact import Artifact
from saite.render.html.edition import Edition, Entry
from saite.render.html.table import clean, element
from saite.render.html.values import Text, Values
from saite.render.table_names import of_query
from saite.site.model import Answer, QueryFile

DOCUMENT: Final = "queries"
"""The document of the catalogue."""

ASKING: Final = "query"
"""The document of the page on which readers ask queries of their own (:mod:`saite.render.html.asking`)."""

SPARQL: Final = "application/sparql-query"
"""Media type of a query (SPARQL 1.1 Protocol section 2.1)."""

_ROWS: Final = 100  # a page shows this many rows of an answer

_TOKENS: Final = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"\"\".*?\"\"\"|'''.*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<name>\w[\w.-]*:[\w.%-]*|:[\w][\w.%-]*)
    |(?P<word>[A-Za-z_]+)
    |(?P<number>\d+(?:\.\d+)?)""",
    re.VERBOSE | re.DOTALL,
)
_KEYWORDS: Final = frozenset(
    re.findall(
        r"\w+",
        """a add all as asc ask avg base bind bnode bound by ceil coalesce concat construct contains count datatype day
    desc describe distinct encode_for_uri exists false filter floor from graph group_concat group having hours if in
    iri isblank isiri isliteral isnumeric isuri lang langmatches lcase limit max md5 min minus minutes month named
    not now offset optional order prefix rand reduced regex replace round sameterm sample seconds select separator
    service sha1 sha256 sha384 sha512 silent str strafter strbefore strdt strends strlang strlen strstarts struuid
    substr sum timezone true tz ucase undef union uri uuid values where year""",
    )
)


def highlighted(text: str) -> Markup:
    """SPARQL with its kinds of tokens marked for the style sheet."""
    parts: list[Markup] = []
    end = 0
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup or ""
        if kind == "word":
            kind = "keyword" if match.group().lower() in _KEYWORDS else ""
        parts.append(escape(clean(text[end : match.start()])))
        shown = clean(match.group())
        parts.append(element("span", f' class="q-{kind}"', shown) if kind else escape(shown))
        end = match.end()
    parts.append(escape(clean(text[end:])))
    return Markup("").join(parts)


class QueryPages:
    """Makes the query catalogue in one language."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def pages(self) -> Iterator[Artifact]:
        """The catalogue and a page for each query."""
        edition = self._edition
        table = edition.table(DOCUMENT)
        title = edition.gettext("Queries")
        entries = [
            (table.wrap(*titled(query, edition)), table.href(f"{DOCUMENT}/{query.name}"), self._about(query, DOCUMENT))
            for query in edition.site.queries
        ]
        yield from edition.page(
            "queries.html",
            DOCUMENT,
            title,
            kind="CollectionPage",
            entry=DOCUMENT,
            title=title,
            entries=entries,
            asking=table.href(ASKING) if "dumps" in edition.site.config.formats else "",
            trail=edition.trail(DOCUMENT, None),
        )
        for query in edition.site.queries:
            yield from self._page(query)

    def documents(self) -> Iterator[str]:
        """The documents of :meth:`pages`."""
        yield DOCUMENT
        for query in self._edition.site.queries:
            yield f"{DOCUMENT}/{query.name}"

    def _chosen(self, texts: Mapping[str, str]) -> tuple[str, str] | None:
        return languages.choose(texts, self._edition.language, self._edition.site.config.languages)

    def _about(self, query: QueryFile, document: str) -> Text:
        found = self._chosen(query.descriptions)
        return self._edition.table(document).wrap(*found) if found else ""

    def _page(self, query: QueryFile) -> tuple[Artifact, ...]:
        edition = self._edition
        document = f"{DOCUMENT}/{query.name}"
        values = Values(edition, document)
        text, tag = titled(query, edition)
        about = self._chosen(query.descriptions)
        answer = query.answers.get(edition.language)
        shown = answer.rows[:_ROWS] if answer is not None else ()
        return edition.page(
            "query.html",
            document,
            text,
            summary=about[0] if about else "",
            entry=DOCUMENT,
            title=text,
            lang=values.table.lang(tag),
            about=self._about(query, document),
            parameters=[(name, kind, default) for name, (kind, default) in query.parameters.items()],
            text=highlighted(query.text),
            file=f"{query.name}.rq",
            asking=f"{values.table.href(ASKING)}#name={query.name}" if "dumps" in edition.site.config.formats else "",
            tables=[
                (name, values.table.file(path)) for name, path in of_query(query, edition.language, edition.site.config)
            ],
            variables=answer.variables if answer is not None else (),
            rows=[[values.term(term) if term is not None else "" for term in row] for row in shown],
            count=self._count(query, answer, len(shown)) if answer is not None else "",
            trail=edition.trail(document, through=Entry(DOCUMENT, edition.gettext("Queries"))),
        )

    def _count(self, query: QueryFile, answer: Answer, shown: int) -> str:
        """How many rows there are, and in which language they were asked for."""
        edition = self._edition
        count = counted(answer, shown, edition)
        spoken = [f"{name} = {edition.language}" for name, (kind, _) in query.parameters.items() if kind == "lang"]
        if spoken:
            count = edition.gettext("%(count)s; asked with %(values)s") % {"count": count, "values": ", ".join(spoken)}
        return count


def counted(answer: Answer, shown: int, edition: Edition) -> str:
    """How many rows there are, and of how many of them a page tells."""
    count = edition.ngettext("%(n)s row", "%(n)s rows", len(answer.rows))
    if answer.truncated:
        count = edition.gettext("more than %(count)s") % {"count": count}
    if len(answer.rows) > shown:
        count = edition.gettext("%(count)s, of which the first %(shown)s are shown") % {
            "count": count,
            "shown": edition.number(shown),
        }
    return count


def titled(query: QueryFile, edition: Edition) -> tuple[str, str]:
    """A query's title with its language; its name where it has none."""
    return languages.choose(query.titles, edition.language, edition.site.config.languages) or (query.name, "")


def query_files(queries: tuple[QueryFile, ...]) -> Iterator[Artifact]:
    """The queries themselves, to take away."""
    for query in queries:
        path = f"{DOCUMENT}/{query.name}.rq"
        yield Artifact(path, f"{SPARQL}; charset=utf-8", query.text.encode(), document=f"{DOCUMENT}/{query.name}")
