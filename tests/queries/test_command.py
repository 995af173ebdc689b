"""``saite query`` answers the competency questions of our site."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.queries.conftest import QUERIES, ROOT

from saite.cli.main import cli
from saite.cli.options import State

QUESTIONS = sorted((QUERIES / "competency").glob("*.rq"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our site's sources by themselves, so that a folder built earlier from others cannot answer for them."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(ROOT / "saite.toml", folder)
    for name in ("data", "ontology", "queries", "shapes"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: str(path.stem))
def test_the_command_prints_exactly_the_expected_answer(question: Path, site: Path) -> None:
    """Asked by file, with all graphs of the site as one, a question has the expected answer in CSV on stdout."""
    arguments = ["query", "--site", str(site), str(question), "--format", "csv"]
    result = CliRunner().invoke(cli, arguments, obj=State(), catch_exceptions=False)
    assert result.exit_code == 0
    assert result.stdout_bytes == question.with_suffix(".csv").read_bytes()
    assert "asked: the sources" in result.stderr
