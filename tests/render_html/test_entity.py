"""The page of one resource: names, values, sources, marks, folded nodes, backlinks."""

from pathlib import Path
from xml.etree.ElementTree import Element

from saite.render.html import renderer
from saite.site.model import Backlinks, FoldedNode, FoldTable, Resource, Row, Value
from saite.terms import Literal, NamedNode, Triple

from .checks import elements, faults, parse, text_of
from .domain import (
    DISPUTED,
    EVENT,
    PART_OF,
    PARTICIPANT,
    PARTICIPATION,
    PARTICIPATION_IN,
    ROLE,
    START,
    domain_site,
    statement,
)
from .fake import DESCRIPTION, FakeSite, iri, make_config, row, text, typed


def classed(root: Element, name: str, tag: str = "*") -> list[Element]:
    """Elements of a class."""
    return [e for e in root.iter() if name in e.attrib.get("class", "").split() and tag in ("*", e.tag)]


def fact(root: Element, name: str) -> Element:
    """The group of a property's values, by the property's name."""
    return next(e for e in elements(root, "div") if (dt := e.find("dt")) is not None and text_of(dt) == name)


def page_of(resource: Resource, tmp_path: Path, language: str = "lv") -> Element:
    """A resource's page within the small site, checked for faults."""
    site = domain_site(tmp_path)
    site.put(resource)
    made = {
        a.language: a for a in renderer(site).resource(resource) if f".{a.language}." in a.path and "~" not in a.path
    }
    content = b"".join(made[language].chunks())
    assert faults(content) == []
    return parse(content)


def test_a_page_has_its_label_kind_description_and_breadcrumbs(pages: dict[str, bytes]) -> None:
    """Title, h1, kind and trail speak the page's language; the trail leads to the index of the kind."""
    root = parse(pages["event/forum.lv.html"])
    assert text_of(next(elements(root, "title"))) == "Baltijas un Centrālāzijas forums – Sadarbība"
    assert text_of(next(elements(root, "h1"))) == "Baltijas un Centrālāzijas forums"
    assert text_of(classed(root, "kinds")[0]) == "Pasākums"
    assert text_of(classed(root, "trail")[0]) == "Sākums Pārlūkot Pasākums"
    assert next(e.attrib["content"] for e in elements(root, "meta") if e.attrib.get("name") == "description") == (
        "Forums Rīgā, vairāk nekā 70 dalībnieku."
    )


def test_a_corrected_value_is_marked_in_place_with_reason_both_values_and_both_sources(pages: dict[str, bytes]) -> None:
    """Nobody has to open anything to see that a date was corrected, why, and who says what."""
    root = parse(pages["event/forum.lv.html"])
    start = fact(root, "sākuma datums")
    assert text_of(classed(start, "badge")[0]) == "labots"
    note = classed(start, "note")[0]
    assert text_of(note) == (
        "labots Projekts beidzās 2018. gadā; ministrijas ziņā ir 2018. gads. Avotā teikts 2020. gada 14. decembris "
        "Ministrijas lapa Publicēts šeit 2018. gada 14. decembris Ministrijas ziņa"
    )
    assert note.attrib["role"] == "note"
    assert not any(note in list(details.iter()) for details in elements(start, "details"))


def test_a_source_opens_with_the_exact_quote_its_language_and_its_document(pages: dict[str, bytes]) -> None:
    """The quote is Latvian on the English page too; the fold is told apart for those who hear the page."""
    root = parse(pages["event/forum.en.html"])
    sources = next(elements(fact(root, "start date"), "details"))
    summary = sources.find("summary")
    assert summary is not None
    assert text_of(summary) == "2 sources: start date"
    quote = next(elements(sources, "blockquote"))
    assert quote.attrib == {"lang": "lv", "cite": "../source/page.en.html"}
    assert text_of(quote) == "2020.gada 14.decembrī tika organizēts forums “Baltijas valstis”"
    assert "The forum was held in 2018." in text_of(sources)


