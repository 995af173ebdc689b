"""A small site of our domain: a project, its corrected event, a vocabulary, a shape, a query, findings."""

from pathlib import Path

from saite.config import Config, Statements
from saite.errors import Place
from saite.finding import Finding, Severity
from saite.namespaces import CURE, SH
from saite.site.model import (
    Answer,
    Backlinks,
    FoldedNode,
    FoldTable,
    Listing,
    Provenance,
    QueryFile,
    Resource,
    Row,
    TermUse,
    Value,
)
from saite.terms import BlankNode, Literal, NamedNode, Triple

from .fake import DESCRIPTION, RDFS, FakeSite, iri, make_config, row, text, typed

CLASS = NamedNode("http://www.w3.org/2002/07/owl#Class")
PROPERTY = NamedNode("http://www.w3.org/2002/07/owl#DatatypeProperty")
SUBCLASS = NamedNode(RDFS + "subClassOf")
DEFINITION = NamedNode("http://www.w3.org/2004/02/skos/core#definition")
PAGE = NamedNode("http://xmlns.com/foaf/0.1/page")

PROJECT, EVENT, MINISTRY = iri("def#Project"), iri("def#Event"), iri("def#Ministry")
INSTITUTION, PARTICIPATION = iri("def#Institution"), iri("def#Participation")
START, PART_OF, ROLE = iri("def#startDate"), iri("def#partOf"), iri("def#role")
PARTICIPANT, PARTICIPATION_IN = iri("def#participant"), iri("def#participationIn")
ASSERTED, CORRECTED, DISPUTED = iri("kos/asserted"), iri("kos/corrected"), iri("kos/disputed")
SOURCE, NEWS = iri("source/page"), iri("source/news")

QUERY = """# All events of a project.
PREFIX ex: <https://example.org/def#>
SELECT ?event ?date WHERE {
  ?event a ex:Event ; ex:startDate ?date .   # with their dates
  FILTER (STR(?date) > "2018-01-01")
} ORDER BY ?date LIMIT 10
"""


def statement(name: str, stated: Literal, status: NamedNode = ASSERTED, **more: object) -> Provenance:
    """A statement of the source page about a value."""
    values: dict[str, object] = {
        "accepted": None,
        "quotes": (text("2020.gada 14.decembrī tika organizēts forums “Baltijas valstis”", "lv"),),
        "paraphrases": (),
        "sources": (SOURCE,),
        "notes": (),
    }
    return Provenance(iri(f"statement/{name}"), stated, status=status, **{**values, **more})  # type: ignore[arg-type]


def domain_site(root: Path, **settings: object) -> FakeSite:
    """The site; every kind of page has something to say."""
    config: Config = make_config(
        root,
        label_languages=("ru",),
        translated=iri("def#translatedLabel").value,
        statements=Statements(
            iri("def#Statement").value,
            iri("def#about").value,
            iri("def#of").value,
            iri("def#stated").value,
            iri("def#source").value,
            plain=(ASSERTED.value,),
        ),
        **settings,
    )
    site = FakeSite(config)
    _vocabulary(site)
    _concepts_and_sources(site)
    _things(site)
    _whole(site)
    return site


def _vocabulary(site: FakeSite) -> None:
    site.add(iri("def"), row(DESCRIPTION, text("Neliela vārdnīca.", "lv"), text("A small vocabulary.", "en")))
    site.label(iri("def"), lv="Sadarbības vārdnīca", en="Cooperation vocabulary")
    for node, lv, en in (
        (PROJECT, "Projekts", "Project"),
        (EVENT, "Pasākums", "Event"),
        (INSTITUTION, "Institūcija", "Institution"),
        (MINISTRY, "Ministrija", "Ministry"),
    ):
        rows = [row(DEFINITION, text(f"{lv} ir klase.", "lv"), text(f"{en} is a class.", "en"))]
        if node == MINISTRY:
            rows.append(row(SUBCLASS, INSTITUTION))
        site.add(node, *rows, types=[CLASS])
        site.label(node, lv=lv, en=en)
        site.classes = {**site.classes, node: TermUse(2, (iri("project/vet"),))}
    site.hierarchy = {INSTITUTION: (MINISTRY,)}
    for node, lv, en in (
        (START, "sākuma datums", "start date"),
        (PART_OF, "daļa no", "part of"),
        (ROLE, "loma", "role"),
        (PARTICIPANT, "dalībnieks", "participant"),
        (PARTICIPATION_IN, "dalība kur", "participation in"),
    ):
        site.add(
            node, row(DEFINITION, text(f"Ko nozīmē “{lv}”.", "lv"), text(f"What “{en}” means.", "en")), types=[PROPERTY]
        )
        site.label(node, lv=lv, en=en)
        site.properties = {**site.properties, node: TermUse(12_345, (iri("event/forum"),))}
    site.label(PARTICIPATION, lv="Dalība", en="Participation")
    site.label(PAGE, lv="lapa", en="page")
    site.label(NamedNode(RDFS + "comment"), lv="piezīme", en="comment")
    site.properties = {**site.properties, PAGE: TermUse(3, ())}
    site.ontologies = (iri("def"),)


