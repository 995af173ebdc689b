"""Small looks at an entity, for people who choose: a page for a frame, and a piece of HTML."""

import base64
import hashlib
from html import escape
from typing import Final

from saite.iri import quoted
from saite.language import direction
from saite.matching import NAME_PROPERTIES
from saite.namespaces import DESCRIPTION_PROPERTIES, RDF_TYPE
from saite.serve.reconcile.extend import cells_of
from saite.serve.reconcile.knowledge import Knowledge
from saite.terms import NamedNode

WIDTH: Final = 400
HEIGHT: Final = 240
"""Of the frame, in pixels."""

_STYLE: Final = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:0;padding:.6rem .8rem;color:#1b1b1b;background:#fff}"
    "h1{font-size:1.15rem;margin:0 0 .2rem}p{margin:.2rem 0}.types{color:#555}dl{margin:.5rem 0 0;display:grid;"
    "grid-template-columns:max-content 1fr;gap:.1rem .7rem}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}"
    "a{color:#0b57a4}@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}"
    ".types,dt{color:#aaa}a{color:#8ab8ff}}"
)
_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
"""What browsers let the page do: nothing but show itself, in the frame of any site."""

_ROWS: Final = 6
_VALUES: Final = 3
_LONGEST: Final = 80  # characters of a value
_HIDDEN: Final = frozenset((*NAME_PROPERTIES, *DESCRIPTION_PROPERTIES, RDF_TYPE))


def page(knowledge: Knowledge, node: NamedNode, language: str, root: str) -> bytes:
    """A page about an entity.

    Args:
        knowledge: of the site.
        node: the entity.
        language: of the reader.
        root: relative reference to the site's front page.
    """
    name, tag = knowledge.site.labels.best(node, language)
    address = place(knowledge, node, root)
    title = (
        f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(name)}</a>' if address else escape(name)
    )
    rows = "".join(
        f"<dt>{escape(term)}</dt><dd>{'<br>'.join(map(escape, values))}</dd>"
        for term, values in _rows(knowledge, node, language)
    )
    text = tag or language
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}" dir="{direction(language)}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{escape(name)}</title>\n<meta name="robots" content="noindex">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1 lang="{escape(text)}" dir="{direction(text)}">{title}</h1>\n{_about(knowledge, node, language)}\n'
        f"{f'<dl>{rows}</dl>' if rows else ''}\n</body>\n</html>\n"
    ).encode()


def piece(knowledge: Knowledge, node: NamedNode, language: str) -> str:
    """A piece of HTML about an entity, class or property (the flyout of 0.2, section 6.4)."""
    return f"<p><strong>{escape(knowledge.name(node, language))}</strong></p>{_about(knowledge, node, language)}"


def place(knowledge: Knowledge, node: NamedNode, root: str) -> str:
    """Relative reference to where a node is shown on the site, "" if nowhere."""
    found = knowledge.site.addresses.document(node)
    if found is None:
        return ""
    document, hash_, fragment = found.partition("#")
    return (root + quoted(document)) + hash_ + quoted(fragment)


def _about(knowledge: Knowledge, node: NamedNode, language: str) -> str:
    number = knowledge.number(node)
    types = [knowledge.name(one, language) for one in knowledge.types(number)] if number is not None else []
    described = knowledge.description(node, language)
    parts = [f'<p class="types">{escape(", ".join(types))}</p>'] if types else []
    parts += [f"<p>{escape(described)}</p>"] if described else []
    return "".join((*parts, f"<p>{escape(node.value)}</p>"))


def _rows(knowledge: Knowledge, node: NamedNode, language: str) -> list[tuple[str, list[str]]]:
    """The first properties that say more than the name, in the site's order of reading, with some of their values."""
    resource = knowledge.site.resource(node)
    found: list[tuple[str, list[str]]] = []
    for property in (row.property for row in resource.rows) if resource is not None else ():
        if property in _HIDDEN or len(found) == _ROWS:
            continue
        cells = cells_of(knowledge, node.value, property.value, language)
        values = [_cut(str(cell.value.get("name", next(iter(cell.value.values()))))) for cell in cells]
        if values:
            shown = values if len(values) <= _VALUES else [*values[:_VALUES], "…"]
            found.append((knowledge.name(property, language), shown))
    return found


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
