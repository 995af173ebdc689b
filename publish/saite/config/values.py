"""The settings of a site as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from saite.namespaces import PREFIXES

FILE_NAME = "saite.toml"
FORMATS = ("html", "turtle", "jsonld", "ntriples", "rdfxml", "dumps", "tables", "catalogue", "search")
TABLES = ("csv", "xlsx", "parquet")
PROFILES = ("labels", "schema")
LINKSETS = ("json", "text")
THEME = "theme"
"""Where a site's own theme is, unless the settings say otherwise."""
CITATIONS = ("none", "dataset", "all")
AVAILABILITIES = ("available", "experimental", "stable", "temporary")


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """Where the documents of IRIs lie that begin alike; the longest beginning wins.

    Attributes:
        iri: beginning of the IRIs, relative to the base or absolute.
        path: folder of their documents below the site's root, "" for the root itself.
    """

    iri: str
    path: str


@dataclass(frozen=True, slots=True)
class Fold:
    """Instances of a class that have no page, but are shown inside the pages of the nodes that they point to.

    Attributes:
        type: the class (IRI); ``class`` in the file.
        into: properties from the folded node to its hosts; the first that has a value leads to the host
            whose fragment the folded node's IRI answers with.
        columns: properties shown as columns where several such nodes stand in a table; empty: those in use.
    """

    type: str
    into: tuple[str, ...]
    columns: tuple[str, ...] = ()


