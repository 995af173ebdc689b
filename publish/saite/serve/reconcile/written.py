"""Answers as each version of the API has them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from saite.language import interface
from saite.serve.reconcile.candidates import Candidate
from saite.serve.reconcile.extend import Cell, Column
from saite.serve.reconcile.knowledge import Knowledge
from saite.serve.reconcile.manifest import type_
from saite.terms import NamedNode


def candidate(knowledge: Knowledge, found: Candidate, language: str, *, draft: bool) -> dict[str, Any]:
    """A reconciliation candidate (section 4.2); features have names in the draft only."""
    node = knowledge.entities[found.number]
    name, tag = knowledge.site.labels.best(node, language)
    written: dict[str, Any] = {"id": node.value, "name": name}
    if draft and tag:
        written["lang"] = tag
    if described := knowledge.description(node, language):
        written["description"] = described
    written["type"] = _types(knowledge, found.number, language)
    written["score"] = round(found.score, 2)
    written["match"] = found.match
    written["features"] = _features(found, language, draft=draft)
    return written


def _features(found: Candidate, language: str, *, draft: bool) -> list[dict[str, Any]]:
    gettext = interface(language).gettext
    values = [
        ("name", gettext("Score of the name"), found.name.value),
        ("letters", gettext("Likeness of the letters, of 100"), 100 * found.name.letters),
        ("words", gettext("Likeness of the words, of 100"), 100 * found.name.words),
    ]
    if found.conditions is not None:
        values.append(("properties", gettext("How far the properties agree, of 100"), 100 * found.conditions))
    return [
        {"id": id, "name": name, "value": round(value, 2)} if draft else {"id": id, "value": round(value, 2)}
        for id, name, value in values
    ]


def entities(knowledge: Knowledge, found: Iterable[NamedNode], language: str) -> dict[str, Any]:
    """Suggested entities (section 6 of both)."""
    return {
        "result": [
            {
                **_suggested(knowledge, node, language),
                "notable": _types(knowledge, knowledge.numbers[node.value], language),
            }
            for node in found
        ]
    }


def classes(knowledge: Knowledge, found: Iterable[NamedNode], language: str) -> dict[str, Any]:
    """Suggested classes."""
    return {
        "result": [_suggested(knowledge, node, language) | type_(knowledge, node, language) for node in found],
    }


def properties(knowledge: Knowledge, found: Iterable[NamedNode], language: str) -> dict[str, Any]:
    """Suggested properties."""
    return {"result": [_suggested(knowledge, node, language) for node in found]}


def proposals(
    knowledge: Knowledge, found: Iterable[NamedNode], language: str, type: str, limit: int | None
) -> dict[str, Any]:
    """Properties whose values may be fetched (section 7.2 of both)."""
    written: dict[str, Any] = {"properties": [_suggested(knowledge, node, language) for node in found]}
    if type:
        written["type"] = type
    if limit is not None:
        written["limit"] = limit
    return written


def old_rows(knowledge: Knowledge, ids: Sequence[str], columns: Sequence[Column], language: str) -> dict[str, Any]:
    """Values of properties as 0.2 has them (section 7.4): rows by identifier, cells by property."""
    rows = {
        id: {column.id: [dict(cell.value) for cell in column.cells[place]] for column in columns}
        for place, id in enumerate(ids)
    }
    return {"meta": _meta(knowledge, columns, language), "rows": rows}


def rows(knowledge: Knowledge, ids: Sequence[str], columns: Sequence[Column], language: str) -> dict[str, Any]:
    """Values of properties as the draft has them: arrays, texts with their language."""
    found = [
        {
            "id": id,
            "properties": [
                {"id": column.id, "values": [_value(cell) for cell in column.cells[place]]} for column in columns
            ],
        }
        for place, id in enumerate(ids)
    ]
    return {"meta": _meta(knowledge, columns, language), "rows": found}


def _value(cell: Cell) -> Mapping[str, Any]:
    return {**cell.value, "lang": cell.language} if cell.language else cell.value


def _meta(knowledge: Knowledge, columns: Sequence[Column], language: str) -> list[dict[str, Any]]:
    meta: list[dict[str, Any]] = []
    for column in columns:
        written: dict[str, Any] = {"id": column.id, "name": column.name}
        if column.type is not None:
            written["type"] = {"id": column.type.value, "name": knowledge.name(column.type, language)}
        meta.append(written)
    return meta


def _suggested(knowledge: Knowledge, node: NamedNode, language: str) -> dict[str, Any]:
    written: dict[str, Any] = {"id": node.value, "name": knowledge.name(node, language)}
    if described := knowledge.description(node, language):
        written["description"] = described
    return written


def _types(knowledge: Knowledge, number: int, language: str) -> list[dict[str, str]]:
    return [{"id": node.value, "name": knowledge.name(node, language)} for node in knowledge.types(number)]
