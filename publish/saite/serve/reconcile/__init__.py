"""A reconciliation service: which of a site's things do the names in a table mean?

It speaks the Reconciliation Service API of the W3C Entity Reconciliation Community Group: 0.2 (Final Report of 2023),
which OpenRefine speaks, and the draft of 1.0. Begin at :class:`saite.serve.reconcile.service.Reconciliation`.

- ``asked``: requests of both versions as one kind of query, within limits.
- ``calls``: requests; ``keeper``: what is known, made once, asked in turn.
- ``knowledge``: what the service knows of a site, with the index of names.
- ``candidates``, ``suggest``, ``extend``, ``preview``: what it answers.
- ``manifest``, ``written``: answers as each version has them.
"""
