"""The tables of our own site: whole, valid, and the same triples."""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from tests.programs import needed_module

from saite.query.live import live
from saite.render import datapackage
from saite.render.tables import renderer
from saite.render.tables.cells import fits
from saite.site.model import Listing, Site
from saite.terms import NamedNode, Triple

from .converter import converted
from .sites import alike

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    """The model of our site, and a folder with its tables."""
    out = tmp_path_factory.mktemp("own")
    with live(ROOT) as found:
        made, package = renderer(found.site), datapackage.renderer(found.site)
        package.distributions = made.distributions
        for artifact in chain(made.whole(), package.whole()):
            path = out / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"".join(artifact.chunks()))
        yield found.site, out


def graph_of(site: Site, listing: Listing) -> set[Triple]:
    """What the instances of a class say, as far as pages show it and cells can hold it."""
    hidden = {NamedNode(iri) for iri in site.config.hide}
    return {
        quad.triple
        for node in listing.members
        for quad in site.quads(node)
        if quad.predicate not in hidden and fits(quad.object)  # type: ignore[arg-type]  # no triple terms
    }


def test_csv_on_the_web_gives_the_triples_of_every_class(own: tuple[Site, Path]) -> None:
    """By an independent converter, from the metadata that lie beside each CSV file."""
    site, out = own
    files = {str(path.relative_to(out)): path.read_bytes() for path in out.glob("table/*") if path.is_file()}
    seen = 0
    for number, listing in enumerate(one for one in site.listings if one.kind == "class" and len(one.members)):
        name = listing.document.rpartition("/")[2]
        language = site.config.languages[number % len(site.config.languages)]
        back = converted(files, f"table/{name}.{language}.csv-metadata.json")
        assert alike(back) == alike(graph_of(site, listing)), name
        seen += len(back)
    assert seen > 10_000


def test_nothing_of_our_classes_is_lost_in_silence(own: tuple[Site, Path]) -> None:
    """Each CSV file that leaves values to words says how many."""
    site, out = own
    hidden = {NamedNode(iri) for iri in site.config.hide}
    for listing in site.listings:
        if listing.kind == "class" and len(listing.members):
            said = {quad.triple for node in listing.members for quad in site.quads(node)}
            words = sum(t.predicate not in hidden and not fits(t.object) for t in said)  # type: ignore[arg-type]
            path = out / f"table/{listing.document.rpartition('/')[2]}.en.csv-metadata.json"
            note = json.loads(path.read_text())["tables"][0].get("rdfs:comment", {}).get("@value", "")
            assert ("in words only" in note) == bool(words)
            assert not words or note.startswith(f"{words} ")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_data_package_is_valid(own: tuple[Site, Path]) -> None:
    """By the validator of Frictionless: sizes and digests, headers, types of all fields, keys."""
    needed_module("frictionless")
    import frictionless

    _, out = own
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.flatten(["name", "type", "message"]) == []
    assert report.stats["tasks"] > 100
