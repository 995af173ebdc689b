"""Whatever the bytes, reading them gives quads or a fault with a cure; nothing else."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.errors import SaiteError
from saite.sources import Source, read
from saite.terms import Literal, Quad, Triple

SEEDS = {
    "ttl": '@prefix e: <http://e/> . @base <http://b/> .\ne:a e:p 1, 2.0, 1e5, true, "x"@en, """a"b""" ; a <T> .'
    " [] e:q (1 2 [ e:z e:y ]) . << e:a e:b e:c >> e:d e:f {| e:g e:h |} .",
    "trig": 'PREFIX e: <http://e/>\ne:g { e:a e:p "x"@en--ltr } GRAPH _:b { e:a e:p <<( e:a e:b e:c )>> ~ e:r }',
    "nt": '<http://e/a> <http://e/p> "abc\\u00e9"@en .\n_:a <http://e/p> _:b . # x\n',
    "nq": '<http://e/a> <http://e/p> "1"^^<http://e/d> <http://e/g> .\n_:a <http://e/p> _:b _:g .\n',
    "rdf": '<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY owl "http://o/">]><rdf:RDF xml:base="http://b/"'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"><rdf:Description'
    ' rdf:about="&owl;a"><e:p rdf:datatype="http://e/d">1</e:p><e:q xml:lang="en">x</e:q>'
    '<e:l rdf:parseType="Collection"><e:T rdf:ID="z"/><rdf:Description rdf:nodeID="a1"/></e:l>'
    '<e:x rdf:parseType="Literal"><a>b</a></e:x></rdf:Description></rdf:RDF>',
    "jsonld": '{"@context": {"n": "http://e/n", "@vocab": "http://v/", "d": {"@id": "http://e/d", "@type": "@id",'
    ' "@container": "@list"}}, "@graph": [{"@id": "http://e/a", "n": {"@value": "x", "@language": "en"},'
    ' "d": ["http://e/b", "_:c", {"@id": "http://e/q", "@type": "T", "@reverse": {"n": {"@id": "http://z/"}}}]}]}',
    "json": '[{"@id": "http://e/a", "http://e/p": [1.5, null, true, {"@list": [1, [2]]}]}]',
    "owl": "Prefix: x\n",
    "": "",
    "ttl.gz": "\x1f\x8b\x08",
}
PIECES = [
    b"<",
    b">",
    b'"',
    b"'",
    b'"""',
    b"[",
    b"(",
    b"{",
    b"}",
    b"@",
    b"\\",
    b"\xff",
    b"\x00",
    b"&",
    b";",
    b".",
    b"<<(",
]
PIECES += [b"{|", b"~", b"_:", b"@en--ltr", b'"@context":', b'"@id":5', b"null", b"&x;", b"\n", b" ", b"<!--", b"]]>"]
PIECES += [
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b'"@direction":"rtl"',
    b'"@import":"x"',
    b"\\ud800",
    b"<?x",
    b"%zz",
    b":",
    b"#",
]


def outcome(name: str, content: bytes) -> None:
    """Reads bytes under a name; fails on anything but RDF 1.1 quads or a fault that helps."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        told: SaiteError | None = None
        try:
            for quad in read(Source(path, name)):
                assert isinstance(quad, Quad)
                assert not isinstance(quad.object, Triple)
                assert not isinstance(quad.object, Literal) or quad.object.direction is None
        except SaiteError as fault:
            told = fault
        if told is not None:
            assert told.message
            assert told.place is not None
            assert told.place.file == name
            assert told.cure
            assert str(told)


@given(st.sampled_from(sorted(SEEDS)), st.binary(max_size=200))
def test_any_bytes(ending: str, content: bytes) -> None:
    """Random bytes, under any name."""
    outcome(f"file.{ending}" if ending else "file", content)


@given(
    st.sampled_from(sorted(SEEDS)),
    st.lists(st.tuples(st.integers(0, 700), st.integers(0, 12), st.sampled_from(PIECES)), max_size=5),
)
def test_damaged_files(ending: str, damages: list[tuple[int, int, bytes]]) -> None:
    """Files that were good until pieces of them were replaced by others."""
    content = SEEDS[ending].encode("latin-1")
    for position, length, piece in damages:
        at = position % (len(content) + 1)
        content = content[:at] + piece + content[at + length :]
    outcome(f"file.{ending}" if ending else "file", content)


@pytest.mark.parametrize("ending", ["ttl", "trig", "nt", "nq", "rdf", "jsonld"])
def test_deep_nesting_does_not_end_the_process(ending: str) -> None:
    """A hundred thousand open brackets are a fault or quads, in every format."""
    opening = {"ttl": "[ <http://e/p> ", "trig": "(", "nt": "<<(", "nq": "_:", "rdf": "<a>", "jsonld": "["}[ending]
    outcome(f"deep.{ending}", b"<http://e/a> <http://e/b> " + opening.encode() * 100_000)
    outcome(f"deep.{ending}", opening.encode() * 100_000)
