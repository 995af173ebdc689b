"""What others have written for browsers: which, from where, and whose it is."""

import json
from pathlib import Path

import pytest
from tests.programs import web_assets

from saite.render.html import vendor

WEB = Path(vendor.__file__).parents[3] / "npm"


def test_the_lock_file_has_digests_and_no_addresses() -> None:
    """Where packages come from is the business of whoever builds."""
    text = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text
    assert "://" not in text
    packages = {name: told for name, told in json.loads(text)["packages"].items() if name}
    assert packages
    assert all(told["integrity"].startswith("sha512-") for told in packages.values())
    assert not any(told.get("hasInstallScript") for told in packages.values())


def test_the_engine_comes_with_its_licence() -> None:
    """A site that has it has the notices too."""
    web_assets()
    files = {artifact.path: artifact for artifact in (*vendor.engine(), *vendor.notices(vendor.ENGINE))}
    assert set(files) == {"assets/oxigraph.js", "assets/oxigraph.wasm", vendor.NOTICES}
    assert files["assets/oxigraph.wasm"].media_type == "application/wasm"
    notices = b"".join(files[vendor.NOTICES].chunks()).decode()
    assert "oxigraph 0.5" in notices
    assert "Apache-2.0" in notices


def test_without_them_there_is_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A laptop without Node builds all the same."""
    monkeypatch.setattr(vendor, "FOLDER", tmp_path)
    assert [*vendor.engine(), *vendor.notices(vendor.ENGINE)] == []
    assert not vendor.there(*vendor.ENGINE)
