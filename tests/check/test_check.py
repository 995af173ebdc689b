"""All parts of the check together."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from saite.check import check, locate
from saite.check.links import home_of
from saite.config import CheckSettings, Config
from saite.errors import ConfigError, DataError, Place, SyntaxFault
from saite.finding import Finding, Severity
from saite.namespaces import SAITE
from saite.store import EmbeddedStore
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term

from .graphs import quads_of, store_of

SHAPES = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."


def rules_of(findings: list[Finding]) -> list[str]:
    """The rules of findings, shortened."""
    return [f.rule.removeprefix(SAITE).removeprefix("http://e/") for f in findings]


def query(folder: Path, name: str, text: str) -> None:
    """A rule query of a site."""
    (folder / "checks").mkdir(exist_ok=True)
    (folder / "checks" / f"{name}.rq").write_text(text, encoding="utf-8")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A site with rule queries."""
    return Config(root=tmp_path, base="http://e/", check=CheckSettings(rules=("checks/*.rq",)))


def test_good_data_has_no_findings(config: Config) -> None:
    """Nothing wrong, nothing said; an empty dataset too."""
    good = store_of('ex:a a ex:C ; rdfs:label "a" ; ex:p 1 . ex:C rdfs:label "C" . ex:p rdfs:label "p" .', SHAPES)
    assert check(good, config) == []
    assert check(EmbeddedStore(), config) == []


def test_shapes_are_found_in_their_graph_or_in_the_data(config: Config) -> None:
    """The named graph of the settings; where it does not exist, any shapes in the data."""
    data = 'ex:a a ex:C ; rdfs:label "a" .'
    alone = EmbeddedStore(quads_of(data + SHAPES))
    elsewhere = store_of(data, SHAPES, "http://e/graph/other")
    for store in (store_of(data, SHAPES), alone, elsewhere):
        assert "S" in rules_of(check(store, config))
    ignored = store_of(data + SHAPES, "ex:T a sh:NodeShape ; sh:targetClass ex:D .")
    assert "S" not in rules_of(check(ignored, config))


def test_the_ontology_counts_as_data(config: Config) -> None:
    """A subclass of the target class is judged, whatever graph the ontology is in."""
    store = EmbeddedStore(
        [
            *quads_of('ex:a a ex:Sub ; rdfs:label "a" .', "http://e/graph/data"),
            *quads_of("ex:Sub rdfs:subClassOf ex:C .", "http://e/graph/ontology"),
            *quads_of(SHAPES, "http://e/graph/shapes"),
        ]
    )
    assert "S" in rules_of(check(store, config))


def test_a_graph_of_shapes_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A misspelt graph does not make every rule hold."""
    config = Config(
        root=tmp_path, base="http://e/", graphs={"shapes": ("s.ttl",)}, check=CheckSettings(shapes=("shape",))
    )
    with pytest.raises(ConfigError, match="'shape'") as caught:
        check(store_of("ex:a a ex:C .", SHAPES), config)
    assert caught.value.cure == 'Did you mean "shapes"?'


def test_broken_shapes_stop_the_check(config: Config) -> None:
    """Nothing is judged by shapes that are wrong; the error counts the faults."""
    with pytest.raises(DataError, match=r"<http://e/S> .* \(and 1 more faults"):
        check(
            store_of("", "ex:S sh:path ex:p , ex:q ; sh:minCount 1 ; a sh:PropertyShape . ex:T a sh:PropertyShape ."),
            config,
        )


def test_each_row_of_a_rule_query_is_a_finding(config: Config) -> None:
    """Severity, words and placeholders come from the header; focus, path and value from the row."""
    query(
        config.root,
        "late",
        """#+ title.en: Late
        """.replace("        ", "")
        + """#+ severity: violation
