"""Every rule in shapes/ is proved by cases: good ones that it passes, bad ones that it finds, named by the fact."""

import re
from pathlib import Path

import pyoxigraph
import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef

from .support import (
    CASES,
    CURE,
    ICS,
    LANGUAGES,
    ROOT,
    SHAPE_CLASSES,
    all_shapes,
    beside_ontology,
    case,
    focus_nodes,
    is_property_shape,
    label,
    name,
    ontology,
    owners,
    results,
    rules,
    shapes,
    texts,
)

FILES = sorted(CASES.glob("*/*.ttl"))
RULES = [pytest.param(rule, id=name(rule)) for rule in rules()]
QUERIES = [pytest.param(rule, id=name(rule)) for rule in rules() if (rule, SH.sparql, None) in shapes()]


def _cases(outcome: str) -> list[object]:
    files = [path for path in FILES if path.name.startswith(outcome + ".")]
    return [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in files]


def _says(messages: tuple[Literal, ...], template: str) -> bool:
    """Whether a message is a template with its variables filled in."""
    pattern = re.compile(r"\S.*".join(re.escape(part) for part in re.split(r"\{[$?]\w+\}", template)), re.DOTALL)
    return any(pattern.fullmatch(str(message)) for message in messages)


@pytest.mark.parametrize("path", _cases("good"))
def test_a_good_case_passes(path: Path) -> None:
    """What a good case shows is right by the rule of its folder."""
    with beside_ontology(case(path)) as data:
        assert results(ICS[path.parent.name], data) == []


@pytest.mark.parametrize("path", _cases("bad"))
def test_a_bad_case_is_found(path: Path) -> None:
    """What a bad case shows is found by the rule of its folder, at the declared severity, told in both languages."""
    rule = ICS[path.parent.name]
    with beside_ontology(case(path)) as data:
        found = results(rule, data)
    assert found
    subjects = set(case(path).subjects())
    for result in found:
        assert result.focus in subjects
        assert result.severity == shapes().value(rule, SH.severity)
        for template in texts(rule, SH.message).values():
            assert _says(result.messages, template), (template, result.messages)
        assert not [text for text in result.messages if re.search(r"\{[$?]", text)]


def test_one_contradiction_is_one_warning() -> None:
    """A day that a source gives wrongly is one warning, also where it is both the start and the end of an event."""
    with beside_ontology(case(CASES / "correctedValue" / "bad.start-and-end-of-one-day.ttl")) as data:
        found = results(ICS.correctedValue, data)
    assert len(found) == 1


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_good_and_bad_cases(rule: URIRef) -> None:
    """Each rule has a good case in which it looks at something, and a bad case."""
    folder = CASES / name(rule)
    good, bad = sorted(folder.glob("good.*.ttl")), sorted(folder.glob("bad.*.ttl"))
    assert good
    assert bad
    if shapes().value(rule, SH["not"]) == ICS.AnyNode:
        return  # everything at which such a rule looks is wrong
    looked_at = False
    for path in good:
        with beside_ontology(case(path)) as data:
            looked_at |= bool(focus_nodes(rule, data) & set(case(path).subjects()))
    assert looked_at


def test_case_files_belong_to_rules() -> None:
    """There is no case of a rule that does not exist, nor a case file by another kind of name."""
    assert {path.parent.name for path in FILES} == {name(rule) for rule in rules()}
    odd = [path.name for path in FILES if not re.fullmatch(r"(good|bad)\.[a-z0-9]+(-[a-z0-9]+)*\.ttl", path.name)]
    assert odd == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_tells_what_is_wrong_and_what_to_do(rule: URIRef) -> None:
    """Each rule has one severity, and name, description, message and cure in Latvian and in English."""
    severities = list(shapes().objects(rule, SH.severity))
    assert len(severities) == 1
    assert severities[0] in {SH.Violation, SH.Warning, SH.Info}
    description = SH.description if is_property_shape(rule) else RDFS.comment
    for said in (label(rule), texts(rule, description), texts(rule, SH.message), texts(rule, CURE)):
        assert set(said) == set(LANGUAGES)
        assert all(text.strip() for text in said.values())
        assert len(set(said.values())) == len(LANGUAGES)
    for said in (texts(rule, SH.message), texts(rule, CURE)):
        assert all(text.endswith(".") for text in said.values()), said


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_in_force(rule: URIRef) -> None:
    """Each rule looks at something of its own, or is listed by a node shape that does."""
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    assert all(any((owner, target, None) in shapes() for target in targets) for owner in owners(rule))


