"""The scanner of Turtle and TriG sees the triples that the parser sees, and says where each stands."""

import io
import os
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from saite.sources.positions.lexer import tokens
from saite.sources.positions.turtle import statements
from saite.terms import Quad

ROOT = Path(__file__).parents[2]
BASE = "http://base.example/x/y"
OURS = sorted(path for folder in ("ontology", "data", "shapes") for path in (ROOT / folder).rglob("*.ttl"))


def isomorphic(one: Iterable[Quad], other: Iterable[Quad]) -> bool:
    """Whether two sets of quads differ in the names of blank nodes only."""
    first, second = Dataset(one), Dataset(other)
    first.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    second.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return first == second


def parsed(text: str, format: RdfFormat) -> list[Quad]:
    """The triples that the parser sees, out of their graphs."""
    return [Quad(q.subject, q.predicate, q.object) for q in parse(text, format=format, base_iri=BASE)]


def scanned(text: str) -> list[Quad]:
    """The triples that the scanner sees."""
    found = []
    for statement in statements(io.StringIO(text, newline=""), BASE):
        assert statement.object is not None
        found.append(Quad(statement.subject, statement.predicate, statement.object))
    return found


def shared() -> list[Path]:
    """The Turtle files of the suites that others wrote."""
    folder = os.environ.get("SAITE_SHARED")
    return sorted(Path(folder, "suites").rglob("*.ttl")) if folder else []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_our_files_agree_with_the_parser(path: Path) -> None:
    """In each of our own files, the scanner's triples are the parser's."""
    text = path.read_text(encoding="utf-8")
    assert isomorphic(scanned(text), parsed(text, RdfFormat.TURTLE))


@pytest.mark.skipif(not os.environ.get("SAITE_SHARED") and not os.environ.get("CI"), reason="SAITE_SHARED is not set")
def test_files_of_others_agree_with_the_parser() -> None:
    """In some hundred files of test suites, the scanner's triples are the parser's."""
    paths = shared()
    assert len(paths) > 50, "SAITE_SHARED has no suites"
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert isomorphic(scanned(text), parsed(text, RdfFormat.TURTLE)), path


def test_places_are_exact() -> None:
    """Line and column of object, property and block, through comments, long texts, lists and brackets."""
    text = '''@prefix ex: <http://e/> . # a comment with "quotes" and <iris>
ex:a a ex:T ;
  ex:p "one" ,
       """two
lines""", ( 1 ex:c ) ;
\tex:q [ ex:r "āē" ; ex:s 2.5e0 ] .
GRAPH ex:g { ex:b ex:p true }
'''
    found = {
        (str(s.subject).split("/")[-1], s.predicate.value.split("/")[-1], str(s.object)): (
            tuple(s.at[:2]),
            tuple(s.predicate_at[:2]),
            tuple(s.subject_at[:2]),
        )
        for s in statements(io.StringIO(text, newline=""))
    }
    places = {(*key[:2], key[2].split("^^")[0]): value for key, value in found.items()}
    assert places[("a>", "22-rdf-syntax-ns#type", "<http://e/T>")] == ((2, 8), (2, 6), (2, 1))
    assert places[("a>", "p", '"one"')] == ((3, 8), (3, 3), (2, 1))
    assert places[("a>", "p", '"two\\nlines"')] == ((4, 8), (3, 3), (2, 1))
    assert places[("_:anonymous-1", "22-rdf-syntax-ns#first", '"1"')] == ((5, 13), (5, 13), (5, 11))
    assert places[("_:anonymous-2", "22-rdf-syntax-ns#first", "<http://e/c>")] == ((5, 15), (5, 15), (5, 11))
    assert places[("a>", "p", "_:anonymous-1")] == ((5, 11), (3, 3), (2, 1))
    assert places[("_:anonymous-3", "r", '"āē"')] == ((6, 14), (6, 9), (6, 7))
    assert places[("_:anonymous-3", "s", '"2.5e0"')] == ((6, 26), (6, 21), (6, 7))
    assert places[("a>", "q", "_:anonymous-3")] == ((6, 7), (6, 2), (2, 1))
    assert places[("b>", "p", '"true"')] == ((7, 24), (7, 19), (7, 14))


