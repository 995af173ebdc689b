"""What terms mean in the words of schema.org, and which of its words go together.

:mod:`mapping` finds the words for a site's terms: in its data, else in ``schema.ttl``. :mod:`words` says which
properties those types have of which we speak, and which values these take. :mod:`needs` says what search engines ask
of an event and of a data set, so that the check and the pages judge alike.
"""

from saite.schemaorg.mapping import SCHEMA, Quads, Vocabulary
from saite.schemaorg.needs import Needs

__all__ = ["SCHEMA", "Needs", "Quads", "Vocabulary"]
