"""What a page says of the names of its resource: those in other languages, whose they are, and who says so."""

from typing import Final, NamedTuple

from markupsafe import Markup

from saite import language as languages
from saite.render.html.edition import Edition
from saite.render.html.table import clean, lang_attributes
from saite.render.html.values import Text, Values
from saite.render.names import Kept
from saite.site.model import Resource
from saite.site.triples import objects
from saite.terms import Literal, NamedNode

_FEW: Final = 3
"""Names in other languages that need not be folded away."""


class Name(NamedTuple):
    """A name: what its language is called, its ``lang`` attribute, its text, and whether it is our translation."""

    language: str
    lang: Markup
    text: str
    ours: bool


class Naming(NamedTuple):
    """The names of a resource, ready for a template.

    Attributes:
        translated: whether the name that the page bears is our translation.
        lists: other names; True with those that are folded away.
        source: who says that this is the name.
    """

    translated: bool
    lists: list[tuple[bool, list[Name]]]
    source: Text


class Namer:
    """Makes the names of resources in one language."""

    def __init__(self, edition: Edition) -> None:
        config = edition.site.config
        self._edition = edition
        self._translated = NamedNode(config.translated) if config.translated else None
        self._listed = {"", *(tag.lower() for tag in (*config.languages, *config.label_languages))}
        self._every = not config.label_languages
        self._tongues = Kept(self._make_tongue)

    def of(self, resource: Resource, values: Values, text: str, tag: str) -> Naming | None:
        """Names in other languages, which of them are our translations, and who says that this is the name.

        Where the settings name no languages of labels, all that the data have: those beyond the site's own are
        folded away if they are many.

        Args:
            resource: the resource.
            values: the page's values.
            text: its name on the page.
            tag: the language of that.
        """
        labels = self._edition.site.labels.all(resource.node)
        if len(labels) < 2 and self._translated is None and not resource.label_provenance:
            return None
        # from the triples, since the property may be hidden
        ours = objects(resource.triples, resource.node, self._translated) if self._translated is not None else ()
        found: list[tuple[bool, Name]] = []
        for other in sorted(labels):
            name = labels[other]
            known = other.lower() in self._listed
            if other != tag and (other or name != text) and (known or self._every):
                called, lang = self._tongues[other]
                translated = bool(ours) and Literal(name, language=other or None) in ours
                found.append((known, Name(called, lang, clean(name), translated)))
        translated = bool(ours) and bool(tag) and Literal(text, language=tag) in ours
        if not found and not translated and not resource.label_provenance:
            return None
        few = len(found) <= _FEW
        shown = [name for known, name in found if known or few]
        folded = [name for known, name in found if not (known or few)]
        source: Text = ""
        if resource.label_provenance:
            gettext = self._edition.gettext
            source = values.provenance(resource.label_provenance, text, gettext("Source of the name"))
        return Naming(translated, [some for some in ((False, shown), (True, folded)) if some[1]], source)

    def _make_tongue(self, tag: str) -> tuple[str, Markup]:
        reader = self._edition.interface.language
        return (languages.language_name(tag, reader) if tag else "", lang_attributes(tag, reader))