def test_a_statement_stands_at_its_own_fragment_once(pages: dict[str, bytes]) -> None:
    """A folded statement's IRI leads to the place where it is shown."""
    ids = [e.attrib["id"] for e in parse(pages["event/forum.lv.html"]).iter() if "id" in e.attrib]
    assert ids.count("forum-date") == 1
    assert ids.count("forum-0") == 1


def test_a_value_that_nobody_published_is_told_apart(pages: dict[str, bytes]) -> None:
    """A disputed statement without a published value still stands on the page, as stated and not as fact."""
    group = fact(parse(pages["event/forum.lv.html"]), "endDate")
    assert "Teikts, bet nav publicēts 2020. gada 15. decembris apstrīdēts" in text_of(group)


def test_our_translations_are_marked(pages: dict[str, bytes]) -> None:
    """The English name that we made is marked on both pages; the property that says so is no row of its own."""
    for language, wanted in (("lv", "mūsu tulkojums"), ("en", "our translation")):
        root = parse(pages[f"event/forum.{language}.html"])
        assert wanted in text_of(classed(root, "naming")[0])
        assert "translatedLabel" not in text_of(root)


def test_foreign_texts_carry_their_language_and_direction(pages: dict[str, bytes]) -> None:
    """Russian and Arabic texts are marked; Latvian stands first on the Latvian page, the rest can be unfolded."""
    group = fact(parse(pages["event/forum.lv.html"]), "piezīme")
    values = list(elements(group, "dd"))
    assert text_of(values[0]) == "Forums"
    marked = {text_of(e): dict(e.attrib) for e in elements(values[1], "span")}
    assert marked == {"Первый форум": {"lang": "ru"}, "منتدى": {"lang": "ar", "dir": "rtl"}}


def test_names_in_other_languages_are_listed(pages: dict[str, bytes]) -> None:
    """The label in further languages stands under the title, each with its language."""
    names = classed(parse(pages["kos/vet.lv.html"]), "names")[0]
    assert text_of(names) == "angļu vocational education krievu профессиональное образование"


def test_dates_numbers_and_truth_values_are_for_people_and_for_machines(pages: dict[str, bytes]) -> None:
    """Each value is told in words, and its element has what programs read."""
    root = parse(pages["project/vet.lv.html"])
    times = {e.attrib["datetime"]: text_of(e) for e in elements(root, "time")}
    assert times == {
        "2019-09-02": "2019. gada 2. septembris",
        "2019": "2019. gads",
        "2019-09": "2019. gada septembris",
        "2019-09-02T10:00:00Z": "2019. gada 2. septembris plkst. 10:00 (UTC)",
    }
    data = {e.attrib["value"]: text_of(e) for e in elements(root, "data")}
    assert data == {"12345": "12 345", "true": "jā"}


def test_links_outside_are_marked_and_what_is_not_safe_is_no_link(pages: dict[str, bytes]) -> None:
    """An http IRI without a page leads outside, marked; another scheme shows as text."""
    group = fact(parse(pages["event/forum.lv.html"]), "lapa")
    outside = next(elements(group, "a"))
    assert outside.attrib["rel"] == "external"
    assert text_of(outside) == "www.izm.gov.lv/lv/centralazija"
    assert outside.attrib["href"] == "https://www.izm.gov.lv/lv/centralazija"
    assert [(e.tag, text_of(e)) for e in classed(group, "iri")] == [("span", "urn:x:unsafe")]
    assert len(list(elements(group, "a"))) == 1


def test_nested_nodes_lists_and_circles_are_shown_in_place(pages: dict[str, bytes]) -> None:
    """A blank node shows its properties, a list its items in order, and what was shown before a link to there."""
    root = parse(pages["project/vet.lv.html"])
    nested = classed(root, "nested")[0]
    assert nested.attrib["id"] == "b-a"
    assert "Rīga" in text_of(nested)
    assert [e.attrib["href"] for e in classed(nested, "blank", "a")] == ["#b-b"]
    assert [text_of(e) for e in classed(root, "sequence")[0]] == ["viens", "12 345"]


