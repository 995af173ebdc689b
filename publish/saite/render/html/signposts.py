"""Typed links in the head of a page (FAIR Signposting, level 1): those which the head's template cannot know."""

from collections.abc import Mapping
from functools import cached_property, lru_cache

from saite.iri import safe_href
from saite.naming import Name
from saite.render.citing import Citing, endings
from saite.render.html.table import Table, escaped
from saite.render.naming import Kinds, about
from saite.render.offers import Offered
from saite.signposting import Link, alike, cite_as
from saite.site.model import Resource, Site


class Signposts:
    """Makes them, for the pages of all languages.

    Args:
        site: the site.
        citing: tells which documents have files for reference managers.
        offered: tells the dumps and tables of the whole.
    """

    def __init__(self, site: Site, citing: Citing, offered: Offered) -> None:
        self._site = site
        self._citing = citing
        self._offered = offered
        self._name = lru_cache(maxsize=64)(Kinds(site).name)  # the page of each language asks
        self._alike = lru_cache(maxsize=1024)(self._make_alike)

    @cached_property
    def _whole(self) -> Mapping[str, str]:
        return about(self._site, self._offered())

    def of(self, resource: Resource, table: Table, language: str) -> str:
        """The links of a landing page, as lines of HTML.

        Pages lead to pages, so that the links of a folder of files work without a server.

        Args:
            resource: what the page is about.
            table: makes references.
            language: of the page.
        """
        name = self._name(resource.node, resource.document, resource.types)
        own = cite_as(name.iri)
        text = self._alike(name.type, name.author, name.path == self._whole.get("dataset"), table)
        if _safe(own):
            text = f"{_element(own)}\n{text}"
        if self._citing.filed(resource):
            for ending, _, kind in endings(self._site.config, language):
                target = table.file(resource.document + ending)
                text += f"\n{_element(Link('describedby', target, kind.partition(';')[0]))}"
        return text

    def _make_alike(self, types: str, author: str, is_dataset: bool, table: Table) -> str:
        """The links that pages of a folder have alike."""
        dataset = self._whole.get("dataset", "")

        def to(path: str) -> str:
            return table.href(path) if path == dataset else table.file(path)

        name = Name(dataset if is_dataset else "", type=types, author=author)
        return "\n".join(_element(link) for link in alike(name, self._whole, to) if _safe(link))


def _safe(link: Link) -> bool:
    """Whether a page may have a link: an IRI of the data must not be one that runs."""
    return link.relation not in ("cite-as", "author", "license") or safe_href(link.target) is not None


def _element(link: Link) -> str:
    media_type = f' type="{link.media_type}"' if link.media_type else ""
    return f'<link rel="{link.relation}"{media_type} href="{escaped(link.target)}">'
