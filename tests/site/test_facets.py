"""By what the members of a listing can be chosen: from the data, and as the settings say."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saite.config import Facets, Step
from saite.errors import ConfigError
from saite.site import BuiltSite
from saite.site.facets import MOST_FACETS, MOST_VALUES
from saite.site.model import Facet

from .graphs import ex, listing, pre, say, site_of

PEOPLE = """
    :ann a :P ; :of :riga ; :knows :bob ; :born "1990-01-02"^^xsd:date ; :mail <mailto:ann@x.org> .
    :bob a :P ; :of :riga , :oslo ; :knows :ann ; :born "1990"^^xsd:gYear ; :mail <mailto:bob@x.org> .
    :cid a :P ; :of :oslo ; :knows :dan ; :born "1991-05-06T00:00:00Z"^^xsd:dateTime .
    :dan a :P ; :of :oslo ; :knows :eve ; :born "1991-12-31+14:00"^^xsd:date .
    :eve a :P ; :knows :cid ; :born "soon"^^xsd:date .
    :riga rdfs:label "Riga" ; :in :lv . :oslo rdfs:label "Oslo" ; :in :no . :lv rdfs:label "Latvia" .
    """
SEATS = """
    :s1 :who :ann ; :at :council ; :role :chair . :s2 :who :bob ; :at :council ; :role :member .
    :s3 :who :cid ; :at :board ; :role :chair ."""


UNDER = ":B rdfs:label 'B' ; rdfs:subClassOf :P . :cid a :B . :P rdfs:subClassOf :Q ."


def shown(facet: Facet) -> dict[str, list[str]]:
    """Values with their members, in few letters."""
    return {say(one.term): [say(node) for node in one.members] for one in facet.choices}


def facets(site: BuiltSite, name: str = "P") -> dict[str, dict[str, list[str]]]:
    """The facets of a class by their paths."""
    found = listing(site, "class", name).facets
    return {"/".join("^" * one.inverse + re.split("[/#]", one.property)[-1] for one in f.path): shown(f) for f in found}


def asked(*paths: str, type: str = "P") -> tuple[Facets, ...]:
    """Settings; a path is written as ``^who/role``."""
    steps = [tuple(Step(ex(one.lstrip("^")).value, one.startswith("^")) for one in path.split("/")) for path in paths]
    return (Facets(ex(type).value, tuple(steps)),)


def test_what_members_share_is_a_facet() -> None:
    """Values with labels that several share, and years; not names, and not what nobody can read."""
    found = facets(site_of(PEOPLE))
    assert list(found) == ["of", "born"]
    assert found["of"] == {"oslo": ["bob", "cid", "dan"], "riga": ["ann", "bob"]}
    assert found["born"] == {"1990": ["ann", "bob"], "1991": ["cid", "dan"]}


def test_years_are_those_that_are_written() -> None:
    """A zone moves no date into another year; what is no date has none; years before Christ and after 9999 count."""
    dates = ' '.join(f':x{n} a :P ; :d "{date}"^^xsd:date .' for n, date in enumerate(
        ["-0044-03-15", "-0044-03-16", "12019-01-01", "2019-01-01-12:00", "2019-12-31+14:00", "20x9-01-01"]
    ))  # fmt: skip
    assert facets(site_of(dates))["d"] == {"-0044": ["x0", "x1"], "2019": ["x3", "x4"], "12019": ["x2"]}


def test_superclasses_have_the_members_of_their_subclasses() -> None:
    """Members count once, with their own types as a facet; a class that nothing has as its own type is not asked."""
    site = site_of(PEOPLE + ":A rdfs:label 'A' ; rdfs:subClassOf :P . :ann a :A . :bob a :A . " + UNDER)
    assert facets(site)["type"] == {"A": ["ann", "bob"], "B": ["cid"]}
    assert facets(site)["of"]["riga"] == ["ann", "bob"]
    assert facets(site, "Q") == {}


def test_repeated_quads_count_once() -> None:
    """A triple in two graphs is one value of one member."""
    site = site_of(PEOPLE + "GRAPH :g { :ann a :P ; :of :riga . }")
    assert facets(site)["of"]["riga"] == ["ann", "bob"]


def test_few_members_and_many_values_make_no_facets() -> None:
    """Four members need no help; a property with more values than a reader looks through is none."""
    assert facets(site_of(PEOPLE.replace(":eve a :P ;", ":eve"))) == {}
    many = " ".join(f':x{n} a :P ; :of :v{n // 2} . :v{n // 2} rdfs:label "v" .' for n in range(2 * MOST_VALUES + 2))
    assert facets(site_of(many)) == {}
    fewer = " ".join(f':x{n} a :P ; :of :v{n // 2} . :v{n // 2} rdfs:label "v" .' for n in range(2 * MOST_VALUES))
    assert len(facets(site_of(fewer))["of"]) == MOST_VALUES


def test_a_listing_has_few_facets() -> None:
    """Those that most members have."""
    said = "".join(f" ; :p{p} :v{{0}}" for p in range(MOST_FACETS + 2))
    text = ":v0 rdfs:label '0' . :v1 rdfs:label '1' ." + " ".join(
        f":x{n} a :P {said.format(n % 2)} ." for n in range(6)
    )
    assert list(facets(site_of(text + ":x0 :q :v0 ."))) == [f"p{p}" for p in range(MOST_FACETS)]


def test_hidden_properties_are_no_facets() -> None:
    """What the settings hide from pages, and what a class of the vocabulary has, is not offered."""
    assert list(facets(site_of(PEOPLE, hide=(ex("of").value,)))) == ["born"]
    site = site_of(" ".join(f":c{n} a owl:Class ; :of :v{n % 2} ." for n in range(6)) + ":v0 rdfs:label '0' .")
    assert listing(site, "class", "owl:Class").facets == ()


def test_the_settings_name_paths() -> None:
    """Any property, in either direction, over several steps; in the order of the settings, whatever the data are."""
    site = site_of(PEOPLE + SEATS, facets=asked("knows", "^who/role", "^who/at", "of/in", "^who/who/born"))
    found = facets(site)
    assert list(found) == ["knows", "^who/role", "^who/at", "of/in", "^who/who/born"]
    assert found["knows"]["ann"] == ["bob"]
    assert found["^who/role"] == {"chair": ["ann", "cid"], "member": ["bob"]}
    assert found["^who/at"] == {"board": ["cid"], "council": ["ann", "bob"]}
    assert found["of/in"] == {"lv": ["ann", "bob"], "no": ["bob", "cid", "dan"]}
    assert found["^who/who/born"] == {"1990": ["ann", "bob"], "1991": ["cid"]}


def test_paths_lead_through_folded_and_blank_nodes() -> None:
    """As a query goes; blank nodes themselves are no values."""
    site = site_of(PEOPLE + ":ann :seat [ :role :chair ; :part [] ] .", facets=asked("seat/role", "seat/part", "seat"))
    assert facets(site) == {"seat/role": {"chair": ["ann"]}}


def test_types_are_a_facet_too() -> None:
    """rdf:type is a property as others are, if the settings name it."""
    rule = Facets(ex("P").value, ((Step(pre("rdf:type").value),),))
    found = facets(site_of(PEOPLE + ":ann a :A .", facets=(rule,)))
    assert found["type"]["A"] == ["ann"]


def test_a_class_can_be_without_facets() -> None:
    """``by = []``."""
    assert facets(site_of(PEOPLE, facets=(Facets(ex("P").value, ()),))) == {}


def test_a_class_without_instances_is_an_error() -> None:
    """With the likely one; nobody has to guess why there are no facets."""
    with pytest.raises(ConfigError, match="which has no instances") as caught:
        site_of(PEOPLE, facets=asked("of", type="Q"))
    assert "/P>?" in caught.value.cure


def test_a_path_that_leads_everywhere_is_an_error() -> None:
    """Through a node to which all point, every member reaches every other: nobody wants that, and it takes long."""
    hub = " ".join(f":x{n:04} a :P ; :of :hub ." for n in range(1_100))
    with pytest.raises(ConfigError, match="leads everywhere"):
        site_of(hub, facets=asked("of/^of"))


@settings(max_examples=20)
@given(st.permutations([line for line in (PEOPLE + SEATS).split(" .\n") if line.strip()]))
def test_the_order_of_the_data_does_not_matter(lines: list[str]) -> None:
    """Facets and values come in the same order, however the store has the quads."""
    text = "\n".join(f"{line.strip().removesuffix('.')} ." for line in lines)
    rule = asked("^who/role", "of", "born")
    assert listing(site_of(text, facets=rule), "class", "P").facets == (
        listing(site_of(PEOPLE + SEATS, facets=rule), "class", "P").facets
    )
