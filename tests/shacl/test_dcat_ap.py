"""The official shapes of DCAT-AP, on catalogues with faults of every kind: the same results as pySHACL's."""

import random

import pytest
from pyoxigraph import RdfFormat, parse
from tests.shacl.test_equal import both, counted
from tests.shared import suite

from saite import starter
from saite.graph import load
from saite.pipeline import settings_of
from saite.portal import catalogue
from saite.site import build_site
from saite.terms import Quad

SHAPES = ("shapes.ttl", "range.ttl", "shapes_recommended.ttl", "deprecateduris.ttl", "mdr-vocabularies.shape.ttl")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> list[Quad]:
    """The catalogue of a small site."""
    folder = tmp_path_factory.mktemp("dcat") / "site"
    starter.write(folder)
    config = settings_of(folder)
    store, _ = load(folder, config)
    return [Quad(*triple) for triple in catalogue(build_site(store, config))]


@pytest.mark.parametrize("seed", range(3))
def test_spoiled_catalogues_are_judged_alike(sound: list[Quad], seed: int) -> None:
    """Statements left out, put in, and with the object of another."""
    rng = random.Random(seed)
    objects = [quad.object for quad in sound]
    spoiled = []
    for quad in sound:
        fate = rng.random()
        if fate > 0.1:
            spoiled.append(quad)
        if 0.05 < fate < 0.15:
            spoiled.append(Quad(quad.subject, quad.predicate, rng.choice(objects)))
    folder = suite("dcat-ap")
    shapes = [quad for name in SHAPES for quad in parse(path=folder / name, format=RdfFormat.TURTLE)]
    ours, reference = both(spoiled, shapes)
    assert counted(ours) == counted(reference)
    assert ours.handed == ()
    assert len(ours.results) > 20
