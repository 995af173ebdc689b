"""The site in one language: its texts, its templates, its label tables and the frame around every page."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup, escape

from saite import language as languages
from saite.artifact import HTML, Artifact
from saite.fragment import to_words
from saite.iri import quoted, safe_href
from saite.render.facets import PAGE
from saite.render.html.block import breadcrumbs, encoded, script
from saite.render.html.environment import compiled, know, make_environment
from saite.render.html.forms import Forms
from saite.render.html.layout import BLOCK, CONTENT, DESCRIPTION, DOCUMENT, NAME, SIGNPOSTS, STEM, TITLE, Cut, Layout
from saite.render.html.table import (
    Table,
    clean,
    ending,
    escaped,
    lang_attributes,
    ready,
    shortened,
    site_root,
)
from saite.render.html.theme import TOKENS, folder, told
from saite.render.names import Kept
from saite.render.subject import subject
from saite.signposting import LINKSETS
from saite.site.model import Labels, Listing, Provenance, Site
from saite.terms import Literal, NamedNode, Subject

Sheet = tuple[str, Callable[[], tuple[Artifact, ...]]]
"""A page that is yet to be made: its document, and what makes its files."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the site's menu: the document it leads to and what it is called."""

    document: str
    name: str


@dataclass(frozen=True, slots=True)
class Trail:
    """The way to a page from the front page.

    Attributes:
        markup: as pages show it.
        crumbs: in the words of schema.org, as JSON: what stands around a page's own title.
    """

    markup: Markup
    crumbs: tuple[str, str]

    def __html__(self) -> str:
        """Templates put it out as markup."""
        return self.markup


