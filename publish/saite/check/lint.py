"""Faults of the shapes themselves, told before anything is judged by them: pySHACL stops at some, and skips others.

:func:`faults` are those that make judging impossible or meaningless; :func:`remarks` are findings, since a misspelt
parameter makes a rule silently hold.
"""

import difflib
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from saite.errors import DataError, SaiteError, SyntaxFault
from saite.finding import Finding, Severity
from saite.namespaces import OWL, PREFIXES, RDF_TYPE, RDFS, SAITE, SH, XSD
from saite.shacl.shapesgraph import CONSTRAINTS, LISTS_OF_SHAPES, NESTING, PATH, TARGETS, TEXTS, ShapesGraph, sh
from saite.shacl.sparql import VALIDATORS, forbidden
from saite.store.grammar import diagnose
from saite.store.guard import guard
from saite.store.tokens import fault as syntax_fault
from saite.terms import Literal, NamedNode, Subject, Term

UNKNOWN_TERM: Final = SAITE + "unknown-shacl-term"
NO_TARGET: Final = SAITE + "shape-without-target"

_COUNTS = ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount")
_SINGLE = (*_COUNTS, "datatype", "nodeKind", "in", "languageIn", "uniqueLang", "closed", "severity", "deactivated")
_BOOLEANS = ("uniqueLang", "closed", "deactivated", "qualifiedValueShapesDisjoint", "optional")
_KINDS = frozenset(
    SH + kind for kind in ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
)

_KNOWN = frozenset(
    """AbstractResult AndConstraintComponent BlankNode BlankNodeOrIRI BlankNodeOrLiteral ClassConstraintComponent
    ClosedConstraintComponent ConstraintComponent DatatypeConstraintComponent DisjointConstraintComponent
    EqualsConstraintComponent ExpressionConstraintComponent Function HasValueConstraintComponent IRI IRIOrLiteral
    InConstraintComponent Info JSConstraint JSConstraintComponent JSExecutable JSFunction JSLibrary JSRule JSTarget
    JSTargetType JSValidator LanguageInConstraintComponent LessThanConstraintComponent
    LessThanOrEqualsConstraintComponent Literal MaxCountConstraintComponent MaxExclusiveConstraintComponent
    MaxInclusiveConstraintComponent MaxLengthConstraintComponent MinCountConstraintComponent
    MinExclusiveConstraintComponent MinInclusiveConstraintComponent MinLengthConstraintComponent NodeConstraintComponent
    NodeKind NodeKindConstraintComponent NodeShape NotConstraintComponent OrConstraintComponent Parameter
    Parameterizable PatternConstraintComponent PrefixDeclaration PropertyConstraintComponent PropertyGroup PropertyShape
    QualifiedMaxCountConstraintComponent QualifiedMinCountConstraintComponent ResultAnnotation Rule
    SPARQLAskExecutable SPARQLAskValidator SPARQLConstraint SPARQLConstraintComponent SPARQLConstructExecutable
    SPARQLExecutable SPARQLFunction SPARQLRule SPARQLSelectExecutable SPARQLSelectValidator SPARQLTarget
    SPARQLTargetType SPARQLUpdateExecutable Severity Shape Target TargetType TripleRule UniqueLangConstraintComponent
    ValidationReport ValidationResult Validator Violation Warning XoneConstraintComponent
    alternativePath and annotationProperty annotationValue annotationVarName ask class closed condition conforms
    construct datatype deactivated declare defaultValue description detail disjoint entailment equals expression
    filterShape flags focusNode group hasValue ignoredProperties in intersection inversePath js jsFunctionName jsLibrary
    jsLibraryURL labelTemplate languageIn lessThan lessThanOrEquals maxCount maxExclusive maxInclusive maxLength message
    minCount minExclusive minInclusive minLength name namespace node nodeKind nodeValidator nodes not object
    oneOrMorePath optional or order parameter path pattern predicate prefix prefixes property propertyValidator
    qualifiedMaxCount qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint result resultAnnotation
    resultMessage resultPath resultSeverity returnType rule select severity shapesGraph shapesGraphWellFormed
    sourceConstraint sourceConstraintComponent sourceShape sparql subject suggestedShapesGraph target targetClass
    targetNode targetObjectsOf targetSubjectsOf this union uniqueLang update validator value xone zeroOrMorePath
    zeroOrOnePath""".split()  # noqa: SIM905  (a list of lines is what a reader can check against the standard)
)


