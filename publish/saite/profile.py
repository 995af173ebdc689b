"""Profiles: what a representation says, whatever its form (W3C, Content Negotiation by Profile)."""

from typing import Final

from saite.artifact import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE

DESCRIPTION: Final = "https://w3id.org/saite/profile/description"
"""The plain description: that of every RDF file which says of no other profile."""

LABELLED: Final = "https://w3id.org/saite/profile/labelled"
"""The plain description, and the labels of everything that it mentions."""

SCHEMA_ORG: Final = "https://schema.org/"
"""What of the description can be said in the words of schema.org."""

TOKENS: Final = {"plain": DESCRIPTION, "labels": LABELLED, "schema": SCHEMA_ORG}
"""Short names of the profiles."""

MARKS: Final = {"labels": "labelled", "schema": "schema"}
"""What stands between a document and the ending in the names of their files."""

_RDF: Final = frozenset(kind.partition(";")[0] for kind in (TURTLE, TRIG, JSON_LD, N_TRIPLES, N_QUADS, RDF_XML))


def profile_of(media_type: str, profile: str) -> str:
    """The profile of a file that is said to have one, or "": RDF that says of none is the plain description."""
    return profile or (DESCRIPTION if media_type.partition(";")[0] in _RDF else "")
