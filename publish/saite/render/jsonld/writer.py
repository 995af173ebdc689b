"""JSON-LD documents: the page's own node at the top, its folded nodes in ``@included``, the context inside.

The context is embedded, and only the part of it that the document uses (in our own site a median of 0.3 kB, at most
1.7 kB; the whole has 6.8 kB, more than four times a median document). A document that names a context by its
address could not be read offline, and strict readers (pyoxigraph among them) never fetch one. The embedded part says
the same as ``context.jsonld``, which is published whole for those who write JSON of their own with it.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

import orjson

from saite.render.jsonld.compaction import Compactor, ConfusedIri, Json
from saite.render.jsonld.context import Context
from saite.render.names import CACHED
from saite.render.outline import Outline
from saite.site.reading import ReadingOrder
from saite.terms import Subject, Triple

_NO_CONTEXT: Final = b'{\n  "@context": null,\n'
_LOCAL_KEYWORDS: Final = ("@version", "@base", "@protected")
"""Not embedded: they say how the context may be combined with others, or (``@base``) have no effect on those who
refer to it by address (JSON-LD 1.1, 4.1.3)."""


class JsonLdWriter:
    """Writes graphs as JSON-LD with one site's context and reading order."""

    def __init__(self, context: Context, order: ReadingOrder) -> None:
        """Take the context and the reading order."""
        self._order = order
        self._compactor = Compactor(context)
        self._plain = Compactor(Context({}))
        self._heads: dict[frozenset[str | None], bytes] = {}

    def document(self, triples: Iterable[Triple], first: Subject | None = None) -> bytes:
        """A graph (without repetition, in any order) as a document whose top node is ``first``.

        Without one, all nodes are in ``@graph``. A graph with an IRI that the context would confuse (``geo:57,24``
        where ``geo`` is a prefix) is written without a context, not even one that is told beside the document.
        """
        outline = Outline(triples, self._order, first)
        used: set[str | None] = set()
        compactor = self._compactor
        try:
            top = _gather(compactor, outline, first, used)
        except ConfusedIri:
            compactor, used = self._plain, set()
            top = _gather(compactor, outline, first, used)
        body = orjson.dumps(top, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        head = self._head(frozenset(used)) if compactor is self._compactor else _NO_CONTEXT
        return head + body[2:] if head else body

    def line(self, outline: Outline, root: Subject) -> bytes:
        """One node of :meth:`whole_head`'s graph, on one line."""
        try:
            node = self._compactor.node(outline, root, set())
        except ConfusedIri:
            node = {"@context": None, **self._plain.node(outline, root, set())}
        return orjson.dumps(node)

    def whole_head(self) -> bytes:
        """The beginning of a document with the whole context, up to where its ``@graph`` begins."""
        context = {k: v for k, v in self._compactor.context.raw.items() if k not in _LOCAL_KEYWORDS}
        return b'{\n  "@context": ' + context_text(context, 2).encode() + b',\n  "@graph": ['

    def _head(self, used: frozenset[str | None]) -> bytes:
        head = self._heads.get(used)
        if head is None:
            if len(self._heads) >= CACHED:
                self._heads.clear()
            terms = frozenset(term for term in used if term is not None)
            context = self._compactor.context.subset(terms)
            head = f'{{\n  "@context": {context_text(context, 2)},\n'.encode() if context else b""
            self._heads[used] = head
        return head


def _gather(compactor: Compactor, outline: Outline, first: Subject | None, used: set[str | None]) -> dict[str, Json]:
    nodes = [compactor.node(outline, root, used) for root in outline.roots]
    if first is None:
        key, top = "@graph", {}
    elif outline.roots[:1] == [first]:
        key, top = "@included", nodes.pop(0)
    else:
        key, top = "@included", {compactor.keywords["@id"]: first.value}
    if nodes or not top:
        key = compactor.keywords[key]
        used.add(compactor.aliases.get(key))
        top[key] = nodes
    return top


def context_text(context: dict[str, Any], indent: int) -> str:
    """A context's value as text, a term per line."""
    pad = " " * indent
    lines = [
        f"{pad}  {json.dumps(key, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in context.items()
    ]
    return "{\n" + ",\n".join(lines) + f"\n{pad}}}" if lines else "{}"
