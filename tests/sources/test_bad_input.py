"""Each bad input is told with file, line, column, the line itself and a cure."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from saite.errors import DataError, EnvironmentFault, SyntaxFault, UsageError
from saite.sources import Source, read

EX = "@prefix ex: <http://example.org/> .\n"
XML = '<?xml version="1.0"?>\n'
ROOT = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">\n'


def rdfxml(body: str, head: str = XML) -> str:
    """An RDF/XML document."""
    return f"{head}{ROOT}{body}\n</rdf:RDF>\n"


def doctype(subset: str) -> str:
    """An XML head with an internal DTD subset on the second line."""
    return f"{XML}<!DOCTYPE rdf:RDF [{subset}]>\n"


NODE = '<rdf:Description rdf:about="http://example.org/a">\n'
BOMB = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))


class Case(NamedTuple):
    """One bad file: what it holds, and words of the fault, its cure and its line that must be there."""

    name: str
    content: str | bytes
    at: str
    message: str
    cure: str
    excerpt: str | None = ""


CASES = {
    # Turtle and its kin
    "a statement that is not ended": Case(
        "a.ttl", EX + "ex:a ex:b ex:c ex:d .\n", "2:16", "not ended", "dot", "ex:a ex:b ex:c ex:d ."
    ),
    "a well-known prefix that is not declared": Case(
        "a.ttl",
        EX + 'ex:a skos:prefLabel "x" .',
        "2:6",
        "skos: is not declared",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#>",
    ),
    "an unknown prefix that is not declared": Case(
        "a.trig", EX + 'ex:a foo:bar "x" .', "2:6", "foo: is not declared", "@prefix foo:"
    ),
    "a relative IRI in Turtle": Case("a.ttl", EX + "ex:a ex:b <c> .", "2:11", "relative IRI <c>", "Add @base"),
    "a relative IRI in TriG": Case("a.trig", EX + "<g> { ex:a ex:b ex:c }", "2:1", "relative IRI <g>", "Add @base"),
    "a relative IRI in N-Triples": Case("a.nt", "<a> <b> <c> .", "1:1", "relative IRI <a>", "whole IRI"),
    "a relative IRI in N-Quads": Case(
        "a.nq", '<http://e/a> <http://e/b> "c" <g> .', "1:31", "relative IRI <g>", "whole IRI"
    ),
    "an IRI with a space": Case("a.ttl", EX + "<http://e/a b> ex:p 1 .", "2:1", "<http://e/a b> has a space", "%20"),
    "an IRI with a brace": Case("a.ttl", EX + "<http://e/{a}> ex:p 1 .", "2:1", "character {", "Percent-encode"),
    "an IRI with an escaped space": Case("a.nt", r"<http://e/\u0020> <http://e/p> 1 .", "1:1", "space", "%20"),
    "an IRI with half an escape": Case("a.ttl", EX + "<http://e/%zz> ex:p 1 .", "2:1", "not a valid IRI", "%25"),
    "an IRI that is not closed": Case(
        "a.nt",
        "<http://e/a> <http://e/p> <http://e/b .\n<http://e/a> <http://e/p> 1 .",
        "1:27",
        "line end in it",
        "put its > there",
    ),
    "a text that is not closed": Case(
        "a.ttl", EX + 'ex:a ex:p "x .\nex:a ex:p ex:b .', "2:11", "never ended", "quotes"
    ),
    "a line end in a text": Case("a.nt", '<http://e/a> <http://e/p> "x\ny" .', "1:29", "end of the line", r"\n"),
    "an escape that does not exist": Case(
        "a.ttl", EX + r'ex:a ex:p "a\q" .', "2:13", r"\q does not exist", "backslash"
    ),
    "a file that ends too early": Case(
        "a.ttl", EX + "ex:a ex:p 1\n\n\n", "2:12", "in the middle", "dot", "ex:a ex:p 1"
    ),
    "a language tag with an underscore": Case("a.ttl", EX + 'ex:a ex:p "x"@en_US .', "2:17", "en_US is not", "BCP 47"),
    "a language tag that is too long": Case(
        "a.nq", '<http://e/a> <http://e/p> "x"@abcdefghijk .', "1:31", "abcdefghijk is not", "BCP 47"
    ),
    "a language tag of digits": Case("a.trig", EX + 'ex:a ex:p "x"@123 .', "2:15", "123 is not", "BCP 47"),
    "a control character in the line": Case(
        "a.ttl", EX + 'ex:a ex:p "\x1b[31m" ex:b .', "2:19", "not ended", "dot", 'ex:a ex:p "\ufffd[31m" ex:b .'
    ),
    "a fault far to the right": Case(
        "a.ttl",
        EX + f'ex:a ex:p "{"x" * 2**20}" ex:b .',
        "2:1048590",
        "not ended",
        "dot",
        "\u2026" + "x" * 57 + '" ex:b .',
    ),
    "a text beyond the limit": Case(
        "a.ttl", EX + f'ex:a ex:p "{"x" * 17 * 2**20}" .', "2:11", "17 MiB", "file of its own"
    ),
    # encodings
    "Latin-1": Case(
        "a.ttl",
        (EX + 'ex:a ex:p "caf\xe9"@fr .').encode("latin-1"),
        "2:15",
        "byte 0xE9 at offset 50 is not UTF-8",
        "iconv",
        'ex:a ex:p "caf\ufffd"@fr .',
    ),
    "Latin-1 on the first line": Case(
        "a.nt", '<http://e/a> <http://e/p> "\xe9" .'.encode("latin-1"), "1:28", "0xE9", "iconv"
    ),
    "a wrong byte behind a byte order mark": Case(
        "a.nt", b'\xef\xbb\xbf<http://e/a> <http://e/p> "\xe9" .', "1:28", "offset 30", "iconv"
    ),
    "UTF-16": Case("a.ttl", EX.encode("utf-16"), "1", "in UTF-16", "iconv -f UTF-16", None),
    "UTF-16 without a mark": Case("a.nq", "<http://e/a>".encode("utf-16-be"), "1", "in UTF-16", "iconv", None),
    "UTF-32": Case("a.trig", EX.encode("utf-32"), "1", "in UTF-32", "iconv -f UTF-32", None),
    "JSON in Latin-1": Case("a.jsonld", '{"http://e/p":\n"\xe9"}'.encode("latin-1"), "2:2", "0xE9", "iconv"),
    "JSON in UTF-16": Case("a.jsonld", '{"a": 1}'.encode("utf-16"), "1", "in UTF-16", "iconv", None),
    "XML in undeclared Latin-1": Case(
        "a.rdf",
        rdfxml(NODE + "<e:p>\xe9</e:p></rdf:Description>").encode("latin-1"),
        "4:6",
        "0xE9",
        "name its encoding",
    ),
    "XML in an exotic encoding": Case(
        "a.rdf", rdfxml("", '<?xml version="1.0" encoding="rot13"?>\n'), "1:1", "rot13", "UTF-8"
    ),
    # RDF 1.2
    "a triple term": Case(
        "a.nt",
        "<http://e/a> <http://e/p> <<( <http://e/a> <http://e/p> 1 )>> .",
        "1:27",
        "triple term is RDF 1.2",
        "n-ary",
    ),
    "a reified triple": Case(
        "a.ttl", EX + "<< ex:a ex:b ex:c >> ex:p 1 .", "2:1", "reified triple is RDF 1.2", "n-ary"
    ),
    "an annotation": Case("a.ttl", EX + "ex:a ex:b ex:c {| ex:p 1 |} .", "2:16", "annotation", "n-ary"),
    "a reifier": Case("a.trig", EX + "ex:g { ex:a ex:b ex:c ~ ex:r }", "2:23", "reifier", "n-ary"),
    "a base direction": Case("a.ttl", EX + 'ex:a ex:b "x"@en--rtl .', "2:14", "@en--rtl is RDF 1.2", "direction"),
    "triple terms that would end the process": Case(
        "a.nq", f"<http://e/a> <http://e/p> {'<<( <http://e/a> <http://e/p> ' * 50000}", "1:27", "triple term", "n-ary"
    ),
    "a triple term in RDF/XML": Case(
        "a.rdf", rdfxml(NODE + '<e:p rdf:parseType="Triple"/></rdf:Description>'), "4:1", "RDF 1.2", "n-ary"
    ),
    "an annotation in RDF/XML": Case(
        "a.rdf", rdfxml(NODE + '<e:p rdf:annotation="http://e/r">1</e:p></rdf:Description>'), "4:1", "RDF 1.2", "n-ary"
    ),
    "a base direction in RDF/XML": Case(
        "a.rdf",
        rdfxml(NODE + '<e:p xmlns:i="http://www.w3.org/2005/11/its" i:dir="rtl">1</e:p></rdf:Description>'),
        "4:1",
        "base direction",
        "leave out",
    ),
    "a base direction in JSON-LD": Case(
        "a.jsonld",
        '{"http://e/p": {"@value": "x",\n  "@direction": "rtl"}}',
        "2:3",
        "direction rtl",
        '"@direction" out',
    ),
    # RDF/XML
    "XML that is not well-formed": Case(
        "a.rdf",
        rdfxml(NODE + "<e:p>1</e:q></rdf:Description>"),
        "4:9",
        "end tag",
        "Close",
        "<e:p>1</e:q></rdf:Description>",
    ),
    "XML that is cut off": Case(
        "a.rdf", XML + ROOT + NODE + "<e:p>1</e:p>", "4:13", "root element is closed", "cut off"
    ),
    "XML that is cut off in a tag": Case("a.rdf", XML + ROOT + NODE + "<e:p", "4:1", "inside a tag", "cut off"),
    "XML that is empty": Case("a.rdf", "", "", "empty", "delete", None),
    "XML with a bare ampersand": Case("a.rdf", rdfxml("<e:A e:p='a & b'/>"), "3:14", "may not stand here", "&amp;"),
    "a relative IRI in RDF/XML": Case(
        "a.rdf", rdfxml(NODE + "</rdf:Description>\n<e:A rdf:ID='x'/>"), "5:1", "<#x>", "xml:base"
    ),
    "an IRI with a space in RDF/XML": Case(
        "a.rdf",
        rdfxml(NODE + "<e:p>1</e:p>\n<e:p rdf:resource='http://e/ b'/></rdf:Description>"),
        "5:1",
        "space",
        "%20",
    ),
    "a bad language tag in RDF/XML": Case(
        "a.rdf", rdfxml(NODE + "<e:p xml:lang='en_US'>1</e:p></rdf:Description>"), "4:1", "not a language tag", "BCP 47"
    ),
    "no language inside a language": Case(
        "a.rdf", rdfxml("<e:A xml:lang='en'>\n<e:p xml:lang=''>x</e:p></e:A>"), "4:1", 'xml:lang=""', "Put xml:lang on"
    ),
    "an rdf:ID used twice": Case(
        "a.rdf", rdfxml("<e:A rdf:ID='x' xml:base='http://e/'/>\n" * 2), "4:1", "already been used", "Mend the line"
    ),
    "elements nested too deep": Case("a.rdf", rdfxml("<e:A><e:p>\n" * 600), "502:6", "nested", "rdf:nodeID"),
    "an entity that is not declared": Case(
        "a.rdf", rdfxml(NODE + "&foo;</rdf:Description>"), "4:1", "not declared", "ENTITY"
    ),
    "an external entity": Case(
        "a.rdf",
        rdfxml(NODE + "<e:p>&x;</e:p></rdf:Description>", doctype('<!ENTITY x SYSTEM "file:///etc/passwd">')),
        "2",
        "external entity x (file:///etc/passwd), which is never opened",
        "Put the content itself",
    ),
    "a public external entity": Case(
        "a.rdf", rdfxml("", doctype('<!ENTITY x PUBLIC "p" "http://e/x">')), "2", "http://e/x", "Put the content"
    ),
    "an external parameter entity": Case(
        "a.rdf", rdfxml("", doctype('<!ENTITY % x SYSTEM "http://e/x.dtd"> %x;')), "2", "never opened", "Put"
    ),
    "a parameter entity": Case("a.rdf", rdfxml("", doctype('<!ENTITY % x "">')), "2", "parameter entity", "themselves"),
    "an entity of a DTD that is not here": Case(
        "a.rdf",
        rdfxml(NODE + "<e:p>&x;</e:p></rdf:Description>", XML + '<!DOCTYPE rdf:RDF SYSTEM "http://e/x.dtd">\n'),
        "5:6",
        "never opened",
        "<!ENTITY x",
    ),
    "an entity bomb": Case(
        "a.rdf", rdfxml("<e:A e:p='&l10;'/>", doctype(BOMB)), "2", "XML bomb", "in place of the entity"
    ),
    "a bomb of one entity, often": Case(
        "a.rdf",
        rdfxml(f"{NODE}<e:p>{'&x;' * 100000}</e:p></rdf:Description>", doctype(f'<!ENTITY x "{"x" * 50000}">')),
        "5:108",
        "ten times longer",
        "in place of the entities",
    ),
    "a bomb in an attribute": Case(
        "a.rdf",
        rdfxml(f"<e:A e:p='{'&x;' * 100000}'/>", doctype(f'<!ENTITY x "{"x" * 50000}">')),
        "4:1",
        "XML bomb",
        "in place of the entities",
    ),
    "entities in a ring": Case(
        "a.rdf", rdfxml("<e:A e:p='&a;'/>", doctype('<!ENTITY a "&b;"><!ENTITY b "&a;">')), "4:1", "itself", "Write"
    ),
    # JSON-LD
    "JSON that does not parse": Case("a.jsonld", '{"http://e/p": 1,\n ,}', "2:2", "object keys", "json-ld11", " ,}"),
    "JSON that is empty": Case("a.jsonld", " \n", "", "empty", "{}", None),
    "a context on the web": Case(
        "a.jsonld",
        '{\n  "@context": "https://schema.org/",\n  "name": "x"}',
        "2:15",
        "https://schema.org/ is on the web, and Saite fetches nothing",
        '[jsonld.contexts] "https://schema.org/" = "FILE"',
    ),
    "a context on the web, among others": Case(
        "a.jsonld",
        '{"@context": [{"a": "http://e/a"},\n "http://e/ctx"], "a": 1}',
        "2:2",
        "http://e/ctx",
        "jsonld.contexts",
    ),
    "a context on the web, for one term": Case(
        "a.jsonld",
        '{"@context": {"a": {"@id": "http://e/a", "@context": "http://e/c"}}}',
        "1:54",
        "http://e/c",
        "contexts",
    ),
    "a context in a file that is not there": Case(
        "a.jsonld", '{"@context": "no.jsonld"}', "1:14", "no.jsonld", "there"
    ),
    "an imported context": Case("a.jsonld", '{"@context": {"@import": "http://e/c"}}', "1:26", "@import", "Copy"),
    "a relative IRI in JSON-LD": Case(
        "a.jsonld", '{"@id": "a",\n "http://e/p": {"@id": "b"}}', "1:9#/@id", "relative IRI <a>", '"@base"'
    ),
    "a relative type in JSON-LD": Case(
        "a.jsonld", '[{"http://e/p": {"@value": "a",\n"@type": "T"}}]', "2:10#/0/http:~1~1e~1p/@type", "<T>", '"@base"'
    ),
    "an IRI with a space in JSON-LD": Case(
        "a.jsonld", '{"@context": {"e": "http://e/"},\n"@id": "e:a b", "e:p": 1}', "2:8#/@id", "space", "%20"
    ),
    "a bad language tag in JSON-LD": Case(
        "a.jsonld",
        '{"http://e/p": {"@value": "x", "@language": "en_US"}}',
        "1:45#/http:~1~1e~1p/@language",
        "en_US",
        "BCP",
    ),
    "a blank node as property": Case("a.jsonld", '{"_:p": 1}', "1:2#/_:p", "cannot be a property", "IRI"),
    "a bad name of a blank node": Case(
        "a.jsonld", '{"@id": "_:a b", "http://e/p": 1}', "1:9#/@id", "_:a b is no name", "Use"
    ),
    "a keyword with a wrong value": Case(
        "a.jsonld", '{"http://e/p": 1,\n"@id": 5}', "2:1#/@id", "must be a string", "json-ld11"
    ),
    "JSON without RDF": Case("a.jsonld", '{"name": "x"}', "", 'such as "name", is mapped', '"@context"', None),
    "JSON nested too deep": Case("a.jsonld", '{"http://e/p":' * 70000, "1:917519", "65536", "json-ld11"),
    "JSON with a text beyond the limit": Case(
        "a.jsonld", f'{{"http://e/p":\n"{"x" * 17 * 2**20}"}}', "2:1#/http:~1~1e~1p", "16 MiB", "file of its own"
    ),
    "XML with a text beyond the limit": Case(
        "a.rdf", rdfxml(f"<e:A><e:p>{'x' * 17 * 2**20}</e:p></e:A>"), "3:11", "16 MiB", "file of its own"
    ),
    # formats
    "another format than the name says": Case("a.ttl", rdfxml(""), "1:1", "looks like RDF/XML", "ending .rdf"),
    "no RDF at all": Case("a.csv", "a,b\n1,2\n", "", "neither the name nor the content", ".ttl", None),
    "OWL functional syntax": Case(
        "a.owl", "Prefix(:=<http://e/>)\nOntology(<http://e/>)", "", "functional", "robot", None
    ),
    "OWL Manchester syntax": Case(
        "a.owl", "Prefix: : <http://e/>\nOntology: <http://e/>", "", "Manchester", "robot", None
    ),
    "OWL/XML": Case("a.owl", XML + '<Ontology xmlns="http://www.w3.org/2002/07/owl#"/>', "", "OWL/XML", "robot", None),
    "HTML": Case("a.xml", "<!DOCTYPE html>\n<html></html>", "", "is HTML", ".ttl", None),
    "XML without RDF": Case("a.xml", "<feed/>", "", "XML without RDF", ".ttl", None),
    "JSON that is no JSON-LD": Case("a.json", '{"a": 1}', "", "JSON without an @context", ".ttl", None),
    "a compressed file cut off": Case(
        "a.ttl.gz", gzip.compress(EX.encode() * 99)[:-9], "", "damaged", "Compress", None
    ),
    "a compressed file damaged": Case("a.ttl.gz", b"\x1f\x8b" + b"no" * 20, "", "damaged", "Compress", None),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault_says_where_and_how_to_mend(case: Case, tmp_path: Path) -> None:
    """The fault has the place, says what is wrong, shows the line with its caret, and ends with a cure."""
    path = tmp_path / case.name
    path.write_bytes(case.content if isinstance(case.content, bytes) else case.content.encode())
    with pytest.raises(DataError) as caught:
        list(read(Source(path, "data/" + case.name)))
    fault = caught.value
    assert str(fault.place) == f"data/{case.name}" + (f":{case.at}" if case.at else "")
    assert case.message in fault.message
    assert case.cure in fault.cure
    assert fault.cure[:1].isupper()
    if case.excerpt is None:
        assert fault.excerpt is None
        return
    assert isinstance(fault, SyntaxFault)
    assert fault.excerpt is not None
    assert len(fault.excerpt) <= 122
    if case.excerpt:
        assert fault.excerpt == case.excerpt
    shown = str(fault).splitlines()
    assert ("^" in shown[2]) == (fault.caret is not None)
    assert fault.caret is None or shown[2].index("^") - 4 == fault.caret - 1
    assert case.content == "" or fault.excerpt.strip("\u2026") != ""


LEGAL = {
    "empty.ttl": (b"", 0),
    "comment.nt": (b"# nothing yet\n", 0),
    "mark.ttl": (b"\xef\xbb\xbf" + EX.encode() + b"ex:a ex:b ex:c .", 1),
    "mark.jsonld": (b'\xef\xbb\xbf{"http://e/p": 1}', 1),
    "mark.rdf": (b"\xef\xbb\xbf" + rdfxml("<e:A/>").encode(), 1),
    "onlymark.nt": (b"\xef\xbb\xbf", 0),
    "empty.jsonld": (b"{}", 0),
    "context.jsonld": (b'{"@context": {"name": "http://e/name"}}', 0),
    "unmapped.jsonld": (b'{"name": "is passed over", "http://e/p": 1}', 1),
    "long.ttl": (EX.encode() + b'ex:a ex:b "' + b"x" * 2**20 + b'" .', 1),
    "arrows.ttl": (EX.encode() + b'ex:a ex:b "1 << 2", """<<( {| ~ a@en--ltr""" .', 2),
    "nul.nt": (b'<http://e/a> <http://e/p> "\\u0000" .', 1),
    "html.ttl": (EX.encode() + b'ex:a ex:b "<script>alert(1)</script>", <javascript:alert(1)> .', 2),
    "latin1.rdf": (
        rdfxml("<e:A e:p='\xe9'/>", '<?xml version="1.0" encoding="ISO-8859-1"?>\n').encode("latin-1"),
        2,
    ),
    "utf16.rdf": (rdfxml("<e:A e:p='\xe9'/>", '<?xml version="1.0" encoding="UTF-16"?>\n').encode("utf-16"), 2),
    "nolang.rdf": (rdfxml("<e:A xml:lang=''><e:p xml:lang='en'>x</e:p><e:p xml:lang=''>x</e:p></e:A>").encode(), 3),
    "dtd.rdf": (rdfxml("<e:A/>", XML + '<!DOCTYPE rdf:RDF SYSTEM "http://e/x.dtd">\n').encode(), 1),
    "packed.ttl.gz": (gzip.compress(EX.encode() + b"ex:a ex:b ex:c ."), 1),
    "packed.nt": (gzip.compress(b"<http://e/a> <http://e/b> 1 .".replace(b"1", b'"1"')), 1),
    "turtle.owl": (EX.encode() + b"ex:a ex:b ex:c .", 1),
    "json.rdf": (b'{"@id": "http://e/a", "http://e/p": 1}', 1),
    "trig.txt": (EX.encode() + b"ex:g { ex:a ex:b ex:c }", 1),
    "quads": (b"<http://e/a> <http://e/b> <http://e/c> <http://e/g> .\n", 1),
}


@pytest.mark.parametrize("name", LEGAL)
def test_legal_oddities_are_read(name: str, tmp_path: Path) -> None:
    """What looks odd and is legal is read, and all of it."""
    content, count = LEGAL[name]
    (tmp_path / name).write_bytes(content)
    assert len(list(read(Source(tmp_path / name, name)))) == count


def test_simple_entities_are_put_in(tmp_path: Path) -> None:
    """The ENTITY declarations of real OWL files work: nested, in single quotes, with markup, in attributes."""
    subset = """
      <!ENTITY owl "http://www.w3.org/2002/07/owl#">
      <!ENTITY thing '&owl;Thing'>
      <!ENTITY node "<e:p>&lt;1 &#38;#38; 2</e:p>">
    """
    body = '<rdf:Description rdf:about="&thing;">&node;</rdf:Description>'
    (tmp_path / "a.owl").write_text(rdfxml(body, doctype(subset)))
    (quad,) = read(Source(tmp_path / "a.owl", "a.owl"))
    assert str(quad) == '<http://www.w3.org/2002/07/owl#Thing> <http://example.org/p> "<1 & 2"'


def test_external_entity_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file but the one that is read is opened, even where the entity is there to be read."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    path = tmp_path / "a.rdf"
    path.write_text(rdfxml("<e:A e:p='x'>&x;</e:A>", doctype(f'<!ENTITY x SYSTEM "{secret.as_uri()}">')))
    opened = []
    unwatched = Path.open

    def watched(self: Path, *args: object, **named: object) -> object:
        opened.append(self)
        return unwatched(self, *args, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", watched)
    with pytest.raises(SyntaxFault, match="never opened") as caught:
        list(read(Source(path, "a.rdf")))
    assert "secret" not in str(caught.value).replace(secret.as_uri(), "")
    assert set(opened) == {path}


def test_json_that_does_not_fit_in_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compressed file that unpacks to more than memory holds is refused, and not read to its end."""
    from saite.sources import jsonld

    monkeypatch.setattr(jsonld, "_MOST", 2**20)
    path = tmp_path / "a.jsonld.gz"
    path.write_bytes(gzip.compress(b'{"http://e/p": "' + b"x" * 2**21))
    with pytest.raises(DataError, match="larger than 1 MiB") as caught:
        list(read(Source(path, "a.jsonld.gz")))
    assert "N-Quads" in caught.value.cure


def test_missing_file_is_the_environment(tmp_path: Path) -> None:
    """A file that is gone since it was found is no traceback."""
    with pytest.raises(EnvironmentFault, match=r"a\.ttl: cannot be read: No such file"):
        list(read(Source(tmp_path / "a.ttl", "a.ttl")))


def test_unreadable_file_is_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is no traceback, and the cure says what to check."""
    (tmp_path / "a.ttl").write_text("")

    def refuse(self: Path, *args: object, **named: object) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(EnvironmentFault, match="Permission denied") as caught:
        list(read(Source(tmp_path / "a.ttl", "a.ttl")))
    assert "may read it" in caught.value.cure


def test_folder_as_file_is_told(tmp_path: Path) -> None:
    """A folder in the place of a file is no traceback."""
    (tmp_path / "a.ttl").mkdir()
    with pytest.raises(EnvironmentFault, match="not a regular file"):
        list(read(Source(tmp_path / "a.ttl", "a.ttl")))


def test_reading_error_in_the_middle_is_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails while a file is read is told with the file."""
    path = tmp_path / "a.nt"
    path.write_text("<http://e/a> <http://e/p> <http://e/b> .\n" * 9)

    class Failing:
        def __init__(self) -> None:
            self.blocks = iter([b"<http://e/a> <http://e/p> <http://e/b> .\n"])

        def read(self, size: int = -1) -> bytes:
            for block in self.blocks:
                return block
            raise OSError(5, "Input/output error")

        def __enter__(self) -> "Failing":
            return self

        def __exit__(self, *error: object) -> None:
            pass

    monkeypatch.setattr("saite.sources.reader.open_bytes", lambda source: Failing())
    quads: Iterator[object] = read(Source(path, "a.nt"))
    with pytest.raises(EnvironmentFault, match=r"a\.nt: cannot be read: Input/output error"):
        list(quads)


def test_bad_base_is_asked_wrongly(tmp_path: Path) -> None:
    """A base that is no absolute IRI is told as such, and is not blamed on the file."""
    (tmp_path / "a.ttl").write_text("")
    with pytest.raises(UsageError, match="'no base' is no absolute IRI"):
        list(read(Source(tmp_path / "a.ttl", "a.ttl"), "no base"))