def _concepts_and_sources(site: FakeSite) -> None:
    for node, lv, en in (
        (ASSERTED, "apgalvots", "asserted"),
        (CORRECTED, "labots", "corrected"),
        (DISPUTED, "apstrīdēts", "disputed"),
        (iri("kos/host"), "rīkotājs", "organiser"),
        (iri("kos/vet"), "profesionālā izglītība", "vocational education"),
    ):
        site.add(node, types=[NamedNode("http://www.w3.org/2004/02/skos/core#Concept")])
        site.label(node, lv=lv, en=en)
    site.label(
        iri("kos/vet"), lv="profesionālā izglītība", en="vocational education", ru="профессиональное образование"
    )
    site.add(SOURCE, row(PAGE, NamedNode("https://www.izm.gov.lv/lv/centralazija")))
    site.label(SOURCE, lv="Ministrijas lapa", en="The ministry's page")
    site.add(NEWS, row(PAGE, NamedNode("https://www.izm.gov.lv/lv/jaunums/forums")))
    site.label(NEWS, lv="Ministrijas ziņa", en="The ministry's news")


def _things(site: FakeSite) -> None:
    vet, forum, ministry = iri("project/vet"), iri("event/forum"), iri("institution/izm")
    site.label(vet, lv="Atbalsts profesionālajai izglītībai", en="Support for vocational education")
    site.label(forum, lv="Baltijas un Centrālāzijas forums", en="Forum of the Baltic and Central Asian states")
    site.label(ministry, lv="Izglītības un zinātnes ministrija", en="Ministry of Education and Science")
    stated, published = typed("2020-12-14", "date"), typed("2018-12-14", "date")
    corrected = statement(
        "forum-date",
        stated,
        CORRECTED,
        accepted=published,
        notes=(
            text("Projekts beidzās 2018. gadā; ministrijas ziņā ir 2018. gads.", "lv"),
            text("The project ended in 2018; the ministry's news says 2018.", "en"),
        ),
    )
    news = statement(
        "forum-news",
        published,
        sources=(NEWS,),
        quotes=(),
        paraphrases=(text("Forums notika 2018. gadā.", "lv"), text("The forum was held in 2018.", "en")),
    )
    doubtful = statement("forum-end", typed("2020-12-15", "date"), DISPUTED, notes=(text("Nav otra avota.", "lv"),))
    participations = tuple(
        FoldedNode(
            iri(f"participation/forum-{n}"),
            f"forum-{n}",
            (
                row(PARTICIPANT, who),
                Row(ROLE, (Value(iri("kos/host"), provenance=(statement(f"p{n}", text("rīkoja", "lv")),)),)),
                row(NamedNode(RDFS + "comment"), text("tikai klātienē", "lv")),
            ),
        )
        for n, who in enumerate((ministry, NamedNode("http://www.wikidata.org/entity/Q4767951")))
    )
    for n in range(2):
        site.placed.documents[iri(f"participation/forum-{n}")] = f"event/forum#forum-{n}"
    for one in (corrected, news, doubtful):
        site.placed.documents[one.node] = f"event/forum#{one.node.value.rpartition('/')[2]}"
    event = Resource(
        forum,
        "event/forum",
        (
            Triple(forum, START, published),
            Triple(forum, PART_OF, vet),
            Triple(forum, iri("def#translatedLabel"), text("Forum of the Baltic and Central Asian states", "en")),
        ),
        (EVENT,),
        (
            row(DESCRIPTION, text("Forums Rīgā, vairāk nekā 70 dalībnieku.", "lv"), text("A forum in Riga.", "en")),
            Row(START, (Value(published, provenance=(corrected, news)),)),
            Row(iri("def#endDate"), (), (doubtful,)),
            row(PART_OF, vet),
            row(iri("def#participantsMoreThan"), typed("70", "integer")),
            row(iri("def#translatedLabel"), text("Forum of the Baltic and Central Asian states", "en")),
            row(NamedNode(RDFS + "comment"), text("Первый форум", "ru"), text("منتدى", "ar"), text("Forums", "lv")),
            row(PAGE, NamedNode("https://www.izm.gov.lv/lv/centralazija"), NamedNode("urn:x:unsafe")),
        ),
        (FoldTable(PARTICIPATION, PARTICIPATION_IN, (PARTICIPANT, PARTICIPATION_IN, ROLE), participations),),
        label_provenance=(statement("forum-name", text("forums", "lv")),),
        modified="2026-11-23",
    )
    site.put(event)
    node, shared = BlankNode("a"), BlankNode("b")
    project = Resource(
        vet,
        "project/vet",
        (Triple(vet, START, typed("2019-09-02", "date")), Triple(vet, PART_OF, node)),
        (PROJECT,),
        (
            row(DESCRIPTION, text("Projekts par profesionālo izglītību.\nOtrā rindkopa.", "lv")),
            row(START, typed("2019-09-02", "date"), typed("2019", "gYear"), typed("2019-09", "gYearMonth")),
            row(iri("def#topic"), iri("kos/vet")),
            row(
                iri("def#place"),
                Value(node, rows=(row(RDFS_LABEL, text("Rīga", "lv")), row(PART_OF, Value(shared, repeated=True)))),
                Value(shared, items=(Value(text("viens", "lv")), Value(typed("12345", "integer")))),
            ),
            row(iri("def#size"), typed("2019-09-02T10:00:00Z", "dateTime"), typed("true", "boolean"), text("teksts")),
        ),
        backlinks=(Backlinks(PART_OF, 3, (forum,)),),
        backlink_pages=((Backlinks(PART_OF, 3, (ministry, forum), 1),),),
    )
    site.put(project)
    site.add(
        ministry, row(iri("def#inCountry"), NamedNode("http://example.com/country/LV")), types=[MINISTRY, INSTITUTION]
    )
    old = site.add(iri("event/old"), row(NamedNode("http://purl.org/dc/terms/isReplacedBy"), forum), types=[EVENT])
    site.put(Resource(old.node, old.document, old.triples, old.types, old.rows, deprecated=True))


