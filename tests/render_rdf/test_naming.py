"""Which paths name things, and which documents tell of what is no more."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from tests.site.graphs import BASE, site_of

from saite import naming
from saite.config.values import DocumentRule
from saite.iri import normal
from saite.naming import Name
from saite.render.naming import Lookup, about, names, renderer
from saite.render.pieces import Placed
from saite.signposting import items
from saite.site import BuiltSite

DEPRECATED = """
:new rdfs:label "new" .
:old rdfs:label "old" ; owl:deprecated true ; dct:isReplacedBy :new .
:older rdfs:label "older" ; owl:deprecated "1"^^<http://www.w3.org/2001/XMLSchema#boolean> ;
    dct:isReplacedBy <https://elsewhere.example/x> .
:oldest rdfs:label "oldest" ; owl:deprecated true .
:not rdfs:label "not" ; owl:deprecated false .
:several rdfs:label "several" ; owl:deprecated true ; dct:isReplacedBy :old, :new .
"""
RULES = (DocumentRule("id/", ""),)
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def by_path(site: BuiltSite) -> dict[str, Name]:
    """The names of a site."""
    return {name.path: name for name in names(site)}


def test_documents_tell_their_iri_and_things_their_document() -> None:
    """A thing whose IRI is its document's address needs no name of its own; one with a fragment asks no server."""
    found = by_path(site_of(':a rdfs:label "a" . <id/b> rdfs:label "b" . <def#C> rdfs:label "c" .', documents=RULES))
    assert found["a"] == Name("a", iri=BASE + "a")
    assert found["b"] == Name("b", iri=BASE + "id/b")
    assert found["id/b"] == Name("id/b", see="b")
    assert found["def/C"] == Name("def/C", iri=BASE + "def#C")
    assert not any("#" in path for path in found)


def test_what_is_deprecated_is_gone_with_its_successor() -> None:
    """A document of the site, an IRI of elsewhere, or none; of several always the same."""
    found = by_path(site_of(DEPRECATED))
    assert (found["old"].gone, found["old"].successor) == (True, "new")
    assert (found["older"].gone, found["older"].successor) == (True, "https://elsewhere.example/x")
    assert (found["oldest"].gone, found["oldest"].successor) == (True, "")
    assert found["several"].successor == "new"
    assert not found["not"].gone
    assert not found["new"].gone


def test_other_sites_things_have_no_name_here() -> None:
    """Their documents have; who asks this server asks not for them."""
    found = by_path(site_of('<https://elsewhere.example/x> rdfs:label "x" .'))
    assert found["external/elsewhere.example/x"].iri == "https://elsewhere.example/x"
    assert "x" not in found


def test_odd_iris_are_named_as_servers_look_them_up() -> None:
    """In normal form: letters as themselves, other octets escaped; queries with them."""
    found = by_path(
        site_of(
            '<id/%C4%81b> rdfs:label "1" . <id/a%20b> rdfs:label "2" . <id/q?x=1> rdfs:label "3" .', documents=RULES
        )
    )
    for path in ("id/āb", "id/a%20b", "id/q?x=1"):
        assert found[path].see, path


def test_a_document_has_its_path_before_a_thing_has() -> None:
    """Where the IRI of one thing is the address of another's document, that is what it is."""
    site = site_of('<id/a> rdfs:label "thing" . <a> rdfs:label "other" .', documents=RULES)
    paths = [name.path for name in names(site)]
    assert len(paths) == len(set(paths))
    assert by_path(site)["a"].iri


def test_the_list_is_sorted_and_a_file() -> None:
    """In the order of servers' look-ups; the renderer makes it, and nothing of a single resource."""
    site = site_of(DEPRECATED + '<id/āz> rdfs:label "z" . <id/a-z> rdfs:label "y" .', documents=RULES)
    found = list(names(site))
    assert found == sorted(found, key=lambda name: naming.key(name.path))
    made = renderer(site)
    [artifact] = made.whole()
    assert artifact.path == naming.FILE_NAME
    written = json.loads(b"".join(artifact.chunks()))
    assert [row["path"] for row in written["names"]] == [name.path for name in found]
    assert all(not list(made.resource(resource)) for resource in site.resources())
    [part] = made.parts()
    assert isinstance(part, Placed)
    assert part.places == (naming.FILE_NAME,)


