"""Shapes as public data has them, in plain words: nothing that a rule asks for is left out of its sentence."""

from pathlib import Path

from .built import page, publish, words

HEAD = "@prefix : <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"


def test_alternatives_that_are_named_shapes_are_named(tmp_path: Path) -> None:
    """As in DCAT-AP: a place is a country or a continent, each a shape of its own."""
    out = publish(
        HEAD
        + """
        :S a sh:NodeShape ; sh:targetClass :C ; sh:property [
            sh:path :place ; sh:node [ sh:or ( :Country [ sh:node :Continent ] ) ] ; sh:not :Ship ] .
        :Country a sh:NodeShape ; sh:nodeKind sh:IRI . :Continent a sh:NodeShape . :Ship a sh:NodeShape .
        """,
        tmp_path,
    )
    shown = words(out, "S").partition("The rule in plain words")[2]
    assert "each value meets: at least one of: Country each value meets: Continent" in shown
    assert "not: Ship" in shown
    assert 'href="Country.html"' in page(out, "S")


def test_what_is_no_constraint_is_no_sentence(tmp_path: Path) -> None:
    """As in Brick: rules of SHACL Advanced Features infer, and a node without words makes no empty sentence."""
    out = publish(
        HEAD
        + """
        :S a sh:NodeShape ; sh:targetClass :C ; sh:node [ :unknown 1 ] ; sh:nodeKind sh:IRI ;
            sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate :p ; sh:object :o ] .
        """,
        tmp_path,
    )
    shown = words(out, "S").partition("The rule in plain words")[2]
    assert "unnamed node" not in shown
    assert "each value meets:" not in shown
    assert "an IRI" in shown


def test_the_page_of_very_many_shapes_is_an_index(tmp_path: Path) -> None:
    """As of schema.org or Brick: a thousand shapes are links to their own pages, by name, not one endless page."""
    shapes = "".join(
        f':S{n} a sh:NodeShape ; sh:name "Shape {n}"@en ; sh:property [ sh:path :p ; sh:minCount {n} ] .\n'
        for n in range(2, 403)
    )
    out = publish(HEAD + shapes, tmp_path)
    whole = page(out, "shapes")
    assert len(whole) < 60_000
    assert whole.count('href="S') == 401
    assert "at least 402 values" not in words(out, "shapes")
    assert "at least 402 values" in words(out, "S402")
