"""Where the quads are, and how they are asked.

Read :mod:`saite.store.protocol` first: what the floors above may ask of any store. Then

- :mod:`embedded`: Oxigraph in this process, in memory or on disk; :mod:`remote`: a SPARQL 1.1 endpoint,
  by :mod:`transport`; :mod:`harvest`: all that one holds, read in pages by :mod:`paging`
  (:mod:`virtuoso`: what is special there);
- :mod:`request`: what both do to a query before it runs: :mod:`tokens` (SPARQL as tokens), :mod:`guard` (no SERVICE,
  no update), :mod:`binding` (values by token), :mod:`grammar` (what is wrong with a query that was refused);
- :mod:`queryfile` and :mod:`parameters`: ``.rq`` files whose header of comments is their documentation.
"""

from saite.store.embedded import EmbeddedStore
from saite.store.protocol import QueryResult, Store
from saite.store.remote import RemoteStore

__all__ = ["EmbeddedStore", "QueryResult", "RemoteStore", "Store"]
