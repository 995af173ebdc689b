"""The page of the catalogue on odd sites."""

from saite.config import CatalogueSettings
from saite.render.html import renderer

from . import BASE, site
from .test_model import DATASET


def page(data: str, settings: CatalogueSettings = CatalogueSettings(), **config: object) -> str:  # noqa: B008  (frozen)
    """The page in English."""
    made = {one.path: one for one in renderer(site(data, settings, **config)).whole()}
    found = made.get("catalog.en.html")
    return b"".join(found.chunks()).decode() if found else ""


def test_nothing_of_the_data_is_markup() -> None:
    """Texts are escaped, and an address that is not safe to follow is no link."""
    text = page(
        ':set a dcat:Dataset ; dct:title "<b>x</b>"@en ; dct:description "<script>y</script>"@en ;'
        ' dcat:keyword "<i>k</i>"@en ; dcat:contactPoint [ vcard:fn "<u>Z</u>" ; vcard:hasURL <javascript:alert(1)> ] ;'
        ' dct:publisher [ foaf:name "\\"><img>" ] ; dct:license <javascript:alert(2)> .'
    )
    content = text.partition("<main")[2]
    assert "&lt;b&gt;x&lt;/b&gt;" in content
    for markup in ("<b>x", "<script>y", "<i>k", "<u>Z", "<img", 'href="javascript:'):
        assert markup not in content


def test_a_service_and_further_datasets_are_shown() -> None:
    """With a link to the endpoint, and to each dataset that the data describe beside the whole."""
    text = page(
        DATASET + ':other a dcat:Dataset ; dct:title "Other"@en .',
        CatalogueSettings(endpoint=f"{BASE}sparql", dataset=f"{BASE}set"),
    )
    assert f'href="{BASE}sparql"' in text
    assert '<a href="other.en.html">Other</a>' in text


def test_a_site_without_an_address_has_no_such_page() -> None:
    """And nothing leads to it; nor where the settings publish no catalogue."""
    assert page("<urn:a> <urn:b> 1 .", base="") == ""
    made = renderer(site(DATASET, formats=("html",))).whole()
    assert not [one.path for one in made if one.path.startswith("catalog") or b"catalog." in b"".join(one.chunks())]
