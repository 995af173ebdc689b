"""Where a query that the store refused goes wrong: SPARQL 1.1's grammar, read for its first impossible token.

Oxigraph reports how far it looked, not what is wrong. This reader runs only after a refusal; it never decides whether
a query is good.
"""

import difflib
import re
from collections.abc import Sequence, Set
from functools import cache
from typing import Final

from saite.namespaces import PREFIXES
from saite.store.tokens import Token

_GRAMMAR: Final = """
Query = Prologue ( Select | Construct | Describe | Ask ) Values
Prologue = ( BASE iri | PREFIX pname iri | VERSION string )*
Select = SelectClause Dataset* Where Modifiers
SubSelect = SelectClause Where Modifiers Values
SelectClause = SELECT ( DISTINCT | REDUCED )? ( '*' | ( var | '(' Expr AS var ')' )+ )
Construct = CONSTRUCT ( '{' Triples? '}' Dataset* Where Modifiers | Dataset* WHERE '{' Triples? '}' Modifiers )
Describe = DESCRIBE ( VarOrIri+ | '*' ) Dataset* Where? Modifiers
Ask = ASK Dataset* Where Modifiers
Dataset = FROM NAMED? Iri
Where = WHERE? Group
Modifiers = ( GROUP BY GroupCondition+ )? ( HAVING Constraint+ )? ( ORDER BY OrderCondition+ )? Limit*
Limit = ( LIMIT | OFFSET ) number
GroupCondition = '(' Expr ( AS var )? ')' | var | Call | Iri Arguments
OrderCondition = ( ASC | DESC ) Brackets | Constraint | var
Values = ( VALUES Data )?
Group = '{' ( SubSelect | Triples? ( Pattern '.'? Triples? )* ) '}'
Triples = SameSubject ( '.' SameSubject? )*
Pattern = Group ( UNION Group )* | ( OPTIONAL | MINUS | LATERAL ) Group | GRAPH VarOrIri Group | Filter | Bind
    | VALUES Data
Filter = FILTER Constraint
Bind = BIND '(' Expr AS var ')'
Data = var '{' Datum* '}' | '(' var* ')' '{' ( '(' Datum* ')' )* '}'
Datum = Iri | Literal | UNDEF | TripleTerm
Constraint = Brackets | Call | Iri Arguments
Arguments = '(' ( DISTINCT? Expr ( ',' Expr )* )? ')'
Expressions = '(' ( Expr ( ',' Expr )* )? ')'
SameSubject = Node Properties? | Term Properties
Properties = Verb Objects ( ';' ( Verb Objects )? )*
Objects = Object ( ',' Object )*
Object = ( Node | Term ) ( '{|' Properties '|}' )*
Verb = var | Path
Path = Sequence ( '|' Sequence )*
Sequence = Step ( '/' Step )*
Step = '^'? ( Iri | A | '!' Negated | '(' Path ')' ) ( '?' | '*' | '+' )?
Negated = Single | '(' ( Single ( '|' Single )* )? ')'
Single = '^'? ( Iri | A )
Node = '(' ( Node | Term )+ ')' | '[' Properties ']'
Term = var | Iri | Literal | bnode | '[' ']' | '(' ')' | TripleTerm
TripleTerm = '<<(' ( Node | Term ) Verb Object ')>>' | '<<' ( Node | Term ) Verb Object '>>'
VarOrIri = var | Iri
Iri = iri | pname
Literal = string ( lang | '^^' Iri )? | ( '+' | '-' )? number | TRUE | FALSE
Expr = Both ( '||' Both )*
Both = Compared ( '&&' Compared )*
Compared = Sum ( ( '=' | '!=' | '<=' | '>=' | '<' | '>' ) Sum | NOT? IN Expressions )?
Sum = Product ( ( '+' | '-' ) Product )*
Product = Unary ( ( '*' | '/' ) Unary )*
Unary = ( '!' | '+' | '-' )* Primary
Primary = Brackets | Call | Iri Arguments? | Literal | var | TripleTerm
Brackets = '(' Expr ')'
Call = COUNT '(' DISTINCT? ( '*' | Expr ) ')' | GROUP_CONCAT '(' DISTINCT? Expr ( ';' SEPARATOR '=' string )? ')'
    | ( SUM | MIN | MAX | AVG | SAMPLE ) '(' DISTINCT? Expr ')' | BOUND '(' var ')' | NOT? EXISTS Group
    | function Expressions
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FUNCTIONS: Final = _words(
    "STR LANG LANGMATCHES LANGDIR DATATYPE IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE "
    "ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ "
    "NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRLANGDIR STRDT SAMETERM ISIRI ISURI ISBLANK "
    "ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE HASLANG HASLANGDIR ISTRIPLE TRIPLE SUBJECT PREDICATE OBJECT ADJUST"
)
_SAID: Final = {
    "iri": "an IRI",
    "pname": "a prefixed name",
    "var": "a variable",
    "string": "a text in quotes",
    "number": "a number",
    "bnode": "a blank node",
    "lang": "a language tag",
    "function": "a function",
    "A": "a",
    "TRUE": "true",
    "FALSE": "false",
}
_OPERATORS: Final = _words("&& || = != < > <= >= + - * / IN NOT")
_OPERANDS: Final = _words(
    "! + - ( << <<( AVG BOUND COUNT EXISTS GROUP_CONCAT MAX MIN NOT SAMPLE SUM TRUE FALSE function number pname string "
    "var iri"
)
_Expr = tuple[str, tuple["_Expr", ...] | str]


def diagnose(tokens: Sequence[Token], length: int, prefixes_known: bool = False) -> tuple[int, str, str] | None:
    """The first thing that is wrong with a query, as far as the grammar and its declarations tell.

    Args:
        tokens: the query's tokens.
        length: length of the query's text, where its end lies.
        prefixes_known: prefixes are declared elsewhere.

    Returns:
        Offset, message and cure; None if the fault lies deeper than the grammar.
    """
    reader = _Reader(tokens)
    end = reader.match(("rule", "Query"), 0)
    if end is None or end < len(tokens):
        if end is not None and reader.furthest <= end:
            reader.furthest = end
            reader.expected.add("the end of the query")
        if reader.depth_exceeded:
            return None
        return _unexpected(tokens, reader, length)
    return None if prefixes_known else _undeclared(tokens)


def _unexpected(tokens: Sequence[Token], reader: "_Reader", length: int) -> tuple[int, str, str]:
    cure = f"Expected here: {_listed(reader.expected)}."
    if reader.furthest >= len(tokens):
        opened = _unclosed(tokens)
        if opened is not None:
            return opened.start, f"this {opened.text!r} is never closed", "Add the closing bracket."
        return length, "the query ends too early", cure
    token = tokens[reader.furthest]
    if token.kind == "word":
        functions = _FUNCTIONS if "function" in reader.expected else frozenset[str]()
        keywords = sorted({e for e in reader.expected if e.isupper()} | functions)
        near = difflib.get_close_matches(token.text.upper(), keywords, 1)
        if near and near[0] != token.text.upper():
            cure = f"Did you mean {near[0]}?"
    return token.start, f"{token.text!r} cannot stand here", cure


def _listed(expected: Set[str]) -> str:
    """What could stand somewhere, for people: every operator is "an operator"."""
    names = set(expected)
    if "function" in names:
        names -= _OPERANDS
        names.add("an expression")
    if "&&" in names:
        names -= _OPERATORS
        names.add("an operator")
    words = sorted(_SAID.get(name, name) for name in names)
    return ", ".join(words[:-1]) + " or " + words[-1] if len(words) > 1 else "".join(words)


def _unclosed(tokens: Sequence[Token]) -> Token | None:
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "punct" and token.text in ("(", "{", "["):
            opened.append(token)
        elif token.kind == "punct" and token.text in (")", "}", "]") and opened:
            opened.pop()
    return opened[-1] if opened else None


def _undeclared(tokens: Sequence[Token]) -> tuple[int, str, str] | None:
    declared: set[str] = set()
    based = False
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else None
        if token.kind == "pname":
            prefix = token.text.partition(":")[0]
            if before is not None and before.is_word("PREFIX"):
                declared.add(prefix)
            elif prefix not in declared:
                iri = PREFIXES.get(prefix, "...")
                near = difflib.get_close_matches(prefix, sorted(declared), 1) if prefix not in PREFIXES else []
                cure = f"Did you mean {near[0]}:?" if near else f"Add PREFIX {prefix}: <{iri}> at the top."
                return token.start, f"the prefix {prefix}: is not declared", cure
        elif token.kind == "iri":
            based = based or (before is not None and before.is_word("BASE"))
            if not based and not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token.text):
                return token.start, f"{token.text} is a relative IRI", "Write it in full, or add BASE <...> at the top."
    return None


class _Reader:
    """Matches the grammar against tokens, and remembers the furthest token that fitted nothing."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.furthest = -1
        self.expected: set[str] = set()
        self.depth = 0
        self.depth_exceeded = False

    def match(self, expr: _Expr, at: int) -> int | None:
        """The position after what ``expr`` matches at ``at``, or None."""
        kind, what = expr
        if isinstance(what, str):
            return self._rule(what, at) if kind == "rule" else self._terminal(kind, what, at)
        if kind == "all":
            position: int | None = at
            for part in what:
                if position is None:
                    return None
                position = self.match(part, position)
            return position
        if kind == "any":
            return next((end for part in what if (end := self.match(part, at)) is not None), None)
        end = self.match(what[0], at)
        if kind == "+" and end is None:
            return None
        while kind in "*+" and end is not None and end > at:
            at, end = end, self.match(what[0], end)
        return at if end is None else end

    def _rule(self, name: str, at: int) -> int | None:
        if self.depth > 150:  # some five Python frames each
            self.depth_exceeded = True
            return None
        self.depth += 1
        end = self.match(_rules()[name], at)
        self.depth -= 1
        return end

    def _terminal(self, kind: str, what: str, at: int) -> int | None:
        token = self.tokens[at] if at < len(self.tokens) else None
        if token is not None:
            if kind == "punct":
                fits = token.kind == "punct" and token.text == what
            elif kind == "word":
                fits = token.is_word(what) if what != "A" else (token.kind == "word" and token.text == "a")
            elif what == "function":
                fits = token.is_word(*_FUNCTIONS)
            else:
                fits = token.kind == what
            if fits:
                return at + 1
        if at > self.furthest:
            self.furthest, self.expected = at, set()
        if at == self.furthest:
            self.expected.add(what)
        return None


