"""The page of one resource: label, type, description, properties, folded nodes, what links here, data to take away."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from markupsafe import Markup

from saite.artifact import Artifact
from saite.namespaces import DCT, RDF
from saite.render.citing import Citing
from saite.render.html.citation import CitationBlocks
from saite.render.html.edition import Edition, Sheet
from saite.render.html.extra import WHOLE_PAGES, Extras
from saite.render.html.folds import make_fold
from saite.render.html.forms import Forms
from saite.render.html.gist import gist
from saite.render.html.naming import Namer
from saite.render.html.pager import Pager, make_pager
from saite.render.html.signposts import Signposts
from saite.render.html.table import clean
from saite.render.html.things import Things
from saite.render.html.values import NamedRow, Text, Values, description, plain
from saite.render.html.views.blocks import Blocks
from saite.render.names import CACHED
from saite.site.model import Backlinks, Resource, Row
from saite.terms import NamedNode

_IS_REPLACED_BY: Final = NamedNode(DCT + "isReplacedBy")
_RDF_VALUE: Final = NamedNode(RDF + "value")
_BRIEF: Final = 25
"""Characters of a description that says too little to stand without the name."""
SHOWN_PARTS: Final = 1_000
"""How many parts of a hash document its page lists."""


class _Group(NamedTuple):
    """What links here by one property, ready for a template."""

    name: Markup
    total: str
    links: list[Text]


class EntityPages:
    """Makes the pages of resources in one language."""

    def __init__(self, edition: Edition, extras: Extras, signposts: Signposts, citing: Citing, things: Things) -> None:
        config = edition.site.config
        self._edition = edition
        self._extras = extras
        self._signposts = signposts
        self._citations = CitationBlocks(edition, citing)
        self._things = things
        self._namer = Namer(edition)
        self._blocks = Blocks(edition)
        self._hidden = frozenset(NamedNode(iri) for iri in (*config.hide, config.translated) if iri)
        self._kinds: dict[tuple[int, tuple[NamedNode, ...]], Markup] = {}

    def pages(self, resource: Resource, forms: Callable[[], Forms]) -> Iterator[Artifact]:
        """The resource's page, which offers some RDF forms, and the further pages of what links to it."""
        for _, make in self._sheets(resource, forms):
            yield from make()

    def promises(self, resource: Resource, forms: Callable[[], Forms]) -> Iterator[Artifact]:
        """The same, each page to be made when it is asked for."""
        for document, make in self._sheets(resource, forms):
            yield from self._edition.promised(document, make, resource.modified)

    def _sheets(self, resource: Resource, forms: Callable[[], Forms]) -> Iterator[Sheet]:
        yield resource.document, partial(self._page, resource, forms)
        for number in range(2, 2 + len(resource.backlink_pages)):
            yield _links_document(resource, number), partial(self._links_page, resource, number)

    def _page(self, resource: Resource, forms: Callable[[], Forms]) -> tuple[Artifact, ...]:
        edition, document, offered = self._edition, resource.document, forms()
        hidden = self._hidden
        values = Values(edition, document)
        text, tag = edition.site.labels.best(resource.node, edition.language)
        text = clean(text)
        kind = resource.types[0] if resource.types else None
        lead = description(resource.rows)
        shown = values.values(lead) if lead else []
        about = self._about(lead, shown) if lead else ""
        if len(about) < _BRIEF:
            called = clean(f"{text} ({values.table.text(kind)[0]})") if kind is not None else text
            facts = about or gist((row for row in resource.rows if row.property not in hidden), edition)
            about = f"{called}. {facts or edition.about}"
        rows: list[NamedRow] = [
            (values.property(row.property), values.values(row))
            for row in resource.rows
            if row is not lead and row.property not in hidden
        ]
        return edition.page(
            "entity.html",
            document,
            text,
            summary=about,
            offered=offered,
            modified=resource.modified,
            signposts=self._signposts.of(resource, values.table, edition.language),
            trail=edition.trail(document, kind),
            thing=self._things.thing(resource, edition.language, edition.address(document)),
            kinds=self._kinds_of(resource, values),
            lang=values.table.lang(tag),
            label=text,
            naming=self._namer.of(resource, values, text, tag),
            description=shown,
            notice=self._notice(resource, values) if resource.deprecated else "",
            rows=rows,
            top=self._blocks.about(resource.node, "top", values),
            stories=self._blocks.about(resource.node, "page", values),
            tables=[make_fold(table, f"{n}", values, hidden) for n, table in enumerate(resource.tables, 1)],
            deep=[values.value(value, _RDF_VALUE) for value in resource.deep],
            extra=self._extras.of(resource),
            members=self._members(resource, values),
            backlinks=self._groups(resource.backlinks, values),
            pager=self._pager(resource, 1, values) if resource.backlink_pages else None,
            aside=edition.aside(document, resource.node, offered, self._citations.of(resource, values.table)),
        )

    def _about(self, lead: Row, shown: Sequence[Text]) -> str:
        """What search engines show: the description's first text as the page has it, if that is a text and no more."""
        if type(shown[0]) is str:
            return shown[0]
        return clean(plain(lead, self._edition)[0])

    def _kinds_of(self, resource: Resource, values: Values) -> Markup:
        key = (resource.document.count("/"), resource.types)
        found = self._kinds.get(key)
        if found is None:
            if len(self._kinds) >= CACHED:
                self._kinds.clear()
            by_name = {values.table.name(node): values.table.link(node) for node in reversed(resource.types)}
            found = self._kinds[key] = Markup(", ").join(reversed(by_name.values()))
        return found

    def _members(self, resource: Resource, values: Values) -> list[Text]:
        """Links to what else this document describes: the terms of a hash namespace."""
        if not resource.parts or resource.document in WHOLE_PAGES:
            return []
        links: list[Text] = [values.term(node) for node in resource.parts[:SHOWN_PARTS]]
        more = len(resource.parts) - SHOWN_PARTS
        if more > 0:
            links.append(self._edition.ngettext("and %(n)s more", "and %(n)s more", more))
        return links

    def _notice(self, resource: Resource, values: Values) -> Markup:
        successors = [
            values.term(value.term) for row in resource.rows if row.property == _IS_REPLACED_BY for value in row.values
        ]
        return self._edition.part("deprecated", successors)

    def _groups(self, groups: Sequence[Backlinks], values: Values) -> list[_Group]:
        return [
            _Group(
                values.property(group.property),
                self._edition.number(group.total),
                self._links(group, values),
            )
            for group in groups
        ]

    def _links(self, group: Backlinks, values: Values) -> list[Text]:
        """Links to the subjects, by the language's alphabet where all of them stand on one page."""
        subjects = group.subjects
        if 1 < len(subjects) == group.total:
            subjects = tuple(sorted(subjects, key=self._edition.key))
        return [values.term(subject) for subject in subjects]

    def _pager(self, resource: Resource, current: int, values: Values) -> Pager:
        def document(number: int) -> str:
            return resource.document if number == 1 else _links_document(resource, number)

        return make_pager(current, 1 + len(resource.backlink_pages), document, values.table)

    def _links_page(self, resource: Resource, number: int) -> tuple[Artifact, ...]:
        edition = self._edition
        document = _links_document(resource, number)
        text = clean(edition.site.labels.best(resource.node, edition.language)[0])
        values = Values(edition, document)
        title = edition.gettext("%(name)s: what links here, page %(n)s") % {"name": text, "n": number}
        return edition.page(
            "links.html",
            document,
            title,
            modified=resource.modified,
            trail=edition.trail(document, resource.types[0] if resource.types else None),
            name=values.table.name(resource.node),
            home=values.table.href(resource.document),
            groups=self._groups(resource.backlink_pages[number - 2], values),
            pager=self._pager(resource, number, values),
        )


def _links_document(resource: Resource, number: int) -> str:
    return f"{resource.document}~links-{number}"
