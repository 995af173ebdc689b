"""Names of terms that many data sets use and few describe: labels for readers who know no RDF."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph

from saite.site.scan import Labels, merged
from saite.terms import Literal, NamedNode

FILE: Final = Path(__file__).with_name("vocabulary.ttl")
"""The labels, in this package; those in the data win over them."""

RANK: Final = 100
"""The rank of these labels: after all label properties of the data."""


@lru_cache(maxsize=1)
def well_known() -> Mapping[NamedNode, Labels]:
    """Labels of common foreign terms."""
    found: dict[NamedNode, Labels] = {}
    for quad in pyoxigraph.parse(path=str(FILE), format=pyoxigraph.RdfFormat.TURTLE):
        subject, label = quad.subject, quad.object
        assert isinstance(subject, NamedNode)
        assert isinstance(label, Literal)
        found[subject] = merged(found.get(subject, ()), label.language or "", label.value, RANK)
    return found
