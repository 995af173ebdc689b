"""The long vocabulary page: classes and properties as trees, each with meaning, use, examples, alignments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from markupsafe import Markup, escape

from saite.namespaces import OWL, RDFS
from saite.render.html.edition import Edition
from saite.render.html.table import clean, element
from saite.render.html.tree import Branch, make_tree
from saite.render.html.values import NamedRow, Text, Values, definition, description
from saite.site.model import Site, TermUse
from saite.terms import NamedNode

DOCUMENT: Final = "def"
"""The document of the long page."""

_LONGEST: Final = 300  # with more terms than this, the page is a tree of links and the terms' own pages say the rest
_LEFT_OUT: Final = frozenset((NamedNode(RDFS + "isDefinedBy"), NamedNode(OWL + "versionInfo")))


@dataclass(frozen=True, slots=True)
class Section:
    """What the long page says of one term."""

    id: str
    name: Markup
    kinds: list[Text]
    iri: str
    definition: list[Text]
    rows: list[NamedRow]
    use: Markup


class Vocabulary:
    """The terms of a site: those with a page here, and those that the data borrows from elsewhere."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @cached_property
    def classes(self) -> Mapping[NamedNode, TermUse]:
        """The classes with a page here."""
        return self._with_page(self._site.classes)

    @cached_property
    def properties(self) -> Mapping[NamedNode, TermUse]:
        """The properties with a page here."""
        return self._with_page(self._site.properties)

    @cached_property
    def borrowed(self) -> Mapping[NamedNode, TermUse]:
        """Classes and properties of other vocabularies that the data uses."""
        both = {**self._site.classes, **self._site.properties}
        return {node: use for node, use in both.items() if self._site.addresses.document(node) is None and use.count}

    def _with_page(self, terms: Mapping[NamedNode, TermUse]) -> Mapping[NamedNode, TermUse]:
        return {node: use for node, use in terms.items() if self._site.addresses.document(node) is not None}


def make_use(edition: Edition, document: str, node: NamedNode, use: TermUse) -> Markup:
    """How often a term is used, with examples and the way to all of them."""
    table = edition.table(document)
    listing = edition.listing(node)
    markup = edition.part(
        "use",
        edition.ngettext("used %(n)s time in the data", "used %(n)s times in the data", use.count) if use.count else "",
        table.href(listing.document) if listing else "",
        [table.link(example) for example in use.examples],
    )
    return markup


class VocabularyPage:
    """Makes the content of the long page in one language."""

    def __init__(self, edition: Edition, vocabulary: Vocabulary) -> None:
        self._edition = edition
        self._vocabulary = vocabulary

    def content(self) -> Markup:
        """The trees, the terms and the borrowed terms."""
        vocabulary = self._vocabulary
        values = Values(self._edition, DOCUMENT, brief=True)
        brief = len(vocabulary.classes) + len(vocabulary.properties) > _LONGEST
        groups = []
        for key, name, terms in (
            ("classes", self._edition.gettext("Classes"), vocabulary.classes),
            ("properties", self._edition.gettext("Properties"), vocabulary.properties),
        ):
            ordered = self._ordered(terms)
            sections = [] if brief else [self._section(node, terms[node], values) for node in ordered]
            groups.append((key, name, self._tree(ordered, terms, values, brief), sections))
        borrowed = vocabulary.borrowed
        return self._edition.render(
            "vocabulary.html",
            groups=[group for group in groups if group[2]],
            borrowed=[
                (values.table.link(node), self._edition.number(borrowed[node].count))
                for node in self._ordered(borrowed)
            ],
        )

    def _ordered(self, terms: Iterable[NamedNode]) -> list[NamedNode]:
        return sorted(terms, key=self._edition.key)

    def _tree(
        self, ordered: Sequence[NamedNode], terms: Mapping[NamedNode, TermUse], values: Values, brief: bool
    ) -> tuple[Branch, ...]:
        def make(node: NamedNode) -> tuple[Markup, str]:
            name = values.table.link(node) if brief else self._local(node, values)
            return name, self._edition.number(terms[node].count) if terms[node].count else ""

        return make_tree(ordered, self._edition.site.hierarchy, make)

    def _local(self, node: NamedNode, values: Values) -> Markup:
        title = escape(definition(self._edition, node))
        return element("a", f' href="#{escape(self._anchor(node))}" title="{title}"', values.table.name(node))

    def _anchor(self, node: NamedNode) -> str:
        """The term's fragment or last step, so that a hash IRI finds its section on a plain file host."""
        document = self._edition.site.addresses.document(node) or ""
        return document.rpartition("/")[2] or document

    def _section(self, node: NamedNode, use: TermUse, values: Values) -> Section:
        resource = self._edition.site.resource(node)
        rows = resource.rows if resource else ()
        lead = description(rows)
        return Section(
            id=values.once(self._anchor(node)),
            name=values.table.link(node),
            kinds=[values.table.name(kind) for kind in (resource.types if resource else ())],
            iri=clean(node.value),
            definition=values.values(lead) if lead else [],
            rows=values.rows(row for row in rows if row is not lead and row.property not in _LEFT_OUT),
            use=make_use(self._edition, DOCUMENT, node, use),
        )
