"""One engine on one graph, in a process of its own: prints seconds, results and memory as JSON."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, parse


@contextmanager
def _measured(found: dict[str, Any]) -> Iterator[None]:
    """Puts the seconds of what is done, and the kilobytes that it takes at most beyond what is there, where told."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forgets the peak of before (proc(5))
    before, begin = _kilobytes("VmRSS"), time.perf_counter()
    yield
    found["seconds"] = time.perf_counter() - begin
    found["kb"] = _kilobytes("VmHWM") - before


def _kilobytes(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _store(data: Path) -> Any:
    from saite.store import EmbeddedStore

    return EmbeddedStore(parse(path=data, format=RdfFormat.N_TRIPLES))


def sets(data: Path, shapes: Path, found: dict[str, Any], engine: str = "sets") -> int:
    """Saite's engine."""
    from saite.shacl import ShapesGraph, validate

    store = _store(data)
    with _measured(found):
        report = validate(store, ShapesGraph(parse(path=shapes, format=RdfFormat.TURTLE)), engine=engine)
    assert not report.handed
    return len(report.results)


def reference(data: Path, shapes: Path, found: dict[str, Any]) -> int:
    """PySHACL as Saite asks it: each text of a constraint is parsed once."""
    return sets(data, shapes, found, "pyshacl")


def queries(data: Path, shapes: Path, found: dict[str, Any]) -> int:
    """The queries that a person would write, on the same store."""
    from benchmarks.shacl.rules import queries as texts

    store = _store(data).native
    with _measured(found):
        return sum(sum(1 for _ in store.query(text)) for text in texts(core="core" in shapes.name))


def pyshacl(data: Path, shapes: Path, found: dict[str, Any]) -> int:
    """PySHACL as its users call it, on graphs that rdflib has loaded."""
    import pyshacl
    import rdflib

    graph, rules = rdflib.Graph().parse(data, format="nt"), rdflib.Graph().parse(shapes, format="turtle")
    with _measured(found):
        _, report, _ = pyshacl.validate(graph, shacl_graph=rules)
    return len(list(report.subject_objects(rdflib.URIRef("http://www.w3.org/ns/shacl#result"))))


def pyrudof(data: Path, shapes: Path, found: dict[str, Any]) -> int:
    """Rudof, an engine in Rust, through its Python binding."""
    import pyrudof as binding  # type: ignore[import-not-found, unused-ignore]

    rudof = binding.Rudof(binding.RudofConfig())
    rudof.read_data(str(data), format=binding.RDFFormat.NTriples)
    with _measured(found):
        rudof.read_shacl(str(shapes), format=binding.ShaclFormat.Turtle)
        return len(rudof.validate_shacl())


ENGINES: dict[str, Callable[[Path, Path, dict[str, Any]], int]] = {
    one.__name__: one for one in (sets, reference, queries, pyshacl, pyrudof)
}


if __name__ == "__main__":
    measured: dict[str, Any] = {}
    measured["results"] = ENGINES[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]), measured)
    print(json.dumps(measured))