RDFS_LABEL = NamedNode(RDFS + "label")


def _whole(site: FakeSite) -> None:
    shape, rule = iri("shapes#Project"), iri("shapes#Project-start")
    has_property = NamedNode(SH + "property")
    triples = [
        Triple(shape, NamedNode(SH + "targetClass"), PROJECT),
        Triple(shape, has_property, rule),
    ]
    rule_triples = [
        Triple(rule, NamedNode(SH + "path"), START),
        Triple(rule, NamedNode(SH + "minCount"), typed("1", "integer")),
        Triple(rule, NamedNode(SH + "maxCount"), typed("1", "integer")),
        Triple(rule, NamedNode(SH + "datatype"), NamedNode("http://www.w3.org/2001/XMLSchema#date")),
        Triple(rule, NamedNode(SH + "message"), text("Projektam jābūt vienam sākuma datumam.", "lv")),
        Triple(rule, NamedNode(SH + "message"), text("A project has one start date.", "en")),
        Triple(rule, CURE, text("Pievienojiet sākuma datumu.", "lv")),
        Triple(rule, CURE, text("Add the start date.", "en")),
        Triple(rule, NamedNode(SH + "severity"), NamedNode(SH + "Warning")),
    ]
    site.add(shape, types=[NamedNode(SH + "NodeShape")], triples=triples)
    site.add(rule, types=[NamedNode(SH + "PropertyShape")], triples=rule_triples)
    site.label(shape, lv="Projekta noteikumi", en="Rules of projects")
    site.label(rule, lv="Sākuma datums", en="Start date")
    site.shapes = (shape,)
    scheme = iri("kos/topics")
    site.add(scheme, types=[NamedNode("http://www.w3.org/2004/02/skos/core#ConceptScheme")])
    site.label(scheme, lv="Tēmas", en="Topics")
    site.listings = (
        Listing("class", EVENT, "browse/class/Event", (iri("event/forum"), iri("event/old")), 2, 2),
        Listing("class", CLASS, "browse/class/owl-Class", (PROJECT, EVENT), 2, 2),
        Listing("class", PROJECT, "browse/class/Project", (iri("project/vet"),), 1, 1),
        Listing("property", START, "browse/property/startDate", (iri("event/forum"), iri("project/vet")), 4),
        Listing("scheme", scheme, "browse/scheme/topics", (iri("kos/host"), iri("kos/vet")), 2, top=(iri("kos/vet"),)),
    )
    site.queries = (
        QueryFile(
            "events",
            {"lv": "Projekta pasākumi", "en": "Events of a project"},
            {"lv": "Kādi pasākumi notika projektā?", "en": "Which events did a project have?"},
            QUERY,
            {"project": ("iri", iri("project/vet").value)},
            dict.fromkeys(
                ("lv", "en"),
                Answer(
                    ("event", "date"),
                    ((iri("event/forum"), typed("2018-12-14", "date")), (iri("event/old"), None)),
                ),
            ),
        ),
    )
    site.findings = (
        Finding(
            Severity.WARNING,
            rule.value,
            (("lv", "Datums ir ārpus projekta."), ("en", "The date is outside the project.")),
            (("lv", "Salīdziniet ar avotu."), ("en", "Compare it with the source.")),
            iri("event/forum"),
            f"<{START.value}>",
            typed("2020-12-14", "date"),
            "",
            Place("data/events.ttl", 42),
        ),
        Finding(Severity.INFO, "link", (("en", "A dangling link."),), (), iri("event/old"), "", iri("nowhere")),
    )
