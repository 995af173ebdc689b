"""Where the quads are, and how they are asked.

Read :mod:`saite.store.protocol` first: what the floors above may ask of any store. Then

- :mod:`embedded`: Oxigraph in this process, in memory or on disk; :mod:`remote`: a SPARQL 1.1 endpoint,
  by :mod:`transport`; :mod:`harvest`: all that one holds, read in pages by :mod:`paging`
  (:mod:`virtuoso`: what is special there);
- :mod:`request`: what both do to a query before it runs: :mod:`tokens` (SPARQL as tokens), :mod:`guard` (no SERVICE,
  no update), :mod:`binding` (values by token), :mod:`grammar` (what is wrong with a query that was refused);
- :mod:`queryfile` and :mod:`parameters`: ``.rq`` files whose header of comments is their documentation.

The stores are loaded when they are first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from saite.store.embedded import EmbeddedStore
    from saite.store.protocol import QueryResult, Store
    from saite.store.remote import RemoteStore

_MODULES = {"EmbeddedStore": "embedded", "QueryResult": "protocol", "RemoteStore": "remote", "Store": "protocol"}


def __getattr__(name: str) -> Any:
    """A store (PEP 562)."""
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["EmbeddedStore", "QueryResult", "RemoteStore", "Store"]
