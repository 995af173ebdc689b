"""JSON-LD 1.1 in the site's own words. Begin to read at :class:`JsonLdRenderer`.

``context`` understands the site's context file, ``made`` makes one for sites that have none, ``compaction`` says a
node in its terms, ``writer`` makes documents of nodes, ``frames`` says how instances of classes become trees.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from saite.artifact import JSON_LD, Artifact
from saite.config import Config
from saite.errors import ConfigError, Place, SyntaxFault
from saite.render.jsonld.context import Context
from saite.render.jsonld.frames import FOLDER, Frames
from saite.render.jsonld.made import made_context
from saite.render.jsonld.writer import JsonLdWriter, context_text
from saite.render.pieces import Part, Placed, untouched
from saite.site.model import Resource, Site
from saite.site.reading import ReadingOrder

__all__ = ["Context", "JsonLdRenderer", "JsonLdWriter", "read_context", "renderer", "site_context"]


def read_context(config: Config) -> tuple[Context, bytes]:
    """The context file that saite.toml names, parsed and as it is.

    Raises:
        ConfigError: there is no such file.
        SyntaxFault: it is not JSON, or not UTF-8.
        DataError: it has something that Saite does not write with.
    """
    path = config.root / config.context
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise ConfigError(
            f"the JSON-LD context {config.context} cannot be read: {fault.strerror}",
            place=Place("saite.toml"),
            cure="Mend the path in [jsonld] context, or leave the setting out: then a context is made from the data.",
        ) from fault
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise SyntaxFault(
            "not UTF-8", place=Place(config.context, line), cure="Save the file in the encoding UTF-8."
        ) from fault
    return Context.parse(text, config.context), content


def site_context(site: Site) -> tuple[Context, bytes]:
    """A site's context, and the content of ``context.jsonld``."""
    if site.config.context:
        return read_context(site.config)
    classes = (listing.node for listing in site.listings if listing.kind == "class" and listing.direct)
    context = made_context(site.kinds, classes, site.config.prefixes, site.prefixes)
    return context, f'{{\n  "@context": {context_text(context.raw, 2)}\n}}\n'.encode()


class JsonLdRenderer:
    """A JSON-LD file for each resource, ``{document}.jsonld``; ``context.jsonld``; a frame for each class."""

    def __init__(self, site: Site) -> None:
        """Take the settings and the data of a site; the context is read or made when it is first needed."""
        self._site = site

    @cached_property
    def _context(self) -> tuple[Context, bytes]:
        return site_context(self._site)

    @cached_property
    def writer(self) -> JsonLdWriter:
        """What writes with the site's context."""
        return JsonLdWriter(self._context[0], ReadingOrder(self._site.config))

    def resource(self, resource: Resource) -> Iterable[Artifact]:
        """The description of one resource."""
        return (self._file(resource, self._content(resource)),)

    def promises(self, resource: Resource) -> Iterable[Artifact]:
        """The same, to be written when it is asked for."""
        return (self._file(resource, lambda: (self._content(resource),)),)

    def _content(self, resource: Resource) -> bytes:
        return self.writer.document(resource.triples, resource.node)

    def _file(self, resource: Resource, content: bytes | Callable[[], Iterable[bytes]]) -> Artifact:
        return Artifact(
            path=f"{resource.document}.jsonld",
            media_type=JSON_LD,
            content=content,
            document=resource.document,
            modified=resource.modified,
        )

    def whole(self) -> Iterator[Artifact]:
        """The context, and the frames."""
        yield from self._context_file()
        yield from self._frames.files()

    def parts(self) -> Sequence[Part]:
        """The same, with their places."""
        return (
            Placed(self._context_file, ("context",), after=untouched),
            Placed(lambda: self._frames.files(), (FOLDER,), lambda: self._frames.promises(), after=untouched),
        )

    def _context_file(self) -> Iterable[Artifact]:
        return (Artifact(path="context.jsonld", media_type=JSON_LD, content=self._context[1]),)

    @cached_property
    def _frames(self) -> Frames:
        return Frames(self._site, self._context[0])


def renderer(site: Site) -> JsonLdRenderer:
    """The JSON-LD renderer of a site."""
    return JsonLdRenderer(site)
