"""Which data set a site is."""

import pytest
from tests.site.graphs import BASE, site_of

from saite.render.dataset import dataset


@pytest.mark.parametrize(
    ("trig", "found"),
    [
        (":set a dcat:Dataset .", "set"),
        (":set a <http://rdfs.org/ns/void#Dataset> . :a rdfs:label 'a' .", "set"),
        (":set a schema:Dataset .", "set"),
        (":a a dcat:Dataset . :b a dcat:Dataset .", None),
        (":a a dcat:Dataset . <> a dcat:Dataset .", ""),
        (":a a dcat:Dataset . <https://elsewhere.example/b> a dcat:Dataset .", "a"),
        ("<https://elsewhere.example/b> a dcat:Dataset . :a rdfs:label 'a' .", None),
        ("[] a dcat:Dataset . :a rdfs:label 'a' .", None),
        (":a a dcat:Catalog .", None),
        ("", None),
    ],
)
def test_the_one_data_set_of_the_host_or_that_of_the_base(trig: str, found: str | None) -> None:
    """Of several none has the better claim; what lies elsewhere, or has no page, is not this site."""
    node = dataset(site_of(trig))
    assert (node.value if node is not None else None) == (BASE + found if found is not None else None)
