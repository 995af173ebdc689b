"""The order in which a description is read: properties as pages show them, values by language, no chance in it."""

from typing import Final

from saite.config import Config
from saite.namespaces import DESCRIPTION_PROPERTIES, LABEL_PROPERTIES, RDF_TYPE
from saite.render.names import CACHED
from saite.terms import Literal, NamedNode

_LAST: Final = 1_000_000
"""The rank of properties and languages that nobody ranked; they follow by their text."""


class PropertyRanks(dict[NamedNode, tuple[int, str]]):
    """Property -> sort key. Fills itself; begins anew at :data:`saite.render.names.CACHED` entries."""

    def __init__(self, ranked: dict[NamedNode, int]) -> None:
        """Take the ranks of those that have one."""
        super().__init__()
        self._ranked = ranked

    def __missing__(self, iri: NamedNode) -> tuple[int, str]:
        if len(self) >= CACHED:
            self.clear()
        key = self[iri] = (self._ranked.get(iri, _LAST), iri.value)
        return key


class Order:
    """The reading order of a site: type, labels, the properties of ``order`` in saite.toml, descriptions, the rest.

    Attributes:
        properties: sort key of a property.
    """

    def __init__(self, config: Config) -> None:
        """Take the order of properties and of languages from the settings."""
        ranked: dict[NamedNode, int] = {}
        listed = [NamedNode(iri) for iri in config.order]
        for iri in (RDF_TYPE, *LABEL_PROPERTIES, *listed, *DESCRIPTION_PROPERTIES):
            ranked.setdefault(iri, len(ranked))
        self.properties = PropertyRanks(ranked)
        languages = [tag.lower() for tag in (*config.languages, *config.label_languages)]
        self._languages = {tag: rank for rank, tag in reversed(list(enumerate(languages)))}

    def literal(self, term: Literal) -> tuple[int, int, str, str, str]:
        """Sort key of a literal: without a language first, then the site's languages, then the others."""
        language = term.language
        if language is None:
            return (1, -1, "", term.value, term.datatype.value)
        return (1, self._languages.get(language, _LAST), language, term.value, "")
