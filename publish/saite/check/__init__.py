"""Judging the data: SHACL, rule queries and links, all to findings.

Begin with :func:`check`: it asks :mod:`saite.shacl` and gives its results to :mod:`findings` for their words (those of
the shapes, else :mod:`wording`), after :mod:`lint` has read the shapes themselves; then :mod:`rules` (the site's rule
queries), :mod:`links` (what holds for any RDF) and :mod:`found` (what search engines ask). :func:`locate` adds file and
line from the sources.
"""

import difflib
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from saite.check.findings import findings
from saite.check.found import check_found
from saite.check.links import check_links, home_of, rule
from saite.check.lint import faults, remarks
from saite.check.locate import Locator, in_order, locate
from saite.check.rules import rule_iri, run, site_rules
from saite.config import CheckSettings, Config
from saite.errors import ConfigError, DataError, Place
from saite.finding import Finding, Severity
from saite.processes import beside
from saite.shacl import ShapesGraph, validate
from saite.store.protocol import Store
from saite.store.queryfile import NamedQuery
from saite.terms import Quad

_MANY: Final = 200_000
"""Quads, at least, for the rules to be asked by a process of their own."""

__all__ = ["Locator", "check", "check_shapes", "home_of", "locate"]


def check(
    store: Store, config: Config, *, progress: Callable[[str], None] | None = None, engine: str = "sets"
) -> list[Finding]:
    """All findings about a dataset, worst first, in an order that does not depend on the run; without places.

    The data graph is the union of all graphs (decision: named graphs), so that the ontology's subclasses count.
    The shapes are those of the graphs that the settings name; where none of these exists, any shapes in the data.

    Args:
        store: the dataset.
        config: which graphs hold shapes, which files rules; the base.
        progress: is told the name of each part as it begins.
        engine: what judges by the shapes, one of :data:`saite.shacl.ENGINES`.

    Raises:
        DataError: a shape or rule is broken; the message names it.
        ConfigError: the settings name a graph of shapes that does not exist.
    """
    tell = progress or (lambda name: None)
    shape_quads = shapes_of(store, config)
    rules = site_rules(config)
    with beside(lambda: _asked(store, config, rules), worth=len(store) >= _MANY) as others:
        found: list[Finding] = []
        if shape_quads:
            tell("shapes")
            found += check_shapes(store, shape_quads, config, progress=tell, engine=engine)
        tell("rules and links")
        found += others()
    return in_order(found)


def _asked(store: Store, config: Config, rules: Iterable[NamedQuery]) -> list[Finding]:
    """What the site's own queries find, and Saite's."""
    return [
        *(finding for query in rules for finding in run(store, query, rule_iri(query, config))),
        *check_links(store, config),
        *check_found(store),
    ]


def check_shapes(
    store: Store,
    shape_quads: Sequence[Quad],
    config: Config,
    *,
    progress: Callable[[str], None] | None = None,
    engine: str = "sets",
) -> list[Finding]:
    """What the union of a store's graphs has against it in the eyes of some shapes; in no order, without places.

    Args:
        store: the data.
        shape_quads: the shapes graph.
        config: for the prefixes of messages.
        progress: is told what is handed to pySHACL.
        engine: see :func:`saite.shacl.validate`.

    Raises:
        DataError: a shape is broken; the message names it.
    """
    graph = ShapesGraph(shape_quads)
    if not graph.shapes():
        return []
    wrong = list(faults(graph))
    if wrong:
        first = wrong[0]
        more = f" (and {len(wrong) - 1} more faults in the shapes)" if len(wrong) > 1 else ""
        raise DataError(first.message + more, cure=first.cure, excerpt=first.excerpt, caret=first.caret)
    report = validate(store, graph, engine=engine, progress=progress)
    found = [*remarks(graph), *findings(report.results, graph, config.all_prefixes())]
    found += (
        Finding(Severity.INFO, rule("engine-remark"), (("en", f"pySHACL remarks: {remark}"),))
        for remark in report.remarks
    )
    return found


def shapes_of(store: Store, config: Config) -> list[Quad]:
    """The shapes graph: the named graphs of the settings, else the whole dataset if it says anything in SHACL.

    Raises:
        ConfigError: the settings name a graph that the site does not have.
    """
    graphs = store.graphs()
    named = [graph for key in config.check.shapes for graph in graphs if graph.value == config.graph_iri(key)]
    for key in config.check.shapes:
        if config.check.shapes != CheckSettings().shapes and key not in config.graphs and "://" not in key:
            near = difflib.get_close_matches(key, config.graphs, 1)
            raise ConfigError(
                f"[check] names the graph {key!r} for shapes, which [graphs] does not have",
                place=Place("saite.toml"),
                cure=f'Did you mean "{near[0]}"?' if near else f'Add {key} = ["shapes/*.ttl"] to [graphs].',
            )
    if named:
        return [quad for graph in named for quad in store.quads(graph=graph)]
    return list(store.quads()) if _speaks_shacl(store) else []


def _speaks_shacl(store: Store) -> bool:
    """Whether there are shapes: something with a target, a property or a constraint of SHACL."""
    from saite.shacl.shapesgraph import CONSTRAINTS, NESTING, TARGETS

    return any(next(iter(store.quads(predicate=p)), None) is not None for p in (*TARGETS, *NESTING, CONSTRAINTS))
