"""What people call the nodes in a report: a label in their language beside a short name."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from saite.check.findings import shortener
from saite.finding import Finding
from saite.language import choose
from saite.namespaces import LABEL_PROPERTIES, PREFIXES, SAITE, XSD_STRING
from saite.store.protocol import Store
from saite.terms import Literal, NamedNode, Term

LONGEST: Final = 200
"""Values longer than this are cut where people read them; never in JSON and Turtle."""
_HIDDEN: Final = frozenset("\u061c\u200e\u200f\u2028\u2029\ufeff") | {
    chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


class Names:
    """Labels and short names of what findings mention.

    Args:
        labels: labels by node and language.
        prefixes: to shorten IRIs.
        languages: the site's languages, in which labels are looked for next.
    """

    def __init__(
        self,
        labels: Mapping[Term, Mapping[str, str]] | None = None,
        prefixes: Mapping[str, str] = PREFIXES,
        languages: Sequence[str] = (),
    ) -> None:
        self._labels = labels or {}
        self.shorten = shortener({"saite": SAITE, **prefixes})
        self._languages = languages

    @classmethod
    def of(
        cls,
        store: Store,
        findings: Iterable[Finding],
        prefixes: Mapping[str, str] = PREFIXES,
        languages: Sequence[str] = (),
    ) -> "Names":
        """The names of everything that some findings mention: focus nodes, values, rules."""
        wanted: dict[Term, None] = {}
        for finding in findings:
            mentioned = (finding.focus, finding.value, NamedNode(finding.rule) if finding.rule else None)
            wanted.update((node, None) for node in mentioned if isinstance(node, NamedNode))
        labels: dict[Term, dict[str, str]] = {}
        for node in wanted:
            assert isinstance(node, NamedNode)
            found: dict[str, str] = {}
            for label_property in LABEL_PROPERTIES:
                texts = [q.object for q in store.quads(node, label_property) if isinstance(q.object, Literal)]
                for text in sorted(texts, key=lambda t: (t.language or "", t.value)):
                    found.setdefault(text.language or "", text.value)
            if found:
                labels[node] = found
        return cls(labels, prefixes, languages)

    def label(self, term: Term | None, language: str) -> tuple[str, str]:
        """A node's label for readers of a language, and the language it is in; ("", "") if it has none."""
        texts = self._labels.get(term) if term is not None else None
        return (choose(texts, language, self._languages) or ("", "")) if texts else ("", "")

    def short(self, term: Term) -> str:
        """A term as people read it: a prefixed name, a literal in quotes with its language or datatype."""
        if isinstance(term, NamedNode):
            return self.shorten(term.value)
        if isinstance(term, Literal):
            text = f'"{clipped(term.value)}"'
            if term.language:
                return f"{text}@{term.language}"
            return text if term.datatype == XSD_STRING else f"{text}^^{self.shorten(term.datatype.value)}"
        return str(term)

    def path(self, path: str) -> str:
        """A property path with prefixed names."""
        from saite.shacl.paths import from_sparql

        read = from_sparql(path)
        return read.sparql(self.shorten) if read is not None else path

    def rule(self, rule: str) -> str:
        """A rule as people read it, its last part where no prefix fits, "" if it has no IRI."""
        short = self.shorten(rule) if rule else ""
        return re.split(r"[/#]", rule.rstrip("/#"))[-1] or short if short.startswith("<") else short


def told(texts: tuple[tuple[str, str], ...], language: str) -> tuple[str, str]:
    """A message or cure for readers of a language, and the language it is in; ("", "") if there is none."""
    return choose(dict(texts), language) or ("", "")


def clipped(text: str) -> str:
    """A text of bearable length."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def visible(text: str) -> str:
    r"""A foreign text on one line: what would move the cursor, hide or turn text around is shown as ``\u202e``."""
    return "".join(
        char
        if (char.isprintable() or unicodedata.category(char) == "Zs" or char in "\u200c\u200d") and char not in _HIDDEN
        else {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char, f"\\u{ord(char):04x}")
        for char in text
    )
