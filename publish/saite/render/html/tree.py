"""Terms under broader terms, as nested lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from saite.terms import NamedNode


@dataclass(frozen=True, slots=True)
class Branch:
    """A term in a tree, with the terms below it."""

    name: Markup
    count: str
    below: "tuple[Branch, ...]"


def make_tree(
    ordered: Sequence[NamedNode],
    hierarchy: Mapping[NamedNode, tuple[NamedNode, ...]],
    make: Callable[[NamedNode], tuple[Markup, str]],
    top: Sequence[NamedNode] = (),
) -> tuple[Branch, ...]:
    """Trees of terms in a given order.

    A term with several above it stands under each, but what is below it is told only once: a tree never grows
    beyond the number of terms and of their relations. A circle is cut where it closes.

    Args:
        ordered: the terms.
        hierarchy: what is directly below each.
        make: name and count of a term.
        top: terms that stand at the top though something may be above them.
    """
    position = {node: number for number, node in enumerate(ordered)}
    below = {
        node: sorted({child for child in hierarchy.get(node, ()) if child in position}, key=position.__getitem__)
        for node in ordered
    }
    under = {child for node in ordered for child in below[node] if child != node}
    placed: set[NamedNode] = set()

    def branch(node: NamedNode, path: frozenset[NamedNode]) -> Branch:
        children = [] if node in placed else [child for child in below[node] if child not in path]
        placed.add(node)
        name, count = make(node)
        return Branch(name, count, tuple(branch(child, path | {child}) for child in children))

    wanted = set(top)
    roots = [node for node in ordered if node in wanted or node not in under]
    tree = [branch(node, frozenset((node,))) for node in roots]
    # what is left stands in a circle without a way in; ``placed`` grows while this runs
    tree.extend(branch(node, frozenset((node,))) for node in ordered if node not in placed)
    return tuple(tree)
