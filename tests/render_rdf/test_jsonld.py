import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from saite.config import Config
from saite.errors import ConfigError, SyntaxFault
from saite.render import jsonld
from saite.render.jsonld import Context, JsonLdWriter
from saite.site.reading import ReadingOrder
from saite.terms import Literal, NamedNode, Quad, Triple

from .contexts import CONTEXTS
from .fakes import config, context_of, fake_site
from .graphs import EX, PREFIXES, canonical, graphs, iris, parse, read_oxigraph, read_rdflib

S = NamedNode(EX + "s")


def write(context: Context, triples: list[Triple], first: NamedNode | None = None) -> bytes:
    """The graph as a document with the context."""
    return JsonLdWriter(context, ReadingOrder(config())).document(triples, first)


def compacted(context: dict[str, Any], turtle: str) -> dict[str, Any]:
    """What a graph about ex:s looks like with a context, the context left out; that it says the same is tested."""
    graph = parse(turtle)
    content = write(Context(context), graph, S)
    assert read_oxigraph(content, RdfFormat.JSON_LD) == canonical(graph)
    document = json.loads(content)
    assert (document.pop("@context", {}) or {}).items() <= context.items()
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize("name", CONTEXTS)
@settings(max_examples=50, deadline=None)
@given(graph=graphs, first=iris | st.none())
def test_any_graph_reads_back_the_same(name: str, graph: list[Triple], first: NamedNode | None) -> None:
    """With every kind of context, what JSON-LD says is the graph, by pyoxigraph's reader and by rdflib's."""
    content = write(Context(CONTEXTS[name]), graph, first)
    expected = canonical(graph)
    assert read_oxigraph(content, RdfFormat.JSON_LD) == expected
    assert read_rdflib(content, "json-ld") == expected


@settings(max_examples=80, deadline=None)
@given(graphs, iris | st.none())
def test_any_graph_reads_back_the_same_with_a_made_context(graph: list[Triple], first: NamedNode | None) -> None:
    """A context made from the data carries the data that it was made from."""
    context = context_of(graph, PREFIXES, {})
    content = write(context, graph, first)
    expected = canonical(graph)
    assert read_oxigraph(content, RdfFormat.JSON_LD) == expected
    assert read_rdflib(content, "json-ld") == expected


