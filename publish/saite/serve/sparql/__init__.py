"""A SPARQL 1.1 endpoint over a built dataset: begin at :class:`~saite.serve.sparql.endpoint.Endpoint`.

A request is read by ``protocol``, waits for its turn in ``turns``, and runs in a process of ``pool`` that can be ended
at any moment. In that process (``worker``) stands ``fence``, so that nothing can call out; ``answers`` runs the query
and writes its result in one of the ``formats``; frames of ``wire`` bring it back. What is refused is a ``problem``;
what is there without a query is told by ``description`` and ``page``.
"""
