"""The label table: labels, links and names ready for a template, made once per language and folder depth."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from markupsafe import Markup, escape

from saite.config import Config
from saite.iri import quoted, safe_href
from saite.language import direction
from saite.render.names import Kept
from saite.site.model import Site
from saite.terms import NamedNode, Term

_LONGEST: Final = 70  # characters of an address that stands for a name


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """A text without the control and noncharacters that HTML forbids (HTML 13.2.3.5): they show as U+FFFD."""
    return text if text.isprintable() else _FORBIDDEN.sub("\ufffd", text)


def shortened(text: str, limit: int) -> str:
    """A text on one line, cut at a word where it is longer than a number of characters."""
    line = text[: limit * 4]
    if "  " in line or not line.isprintable():
        line = " ".join(line.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def ending(config: Config, language: str) -> str:
    """What follows a document in the name of its page: a site of one language needs no name for it."""
    return f".{language}.html" if len(config.languages) > 1 else ".html"


def site_root(config: Config) -> str:
    """Where the documents are served, ending in a slash; "" where the settings do not say."""
    url = config.url or config.base
    return f"{url.rpartition('/')[0]}/" if url.startswith(("http://", "https://")) else ""


def plain_address(iri: str) -> str:
    """An IRI as people write addresses: without scheme and final slash; a long one without its middle."""
    text = clean(iri.partition("://")[2].rstrip("/") or iri)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 20]}…{text[-19:]}"


def escaped(text: object) -> str:
    """A value as HTML; markup stays as it is. Most texts have nothing to escape, and need no copy."""
    if type(text) is Markup:
        return text
    if type(text) is str and not ("&" in text or "<" in text or ">" in text or '"' in text or "'" in text):
        return text
    return escape(text)


def ready(text: str) -> Markup:
    """A text that is markup already. ``Markup`` itself would first ask whether it is an object of another kind."""
    return str.__new__(Markup, text)


def element(name: str, attributes: str, content: str) -> Markup:
    """An HTML element; the content is escaped unless it is markup, the attributes are ready.

    Most of the markup that is no template's comes from here: an f-string costs a tenth of ``Markup.format``.
    """
    return ready(f"<{name}{attributes}>{escaped(content)}</{name}>")


@lru_cache(maxsize=1024)
def lang_attributes(tag: str, own: str) -> Markup:
    """`` lang="..."`` for a text whose language differs from the page's; empty for texts without a language."""
    if not tag or tag.lower() == own.lower():
        return Markup("")
    lang = f' lang="{escape(tag)}"'
    if direction(tag) != direction(own):
        lang += f' dir="{direction(tag)}"'
    return Markup(lang)  # noqa: S704  (escaped above)


class Table:
    """Labels and links for pages in one language and at one depth below the site's root.

    Attributes:
        root: relative reference to the site's root ("" or "../" and so on).
        link: a term's label as a link to its page; an IRI without a page leads outside, if it is safe to follow.
        name: a term's label without a link.
        properties: names of properties with their definitions and links, as they were made.
    """

    link: Callable[[Term], Markup]
    name: Callable[[Term], Markup]

    def __init__(self, site: Site, language: str, interface_language: str, depth: int) -> None:
        self._site = site
        self._language = language
        self._own = interface_language
        self._ending = ending(site.config, language)
        self.root = "../" * depth
        self.link = Kept(self._make_link).__getitem__
        self.name = Kept(self._make_name).__getitem__
        self.properties: dict[NamedNode, Markup] = {}

    def text(self, term: Term) -> tuple[str, str]:
        """A term's label and the tag of its language."""
        return self._site.labels.best(term, self._language)

    def wrap(self, text: str, tag: str) -> Markup:
        """A text, marked with its language where that is not the page's."""
        attributes = lang_attributes(tag, self._own)
        return element("span", attributes, clean(text)) if attributes else escape(clean(text))

    def lang(self, tag: str) -> Markup:
        """`` lang="..."`` where a text's language is not the page's."""
        return lang_attributes(tag, self._own)

    def href(self, document: str, fragment: str = "") -> str:
        """Relative reference to a document's page in this language."""
        path = f"{self.root}{quoted(document)}{self._ending}"
        return f"{path}#{quote(fragment)}" if fragment else path

    def file(self, path: str) -> str:
        """Relative reference to a file of the site."""
        return self.root + quoted(path)

    def address(self, term: Term) -> str:
        """Where a term's page is, here or (if it is safe to follow) elsewhere; "" if nowhere."""
        document = self._site.addresses.document(term)
        if document is not None:
            return self._reference(document)
        return (safe_href(term.value) or "") if isinstance(term, NamedNode) else ""

    def outside(self, term: Term) -> bool:
        """Whether a term has no page here."""
        return self._site.addresses.document(term) is None

    def external(self, iri: str) -> Markup:
        """A bare IRI as a link to itself, if it is safe to follow."""
        shown = escaped(clean(iri))
        if safe_href(iri) is None:
            return element("span", ' class="iri"', shown)
        return element("a", f' class="external iri" rel="external" href="{shown}"', shown)

    def _reference(self, document: str) -> str:
        path, _, fragment = document.partition("#")
        return self.href(path, fragment)

    def _make_name(self, term: Term) -> Markup:
        return self.wrap(*self.text(term))

    def _make_link(self, term: Term) -> Markup:
        text, tag = self.text(term)
        text = clean(text)
        attributes = lang_attributes(tag, self._own)
        document = self._site.addresses.document(term)
        if document is not None:
            return element("a", f' href="{escaped(self._reference(document))}"{attributes}', text)
        iri = term.value
        if not tag and "#" not in iri and iri.rstrip("/").endswith(f"/{text}"):
            text = plain_address(iri)  # the last step of an address alone would tell nobody where it leads
        address = self.address(term)
        if not address:
            return element("span", f' class="iri"{attributes}', text)
        outward = f' class="external" rel="external" href="{escaped(address)}" title="{escaped(iri)}"{attributes}'
        return element("a", outward, text)
