"""The store of a live site: it is kept, known again, and made anew when what it was made of changes."""

from pathlib import Path

import pytest
from tests.serve.live import odd

from saite import pipeline
from saite.errors import UsageError
from saite.query import live as module
from saite.query.live import live


def stores(site: Path) -> list[Path]:
    """What is kept."""
    return sorted(path for path in (site / ".saite").iterdir() if path.is_dir())


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be read anew."""

    def judge(*_: object) -> None:
        raise AssertionError("the sources are read again")

    monkeypatch.setattr(module, "judge", judge)


def test_the_second_start_reads_and_checks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the same findings, prefixes and answers of queries."""
    site = odd.write(tmp_path / "site", 3)
    with live(site) as first:
        pass
    forbid(monkeypatch)
    with live(site) as second:
        assert first.site.findings
        assert second.site.findings == first.site.findings
        assert second.site.queries == first.site.queries
        assert second.site.queries[0].answers
        assert second.site.config.prefixes == first.site.config.prefixes
        assert second.dataset.version == first.dataset.version


@pytest.mark.parametrize("name", ["data/all.ttl", "saite.toml", "queries/examples/near.rq"])
def test_a_change_of_what_it_is_made_of_makes_it_anew(tmp_path: Path, name: str) -> None:
    """A source, the settings, a query: the store of before is removed, unless somebody still has it open."""
    site = odd.write(tmp_path / "site", 3)
    with live(site) as first:
        path = site / name
        path.write_text(path.read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")
        with live(site) as second:
            assert len(stores(site)) == (1 if name == "saite.toml" else 2)
            assert (second.dataset.version == first.dataset.version) == (name == "saite.toml"), (
                "a comment is no setting"
            )
            assert len(second.site) == len(first.site)
    with live(site):
        assert stores(site) == [second.dataset.store]


def test_a_damaged_store_is_made_anew(tmp_path: Path) -> None:
    """Whatever is wrong with what is kept, the site is there."""
    site = odd.write(tmp_path / "site", 3)
    with live(site) as first:
        pass
    (first.dataset.store / "quads" / "CURRENT").write_text("nonsense")
    with live(site) as second:
        assert len(second.site) == len(first.site)
    second.dataset.store.with_name(f"{second.dataset.store.name}.json").write_text("[]")
    with live(site) as third:
        assert third.site.findings == first.site.findings


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    """The store then lies in a temporary folder; so it does for a single file."""
    site = odd.write(tmp_path / "site", 3)
    (site / ".saite").write_text("in the way")
    with live(site) as found:
        assert found.dataset.store.is_dir()
    assert not found.dataset.store.exists()
    with live(site / "data" / "all.ttl") as alone:
        assert len(alone.site)
    assert not (site / "data" / ".saite").exists()


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """No site, and a built site."""
    with pytest.raises(UsageError), live(tmp_path / "nothing"):
        pass
    pipeline.build(odd.write(tmp_path / "site", 1), tmp_path / "built", pipeline.Options(force=True, durable=False))
    with pytest.raises(UsageError, match="not its sources"), live(tmp_path / "built"):
        pass