def test_folded_nodes_make_a_table_without_the_column_that_led_here(pages: dict[str, bytes]) -> None:
    """Columns have headings, each line its fragment; sources and properties without a column can be unfolded."""
    table = next(elements(parse(pages["event/forum.lv.html"]), "table"))
    assert [text_of(e) for e in elements(table, "th")] == ["dalībnieks", "loma", "Avots"]
    lines = [e for e in elements(table, "tr") if "id" in e.attrib]
    assert [e.attrib["id"] for e in lines] == ["forum-0", "forum-1"]
    account = next(elements(lines[0], "details"))
    assert text_of(account).startswith("Avots: forum-0 2020.gada 14.decembrī")
    assert "tikai klātienē" in text_of(account)
    caption = table.find("caption")
    assert caption is not None
    assert text_of(caption) == "2 ieraksti"


def test_a_marked_value_in_a_table_has_its_reason_in_the_next_line(tmp_path: Path) -> None:
    """A badge stands beside the value, and why in a line of the table's whole width, without opening anything."""
    doubtful = statement("x", Literal("x"), DISPUTED, notes=(text("Nav otra avota.", "lv"),))
    node = FoldedNode(iri("p/1"), "p-1", (Row(ROLE, (Value(iri("kos/host"), provenance=(doubtful,)),)),))
    table = FoldTable(PARTICIPATION, PARTICIPATION_IN, (ROLE,), (node,))
    root = page_of(Resource(iri("a/b"), "a/b", (), tables=(table,)), tmp_path)
    cells = [[text_of(cell) for cell in line] for line in elements(root, "tr")]
    assert cells[1][0] == "rīkotājs apstrīdēts"
    assert cells[2] == ["apstrīdēts Nav otra avota."]


def test_one_sentence_behind_several_cells_is_told_once(tmp_path: Path) -> None:
    """Who took part, in which role: two statements of one quote make one account, at both of their fragments."""
    site = domain_site(tmp_path)
    said = [statement(name, Literal(name)) for name in ("one", "two")]
    for one in said:
        site.placed.documents[one.node] = f"a/b#{one.node.value.rpartition('/')[2]}"
    rows = (
        Row(ROLE, (Value(iri("kos/host"), provenance=(said[0],)),)),
        Row(PARTICIPANT, (Value(iri("institution/izm"), provenance=(said[1],)),)),
    )
    table = FoldTable(PARTICIPATION, PARTICIPATION_IN, (ROLE, PARTICIPANT), (FoldedNode(iri("p/1"), "p-1", rows),))
    resource = Resource(iri("a/b"), "a/b", (), tables=(table,))
    site.put(resource)
    content = b"".join(next(iter(renderer(site).resource(resource))).chunks())
    assert faults(content) == []
    root = parse(content)
    assert len(list(elements(root, "blockquote"))) == 1
    assert {e.attrib["id"] for e in root.iter() if "id" in e.attrib} >= {"one", "two"}


def test_properties_lead_to_their_pages_with_their_definitions_at_hand(pages: dict[str, bytes]) -> None:
    """A property of the site links to its page; a foreign one is a name with its IRI."""
    root = parse(pages["event/forum.lv.html"])
    names = {text_of(e): e[0] for e in elements(root, "dt") if len(e)}
    assert names["sākuma datums"].attrib == {
        "href": "../def/startDate.lv.html",
        "title": "Ko nozīmē “sākuma datums”.",
    }
    assert names["lapa"].attrib == {"title": "http://xmlns.com/foaf/0.1/page"}


def test_what_is_no_longer_in_use_says_what_to_use(pages: dict[str, bytes]) -> None:
    """A deprecated resource begins with a notice that leads to its successor."""
    note = classed(parse(pages["event/old.en.html"]), "note")[0]
    assert text_of(note) == "No longer in use. Use instead: Forum of the Baltic and Central Asian states"


def test_backlinks_are_grouped_and_paged(pages: dict[str, bytes]) -> None:
    """The first page leads to the second, which leads back; both name the property and the total."""
    first, second = parse(pages["project/vet.lv.html"]), parse(pages["project/vet~links-2.lv.html"])
    assert "daļa no 3" in text_of(first)
    assert "daļa no 3" in text_of(second)
    steps = [{e.attrib["href"] for e in elements(classed(root, "pages")[0], "a")} for root in (first, second)]
    assert steps == [{"../project/vet~links-2.lv.html"}, {"../project/vet.lv.html"}]


