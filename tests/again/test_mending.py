"""A site that is brought up to date after an edit is, byte for byte, what a build from nothing makes."""

import filecmp
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.again import sites

from saite.again import LastBuild, mending
from saite.pipeline import Options, build

OPTIONS = Options(check=False, durable=False, jobs=1)


@pytest.fixture(autouse=True)
def _small_sites_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "LEAST", 1)
    monkeypatch.setattr(mending, "_SHARE", 1)


@pytest.fixture(scope="module", autouse=True)
def _own_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


def rebuilt(site: Path, options: Options = OPTIONS) -> mending.Mended | None:
    """Bring a site up to date; what was done if it was not built whole."""
    last = LastBuild(site, None, options)
    made = last.mend()
    if made is not None:
        last.keep(made.before, made)
        return made
    built = build(site, None, options)
    last.keep({"files": built.written.files, "quads": len(built.judged.store)}, built)
    return None


def differences(site: Path, options: Options = OPTIONS) -> list[str]:
    """The files of a site that are not those of a build from nothing."""
    clean = site.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    build(site, clean, options)
    return sorted(_differing(filecmp.dircmp(clean, site / "site", ignore=[], hide=[])))


def _differing(compared: "filecmp.dircmp[str]", below: str = "") -> Iterator[str]:
    _, wrong, odd = filecmp.cmpfiles(compared.left, compared.right, compared.common_files, shallow=False)
    for name in (*compared.left_only, *compared.right_only, *wrong, *odd):
        yield below + name
    for name, inner in compared.subdirs.items():
        yield from _differing(inner, f"{below}{name}/")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built; not to be changed."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(mending, "LEAST", 1)
        site = sites.write(tmp_path_factory.mktemp("built") / "mysite")
        assert rebuilt(site) is None
        assert (site / ".saite" / "last-build" / "state").is_file()
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of it, known as built."""
    return copied(built, tmp_path / "mysite")


def copied(built: Path, to: Path) -> Path:
    """A copy of a built site, which is known as built where it is now."""
    shutil.copytree(built, to, ignore=shutil.ignore_patterns(".saite", "site"))
    assert rebuilt(to) is None
    return to


NEW = st.sampled_from(["jauns", "Čau", "āža", 'zz <b>&\\"', "projekts 7 z", "", " ", "x" * 600, "temats 1"])
EDITS = st.one_of(
    *[st.builds(sites.text, st.sampled_from(["data.ttl"] * 3 + [*sites.FILES]), st.integers(0, 500), NEW)] * 4,
    st.builds(sites.line, st.sampled_from(sites.FILES), st.integers(0, 100), st.sampled_from([0, 2])),
    st.builds(sites.rename, st.sampled_from(["p1", "t1", "anna", "riga"]), st.sampled_from(["p1", "b", "zeta"])),
    st.builds(
        sites.append,
        st.just("data.ttl"),
        st.sampled_from(
            [
                'x:new a x:Project ; rdfs:label "jauns" .\n',
                'x:p9 rdfs:label "cits"@lv .\n',
                "x:p9 x:leads x:anna .\n",
                'x:p9 rdfs:comment "Par 9." .\n',
                "# nothing\n",
                "PREFIX x: <https://example.org/y/>\n",
            ]
        ),
    ),
    st.builds(sites.template, st.sampled_from(["<nav>{{ steps|length }}</nav>", "<nav></nav>"])),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(EDITS, min_size=1, max_size=3))
def test_any_edits(built: Path, tmp_path_factory: pytest.TempPathFactory, edits: list[sites.Edit]) -> None:
    """One after another: change a text, add, remove, rename, edit a template."""
    site = copied(built, tmp_path_factory.mktemp("edits") / "mysite")
    try:
        for edit in edits:
            edit(site)
            rebuilt(site)
            assert differences(site) == []
    finally:
        shutil.rmtree(site.parent)
