"""Free pages: Markdown files ``{name}.{language}.md`` that join the site; raw HTML in them shows as text."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from saite import language as languages
from saite.config import Config
from saite.errors import DataError, EnvironmentFault, Place
from saite.iri import safe_href
from saite.render.html.table import Table

FRONT: Final = "index"
"""The page whose text stands on the front page."""


@dataclass(frozen=True, slots=True)
class FreePage:
    """One page in the languages that its authors wrote.

    Attributes:
        name: its document.
        texts: Markdown by language, without the title.
        titles: the first heading by language.
    """

    name: str
    texts: Mapping[str, str]
    titles: Mapping[str, str]


def read_pages(config: Config) -> tuple[FreePage, ...]:
    """The free pages of a site folder, by name.

    Raises:
        DataError: a file without a language in its name, without a title, or not in UTF-8.
        EnvironmentFault: a file that cannot be read.
    """
    folder = config.root / config.pages
    texts: dict[str, dict[str, str]] = {}
    titles: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        place = Place(f"{config.pages}/{path.name}")
        name, dot, language = path.stem.rpartition(".")
        if not dot or language not in config.languages:
            raise DataError(
                f"the file name does not say one of the site's languages ({', '.join(config.languages)})",
                place=place,
                cure=f"Call it {(name or path.stem)}.{config.languages[0]}.md .",
            )
        title, text = _split(_read(path, place), place)
        if not title and name != FRONT:
            raise DataError("the page has no title", place=place, cure="Begin it with a heading: # Title")
        texts.setdefault(name, {})[language] = text
        titles.setdefault(name, {})[language] = title
    return tuple(FreePage(name, texts[name], titles[name]) for name in sorted(texts))


def _read(path: Path, place: Place) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError("the file is not UTF-8", place=place, cure="Save it as UTF-8.") from error
    except OSError as error:
        raise EnvironmentFault(f"cannot read the file: {error.strerror}", place=place) from error


def _split(text: str, place: Place) -> tuple[str, str]:
    """The first line as title, if it is a heading, and the rest."""
    head, _, rest = text.lstrip().partition("\n")
    return (head[2:].strip(), rest) if head.startswith("# ") else ("", text)


def as_html(text: str, table: Table) -> Markup:
    """Markdown (CommonMark with tables) as HTML.

    A link without a scheme leads to a document of this site in the page's language: ``[contact](contact)``. Links that
    are not safe to follow become plain text; of pictures, the words that stand for them are shown.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            token.tag = "h2"  # the page's title is the only h1
        token.children = _links(token.children, table) if token.children else token.children
    rendered: Any = markdown.renderer.render(tokens, markdown.options, {})
    return Markup(rendered)  # noqa: S704  (raw HTML is off, so the renderer escapes all text)


def opening(text: str) -> str:
    """The first paragraph of a Markdown text, without its markup; "" if there is none."""
    tokens = MarkdownIt("commonmark", {"html": False}).parse(text)
    inline = next((two for one, two in pairwise(tokens) if one.type == "paragraph_open"), None)
    pieces = inline.children if inline is not None else None
    return " ".join("".join(piece.content or " " * piece.type.endswith("break") for piece in pieces or ()).split())


def _links(tokens: list[Token], table: Table) -> list[Token]:
    kept: list[Token] = []
    open_links: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            href = _target(str(token.attrs.get("href", "")), table)
            open_links.append(bool(href))
            if not href:
                continue
            token.attrs["href"] = href
            if urlsplit(href).scheme:
                token.attrs["class"] = "external"
                token.attrs["rel"] = "external"
        elif token.type == "image":
            token = Token("text", "", 0, content=token.content)
        elif token.type == "link_close" and not open_links.pop():
            continue
        kept.append(token)
    return kept


def _target(href: str, table: Table) -> str:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return safe_href(href) or ""
    if not parts.path:
        return f"#{parts.fragment}" if parts.fragment else ""
    path = parts.path.lstrip("/")
    last = path.rpartition("/")[2]
    return table.file(path) if "." in last else table.href(path, parts.fragment)


def title_of(page: FreePage, language: str, config: Config) -> str:
    """A page's title for readers of a language."""
    found = languages.choose(page.titles, language, config.languages)
    return found[0] if found else page.name