def test_shapes_have_iris_of_their_own_namespace() -> None:
    """No shape is a blank node: reports and pages can point at each of them."""
    assert [s for s in all_shapes() if not (isinstance(s, URIRef) and s.startswith(str(ICS)))] == []


def test_shapes_are_named_and_defined() -> None:
    """Each shape, also those that only help others, is typed, named in both languages, and says where it is defined."""
    for shape in set(all_shapes()):
        assert isinstance(shape, URIRef)
        assert set(shapes().objects(shape, RDF.type)) & set(SHAPE_CLASSES), shape
        assert set(label(shape)) == set(LANGUAGES), shape
        assert (shape, RDFS.isDefinedBy, URIRef(str(ICS).rstrip("#"))) in shapes(), shape


def test_property_shapes_know_their_place_on_pages() -> None:
    """A property shape in force has an order and a group, or neither; groups are named in both languages."""
    groups = set(shapes().subjects(RDF.type, SH.PropertyGroup))
    for rule in filter(is_property_shape, rules()):
        assert ((rule, SH.order, None) in shapes()) == ((rule, SH.group, None) in shapes()), rule
        assert set(shapes().objects(rule, SH.group)) <= groups, rule
    for group in groups:
        assert set(texts(group, RDFS.label)) == set(LANGUAGES)


def test_every_class_has_its_shape() -> None:
    """Each class of the ontology is targeted by the shape of the same name."""
    for cls in ontology().subjects(RDF.type, OWL.Class):
        shape = ICS[str(cls).rpartition("#")[2]]
        assert (shape, SH.targetClass, cls) in shapes(), cls


def test_every_property_has_a_shape() -> None:
    """Each property of the ontology is the path of a property shape, and its values are judged."""
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
        for term in ontology().subjects(RDF.type, kind):
            assert (None, SH.path, term) in shapes(), term


def test_shapes_speak_of_known_terms_only() -> None:
    """Each ice: term in the shapes graph and in its queries is in the ontology."""
    known = set(ontology().subjects(RDFS.isDefinedBy))
    base = "https://w3id.org/ice-edu/def#"
    named = {o for o in shapes().objects() if isinstance(o, URIRef) and o.startswith(base)}
    for query in shapes().objects(None, SH.select):
        named |= {URIRef(base + term) for term in re.findall(r"\bice:(\w+)", str(query))}
    assert named - known == set()


def test_message_of_a_query_is_that_of_its_shape() -> None:
    """SHACL 5.3.2 fills in variables in the message of the query, our reports look at that of the shape: they agree."""
    for shape, query in shapes().subject_objects(SH.sparql):
        assert texts(query, SH.message) == texts(shape, SH.message), shape


@pytest.mark.parametrize("rule", QUERIES)
def test_a_query_is_portable(rule: URIRef) -> None:
    """A query finds the same in another engine, run once over the whole graph instead of node by node.

    Queries keep to what SHACL 5.2.1 allows beside pre-bound variables.
    """
    query = shapes().value(rule, SH.sparql)
    assert query is not None
    text = str(shapes().value(query, SH.select))
    assert not re.search(r"\b(MINUS|SERVICE|VALUES)\b", text)
    ours = URIRef(str(ICS).rstrip("#"))
    assert list(shapes().objects(query, SH.prefixes)) == [ours]
    prefixes = {
        str(shapes().value(p, SH.prefix)): str(shapes().value(p, SH.namespace))
        for p in shapes().objects(ours, SH.declare)
    }
    vocabulary = list(pyoxigraph.parse(path=str(ROOT / "ontology" / "ice.ttl")))
    for path in sorted((CASES / name(rule)).glob("*.ttl")):
        with beside_ontology(case(path)) as data:
            looked_at = {str(node) for node in focus_nodes(rule, data)}
            expected = {(str(r.focus), str(r.value)) for r in results(rule, data)}
        store = pyoxigraph.Store()
        store.extend(vocabulary)
        store.load(case(path).serialize(format="nt").encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
        rows = store.query(text, prefixes=prefixes)
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        found = {(row["this"].value, row["value"].value) for row in rows}
        assert {pair for pair in found if pair[0] in looked_at} == expected, path.name


def test_shapes_graph_is_well_formed() -> None:
    """The shapes graph conforms to the W3C's own shapes for shapes graphs (SHACL appendix C)."""
    conforms, _, text = validate(Graph(), shacl_graph=shapes(), meta_shacl=True, advanced=False)
    assert conforms, text
