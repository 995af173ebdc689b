"""Further profiles of a description, as files beside the plain ones. Begin to read at :class:`Profiles`.

``labelled`` adds the labels of everything that is mentioned; ``schema`` says a description in the words of schema.org,
with the words that :mod:`saite.schemaorg` has for its terms. Both only make graphs: how they are written, the rooms of
Turtle and JSON-LD know.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from saite.artifact import JSON_LD, TURTLE, Artifact
from saite.profile import MARKS, TOKENS
from saite.render.jsonld import Context, JsonLdWriter, site_context
from saite.render.names import Names, namespaces
from saite.render.profiles.labelled import labelled
from saite.render.profiles.schema import SchemaOrg
from saite.render.turtle import TurtleWriter
from saite.schemaorg import SCHEMA
from saite.site.model import Resource, Site
from saite.site.reading import ReadingOrder
from saite.terms import NamedNode, Triple

FORMS: Final = {"turtle": (".ttl", TURTLE), "jsonld": (".jsonld", JSON_LD)}
"""The formats of saite.toml in which profiles are published: endings and media types."""

Graph = Callable[[Resource], Sequence[Triple]]
Write = Callable[[Sequence[Triple], NamedNode], bytes]


class _File(NamedTuple):
    """What is the same for one file of every resource."""

    ending: str
    media_type: str
    profile: str
    graph: Graph
    write: Write


class Profiles:
    """Files of each profile that the settings name: ``{document}.labelled.ttl``, ``{document}.schema.jsonld``, ..."""

    def __init__(self, site: Site) -> None:
        """Take a site; what its context and its vocabulary say is read when it is first needed."""
        self._site = site
        self._order = ReadingOrder(site.config)
        self._schema = SchemaOrg(site)
        turtle = TurtleWriter(Names(namespaces(site.config.prefixes, site.prefixes)), self._order).document
        graphs: Mapping[str, Graph] = {"labels": self._labelled, "schema": self._schema.graph}
        writers: Mapping[tuple[str, str], Write] = {
            ("labels", "turtle"): turtle,
            ("labels", "jsonld"): self._jsonld,
            ("schema", "turtle"): turtle,
            ("schema", "jsonld"): JsonLdWriter(Context({"@vocab": SCHEMA}), self._order).document,
        }
        self._files = [
            _File(f".{MARKS[name]}{ending}", media_type, TOKENS[name], graphs[name], writers[name, form])
            for name in MARKS
            if name in site.config.profiles
            for form, (ending, media_type) in FORMS.items()
            if form in site.config.formats
        ]

    def resource(self, resource: Resource) -> Iterator[Artifact]:
        """The descriptions of one resource."""
        made = lru_cache(lambda graph: graph(resource))  # two forms of one graph
        for file in self._files:
            yield _artifact(resource, file, file.write(made(file.graph), resource.node))

    def promises(self, resource: Resource) -> Iterator[Artifact]:
        """The same, to be written when they are asked for."""
        for file in self._files:
            yield _artifact(resource, file, _later(resource, file))

    def whole(self) -> Iterable[Artifact]:
        """Nothing."""
        return ()

    def _labelled(self, resource: Resource) -> Sequence[Triple]:
        return labelled(resource, self._site.labels)

    @cached_property
    def _of_site(self) -> JsonLdWriter:
        return JsonLdWriter(site_context(self._site)[0], self._order)

    def _jsonld(self, triples: Sequence[Triple], first: NamedNode) -> bytes:
        return self._of_site.document(triples, first)


def _later(resource: Resource, file: _File) -> Callable[[], Iterable[bytes]]:
    return lambda: (file.write(file.graph(resource), resource.node),)


def _artifact(resource: Resource, file: _File, content: bytes | Callable[[], Iterable[bytes]]) -> Artifact:
    return Artifact(
        path=f"{resource.document}{file.ending}",
        media_type=file.media_type,
        content=content,
        document=resource.document,
        modified=resource.modified,
        profile=file.profile,
    )


def renderer(site: Site) -> Profiles:
    """The renderer of the profiles that a site's settings name."""
    return Profiles(site)
