"""A validator that others wrote reads the pages of our own site (npm, fetched by ``make corpus``)."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from tests.any_rdf.corpora import fetched

from saite.namespaces import RDF, RDFS

SCHEMA = "http://schema.org/"
SCRIPT = """
import fs from "node:fs";
import Validator from "@adobe/structured-data-validator";
import Extractor from "@marbec/web-auto-extractor";
const [vocabulary, list] = process.argv.slice(1);
const validator = new Validator(JSON.parse(fs.readFileSync(vocabulary, "utf8")));
const types = {}, issues = [];
for (const file of JSON.parse(fs.readFileSync(list, "utf8"))) {
  const extractor = new Extractor({ addLocation: true, embedSource: ["rdfa", "microdata"] });
  const found = extractor.parse(fs.readFileSync(file, "utf8"));
  for (const type of Object.keys(found.jsonld)) types[type] = (types[type] ?? 0) + 1;
  for (const one of await validator.validate(found)) issues.push(`${one.severity} ${one.issueMessage} ${file}`);
  issues.push(...found.errors.map((one) => `${one.message} ${file}`));
}
console.log(JSON.stringify({ types, issues }));
"""
"""What is found in pages is judged: types, properties of types, and what Google asks of breadcrumbs and the like."""

_TERMS = {
    f"{RDFS}subClassOf": "rdfs:subClassOf",
    f"{SCHEMA}domainIncludes": "schema:domainIncludes",
    f"{SCHEMA}rangeIncludes": "schema:rangeIncludes",
}


def vocabulary() -> dict[str, Any]:
    """The vocabulary of schema.org as JSON-LD, as schema.org gives it."""
    file = fetched() / "schema" / "schema.nq"
    if not file.is_file():
        pytest.skip("make corpus fetches the vocabulary")
    found: dict[str, dict[str, Any]] = {}
    for quad in parse(path=str(file), format=RdfFormat.N_QUADS):
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode):
            continue
        if subject.value.startswith(SCHEMA):
            node = found.setdefault(subject.value, {"@id": subject.value.replace(SCHEMA, "schema:")})
            if predicate == f"{RDF}type" and value.value in (f"{RDFS}Class", f"{RDF}Property"):
                node["@type"] = value.value.replace(RDFS, "rdfs:").replace(RDF, "rdf:")
            elif predicate in _TERMS:
                node.setdefault(_TERMS[predicate], []).append({"@id": value.value.replace(SCHEMA, "schema:")})
    return {"@graph": list(found.values())}


def judged(files: list[Path], folder: Path) -> Any:
    """What the validator says of some pages."""
    modules = fetched() / "clients"
    if not (modules / "node_modules" / "@adobe").is_dir():
        pytest.skip("make corpus fetches the validator")
    node = shutil.which("node")
    assert node is not None
    (folder / "vocabulary.json").write_text(json.dumps(vocabulary()))
    (folder / "pages.json").write_text(json.dumps([str(file) for file in files]))
    command = [node, "--input-type=module", "-e", SCRIPT, str(folder / "vocabulary.json"), str(folder / "pages.json")]
    return json.loads(subprocess.run(command, cwd=modules, capture_output=True, text=True, check=True).stdout)


@pytest.mark.slow
def test_the_blocks_of_all_pages_pass(own: Path, tmp_path: Path) -> None:
    """Every page of the site in every language, without an error and without a warning."""
    said = judged([file for file in sorted(own.rglob("*.html")) if file.name != "404.html"], tmp_path)
    assert said["issues"] == []
    wanted = {"BreadcrumbList", "CollectionPage", "Country", "Dataset", "DefinedTerm", "DefinedTermSet", "Event"}
    assert wanted | {"Organization", "Place", "Project", "WebPage"} <= set(said["types"])


@pytest.mark.slow
def test_the_validator_sees_what_is_wrong(own: Path, tmp_path: Path) -> None:
    """A type, a property and a breadcrumb that schema.org and Google do not have so are found."""
    page = (own / "event" / "caep-conference-2016.en.html").read_text()
    wrong = {
        '"@type":"Event"': '"@type":"Evnt"',
        '"startDate"': '"sizes"',
        '"position":2,"name":"Browse",': '"position":2,',
    }
    for number, (old, new) in enumerate(wrong.items()):
        assert old in page
        file = tmp_path / f"{number}.html"
        file.write_text(page.replace(old, new))
        assert len(judged([file], tmp_path)["issues"]) == 1, new
