"""The W3C's SHACL test suite by both engines; ``python -m tests.shacl.w3c`` writes docs/shacl-suite.md.

Where the suite lies says ``SAITE_SHARED``. A test is passed if focus node, component, severity, value and path of every
result are as expected (a path that is no IRI: that there is one), or if it fails where it is to fail.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from saite.errors import DataError
from saite.namespaces import SH
from saite.shacl import ENGINES, Report, ShapesGraph, validate
from saite.store import EmbeddedStore
from saite.terms import NamedNode, Quad, Term

DOCUMENT = Path(__file__).parents[2] / "docs" / "shacl-suite.md"
_TEST = "http://www.w3.org/ns/shacl-test#"
_ACTION = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#action"

Told = Counter[tuple[str, ...]] | None
"""The results of a report; None of a failure."""


def suite() -> Path | None:
    """Where the suite lies; None if nothing says so."""
    shared = os.environ.get("SAITE_SHARED")
    return Path(shared, "suites", "w3c-shacl") if shared else None


@dataclass(frozen=True)
class Case:
    """One test of the suite.

    Attributes:
        name: its path within the suite, without the ending.
        data: the data graph.
        shapes: the shapes graph.
        expected: what is to come.
    """

    name: str
    data: tuple[Quad, ...]
    shapes: tuple[Quad, ...]
    expected: Told

    def by(self, engine: str) -> Told:
        """What an engine says."""
        try:
            return _told(validate(EmbeddedStore(self.data), ShapesGraph(self.shapes), engine=engine))
        except DataError:
            return None


def cases(folder: Path) -> Iterator[Case]:
    """The core and the SPARQL tests, in alphabetical order."""
    for path in sorted(p for part in ("core", "sparql") for p in (folder / part).rglob("*.ttl")):
        quads = _read(path)
        if not any(q.predicate.value == _ACTION for q in quads):
            continue
        named = {q.predicate.value.removeprefix(_TEST): q.object for q in quads if q.predicate.value.startswith(_TEST)}
        graphs = [quads if _path(named[name]) == path else _read(_path(named[name])) for name in _GRAPHS]
        fails = any(str(q.object) == f"<{_TEST}Failure>" for q in quads)
        name = path.relative_to(folder).with_suffix("").as_posix()
        yield Case(name, graphs[0], graphs[1], None if fails else _expected(quads))


_GRAPHS = ("dataGraph", "shapesGraph")


def _path(term: object) -> Path:
    assert isinstance(term, NamedNode)
    return Path(term.value.removeprefix("file://"))


def _read(path: Path) -> tuple[Quad, ...]:
    return tuple(parse(path=path, format=RdfFormat.TURTLE, base_iri=path.as_uri()))


def _shown(path: Term | None) -> str:
    return str(path) if path is None or isinstance(path, NamedNode) else "a path"


def _expected(quads: tuple[Quad, ...]) -> Counter[tuple[str, ...]]:
    said: dict[object, dict[str, Term]] = {}
    for q in quads:
        said.setdefault(q.subject, {}).setdefault(q.predicate.value.removeprefix(SH), q.object)  # type: ignore[arg-type]
    results = [said[q.object] for q in quads if q.predicate.value == SH + "result"]
    parts = ("focusNode", "sourceConstraintComponent", "resultSeverity")
    return Counter(
        (*(str(one[part]) for part in parts), str(one.get("value")), _shown(one.get("resultPath"))) for one in results
    )


def _told(report: Report) -> Counter[tuple[str, ...]]:
    return Counter(
        (str(one.focus), f"<{one.component}>", f"<{one.severity}>", str(one.value), _shown(one.path))
        for one in report.results
    )


HEAD = """# The W3C's test suite for SHACL

Each test of the [suite](https://w3c.github.io/data-shapes/data-shapes-test-suite/) by Saite's engine and by pySHACL, as
Saite asks it. Made by `python -m tests.shacl.w3c`, and checked by a test. Why pySHACL does not pass some, tells
[docs/shacl.md](shacl.md).

"""


def document(folder: Path) -> str:
    """The table, test by test."""
    lines, passed = [], Counter[str]()
    everything = list(cases(folder))
    for test in everything:
        marks = []
        for engine in ENGINES:
            good = test.by(engine) == test.expected
            passed[engine] += good
            marks.append("passed" if good else "**not passed**")
        lines.append(f"| {test.name} | {' | '.join(marks)} |\n")
    total = len(everything)
    table = "| test | Saite | pySHACL |\n|---|---|---|\n" + "".join(lines)
    return HEAD + "".join((f"Saite passes {passed['sets']} of {total}, pySHACL {passed['pyshacl']}.\n\n", table))


def main(write: Callable[[str], object] = DOCUMENT.write_text) -> None:
    """Write the document."""
    folder = suite()
    if folder is None:
        raise SystemExit("SAITE_SHARED does not say where the suite lies")
    write(document(folder))


if __name__ == "__main__":
    main()
