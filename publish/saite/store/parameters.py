"""Parameters of named queries: what a user types becomes a term of the declared kind, or a clear error."""

import datetime
import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from saite.errors import UsageError
from saite.namespaces import PREFIXES, XSD
from saite.terms import Literal, NamedNode, Term

KINDS: Final = ("iri", "string", "lang", "date", "integer")
"""What a parameter can be; ``date`` takes a day, a month or a year (xsd:date, xsd:gYearMonth, xsd:gYear)."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a named query that its user may set.

    Attributes:
        name: the variable, without ``?``.
        kind: one of :data:`KINDS`.
        default: what holds if the user says nothing, as he would type it; None: he must say.
    """

    name: str
    kind: str
    default: str | None = None


def term(parameter: Parameter, text: str, prefixes: Mapping[str, str] = PREFIXES) -> Term:
    """What a user typed, as a term of the parameter's kind.

    Args:
        parameter: what the query declares.
        text: what the user typed; an IRI also as ``<...>`` or as a prefixed name.
        prefixes: what prefixed names may use.

    Raises:
        UsageError: the text is no value of this kind.
    """
    match parameter.kind:
        case "iri":
            return _iri(parameter, text.strip(), prefixes)
        case "string":
            return Literal(text)
        case "lang":
            if not re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", text.strip()):
                raise _wrong(parameter, text, "a language tag", "Write a tag such as lv or en-GB.")
            return Literal(text.strip().lower())
        case "date":
            return _date(parameter, text.strip())
        case "integer":
            if not re.fullmatch(r"[+-]?[0-9]{1,18}", text.strip()):
                raise _wrong(parameter, text, "a whole number", "Write digits only, such as 10.")
            return Literal(str(int(text)), datatype=NamedNode(XSD + "integer"))
    raise ValueError(f"unknown kind {parameter.kind}")


def values(
    parameters: Sequence[Parameter], given: Mapping[str, str], prefixes: Mapping[str, str] = PREFIXES
) -> dict[str, Term]:
    """The bindings of a named query: what the user gave, and defaults for the rest.

    Raises:
        UsageError: a name that the query does not declare, a value of the wrong kind, or one that is missing.
    """
    names = [p.name for p in parameters]
    for name in given:
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            known = f"Its parameters: {', '.join(names)}." if names else "It has no parameters."
            raise UsageError(f"the query has no parameter {name!r}", cure=f"Did you mean {near[0]}?" if near else known)
    bindings: dict[str, Term] = {}
    for parameter in parameters:
        text = given.get(parameter.name, parameter.default)
        if text is None:
            raise UsageError(
                f"the query needs a value for {parameter.name} ({parameter.kind})", cure=f"Give {parameter.name}=..."
            )
        bindings[parameter.name] = term(parameter, text, prefixes)
    return bindings


def _iri(parameter: Parameter, text: str, prefixes: Mapping[str, str]) -> NamedNode:
    iri = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    prefix, colon, local = text.partition(":")
    if iri is text and colon and not local.startswith("//") and prefix in prefixes:
        iri = prefixes[prefix] + local
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise _wrong(
            parameter, text, "an IRI", "Write it in full with its scheme, or as a name with a known prefix."
        ) from error


def _date(parameter: Parameter, text: str) -> Literal:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    cure = "Write a day as 2019-03-12, a month as 2019-03 or a year as 2019."
    if match is None:
        raise _wrong(parameter, text, "a date", cure)
    year, month, day = match.groups()
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise _wrong(parameter, text, "a date of the calendar", cure) from error
    kind = "date" if day else "gYearMonth" if month else "gYear"
    return Literal(text, datatype=NamedNode(XSD + kind))


def _wrong(parameter: Parameter, text: str, what: str, cure: str) -> UsageError:
    shown = text if len(text) <= 60 else text[:57] + "..."
    return UsageError(f"{parameter.name}: {shown!r} is not {what}", cure=cure)
