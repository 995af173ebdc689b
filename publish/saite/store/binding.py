"""Values put into a query by token: a bound value can never change what the query is.

``?name`` and ``$name`` are replaced where they stand as tokens, never in strings, comments or IRIs. pyoxigraph's own
substitution fails for variables that are not projected, and remote engines have none; this one serves both alike.
"""

import difflib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from saite.errors import UsageError
from saite.namespaces import RDF_LANG_STRING, XSD_STRING
from saite.store.tokens import NAME, Token, is_absolute, place
from saite.terms import Term


@dataclass(frozen=True, slots=True)
class Bound:
    """A query with its values in place.

    Attributes:
        text: what the engine gets.
        edits: (start in ``text``, start in the original, how far the two run alike) of each stretch, in order; so
            that the place of an error can be told in the text that the user wrote.
    """

    text: str
    edits: tuple[tuple[int, int, int], ...] = ()

    def origin(self, offset: int) -> int:
        """The offset in the original text of an offset in the bound text."""
        index = bisect_right([edit[0] for edit in self.edits], offset) - 1
        if index < 0:
            return offset
        start, original, length = self.edits[index]
        return original + min(offset - start, length)


def bind(text: str, tokens: Sequence[Token], bindings: Mapping[str, Term], name: str = NAME) -> Bound:
    """A query with terms in the place of variables.

    In the projection ``?x`` becomes ``(term AS ?x)``, so that the column stays; under ``SELECT *`` a bound variable
    has no column. ``BOUND(?x)`` becomes ``(true)``. A sub-query's own, not projected ``?x`` is meant as well.

    Args:
        text: the query.
        tokens: its tokens.
        bindings: terms by variable name, without ``?``.
        name: what the query's places call it.

    Raises:
        UsageError: a name does not occur in the query; a variable stands where the query itself gives it a value,
            within MINUS, or where its term cannot stand; a blank node is to be bound.
    """
    if not bindings:
        return Bound(text)
    values = {variable: term_syntax(term, variable) for variable, term in bindings.items()}
    _check_ambiguous(text, tokens, bindings, name)
    present = {t.text[1:] for t in tokens if t.kind == "var"}
    for variable in bindings:
        if variable not in present:
            near = difflib.get_close_matches(variable, sorted(present), 1)
            cure = f"Did you mean ?{near[0]}?" if near else "Take the value away, or use the variable in the query."
            raise UsageError(f"the query has no variable ?{variable}", cure=cure)
    spots = _spots(tokens)
    kept = Counter(s.select for t, s in zip(tokens, spots, strict=True) if s.item and t.text[1:] not in values)
    edits: list[tuple[int, int, str]] = []
    for i, token in enumerate(tokens):
        value = values.get(token.text[1:]) if token.kind == "var" else None
        if value is None:
            continue
        spot = spots[i]
        if spot.role in _REFUSED:
            raise _refusal(text, token, *_REFUSED[spot.role], name)
        if spot.role == "described" and not value.startswith("<"):
            raise _refusal(text, token, "only an IRI can be described", "Give an IRI.", name)
        if spot.role == "tested":
            edits.append((tokens[i - 2].start, tokens[i + 1].end, " (true) "))
        elif spot.role == "projected" and spot.nested:
            # the outer query may project the variable, which an inner (term AS ?x) would forbid
            edits.append(
                (token.start, token.end, " " if kept[spot.select] else f" ({value} AS ?{_fresh(token, present)}) ")
            )
        elif spot.role == "projected":
            edits.append((token.start, token.end, f" ({value} AS {token.text}) "))
        else:
            edits.append((token.start, token.end, f" ({value}) " if spot.role == "condition" else f" {value} "))
    return _splice(text, edits)


def term_syntax(term: Term, variable: str = "") -> str:
    """A term in SPARQL syntax that no engine can read as anything else.

    Raises:
        UsageError: a blank node, or an IRI with characters that no IRI has.
    """
    if isinstance(term, NamedNode):
        if not _SAFE_IRI.fullmatch(term.value):
            raise UsageError(
                f"{term.value!r} is not an absolute IRI",
                cure="Write it with its scheme, percent-encoding odd characters.",
            )
        return f"<{term.value}>"
    if isinstance(term, Literal):
        quoted = f'"{_escape(term.value)}"'
        if term.language is not None:
            return f"{quoted}@{term.language}" + (f"--{term.direction.value}" if term.direction else "")
        if term.datatype in (XSD_STRING, RDF_LANG_STRING):
            return quoted
        return f"{quoted}^^{term_syntax(term.datatype)}"
    raise UsageError(
        f"a blank node cannot be given for ?{variable}: in a query it would match anything",
        cure="Ask for the node by one of its properties.",
    )


