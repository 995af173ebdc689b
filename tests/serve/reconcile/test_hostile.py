"""Data that would like to be a program: what the service shows of a hostile site."""

from html.parser import HTMLParser
from pathlib import Path

from tests.security.hostile import RUN, hostile

from saite import config as settings
from saite.graph import load, public
from saite.serve.reconcile import preview
from saite.serve.reconcile.knowledge import Knowledge
from saite.site import build_site

TAGS = {"html", "head", "meta", "title", "style", "body", "h1", "a", "p", "dl", "dt", "dd", "br", "strong"}
ATTRIBUTES = {"lang", "dir", "charset", "name", "content", "href", "target", "rel", "class"}


class Judge(HTMLParser):
    """Notes elements, attributes and addresses; and the text of scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.links: set[str] = set()
        self.styles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        self.tags.add(tag)
        self.styles += tag == "style"
        self.names |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name == "href"}


def test_previews_and_flyouts_run_nothing(tmp_path: Path) -> None:
    """Of no entity, class or property does a text become markup or a link that runs."""
    hostile(tmp_path / "source")
    root = tmp_path / "source"
    config = settings.load(root)
    site = build_site(public(load(root, config)[0], config), config, answers={})
    knowledge = Knowledge(site)
    assert len(knowledge.entities) > 50
    for node in (*knowledge.entities, *knowledge.classes, *knowledge.properties):
        page = preview.page(knowledge, node, "en", "../").decode()
        judge = Judge()
        judge.feed(page)
        judge.feed(preview.piece(knowledge, node, "en"))
        assert judge.tags <= TAGS, node
        assert judge.names <= ATTRIBUTES, node
        assert judge.styles == 1
        assert all(link.startswith("../") for link in judge.links), node
        assert f"<script>{RUN}" not in page