@settings(max_examples=50, deadline=None)
@given(graphs, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_show(graph: list[Triple], chance: random.Random) -> None:
    """A shuffled graph gives the same bytes."""
    shuffled = list(graph)
    chance.shuffle(shuffled)
    context = Context(CONTEXTS["coercions"])
    assert write(context, shuffled, S) == write(context, graph, S)


def test_values_stand_under_the_term_that_says_what_they_are() -> None:
    """Each value goes where the coercion is its own; what no term says is written out under the compact IRI."""
    context = {
        "ex": EX,
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "date": {"@id": "ex:p", "@type": "xsd:date"},
        "link": {"@id": "ex:p", "@type": "@id"},
        "text": {"@id": "ex:p", "@container": "@language"},
    }
    graph = """ex:s ex:p "2018-01-01"^^xsd:date, "2018"^^xsd:gYear, ex:o, "a"@lv, "b"@lv, "c"@en, "plain", 1, true ."""
    assert compacted(context, graph) == {
        "@id": "ex:s",
        "link": "ex:o",
        "date": "2018-01-01",
        "ex:p": [1, {"@value": "2018", "@type": "xsd:gYear"}, "plain", True],
        "text": {"lv": ["a", "b"], "en": "c"},
    }


def test_numbers_are_native_only_where_nothing_is_lost() -> None:
    """Up to 2**53 - 1, in their canonical form; never decimals and doubles, which readers write anew."""
    graph = "ex:s ex:p 1, 01, 9007199254740991, 9007199254740992, 1.5, 1.5E0, true, '1'^^xsd:boolean ."
    assert compacted({"ex": EX, "xsd": PREFIXES["xsd"]}, graph)["ex:p"] == [
        {"@value": "01", "@type": "xsd:integer"},
        {"@value": "1", "@type": "xsd:boolean"},
        1,
        {"@value": "1.5", "@type": "xsd:decimal"},
        {"@value": "1.5E0", "@type": "xsd:double"},
        9007199254740991,
        {"@value": "9007199254740992", "@type": "xsd:integer"},
        True,
    ]


def test_lists_keep_to_one_list_a_term() -> None:
    """A term with @container @list takes one list whose members fit; a second one is written out."""
    context = {"ex": EX, "steps": {"@id": "ex:p", "@type": "@id", "@container": "@list"}, "note": "ex:p"}
    assert compacted(context, "ex:s ex:p (ex:a ex:b) .")["steps"] == ["ex:a", "ex:b"]
    assert compacted(context, "ex:s ex:p () .")["steps"] == []
    assert compacted(context, 'ex:s ex:p ("a" ex:b) .')["note"] == {"@list": ["a", {"@id": "ex:b"}]}
    two = compacted(context, "ex:s ex:p (ex:a), (ex:b) .")
    assert (two["steps"], two["note"]) == (["ex:a"], {"@list": [{"@id": "ex:b"}]})


def test_vocabulary_terms_are_preferred_where_there_is_one() -> None:
    """Of an @id and a @vocab term, an IRI that is a term goes to the latter, any other to the former."""
    context = {
        "ex": EX,
        "Leader": "ex:leader",
        "role": {"@id": "ex:p", "@type": "@vocab"},
        "roleId": {"@id": "ex:p", "@type": "@id"},
    }
    assert compacted(context, "ex:s ex:p ex:leader, ex:other .") == {
        "@id": "ex:s",
        "role": "Leader",
        "roleId": "ex:other",
    }


def test_reverse_terms_are_left_alone() -> None:
    """A reverse property is for those who write JSON by hand; Saite says things forwards."""
    context = {"ex": EX, "children": {"@reverse": "ex:p"}}
    assert compacted(context, "ex:s ex:p ex:o . ex:c ex:p ex:s .") == {
        "@id": "ex:s",
        "ex:p": {"@id": "ex:o"},
        "@included": [{"@id": "ex:c", "ex:p": {"@id": "ex:s"}}],
    }


def test_an_iri_that_looks_like_a_compact_one_gets_no_context() -> None:
    """``geo:57,24`` where geo is a prefix would be read as another IRI: the document is written in full."""
    context = {"geo": EX, "p": EX + "p"}
    document = compacted(context, "ex:s ex:p <geo:57.0,24.1> .")
    assert document == {"@id": EX + "s", EX + "p": {"@id": "geo:57.0,24.1"}}
    written = json.loads(write(Context(context), parse("ex:s ex:p <geo:57.0,24.1> ."), S))
    assert written["@context"] is None, "nor one that a Link field tells"


def test_the_pages_own_node_is_the_document() -> None:
    """Programs find it at the top; other nodes are included; a page whose node says nothing still names it."""
    context = {"ex": EX}
    assert compacted(context, "ex:s ex:p 1 . ex:part ex:q ex:s .") == {
        "@id": "ex:s",
        "ex:p": 1,
        "@included": [{"@id": "ex:part", "ex:q": {"@id": "ex:s"}}],
    }
    assert compacted(context, "ex:part ex:p 1 .") == {"@id": EX + "s", "@included": [{"@id": "ex:part", "ex:p": 1}]}


def test_only_the_terms_in_use_are_embedded() -> None:
    """With the terms that their definitions need, and without what holds only for a context of its own."""
    raw = {
        "@version": 1.1,
        "@protected": True,
        "@base": EX,
        "ex": EX,
        "more": EX + "more#",
        "thing": "ex:thing",
        "part": {"@id": "ex:part", "@type": "@id"},
    }
    document = json.loads(write(Context(raw), parse("<http://a/s> ex:part <http://a/o> ."), NamedNode("http://a/s")))
    assert document == {
        "@context": {"ex": EX, "part": {"@id": "ex:part", "@type": "@id"}},
        "@id": "http://a/s",
        "part": "http://a/o",
    }


def test_a_made_context_says_what_the_data_keep_to() -> None:
    """Terms are prefixed names; coercions only where all values agree; prefixes only where they are used."""
    graph = parse(
        """ex:s a ex:T ; ex:link ex:o, [] ; ex:text "a"@en, "b"@lv ; ex:date "2018-01-01"^^xsd:date ;
        ex:plain "x" ; ex:mixed "x", ex:o ; ex:list (1) ; <urn:x:a/text> "a"@en ; <urn:x:a/link> ex:o ."""
    )
    prefixes = {"ex": EX, "xsd": PREFIXES["xsd"], "foaf": "http://xmlns.com/foaf/0.1/", "rdf": PREFIXES["rdf"]}
    context = context_of(graph, {"own": EX + "own#"}, prefixes)
    assert context.raw == {
        "ex": EX,
        "own": EX + "own#",
        "rdf": PREFIXES["rdf"],
        "xsd": PREFIXES["xsd"],
        "ex:date": {"@id": EX + "date", "@type": "xsd:date"},
        "ex:link": {"@id": EX + "link", "@type": "@id"},
        "ex:text": {"@id": EX + "text", "@container": "@language"},
        "rdf:first": {"@id": PREFIXES["rdf"] + "first", "@type": "xsd:integer"},
        "urn:x:a/link": {"@id": "urn:x:a/link", "@type": "@id"},
    }


def test_a_namespace_that_is_a_property_is_not_defined_by_itself() -> None:
    """Where it has a coercion, datatypes are not written with the prefix that stands for it."""
    graph = [Triple(NamedNode(EX), NamedNode(EX), Literal("x", datatype=NamedNode(EX + "type")))]
    context = context_of(graph, {"ex": EX}, {})
    assert context.raw == {"ex": EX, EX: {"@id": EX, "@type": EX + "type"}}
    assert read_oxigraph(write(context, graph), RdfFormat.JSON_LD) == canonical(graph)


def test_the_context_is_published_whole(tmp_path: Path) -> None:
    """``context.jsonld`` is the site's file as it is; or the made one, with which documents can be read."""
    (tmp_path / "c.jsonld").write_text('{"@context": {"ex": "http://example.org/"}}\n', encoding="utf-8")
    (artifact,) = jsonld.renderer(fake_site(jsonld_config(tmp_path))).whole()
    assert (artifact.path, artifact.content) == ("context.jsonld", (tmp_path / "c.jsonld").read_bytes())
    quads = [Quad(t.subject, t.predicate, t.object) for t in parse("ex:s ex:p ex:o .")]
    (made,) = jsonld.renderer(fake_site(config(prefixes={"ex": EX}), quads)).whole()
    assert isinstance(made.content, bytes)
    assert json.loads(made.content) == {"@context": {"ex": EX, "ex:p": {"@id": EX + "p", "@type": "@id"}}}


def test_a_missing_or_garbled_context_file_is_told(tmp_path: Path) -> None:
    """With its name, and its line where it has one."""
    with pytest.raises(ConfigError, match=r"saite\.toml: the JSON-LD context c\.jsonld cannot be read: No such file"):
        jsonld.read_context(jsonld_config(tmp_path))
    (tmp_path / "c.jsonld").write_bytes(b'{\n"\xe9"}')
    with pytest.raises(SyntaxFault, match=r"c\.jsonld:2: not UTF-8"):
        jsonld.read_context(jsonld_config(tmp_path))


def jsonld_config(root: Path) -> Config:
    """Settings of a site in a folder, with its context in c.jsonld."""
    return replace(config(context="c.jsonld"), root=root)
