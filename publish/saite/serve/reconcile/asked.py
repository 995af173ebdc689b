"""What a request asks, in either version of the API: values that the rest of the service shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from saite.serve.reconcile.limits import Limits
from saite.serve.sparql.problem import Problem

OLD: Final = "0.2"
DRAFT: Final = "1.0-draft"

_QUANTIFIERS: Final = ("any", "all", "none")
_FEW: Final = 10  # candidates, where nobody says how many


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that is looked for.

    Attributes:
        text: its text, or the name of an entity.
        id: the identifier of an entity, "" where it is none.
    """

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What else is known of an entity.

    Attributes:
        property: identifier of a property; "" is the name.
        values: what it is thought to be.
        quantifier: ``any``, ``all`` or ``none`` of them.
        required: who does not meet it is no candidate.
    """

    property: str
    values: tuple[Wanted, ...]
    quantifier: str = "any"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """One question: which entity is meant?

    Attributes:
        names: what it may be called.
        ids: what its identifier may be.
        types: classes that it must be an instance of.
        every: of all of them, not of any.
        limit: how many candidates are wanted.
        conditions: what else is known.
    """

    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    every: bool = False
    limit: int = _FEW
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """Values that are to be fetched.

    Attributes:
        ids: of which entities.
        properties: of which properties, with their settings.
    """

    ids: tuple[str, ...]
    properties: tuple[tuple[str, Mapping[str, Any]], ...]


def parsed(text: bytes | str) -> Any:
    """A text as JSON (RFC 8259).

    Raises:
        Problem: it is none.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Problem(400, f"this is no JSON: {error}", "Send JSON in UTF-8.") from error


def old_batch(found: Any, limits: Limits) -> dict[str, Query]:
    """A query batch of 0.2 (section 4.1): an object of queries.

    Raises:
        Problem: it is something else, or too large.
    """
    batch = _object(found, "the batch of queries")
    _few(batch, limits.batch, "queries", "batch")
    return {key: _old(_object(query, f"query {key[:40]}"), limits) for key, query in batch.items()}


def _old(query: Mapping[str, Any], limits: Limits) -> Query:
    conditions = tuple(
        Condition(_text(pair, "pid"), _values(pair.get("v"), "v", limits))
        for pair in _objects(query.get("properties", []), "properties", limits)
    )
    name = _text(query, "query", needed=False)
    if "query" not in query and not conditions:  # an empty cell is a query without an answer
        raise Problem(400, "a query has neither query nor properties", "Say what is looked for.")
    types = query.get("type")
    every = query.get("type_strict", "any")
    if every not in ("any", "should", "all"):
        raise Problem(400, f"type_strict is {every!r:.40}", "It is any, should or all.")
    names, ids = _named((Wanted(name),) if name else ())
    _few([value for one in conditions for value in one.values], limits.wanted, "values in a query", "wanted")
    return Query(names, ids, _types(types), every == "all", _limit(query, limits), conditions)


def batch(found: Any, limits: Limits) -> list[Query]:
    """A query batch of the draft (section 4.1): an array of queries.

    Raises:
        Problem: it is something else, or too large.
    """
    queries = _object(found, "the request").get("queries")
    if not isinstance(queries, list):
        raise Problem(400, "queries is no array", 'Send {"queries": [{"conditions": [...]}]}.')
    _few(queries, limits.batch, "queries", "batch")
    return [_query(_object(query, "a query"), limits) for query in queries]


def _query(query: Mapping[str, Any], limits: Limits) -> Query:
    names: list[str] = []
    ids: list[str] = []
    conditions: list[Condition] = []
    given = _objects(query.get("conditions"), "conditions", limits)
    if not given:
        raise Problem(400, "a query has no conditions", "Say what is looked for.")
    for one in given:
        values = _values(one.get("propertyValue"), "propertyValue", limits)
        quantifier, required = one.get("matchQuantifier", "any"), one.get("required", False)
        if quantifier not in _QUANTIFIERS:
            raise Problem(400, f"matchQuantifier is {quantifier!r:.40}", "It is any, all or none.")
        kind = one.get("matchType")
        if kind == "property":
            conditions.append(Condition(_text(one, "propertyId"), values, quantifier, required is True))
        elif kind in ("name", "id") and quantifier == "none":
            conditions.append(Condition("", values, quantifier, required is True))
        elif kind == "id":
            ids += [value.id or value.text for value in values]
        elif kind == "name":
            found = _named(values)
            names += found[0]
            ids += found[1]
        else:
            raise Problem(400, f"matchType is {kind!r:.40}", "It is name, id or property.")
    wanted = [*names, *ids, *(value for one in conditions for value in one.values)]
    _few(wanted, 2 * limits.wanted, "values in a query", "wanted")  # a name may be an identifier, too
    return Query(tuple(names), tuple(ids), _types(query.get("type")), False, _limit(query, limits), tuple(conditions))


