"""The order in which RDF is read: properties as pages show them, values by language, no chance in it."""

from collections.abc import Iterable, Sequence
from typing import Final

from saite.config import Config
from saite.namespaces import DESCRIPTION_PROPERTIES, LABEL_PROPERTIES, RDF_TYPE
from saite.terms import BlankNode, Literal, NamedNode, Term

_LAST: Final = 1_000_000
"""The rank of properties and languages that nobody ranked; they follow by their text."""

_KINDS: Final = {NamedNode: 0, Literal: 1, BlankNode: 2}


class PropertyRanks(dict[NamedNode, tuple[int, str]]):
    """Property -> sort key. Fills itself."""

    def __init__(self, ranked: Iterable[NamedNode]) -> None:
        super().__init__()
        self._ranked: dict[NamedNode, int] = {}
        for iri in ranked:
            self._ranked.setdefault(iri, len(self._ranked))

    def __missing__(self, iri: NamedNode) -> tuple[int, str]:
        key = self[iri] = (self._ranked.get(iri, _LAST), iri.value)
        return key


class LanguageRanks(dict[str | None, tuple[int, str]]):
    """Language of a literal, or None -> sort key. Fills itself."""

    def __init__(self, languages: Iterable[str]) -> None:
        super().__init__({None: (-1, "")})
        for rank, tag in enumerate(languages):
            self.setdefault(tag, (rank, tag))

    def __missing__(self, tag: str | None) -> tuple[int, str]:
        assert tag is not None
        key = self[tag] = (_LAST, tag)
        return key


class ReadingOrder:
    """The reading order of a site: type, labels, the properties of ``order`` in saite.toml, descriptions, the rest.

    Attributes:
        properties: sort key of a property.
    """

    def __init__(self, config: Config) -> None:
        listed = [NamedNode(iri) for iri in config.order]
        self.properties = PropertyRanks((RDF_TYPE, *LABEL_PROPERTIES, *listed, *DESCRIPTION_PROPERTIES))
        self._languages = LanguageRanks([tag.lower() for tag in (*config.languages, *config.label_languages)])

    def values(self, terms: Sequence[Term]) -> Sequence[Term]:
        """The values of one property in reading order: IRIs, literals by language, blank nodes.

        Literals without a language come first, then the site's languages, then the others.

        Args:
            terms: one or more in the order of :func:`saite.terms.sort_key`, which they keep where nothing else decides.
        """
        if type(terms[-1]) is NamedNode or len(terms) == 1:
            return terms
        if type(terms[0]) is Literal:  # and so are all after it
            return sorted(terms, key=self._language)
        return sorted(terms, key=self._kind_and_language)

    def _language(self, literal: Term) -> tuple[int, str]:
        return self._languages[literal.language]  # type: ignore[union-attr]  # asked for literals only

    def _kind_and_language(self, term: Term) -> tuple[int, tuple[int, str]]:
        return _KINDS[type(term)], self._languages[term.language if type(term) is Literal else None]