def faults(graph: ShapesGraph) -> Iterator[DataError]:
    """What is wrong with the shapes, by the syntax rules of SHACL (its appendix A); each error names the shape."""
    for shape in graph.shapes():
        try:
            _structure(graph, shape)
            _parameters(graph, shape)
            _references(graph, shape)
        except ValueError as error:
            message, _, cure = str(error).partition(" -> ")
            yield DataError(
                f"{graph.told(shape)} is not a shape that can be checked: {message}",
                cure=cure or "Correct it by https://www.w3.org/TR/shacl/ .",
            )
    for predicate in TEXTS:
        for node, text in graph.uses(predicate):
            wrong = _sparql(graph, node, predicate, text)
            if wrong is not None:
                yield wrong


def remarks(graph: ShapesGraph) -> Iterator[Finding]:
    """What is probably not meant: terms that SHACL does not have, and shapes that nothing leads to."""
    for subject in graph.subjects():
        for predicate in graph.predicates(subject):
            terms: list[Term] = [predicate, *graph.objects(subject, predicate)]
            for term in terms:
                if isinstance(term, NamedNode) and term.value.startswith(SH) and term.value[len(SH) :] not in _KNOWN:
                    yield _unknown(graph.holder(subject), predicate, term)
    aimed = {s for t in TARGETS for s, _ in graph.uses(t)}
    for shape in graph.shapes():
        classes = {t.value for t in graph.objects(shape, RDF_TYPE) if isinstance(t, NamedNode)}
        implicit = classes & {RDFS + "Class", OWL + "Class"}
        if isinstance(shape, NamedNode) and shape not in aimed and not implicit and not graph.is_referred_to(shape):
            yield Finding(
                Severity.INFO,
                NO_TARGET,
                messages=(
                    ("en", "This shape has no target and no other shape refers to it, so it judges nothing."),
                    ("lv", "Šai formai nav mērķa, un neviena cita forma uz to neatsaucas, tāpēc tā neko nepārbauda."),
                ),
                cures=(
                    ("en", "Add sh:targetClass (or another target), refer to it from a shape, or remove it."),
                    (
                        "lv",
                        "Pievienojiet sh:targetClass (vai citu mērķi), atsaucieties uz to no formas, vai dzēsiet to.",
                    ),
                ),
                focus=shape,
            )


def _unknown(subject: Subject, predicate: NamedNode, term: NamedNode) -> Finding:
    near = difflib.get_close_matches(term.value[len(SH) :], sorted(_KNOWN), 1)
    name = "sh:" + term.value[len(SH) :]
    cures = (
        ("en", f"Did you mean sh:{near[0]}?" if near else "Remove it, or look the term up in the standard."),
        ("lv", f"Vai domājāt sh:{near[0]}?" if near else "Dzēsiet to vai uzmeklējiet nosaukumu standartā."),
    )
    return Finding(
        Severity.WARNING,
        UNKNOWN_TERM,
        messages=(
            ("en", f"SHACL has no {name}, so what stands here has no effect."),
            ("lv", f"SHACL nav nosaukuma {name}, tāpēc šeit rakstītajam nav iedarbības."),
        ),
        cures=cures,
        focus=subject,
        path=f"<{predicate.value}>",
        value=None if term == predicate else term,
    )


def _structure(graph: ShapesGraph, shape: Subject) -> None:
    kinds = {t.value for t in graph.objects(shape, RDF_TYPE) if isinstance(t, NamedNode)}
    paths = graph.objects(shape, PATH)
    if SH + "NodeShape" in kinds and (paths or SH + "PropertyShape" in kinds):
        raise ValueError("a node shape has no sh:path -> Make it a sh:PropertyShape, or take sh:path away.")
    if SH + "PropertyShape" in kinds and not paths:
        raise ValueError("a property shape needs a sh:path -> Add sh:path.")
    if len(paths) > 1:
        raise ValueError("it has more than one sh:path -> Split it into a shape for each.")
    for path in paths:
        graph.path(path)
    for name in (*LISTS_OF_SHAPES, sh("in"), sh("languageIn"), sh("ignoredProperties")):
        for head in graph.objects(shape, name):
            try:
                items = graph.items(head)
            except ValueError as error:
                raise ValueError(f"sh:{name.value[len(SH) :]}: {error} -> Write it as a list: ( ... ) .") from error
            if not items and name in LISTS_OF_SHAPES:
                raise ValueError(f"sh:{name.value[len(SH) :]} has an empty list -> Put shapes into it.")


