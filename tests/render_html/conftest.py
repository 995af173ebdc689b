"""The small site of our domain, rendered once."""

from pathlib import Path

import pytest

from saite.artifact import N_QUADS, TURTLE, Artifact
from saite.distribution import Distribution
from saite.render.html import renderer

from .domain import EVENT, domain_site


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every file of the site by path, with free pages and dumps of known size."""
    return files(make_root(tmp_path_factory.mktemp("site")))


def make_root(root: Path) -> Path:
    """A site folder with free pages."""
    folder = root / "pages"
    folder.mkdir()
    (folder / "index.lv.md").write_text("Sveiki! Par vietni lasi [šeit](about).\n", encoding="utf-8")
    (folder / "index.en.md").write_text("Welcome! [About](about).\n", encoding="utf-8")
    (folder / "about.lv.md").write_text("# Par vietni\n\nTeksts un [saite](https://example.com/x).\n", encoding="utf-8")
    (folder / "about.en.md").write_text(ABOUT, encoding="utf-8")
    return root


ABOUT = """# About

# A second title <script>alert(1)</script>

[the event](event/forum#forum-1), [bad](javascript:alert(1)), [query](queries/events.rq), ![picture](x.png)

| a | b |
|---|---|
| 1 | 2 |
"""


def artifacts(root: Path) -> list[Artifact]:
    """Everything that the renderer makes for the small site."""
    site = domain_site(root)
    made = renderer(site)
    for one in (
        Distribution("dump/site.ttl", TURTLE, 1_234_567, "0" * 64),
        Distribution("dump/site.nq.gz", N_QUADS, 999, "0" * 64, packed="application/gzip"),
        *(
            Distribution(f"table/{stem}.{ending}", "", 2_000, "0" * 64, of=of)
            for stem, of in (("Event", EVENT.value), ("query/events", "queries/events"))
            for ending in ("lv.csv", "en.csv", "xlsx")
        ),
        Distribution("table/Event.links.en.csv", "", 3_000, "0" * 64, of=EVENT.value),
    ):
        made.distributions[one.path] = one
    return [a for resource in site.resources() for a in made.resource(resource)] + list(made.whole())


def files(root: Path) -> dict[str, bytes]:
    """Contents by path; a path that is made twice raises."""
    found: dict[str, bytes] = {}
    for artifact in artifacts(root):
        assert artifact.path not in found, artifact.path
        found[artifact.path] = b"".join(artifact.chunks())
    return found
