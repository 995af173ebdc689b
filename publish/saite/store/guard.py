"""What no query may do, seen before anything runs: call other servers, change the data, nest without end.

Oxigraph's parser goes by what can stand at each place and not by the longest token: it takes ``SERVICE:x``,
``SERVICEex:x``, ``trueSERVICE<...>`` and ``1<ex:a)SERVICE#c>`` for calls of another server. So the guard looks for the
word in every reading of the text, and not only where SPARQL's own grammar would see a keyword.
"""

from collections.abc import Sequence
from typing import Final

from saite.errors import UsageError
from saite.store.tokens import NAME, Token, place, readings, tokenize

MAX_NESTING: Final = 64
"""Brackets within brackets; Oxigraph's parser is slow at a few hundred, and ends the process at a thousand."""

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def guard(text: str, name: str = NAME) -> list[Token]:
    """The tokens of a query that may run.

    Args:
        text: the query.
        name: what its places call it.

    Raises:
        SyntaxFault: the text is no sequence of SPARQL tokens.
        UsageError: it is an update, uses SERVICE, or nests brackets too deeply.
    """
    tokens = tokenize(text, name)
    head = form_token(tokens)
    if head is not None and head.is_word(*_UPDATES):
        raise _refusal(
            text,
            head,
            f"{head.text.upper()} is an update, and the data is read-only",
            "Ask with SELECT, ASK, CONSTRUCT or DESCRIBE; to change the data, edit its files.",
            name,
        )
    if "service" in text.lower():
        for token in readings(text):
            if _calls_service(text, token):
                raise _refusal(
                    text,
                    token,
                    "SERVICE would call another server, and queries never open a connection",
                    "Load the other data as a file of the site, or run the query at that server with --endpoint."
                    if token.kind == "word"
                    else "If no call is meant, give the prefix another name, or write the IRI in full.",
                    name,
                )
    depth = 0
    for token in tokens:
        if token.kind == "punct":
            depth += (token.text in _OPEN) - (token.text in _CLOSE)
            if depth > MAX_NESTING:
                raise _refusal(
                    text, token, f"more than {MAX_NESTING} brackets within each other", "Flatten the query.", name
                )
    return tokens


_OPEN = frozenset(("(", "{", "[", "{|", "<<("))
_CLOSE = frozenset((")", "}", "]", "|}", ")>>"))


def form_token(tokens: Sequence[Token]) -> Token | None:
    """The keyword after the prologue (BASE, PREFIX and VERSION declarations), or None if there is none."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.is_word("PREFIX"):
            index += 3
        elif token.is_word("BASE", "VERSION"):
            index += 2
        else:
            return token if token.kind == "word" else None
    return None


def form(tokens: Sequence[Token]) -> str:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; "" if the text is none of these."""
    token = form_token(tokens)
    return token.text.upper() if token is not None and token.is_word(*_FORMS) else ""


def names_graphs(tokens: Sequence[Token]) -> bool:
    """Whether the query says by FROM which graphs it asks."""
    return any(t.is_word("FROM") for t in tokens)


def _calls_service(text: str, token: Token) -> bool:
    if token.kind == "word":
        return "SERVICE" in token.text.upper()
    if token.kind == "pname" and "service" in token.text.partition(":")[0].lower():
        return _after(text, token.end) == "{"
    return False


def _after(text: str, position: int) -> str:
    """The first character after white space and comments."""
    while position < len(text):
        if text[position] == "#":
            while position < len(text) and text[position] not in "\r\n":
                position += 1
        elif text[position] in " \t\r\n":
            position += 1
        else:
            return text[position]
    return ""


def _refusal(text: str, token: Token, message: str, cure: str, name: str) -> UsageError:
    where, line = place(text, token.start, name)
    return UsageError(message, place=where, cure=cure, excerpt=line)