@cache
def _rules() -> dict[str, _Expr]:
    joined = re.sub(r"\n\s+", " ", _GRAMMAR.strip())
    rules: dict[str, _Expr] = {}
    for line in joined.split("\n"):
        name, _, body = line.partition(" = ")
        rules[name] = _Ebnf(re.findall(r"'[^']+'|[A-Za-z_]+|[()|?*+]", body)).alternatives()
    return rules


class _Ebnf:
    """Reads the right side of a production."""

    def __init__(self, words: list[str]) -> None:
        self.words = words[::-1]

    def alternatives(self) -> _Expr:
        """Sequences between bars, up to a closing bracket or the end."""
        parts = [self._sequence()]
        while self.words and self.words[-1] == "|":
            self.words.pop()
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else ("any", tuple(parts))

    def _sequence(self) -> _Expr:
        parts: list[_Expr] = []
        while self.words and self.words[-1] not in ("|", ")"):
            word = self.words.pop()
            if word == "(":
                part = self.alternatives()
                self.words.pop()
            elif word.startswith("'"):
                part = ("punct", word[1:-1])
            elif word.isupper():
                part = ("word", word)
            elif word.islower():
                part = ("kind", word)
            else:
                part = ("rule", word)
            if self.words and self.words[-1] in ("?", "*", "+"):
                part = (self.words.pop(), (part,))
            parts.append(part)
        return parts[0] if len(parts) == 1 else ("all", tuple(parts))
