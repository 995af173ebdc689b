"""Clients that others wrote read the served site without special settings."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef
from SPARQLWrapper import JSON, SPARQLWrapper
from tests.contract.site import BASE, MANY

TRIPLES = 9
"""What the documents of the thing hold: its own triples, and those of the part that is shown with it."""

SCRIPT = """
import jsonld from "jsonld";
import { QueryEngine } from "@comunica/query-sparql";
const [base, query] = process.argv.slice(2);
const engine = new QueryEngine();
const ask = (text, source) => engine.queryBindings(text, { sources: [source] });
const count = async (text, source) => (await (await ask(text, source)).toArray()).length;
const quads = await jsonld.toRDF(`${base}id/thing/one`, { format: "application/n-quads" });
console.log(JSON.stringify({
  jsonld: quads.trim().split("\\n").length,
  document: await count("SELECT * { ?s ?p ?o }", `${base}id/thing/one`),
  endpoint: await count(query, `${base}sparql`),
}));
"""


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # that is rdflib within itself
def test_rdflib_reads_things_documents_and_files(address: str) -> None:
    """By content negotiation through the redirect, and by the ending."""
    graphs = [Graph().parse(address + path) for path in ("id/thing/one", "thing/one", "thing/one.rdf", "id/part/first")]
    assert {len(graph) for graph in graphs} == {TRIPLES}
    assert (URIRef(BASE + "id/thing/one"), None, None) in graphs[0]


def test_sparqlwrapper_asks_the_endpoint(address: str) -> None:
    """At /sparql, beside the pages."""
    wrapper = SPARQLWrapper(address + "sparql")
    wrapper.setQuery(f"SELECT (COUNT(*) AS ?n) {{ ?s <{BASE}def#value> ?o }}")
    wrapper.setReturnFormat(JSON)
    answer: Any = wrapper.queryAndConvert()
    [row] = answer["results"]["bindings"]
    assert row["n"]["value"] == str(MANY)


@pytest.mark.slow
def test_jsonld_js_and_comunica_read_it(address: str, modules: Path) -> None:
    """A thing as JSON-LD, a thing as a source of triples, and the endpoint."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    script = modules / "ask.mjs"
    script.write_text(SCRIPT, encoding="utf-8")
    query = f"SELECT * {{ ?s a <{BASE}def#Thing> }}"
    done = subprocess.run([node, str(script), address, query], capture_output=True, text=True, timeout=120, check=True)
    assert json.loads(done.stdout) == {"jsonld": TRIPLES, "document": TRIPLES, "endpoint": 8}