class Edition:
    """The site in one language.

    Attributes:
        language: tag of the pages' language; ``interface.language`` is that of the texts around the content.
        ending: what follows a document in the name of its page.
        root: where the documents are served, "" where the settings do not say.
        key: orders terms by their labels in the language's alphabet; no two terms have the same key.
        typed: literals of datatypes, as they were made.
        definitions: what properties and classes mean, as far as a page asked.
        orders: the order of listings with several pages, by their documents, as it was when somebody noted it: places
            in their members.
    """

    def __init__(self, site: Site, language: str, menu: Sequence[Entry], small_print: Sequence[Entry]) -> None:
        self.site = site
        self.language = language
        self.interface = languages.interface(language)
        self.gettext = self.interface.gettext
        self.ending = ending(site.config, language)
        self.root = site_root(site.config)
        self._theme = folder(site.config)
        self._menu = tuple(menu)
        self._small_print = tuple(small_print)
        self._tables: dict[int, Table] = {}
        self._layouts: dict[tuple[str, int, Forms, str, bool], Layout] = {}
        self._trails: dict[tuple[int, NamedNode | None, Entry | None], Trail] = {}
        self._asides: dict[tuple[int, Forms], Cut] = {}
        self.key = Kept(self._make_key).__getitem__
        self._page_of = Kept(self._find_page)
        self.typed: dict[Literal, Markup] = {}
        self.definitions: dict[NamedNode, str] = {}
        self._listings = {listing.node: listing for listing in site.listings}
        self.orders: Mapping[str, Sequence[int]] = {}

    @cached_property
    def subject(self) -> NamedNode | None:
        """The node that describes the whole site, if there is one."""
        return subject(self.site)

    @cached_property
    def title(self) -> str:
        """The site's title; without one in the settings, the name of what describes the whole, else the base IRI."""
        return self._titled[0]

    @cached_property
    def title_lang(self) -> Markup:
        """`` lang="..."`` where the title is not in the language of the pages."""
        return lang_attributes(self._titled[1], self.interface.language)

    @cached_property
    def _titled(self) -> tuple[str, str]:
        """The title with the tag of its language."""
        chosen = languages.choose(self.site.config.title, self.language, self.site.config.languages)
        if chosen:
            return chosen
        if self.subject is not None:
            text, tag = self.site.labels.best(self.subject, self.language)
            return clean(text), tag
        return self.site.base.partition("://")[2].strip("/#") or self.gettext("Linked data"), ""

    @cached_property
    def _environment(self) -> Environment:
        environment = make_environment(self.interface, self._theme)
        environment.globals["edition"] = self
        environment.globals["parts"] = environment.get_template("parts.html").module
        return environment

    def notes(self) -> tuple[bytes, Mapping[str, Sequence[int]]]:
        """What it takes long to find out: the code of templates, and the orders of long listings."""
        orders = {}
        for one in self.site.listings:
            if len(one.members) > PAGE:
                keys = [self.key_by(node, self.site.labels) for node in one.members]
                orders[one.document] = array("I", sorted(range(len(keys)), key=keys.__getitem__))
        return compiled(self._environment), orders

    def recall(self, notes: tuple[bytes, Mapping[str, Sequence[int]]]) -> None:
        """Have it again."""
        code, self.orders = notes
        know(code)

    def template(self, name: str) -> Template:
        """A template of the theme, compiled in this language."""
        return self._environment.get_template(name)

    def render(self, name: str, **values: object) -> Markup:
        """A fragment made by a template."""
        return Markup(self.template(name).render(values))  # noqa: S704  (a template escapes what it is given)

    def part(self, name: str, *values: object) -> Markup:
        """What a macro of ``parts.html`` makes of some values."""
        markup: Markup = getattr(self._parts, name)(*values)
        return markup

    @cached_property
    def _parts(self) -> Any:
        return self._environment.globals["parts"]

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """A counted text with its number, written as the language writes numbers, in place of ``%(n)s``."""
        return self.interface.ngettext(singular, plural, number) % {"n": self.number(number)}

    def number(self, number: int | str) -> str:
        """A number as the language writes it."""
        return languages.format_number(number, self.interface.language)

    def size(self, length: int) -> str:
        """A number of bytes as people write it."""
        for unit, bytes_ in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
            if length >= bytes_:
                return f"{self.number(f'{length / bytes_:.1f}')} {unit}"
        return f"{self.number(length)} B"

    def table(self, document: str) -> Table:
        """The labels and links for a document's folder."""
        depth = document.count("/")
        found = self._tables.get(depth)
        if found is None:
            found = self._tables[depth] = Table(self.site, self.language, self.interface.language, depth)
        return found

    def _make_key(self, node: Subject) -> tuple[str, str, str, str]:
        return self.key_by(node, self.site.labels)

    def key_by(self, node: Subject, labels: Labels) -> tuple[str, str, str, str]:
        """What :attr:`key` is with these labels."""
        return (*languages.sort_key(labels.best(node, self.language)[0], self.language), node.value)

    @cached_property
    def position(self) -> NamedNode | None:
        """The property that tells which occurrence a quote is, if the settings name one."""
        settings = self.site.config.statements
        return NamedNode(settings.position) if settings is not None and settings.position else None

    def quoted_at(self, statement: Provenance) -> str:
        """Where the words of a statement stand on the web; "" if nobody knows where its source is.

        Browsers look for the first occurrence of words: of another one, the page alone is told.
        """
        page = next((found for source in statement.sources if (found := self._page_of[source])), "")
        if not page or not statement.quotes:
            return page
        place = next((row.values[0].term.value for row in statement.rest if row.property == self.position), "1")
        return to_words(page, statement.quotes[0].value) if place == "1" else page

    def _find_page(self, source: NamedNode) -> str:
        settings = self.site.config.statements
        if settings is None or not settings.page:
            return ""
        nodes = (quad.object for quad in self.site.quads(source, NamedNode(settings.page)))
        found = (node.value for node in nodes if isinstance(node, NamedNode) and safe_href(node.value))
        return min(found, default="")

    def several(self, node: NamedNode) -> tuple[str, str]:
        """What several things of a class are called, with the tag of its language; of others, their name."""
        config = self.site.config
        found = languages.choose(config.plurals.get(node.value, {}), self.language, config.languages)
        return found or self.site.labels.best(node, self.language)

    def listing(self, node: NamedNode) -> Listing | None:
        """The index page of a class, property or scheme."""
        return self._listings.get(node)

    def address(self, document: str) -> str:
        """Absolute address of a document's page in this language; "" where nobody knows where it is served."""
        return f"{self.root}{quoted(document)}{self.ending}" if self.root else ""

    def trail(self, document: str, node: NamedNode | None = None, *, through: Entry | None = None) -> Trail:
        """Breadcrumbs from the front page: to the index of a class or scheme, through another page, or no further."""
        key = (document.count("/"), node, through)
        found = self._trails.get(key)
        if found is None:
            table = self.table(document)
            steps: list[tuple[str, str, Markup]] = []
            home, browse = self.gettext("Home"), self.gettext("Browse")
            steps.append(("index", home, escape(home)))
            listing = self._listings.get(node) if node is not None else None
            if through is not None:
                steps.append((through.document, through.name, escape(through.name)))
            if listing is not None and node is not None:
                steps.append(("browse", browse, escape(browse)))
                steps.append((listing.document, clean(table.text(node)[0]), table.name(node)))
            markup = self.render("trail.html", steps=[(table.href(one), name) for one, _, name in steps])
            crumbs = breadcrumbs([(self.address(one) or table.href(one), name) for one, name, _ in steps])
            found = self._trails[key] = Trail(markup, crumbs)
        return found

    def page(
        self,
        name: str,
        document: str,
        title: str,
        /,
        *,
        summary: str = "",
        offered: Forms = (),
        entry: str = "",
        modified: str = "",
        signposts: str = "",
        trail: Trail | None = None,
        kind: str = "WebPage",
        thing: Mapping[str, Any] | None = None,
        **values: object,
    ) -> tuple[Artifact, ...]:
        """A page's files, see :meth:`artifacts`.

        Args:
            name: the template.
            document: extensionless path of the page.
            title: what the page is about, without the site's title.
            summary: one or two sentences for search engines; may be cut. "": the title, and what the site is.
            offered: the RDF forms of the document.
            entry: document of the menu's entry that the page belongs to.
            modified: see :class:`~saite.artifact.Artifact`.
            signposts: typed links for the head, see :mod:`saite.render.html.signposts`.
            trail: the way to the page.
            kind: what the page is in the words of schema.org.
            thing: what it is about, in the same words.
            values: what the template's block ``main`` asks for.
        """
        summary = shortened(summary or f"{title}. {self.about}", 200)
        key = (name, document.count("/"), offered, entry, bool(signposts))
        layout = self._layouts.get(key)
        if layout is None:
            layout = self._layouts[key] = self._make_layout(*key)
        whole = quoted(document)
        stem = whole.rpartition("/")[2]
        block = self._block(document, title, trail, kind, thing)
        own = (escaped(self.full_title(title)), escaped(summary), stem, whole, escaped(title), block, signposts)
        with told(self._theme):
            text = layout.page(own, {"trail": trail, **values})
        return self.artifacts(document, text, modified)

    @cached_property
    def about(self) -> str:
        """What the site is: its tagline, else its title."""
        config = self.site.config
        tagline = languages.choose(config.tagline, self.language, config.languages)
        return tagline[0] if tagline else self.title

    def _block(self, document: str, title: str, trail: Trail | None, kind: str, thing: Mapping[str, Any] | None) -> str:
        """The page in the words of schema.org: itself, the way to it, and what it is about."""
        name = encoded(title)
        page = f'{{"@type":"{kind}","name":{name},{self._of_pages}'
        url = self.address(document)
        if url:
            page += f',"url":{encoded(url)},{self._whole}'
        if thing is not None:
            page += f',"mainEntity":{{"@id":{encoded(thing["@id"])}}}'
        nodes = [page + "}"]
        if trail is not None:
            nodes.append(name.join(trail.crumbs))
        if thing is not None:
            nodes.append(encoded(thing))
        return script(nodes)

    @cached_property
    def _of_pages(self) -> str:
        """What the blocks of all pages say of them."""
        return f'"inLanguage":{encoded(self.language)}'

    @cached_property
    def _whole(self) -> str:
        """What the blocks of all pages say of the site."""
        return f'"isPartOf":{encoded({"@type": "WebSite", "name": self.title, "url": self.root})}'

    def full_title(self, title: str) -> str:
        """A page's title with that of the site."""
        return f"{title} – {self.title}" if title != self.title else title

    def aside(self, document: str, node: NamedNode, forms: Forms, citation: str = "") -> Markup:
        """What stands beside a resource: its data to take away, its IRI, and how it is cited."""
        key = (document.count("/"), forms)
        aside = self._asides.get(key)
        if aside is None:
            text = self.template("aside.html").render(forms=forms, stem=STEM, iri=DOCUMENT, citation=CONTENT)
            aside = self._asides[key] = Cut(text, STEM + DOCUMENT + CONTENT)
        link = self.table(document).external(node.value)
        return ready(aside.filled(quoted(document).rpartition("/")[2], link, citation))

    def artifacts(self, document: str, text: str, modified: str = "") -> tuple[Artifact, ...]:
        """A page's file; of several languages, the first has a copy without a language in its name too."""
        return self._files(document, text.encode(), modified)

    def _files(
        self, document: str, content: bytes | Callable[[], Iterable[bytes]], modified: str
    ) -> tuple[Artifact, ...]:
        page = Artifact(f"{document}{self.ending}", HTML, content, document, self.language, modified)
        if self.ending == ".html" or self.language != self.site.config.languages[0]:
            return (page,)
        return (page, Artifact(f"{document}.html", HTML, content, document, self.language, modified))

    def promised(
        self, document: str, make: Callable[[], tuple[Artifact, ...]], modified: str = ""
    ) -> tuple[Artifact, ...]:
        """The files of a page that is made when one of them is asked for."""
        return self._files(document, lambda: make()[0].chunks(), modified)

    def _make_layout(self, name: str, depth: int, forms: Forms, entry: str, signposted: bool) -> Layout:
        config = self.site.config
        table = self.table("x/" * depth)
        footer = languages.choose(config.footer, self.language, config.languages)
        values = {
            "title": TITLE,
            "description": DESCRIPTION,
            "name": NAME,
            "block": ready(BLOCK),
            "stem": STEM,
            "table": table,
            "address": f"{self.root}{DOCUMENT}" if self.root else STEM,
            "image": f"{self.root}assets/{quoted(config.logo.rpartition('/')[2])}" if config.logo and self.root else "",
            "territories": [(tag, languages.territorial(tag)) for tag in config.languages],
            "forms": forms,
            "signposts": SIGNPOSTS if signposted else "",
            "linksets": [LINKSETS[form] for form in config.linksets],
            "languages": [(tag, languages.own_name(tag)) for tag in config.languages],
            "default": config.languages[0],
            "menu": self._menu,
            "entry": entry,
            "small_print": self._small_print,
            "searching": "search" in config.formats,
            "footer": table.wrap(*footer) if footer else "",
            "tokens": self._theme is not None and (self._theme / TOKENS).is_file(),
            "logo": f"assets/{config.logo.rpartition('/')[2]}" if config.logo else "assets/saite.svg",
        }
        with told(self._theme):
            return Layout(self.template(name), values)