#+ message.lv: {?value} ir vēlu, {?other}.
#+ message.en: {?value} is late.
#+ cure.lv: Labojiet {$this}.
PREFIX ex: <http://e/>
SELECT ?this ?path ?value ?other { ?this ?path ?value . FILTER(?path = ex:end) BIND(1 AS ?other) }
""",
    )
    findings = check(store_of('ex:a ex:end "2020" ; rdfs:label "a" . ex:end rdfs:label "e" .'), config)
    assert findings == [
        Finding(
            severity=Severity.VIOLATION,
            rule="http://e/rule/late",
            messages=(("en", "2020 is late."), ("lv", "2020 ir vēlu, 1.")),
            cures=(("lv", "Labojiet http://e/a."),),
            focus=NamedNode("http://e/a"),
            path="<http://e/end>",
            value=Literal("2020"),
            titles=(("en", "Late"),),
        )
    ]


def test_a_rule_query_that_is_none_is_said(config: Config) -> None:
    """ASK, a SELECT without ?this, a row without it and a fault of syntax name the file."""
    for text, error, message in (
        ("ASK {}", DataError, "selects what is wrong"),
        ("SELECT ?x { ?x ?p ?o }", DataError, "selects what is wrong"),
        ("SELECT ?this { ?s ?p ?o OPTIONAL { ?s ?none ?this FILTER(false) } }", DataError, r"row without \?this"),
        ("SELECT ?this { ?this ?p }", SyntaxFault, "cannot stand here"),
    ):
        query(config.root, "rule", text)
        with pytest.raises(error, match=message) as caught:
            check(store_of("ex:a ex:p 1 ."), config)
        assert caught.value.place is not None
        assert caught.value.place.file == "checks/rule.rq"


def test_a_link_that_leads_nowhere_is_a_warning(config: Config) -> None:
    """IRIs below the base that nothing describes are found, with the likely one; documents and others' IRIs are not."""
    store = store_of(
        """ex:a rdfs:label "a" ; ex:to ex:vet-2091 , ex:vet-2019 , <http://other/x> , <http://e/> ;
             <http://xmlns.com/foaf/0.1/page> ex:page ; ex:graph ex:g .
           ex:vet-2019 rdfs:label "b" . ex:to rdfs:label "to" . ex:graph rdfs:label "g" .""",
        "ex:x rdfs:label 'x' .",
        "http://e/g",
    )
    (finding,) = check(store, config)
    assert finding.rule == SAITE + "dangling-link"
    assert finding.severity is Severity.WARNING
    assert (str(finding.focus), finding.path, str(finding.value)) == (
        "<http://e/a>",
        "<http://e/to>",
        "<http://e/vet-2091>",
    )
    assert finding.message("lv").startswith("Šī saite ved uz http://e/vet-2091")
    assert finding.cure("en").startswith("Did you mean http://e/vet-2019 ?")
    assert finding.cure("lv").startswith("Vai domājāt http://e/vet-2019 ?")


def test_a_property_that_nobody_described_is_a_warning(config: Config) -> None:
    """A property below the base is a term of the site, so the data describes it; others' are theirs."""
    store = store_of('ex:a rdfs:label "a" ; ex:known 1 ; ex:knwon 2 ; <http://other/p> 3 . ex:known rdfs:label "k" .')
    assert [(f.rule, f.path) for f in check(store, config)] == [(SAITE + "undescribed-property", "<http://e/knwon>")]


def test_labels_are_looked_at(config: Config) -> None:
    """No label at all, and one label for two resources of a class, are worth a remark."""
    store = store_of(
        """ex:a a ex:C ; rdfs:label "Same"@en . ex:b a ex:C ; rdfs:label "Same"@en .
           ex:c a ex:D ; rdfs:label "Same"@en . ex:d a ex:C .
           [] a ex:C . <http://other/x> a ex:C . ex:C rdfs:label "C" . ex:D rdfs:label "D" ."""
    )
    findings = check(store, config)
    assert [(f.severity, f.rule.removeprefix(SAITE), str(f.focus)) for f in findings] == [
        (Severity.INFO, "no-label", "<http://e/d>"),
        (Severity.INFO, "same-label", "<http://e/b>"),
    ]
    assert "http://e/a" in findings[1].message("lv")


def test_without_a_base_links_are_looked_at_where_the_data_is_at_home(tmp_path: Path) -> None:
    """Data without settings has its home where nine tenths of it begin; data of many hosts has none."""
    config = Config(root=tmp_path)
    one_home = store_of(
        'ex:a rdfs:label "a" ; rdfs:seeAlso <http://o/x> ; skos:broader ex:none . ex:b rdfs:label "b" .'
    )
    assert home_of(one_home) == "http://e/"
    assert rules_of(check(one_home, config)) == ["dangling-link"]
    hosts = EmbeddedStore(
        quads_of(" ".join(f'<http://h{i}/a> rdfs:label "{i}" ; ex:p <http://h{i}/b> .' for i in range(5)))
    )
    assert home_of(hosts) == ""
    assert check(hosts, config) == []
    assert home_of(EmbeddedStore()) == ""


