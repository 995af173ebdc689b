"""What is wrong with an HTML page: parse errors, elements where they must not stand, repeated ids, scripts, styles."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5rdf  # type: ignore[import-untyped]

HTML = "{http://www.w3.org/1999/xhtml}"
BLOCK = {"address", "article", "aside", "blockquote", "details", "div", "dl", "dd", "dt", "figure", "footer", "form"}
BLOCK |= {"h1", "h2", "h3", "h4", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}
PHRASING = {"a", "b", "code", "data", "em", "h1", "h2", "h3", "p", "span", "strong", "summary", "time"}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div"},
    "tr": {"th", "td"},
    "table": {"caption", "thead", "tbody"},
}


_SCRIPTS = ("assets/query-start.js", "assets/search-start.js")
_SEARCH = r"(\.\./)*search(\.\w+)?\.html"


@lru_cache(maxsize=512)
def parse(page: bytes) -> Element:
    """The page's tree; a parse error of HTML 13.2 raises."""
    parser = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(page.decode())
    return root


def elements(root: Element, name: str) -> Iterator[Element]:
    """All elements of a name."""
    return root.iter(name)


def faults(page: bytes) -> list[str]:
    """What is wrong with a page; empty if nothing is."""
    try:
        root = parse(page)
    except html5rdf.html5parser.ParseError as error:
        return [f"does not parse: {error}"]
    return [*_structure(root, ()), *_attributes(root), *_outline(root)]


def _structure(element: Element, above: tuple[str, ...]) -> Iterator[str]:
    name = str(element.tag)
    if name in BLOCK and (inside := PHRASING.intersection(above)) and not _allowed(name, above):
        yield f"<{name}> inside {sorted(inside)}"
    if name in ("a", "summary") and "a" in above:
        yield f"<{name}> inside <a>"
    if name in ("script", "style", "iframe", "object", "embed", "form", "input") and not _is_known(element, above):
        yield f"<{name}>"
    allowed = CHILDREN.get(name)
    for child in element:
        if allowed and str(child.tag) not in allowed:
            yield f"<{child.tag}> directly inside <{name}>"
        yield from _structure(child, (*above, name))


def _is_known(element: Element, above: tuple[str, ...]) -> bool:
    """Whether an element is the theme's own: the block for search engines, the search form, the script of its page."""
    attributes = element.attrib
    match str(element.tag):
        case "form" if attributes.get("id") == "ask":  # hidden until its script runs
            return "hidden" in attributes and "action" not in attributes
        case "form":
            return (
                attributes.get("role") == "search" and re.fullmatch(_SEARCH, attributes.get("action", "")) is not None
            )
        case "input":
            fields = (("search", "q"), ("checkbox", "here"))
            return "form" in above and (attributes.get("type"), attributes.get("name")) in fields
        case "script" if "src" in attributes:
            name = re.sub(r"^(\.\./)*", "", attributes["src"])
            known = above[-1:] == ("head",) and name in _SCRIPTS
            return not element.text and (known or name == "assets/narrow.js")
    return element.tag == "script" and _is_data(element, above)


def _is_data(element: Element, above: tuple[str, ...]) -> bool:
    """Whether an element is the block for search engines: data, of which no part can be taken for markup."""
    if element.attrib != {"type": "application/ld+json"} or above[-1:] != ("head",) or len(element):
        return False
    text = element.text or ""
    return bool(json.loads(text)) and not any(sign in text for sign in "<>&\u2028\u2029")


def _allowed(name: str, above: tuple[str, ...]) -> bool:
    """Block elements inside a phrasing element that lies outside of the nearest block container."""
    if name in ("h2", "h3") and above[-1:] == ("summary",):  # HTML 4.11.2: intermixed with heading content
        return True
    for outer in reversed(above):
        if outer in PHRASING:
            return False
        if outer in ("dd", "details", "div", "li", "section", "td"):
            return True
    return True


def _attributes(root: Element) -> Iterator[str]:
    ids: set[str] = set()
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "style" or key.startswith("on"):
                yield f"attribute {key}"
            if key == "id":
                if value in ids or not value or any(c.isspace() for c in value):
                    yield f"id {value!r}"
                ids.add(value)
            if key in ("href", "src", "cite") and value.strip().lower().startswith(
                ("javascript:", "data:", "vbscript:")
            ):
                yield f"{key}={value}"
            if key == "lang" and not value:
                yield "empty lang"
    wanted = {element.attrib["aria-labelledby"] for element in root.iter() if "aria-labelledby" in element.attrib}
    yield from (f"aria-labelledby={name}" for name in sorted(wanted - ids))


def _outline(root: Element) -> Iterator[str]:
    headings = [int(str(e.tag)[1]) for e in root.iter() if str(e.tag) in ("h1", "h2", "h3", "h4", "h5", "h6")]
    if headings.count(1) != 1:
        yield f"{headings.count(1)} h1"
    last = 0
    main = root.find(".//main")
    for element in main.iter() if main is not None else ():
        name = str(element.tag)
        if name in ("h1", "h2", "h3", "h4"):
            if int(name[1]) > last + 1 and last:
                yield f"{name} after h{last}"
            last = int(name[1])
    html = root if root.tag == "html" else root.find("html")
    if html is None or not html.attrib.get("lang"):
        yield "no lang"
    title = root.find(".//title")
    if title is None or not (title.text or "").strip():
        yield "no title"
    if main is None:
        yield "no main"


def text_of(element: Element) -> str:
    """All text inside an element as it is read: elements that begin a line are set apart, spaces are normalised."""

    def pieces(one: Element) -> Iterator[str]:
        apart = " " if one.tag in BLOCK or one.tag in ("caption", "summary", "td", "th", "tr") else ""
        yield apart + (one.text or "")
        for child in one:
            yield from pieces(child)
            yield child.tail or ""
        yield apart

    return " ".join("".join(pieces(element)).split())
