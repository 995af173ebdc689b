"""The search page and the list of everything."""

import json
from pathlib import Path

from saite.render.facets import PAGE
from saite.render.html import renderer
from saite.render.html.finding import ALL, DOCUMENT

from .checks import elements, faults, parse
from .domain import domain_site
from .fake import FakeSite, iri, make_config


def pages(site: FakeSite) -> dict[str, bytes]:
    """The HTML of the whole."""
    return {one.path: b"".join(one.chunks()) for one in renderer(site).whole() if one.path.endswith(".html")}


def test_the_page_says_in_its_language_what_its_script_will_say(tmp_path: Path) -> None:
    """Texts with the plural forms of the language, and where the index is."""
    made = pages(domain_site(tmp_path))
    for language, forms in (("lv", {"zero", "one", "other"}), ("en", {"one", "other"})):
        content = made[f"{DOCUMENT}.{language}.html"]
        assert faults(content) == []
        [form] = elements(parse(content), "form")
        texts = json.loads(form.attrib["data-texts"])
        assert set(texts["results"]) == forms
        assert texts["language"] == language
        assert texts["ending"] == f".{language}.html"
        assert form.attrib["data-index"] == "search/data/"


def test_every_page_has_a_field_that_leads_to_it(tmp_path: Path) -> None:
    """A plain form, which works without scripts; the page itself has one only."""
    for path, content in pages(domain_site(tmp_path)).items():
        if path == "404.html":
            continue
        forms = [form for form in elements(parse(content), "form") if form.get("role") == "search"]
        assert len(forms) == (2 if path.startswith("index.") else 1), path
        form = forms[0]
        language = ".lv" if ".lv." in path else ".en" if ".en." in path else ".lv"
        assert form.attrib["action"] == "../" * path.count("/") + f"{DOCUMENT}{language}.html", path
        assert "method" not in form.attrib


def test_the_list_has_everything_once(tmp_path: Path) -> None:
    """In pages, each in order, with links from each letter to where it begins."""
    site = FakeSite(make_config(tmp_path, "lv"))
    for number in range(2 * PAGE + 10):
        thing = iri(f"thing/{number}")
        site.label(thing, lv=f"{'AĀBCČD'[number % 6]}{number}")
        site.add(thing)
    made = pages(site)
    paths = [f"{ALL}.html", f"{ALL}~2.html", f"{ALL}~3.html"]
    found = []
    for path in paths:
        assert faults(made[path]) == []
        main = next(elements(parse(made[path]), "main"))
        found += [str(link.attrib["href"]) for link in elements(main, "a") if "thing/" in link.attrib["href"]]
        for link in elements(main, "a"):
            target, _, letter = link.attrib["href"].partition("#")
            if letter:
                assert f'id="{letter}"' in made[target.removeprefix("../")].decode()
    assert len(found) == len(set(found)) == 2 * PAGE + 10


def test_a_site_without_search_has_none(tmp_path: Path) -> None:
    """Where the settings leave it out, there is no page and no field."""
    site = FakeSite(make_config(tmp_path, "lv", formats=("html",)))
    site.add(iri("thing/a"))
    made = pages(site)
    assert not [path for path in made if path.startswith("search")]
    assert not [path for path, content in made.items() if b"<form" in content]
