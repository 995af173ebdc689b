"""What a dataset has: told in the service description, and known to the editor."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from saite.serve.sparql.answers import Order
from saite.serve.sparql.pool import Pool
from saite.serve.sparql.problem import Problem

_GRAPHS: Final = """
SELECT ?name (COUNT(*) AS ?triples) { GRAPH ?name { ?s ?p ?o } FILTER(ISIRI(?name)) } GROUP BY ?name ORDER BY ?name
"""
_TRIPLES: Final = "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }"
_TERMS: Final = """
SELECT DISTINCT ?term { { ?s ?term ?o } UNION { ?s a ?term } FILTER(ISIRI(?term)) } ORDER BY ?term LIMIT 5000
"""
_SECONDS: Final = 60.0  # nobody waits for the counts but once


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a dataset has.

    Attributes:
        triples: of the default graph; None where nobody has counted them.
        graphs: the named graphs, with the number of their triples.
        terms: properties and classes in use.
    """

    triples: int | None = None
    graphs: Mapping[str, int] | None = None
    terms: tuple[str, ...] = ()


async def take(pool: Pool) -> Inventory:
    """The inventory of a pool's dataset; what cannot be counted within the limits lacks."""
    graphs = await _rows(pool, _GRAPHS)
    total = await _rows(pool, _TRIPLES)
    terms = await _rows(pool, _TERMS)
    return Inventory(
        triples=int(total[0]["triples"]) if total else None,
        graphs={row["name"]: int(row["triples"]) for row in graphs or ()},
        terms=tuple(row["term"] for row in terms or ()),
    )


async def _rows(pool: Pool, query: str) -> list[dict[str, str]] | None:
    """The rows of one of our own queries, or None if it met a limit."""
    try:
        running = await pool.run(Order(query, {"table": "json"}, seconds=_SECONDS), "")
        try:
            data = running.first + b"".join([part async for part in running.rest()])
        finally:
            await running.close()
    except Problem:
        return None
    found = json.loads(data)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found if row]
