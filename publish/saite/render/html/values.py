"""Values and properties as markup: links, literals, nested nodes, lists, and who says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from saite import language as languages
from saite.namespaces import DESCRIPTION_PROPERTIES, XSD_STRING
from saite.render.html.edition import Edition
from saite.render.html.literals import typed
from saite.render.html.table import clean, element
from saite.render.html.wrapping import unwrapped
from saite.render.names import CACHED
from saite.site.model import Provenance, Row, Value
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term

SHOWN: Final = 30
"""How many values of one property stand open; the rest can be unfolded."""

LONGEST: Final = 5_000
"""Characters of a literal that a page shows; the data files have all of it."""

Text = str | Markup
"""What a template may be given: a plain text is escaped there, markup is not."""

NamedRow = tuple[Text, list[Text]]
"""A property's name and its values, ready for a template."""


@dataclass(frozen=True, slots=True)
class Source:
    """A statement behind a value, or several that say the same of several values, ready for a template.

    Attributes:
        anchors: the fragments of the statements.
        cite: where the source is; the quotes come from there.
        quotes: its words, each with a ``lang`` attribute where it is needed.
        found: where a reader finds the words on the web; "" if nobody knows.
        iri: the permanent address of the statement; "" if it has none.
        marked: whether the value needs a mark in place.
    """

    anchors: tuple[str, ...]
    cite: str
    quotes: list[tuple[str, Markup]]
    found: str
    iri: Text
    paraphrases: list[Text]
    links: list[Text]
    status: Text
    stated: Text
    accepted: Text
    notes: list[Text]
    rows: list[NamedRow]
    marked: bool


def description(rows: Iterable[Row]) -> Row | None:
    """The row that describes a resource in a paragraph, if it has one."""
    found = [row for row in rows if row[0] in _DESCRIBING]
    return min(found, key=lambda row: _DESCRIBING[row.property]) if found else None


_DESCRIBING: Final = {node: rank for rank, node in reversed([*enumerate(DESCRIPTION_PROPERTIES)])}


def plain(row: Row, edition: Edition) -> tuple[str, str]:
    """The text of a row's literals in the reader's language, with its tag; ("", "") if it has none."""
    texts: dict[str, str] = {}
    for term, *_ in row.values:
        if type(term) is Literal:
            tag = term.language or ""
            if tag == edition.language:
                return term.value, tag
            texts.setdefault(tag, term.value)
    return languages.choose(texts, edition.language, edition.site.config.languages) or ("", "")


def merged(sources: Iterable[Source]) -> list[Source]:
    """Sources of several values, each account told once: statements of one sentence about who, where and when."""
    found: dict[str, Source] = {}
    for source in sources:
        stated = source.stated if source.marked else ""
        key = repr(replace(source, anchors=(), iri="", stated=stated))
        first = found.get(key)
        found[key] = source if first is None else replace(first, anchors=first.anchors + source.anchors)
    return list(found.values())


def definition(edition: Edition, node: NamedNode) -> str:
    """What a class or property means, in the reader's language where there is such a text; kept per edition."""
    kept = edition.definitions
    found = kept.get(node)
    if found is None:
        resource = edition.site.resource(node)
        row = description(resource.rows) if resource else None
        found = kept[node] = clean(plain(row, edition)[0]) if row else ""
    return found