class Step(NamedTuple):
    """One step of a path from a resource to what it is chosen by.

    Attributes:
        property: the property (IRI).
        inverse: the step goes from the object to the subject.
    """

    property: str
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """By what readers narrow down the listing of a class.

    Attributes:
        type: the class (IRI); ``class`` in the file.
        by: properties, or paths of SPARQL with ``/`` and ``^`` (``^ice:participationIn/ice:role``), in the order in
            which they are shown; full IRIs in ``<>``. ``[]``: the listing has no facets.
    """

    type: str
    by: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """Which folded nodes say where another triple comes from, and by which properties.

    Attributes:
        type: the class of the statement nodes; ``class`` in the file.
        resource: leads to the subject of the triple.
        property: leads to its predicate.
        value: gives the object as the source has it.
        source: leads to the source document.
        accepted: gives the object that is published instead.
        quote: gives the words of the source, verbatim.
        paraphrase: gives its content in the editors' words.
        status: leads to the review status, a concept.
        note: gives the reason of a correction or doubt.
        page: leads from a source document to its page on the web, on which the words are looked for.
        position: tells which occurrence of its words on that page a quote is, where it is not the first.
        plain: review statuses that need no mark beside a value; every other status is marked in place. Where it is
            empty, a note or an accepted value makes the mark.
        rdf12: a further dump in RDF 1.2, in which each statement reifies the triples that it is about.
    """

    type: str
    resource: str
    property: str
    value: str
    source: str
    accepted: str = ""
    quote: str = ""
    paraphrase: str = ""
    status: str = ""
    note: str = ""
    page: str = ""
    position: str = ""
    plain: tuple[str, ...] = ()
    rdf12: bool = False


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What ``saite check`` runs, and what fails.

    Attributes:
        shapes: keys of the named graphs that hold SHACL shapes.
        rules: globs of rule queries.
        fail_on: ``violation``, ``warning`` or ``info``: findings as bad as this or worse stop a build.
    """

    shapes: tuple[str, ...] = ("shapes",)
    rules: tuple[str, ...] = ()
    fail_on: str = "violation"


@dataclass(frozen=True, slots=True)
class Private:
    """What is kept out of everything that is published; checks see it all the same.

    Attributes:
        graphs: keys of named graphs.
        classes: classes whose instances are kept out, with all that refers to them.
        properties: properties whose triples are kept out.
    """

    graphs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()


HOSTS = ("nginx", "apache", "caddy", "netlify", "github", "w3id")


@dataclass(frozen=True, slots=True)
class Hosting:
    """Rules for web hosts, which the build writes into the site.

    Attributes:
        rules: hosts: ``nginx``, ``apache``, ``caddy``, ``netlify`` (Cloudflare Pages too), ``github`` (GitHub Pages),
            ``w3id`` (the permanent IRIs at w3id.org).
    """

    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueSettings:
    """What the catalogue (``/catalog``, DCAT-AP 3) and the VoID description say beside what the data say.

    Attributes:
        dataset: IRI of the dataset in the data that is the whole; "": the only one that the data describe, else one
            that is made of ``title`` and ``tagline``.
        endpoint: address of the SPARQL endpoint, "" if there is none.
        availability: how long the files will be there: ``available`` (a few years), ``experimental``, ``stable`` or
            ``temporary``; "" where nobody promises anything.
        hvd: categories of high-value datasets (``http://data.europa.eu/bna/c_...``) to which the data belong.
        legislation: IRIs (ELI) of the laws that want the data to be published; with ``hvd``, Regulation (EU) 2023/138
            if nothing else is named.
    """

    dataset: str = ""
    endpoint: str = ""
    availability: str = ""
    hvd: tuple[str, ...] = ()
    legislation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a site. ``root`` is its folder; all globs are relative to it; all IRIs are full.

    Attributes:
        base: where the site's IRIs live, ending in ``/`` or ``#``; "" means: found from the data.
        url: where the documents are served; "" means: same as base.
        languages: languages of the HTML pages, the default first.
        label_languages: further languages of which labels are shown.
        title: name of the site, by language.
        tagline: what it is, in a sentence, by language.
        footer: text at the foot of each page, by language.
        logo: path of a picture in the site folder, "" for none.
        theme: folder of the site's own templates, colours and files (docs/themes.md), if it is there.
        prefixes: the site's own prefixes; they win over the well-known ones.
        graphs: named graph key (or full IRI) to file globs; later keys win where a file matches several.
        documents: where the documents of IRIs lie.
        fold: nodes that are shown inside the pages of others.
        statements: nodes that say where a triple comes from.
        order: properties in the order in which pages show them; before the shapes' sh:order.
        hide: properties that HTML pages leave out (they stay in the RDF).
        translated: property that repeats those labels of a resource which are the site's own translation; pages mark
            them. "" if there is none.
        featured: classes in the order in which the front page and the index of indexes lead to them; empty: those that
            the site itself defines, but for folded nodes, the largest first, then the others.
        plurals: what several things of a class are called, by class and language, where lists of them lead there.
        facets: by what readers narrow down the listings of classes, where that is not to be found from the data.
        navigation: paths of documents or free pages in the order of the site's menu.
        pages: folder of free pages (Markdown, ``name.lang.md``).
        queries: globs of the example queries.
        views: globs of the queries whose answers are drawn (see docs/views.md).
        context: path of the site's JSON-LD context, "" for one made from the prefixes.
        contexts: files that stand for JSON-LD contexts which the data name by URL (nothing is ever fetched).
        formats: what is published of each resource; ``dumps`` and ``tables`` of the whole, the ``catalogue`` that
            tells of them, and ``search``: the index, and with ``html`` the pages that search it.
        tables: forms of the tables: ``csv`` (with metadata of CSV on the Web, and a data package), ``xlsx``, and
            ``parquet``, which needs the extra ``saite[parquet]``.
        profiles: further descriptions of each resource in Turtle and JSON-LD: ``labels`` (with the labels of everything
            that is mentioned), ``schema`` (in the words of schema.org).
        linksets: formats in which each document's typed links are a file too (RFC 9264): ``json``, ``text``.
        citations: how pages are cited: ``none`` (they do not say), ``dataset`` (each page says, that of the data set
            has files for reference managers too: BibTeX, RIS, CSL-JSON), ``all`` (every page has the files).
        output: folder that the build writes, relative to root.
        check: what is checked, and what fails.
        private: what is kept out of everything that is published.
        hosting: rules for web hosts.
        catalogue: what portals are told.
    """

    root: Path
    base: str = ""
    url: str = ""
    languages: tuple[str, ...] = ("en",)
    label_languages: tuple[str, ...] = ()
    title: Mapping[str, str] = field(default_factory=dict)
    tagline: Mapping[str, str] = field(default_factory=dict)
    footer: Mapping[str, str] = field(default_factory=dict)
    logo: str = ""
    theme: str = THEME
    prefixes: Mapping[str, str] = field(default_factory=dict)
    graphs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documents: tuple[DocumentRule, ...] = ()
    fold: tuple[Fold, ...] = ()
    statements: Statements | None = None
    order: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    translated: str = ""
    featured: tuple[str, ...] = ()
    plurals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    facets: tuple[Facets, ...] = ()
    navigation: tuple[str, ...] = ()
    pages: str = "pages"
    queries: tuple[str, ...] = ("queries/examples/*.rq",)
    views: tuple[str, ...] = ("queries/views/*.rq",)
    context: str = ""
    contexts: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = FORMATS
    tables: tuple[str, ...] = ("csv", "xlsx")
    profiles: tuple[str, ...] = ()
    linksets: tuple[str, ...] = ("json",)
    citations: str = "dataset"
    output: str = "site"
    check: CheckSettings = CheckSettings()
    private: Private = Private()
    hosting: Hosting = Hosting()
    catalogue: CatalogueSettings = CatalogueSettings()

    def all_prefixes(self) -> dict[str, str]:
        """The well-known prefixes with the site's own over them."""
        return {**PREFIXES, **self.prefixes}

    def expand(self, name: str) -> str:
        """A prefixed name, an ``<iri>`` or a full IRI as a full IRI."""
        return expand(name, self.all_prefixes())

    def graph_iri(self, key: str) -> str:
        """The IRI of a named graph of the ``[graphs]`` table."""
        return key if "://" in key else f"{self.base}graph/{key}"


def expand(name: str, prefixes: Mapping[str, str]) -> str:
    """A prefixed name, an ``<iri>`` or a full IRI as a full IRI."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, colon, local = name.partition(":")
    if colon and not local.startswith("//") and prefix in prefixes:
        return prefixes[prefix] + local
    return name
