"""What is around an address: the files of the resource whose document it is, or to which a file of that name belongs.

A :class:`~saite.serve.door.joint.Holdings` for one request; nothing that it tells of is made yet.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from saite.artifact import Artifact
from saite.manifest import Entry
from saite.naming import Name
from saite.render.naming import Lookup
from saite.render.pieces import Promising
from saite.serve.door.joint import forms
from saite.serve.live.making import promised
from saite.serve.live.whole import Whole
from saite.site.model import Renderer, Resource, Site
from saite.terms import NamedNode

Promise = Callable[[Resource], Iterable[Artifact]]

_LINKS = "~links-"


def promises(makers: Sequence[Renderer]) -> tuple[Promise, ...]:
    """What tells the files of a resource; a renderer that cannot promise them makes them."""
    return tuple(maker.promises if isinstance(maker, Promising) else maker.resource for maker in makers)


class Around:
    """The neighbourhood of an address.

    Args:
        site: the site.
        promises: of its renderers.
        names: its names.
        whole: its files of the whole; those that matter here are open.
    """

    def __init__(self, site: Site, promises: Sequence[Promise], names: Lookup, whole: Whole) -> None:
        self._site = site
        self._promises = promises
        self._names = names
        self._of_whole = whole
        self._named: dict[str, Name | None] = {}
        self._nodes: dict[str, NamedNode | None] = {}
        self._known: dict[NamedNode, dict[str, Artifact]] = {}
        self._classes: dict[NamedNode, tuple[NamedNode, ...]] = {}

    @property
    def whole(self) -> Mapping[str, str]:
        """What holds for the whole site."""
        return self._names.whole

    def file(self, path: str) -> Entry | None:
        """The file at a path; it has no digest and no size yet."""
        found = self.promise(path) or self._of_whole.file(path)
        return promised(found) if found is not None else None

    def variants(self, document: str) -> tuple[Entry, ...]:
        """The files that represent a document."""
        begin = f"{document}."
        found = [*self._files(document).values(), *self._of_whole.of(document)]
        own = [promised(one) for one in found if one.document == document and one.path.startswith(begin)]
        return forms(own, document)

    def name(self, path: str) -> Name | None:
        """What a path names."""
        if path not in self._named:
            node = self._node(path)
            self._named[path] = self._names.name(path, self._classes.get(node) if node is not None else None)
        return self._named[path]

    def promise(self, path: str) -> Artifact | None:
        """The file at a path, if it is one of a resource."""
        for document in documents(path):
            found = self._files(document).get(path)
            if found is not None:
                return found
        return None

    def node(self, path: str) -> NamedNode | None:
        """The resource to which a document, or a file of that name, belongs."""
        return next((node for one in (path, *documents(path)) if (node := self._node(one)) is not None), None)

    def _node(self, document: str) -> NamedNode | None:
        """The resource that a document describes."""
        if document not in self._nodes:
            self._nodes[document] = self._site.addresses.node(document)
        return self._nodes[document]

    def _files(self, document: str) -> Mapping[str, Artifact]:
        """The files of the resource that a document, or a further page of it, describes."""
        node = self._node(document) or (self._node(document.rpartition(_LINKS)[0]) if _LINKS in document else None)
        if node is None:
            return {}
        known = self._known.get(node)
        if known is None:
            resource = self._site.resource(node)
            assert resource is not None, "the nodes of documents have pages"
            known = {artifact.path: artifact for promise in self._promises for artifact in promise(resource)}
            self._known[node] = known
            self._classes[node] = resource.types
        return known


def documents(path: str) -> Iterator[str]:
    """What may be the document of a path: of a file, up to one of the dots of its last step, the last dot first."""
    step = path.rfind("/")
    end = path.rfind(".")
    while end > step:
        yield path[:end]
        end = path.rfind(".", 0, end)
