"""The label table: labels, links and names ready for a template, made once per language and folder depth."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from markupsafe import Markup, escape

from saite.iri import safe_href
from saite.language import direction, sort_key
from saite.site.model import Site
from saite.terms import NamedNode, Term

_LONGEST: Final = 70  # characters of an address that stands for a name

LIMIT: Final = 50_000
"""How many links a table keeps before it starts anew: memory does not grow with the site."""

_SAFE_IN_PATH = "/-._~!$'()*+,;=@"  # RFC 3986 pchar without ":" (a scheme in the first segment) and "&" (for HTML)


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """A text without the control and noncharacters that HTML forbids (HTML 13.2.3.5): they show as U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text) if _FORBIDDEN.search(text) else text


def quoted(document: str) -> str:
    """A document's path as part of a relative reference (RFC 3986 section 4.2)."""
    return quote(document, safe=_SAFE_IN_PATH)


def plain_address(iri: str) -> str:
    """An IRI as people write addresses: without scheme and final slash; a long one without its middle."""
    text = clean(iri.partition("://")[2].rstrip("/") or iri)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 20]}…{text[-19:]}"


def element(name: str, attributes: Markup, content: str) -> Markup:
    """An HTML element; the content is escaped unless it is markup."""
    return Markup(f"<{name}{attributes}>{escape(content)}</{name}>")  # noqa: S704  (escaped here, or markup)


@lru_cache(maxsize=1024)
def lang_attributes(tag: str, own: str) -> Markup:
    """`` lang="..."`` for a text whose language differs from the page's; empty for texts without a language."""
    if not tag or tag.lower() == own.lower():
        return Markup("")
    if direction(tag) != direction(own):
        return Markup(' lang="{}" dir="{}"').format(tag, direction(tag))
    return Markup(' lang="{}"').format(tag)


_IRI: Final = Markup(' class="iri"')
_OUT: Final = Markup(' class="external iri" rel="external" href="')
_QUOTE: Final = Markup('"')


class Table:
    """Labels and links for pages in one language and at one depth below the site's root.

    Attributes:
        root: relative reference to the site's root ("" or "../" and so on).
        properties: names of properties with their definitions and links, as they were made.
        typed: literals of datatypes, as they were made.
    """

    def __init__(self, site: Site, language: str, interface_language: str, depth: int) -> None:
        self._site = site
        self._language = language
        self._own = interface_language
        self.root = "../" * depth
        self.properties: dict[NamedNode, Markup] = {}
        self.typed: dict[Term, Markup] = {}
        self._links: dict[Term, Markup] = {}
        self._names: dict[Term, Markup] = {}
        self._keys: dict[Term, tuple[str, str, str]] = {}

    def text(self, term: Term) -> tuple[str, str]:
        """A term's label and the tag of its language."""
        return self._site.labels.best(term, self._language)

    def name(self, term: Term) -> Markup:
        """A term's label without a link."""
        found = self._names.get(term)
        return found if found is not None else self.keep(self._names, term, self.wrap(*self.text(term)))

    def key(self, term: Term) -> tuple[str, str, str]:
        """Orders terms by their labels in the language's alphabet."""
        found = self._keys.get(term)
        if found is None:
            if len(self._keys) >= LIMIT:
                self._keys.clear()
            found = self._keys[term] = sort_key(self.text(term)[0], self._language)
        return found

    def link(self, term: Term) -> Markup:
        """A term's label as a link to its page; an IRI without a page leads outside, if it is safe to follow."""
        found = self._links.get(term)
        return found if found is not None else self.keep(self._links, term, self._make_link(term))

    @staticmethod
    def keep(kept: dict[Term, Markup], term: Term, markup: Markup) -> Markup:
        """Keeps markup for a term, within bounds."""
        if len(kept) >= LIMIT:
            kept.clear()
        kept[term] = markup
        return markup

    def wrap(self, text: str, tag: str) -> Markup:
        """A text, marked with its language where that is not the page's."""
        attributes = lang_attributes(tag, self._own)
        return element("span", attributes, clean(text)) if attributes else escape(clean(text))

    def lang(self, tag: str) -> Markup:
        """`` lang="..."`` where a text's language is not the page's."""
        return lang_attributes(tag, self._own)

    def href(self, document: str, fragment: str = "") -> str:
        """Relative reference to a document's page in this language."""
        path = f"{self.root}{quoted(document)}.{self._language}.html"
        return f"{path}#{quote(fragment)}" if fragment else path

    def file(self, path: str) -> str:
        """Relative reference to a file of the site."""
        return self.root + quoted(path)

    def address(self, term: Term) -> str:
        """Where a term's page is, here or (if it is safe to follow) elsewhere; "" if nowhere."""
        document = self._site.addresses.document(term)
        if document is not None:
            path, _, fragment = document.partition("#")
            return self.href(path, fragment)
        return (safe_href(term.value) or "") if isinstance(term, NamedNode) else ""

    def outside(self, term: Term) -> bool:
        """Whether a term has no page here."""
        return self._site.addresses.document(term) is None

    def external(self, iri: str) -> Markup:
        """A bare IRI as a link to itself, if it is safe to follow."""
        shown = escape(clean(iri))
        if safe_href(iri) is None:
            return element("span", _IRI, shown)
        return element("a", _OUT + shown + _QUOTE, shown)

    def _make_link(self, term: Term) -> Markup:
        text, tag = self.text(term)
        text = clean(text)
        address = self.address(term)
        outside = self.outside(term)
        if outside and not tag and "#" not in term.value and term.value.rstrip("/").endswith(f"/{text}"):
            text = plain_address(term.value)  # the last step of an address alone would tell nobody where it leads
        attributes = lang_attributes(tag, self._own)
        if not address:
            return Markup('<span class="iri"{}>{}</span>').format(attributes, text)
        if outside:
            return Markup('<a class="external" rel="external" href="{}" title="{}"{}>{}</a>').format(
                address, term.value, attributes, text
            )
        return Markup('<a href="{}"{}>{}</a>').format(address, attributes, text)
