"""Real RDF that nobody wrote for Saite is published whole, with no settings, and can be read without a fault.

Every page of everything is opened in the slow tests; the others open all pages of what is small, and a fixed sample
of the rest.
"""

from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import BlankNode, Quad, RdfFormat, parse
from tests.render_html.checks import faults

from .browsing import Visitor
from .built import build, dead_links, page, pages, sample, things, unlike_forms, words
from .corpora import CORPORA, Corpus, fetched

FEW = 110
"""A site of so many pages is small: all of them are opened."""

SOME = 14
"""How many pages of the others are opened."""

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Published:
    """A source and the site built of it."""

    corpus: Corpus
    source: Path
    out: Path


@pytest.fixture(
    scope="module",
    params=[pytest.param(one, id=one.name, marks=[pytest.mark.slow] if one.large else []) for one in CORPORA],
)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Each source, built once; all tests of one come before those of the next."""
    corpus = request.param
    source = found(corpus)
    return Published(corpus, source, build(source, tmp_path_factory.mktemp("site") / "out", *corpus.arguments))


def found(corpus: Corpus) -> Path:
    """Where a source is; the test is skipped if it is not here, and fails if it should be."""
    path = corpus.path
    if path is None:
        where = (
            "it is not installed" if corpus.installed else f"it is not in {fetched()}: python -m tests.any_rdf.fetch"
        )
        message = f"{corpus.name} ({corpus.about}): {where}"
        if corpus.required:
            pytest.fail(message)
        pytest.skip(message)
    return path


def test_nothing_is_lost(published: Published) -> None:
    """The N-Quads of the whole are what the files say: the same quads without blank nodes, and as many with them."""
    corpus, folder = published.corpus, published.source
    files = [folder] if folder.is_file() else [path for path in folder.rglob("*") if path.suffix in FORMATS]
    ground: set[Quad] = set()
    blank = 0
    for file in files:
        base = corpus.base + quote(str(file.relative_to(folder))) if corpus.base else None
        quads = set(parse(path=str(file), format=FORMATS[file.suffix], base_iri=base))
        ground |= {quad for quad in quads if not _is_blank(quad)}
        blank += sum(map(_is_blank, quads))
    dump = next(published.out.glob("dump/*.nq"))
    given = list(parse(path=str(dump), format=RdfFormat.N_QUADS))
    assert len(given) == len(set(given))
    assert {quad for quad in given if not _is_blank(quad)} == ground
    assert sum(map(_is_blank, given)) == blank
    assert not ("blank nodes" in corpus.about and blank < 500)


def _is_blank(quad: Quad) -> bool:
    return any(type(term) is BlankNode for term in (quad.subject, quad.object, quad.graph_name))


def test_every_link_leads_somewhere(published: Published) -> None:
    """Every reference inside the site, on all of its pages, leads to a file, and to a place in it."""
    assert dead_links(published.out) == []


def test_the_forms_of_a_page_are_one_graph(published: Published) -> None:
    """Turtle, JSON-LD, N-Triples and RDF/XML of a sample of pages, each parsed."""
    out = published.out
    assert list(unlike_forms(out, sample(things(out), 60))) == []


def test_pages_are_valid_html(published: Published) -> None:
    """A sample of pages parses strictly and has the outline that it should."""
    some = [file for file in sample(pages(published.out), SOME) if file.stat().st_size < 200_000]
    assert {str(file): found for file in some if (found := faults(file.read_bytes()))} == {}


def test_an_editor_finds_what_the_source_says(published: Published) -> None:
    """The site has a sensible title, and pages say in words what the source says in triples."""
    corpus, out = published.corpus, published.out
    assert f"<title>{corpus.title}</title>" in unescape(page(out, "index"))
    for document, texts in corpus.shows.items():
        shown = words(out, document)
        for text in texts:
            assert text in shown, document


def test_pages_open_in_a_browser(published: Published, visitor: Visitor) -> None:
    """At the width of a phone, from the folder: no console message, no request elsewhere, no sideways scrolling."""
    every = pages(published.out)
    assert visitor.faults(every if len(every) <= FEW else sample(every, SOME)) == []


@pytest.mark.slow
def test_every_page_opens_in_a_browser(published: Published, visitor: Visitor) -> None:
    """The same, of every page of every source."""
    every = pages(published.out)
    assert len(every) > 40
    assert visitor.faults(every) == []
