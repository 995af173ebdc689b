"""The one table of labels."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from urllib.parse import unquote

from saite.language import choose
from saite.site.scan import LABEL_RANKS, Labels, merged
from saite.terms import Literal, NamedNode, Quad, Subject, Term

Packed = tuple[str, ...]
"""Tags and texts in turn, by tag: a quarter of the memory of a dict."""


def pack(labels: Labels) -> Packed:
    """Labels as the table keeps them."""
    return tuple(text for tag, label, _ in sorted(labels) for text in (tag, label))


def told(quads: Iterable[Quad]) -> Packed | None:
    """The labels that the quads of a subject give it; None if they give it none."""
    labels: Labels = ()
    for _, predicate, literal, _ in quads:
        if predicate in LABEL_RANKS and type(literal) is Literal and literal.value.strip():
            labels = merged(labels, literal.language or "", literal.value, LABEL_RANKS[predicate])
    return pack(labels) if labels else None


class LabelTable:
    """Labels of everything that has one.

    Args:
        numbers: numbers of the nodes of the site.
        labels: their labels by number; None for a node without one.
        others: labels of what is no node of the site: blank nodes, terms of well-known vocabularies.
        languages: the site's languages, the default first.
        prefixes: for IRIs without a label.
    """

    def __init__(
        self,
        numbers: Mapping[Subject, int],
        labels: Sequence[Packed | None],
        others: Mapping[Subject, Packed],
        languages: Sequence[str],
        prefixes: Mapping[str, str],
    ) -> None:
        self._numbers = numbers
        self._labels = labels
        self._others = others
        self._languages = tuple(languages)
        self._namespaces = {namespace: prefix for prefix, namespace in sorted(prefixes.items(), reverse=True)}
        self._choices: dict[tuple[str, Packed], int] = {}

    def relabelled(self, labels: Mapping[int, Packed | None]) -> "LabelTable":
        """The same table with other labels of some nodes, by number."""
        other = copy(self)
        other._labels = [*self._labels]
        for number, packed in labels.items():
            other._labels[number] = packed
        return other

    def own(self, number: int) -> Packed:
        """The labels of a node of the site by its number, as the table keeps them."""
        return self._labels[number] or ()

    def packed(self, node: Term) -> Packed | None:
        """The labels of a node as the table keeps them: tags and texts in turn; None if it has none."""
        if type(node) is Literal:
            return None
        number = self._numbers.get(node)
        return self._labels[number] if number is not None else self._others.get(node)

    def best(self, term: Term, language: str) -> tuple[str, str]:
        """A term's label for readers of a language, and its tag ("" if it has none).

        In the order of :func:`saite.language.choose`; an IRI without a label is abbreviated by a prefix, or is its
        last segment; a literal is its own label. Never an empty text, except for an empty literal.
        """
        if type(term) is Literal:
            return term.value, term.language or ""
        labels = self.packed(term)
        if labels is None:
            return (self.short(term) if type(term) is NamedNode else f"_:{term.value}"), ""
        key = (language, labels[::2])
        place = self._choices.get(key)
        if place is None:
            chosen = choose(dict.fromkeys(key[1], ""), language, self._languages)
            assert chosen is not None
            place = self._choices[key] = 2 * key[1].index(chosen[1])
        return labels[place + 1], labels[place]

    def all(self, term: Subject) -> Mapping[str, str]:
        """All labels of a node by language tag."""
        labels = self.packed(term) or ()
        return dict(zip(labels[::2], labels[1::2], strict=True))

    def short(self, node: NamedNode) -> str:
        """An IRI by its prefix, else its last segment, else without its scheme."""
        iri = node.value
        end = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._namespaces.get(iri[:end])
        if prefix is not None and end < len(iri):
            return f"{prefix}:{iri[end:]}"
        prefix = self._namespaces.get(iri)
        if prefix is not None:
            return f"{prefix}:"
        trimmed = iri.rstrip("#/?")
        local = trimmed[max(trimmed.rfind("#"), trimmed.rfind("/")) + 1 :]
        return unquote(local) if local.strip() and not unquote(local).isspace() else iri
