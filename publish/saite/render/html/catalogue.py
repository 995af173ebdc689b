"""The catalogue as a page: what a portal that harvests it will show of the site's data."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from markupsafe import Markup

from saite import language as languages
from saite.artifact import Artifact
from saite.distribution import Distribution
from saite.iri import safe_href
from saite.namespaces import DCT, PREFIXES, RDF_TYPE, RDFS_LABEL, XSD
from saite.render.catalogue import void
from saite.render.catalogue.authority import DCATAP, format_name, language_tag
from saite.render.catalogue.model import DOCUMENT, Catalogue, root
from saite.render.catalogue.statements import Statements, term
from saite.render.html.edition import Edition
from saite.render.html.forms import CATALOGUED
from saite.render.html.table import clean, element
from saite.render.html.values import Text, Values
from saite.site.model import Site
from saite.terms import Literal, NamedNode, Subject, Term

_NAMED_BY: Final = (*map(term, ("skos:prefLabel", "foaf:name", "vcard:fn", "dct:title")), RDFS_LABEL)

_STATEMENT: Final = term("dct:ProvenanceStatement")
_SAME: Final = term("skos:exactMatch")


class File(NamedTuple):
    """A distribution, ready for a template.

    Attributes:
        anchor: the fragment of its IRI.
        href: leads to the file.
        name: the last step of its path.
        title: what it is called.
        form: its format, with what packs it.
        size: for people.
        sha256: of the file.
    """

    anchor: str
    href: str
    name: str
    title: str
    form: str
    size: str
    sha256: str


def catalogued(site: Site) -> bool:
    """Whether a site has a catalogue."""
    return "catalogue" in site.config.formats and bool(root(site))


class CataloguePage:
    """Makes the page of the catalogue in one language.

    Args:
        edition: the site in that language.
        distributions: gives the dumps and tables that have been made when the page is.
    """

    def __init__(self, edition: Edition, distributions: Callable[[], Mapping[str, Distribution]]) -> None:
        self._edition = edition
        self._distributions = distributions
        self._table = edition.table(DOCUMENT)

    def page(self) -> tuple[Artifact, ...]:
        """The page."""
        edition = self._edition
        catalogue = Catalogue(edition.site)
        files = sorted(self._distributions().values(), key=lambda one: one.path)
        said = catalogue.statements(files)
        gettext = edition.gettext
        heading = gettext("Catalogue")
        endpoint = edition.site.config.catalogue.endpoint
        return edition.page(
            "catalogue.html",
            DOCUMENT,
            heading,
            entry=DOCUMENT,
            offered=CATALOGUED,
            summary=gettext("What a data portal will show of these data."),
            heading=heading,
            name=self._text(said, catalogue.dataset, term("dct:title")),
            about=self._text(said, catalogue.dataset, term("dct:description")),
            facts=self._facts(said, catalogue.dataset),
            files=[self._file(catalogue, one) for one in files if not one.of],
            tables=[self._file(catalogue, one) for one in files if one.of],
            endpoint=self._table.external(endpoint) if endpoint else "",
            others=[
                self._table.link(node)
                for node in said.of(catalogue.node, term("dcat:dataset"))
                if node != catalogue.dataset
            ],
            addresses=[
                (
                    form.name,
                    self._table.file(f"{DOCUMENT}.{form.ending}"),
                    f"{catalogue.address(DOCUMENT).value}.{form.ending}",
                )
                for form in CATALOGUED
            ],
            void=self._table.file(f"{void.DOCUMENT}.ttl"),
            trail=edition.trail(DOCUMENT),
        )

    def _facts(self, said: Statements, dataset: NamedNode) -> list[tuple[str, list[Text]]]:
        gettext = self._edition.gettext
        rows = (
            (gettext("Publisher"), DCT + "publisher"),
            (gettext("Contact"), PREFIXES["dcat"] + "contactPoint"),
            (gettext("Licence"), DCT + "license"),
            (gettext("Access"), DCT + "accessRights"),
            (gettext("Themes"), PREFIXES["dcat"] + "theme"),
            (gettext("High-value data"), DCATAP + "hvdCategory"),
            (gettext("Legislation"), DCATAP + "applicableLegislation"),
            (gettext("Keywords"), PREFIXES["dcat"] + "keyword"),
            (gettext("Languages"), DCT + "language"),
            (gettext("Places"), DCT + "spatial"),
            (gettext("Time"), DCT + "temporal"),
            (gettext("Updated"), DCT + "accrualPeriodicity"),
            (gettext("Issued"), DCT + "issued"),
            (gettext("Last changed"), DCT + "modified"),
            (gettext("Version"), PREFIXES["dcat"] + "version"),
            (gettext("Series"), PREFIXES["dcat"] + "inSeries"),
            (gettext("Provenance"), DCT + "provenance"),
            (gettext("Made from"), PREFIXES["prov"] + "wasDerivedFrom"),
            (gettext("Conforms to"), DCT + "conformsTo"),
        )
        told = ((name, self._values(said, said.of(dataset, NamedNode(iri)))) for name, iri in rows)
        identity: list[Text] = [self._table.external(dataset.value)]
        return [(name, values) for name, values in told if values] + [(gettext("Identifier"), identity)]

    def _values(self, said: Statements, terms: Iterable[Term]) -> list[Text]:
        terms = list(terms)
        own = [t for t in terms if isinstance(t, Literal) and t.language == self._edition.language]
        values = [self._value(said, one) for one in own or terms]
        short = all(isinstance(t, Literal) or language_tag(t) for t in terms)
        return [Markup(", ").join(values)] if short and values else values

    def _value(self, said: Statements, one: Term) -> Text:
        if isinstance(one, Literal):
            return Values(self._edition, DOCUMENT).literal(one)
        period = self._period(said, one)
        if period:
            return period
        tag = language_tag(one)
        if tag:
            return languages.language_name(tag, self._edition.interface.language)
        page = next((same for same in said.of(one, _SAME) if not self._table.outside(same)), one)
        address = self._table.address(page) or next(
            (v.value for v in said.of(one, term("vcard:hasURL")) if safe_href(v.value)), ""
        )
        name = next((name for by in _NAMED_BY if (name := self._text(said, one, by))), "")
        if name and _STATEMENT in said.of(one, RDF_TYPE):
            return name  # a paragraph is no link
        if not name or (isinstance(one, NamedNode) and self._table.outside(page)):
            return self._table.link(page) if isinstance(page, NamedNode) else name
        return Markup('<a href="{}">{}</a>').format(address, name) if address else name

    def _period(self, said: Statements, one: Subject) -> str:
        """A time with a beginning and an end."""
        moments = []
        for name in ("dcat:startDate", "dcat:endDate"):
            found = next((v for v in said.of(one, term(name)) if isinstance(v, Literal)), None)
            value = languages.moment(found.value, found.datatype.value.removeprefix(XSD)) if found is not None else None
            if value is None:
                return ""
            moments.append(value)
        return languages.format_range(moments[0], moments[1], self._edition.interface.language)

    def _text(self, said: Statements, node: Subject, predicate: NamedNode) -> Text:
        """A text of a node in the reader's language."""
        texts = {one.language or "": one.value for one in said.of(node, predicate) if isinstance(one, Literal)}
        found = languages.choose(texts, self._edition.language, self._edition.site.config.languages)
        if found is None:
            return ""
        attributes = self._table.lang(found[1])
        return element("span", attributes, clean(found[0])) if attributes else clean(found[0])

    def _file(self, catalogue: Catalogue, one: Distribution) -> File:
        return File(
            anchor=catalogue.distribution(one.path).value.partition("#")[2],
            href=self._table.file(one.path),
            name=one.path.rpartition("/")[2],
            title=catalogue.title(one, self._edition.language),
            form=format_name(one.media_type) + (f", {one.packed.rpartition('/')[2]}" if one.packed else ""),
            size=self._edition.size(one.size),
            sha256=one.sha256,
        )
