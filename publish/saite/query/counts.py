"""What is in a dataset: how many of each class, property, language, graph and file."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from saite.config import Config
from saite.graph import load
from saite.namespaces import RDF_TYPE
from saite.pipeline import SILENCE, Options, Progress, settings_of
from saite.sources import read
from saite.store.protocol import Store
from saite.terms import DefaultGraph, Literal, NamedNode, Quad


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers; each mapping is sorted by number, the largest first, then by name.

    Attributes:
        quads: how many there are; ``triples``: without repetition in several graphs.
        subjects: different subjects; ``iris`` of them are not blank nodes.
        classes: instances by class IRI.
        properties: triples by property IRI.
        languages: literals by language tag; "" for texts without one.
        datatypes: other literals by datatype IRI.
        graphs: quads by graph IRI; "" for the default graph.
        files: quads by source file, as the user would write its path.
    """

    quads: int
    triples: int
    subjects: int
    iris: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    languages: Mapping[str, int]
    datatypes: Mapping[str, int]
    graphs: Mapping[str, int]
    files: Mapping[str, int]


def survey(target: Path, base: str = "", progress: Progress = SILENCE) -> tuple[Config, Counts]:
    """Count what a site folder, a folder of RDF or a file holds; the settings are given back too.

    Raises:
        DataError: a source does not parse.
        UsageError: there is nothing there.
    """
    config = settings_of(target, Options(base=base))
    progress.stage("Reading")
    store, sources = load(target, config)
    files = {source.display: 0 for source in sources}
    for source in progress.track(sources, len(sources), "Counting"):
        files[source.display] += sum(1 for _ in read(source, config.base))
    return config, count(store, files)


def count(store: Store, files: Mapping[str, int]) -> Counts:
    """Count a store in one pass.

    Args:
        store: what to count.
        files: quads by source file.
    """
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    datatypes: Counter[str] = Counter()
    graphs: Counter[str] = Counter()
    subjects = set()
    triples = set()
    quads = 0
    for quad in store.quads():
        quads += 1
        graphs[_graph(quad)] += 1
        triple = quad.triple
        if triple in triples:
            continue
        triples.add(triple)
        subjects.add(quad.subject)
        properties[quad.predicate.value] += 1
        term = quad.object
        if quad.predicate == RDF_TYPE and isinstance(term, NamedNode):
            classes[term.value] += 1
        elif isinstance(term, Literal):
            if term.language is not None or term.datatype.value.endswith("#string"):
                languages[term.language or ""] += 1
            else:
                datatypes[term.datatype.value] += 1
    iris = sum(isinstance(subject, NamedNode) for subject in subjects)
    sort = (classes, properties, languages, datatypes, graphs, files)
    return Counts(quads, len(triples), len(subjects), iris, *(_sorted(counter.items()) for counter in sort))


def _graph(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value


def _sorted(items: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(items, key=lambda item: (-item[1], item[0])))
