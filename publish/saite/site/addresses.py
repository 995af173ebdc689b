"""Which node has which document: the table behind every link of the site."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence

from saite.iri import EXTERNAL, Paths, distinct
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term


class AddressTable:
    """Documents of the nodes of the site.

    Args:
        numbers: numbers of the nodes.
        nodes: the nodes by number.
        paths: paths of their own, by number; for a folded node the one that its IRI would have ("" for a blank node).
        homes: the resources on whose pages the folded nodes are shown.
    """

    def __init__(
        self,
        numbers: Mapping[Subject, int],
        nodes: Sequence[Subject],
        paths: Sequence[str],
        homes: Mapping[Subject, Subject],
    ) -> None:
        self._numbers = numbers
        self._nodes = nodes
        self._paths = paths
        self._homes = homes
        pages = [n for n, node in enumerate(nodes) if type(node) is NamedNode and node not in homes]
        self._order = array("I", sorted(pages, key=paths.__getitem__))

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._order)

    @property
    def order(self) -> Sequence[int]:
        """The numbers of the nodes that have a page, by document path."""
        return self._order

    def page(self, number: int) -> str:
        """The document of a node that has a page, by its number."""
        return self._paths[number]

    def document(self, node: Term) -> str | None:
        """Extensionless path of a node's document, with ``#anchor`` for a folded node; None: it has no page here."""
        if type(node) is Literal:
            return None
        number = self._numbers.get(node)
        if number is None:
            return None
        home = self._homes.get(node)
        if home is None:
            return self._paths[number]
        return f"{self._paths[self._numbers[home]]}#{self.anchor(node)}"

    def node(self, document: str) -> NamedNode | None:
        """The resource that a document describes; None if there is no such document."""
        place = bisect_left(self._order, document, key=self._paths.__getitem__)
        if place == len(self._order) or self._paths[self._order[place]] != document:
            return None
        node = self._nodes[self._order[place]]
        assert isinstance(node, NamedNode)
        return node

    def anchor(self, node: Subject) -> str:
        """The fragment of a folded node, on whatever page it is shown."""
        if type(node) is BlankNode:
            return f"b-{node.value}"
        return f"n-{self._paths[self._numbers[node]]}"

    def outside(self, node: Term) -> bool:
        """Whether a node's document is that of an IRI outside the base."""
        document = self.document(node)
        return document is not None and document.startswith(f"{EXTERNAL}/")


def listing_documents(
    kind: str, nodes: Sequence[NamedNode], paths: Paths, short: Callable[[NamedNode], str]
) -> list[str]:
    """Documents of the listings of one kind: ``browse/class/Project``, ``browse/class/foaf-Person``.

    An IRI of the site is called by its last segment, another by its prefixed name.
    """
    names = []
    for node in nodes:
        iri = node.value.rstrip("#/")
        local = iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
        name = local if paths.inside(node.value) else short(node).rstrip(":").replace(":", "-", 1)
        names.append(f"browse/{kind}/{paths.name(name)}")
    return distinct(names, [node.value for node in nodes])


def find_base(iris: Collection[str]) -> str:
    """Where the IRIs of a graph live: the longest common beginning, up to a slash, of those on its commonest host.

    Returns:
        "" if no IRI is an http(s) IRI.
    """
    hosts: dict[str, int] = {}
    for iri in iris:
        if iri.startswith(("http://", "https://")):
            host = iri[: iri.find("/", iri.index("//") + 2) + 1]
            if host:
                hosts[host] = hosts.get(host, 0) + 1
    if not hosts:
        return ""
    host = min(hosts, key=lambda h: (-hosts[h], h))
    shared: str | None = None
    for iri in iris:
        if iri.startswith(host):
            iri = iri.partition("#")[0].partition("?")[0]
            if shared is None:
                shared = iri
            while not iri.startswith(shared):
                shared = shared[: max(shared.rfind("/", 0, -1) + 1, len(host))]
    assert shared is not None
    return shared[: shared.rfind("/") + 1]
