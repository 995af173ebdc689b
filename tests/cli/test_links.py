"""``saite check --links``."""

import json
from pathlib import Path

import pytest
from tests.web.hosts import Page, host

from saite.cli.main import run

FAST = ["--links", "--link-pause", "0", "--private-addresses"]


def test_a_dead_link_has_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a warning like any other: told in both languages, no reason to fail unless --fail-on says so."""
    with host() as found:
        found.pages = {"/moved": Page(301, {"Location": "/good"}), "/good": Page()}
        (tmp_path / "a.ttl").write_text(
            f"""@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/a> rdfs:label "a"@en ;
  rdfs:seeAlso <{found.url}/missing> ;
  rdfs:seeAlso <{found.url}/moved> ;
  rdfs:seeAlso <{found.url}/good> .
""",
            encoding="utf-8",
        )
        command = ["check", str(tmp_path), *FAST]
        assert run([*command, "--lang", "lv"]) == 0
        out, err = capsys.readouterr()
        assert "a.ttl:3" in out
        assert "vairs nav pieejams" in out
        assert "a.ttl:4" in out
        assert f"ierakstiet {found.url}/good" in out
        assert "3 addresses, 3 asked for now" in err
        before = len(found.asked)
        assert run([*command, "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)["findings"]
        assert {(row["rule"].rpartition("#")[2], row["line"]) for row in rows} >= {("dead-link", 3), ("moved-link", 4)}
        assert run([*command, "--fail-on", "warning"]) == 1
        assert len(found.asked) == before, "answers are kept"
        assert run([*command, "--link-kind", "same", "--fail-on", "warning"]) == 0


def test_a_built_site_and_its_links_are_not_asked_for(tmp_path: Path) -> None:
    """A build never asks the network, and the cache is no input."""
    with host() as found:
        (tmp_path / "a.ttl").write_text(
            f"<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#seeAlso> <{found.url}/x> .", "utf-8"
        )
        assert run(["check", "-q", str(tmp_path), *FAST]) == 0
        asked = len(found.asked)
        assert run(["build", "-q", str(tmp_path), "-o", str(tmp_path / "site")]) == 0
        assert run(["check", "-q", str(tmp_path)]) == 0
        assert len(found.asked) == asked


def test_private_links_are_not_asked_for(tmp_path: Path) -> None:
    """Whoever is asked would learn of them."""
    with host() as found:
        (tmp_path / "saite.toml").write_text(
            'base = "https://example.org/"\n[private]\nproperties = ["rdfs:seeAlso"]\n', "utf-8"
        )
        (tmp_path / "a.ttl").write_text(
            f"<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#seeAlso> <{found.url}/x> .", "utf-8"
        )
        assert run(["check", "-q", str(tmp_path), *FAST]) == 0
        assert found.asked == []


@pytest.mark.parametrize("more", [["--link-kind", "same"], ["--max-age", "0"], ["--private-addresses"]])
def test_how_to_ask_needs_that_is_asked(tmp_path: Path, more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Else the options would do nothing, and nobody would see it."""
    assert run(["check", str(tmp_path), *more]) == 2
    assert "--links" in capsys.readouterr().err


def test_without_a_network_the_environment_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, one message, no finding."""
    import socket

    def fail(*args: object, **more: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    (tmp_path / "a.ttl").write_text(
        "<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#seeAlso> <https://b.example/> .", "utf-8"
    )
    assert run(["check", str(tmp_path), "--links"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "cannot be checked" in err
    assert err.count("error:") == 1
