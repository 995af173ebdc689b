"""Link sets (RFC 9264): each document's typed links in a file of its own, as FAIR Signposting, level 2, asks.

A link set has the links of the landing page, of its metadata and, if it describes the data set, of the dumps and
tables. References are absolute where ``url`` of the settings says where the site is served, as the RFC recommends;
else they begin at the link set itself.
"""

import sys
from collections.abc import Iterable, Iterator
from functools import cached_property, partial

from saite.artifact import HTML, Artifact
from saite.iri import quoted
from saite.naming import Name
from saite.profile import DESCRIPTION, MARKS, TOKENS
from saite.render.citing import Citing, endings
from saite.render.html.forms import Form, Forms, further, offered, published
from saite.render.naming import Kinds, about
from saite.render.offers import Offered, nothing
from saite.signposting import LINKSETS, Link, Way, as_json, as_text, content, items, landing, metadata
from saite.site.model import Resource, Site

_PROFILES = {mark: TOKENS[name] for name, mark in MARKS.items()}
_WRITERS = {"json": as_json, "text": as_text}


class Linksets:
    """Files of every document: ``{document}.linkset.json`` and ``{document}.linkset``, as the settings ask.

    Attributes:
        offered: tells the dumps and tables of the whole.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._forms: Forms = (*published(site.config), *further(site.config))
        self._kinds = Kinds(site)
        self._citing = Citing(site)
        url = site.config.url
        self._root = f"{url.rpartition('/')[0]}/" if url else ""
        self.offered: Offered = nothing

    @cached_property
    def _whole(self) -> dict[str, str]:
        return about(self._site, self.offered())

    def resource(self, resource: Resource) -> Iterator[Artifact]:
        """The link sets of one document."""
        links = list(self._links(resource))
        for form in self._site.config.linksets:
            yield _artifact(resource, form, _WRITERS[form](links))

    def promises(self, resource: Resource) -> Iterator[Artifact]:
        """The same, to be made when they are asked for."""
        for form in self._site.config.linksets:
            yield _artifact(resource, form, partial(self._later, resource, form))

    def whole(self) -> Iterable[Artifact]:
        """Nothing."""
        return ()

    def _later(self, resource: Resource, form: str) -> tuple[bytes]:
        return (_WRITERS[form](self._links(resource)),)

    def _links(self, resource: Resource) -> Iterator[Link]:
        document = resource.document
        to = partial(self._to, document)
        name = self._kinds.name(resource.node, document, resource.types)
        forms = offered(resource, self._forms)
        here = to(document)
        described = [*self._described(document, forms, to), *self._cited(resource, to)]
        for link in (*landing(name, self._whole, to, sys.maxsize), *described, *self._pages(document, to)):
            yield link._replace(anchor=here)
        for file in described:
            for link in metadata(document, to):
                yield link._replace(anchor=file.target)
        if document == self._whole.get("dataset"):
            yield from self._content(name, partial(self._to, document, near=False))

    def _described(self, document: str, forms: Forms, to: Way) -> Iterator[Link]:
        for form in forms:
            profile = _profile(form) if self._site.config.profiles else ""
            yield Link("describedby", to(f"{document}.{form.ending}"), form.type, profile=profile)

    def _cited(self, resource: Resource, to: Way) -> Iterator[Link]:
        """Files for reference managers."""
        if self._citing.filed(resource):
            for language in self._site.config.languages:
                for ending, _, media_type in endings(self._site.config, language):
                    kind = media_type.partition(";")[0]
                    yield Link("describedby", to(resource.document + ending), kind, language)

    def _pages(self, document: str, to: Way) -> Iterator[Link]:
        """The page in each language."""
        config = self._site.config
        if "html" in config.formats:
            for language in config.languages:
                ending = f".{language}.html" if len(config.languages) > 1 else ".html"
                yield Link("alternate", to(document + ending), HTML.partition(";")[0], language)

    def _content(self, name: Name, to: Way) -> Iterator[Link]:
        for path, _ in items(self._whole):
            if not self._root and path.count("/") != name.path.count("/"):
                continue  # no reference would be the same to who takes the anchor for its base
            for link in content(name, self._whole, to):
                yield link._replace(anchor=to(path))

    def _to(self, document: str, path: str, *, near: bool = True) -> str:
        """A reference to a document or file in the link set of a document.

        Args:
            document: whose link set it stands in.
            path: what is referred to.
            near: name what lies in the same folder by its last step; some readers take the anchor for the base of a
                target, so that this is for links whose anchor lies there too.
        """
        if self._root:
            return self._root + quoted(path)
        beside = near and path.rpartition("/")[0] == document.rpartition("/")[0]
        return quoted(path.rpartition("/")[2] if beside else "../" * document.count("/") + path)


def _profile(form: Form) -> str:
    """The profile of the files of a form."""
    return _PROFILES.get(form.ending.partition(".")[0], DESCRIPTION)


def _artifact(resource: Resource, form: str, content: bytes | partial[tuple[bytes]]) -> Artifact:
    ending, media_type = LINKSETS[form]
    return Artifact(resource.document + ending, media_type, content, modified=resource.modified)


def renderer(site: Site) -> Linksets:
    """The renderer of link sets."""
    return Linksets(site)
