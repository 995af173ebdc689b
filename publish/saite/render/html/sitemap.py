"""The sitemap (sitemaps.org protocol 0.9) and ``robots.txt``: how search engines find all pages.

Every page stands there in each language, with its copies in the other languages (``xhtml:link``); when it was changed
only where the data say so. The files are made as they are written; of the pages no list is held.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from saite.artifact import Artifact
from saite.config import Config
from saite.errors import EnvironmentFault
from saite.iri import quoted
from saite.language import moment
from saite.namespaces import DCT
from saite.render.html.table import ending, site_root
from saite.render.naming import gone
from saite.site.model import Site
from saite.terms import Literal, NamedNode

MOST_URLS: Final = 50_000
MOST_BYTES: Final = 50 * 1024 * 1024
"""What one sitemap may hold (protocol, "Sitemap file requirements")."""

XML: Final = "application/xml"
TEXT: Final = "text/plain; charset=utf-8"
ROBOTS: Final = "robots.txt"

_MODIFIED: Final = NamedNode(DCT + "modified")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OPEN: Final = f'{_HEAD}<urlset xmlns="{_SPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
_CLOSE: Final = "</urlset>\n"
_CHUNK: Final = 1 << 16


class Page(NamedTuple):
    """A page, whatever its language: its document, and when it was changed ("" where the data do not say)."""

    document: str
    modified: str = ""


class Sitemap:
    """Makes the sitemap of a site.

    Args:
        site: the site.
        documents: gives the documents of the pages of the whole.
        most: how many addresses one file holds.
    """

    def __init__(self, site: Site, documents: Callable[[], Iterable[str]], most: int = MOST_URLS) -> None:
        self._site = site
        self._documents = documents
        self._most = most
        self._root = site_root(site.config)
        self._endings = {language: ending(site.config, language) for language in site.config.languages}

    def files(self) -> Iterator[Artifact]:
        """The sitemap, or several and an index of them; none without absolute addresses."""
        if not self._root:
            return
        if len(self._parts) == 1:
            yield Artifact("sitemap.xml", XML, partial(self._urls, 0))
            return
        yield Artifact("sitemap.xml", XML, self._index().encode())
        for number in range(len(self._parts)):
            yield Artifact(f"sitemap~{number + 1}.xml", XML, partial(self._urls, number))

    def pages(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, Page]]:
        """The pages that readers may find, with their places: those of the whole, then those of resources that hold.

        Args:
            start: the first place.
            stop: the place at which to end.
        """
        site, whole = self._site, self._whole
        for place, document in enumerate(islice(whole, start, stop), start):
            node = site.addresses.node(document)
            yield place, Page(document, self._modified(node) if node is not None else "")
        first = max(start - len(whole), 0)
        last = len(site.pages) if stop is None else max(stop - len(whole), 0)
        for place, node in enumerate(site.pages[first:last], first + len(whole)):
            own = site.addresses.document(node)
            if own is not None and own not in whole and node not in self._removed:
                yield place, Page(own, self._modified(node))

    @cached_property
    def _whole(self) -> Mapping[str, None]:
        """The documents of the pages of the whole, which are few beside those of resources."""
        return dict.fromkeys(self._documents())

    @cached_property
    def _removed(self) -> Mapping[NamedNode, str]:
        return gone(self._site)

    @cached_property
    def _dated(self) -> bool:
        return next(iter(self._site.quads(None, _MODIFIED)), None) is not None

    def _modified(self, node: NamedNode) -> str:
        found = [quad.object for quad in self._site.quads(node, _MODIFIED)] if self._dated else []
        return max((day for one in found if isinstance(one, Literal) and (day := _date(one))), default="")

    @cached_property
    def _parts(self) -> Sequence[int]:
        """The places at which the files begin: none grows beyond what the protocol allows."""
        begins = [0]
        urls, size = 0, len(_OPEN) + len(_CLOSE)
        for place, page in self.pages():
            entries = len(self._endings)
            length = len(self._entry(page).encode())
            if urls and (urls + entries > self._most or size + length > MOST_BYTES):
                begins.append(place)
                urls, size = 0, len(_OPEN) + len(_CLOSE)
            urls += entries
            size += length
        return begins

    def _urls(self, number: int) -> Iterator[bytes]:
        ends = [*self._parts, None]
        gathered, size = [_OPEN], 0
        for _, page in self.pages(self._parts[number], ends[number + 1]):
            gathered.append(self._entry(page))
            size += len(gathered[-1])
            if size >= _CHUNK:
                yield "".join(gathered).encode()
                gathered, size = [], 0
        gathered.append(_CLOSE)
        yield "".join(gathered).encode()

    def _entry(self, page: Page) -> str:
        """A page in each language. The page for all others is that of the first language, as on the pages."""
        stem = escape(f"{self._root}{quoted(page.document)}")
        changed = f"<lastmod>{page.modified}</lastmod>" if page.modified else ""
        links = ""
        if len(self._endings) > 1:
            alternates = [*self._endings.items(), ("x-default", next(iter(self._endings.values())))]
            links = "".join(
                f'\n<xhtml:link rel="alternate" hreflang="{language}" href="{stem}{end}"/>'
                for language, end in alternates
            )
        return "".join(f"<url><loc>{stem}{end}</loc>{changed}{links}</url>\n" for end in self._endings.values())

    def _index(self) -> str:
        entries = "".join(
            f"<sitemap><loc>{escape(self._root)}sitemap~{number}.xml</loc></sitemap>\n"
            for number in range(1, len(self._parts) + 1)
        )
        return f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{entries}</sitemapindex>\n'


def robots(config: Config) -> Iterator[Artifact]:
    """``robots.txt`` (RFC 9309): that of the site folder as it is, else one that leads to the sitemap.

    Raises:
        EnvironmentFault: the site's own cannot be read.
    """
    try:
        own = (config.root / ROBOTS).read_bytes()
    except FileNotFoundError:
        root = site_root(config)
        if root:
            yield Artifact(ROBOTS, TEXT, f"User-agent: *\nAllow: /\n\nSitemap: {root}sitemap.xml\n".encode())
    except OSError as error:
        raise EnvironmentFault(f"cannot read {ROBOTS}: {error.strerror}") from error
    else:
        yield Artifact(ROBOTS, TEXT, own)


def _date(literal: Literal) -> str:
    """A date as sitemaps take it (W3C Datetime): a day without a zone, a time with one."""
    text = literal.value.strip()
    if moment(text, "date") is not None:
        return text[:10]
    found = moment(text, "dateTime")
    return (text if found.zone else text[:10]) if found is not None else ""