def test_backlinks_are_sorted_by_the_languages_alphabet(tmp_path: Path) -> None:
    """Where all of them stand on one page, readers find them by letter: č after c, ē among e."""
    site = domain_site(tmp_path)
    names = {"a": "Žurnāls", "b": "Ēka", "c": "Čaks", "d": "Cits", "e": "Eka"}
    for slug, name in names.items():
        site.label(iri(f"x/{slug}"), lv=name)
    subjects = tuple(iri(f"x/{slug}") for slug in names)
    hub = Resource(iri("hub"), "hub", (), backlinks=(Backlinks(PART_OF, 5, subjects),))
    site.put(hub)
    root = parse(b"".join(next(iter(renderer(site).resource(hub))).chunks()))
    assert [text_of(e) for e in classed(root, "links")[0]] == ["Cits", "Čaks", "Eka", "Ēka", "Žurnāls"]


def test_kinds_with_one_name_are_named_once(tmp_path: Path) -> None:
    """owl:Class and rdfs:Class are both "Class": the more specific one is kept."""
    owl, rdfs = (
        NamedNode("http://www.w3.org/2002/07/owl#Class"),
        NamedNode("http://www.w3.org/2000/01/rdf-schema#Class"),
    )
    root = page_of(Resource(iri("a/b"), "a/b", (), (owl, rdfs)), tmp_path)
    assert text_of(classed(root, "kinds")[0]) == "Class"
    assert next(elements(classed(root, "kinds")[0], "a")).attrib["href"] == owl.value


def test_a_hub_with_thousands_of_backlinks_stays_small(tmp_path: Path) -> None:
    """The model pages backlinks: each of 200 pages of a hub is bounded, however many there are."""
    groups = tuple(
        (Backlinks(PART_OF, 10_000, tuple(iri(f"e/{p}-{n}") for n in range(50)), p * 50),) for p in range(1, 200)
    )
    first = (Backlinks(PART_OF, 10_000, tuple(iri(f"e/0-{n}") for n in range(50))),)
    hub = Resource(iri("hub"), "hub", (), (EVENT,), backlinks=first, backlink_pages=groups)
    site = domain_site(tmp_path)
    site.put(hub)
    made = [b"".join(a.chunks()) for a in renderer(site).resource(hub)]
    assert len(made) == 200 * 3
    assert max(map(len, made)) < 20_000


def test_many_values_of_one_property_are_folded(tmp_path: Path) -> None:
    """Thirty values stand open, the rest can be unfolded; none is lost."""
    many = [iri(f"x/{n}") for n in range(100)]
    root = page_of(Resource(iri("a/b"), "a/b", (), rows=(row(PART_OF, *many),)), tmp_path)
    group = fact(root, "daļa no")
    assert len(list(elements(group, "a"))) == 1 + 100
    summary = next(elements(group, "summary"))
    assert text_of(summary) == "vēl 70"


def test_a_huge_literal_is_cut_and_says_so(tmp_path: Path) -> None:
    """A megabyte of text shows its beginning, its length, and where all of it is."""
    root = page_of(Resource(iri("a/b"), "a/b", (), rows=(row(START, text("ā" * 1_000_000)),)), tmp_path)
    shown = text_of(fact(root, "sākuma datums"))
    assert len(shown) < 6_000
    assert "1 000 000" in shown


def test_ill_typed_literals_show_as_what_they_are(tmp_path: Path) -> None:
    """RDF 1.1 Concepts 3.3: an ill-typed literal is legal; its text and its datatype are shown."""
    root = page_of(Resource(iri("a/b"), "a/b", (), rows=(row(START, typed("soon", "date")),)), tmp_path)
    assert text_of(fact(root, "sākuma datums")) == "sākuma datums soon date"


