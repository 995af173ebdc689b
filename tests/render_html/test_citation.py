"""How pages say that they are cited."""

import re

import pytest
from tests.site.graphs import page, site_of

from saite.render.html import renderer

from .checks import parse

DATA = """
<set> a dcat:Dataset ; rdfs:label "Kopa"@lv, "Set & all"@en ; dct:creator <me> ; dct:publisher <press> ;
    dct:issued "2024-05-06"^^xsd:date ; owl:versionInfo "1.0" .
<me> rdfs:label "Es"@lv, "Me <b>"@en . <press> rdfs:label "Press Ltd."@en .
<thing> rdfs:label "Lieta?"@lv, "Thing"@en .
"""


def block(name: str, path: str, trig: str = DATA, **settings: object) -> tuple[str, str]:
    """The reference of a page as a reader sees it, and the markup of the block."""
    site = site_of(trig, languages=("lv", "en"), **settings)
    files = {file.path: b"".join(file.chunks()) for file in renderer(site).resource(page(site, name))}
    parse(files[path])
    pattern = r'<section>\n<h2>[^<]*</h2>\n<p class="citation">(.*?)</p>(.*?)</section>'
    found = re.search(pattern, files[path].decode(), re.DOTALL)
    return (re.sub("<[^>]+>", "", found[1]), found[0]) if found else ("", "")


def test_a_reference_is_text_to_copy() -> None:
    """In the words of the page's language; a full stop is not doubled, and markup of the data is none."""
    assert block("set", "set.en.html")[0] == (
        "Me &lt;b&gt; (2024). Set &amp; all (version 1.0) [data set]. Press Ltd. https://example.org/set"
    )
    assert block("thing", "thing.lv.html")[0] == (
        "Es (2024). Lieta? No: Kopa (versija 1.0) [datu kopa]. Press Ltd. https://example.org/thing"
    )
    assert '<cite lang="lv">' in block("a", "a.en.html", DATA + '<a> rdfs:label "tikai latviski"@lv .')[1]


def test_the_data_set_has_files_and_others_an_entry_to_copy() -> None:
    """Without a script; by the settings, all have files, or nobody has a reference."""
    markup = block("set", "set.en.html")[1]
    assert [f'href="set.en{end}"' in markup for end in (".bib", ".ris", ".csl.json")] == [True] * 3
    assert "<pre>" not in markup
    markup = block("thing", "thing.en.html")[1]
    assert "<pre>@incollection{example-org-thing,\n  author = {{Me &lt;b&gt;}}," in markup
    assert 'href="thing.lv.ris"' in block("thing", "thing.lv.html", citations="all")[1]
    assert block("set", "set.en.html", citations="none") == ("", "")


@pytest.mark.parametrize("trig", ['<thing> rdfs:label "x" .', '<thing> a dcat:Dataset ; rdfs:label "x" .'])
def test_without_makers_there_is_no_reference(trig: str) -> None:
    """Nothing is made up for a site that does not say who has made it."""
    assert block("thing", "thing.en.html", trig) == ("", "")


def test_links_that_run_stand_in_no_head() -> None:
    """Whatever the data name as author or licence."""
    trig = "<set> a dcat:Dataset ; dct:creator <javascript:alert(1)>, <https://p.example/> ; dct:license <data:,x> ."
    site = site_of(trig)
    [file] = renderer(site).resource(page(site, "set"))
    text = b"".join(file.chunks()).decode()
    assert '<link rel="author" href="https://p.example/">' in text
    assert 'href="javascript' not in text
    assert 'href="data:' not in text
