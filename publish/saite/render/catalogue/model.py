"""The catalogue of a site as a graph: DCAT-AP 3.0.1, complete in itself.

What it refers to is typed and named in it, so that who harvests it, or validates it, need fetch nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final
from urllib.parse import urlsplit

from saite import language as languages
from saite.distribution import Distribution
from saite.iri import quoted
from saite.namespaces import DESCRIPTION_PROPERTIES, OWL, RDF_TYPE
from saite.render.catalogue import authority
from saite.render.catalogue.authority import DCATAP
from saite.render.catalogue.coverage import extent
from saite.render.catalogue.described import (
    CONFORMS_TO,
    DESCRIPTION,
    PUBLISHER,
    SPATIAL,
    TEMPORAL,
    TITLE,
    Descriptions,
)
from saite.render.catalogue.statements import Statements, number, term
from saite.render.dataset import dataset
from saite.render.subject import subject
from saite.site.model import Site
from saite.terms import Literal, NamedNode, Term, Triple

DOCUMENT: Final = "catalog"
"""The document of the catalogue."""

MANY: Final = 100
"""Datasets that the data describe, up to which each is in the catalogue beside that of the whole."""

QUERIES: Final = "queries/"
"""What :attr:`~saite.distribution.Distribution.of` begins with for the rows of a query."""

VIEWS: Final = "views/"
"""The same for those of a view."""

_LANGUAGE: Final = term("dct:language")
_LICENSE: Final = term("dct:license")
_CONTACT: Final = term("dcat:contactPoint")
_THEME: Final = term("dcat:theme")
_KEYWORD: Final = term("dcat:keyword")
_DATASET: Final = term("dcat:Dataset")
_AVAILABILITY: Final = NamedNode(DCATAP + "availability")
_LEGISLATION: Final = NamedNode(DCATAP + "applicableLegislation")
_CATEGORY: Final = NamedNode(DCATAP + "hvdCategory")
_DCT_TYPE: Final = term("dct:type")
_PROTOCOL: Final = NamedNode("https://www.w3.org/TR/sparql11-protocol/")
_THEMES: Final = NamedNode(f"{authority.AUTHORITY}data-theme")


def root(site: Site) -> str:
    """Where the documents are served, up to a slash; "" where neither the settings nor the data say."""
    url = site.config.url or site.base
    return f"{url.rpartition('/')[0]}/" if urlsplit(url).scheme in ("http", "https") else ""


def datasets(site: Site) -> Sequence[NamedNode]:
    """The datasets (``dcat:Dataset``, ``void:Dataset``) that the data describe at the site's base, by IRI."""
    kinds = (_DATASET, term("void:Dataset"))
    found = {
        quad.subject
        for kind in kinds
        for quad in site.quads(None, RDF_TYPE, kind)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(site.base)
    }
    return sorted(found, key=lambda node: node.value)


