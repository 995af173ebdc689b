"""A description with the labels of everything that it mentions, so that a reader needs no second request for a name."""

from collections.abc import Iterator, Sequence

from saite.namespaces import LABEL_PROPERTIES, RDFS_LABEL
from saite.site.model import Labels, Resource
from saite.site.scan import LONGEST_LABEL
from saite.terms import Literal, NamedNode, Triple


def labelled(resource: Resource, labels: Labels) -> Sequence[Triple]:
    """A resource's triples, and ``rdfs:label`` of each subject, predicate and object that is an IRI.

    A label that the description gives already, by whichever property, is not repeated.
    """
    found = dict.fromkeys(resource.triples)
    said = {(t.subject, t.object) for t in found if t.predicate in _NAMING}
    nodes = dict.fromkeys(node for t in found for node in (t.subject, t.predicate, t.object) if type(node) is NamedNode)
    for node in nodes:
        for text in texts(node, labels):
            if (node, text) not in said:
                found[Triple(node, RDFS_LABEL, text)] = None
    return list(found)


def texts(node: NamedNode, labels: Labels) -> Iterator[Literal]:
    """The labels of a node; not those that the table has cut short, for nobody has said them so."""
    for tag, text in labels.all(node).items():
        if len(text) < LONGEST_LABEL or not text.endswith("…"):
            yield Literal(text, language=tag) if tag else Literal(text)


_NAMING = frozenset(LABEL_PROPERTIES)
