"""Saite (Latvian: *link*): a linked-data publisher.

A *site* is a folder of declarative files (ontology, data, shapes, queries, ``saite.toml``). Saite reads it,
judges it and publishes it. Read the code in the order in which the data flow::

    sources -> store -> graph -> check -> site -> render -> output | serve

``saite.pipeline.build`` is that sentence; ``saite.cli`` is the command line. The joints are four plain values:
quads (``saite.terms``), :class:`~saite.finding.Finding`, :class:`~saite.site.model.Resource` and
:class:`~saite.artifact.Artifact`. A module imports only from floors below it (``docs/decisions`` draws them).
"""

__version__ = "0.1.0"
