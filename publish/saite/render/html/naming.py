"""What a page says of the names of its resource: those in other languages, whose they are, and who says so."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from saite import language as languages
from saite.render.html.edition import Edition
from saite.render.html.table import clean
from saite.render.html.values import Text, Values
from saite.site.model import Resource
from saite.terms import Literal, NamedNode, Term, Triple

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
        edition = self._edition
        labels = edition.site.labels.all(resource.node)
        if len(labels) < 2 and self._translated is None and not resource.label_provenance:
            return None
        ours = self._translations(resource) if self._translated is not None else frozenset()
        names = sorted((other, name) for other, name in labels.items() if other != tag and (other or name != text))
        rest: Sequence[tuple[str, str]] = ()
        if not self._every or len(names) > _FEW:
            rest = [name for name in names if name[0].lower() not in self._listed] if self._every else ()
            names = [name for name in names if name[0].lower() in self._listed]
        translated = bool(ours) and bool(tag) and Literal(text, language=tag) in ours
        if not names and not rest and not translated and not resource.label_provenance:
            return None
        source: Text = ""
        if resource.label_provenance:
            source = values.provenance(resource.label_provenance, text, edition.gettext("Source of the name"))
        lists = [(folded, self._named(some, values, ours)) for folded, some in ((False, names), (True, rest)) if some]
        return Naming(translated, lists, source)

    def _named(self, names: Sequence[tuple[str, str]], values: Values, ours: Collection[Term | Triple]) -> list[Name]:
        reader = self._edition.interface.language
        return [
            Name(
                languages.language_name(tag, reader) if tag else "",
                values.table.lang(tag),
                clean(name),
                bool(ours) and Literal(name, language=tag or None) in ours,
            )
            for tag, name in names
        ]

    def _translations(self, resource: Resource) -> frozenset[Term | Triple]:
        """The names that are our own translation; from the triples, since the property may be hidden."""
        node, ours = resource.node, self._translated
        return frozenset(t.object for t in resource.triples if t.predicate == ours and t.subject == node)