_SAFE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_ESCAPES = {'"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escape(value: str) -> str:
    r"""The inside of a string in double quotes.

    After a backslash, ``u`` is written as ``\u0075``: engines that decode ``\u`` before they parse (SPARQL 1.1,
    section 19.2) would otherwise see an escape in the value's own text, which might be that of a quote.
    """
    out: list[str] = []
    for i, char in enumerate(value):
        if char == "\\":
            out.append("\\\\")
        elif char in "uU" and i and value[i - 1] == "\\":
            out.append(f"\\u{ord(char):04X}")
        elif char in _ESCAPES:
            out.append(_ESCAPES[char])
        elif ord(char) < 0x20 or ord(char) == 0x7F:
            out.append(f"\\u{ord(char):04X}")
        else:
            out.append(char)
    return "".join(out)


_REFUSED = {
    "assigned": ("the query itself gives it a value (AS)", "Give one of the two another name."),
    "data": ("the query itself gives it values (VALUES)", "Give one of the two another name."),
    "minus": (
        "it stands within MINUS, which a value would change in meaning",
        "Write FILTER NOT EXISTS { ... } in place of MINUS { ... }.",
    ),
}


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a token stands, as far as it matters for putting a value there.

    Attributes:
        role: ``projected``, ``described``, ``condition`` (GROUP BY, ORDER BY), ``data`` (VALUES), ``assigned`` (AS),
            ``minus``, ``tested`` (BOUND), or "" where a term can simply stand.
        nested: the token is in a sub-query or a group.
        select: index of the SELECT whose projection it is in.
        item: the token begins an item of a projection.
    """

    role: str = ""
    nested: bool = False
    select: int = -1
    item: bool = False


_CLAUSES = {"SELECT": "projected", "DESCRIBE": "described", "BY": "condition", "VALUES": "data"}
_PLAIN = frozenset(("WHERE", "FROM", "HAVING", "LIMIT", "OFFSET", "CONSTRUCT", "ASK"))


def _spots(tokens: Sequence[Token]) -> list[_Spot]:
    """The spot of each token, in one pass over the brackets and clauses."""
    spots: list[_Spot] = []
    outer: list[tuple[str, bool, int]] = []
    clause, minus, select = "", False, -1
    for i, token in enumerate(tokens):
        begins = clause == "projected" and token.text not in ("{", ")", "}")
        role = clause
        if token.kind == "var":
            if minus and clause != "data":
                role = "minus"
            if i and tokens[i - 1].is_word("AS"):
                role = "assigned"
            elif _is_tested(tokens, i):
                role = "minus" if minus else "tested"
        spots.append(_Spot(role, bool(outer), select, begins and token.kind in ("var", "punct")))
        if token.kind == "word" and (token.text.upper() != "BY" or (i and tokens[i - 1].is_word("GROUP", "ORDER"))):
            word = token.text.upper()
            if word in _CLAUSES:
                clause = _CLAUSES[word]
                select = i if word == "SELECT" else select
            elif word in _PLAIN:
                clause = ""
        elif token.text in ("{", "(", "["):
            outer.append((clause, minus, select))
            if token.text == "{":
                minus = minus or (i > 0 and tokens[i - 1].is_word("MINUS"))
            clause = clause if token.text == "(" and clause == "data" else ""
        elif token.text in ("}", ")", "]") and outer:
            clause, minus, select = outer.pop()
            clause = "" if token.text == "}" else clause
    return spots


def _is_tested(tokens: Sequence[Token], i: int) -> bool:
    around = [t.text for t in (*tokens[max(i - 1, 0) : i], *tokens[i + 1 : i + 2])]
    return i >= 2 and tokens[i - 2].is_word("BOUND") and around == ["(", ")"]


def _fresh(token: Token, present: set[str]) -> str:
    """A variable name that the query does not use."""
    name = token.text[1:]
    while name in present:
        name += "_"
    return name


def _check_ambiguous(text: str, tokens: Sequence[Token], bindings: Mapping[str, Term], name: str) -> None:
    """Refuses ``?a<?b&&?c>?d``, which is an IRI by the grammar's longest match and a comparison to Oxigraph."""
    for token in tokens:
        if token.kind == "iri" and not is_absolute(token):
            for variable in bindings:
                if re.search(rf"[?$]{re.escape(variable)}(?!\w)", token.text):
                    raise _refusal(
                        text,
                        token,
                        f"?{variable} stands after a '<' that could begin an IRI",
                        "Put a space after '<'.",
                        name,
                    )


def _splice(text: str, edits: Sequence[tuple[int, int, str]]) -> Bound:
    out: list[str] = []
    marks: list[tuple[int, int, int]] = []
    done = length = 0
    for start, end, new in edits:
        out += (text[done:start], new)
        length += start - done
        marks.append((length, start, 0))
        length += len(new)
        marks.append((length, end, len(text)))
        done = end
    out.append(text[done:])
    return Bound("".join(out), tuple(marks))


def _refusal(text: str, token: Token, message: str, cure: str, name: str) -> UsageError:
    where, line = place(text, token.start, name)
    if token.kind == "var":
        message = f"no value can be given for {token.text}: {message}"
    return UsageError(message, place=where, cure=cure, excerpt=line)
