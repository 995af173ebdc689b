"""Folded nodes: which nodes have no page of their own, and on whose pages they are shown."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from saite.config import Config, Fold
from saite.namespaces import RDF_TYPE
from saite.site.order import Hierarchy
from saite.store.protocol import Store
from saite.terms import Literal, NamedNode, Subject, sort_key


@dataclass(slots=True)
class Folds:
    """Folded nodes and their hosts.

    Attributes:
        rules: the settings in force, in their order.
        rule: the rule of each folded node, as its place in ``rules``.
        hosts: the nodes (pages or folded ones) in which a folded node is shown, each with the property that leads
            to it; the host that its address names first.
        homes: the resource whose page a folded node's address names.
    """

    rules: tuple[Fold, ...] = ()
    rule: dict[Subject, int] = field(default_factory=dict)
    hosts: dict[Subject, tuple[tuple[NamedNode, Subject], ...]] = field(default_factory=dict)
    homes: dict[Subject, Subject] = field(default_factory=dict)

    def pages(self, node: Subject) -> tuple[Subject, ...]:
        """The resources on whose pages a folded node is shown, the one that its address names first."""
        found = {self.homes[node]: None}
        seen = {node}
        waiting = [node]
        while waiting:
            for _, host in self.hosts[waiting.pop()]:
                if host not in self.hosts:
                    found[host] = None
                elif host not in seen:
                    seen.add(host)
                    waiting.append(host)
        return tuple(found)


def rules(config: Config) -> tuple[Fold, ...]:
    """The rules of the settings; statements are folded even if no rule says so."""
    statements = config.statements
    if statements is None or any(rule.type == statements.type for rule in config.fold):
        return config.fold
    return (*config.fold, Fold(statements.type, (statements.resource,)))


def resolve(store: Store, config: Config, classes: Hierarchy, described: Callable[[NamedNode], bool]) -> Folds:
    """Finds the folded nodes: instances of a folded class (or a subclass) with a host that has a page.

    A host is a resource with a page, or a node that is folded itself. A node whose properties lead to neither is
    not folded, so that nothing is lost; nor are nodes that only lead to one another.

    Args:
        store: the graph.
        config: the settings.
        classes: the hierarchy of classes.
        described: whether an IRI is a subject.
    """
    folds = Folds(rules(config))
    wanted = _instances(store, folds.rules, classes)
    if not wanted:
        return folds
    hosts = _hosts(store, folds.rules, wanted, described)
    levels = _levels(hosts, wanted)
    links = {n: [link for link in hosts[n] if type(link[1]) is NamedNode or link[1] in levels] for n in levels}
    for node, first in _settled(links, levels):
        folds.rule[node] = wanted[node]
        folds.hosts[node] = (first, *(link for link in links[node] if link != first))
        folds.homes[node] = folds.homes.get(first[1], first[1])
    return folds


def _settled(links: "Links", levels: Mapping[Subject, int]) -> Iterator[tuple[Subject, tuple[NamedNode, Subject]]]:
    """The nodes, each after its host, with the link to the host that its address names.

    That is the first link. Where first links lead in a circle, the node of the circle that is nearest to a page takes
    its first link to something nearer still: links that are taken so cannot make circles.
    """
    first = {node: links[node][0] for node in links}
    done: set[Subject] = set()
    for start in sorted(links, key=sort_key):
        way: dict[Subject, None] = {}
        node = start
        while node in links and node not in done:
            if node in way:
                circle = [*way][[*way].index(node) :]
                nearest = min(circle, key=lambda n: (levels[n], sort_key(n)))
                first[nearest] = next(link for link in links[nearest] if levels.get(link[1], 0) < levels[nearest])
                way = dict.fromkeys([*way][: [*way].index(nearest)])
                node = nearest
            way[node] = None
            node = first[node][1]
        for node in reversed(way):
            done.add(node)
            yield node, first[node]


def _instances(store: Store, active: Sequence[Fold], classes: Hierarchy) -> dict[Subject, int]:
    """The nodes of the folded classes, each with the place of its rule; the first rule wins."""
    places: dict[NamedNode, int] = {}
    for place, rule in enumerate(active):
        places.setdefault(NamedNode(rule.type), place)
    found: dict[Subject, int] = {}
    for class_ in {**places, **dict.fromkeys(classes)}:
        ranks = [places[t] for t in (class_, *classes.ancestors(class_)) if t in places]
        if ranks:
            for subject, _, _, _ in store.quads(None, RDF_TYPE, class_):
                found[subject] = min(*ranks, found.get(subject, len(active)))
    return found


Links = dict[Subject, list[tuple[NamedNode, Subject]]]


def _hosts(
    store: Store, active: Sequence[Fold], wanted: Mapping[Subject, int], described: Callable[[NamedNode], bool]
) -> Links:
    """The possible hosts of the wanted nodes, by the order of their rule's properties and by IRI."""
    found: dict[Subject, set[tuple[int, NamedNode, Subject]]] = {node: set() for node in wanted}
    for place, rule in enumerate(active):
        for rank, iri in enumerate(rule.into):
            into = NamedNode(iri)
            for subject, _, host, _ in store.quads(None, into):
                if wanted.get(subject) != place or host == subject or type(host) is Literal:
                    continue
                if host in wanted or (type(host) is NamedNode and described(host)):
                    found[subject].add((rank, into, host))
    return {
        node: [(into, host) for _, into, host in sorted(links, key=lambda link: (link[0], sort_key(link[2])))]
        for node, links in found.items()
    }


def _levels(hosts: Links, wanted: Mapping[Subject, int]) -> dict[Subject, int]:
    """The nodes from which a chain of hosts ends at a page, with the length of the shortest such chain."""
    guests: dict[Subject, list[Subject]] = {}
    levels: dict[Subject, int] = {}
    for node, links in hosts.items():
        for _, host in links:
            if host in wanted:
                guests.setdefault(host, []).append(node)
            else:
                levels[node] = 1
    front = list(levels)
    while front:
        reached = {guest for host in front for guest in guests.get(host, ()) if guest not in levels}
        levels.update(dict.fromkeys(reached, levels[front[0]] + 1))
        front = list(reached)
    return levels
