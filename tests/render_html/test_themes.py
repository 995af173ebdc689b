"""A site's own theme: templates, colours and files before those of the engine; and what is told of wrong ones."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.errors import ConfigError
from saite.render.html import renderer
from saite.render.html.assets import FOLDER
from saite.render.html.theme import contrast, tokens

from .checks import faults
from .domain import domain_site

CSS = (FOLDER / "saite.css").read_text(encoding="utf-8")


def themed(root: Path, files: dict[str, str]) -> dict[str, bytes]:
    """The pages of a site with a theme."""
    for name, text in files.items():
        path = root / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    site = domain_site(root)
    maker = renderer(site)
    made = [artifact for resource in site.resources() for artifact in maker.resource(resource)]
    return {artifact.path: b"".join(artifact.chunks()) for artifact in (*made, *maker.whole())}


def test_a_template_is_built_on_ours(tmp_path: Path) -> None:
    """It changes a block, in the language of the page, and leaves all else; every page stays valid."""
    own = '{{ super() }}<p>{{ _("Browse") }}: {{ label }}</p>'
    text = f'{{% extends "saite/entity.html" %}}{{% block main %}}{own}{{% endblock %}}'
    pages = themed(tmp_path, {"templates/entity.html": text})
    assert b"<p>Browse: Forum of" in pages["event/forum.en.html"]
    assert "<p>Pārlūkot: ".encode() in pages["event/forum.lv.html"]
    assert b'<dl class="facts">' in pages["event/forum.en.html"]
    assert b"<p>Browse" not in pages["index.en.html"]
    assert faults(pages["event/forum.en.html"]) == []


def test_a_part_of_the_frame_is_replaced(tmp_path: Path) -> None:
    """On every page, made once for all."""
    pages = themed(tmp_path, {"templates/frame/bottom.html": "<footer>Ours & {{ edition.title }}</footer>"})
    assert all(b"<footer>Ours" in page for path, page in pages.items() if path.endswith("en.html"))


def test_what_is_put_out_is_escaped(tmp_path: Path) -> None:
    """In a template of a theme as in ours."""
    text = "{% extends 'saite/front.html' %}{% block main %}<h1>{{ '<b>' }}</h1>{% endblock %}"
    assert b"<h1>&lt;b&gt;</h1>" in themed(tmp_path, {"templates/front.html": text})["index.en.html"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "{% extends 'saite/front.html' %}\n{% block main %}\n{{ nothing_of_the_kind }}{% endblock %}",
            3,
            "nothing_of",
        ),
        ("{% extends 'saite/front.html' %}\n{% block main %}{% if %}{% endblock %}", 2, "Expected an expression"),
        ("{% extends 'saite/front.html' %}\n\n{% block main %}{{ ways.nowhere.x }}{% endblock %}", 3, "nowhere"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, line: int, said: str) -> None:
    """File and line, and where the names are."""
    with pytest.raises(ConfigError) as refused:
        themed(tmp_path, {"templates/front.html": text})
    assert str(refused.value).startswith(f"theme/templates/front.html:{line}: ")
    assert said in str(refused.value)
    assert "docs/themes.md" in str(refused.value)


def test_colours_come_after_ours(tmp_path: Path) -> None:
    """Each page loads them, and only a site with a theme does."""
    dark = "@media (prefers-color-scheme: dark) { :root { --link: #7fd6c2; } }"
    pages = themed(tmp_path, {"tokens.css": f":root {{ --link: #0b5d4e; }}\n{dark}"})
    head = pages["event/forum.en.html"].decode()
    assert head.index("../assets/saite.css") < head.index('href="../assets/tokens.css"')
    assert b"--link: #0b5d4e" in pages["assets/tokens.css"]


def test_colours_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    """With the pair, the scheme and the ratio; what is set for light holds in dark too."""
    for css, said in (
        (":root { --link: #ccc; }", "--link (#ccc) cannot be read on --paper (#fff) in light colours"),
        (":root { --link: #0b5d4e; }", "in dark colours"),
        (":root { --mark: #5a3b00; }", "--mark-ink (#5a3b00) cannot be read on --mark (#5a3b00) in light"),
        ("@media (prefers-color-scheme: dark) { :root { --focus: #222; } }", "contrast of 3 to 1"),
    ):
        with pytest.raises(ConfigError) as refused:
            themed(tmp_path, {"tokens.css": css})
        assert str(refused.value).startswith("theme/tokens.css: ")
        assert said in str(refused.value)


def test_our_own_colours_can_be_read(tmp_path: Path) -> None:
    """A theme that says the same is taken."""
    light, dark = tokens(CSS)
    assert {"ink", "paper", "link", "focus"} <= set(light)
    assert "paper" in dark
    themed(tmp_path, {"tokens.css": CSS})


def test_files_of_a_theme_lie_beside_ours(tmp_path: Path) -> None:
    """One of the same name takes the place; one that no browser loads is refused."""
    pages = themed(tmp_path, {"assets/letters.css": "p {}", "assets/saite.svg": "<svg/>"})
    assert pages["assets/letters.css"] == b"p {}"
    assert pages["assets/saite.svg"] == b"<svg/>"
    with pytest.raises(ConfigError, match=r"notes\.txt"):
        themed(tmp_path, {"assets/notes.txt": "x"})


def test_a_folder_that_is_named_must_be_there(tmp_path: Path) -> None:
    """The usual name need not."""
    site = domain_site(tmp_path)
    assert site.config.theme == "theme"
    site.config = replace(site.config, theme="themes/ours")
    with pytest.raises(ConfigError, match="themes/ours"):
        renderer(site)


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_contrast_is_that_of_wcag(one: int, other: int) -> None:
    """Between 1 and 21, the same both ways; black on white is 21."""
    a, b = f"#{one:06x}", f"#{other:06x}"
    assert 1 <= contrast(a, b) == contrast(b, a) <= 21.0001
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.478, abs=0.001)