@pytest.mark.parametrize(
    ("trig", "licence"),
    [
        ("<set> a dcat:Dataset ; dct:license <https://l/1> .", "https://l/1"),
        ("<set> a dcat:Dataset ; dct:license <https://l/1>, <https://l/2> .", ""),
        ('<set> a dcat:Dataset ; dct:license "free" .', ""),
        (
            "<o> a owl:Ontology ; dct:license <https://l/1> . <s> a skos:ConceptScheme ; dct:license <https://l/2> .",
            "https://l/1",
        ),
        ("<x> dct:license <https://l/1> .", ""),
        ("", ""),
    ],
)
def test_the_licence_of_the_whole_is_told_if_there_is_one(trig: str, licence: str) -> None:
    """That of the dataset before that of the vocabulary; where there are two, none is that of everything."""
    told = about(site_of(trig, linksets=(), formats=("turtle",)))
    told.pop("dataset", None)
    assert told == {"base": BASE} | ({"license": licence} if licence else {})


def test_the_data_set_is_told_with_its_makers_and_what_it_consists_of() -> None:
    """And link sets by the settings; what is offered belongs to no data set where there is none."""
    offered = [("dump/ā b.ttl", "text/turtle; charset=utf-8"), ("dump/x.nq.gz", "application/gzip")]
    data = "<set> a dcat:Dataset ; dct:creator <https://elsewhere.example/ē>, :me, 'somebody' . :me rdfs:label 'me' ."
    told = about(site_of(data, linksets=("json", "text")), offered)
    assert told == {
        "base": BASE,
        "dataset": "set",
        "author": f"https://elsewhere.example/%C4%93 {BASE}me",
        "items": "dump/%C4%81%20b.ttl text/turtle dump/x.nq.gz application/gzip",
        "catalogue": "catalog.ttl",
        "linksets": "json text",
    }
    assert items(told) == [("dump/ā b.ttl", "text/turtle"), ("dump/x.nq.gz", "application/gzip")]
    assert about(site_of(":a rdfs:label 'a' ."), offered) == {"base": BASE, "linksets": "json"}


def test_documents_tell_what_they_describe_in_words_of_schema_org_and_who_has_made_it() -> None:
    """What is only a thing is not worth saying; of many words the first three are told."""
    found = by_path(
        site_of(
            """:a a schema:Event, foaf:Person, skos:Concept, dcat:Dataset ; dct:creator :b, "c" .
            :b a schema:Thing . :c a :Unknown . :d a <http://schema.org/Place> .
            :Kind skos:broadMatch schema:Grant . :e a :Kind ."""
        )
    )
    assert {path: found[path].type for path in "abcde"} == {
        "a": "Dataset DefinedTerm Event",
        "b": "",
        "c": "",
        "d": "Place",
        "e": "Grant",
    }
    assert {path: found[path].author for path in "abc"} == {"a": f"{BASE}b", "b": "", "c": ""}


LOCAL = st.text(st.sampled_from("aAbā?=/%20.-"), min_size=1, max_size=5).map(lambda text: text.replace("%", "%20"))


@settings(max_examples=60, deadline=None)
@given(st.sets(LOCAL, min_size=1, max_size=6), st.lists(LOCAL, max_size=4))
def test_one_name_is_found_as_it_stands_in_the_list(locals_: set[str], others: list[str]) -> None:
    """Whatever is asked for: what looks up one path says what the whole list says, or that there is nothing."""
    nodes = [NamedNode(BASE + begin + local) for local in sorted(locals_) for begin in ("id/", "")]
    site = site_of([Quad(node, LABEL, Literal(node.value)) for node in nodes], documents=RULES)
    listed = by_path(site)
    lookup = Lookup(site)
    assert dict(lookup.whole) == about(site)
    for path in [*listed, *others, *(f"id/{other}" for other in others), *map(normal, others)]:
        assert lookup.name(path) == listed.get(path), path
