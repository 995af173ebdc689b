"""The numbers of VoID, and where it says that the data are."""

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.serve.sparql.served import served

from saite.config import CatalogueSettings, Config
from saite.namespaces import RDF_TYPE
from saite.render.catalogue import void
from saite.render.catalogue.model import Catalogue
from saite.render.catalogue.statistics import Distinct, Statistics
from saite.site.model import Site
from saite.terms import BlankNode, DefaultGraph, Graph, Literal, NamedNode, Quad, Term, Triple

from . import BASE, DUMPS, iri, quads, site

GRAPHS: tuple[Graph, ...] = (DefaultGraph(), iri("g1"), iri("g2"))
NODES = tuple(NamedNode(f"{BASE}{name}") for name in "abc")
OTHERS = (NamedNode("http://www.wikidata.org/entity/Q1"), NamedNode("https://other.org/x"), NamedNode("urn:x:y"))
PREDICATES = (RDF_TYPE, iri("p"), iri("owl:sameAs"), iri("rdfs:isDefinedBy"))

subjects = st.sampled_from((*NODES, OTHERS[0], BlankNode("b")))
objects = st.sampled_from(
    (*NODES, *OTHERS, BlankNode("b"), Literal("x"), Literal("x", language="lv"), Literal(f"{BASE}a"))
)
datasets = st.lists(
    st.builds(Quad, subjects, st.sampled_from(PREDICATES), objects, st.sampled_from(GRAPHS)), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(datasets)
def test_the_numbers_are_those_of_the_union(given: list[Quad]) -> None:
    """However the triples lie in graphs: what a set of triples counts."""
    found = Statistics(site(given))
    union = {quad.triple for quad in given}
    assert found.triples == len(union)
    assert found.subjects == len({t.subject for t in union})
    assert found.objects == len({t.object for t in union})
    ours = {t.subject for t in union if isinstance(t.subject, NamedNode) and t.subject.value.startswith(BASE)}
    assert found.entities == len(ours)
    typed = Counter(t.object for t in union if t.predicate == RDF_TYPE and isinstance(t.object, NamedNode))
    assert dict(+found.classes) == dict(typed)
    assert dict(+found.properties) == dict(Counter(t.predicate for t in union))
    links = Counter(
        urlsplit(t.object.value).netloc
        for t in union
        if t.subject in ours
        and isinstance(t.object, NamedNode)
        and t.predicate in (iri("p"), iri("owl:sameAs"))
        and t.object in OTHERS[:2]
    )
    counted = {urlsplit(host).netloc: one.triples for host, one in found.linksets.items() if one.triples}
    assert counted == dict(links)


@settings(deadline=None)
@given(st.lists(st.text()))
def test_different_terms_are_counted_by_their_hashes(words: list[str]) -> None:
    """An IRI and a text of the same characters are two."""
    distinct = Distinct()
    for word in words:
        distinct.add(Literal(word))
        distinct.add(Literal(word, language="lv"))
    assert len(distinct) == 2 * len(set(words))


def described(one: Site) -> set[Triple]:
    """What VoID says of a site."""
    return set(void.triples(one, Catalogue(one), DUMPS))


def values(triples: set[Triple], name: str) -> list[Term]:
    """The values of a property of the dataset."""
    return [t.object for t in triples if t.predicate == iri(name) and isinstance(t.subject, NamedNode)]  # type: ignore[misc]


def test_it_says_where_the_data_are() -> None:
    """Dumps by their addresses, formats, the endpoint, the URI space, vocabularies, and examples that have a page."""
    data = ':a a :Thing ; rdfs:label "A" ; owl:sameAs <http://www.wikidata.org/entity/Q1> . :b a :Thing .'
    triples = described(site(data, CatalogueSettings(endpoint=f"{BASE}sparql"), featured=(f"{BASE}Thing",)))
    dumps = {f"{BASE}dump/data.ttl", f"{BASE}dump/data.ttl.gz"}
    assert {t.value for t in values(triples, "void:dataDump")} == dumps
    assert values(triples, "void:feature") == [NamedNode("http://www.w3.org/ns/formats/Turtle")]
    assert values(triples, "void:sparqlEndpoint") == [iri("sparql")]
    assert values(triples, "void:uriSpace") == [Literal(BASE)]
    assert values(triples, "void:exampleResource") == [iri("a")]
    assert {t.value for t in values(triples, "void:vocabulary")} >= {BASE, "http://www.w3.org/2002/07/owl#"}
    [linkset] = [t.subject for t in triples if t.object == iri("void:Linkset")]
    assert Triple(linkset, iri("void:linkPredicate"), iri("owl:sameAs")) in triples


def test_the_service_description_agrees(tmp_path: Path) -> None:
    """The endpoint over the same data counts as many triples in its default graph, also where graphs repeat them."""
    given = [*quads(":a :p :b, 1 . :b a :T .", iri("g1")), *quads(":a :p :b . :c :p 2 .", iri("g2"))]
    config = Config(tmp_path, base=BASE, languages=("en",))
    with served(tmp_path, given, config=config) as running:
        reply = running.send("GET", headers={"Accept": "application/n-triples"})
    said = reply.text
    [default] = [line.split()[2] for line in said.splitlines() if "#defaultGraph>" in line]
    [counted] = [
        line.split('"')[1] for line in said.splitlines() if line.startswith(default) and "ns/void#triples>" in line
    ]
    assert values(described(site(given)), "void:triples") == [
        Literal(counted, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    ]
