"""The same graph gives the same site in every process."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from saite.site import BuiltSite
from saite.terms import BlankNode, Quad

from .graphs import quads, site_of
from .test_folds import PART, PARTS, STATED, STATEMENTS
from .test_listings import VOCABULARY


def told(site: BuiltSite) -> str:
    """Everything that a site says, as a hash."""
    everything = [*map(repr, site.resources()), *map(repr, site.listings), repr(site.classes), repr(site.properties)]
    everything += [repr(site.hierarchy), repr(site.shapes), repr(site.counts), repr(site.ontologies)]
    members = [[list(one.members) for one in site.listings], list(site.pages)]
    return hashlib.sha256(repr([everything, members]).encode()).hexdigest()


def whole() -> BuiltSite:
    """A graph with some of everything."""
    extra = " [] a :A ; :p [ a :B ] , [ a :A ] . :x :p ( 1 [ :q 2 ] ) , [ :q :a ] . GRAPH :g { :x :p :a . }"
    names: dict[object, BlankNode] = {}  # the parser gives anonymous ones random labels

    def named(term: Any) -> Any:
        return names.setdefault(term, BlankNode(f"b{len(names)}")) if isinstance(term, BlankNode) else term

    found = [
        Quad(named(q.subject), q.predicate, named(q.object), q.graph_name)
        for q in quads(PARTS + STATED + VOCABULARY + extra)
    ]
    return site_of(found, fold=(PART,), statements=STATEMENTS)


def test_hash_seeds_and_places_do_not_show() -> None:
    """Two processes with other hash seeds, time zones and locales say the same."""
    code = "from tests.site.test_determinism import *; print(told(whole()))"
    root = Path(__file__).parents[2]
    answers = set()
    for seed, zone, locale in (("1", "UTC", "C"), ("2", "Asia/Tashkent", "C.UTF-8"), ("3", "Europe/Riga", "POSIX")):
        variables = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(root)}
        done = subprocess.run([sys.executable, "-c", code], env=variables, check=True, capture_output=True, text=True)
        answers.add(done.stdout.strip())
    assert len(answers) == 1
    assert len(answers.pop()) == 64
