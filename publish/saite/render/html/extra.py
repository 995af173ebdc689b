"""What the page of a class, property, shape, scheme or ontology says beyond its own triples."""

from typing import Final

from markupsafe import Markup

from saite.render.html.edition import Edition
from saite.render.html.shapes import ShapePages
from saite.render.html.terms import TermBlocks
from saite.render.html.vocabulary import DOCUMENT, Vocabulary, VocabularyPage
from saite.site.model import Resource

SHAPES: Final = "shapes"
"""The document of the page of all shapes."""

WHOLE_PAGES: Final = (DOCUMENT, SHAPES)
"""Documents of pages of the whole that a resource may have too: its page then says both."""


class Extras:
    """Makes the further blocks of resources that speak of other resources."""

    def __init__(self, edition: Edition, vocabulary: Vocabulary, shapes: ShapePages) -> None:
        site = edition.site
        self._edition = edition
        self._vocabulary = vocabulary
        self._shapes = shapes
        self._terms = TermBlocks(edition, shapes)
        self._uses = {**site.classes, **site.properties}
        self._of_interest = frozenset(
            (*self._uses, *site.shapes, *site.ontologies, *(listing.node for listing in site.listings))
        )

    def of(self, resource: Resource) -> Markup:
        """The further blocks of a resource; empty for most."""
        node = resource.node
        if resource.document in WHOLE_PAGES:
            return self._shapes.block(resource) + self.whole(resource.document)
        if node not in self._of_interest:
            return self._shapes.block(resource)
        edition = self._edition
        parts = [self._shapes.block(resource)]
        if node in self._uses:
            parts.append(self._terms.of(resource, self._uses[node]))
        else:
            listing = edition.listing(node)
            if listing is not None:
                href = edition.table(resource.document).href(listing.document)
                parts.append(edition.part("all_of", href, edition.number(listing.count)))
        return Markup("").join(parts)

    def whole(self, document: str) -> Markup:
        """The content of the vocabulary page or of the page of all shapes."""
        if document == SHAPES:
            return self._shapes.content()
        return VocabularyPage(self._edition, self._vocabulary).content()