def extension(found: Any, limits: Limits) -> Extension:
    """A data extension query (section 7.3 of both).

    Raises:
        Problem: it is something else, or too large.
    """
    asked = _object(found, "the request")
    ids, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids) or not isinstance(properties, list):
        raise Problem(400, "a data extension query has ids and properties", "Send both as arrays.")
    _few(ids, limits.ids, "entities", "ids")
    _few(properties, limits.properties, "properties", "properties")
    wanted = [_object(one, "a property") for one in properties]
    settings = [one.get("settings") for one in wanted]
    return Extension(
        tuple(dict.fromkeys(ids)),
        tuple(
            (_text(one, "id"), given if isinstance(given, dict) else {})
            for one, given in zip(wanted, settings, strict=True)
        ),
    )


def number(text: str, name: str, default: int, most: int) -> int:
    """A number of a query string, which is no more than a limit.

    Raises:
        Problem: it is no number.
    """
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Problem(400, f"{name}={text[:40]!r} is no number", "Give a whole number.")
    return min(int(text), most)


def _named(values: Sequence[Wanted]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What may be a name, and what may be an identifier: whoever gives one for the name is to find its entity."""
    texts = tuple(value.text for value in values if value.text)
    return texts, tuple(value.id or value.text for value in values)


def _types(found: Any) -> tuple[str, ...]:
    if found is None or found in ("", []):
        return ()
    types = found if isinstance(found, list) else [found]
    if not all(isinstance(one, str) for one in types):
        raise Problem(400, "type is no identifier", "Give the identifier of a type.")
    return tuple(types[:100])


def _limit(query: Mapping[str, Any], limits: Limits) -> int:
    found = query.get("limit", _FEW)
    if isinstance(found, bool) or not isinstance(found, int | float) or found < 1:
        raise Problem(400, f"limit is {found!r:.40}", "Give a whole number from 1.")
    return int(min(found, limits.candidates))


def _values(found: Any, name: str, limits: Limits) -> tuple[Wanted, ...]:
    values = found if isinstance(found, list) else [found]
    _few(values, limits.wanted, f"values of {name}", "wanted")
    return tuple(_value(value, name) for value in values)


def _value(found: Any, name: str) -> Wanted:
    if isinstance(found, str):
        return Wanted(found)
    if isinstance(found, bool):
        return Wanted("true" if found else "false")
    if isinstance(found, int | float):
        return Wanted(f"{found:g}" if isinstance(found, float) else str(found))
    if isinstance(found, dict) and isinstance(found.get("id"), str):
        name_ = found.get("name")
        return Wanted(name_ if isinstance(name_, str) else "", found["id"])
    raise Problem(400, f"{name} is no value", "Give a text, a number, true or false, or an object with an id.")


def _text(found: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    value = found.get(name, "")
    if not isinstance(value, str) or (needed and not value):
        raise Problem(400, f"{name} is no text", f"Give {name} as a text.")
    return value.strip()


def _object(found: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise Problem(400, f"{what} is no JSON object", "Send an object, as the specification has it.")
    return found


def _objects(found: Any, what: str, limits: Limits) -> list[Mapping[str, Any]]:
    if found is None:
        return []
    if not isinstance(found, list):
        raise Problem(400, f"{what} is no array", "Send an array, as the specification has it.")
    _few(found, limits.conditions, what, "conditions")
    return [_object(one, f"one of the {what}") for one in found]


def _few(found: Sequence[Any] | Mapping[str, Any], most: int, what: str, limit: str) -> None:
    if len(found) > most:
        raise Problem(413, f"there are more than {most} {what}", "Ask in parts.", limit=limit)
