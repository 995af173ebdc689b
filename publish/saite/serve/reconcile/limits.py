"""How much a request may ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service takes on.

    Attributes:
        text: bytes of a request.
        batch: queries of a request.
        conditions: conditions (property pairs) of a query.
        wanted: values that a query looks for, in all its conditions.
        candidates: candidates of a query.
        suggestions: suggestions, and proposals of properties.
        ids: entities whose values are fetched at once.
        properties: properties that are fetched at once.
        values: values of one property of one entity.
        receiving: seconds in which a client must have sent its request.
        waiting: queries that may wait for their turn.
    """

    text: int = 2**20
    batch: int = 100
    conditions: int = 20
    wanted: int = 50
    candidates: int = 50
    suggestions: int = 100
    ids: int = 500
    properties: int = 50
    values: int = 100
    receiving: float = 30.0
    waiting: int = 64
