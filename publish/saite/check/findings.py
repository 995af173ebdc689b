"""Results of a SHACL engine as findings: with the shapes' own words in every language, and cures."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from saite.check.wording import generic, plain
from saite.finding import SEVERITIES, Finding, Severity
from saite.namespaces import SH
from saite.shacl import Result
from saite.shacl.shapesgraph import MESSAGE, ShapesGraph, Texts, sh
from saite.terms import Literal, NamedNode, Subject, Term

_SEVERITIES: Final = {
    **SEVERITIES,
    SH + "Debug": Severity.INFO,
    SH + "Trace": Severity.INFO,
}
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
_LISTS = frozenset(("in", "languageIn", "and", "or", "xone"))


def findings(results: Iterable[Result], graph: ShapesGraph, prefixes: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each result.

    A severity that is none of SHACL's counts as a violation (SHACL 2.1.4 lets shapes invent their own).

    Args:
        results: what an engine found.
        graph: the shapes by which it judged.
        prefixes: to shorten IRIs in generic messages.
    """
    shorten = shortener(prefixes)
    for result in results:
        path, shown = "", ""
        if result.path is not None:
            read = graph.path(result.path)
            path, shown = read.sparql(), read.sparql(shorten)
        rule = graph.named(result.shape)
        values = _values(result, graph, path)
        messages = _filled(_messages(result, graph), values)
        cures = _filled(graph.cures(result.shape, result.constraint), values)
        if not messages or not cures:
            message, cure = generic(
                result.component,
                lambda name, shape=result.shape: _parameter(graph, shape, name),  # type: ignore[misc]
                shown,
                result.value,
                shorten(rule.value) if rule is not None else "",
                lambda term: plain(term, shorten),
            )
            messages, cures = messages or message, cures or cure
        yield Finding(
            severity=_SEVERITIES.get(result.severity, Severity.VIOLATION),
            rule=rule.value if rule is not None else "",
            messages=messages,
            cures=cures,
            focus=result.focus,
            path=path,
            value=result.value,
            component=result.component,
        )


def _messages(result: Result, graph: ShapesGraph) -> Texts:
    """The messages of the row, else of the constraint, else of the shape, else of the component."""
    own = result.bindings.get("message")
    if isinstance(own, Literal):
        return ((own.language or "", own.value),)
    texts: Texts = ()
    for node in ((result.constraint,) if result.constraint is not None else ()) + (result.shape,):
        texts = texts or graph.texts(node, MESSAGE)
    component = NamedNode(result.component)
    names = () if result.component.startswith(SH) else ("validator", "nodeValidator", "propertyValidator")
    for holder in (*(v for name in names for v in graph.objects(component, sh(name))), component):
        if not texts and not isinstance(holder, Literal):
            texts = graph.texts(holder, MESSAGE)
    return texts


def _values(result: Result, graph: ShapesGraph, path: str) -> dict[str, str]:
    """What can stand in the place of ``{?name}``; pySHACL tells no value for ASK validators of property shapes."""
    terms = {**_custom_parameters(graph, NamedNode(result.component), result.shape), **result.bindings}
    values = {"value": "…", **{name: lexical(term) for name, term in terms.items()}, "this": lexical(result.focus)}
    if path:
        values["path"] = values["PATH"] = path[1:-1] if re.fullmatch(r"<[^<>]*>", path) else path
    if result.value is not None:
        values["value"] = lexical(result.value)
    return values


def _filled(texts: Texts, values: Mapping[str, str]) -> Texts:
    return tuple((language, filled(text, values)) for language, text in texts)


def _parameter(graph: ShapesGraph, shape: Subject, name: str) -> list[Term]:
    """The values of a parameter; of shapes without an IRI, what they ask for at least in part."""
    values = list(graph.objects(shape, sh(name)))
    if name in _LISTS:
        return [item for head in values for item in graph.items(head)]
    if name in ("node", "not", "qualifiedValueShape"):
        return [told for value in values for told in _told(graph, value)]
    return values


def _told(graph: ShapesGraph, shape: Term) -> list[Term]:
    if isinstance(shape, NamedNode | Literal):
        return [shape]
    simple = ("class", "datatype", "nodeKind", "hasValue", "pattern", "languageIn", "in", "node")
    told = [term for name in simple for term in _parameter(graph, shape, name)]
    around = None if told else graph.named(shape)
    return told if around is None else [around]


def _custom_parameters(graph: ShapesGraph, component: Subject, shape: Subject) -> dict[str, Term]:
    """The parameters of a custom constraint component (SHACL 6.2), by the local name of their path."""
    found: dict[str, Term] = {}
    for parameter in graph.objects(component, sh("parameter")):
        if isinstance(parameter, Literal):
            continue
        for path in graph.objects(parameter, sh("path")):
            if isinstance(path, NamedNode) and (values := graph.objects(shape, path)):
                found[re.split(r"[/#]", path.value)[-1]] = values[0]
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """A message with its placeholders ``{?name}`` and ``{$name}`` filled in (SHACL 5.3.2); unknown ones stay."""
    return _PLACEHOLDER.sub(lambda m: values.get(m[1], m[0]), text)


def lexical(term: Term) -> str:
    """A term in a message: the text of a literal, a full IRI."""
    return str(term) if not isinstance(term, NamedNode | Literal) else term.value


def shortener(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """Writes IRIs by their prefix where it makes a simple name, else in angle brackets."""
    by_length = sorted(((n, p) for p, n in prefixes.items()), key=lambda pair: (-len(pair[0]), pair[1]))

    def short(iri: str) -> str:
        for namespace, prefix in by_length:
            if iri.startswith(namespace) and re.fullmatch(r"[\w-]+(\.[\w-]+)*", iri[len(namespace) :]):
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    return short