def _parameters(graph: ShapesGraph, shape: Subject) -> None:
    for name in _SINGLE:
        if len(graph.objects(shape, sh(name))) > 1:
            raise ValueError(f"it has more than one sh:{name} -> Keep one.")
    for name in _COUNTS:
        for value in graph.objects(shape, sh(name)):
            if not isinstance(value, Literal) or not re.fullmatch(r"\+?[0-9]+", value.value):
                raise ValueError(f"sh:{name} is {value} -> Write a whole number, such as 1.")
    for name in _BOOLEANS:
        for value in graph.objects(shape, sh(name)):
            if not isinstance(value, Literal) or value.datatype.value != XSD + "boolean":
                raise ValueError(f"sh:{name} is {value} -> Write true or false, without quotes.")
    for value in graph.objects(shape, sh("nodeKind")):
        if not isinstance(value, NamedNode) or value.value not in _KINDS:
            raise ValueError(f"sh:nodeKind is {value} -> Use one of sh:IRI, sh:Literal, sh:BlankNode and their pairs.")
    for value in (*graph.objects(shape, sh("severity")), *graph.objects(shape, sh("datatype"))):
        if not isinstance(value, NamedNode):
            raise ValueError(f"{value} stands where an IRI is needed -> Write an IRI.")
    for value in graph.objects(shape, sh("pattern")):
        try:
            if not isinstance(value, Literal):
                raise ValueError(f"sh:pattern is {value} -> Write a regular expression in quotes.")
            re.compile(value.value)
        except re.error as error:
            raise ValueError(
                f"sh:pattern {value} is no regular expression: {error} -> See XPath functions, fn:matches."
            ) from error


def _references(graph: ShapesGraph, shape: Subject) -> None:
    children = [(p, o) for p in NESTING for o in graph.objects(shape, p)]
    children += [(p, o) for p in LISTS_OF_SHAPES for head in graph.objects(shape, p) for o in graph.items(head)]
    for predicate, child in children:
        name = "sh:" + predicate.value[len(SH) :]
        if isinstance(child, Literal):
            raise ValueError(f"{name} is the text {child} -> Name a shape.")
        if child not in graph:
            known = {str(s): s for s in graph.shapes() if isinstance(s, NamedNode)}
            near = difflib.get_close_matches(str(child), known, 1, 0.8)
            cure = f"Did you mean {near[0]}?" if near else "Write that shape, or take the reference away."
            raise ValueError(f"{name} leads to {child}, of which nothing is said -> {cure}")
        if predicate == sh("property") and not graph.objects(child, PATH):
            raise ValueError(f"sh:property leads to {child}, which has no sh:path -> Add sh:path to it.")


def _sparql(graph: ShapesGraph, node: Subject, predicate: NamedNode, text: Term) -> DataError | None:
    """What is wrong with the text of a SPARQL constraint, validator, target or rule."""
    holder = graph.named(node)
    where = f"sh:{predicate.value[len(SH) :]} " + (f"at <{holder.value}>" if holder is not None else "of a blank node")
    if not isinstance(text, Literal):
        return DataError(f"{where} is not a text", cure="Write the query in quotes.")
    query = text.value
    declared = set(graph.prefixes(node))
    try:
        tokens = guard(query)
        judged = any(o == node for p in (CONSTRAINTS, *VALIDATORS) for _, o in graph.uses(p))
        own = {b.text[:-1] for a, b in pairwise(tokens) if a.is_word("PREFIX")}
        wrong = forbidden(tokens) if judged else None
        if wrong is not None:
            raise syntax_fault(query, wrong[0].start, *wrong[1:])
        for token in tokens:
            prefix = token.text.partition(":")[0]
            if token.kind == "pname" and prefix not in declared | own:
                near = difflib.get_close_matches(prefix, sorted(declared), 1)
                hint = f"Did you mean {near[0]}:?" if near else f'such as "{PREFIXES.get(prefix, "https://...")}"'
                raise syntax_fault(
                    query,
                    token.start,
                    f"the prefix {prefix}: is not declared",
                    f"Declare it with sh:declare, and name that declaration by sh:prefixes. {hint}",
                )
        found = diagnose(tokens, len(query), prefixes_known=True)
        if found is not None:
            raise syntax_fault(query, *found)
    except SaiteError as error:
        kind = SyntaxFault if isinstance(error, SyntaxFault) else DataError
        at = f" at line {error.place.line}, column {error.place.column} of its text" if error.place else ""
        return kind(f"{where}: {error.message}{at}", cure=error.cure, excerpt=error.excerpt, caret=error.caret)
    return None
