"""A query made ready for an engine: guarded, its values in place, and able to explain what the engine refuses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saite.errors import SyntaxFault
from saite.store.binding import Bound, bind
from saite.store.grammar import diagnose
from saite.store.guard import form, guard, names_graphs
from saite.store.tokens import NAME, Token, fault
from saite.terms import Term


@dataclass(frozen=True, slots=True)
class Request:
    """A query that may run.

    Attributes:
        original: the text that the user wrote.
        tokens: its tokens.
        bound: the text for the engine.
        form: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; "" if the text is none of these.
        names_graphs: it says by FROM which graphs it asks.
        name: what its places call it: a file, or ``query``.
    """

    original: str
    tokens: Sequence[Token]
    bound: Bound
    form: str
    names_graphs: bool
    name: str

    def fault(self, complaint: str, refusal: str = "the query is not valid") -> SyntaxFault:
        """What is wrong with a query that an engine refused.

        Args:
            complaint: the engine's own words; a line and column in them is that of the bound text.
            refusal: how the message begins where the fault lies deeper than the grammar.
        """
        found = diagnose(self.tokens, len(self.original))
        if found is not None:
            return fault(self.original, *found, name=self.name)
        at = re.search(r"(?:error at |[Ll]ine:? ?)(\d+)(?::|, ?[Cc]ol(?:umn)?:? ?)(\d+)", complaint)
        offset = 0
        if at is not None:
            lines = self.bound.text.splitlines(keepends=True)[: int(at[1]) - 1]
            offset = min(len("".join(lines)) + int(at[2]) - 1, len(self.bound.text))
        cure = "Look at what stands before this place."
        if self.bound.edits:
            cure = "Try it without values: a value may stand where SPARQL allows none of its kind (a text as subject)."
        return fault(self.original, self.bound.origin(offset), f"{refusal}{_reason(complaint)}", cure, self.name)


def _reason(complaint: str) -> str:
    """The part of an engine's complaint that people can read; Oxigraph's lists of characters are none."""
    if complaint.startswith("error at "):
        reasons = re.findall(r"The [A-Za-z ]{12,}|[a-z ]+ failed\b", complaint)
        return f": {reasons[0].strip()}" if reasons else ""
    return f": {complaint}" if complaint else ""


def request(text: str, bindings: Mapping[str, Term] | None = None, name: str = NAME) -> Request:
    """Guards a query and puts values into it.

    Raises:
        SyntaxFault: the text is no sequence of SPARQL tokens.
        UsageError: an update, a SERVICE, too deep a nesting, or a value that cannot be given (see the modules).
    """
    tokens = guard(text, name)
    return Request(text, tokens, bind(text, tokens, bindings or {}, name), form(tokens), names_graphs(tokens), name)