class Writer:
    """Writes Turtle as people do, in all its variety; the same for the same seed."""

    SPACES = (" ", "\n", "\t", "  ", " # comment . ; ' \"\n", "\r\n")
    IRIS = (
        *("<http://e/a>", "ex:a", "ex:b.c", ":", ":x", "ex:", "<#frag>", "<rel/./../é>", "<?q>", "<>", "ex:%20a"),
        *("ex:a\\,b", "ex:1a", "ž:ā", "<http://e/\\u00e9>", "<urn:x:y>", "ex:a:b", "ex:\\~", "<//host/x>"),
    )
    BLANKS = ("_:a", "_:b.c", "_:1", "_:é-x")
    TEXTS = (
        *('"x"', "'x'", '"""x"y""z"""', "'''it's'''", '"\\n\\"\\u00e9\\U0001F600"', '""', "''", '"""a\nb"""'),
        *('"a#b<c>.;"', '"""\\""""', "'''\n'''", '"<<("', '"é"'),
    )
    SUFFIXES = ("", "@en", "@en-GB", "@zh-Hant-TW", "^^ex:type", "^^<http://e/t>", " ^^ ex:type")
    NUMBERS = ("1", "-2", "+3.5", ".5", "1e5", "1.E3", "-.7e-2", "true", "false", "007")
    DIRECTIVES = ("@prefix ex: <http://other/> .", "PREFIX ex: <rel#>", "@base <http://b/c/> .", "base <d>")
    HEAD = "@prefix ex: <http://e/> . prefix : <http://d/> @prefix ž: <http://z/> .\n"

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def space(self) -> str:
        """White space, or a comment."""
        return self.random.choice(self.SPACES)

    def some(self, item: Callable[[], str], separator: str, least: int = 1) -> str:
        """Some items with a separator between them."""
        parts = [item() for _ in range(self.random.randint(least, 3))]
        return f"{self.space()}{separator}{self.space()}".join(parts)

    def object(self, depth: int = 3) -> str:
        """An object, with brackets and lists inside."""
        kind = self.random.choice(("iri", "blank", "text", "number", "list", "bracket", "empty") if depth else ("iri",))
        if kind == "list":
            return f"({self.space()}{self.some(lambda: self.object(depth - 1), '', 0)}{self.space()})"
        if kind == "bracket":
            return f"[{self.space()}{self.properties(depth - 1)}{self.space()}]"
        if kind == "text":
            return self.random.choice(self.TEXTS) + self.random.choice(self.SUFFIXES)
        return self.random.choice(
            {"iri": self.IRIS, "blank": self.BLANKS, "number": self.NUMBERS, "empty": ("[]", "[ ]", "()")}[kind]
        )

    def properties(self, depth: int = 3) -> str:
        """Properties with their objects."""

        def pair() -> str:
            verb = self.random.choice(("a", *self.IRIS))
            return f"{verb}{self.space()}{self.some(lambda: self.object(depth), ',')}"

        return self.some(pair, ";") + self.space() + self.random.choice(("", ";", " ; ; "))

    def triples(self) -> str:
        """A block."""
        if self.random.random() < 0.2:
            return f"[{self.space()}{self.properties()}{self.space()}]"
        subject = self.random.choice((*self.IRIS, *self.BLANKS, "[]", "(1 ex:a)"))
        return f"{subject}{self.space()}{self.properties()}"

    def graph(self) -> str:
        """A graph of TriG."""
        name = self.random.choice(("", "GRAPH ex:g", "ex:g", "_:g", "[]", "graph <g>"))
        blocks = self.some(self.triples, ".", 0)
        return f"{name}{self.space()}{{{self.space()}{blocks}{self.space()}{'.' if blocks else ''} }}"

    def document(self, *, trig: bool = False) -> str:
        """A whole document."""
        parts = [self.HEAD]
        for _ in range(self.random.randint(0, 4)):
            kind = self.random.choice(("triples", "triples", "directive", "graph" if trig else "triples"))
            if kind == "graph":
                parts.append(self.graph())
            else:
                end = self.random.choice((" .", "."))
                parts.append(self.random.choice(self.DIRECTIVES) if kind == "directive" else self.triples() + end)
            parts.append(self.space())
        return "".join(parts)


SEEDS = st.integers(0, 2**32)


@given(SEEDS)
def test_any_turtle_agrees_with_the_parser(seed: int) -> None:
    """Whatever a person writes, the scanner's triples are the parser's."""
    text = Writer(seed).document()
    assert isomorphic(scanned(text), parsed(text, RdfFormat.TURTLE)), text


@given(SEEDS)
def test_any_trig_agrees_with_the_parser(seed: int) -> None:
    """Whatever a person writes in TriG, the scanner's triples are the parser's."""
    text = Writer(seed).document(trig=True)
    assert isomorphic(scanned(text), parsed(text, RdfFormat.TRIG)), text


@given(SEEDS, st.integers(1, 80))
def test_tokens_do_not_depend_on_the_blocks(seed: int, size: int) -> None:
    """A file that is read in blocks of any size has the tokens, lines and columns of the whole."""
    text = Writer(seed).document(trig=True)

    class Blocks(io.StringIO):
        def read(self, wanted: int | None = -1) -> str:
            return super().read(size)

    whole = list(tokens(io.StringIO(text, newline="")))
    assert list(tokens(Blocks(text, newline=""))) == whole
    lines = text.split("\n")
    for token in whole:
        first = token.text.split("\n")[0]
        assert lines[token.line - 1][token.column - 1 :].startswith(first)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_scanner_never_raises(text: str) -> None:
    """What is no Turtle at all ends the scan, and nothing else."""
    list(statements(io.StringIO(text, newline="")))
    list(statements(io.StringIO(Writer.HEAD + text, newline="")))
