"""A name that is looked up is the name of the list."""

from pathlib import Path

import pytest
from tests.serve.live import odd

from saite.graph import load
from saite.pipeline import settings_of
from saite.render.naming import Lookup, about, names
from saite.site import build_site


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The odd site."""
    return odd.write(tmp_path_factory.mktemp("odd") / "site", 5)


def test_each_name_is_found(folder: Path) -> None:
    """Documents, things, folded nodes, what is no more, IRIs that are not in normal form; and nothing else."""
    store, _ = load(folder, config := settings_of(folder))
    site = build_site(store, config)
    lookup = Lookup(site)
    found = list(names(site))
    assert len(found) > 30
    assert [lookup.name(name.path) for name in found] == found
    assert lookup.whole == about(site)
    paths = {name.path for name in found}
    others = {path + more for path in paths for more in ("x", "/", "#", " ", "%41", "\n")} - paths
    assert not [path for path in (*others, "", "id/", "<") if lookup.name(path)]
