"""The SPARQL endpoint of a site."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serve.sparql.served import Served, running

from saite import starter
from saite.cli.main import run
from saite.query.endpoint import endpoint
from saite.serve.sparql.limits import Limits

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter site, built."""
    folder = tmp_path_factory.mktemp("endpoint") / "library"
    starter.write(folder)
    assert run(["build", "-q", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def serving(site: Path) -> Iterator[Served]:
    """Its endpoint."""
    with endpoint(site, Limits(processes=2)) as made, running(made) as serving:
        yield serving


def test_it_answers_from_the_built_site(site: Path, serving: Served, capsys: pytest.CaptureFixture[str]) -> None:
    """What is asked is the store that saite query keeps, and the answers are the same."""
    assert serving.endpoint.dataset.store.parent == site / ".saite"
    assert run(["query", "-q", "-s", str(site), COUNT, "-f", "csv"]) == 0
    assert serving.ask(COUNT, "text/csv").text.split() == capsys.readouterr().out.split()


def test_every_example_of_the_site_runs(site: Path, serving: Served) -> None:
    """The queries of the catalogue are offered, in the languages of the site, and answer as they stand."""
    names = [path.stem for path in sorted((site / "queries/examples").glob("*.rq"))]
    page = serving.send("GET", headers={"Accept": "text/html"}).text
    for name in names:
        assert f"example={name}&amp;" in page
        example = serving.endpoint._examples[name]
        assert example.titles
        assert serving.ask(example.text).status == 200


def test_sources_without_a_built_site_answer_too(tmp_path: Path) -> None:
    """Where nothing is kept on disk, the store lies in a temporary folder, which goes with the endpoint."""
    (tmp_path / "some.ttl").write_text("<https://example.org/a> a <https://example.org/B> .", encoding="utf-8")
    with endpoint(tmp_path / "some.ttl", Limits(processes=2)) as made:
        folder = made.dataset.store
        with running(made) as serving:
            assert serving.ask(COUNT, "text/csv").text.split() == ["n", "1"]
    assert not folder.exists()
