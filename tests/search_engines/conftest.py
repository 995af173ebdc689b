"""The repository's own site, built as anybody would."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.render_profiles.test_files import ROOT

from saite import pipeline

from .blocks import Head

SOURCES = ("data", "ontology", "pages", "queries", "saite.toml", "shapes")


@pytest.fixture(scope="module", autouse=True)
def settled() -> Iterator[None]:
    """The models of schema.org's classes stay for good, and are not looked through for garbage by later tests."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built folder."""
    folder = tmp_path_factory.mktemp("own")
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    pipeline.build(folder, folder / "site", pipeline.Options(durable=False))
    return folder / "site"


@pytest.fixture(scope="session")
def heads(own: Path) -> dict[str, Head]:
    """The heads of its pages, by path."""
    files = (file for file in sorted(own.rglob("*.html")) if file.name != "404.html")
    return {file.relative_to(own).as_posix(): Head(file.read_text(encoding="utf-8")) for file in files}