class Values:
    """Makes the values of one page; knows which fragments the page has already.

    Args:
        edition: the site in the page's language.
        document: the page.
        brief: leave out texts in other languages than the one that serves the reader best.
    """

    def __init__(self, edition: Edition, document: str, *, brief: bool = False) -> None:
        self.edition = edition
        self._brief = brief
        self.table = edition.table(document)
        self._link = self.table.link
        self._document = document
        self._own = edition.interface.language.lower()
        self._anchors: set[str] = set()

    def rows(self, rows: Iterable[Row]) -> list[NamedRow]:
        """Properties with their values."""
        return [(self.property(row.property), self.values(row)) for row in rows]

    def property(self, node: NamedNode) -> Markup:
        """A property's name, with its definition at hand and a link to its page."""
        kept = self.table.properties
        found = kept.get(node)
        if found is None:
            text = definition(self.edition, node) or node.value
            label, tag = self.table.text(node)
            address = "" if self.table.outside(node) else self.table.address(node)
            found = kept[node] = self.edition.part("property", clean(label), self.table.lang(tag), address, text)
        return found

    def values(self, row: Row) -> list[Text]:
        """The values of one property, those in the reader's language first."""
        values = row.values
        if len(values) == 1 and not row.provenance:
            return [self.value(values[0], row.property)]
        shown, others = self._by_language(values) if len(values) > 1 else (values, ())
        result: list[Text] = [self.value(value, row.property) for value in shown[:SHOWN]]
        if len(shown) > SHOWN:
            result.append(self.edition.part("more", [self.value(value, row.property) for value in shown[SHOWN:]]))
        if others and not self._brief:
            result.append(self.edition.part("others", [self.value(value, row.property) for value in others]))
        if row.provenance:
            result.append(self._unpublished(row))
        return result

    def bare(self, row: Row, said: dict[Subject, Provenance]) -> list[Text]:
        """The values of one property with marks but without sources, which are added to what was said so far."""
        shown, others = self._by_language(row.values)
        for value in row.values:
            said.update({statement.node: statement for statement in value.provenance})
        said.update({statement.node: statement for statement in row.provenance})
        result: list[Text] = []
        for value in (*shown, *others)[:SHOWN]:
            one = self.value(Value(value.term, value.rows, value.items, value.repeated), row.property)
            statuses = [p.status for p in value.provenance if p.status is not None and self.marked(p)]
            names = [self.table.name(status) for status in dict.fromkeys(statuses)]
            result.append(self.edition.part("badged", one, names) if names else one)
        return result

    def value(self, value: Value, of: NamedNode) -> Text:
        """One value with its sources."""
        term, _, items, _, provenance = value
        if items is not None:
            anchor = self.once(f"b-{term.value}") if type(term) is BlankNode else ""
            shown: Text = self.edition.part("sequence", anchor, [self.value(item, of) for item in items])
        elif type(term) is NamedNode:
            shown = self._link(term)
        elif type(term) is Literal:
            shown = self.literal(term)
        else:
            shown = self._blank(term, value)
        return self._sourced(shown, value, of) if provenance else shown

    def term(self, term: Term) -> Text:
        """A term by itself."""
        if type(term) is NamedNode:
            return self._link(term)
        if type(term) is Literal:
            return self.literal(term)
        return element("span", ' class="blank"', self.edition.gettext("unnamed node"))

    def literal(self, literal: Literal) -> Text:
        """A literal: text with its language, date, number, or whatever its datatype says."""
        tag = literal.language
        if tag is None and literal.datatype != XSD_STRING:
            return self._typed(literal)
        text = self._text(literal.value)
        if tag is None or tag == self._own:
            return text
        attributes = self.table.lang(tag)
        return element("span", attributes, text) if attributes else text

    def provenance(self, statements: Sequence[Provenance], of: Text, label: str) -> Markup:
        """A folded account of who says so.

        Args:
            statements: the statements.
            of: what they speak of, for those who hear the page and not see it.
            label: how the fold is called; "" for "Source" or "2 sources".
        """
        return self.edition.part("sources", [self.source(p) for p in statements], of, label)

    def source(self, statement: Provenance) -> Source:
        """A statement, ready for a template."""
        stated, accepted, status = statement.stated, statement.accepted, statement.status
        first = statement.sources[0] if statement.sources else None
        return Source(
            anchors=(anchor,) if (anchor := self.anchor(statement.node)) else (),
            cite=self.table.address(first) if first is not None else "",
            quotes=[(clean(q.value), self.table.lang(q.language or "")) for q in statement.quotes],
            found=self.edition.quoted_at(statement),
            iri=self.table.external(statement.node.value) if isinstance(statement.node, NamedNode) else "",
            paraphrases=[self.literal(p) for p in self._chosen(statement.paraphrases)],
            links=[self.table.link(node) for node in statement.sources],
            status=self.table.name(status) if status is not None else "",
            stated=self.term(stated) if stated is not None else "",
            accepted=self.term(accepted) if accepted is not None else "",
            notes=[self.literal(note) for note in self._chosen(statement.notes)],
            rows=self.rows(row for row in statement.rest if row.property != self.edition.position),
            marked=self.marked(statement),
        )

    def marked(self, statement: Provenance) -> bool:
        """Whether a statement's value needs a mark in place: corrected, disputed, inferred ...

        ``[statements] plain`` names the statuses that need none; without it, a note or an accepted value marks.
        """
        settings = self.edition.site.config.statements
        if settings is not None and settings.plain:
            return statement.status is not None and statement.status.value not in settings.plain
        return bool(statement.notes) or (statement.accepted is not None and statement.accepted != statement.stated)

    def anchor(self, node: Subject) -> str:
        """The fragment at which this page shows a folded node; "" if it was shown before, or belongs elsewhere."""
        document = self.edition.site.addresses.document(node)
        path, _, fragment = (document or "").partition("#")
        return self.once(fragment) if fragment and path == self._document.partition("~")[0] else ""

    def once(self, anchor: str) -> str:
        """An anchor at its first use on this page, "" after that."""
        if anchor in self._anchors:
            return ""
        self._anchors.add(anchor)
        return anchor

    def _sourced(self, shown: Text, value: Value, of: NamedNode) -> Markup:
        statements = value.provenance
        vouching = [node for p in statements if not self.marked(p) for node in p.sources]
        links = [self.table.link(node) for node in dict.fromkeys(vouching)]
        return self.edition.part("sourced", shown, [self.source(p) for p in statements], links, self.table.name(of))

    def _typed(self, literal: Literal) -> Text:
        kept = self.edition.typed
        found = kept.get(literal)
        if found is None:
            found = typed(literal, self.edition, self.table)
            if found is None:
                found = self.edition.part("typed", self._text(literal.value), self.table.name(literal.datatype))
            if len(kept) < CACHED:
                kept[literal] = found
        return found

    def _unpublished(self, row: Row) -> Markup:
        sources = [self.source(p) for p in row.provenance]
        return self.edition.part("unpublished", sources, self.table.name(row.property))

    def _blank(self, node: BlankNode, value: Value) -> Markup:
        anchor = f"b-{node.value}"
        if value.repeated:
            return self.edition.part("repeated", anchor)
        if not value.rows:
            return element("span", ' class="blank"', self.edition.gettext("unnamed node"))
        anchor = self.once(anchor)
        return self.edition.part("nested", anchor, self.rows(value.rows))

    def _by_language(self, values: Sequence[Value]) -> tuple[Sequence[Value], Sequence[Value]]:
        tags = {v.term.language: "" for v in values if type(v.term) is Literal and v.term.language}
        if len(tags) < 2:
            return values, ()
        best = languages.choose(tags, self.edition.language, self.edition.site.config.languages)
        assert best is not None
        shown: list[Value] = []
        others: list[Value] = []
        for value in values:
            other = type(value.term) is Literal and value.term.language not in (None, best[1])
            (others if other else shown).append(value)
        return shown, others

    def _chosen(self, literals: Sequence[Literal]) -> list[Literal]:
        """The literals in the one language that serves the reader best."""
        best = languages.choose(
            {one.language or "": "" for one in literals}, self.edition.language, self.edition.site.config.languages
        )
        return [one for one in literals if best is not None and (one.language or "") == best[1]]

    def _text(self, text: str) -> Text:
        """A text as it is; with the line breaks that are its own, and cut where it is very long."""
        if len(text) > LONGEST:
            return self.edition.part("cut", unwrapped(clean(text[:LONGEST])), len(text))
        text = clean(text)
        return element("span", ' class="text"', unwrapped(text)) if "\n" in text else text