def test_line_breaks_and_control_characters_do_no_harm(tmp_path: Path) -> None:
    """A literal may hold what HTML forbids: it shows as the replacement character, and paragraphs stay."""
    rows = (row(START, text("a\nb\x00\x1b\ufdd0")), row(DESCRIPTION, text("x\x01y")))
    root = page_of(Resource(iri("a/b"), "a/b", (), rows=rows), tmp_path)
    assert text_of(fact(root, "sākuma datums")).endswith("a b\ufffd\ufffd\ufffd")


def test_hidden_properties_stay_hidden(tmp_path: Path) -> None:
    """``hide`` leaves a property out of the page."""
    site = domain_site(tmp_path, hide=(START.value,))
    content = b"".join(next(iter(renderer(site).resource(site.made[iri("project/vet")]))).chunks())
    assert "sākuma datums" not in content.decode()


def test_a_shared_description_without_the_readers_language_is_marked(tmp_path: Path) -> None:
    """A description that exists only in English shows on the Latvian page with its language."""
    root = page_of(Resource(iri("a/b"), "a/b", (), rows=(row(DESCRIPTION, text("Only English.", "en")),)), tmp_path)
    lead = classed(root, "description")[0]
    assert [(e.attrib.get("lang"), text_of(e)) for e in elements(lead, "span")] == [("en", "Only English.")]


def test_parts_of_a_hash_document_are_listed(tmp_path: Path) -> None:
    """A document that describes several hash IRIs leads to each of their pages."""
    root = page_of(Resource(iri("v"), "v", (), parts=(EVENT,)), tmp_path)
    assert text_of(next(e for e in elements(root, "h2") if e.attrib.get("id") == "parts")) == (
        "Šajā dokumentā aprakstīts arī"
    )


def test_deeply_nested_nodes_stand_apart(tmp_path: Path) -> None:
    """What is nested too deeply to be shown in place has its own section, which the place links to."""
    from saite.terms import BlankNode

    deep = Value(BlankNode("deep"), rows=(Row(START, (Value(Literal("x")),)),))
    where = Value(BlankNode("deep"), repeated=True)
    root = page_of(Resource(iri("a/b"), "a/b", (), rows=(row(PART_OF, where),), deep=(deep,)), tmp_path)
    assert [e.attrib["href"] for e in classed(root, "blank", "a")] == ["#b-deep"]
    assert [e.attrib["id"] for e in classed(root, "nested")] == ["b-deep"]


def test_datatypes_have_names(tmp_path: Path) -> None:
    """A literal of a datatype that nobody here knows shows the datatype beside the text."""
    odd = Literal("12 m", datatype=NamedNode("http://example.com/unit#metre"))
    root = page_of(Resource(iri("a/b"), "a/b", (), rows=(row(START, odd),)), tmp_path)
    assert text_of(classed(root, "datatype")[0]) == "metre"


def test_only_forms_that_there_are_are_offered(tmp_path: Path) -> None:
    """No link leads to RDF/XML that cannot be, in head and body, nor to a form that the settings leave out."""
    plain, odd = NamedNode("https://example.org/p/name"), NamedNode("https://example.org/p/1")

    def offered(resource: Resource, **settings: object) -> list[list[str]]:
        site = FakeSite(make_config(tmp_path, "en", **settings))
        site.put(resource)
        (page,) = renderer(site).resource(resource)
        root = parse(b"".join(page.chunks()))
        links = [e.attrib for tag in ("link", "a") for e in elements(root, tag) if "type" in e.attrib]
        by_relation = [
            [e["href"] for e in links if e.get("rel", "") == rel] for rel in ("alternate", "describedby", "")
        ]
        return [[href for href in some if href.startswith("x.")] for some in by_relation]

    def thing(name: NamedNode) -> Resource:
        return Resource(iri("x"), "x", (Triple(iri("x"), name, Literal("a")),))

    assert offered(thing(plain)) == [["x.ttl", "x.jsonld", "x.nt", "x.rdf"]] * 3
    assert offered(thing(odd)) == [["x.ttl", "x.jsonld", "x.nt"]] * 3
    assert offered(thing(plain), formats=("html", "rdfxml", "turtle")) == [["x.ttl", "x.rdf"]] * 3
    assert offered(thing(plain), formats=("html",)) == [[]] * 3
