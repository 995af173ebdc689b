"""``--endpoint`` of ``saite build`` and ``saite check``: the data of a store, told and failed like those of files."""

import json
import socket
from pathlib import Path

import pytest
from tests.store.engines import Engine

from saite import config
from saite.cli.main import run
from saite.graph import load
from saite.store import RemoteStore


@pytest.fixture
def served(library: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An engine with the data of the starter site, in the place of every endpoint."""
    store, _ = load(library, config.load(library))
    engine = Engine(store.native)
    monkeypatch.setattr(RemoteStore, "from_environment", lambda endpoint, timeout: engine)
    return engine


def test_a_site_is_built_and_checked_from_an_endpoint(
    library: Path, served: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same words and files as from the site's own files; the endpoint is asked, not they."""
    assert run(["build", str(library), "-o", str(tmp_path / "one")]) == 0
    one = capsys.readouterr().out
    assert served.asked == 0
    assert run(["build", str(library), "-o", str(tmp_path / "other"), "--endpoint", "http://e/sparql"]) == 0
    assert capsys.readouterr().out == one.replace("one", "other")
    assert served.asked > 0
    files = [
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "other")
    ]
    assert files[0] == files[1]
    assert run(["check", str(library), "--json", "--endpoint", "http://e/sparql"]) == 0
    assert json.loads(capsys.readouterr().out)["conforms"]


def test_findings_are_those_of_the_endpoint(library: Path, served: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault that only the endpoint has is found, and no place is made up for it in a file that says otherwise."""
    served.native.update(
        "DELETE { GRAPH ?g { ?book ?author ?x } } "
        "WHERE { GRAPH ?g { ?book ?author ?x } FILTER(STRENDS(STR(?x), 'rainis')) }"
    )
    assert run(["check", str(library)]) == 0
    capsys.readouterr()
    assert run(["check", str(library), "--json", "--endpoint", "http://e/sparql"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert found
    assert {finding["file"] for finding in found} == {None}
    assert run(["build", str(library), "--endpoint", "http://e/sparql"]) == 1
    assert not (library / "site").exists()


@pytest.mark.parametrize("command", ["build", "check"])
def test_what_cannot_be_asked_is_told(command: str, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A closed port, an address that is none and a file in place of a site: exit 2, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert run([command, str(library), "--endpoint", f"http://127.0.0.1:{port}/"]) == 2
    assert "out of reach" in capsys.readouterr().err
    assert run([command, str(library), "--endpoint", "http://anna:slepens@127.0.0.1/"]) == 2
    assert "SAITE_ENDPOINT_PASSWORD in the environment" in capsys.readouterr().err
    out = ["-o", str(library / "out")] if command == "build" else []
    assert run([command, str(library / "data" / "books.ttl"), *out, "--endpoint", f"http://127.0.0.1:{port}/"]) == 2
    assert "is a file, but the data come from the endpoint" in capsys.readouterr().err
