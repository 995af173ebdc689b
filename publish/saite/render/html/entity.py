"""The page of one resource: label, type, description, properties, folded nodes, what links here, data to take away."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from saite import language as languages
from saite.artifact import Artifact
from saite.namespaces import DCT, RDF
from saite.render.html.edition import Edition
from saite.render.html.extra import WHOLE_PAGES, Extras
from saite.render.html.folds import FoldView, make_fold
from saite.render.html.pager import Pager, make_pager
from saite.render.html.table import LIMIT, clean
from saite.render.html.values import NamedRow, Text, Values, description, plain
from saite.site.model import Backlinks, Resource, Row
from saite.terms import Literal, NamedNode, Term, Triple

_IS_REPLACED_BY: Final = NamedNode(DCT + "isReplacedBy")
_RDF_VALUE: Final = NamedNode(RDF + "value")
SHOWN_PARTS: Final = 1_000
"""How many parts of a hash document its page lists."""

_FEW_NAMES: Final = 3
"""Names in other languages that need not be folded away."""

_NOTHING: Final = Markup("")


@dataclass(slots=True)
class _Page:
    """What ``entity.html`` asks for."""

    label: str
    lang: Markup
    kinds: Markup
    naming: Markup
    description: list[Text]
    notice: Markup
    rows: list[NamedRow]
    tables: list[FoldView]
    deep: list[Text]
    parts: list[Text]
    extra: Markup
    backlinks: "list[_Group]"
    pager: Pager | None
    aside: Markup


@dataclass(frozen=True, slots=True)
class _Group:
    name: Markup
    total: str
    links: list[Text]


class EntityPages:
    """Makes the pages of resources in one language."""

    def __init__(self, edition: Edition, extras: Extras) -> None:
        config = edition.site.config
        self._edition = edition
        self._extras = extras
        self._template = edition.template("entity.html")
        self._translated = NamedNode(config.translated) if config.translated else None
        self._hidden = frozenset(NamedNode(iri) for iri in (*config.hide, config.translated) if iri)
        self._listed = {tag.lower() for tag in (*config.languages, *config.label_languages)}
        self._kinds: dict[tuple[int, tuple[NamedNode, ...]], Markup] = {}

    def pages(self, resource: Resource) -> Iterator[Artifact]:
        """The resource's page, and the further pages of what links to it."""
        edition, document = self._edition, resource.document
        text, tag = edition.site.labels.best(resource.node, edition.language)
        text = clean(text)
        values = Values(edition, document)
        lead = description(resource.rows)
        page = self._page(resource, values, text, tag, lead)
        kind = resource.types[0] if resource.types else None
        about = plain(lead, edition)[0] if lead else ""
        if not about and kind is not None:
            about = f"{text} ({values.table.text(kind)[0]})"
        html = self._template.render(
            page=page,
            trail=edition.trail(document, kind),
            frame=edition.frame(document, text, clean(about), data=True),
        )
        yield from edition.artifacts(document, html, resource.modified)
        for number, groups in enumerate(resource.backlink_pages, 2):
            yield from self._links_page(resource, text, number, groups)

    def _page(self, resource: Resource, values: Values, text: str, tag: str, lead: Row | None) -> _Page:
        edition = self._edition
        hidden = self._hidden
        rows: list[NamedRow] = [
            (values.property(row.property), values.values(row))
            for row in resource.rows
            if row is not lead and row.property not in hidden
        ]
        pages = 1 + len(resource.backlink_pages)
        return _Page(
            label=text,
            lang=values.table.lang(tag),
            kinds=self._kinds_of(resource, values),
            naming=self._naming(resource, values, text, tag),
            description=values.values(lead) if lead else [],
            notice=self._notice(resource, values) if resource.deprecated else _NOTHING,
            rows=rows,
            tables=[make_fold(table, f"{n}", values, hidden) for n, table in enumerate(resource.tables, 1)],
            deep=[values.value(value, _RDF_VALUE) for value in resource.deep],
            parts=self._parts(resource, values),
            extra=self._extras.of(resource),
            backlinks=self._groups(resource.backlinks, values) if resource.backlinks else [],
            pager=self._pager(resource, 1, values) if pages > 1 else None,
            aside=edition.aside(resource.document, resource.node),
        )

    def _kinds_of(self, resource: Resource, values: Values) -> Markup:
        key = (resource.document.count("/"), resource.types)
        found = self._kinds.get(key)
        if found is None:
            if len(self._kinds) >= LIMIT:
                self._kinds.clear()
            by_name = {values.table.name(node): values.table.link(node) for node in reversed(resource.types)}
            found = self._kinds[key] = Markup(", ").join(reversed(by_name.values()))
        return found

    def _naming(self, resource: Resource, values: Values, text: str, tag: str) -> Markup:
        """Names in other languages, which of them are our translations, and who says that this is the name.

        Where the settings name no languages of labels, all that the data have: those beyond the site's own are
        folded away if they are many.
        """
        edition = self._edition
        ours = self._translations(resource) if self._translated is not None else frozenset()
        labels = edition.site.labels.all(resource.node)
        names = sorted((other, name) for other, name in labels.items() if other != tag and (other or name != text))
        known = [one for one in names if not one[0] or one[0].lower() in self._listed]
        rest = [] if edition.site.config.label_languages else [one for one in names if one not in known]
        if len(known) + len(rest) <= _FEW_NAMES:
            known, rest = sorted([*known, *rest]), []
        translated = bool(ours) and bool(tag) and Literal(text, language=tag) in ours
        if not known and not rest and not translated and not resource.label_provenance:
            return _NOTHING
        source: Text = ""
        if resource.label_provenance:
            source = values.provenance(resource.label_provenance, text, edition.gettext("Source of the name"))
        shown, folded = (self._named(some, values, ours) for some in (known, rest))
        return edition.part("naming", shown, folded, translated, source)

    def _named(
        self, names: Sequence[tuple[str, str]], values: Values, ours: Collection[Term | Triple]
    ) -> list[tuple[str, Markup, str, bool]]:
        """Names with what their languages are called, and whether they are our translation."""
        reader = self._edition.interface.language
        return [
            (
                languages.language_name(tag, reader) if tag else "",
                values.table.lang(tag),
                clean(name),
                Literal(name, language=tag or None) in ours,
            )
            for tag, name in names
        ]

    def _translations(self, resource: Resource) -> frozenset[Term | Triple]:
        """The names that are our own translation; from the triples, since the property may be hidden."""
        node, ours = resource.node, self._translated
        return frozenset(t.object for t in resource.triples if t.predicate == ours and t.subject == node)

    def _parts(self, resource: Resource, values: Values) -> list[Text]:
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
            table = values.table
            subjects = tuple(sorted(subjects, key=lambda node: (*table.key(node), node.value)))
        return [values.term(subject) for subject in subjects]

    def _pager(self, resource: Resource, current: int, values: Values) -> Pager:
        def document(number: int) -> str:
            return resource.document if number == 1 else f"{resource.document}~links-{number}"

        return make_pager(current, 1 + len(resource.backlink_pages), document, values.table)

    def _links_page(
        self, resource: Resource, text: str, number: int, groups: Sequence[Backlinks]
    ) -> tuple[Artifact, ...]:
        edition = self._edition
        document = f"{resource.document}~links-{number}"
        values = Values(edition, document)
        title = edition.gettext("%(name)s: what links here, page %(n)s") % {"name": text, "n": number}
        html = edition.template("links.html").render(
            trail=edition.trail(document, resource.types[0] if resource.types else None),
            name=values.table.name(resource.node),
            home=values.table.href(resource.document),
            groups=self._groups(groups, values),
            pager=self._pager(resource, number, values),
            frame=edition.frame(document, title),
        )
        return edition.artifacts(document, html, resource.modified)
