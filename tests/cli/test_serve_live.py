"""``saite serve --live`` as a process."""

from pathlib import Path

import pytest
from tests.cli.test_serve import serving

from saite.cli.main import run


def test_a_site_is_answered_without_a_folder(library: Path) -> None:
    """Pages, files, the endpoint, reconciliation; nothing is built, and the store is kept for the next start."""
    with serving(str(library), "--live") as server:
        assert server.get("id/book/emma")[0] == 200
        assert "Emma" in server.get("book/emma")[1]
        assert "lib:Book" in server.get("book/emma", "text/turtle")[1]
        assert server.get("book/nothing")[0] == 404
        assert "true" in server.get("sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D", "application/sparql-results+json")[1]
        assert "/id/book/emma" in server.get("reconcile?query=ema")[1]
    assert not (library / "site").exists()
    assert any(path.is_dir() and path.name.startswith("live-") for path in (library / ".saite").iterdir())


def test_live_and_watch_exclude_each_other(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told, before anything is read, what each is for."""
    assert run(["serve", str(library), "--live", "--watch"]) == 2
    assert "--live and --watch exclude each other" in capsys.readouterr().err
