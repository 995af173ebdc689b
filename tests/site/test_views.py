"""Views: what their queries answer, their pages, and what is said of wrong ones."""

from pathlib import Path

import pytest

from saite.errors import SyntaxFault
from saite.site import BuiltSite
from saite.site.model import QueryFile
from saite.site.views import MOST_PAGES

from .graphs import say, site_of

DATA = """
:riga a :Place ; rdfs:label "Riga"@en , "Rīga"@lv . :oslo a :Place ; rdfs:label "Oslo"@en .
:a :in :riga ; :on "2018"^^xsd:gYear . :b :in :riga ; :on "2019"^^xsd:gYear . :c :in :oslo ; :on "2019"^^xsd:gYear .
"""
QUERY = "PREFIX : <https://example.org/>\nSELECT ?place ?item ?start { ?item :in ?place ; :on ?start }"


def made(folder: Path, header: str, query: str = QUERY, data: str = DATA) -> BuiltSite:
    """A site with one view."""
    views = folder / "queries" / "views"
    views.mkdir(parents=True)
    (views / "v.rq").write_text(f"#+ title.en: When\n{header}\n{query}\n", encoding="utf-8")
    return site_of(data, root=folder, languages=("en", "lv"))


def rows(view: QueryFile, language: str = "en") -> list[list[str]]:
    """The rows of an answer."""
    return [[say(cell) if cell else "" for cell in row] for row in view.answers[language].rows]


def test_a_view_is_a_query_file_with_its_answer(tmp_path: Path) -> None:
    """Kind, names of columns and rows are at hand; its document lies among the views."""
    (view,) = made(tmp_path, "#+ view: timeline\n#+ column.en: start From").views
    assert (view.name, view.view, view.document) == ("v", "timeline", "views/v")
    assert view.columns == {"start": {"en": "From"}}
    assert rows(view)[0] == ["oslo", "c", "2019"]


def test_a_site_without_views_has_none(tmp_path: Path) -> None:
    """Nobody needs a folder of views."""
    assert site_of(DATA, root=tmp_path).views == ()


def test_a_view_falls_into_pages_by_the_values_of_a_variable(tmp_path: Path) -> None:
    """Each page is called after its value, has its rows only, and a title with its name in that language."""
    site = made(tmp_path, "#+ view: timeline\n#+ each: place\n#+ heading.en: At {place}\n#+ heading.lv: Vieta: {place}")
    whole, oslo, riga = site.views
    assert (whole.name, whole.each, whole.answers) == ("v", "place", {})
    assert (oslo.document, riga.document, riga.of) == ("views/v/oslo", "views/v/riga", "v")
    assert riga.titles == riga.headings == {"en": "At Riga", "lv": "Vieta: Rīga"}
    assert riga.answers["en"].variables == ("item", "start")
    assert rows(riga) == [["a", "2018"], ["b", "2019"]]


def test_pages_without_a_heading_are_called_after_the_view_and_the_value(tmp_path: Path) -> None:
    """Whoever writes no heading has a title all the same."""
    assert made(tmp_path, "#+ view: table\n#+ each: place").views[1].titles == {"en": "When: Oslo"}


def test_values_that_look_alike_have_pages_of_their_own(tmp_path: Path) -> None:
    """Texts that differ in signs only are told apart by numbers."""
    query = 'SELECT ?x ?label ?value { VALUES (?x ?label ?value) { ("A b" "l" 1) ("a-B" "m" 2) ("…" "n" 3) } }'
    names = [view.name for view in made(tmp_path, "#+ view: chart\n#+ each: x", query).views]
    assert names == ["v", "v/a-b", "v/a-b-2", "v/value"]


def test_the_number_of_pages_is_bounded(tmp_path: Path) -> None:
    """The values with most rows have pages."""
    data = " ".join(f":i{n} :in :p{n:03} ; :on 1 ." for n in range(MOST_PAGES + 20)) + " :j :in :p219 ; :on 1 ."
    views = made(tmp_path, "#+ view: timeline\n#+ each: place", data=data).views
    assert len(views) == 1 + MOST_PAGES
    assert views[-1].name == "v/p219"


def test_a_map_of_countries_needs_no_positions(tmp_path: Path) -> None:
    """Their codes say where they are."""
    query = 'PREFIX : <https://example.org/>\nSELECT DISTINCT ?place ?code { ?x :in ?place BIND("428" AS ?code) }'
    (view,) = made(tmp_path, "#+ view: map", query).views
    assert rows(view) == [["oslo", "428"], ["riga", "428"]]


@pytest.mark.parametrize(
    ("header", "query", "message", "cure"),
    [
        ("", QUERY, "does not say how its answer is drawn", "kinds: timeline, network, chart, map, table"),
        ("#+ view: timline", QUERY, "unknown view 'timline'", "Did you mean timeline?"),
        ("#+ view: chart", QUERY, "no column ?label, ?value: it has ?place, ?item, ?start", "Select ?label ?value"),
        ("#+ view: map", QUERY, "no column ?lat, ?long: it has ?place, ?item, ?start", "Select ?place ?lat ?long"),
        ("#+ view: table\n#+ each: plac", QUERY, "no variable ?plac", "Did you mean ?place?"),
        ("#+ view: table\n#+ each: x", "SELECT ?y { ?x ?z ?y }", "no column ?x", "Select ?x"),
        ("#+ view: table", "ASK { ?s ?p ?o }", "ASK gives none", "Write SELECT."),
        ("#+ view: table\n#+ param: item iri", QUERY, "no value for item", "Give the parameter a default."),
        ("#+ view: table\n#+ column.en: items What", QUERY, "no variable ?items", "Did you mean ?item?"),
        ("#+ view: table\n#+ column.en: item", QUERY, "needs a variable and its name", "column.en: start From"),
        ("#+ view: table\n#+ view: map", QUERY, "said twice", "Remove one of the lines."),
    ],
)
def test_a_wrong_view_says_where_and_how_to_mend_it(
    tmp_path: Path, header: str, query: str, message: str, cure: str
) -> None:
    """The build stops with the file, and the line of the header if there is one."""
    with pytest.raises(SyntaxFault) as caught:
        made(tmp_path, header, query)
    assert message in caught.value.message
    assert cure in (caught.value.cure or "")
    assert caught.value.place is not None
    assert caught.value.place.file == "queries/views/v.rq"
    assert caught.value.place.line is not None or not header


def test_a_view_may_be_shown_elsewhere(tmp_path: Path) -> None:
    """Where, and in which order; its pages take that over."""
    site = made(tmp_path, "#+ view: list\n#+ each: place\n#+ show: top 7")
    assert [(view.show, view.rank) for view in site.views] == [("top", 7)] * 3
    (view,) = made(tmp_path / "other", "#+ view: list\n#+ show: front").views
    assert (view.show, view.rank) == ("front", 0)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("#+ view: list\n#+ show: top", "Say 'each: variable'"),
        ("#+ view: list\n#+ each: place\n#+ show: front", "Leave out 'each'"),
        ("#+ view: list\n#+ show: nowhere", "Write one of: front, top, page"),
        ("#+ view: list\n#+ show: front first", "Write one of: front, top, page"),
        ("#+ view: index", "Select ?item ?count"),
        ("#+ view: numbers", "Select ?label ?value"),
    ],
)
def test_a_place_that_does_not_fit_is_told(tmp_path: Path, header: str, said: str) -> None:
    """With what to write."""
    with pytest.raises(SyntaxFault) as refused:
        made(tmp_path, header)
    assert said in str(refused.value)