class Places:
    """A locator that answers with what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Subject, NamedNode | None, Term | None]] = []

    def place(self, subject: Subject, predicate: NamedNode | None = None, object: Term | None = None) -> Place | None:
        """The number of the question as line."""
        self.asked.append((subject, predicate, object))
        return Place("data.ttl", 100 - len(self.asked))


A, B, P, Q = (NamedNode(f"http://e/{n}") for n in "abpq")


@pytest.mark.parametrize(
    ("path", "value", "asked"),
    [
        ("<http://e/p>", Literal("v"), (A, P, Literal("v"))),
        ("<http://e/p>", None, (A, P, None)),
        ("", None, (A, None, None)),
        ("", A, (A, None, None)),
        ("", B, (A, None, B)),
        ("^<http://e/p>", B, (B, P, A)),
        ("^<http://e/p>", None, (A, None, None)),
        ("<http://e/p>/<http://e/q>", B, (A, P, None)),
        ("(<http://e/p>|<http://e/q>)*", B, (A, P, None)),
        ("^<http://e/p>/<http://e/q>", B, (A, None, None)),
        ("no path", B, (A, None, B)),
    ],
)
def test_the_place_is_that_of_the_statement(path: str, value: Term | None, asked: tuple[object, ...]) -> None:
    """A finding is located at the statement to look at: with inverse paths, at the other node."""
    places = Places()
    finding = Finding(Severity.INFO, "r", (("", "m"),), focus=A, path=path, value=value)
    (located,) = locate([finding], places)
    assert places.asked == [asked]
    assert located.place == Place("data.ttl", 99)


def test_located_findings_are_in_working_order() -> None:
    """Worst first, then by file and line; a literal or no focus has no place; repetitions are dropped."""
    findings = [
        Finding(Severity.INFO, "r", (("", "1"),), focus=A),
        Finding(Severity.VIOLATION, "r", (("", "2"),), focus=A),
        Finding(Severity.VIOLATION, "r", (("", "3"),), focus=BlankNode("b")),
        Finding(Severity.VIOLATION, "r", (("", "4"),), focus=Literal("b")),
        Finding(Severity.VIOLATION, "r", (("", "5"),)),
    ]
    located = locate([*findings, findings[4]], Places())
    assert [f.message("en") for f in located] == ["4", "5", "3", "2", "1"]
    assert [f.place for f in located][:2] == [None, None]


SCRIPT = """
import sys
sys.path[:0] = {path!r}
from check.graphs import store_of
from pathlib import Path
from saite.check import check
from saite.config import Config
data = " ".join(f'ex:n{{i}} a ex:C , ex:D ; ex:to ex:m{{i}} ; ex:q "{{i}}"@en , "x"@en .' for i in range(12))
shapes = '''ex:S a sh:NodeShape ; sh:targetClass ex:C , ex:D ; sh:property ex:P , ex:Q ;
  sh:message "b"@lv , "a"@en , "c"@ru ; sh:or _:or .
  _:or rdf:first ex:X ; rdf:rest _:more . _:more rdf:first ex:Y ; rdf:rest () .
  ex:X sh:class ex:C1 . ex:Y sh:class ex:C2 . ex:P sh:path ex:p ; sh:minCount 1 .
  ex:Q sh:path ex:q ; sh:uniqueLang true ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:minLength 2 .'''
for finding in check(store_of(data, shapes), Config(root=Path("."), base="http://e/")):
    print(finding)
"""


def test_findings_are_the_same_in_every_run() -> None:
    """The order of sets and hashes has no part in the findings or their order."""
    root = Path(__file__).parents[2]
    script = SCRIPT.format(path=[str(root / "tests"), str(root / "publish")])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "77")
    }
    assert len(outputs) == 1
    assert outputs.pop().count(b"Finding(") > 60


def test_a_fork_that_asks_the_rules_changes_nothing(tmp_path: Path) -> None:
    """With so many quads that it is worth it: the same findings, and the same error of a broken rule."""
    query(tmp_path, "odd", "# title: Odd\nSELECT ?this { ?this <http://e/p> 1 }")
    script = """
import sys
from pathlib import Path
from saite import check as checking, processes
from saite.config import CheckSettings, Config
from saite.errors import SyntaxFault
from tests.check.graphs import store_of

store = store_of("ex:a a ex:C . ex:b ex:p 1 ; ex:q ex:missing .", sys.argv[2])
config = Config(root=Path(sys.argv[1]), base="http://e/", check=CheckSettings(rules=("checks/*.rq",)))
alone = checking.check(store, config)
assert len(alone) > 3, alone
asked = []
processes.cores = lambda: 2
checking._MANY = 0
fork = processes.os.fork
processes.os.fork = lambda: asked.append(1) or fork()
assert checking.check(store, config) == alone
assert asked
(config.root / "checks" / "odd.rq").write_text("SELECT ?this { ?this }")
try:
    checking.check(store, config)
except SyntaxFault as error:
    assert error.place.file == "checks/odd.rq", error
else:
    raise AssertionError
"""
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(tmp_path), SHAPES], check=True, timeout=60, cwd=root
    )