class Catalogue:
    """What the catalogue of a site says.

    Args:
        site: the site; it must have an address (:func:`root`).

    Attributes:
        node: the catalogue itself.
        dataset: the dataset that is all of the site's data.
        described: the data describe it; else it is made of the settings.
    """

    def __init__(self, site: Site) -> None:
        base = site.base if urlsplit(site.base).scheme in ("http", "https") else root(site)
        self._site = site
        self._settings = site.config.catalogue
        self._queries = {query.document: query for query in (*site.queries, *site.views)}
        self._tongues = tuple(dict.fromkeys((*site.config.languages, *site.config.label_languages)))
        self.node = NamedNode(f"{base.rpartition('/')[0]}/{DOCUMENT}")
        found = dataset(site)
        self.dataset = found if found is not None else self._part("dataset")
        self.described = found is not None

    def address(self, path: str) -> NamedNode:
        """The absolute address of a document or file."""
        return NamedNode(root(self._site) + quoted(path))

    def distribution(self, path: str) -> NamedNode:
        """The distribution that a file is."""
        return self._part(quoted(path))

    def triples(self, distributions: Iterable[Distribution]) -> list[Triple]:
        """The whole catalogue with some distributions of the whole dataset."""
        return list(self.statements(distributions).triples())

    def statements(self, distributions: Iterable[Distribution]) -> Statements:
        """The same as statements, to be asked."""
        said = Statements()
        tell = Descriptions(self._site, said)
        self._tell_dataset(said, tell)
        for one in sorted(distributions, key=lambda one: one.path):
            self._tell_distribution(one, said, tell)
        if self._settings.endpoint:
            self._tell_service(said, tell)
        for other in self._others:
            tell.dataset(other)
        self._tell_catalogue(said, tell)
        return said

    def title(self, one: Distribution, language: str) -> str:
        """What a distribution is called in a language."""
        text = languages.interface(language)
        form = authority.format_name(one.media_type)
        if one.packed:
            form = f"{form}, {one.packed.rpartition('/')[2]}"
        if not one.of:
            return text.gettext("All data (%(form)s)") % {"form": form}
        return f"{self._holds(one.of, language)} ({form})"

    @cached_property
    def _extent(self) -> tuple[Literal, Literal] | None:
        return extent(self._site)

    @cached_property
    def _others(self) -> Sequence[NamedNode]:
        """Further datasets that the data describe, unless there are many."""
        found = datasets(self._site)
        return [node for node in found if node != self.dataset] if len(found) <= MANY else ()

    def _part(self, name: str) -> NamedNode:
        return NamedNode(f"{self.node.value}#{name}")

    def _tell_catalogue(self, said: Statements, tell: Descriptions) -> None:
        node, config, dataset = self.node, self._site.config, self.dataset
        said.type(node, term("dcat:Catalog"))
        said.say(node, TITLE, *(_texts(config.title) or said.of(dataset, TITLE)))
        said.say(node, DESCRIPTION, *(_texts(config.tagline) or said.of(dataset, DESCRIPTION)))
        tell.relate(node, PUBLISHER, *said.of(dataset, PUBLISHER)[:1])
        tell.relate(node, _LICENSE, *said.of(dataset, _LICENSE)[:1])
        tell.relate(node, SPATIAL, *said.of(dataset, SPATIAL))
        tell.relate(node, _LANGUAGE, *_in_table(config.languages))
        for date in map(term, ("dct:issued", "dct:modified")):
            said.say(node, date, *said.of(dataset, date)[:1])
        tell.relate(node, term("foaf:homepage"), NamedNode(root(self._site)))
        if any(
            authority.scheme(theme) == _THEMES for theme in said.of(dataset, _THEME) if isinstance(theme, NamedNode)
        ):
            said.say(node, term("dcat:themeTaxonomy"), _THEMES)
            said.type(_THEMES, term("skos:ConceptScheme"))
            said.say(_THEMES, TITLE, Literal("Data theme", language="en"))
        said.say(node, term("dcat:dataset"), dataset, *self._others)

    def _tell_dataset(self, said: Statements, tell: Descriptions) -> None:
        node, config = self.dataset, self._site.config
        if self.described:
            tell.dataset(node)
        else:
            said.type(node, _DATASET)
            tell.relate(node, term("dcat:landingPage"), NamedNode(root(self._site)))
        if not said.of(node, TITLE):
            said.say(node, TITLE, *(_texts(config.title) or self._of_subject()))
        if not said.of(node, DESCRIPTION):
            said.say(node, DESCRIPTION, *(_texts(config.tagline) or self._about_subject()))
        if not said.of(node, _LANGUAGE):
            tell.relate(node, _LANGUAGE, *_in_table(self._tongues))
        if not said.of(node, TEMPORAL):
            self._tell_time(said, tell)
        series = (one for one in said.of(node, term("dcat:inSeries")) if isinstance(one, NamedNode))
        for one in (node, *series):
            self._tell_law(one, said, tell)
            tell.relate(one, _CATEGORY, *map(NamedNode, self._settings.hvd))

    def _tell_time(self, said: Statements, tell: Descriptions) -> None:
        found = self._extent
        if found is not None:
            period = self._part("period")
            tell.relate(self.dataset, TEMPORAL, period)
            said.say(period, term("dcat:startDate"), found[0])
            said.say(period, term("dcat:endDate"), found[1])

    def _tell_law(self, node: NamedNode, said: Statements, tell: Descriptions) -> None:
        """The legislation; that of high-value datasets where the settings name a category of them and no other law."""
        laws = self._settings.legislation or ((authority.HVD,) if self._settings.hvd else ())
        tell.relate(node, _LEGISLATION, *map(NamedNode, laws))

    def _tell_distribution(self, one: Distribution, said: Statements, tell: Descriptions) -> None:
        node, address = self.distribution(one.path), self.address(one.path)
        self._tell_offer(node, said, tell)
        said.say(node, TITLE, *(Literal(self.title(one, tag), language=tag) for tag in self._site.config.languages))
        said.say(
            node, DESCRIPTION, *(Literal(self._says(one, tag), language=tag) for tag in self._site.config.languages)
        )
        said.say(node, term("dcat:accessURL"), address)
        said.say(node, term("dcat:downloadURL"), address)
        said.say(node, term("dcat:byteSize"), number(one.size, "nonNegativeInteger"))
        tell.relate(node, term("dcat:mediaType"), *_some(authority.media_type(one.media_type)))
        tell.relate(node, term("dct:format"), *_some(authority.file_type(one.media_type)))
        if one.packed:
            tell.relate(node, term("dcat:compressFormat"), *_some(authority.media_type(one.packed)))
        tongues = _in_table((one.language,)) if one.language else said.of(self.dataset, _LANGUAGE)
        tell.relate(node, _LANGUAGE, *tongues)
        tell.relate(node, CONFORMS_TO, *map(NamedNode, one.conforms))
        checksum = self._part(f"sha256-{one.sha256}")
        tell.relate(node, term("spdx:checksum"), checksum)
        said.say(checksum, term("spdx:algorithm"), authority.SHA256)
        said.say(checksum, term("spdx:checksumValue"), Literal(one.sha256, datatype=term("xsd:hexBinary")))
        said.type(authority.SHA256, term("spdx:ChecksumAlgorithm"))
        said.say(authority.SHA256, NamedNode(OWL + "sameAs"), authority.SPDX_SHA256)

    def _tell_offer(self, node: NamedNode, said: Statements, tell: Descriptions) -> None:
        """What a distribution has from its dataset and from the settings."""
        tell.relate(self.dataset, term("dcat:distribution"), node)
        tell.relate(node, _LICENSE, *said.of(self.dataset, _LICENSE)[:1])
        if self._settings.availability:
            tell.relate(node, _AVAILABILITY, authority.availability(self._settings.availability))
        self._tell_law(node, said, tell)

    def _tell_service(self, said: Statements, tell: Descriptions) -> None:
        """The SPARQL endpoint, and the same as a distribution, for who knows no services."""
        node, endpoint = self._part("sparql"), NamedNode(self._settings.endpoint)
        titles = _texts(
            {tag: languages.interface(tag).gettext("SPARQL endpoint") for tag in self._site.config.languages}
        )
        about = _texts(
            {
                tag: languages.interface(tag).gettext("All data, to be asked by queries in SPARQL 1.1.")
                for tag in self._site.config.languages
            }
        )
        said.type(node, term("dcat:DataService"))
        said.say(self.node, term("dcat:service"), node)
        said.say(node, TITLE, *titles)
        said.say(node, DESCRIPTION, *about)
        said.say(node, term("dcat:endpointURL"), endpoint)
        said.say(node, term("dcat:endpointDescription"), endpoint)
        said.say(node, term("dcat:servesDataset"), self.dataset)
        for predicate in (PUBLISHER, _CONTACT, _LICENSE, _THEME, term("dct:accessRights")):
            tell.relate(node, predicate, *said.of(self.dataset, predicate))
        said.say(node, _KEYWORD, *said.of(self.dataset, _KEYWORD))
        tell.relate(node, CONFORMS_TO, _PROTOCOL)
        results = NamedNode(f"{authority.AUTHORITY}file-type/SPARQLQRES")
        tell.relate(node, term("dct:format"), results)
        if self._site.queries:
            tell.relate(node, term("foaf:page"), self.address("queries"))
        self._tell_law(node, said, tell)
        tell.relate(node, _CATEGORY, *map(NamedNode, self._settings.hvd))
        mirror = self._part("sparql-distribution")
        self._tell_offer(mirror, said, tell)
        said.say(mirror, TITLE, *titles)
        said.say(mirror, DESCRIPTION, *about)
        said.say(mirror, term("dcat:accessURL"), endpoint)
        said.say(mirror, term("dcat:accessService"), node)
        tell.relate(mirror, term("dct:format"), results)

    def _says(self, one: Distribution, language: str) -> str:
        """A sentence on what is in a distribution."""
        text = languages.interface(language)
        if one.of.startswith((QUERIES, VIEWS)):
            return text.gettext("What the query “%(title)s” answers.") % {"title": self._holds(one.of, language)}
        if one.of:
            return text.gettext("A table: “%(title)s”, one in each row.") % {"title": self._holds(one.of, language)}
        if one.media_type.partition(";")[0] in ("application/n-quads", "application/trig"):
            return text.gettext("The whole dataset in one file, with its named graphs.")
        return text.gettext("The whole dataset in one file.")

    def _holds(self, of: str, language: str) -> str:
        """What a table holds: the name of a class or of a query."""
        if of.startswith((QUERIES, VIEWS)):
            query = self._queries.get(of)
            found = languages.choose(query.titles if query else {}, language, self._site.config.languages)
            return found[0] if found else of.partition("/")[2]
        return self._site.labels.best(NamedNode(of), language)[0]

    def _of_subject(self) -> Sequence[Term]:
        """The names of what the site is about, else its address."""
        node = subject(self._site)
        labels = self._site.labels.all(node) if node is not None else {}
        return _texts(labels) or (Literal(root(self._site).partition("://")[2].strip("/")),)

    def _about_subject(self) -> Sequence[Term]:
        """The description of what the site is about, else a sentence that says nothing but the truth."""
        node = subject(self._site)
        for predicate in DESCRIPTION_PROPERTIES if node is not None else ():
            found = {q.object for q in self._site.quads(node, predicate) if isinstance(q.object, Literal)}
            if found:
                return sorted(found, key=lambda text: (text.language or "", text.value))
        text = {tag: languages.interface(tag).gettext("All data of this site.") for tag in self._site.config.languages}
        return _texts(text)


def _texts(texts: Mapping[str, str]) -> list[Term]:
    return [Literal(text, language=tag or None) for tag, text in sorted(texts.items()) if text]


def _in_table(tags: Iterable[str]) -> Iterator[NamedNode]:
    return (node for tag in tags if (node := authority.language(tag)) is not None)


def _some(node: NamedNode | None) -> tuple[NamedNode, ...]:
    return () if node is None else (node,)
