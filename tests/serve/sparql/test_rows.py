"""Rows counted in bytes."""

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.serve.sparql.rows import RowCounter
from saite.terms import Literal, NamedNode, Quad

FORMS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
NASTY = st.text(st.sampled_from('"\\},{:\n\r\t<result>é'), max_size=12)


@pytest.mark.parametrize("form", FORMS)
@given(texts=st.lists(NASTY, unique=True, max_size=8), size=st.integers(1, 40))
def test_rows_are_counted_whatever_stands_in_them(form: str, texts: list[str], size: int) -> None:
    """The count is that of the rows, in whatever pieces the bytes come and whatever quotes and braces values have."""
    store = ox.Store()
    store.extend(Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal(text)) for text in texts)
    result = store.query("SELECT ?o ?unbound ?o2 { ?s ?p ?o BIND(?o AS ?o2) }")
    assert isinstance(result, ox.QuerySolutions)
    data = result.serialize(format=FORMS[form])
    assert data is not None
    counter = RowCounter(form)
    found = 0
    for start in range(0, len(data), size):
        found = counter.add(data[start : start + size])
    assert found == max(len(texts), 1 if form == "json" else 0)


def test_triples_are_counted() -> None:
    """A line of N-Triples is a triple."""
    assert RowCounter("ntriples").add(b'<a:b> <a:c> "1\\n2" .\n<a:b> <a:c> "2" .\n') == 2
