"""The page of an endpoint: an editor that is a plain form where scripts do not run, and the answer below it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from saite import language as languages
from saite.config import Config
from saite.errors import SaiteError
from saite.language import Interface, format_number, interface, own_name
from saite.namespaces import PREFIXES
from saite.render.html.assets import FOLDER as EDITOR
from saite.serve.sparql.formats import offered
from saite.serve.sparql.inventory import Inventory
from saite.serve.sparql.limits import Limits
from saite.serve.sparql.problem import Problem
from saite.store.parameters import values
from saite.store.queryfile import NamedQuery
from saite.store.request import request

_SCRIPT: Final = "text/javascript; charset=utf-8"
ASSETS: Final = {
    "editor.css": (EDITOR / "editor.css", "text/css; charset=utf-8"),
    "editor.js": (EDITOR / "editor.js", _SCRIPT),
    "endpoint.js": (Path(__file__).parent / "assets" / "endpoint.js", _SCRIPT),
}
"""What the page loads: the editor, which is that of the site's query page, and what sends its queries here."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What browsers let the page do."""

_FIRST: Final = (
    "SELECT ?class (COUNT(?thing) AS ?things)\nWHERE { ?thing a ?class }\nGROUP BY ?class\nORDER BY DESC(?things)\n"
)
_LONG: Final = 6_000  # characters of a query that every browser and server takes in an address
_NAMES: Final = {
    "html": "HTML",
    "json": "JSON",
    "xml": "XML",
    "csv": "CSV",
    "tsv": "TSV",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "ntriples": "N-Triples",
    "rdfxml": "RDF/XML",
}
_GRAPHS: Final = [form for form in offered("graph") if form.name != "html"]

Gettext = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Example:
    """A query that the page offers.

    Attributes:
        name: as in ``?example=``.
        titles: what it asks, by language.
        text: the query, ready to run.
    """

    name: str
    titles: Mapping[str, str]
    text: str


def example(query: NamedQuery, prefixes: Mapping[str, str] = PREFIXES) -> Example:
    """One of a site's queries, with the defaults of its parameters in place; as it is where one has none."""
    text = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip() + "\n"
    try:
        text = request(text, values(query.parameters, {}, {**prefixes, **query.prefixes})).bound.text
    except SaiteError:
        return Example(query.name, query.titles, text)
    return Example(query.name, query.titles, text)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows.

    Attributes:
        query: the text in the editor.
        kind: the kind of the answer, "" for none.
        answer: the answer as HTML.
        problem: why there is none.
    """

    query: str | None = None
    kind: str = ""
    answer: str = ""
    problem: Problem | None = None


class Pages:
    """Makes the page in each language of a site.

    Args:
        config: the settings of the site.
        limits: told on the page.
        examples: offered on the page.
        path: path of the endpoint.
    """

    def __init__(self, config: Config, limits: Limits, examples: Sequence[Example], path: str) -> None:
        self._config = config
        self._limits = limits
        self._examples = examples
        self._leaf = path.rpartition("/")[2]

    def page(self, language: str, address: str, inventory: Inventory, shown: Shown) -> bytes:
        """The page in a language.

        Args:
            language: one of the site's.
            address: of the endpoint.
            inventory: of its dataset.
            shown: query and answer.
        """
        texts = interface(language)
        gettext = _escaping(texts)
        title = gettext("SPARQL endpoint")
        parts = [
            *self._head(title, texts, language),
            *self._top(gettext, language, shown),
            f'<main id="main" class="wide" tabindex="-1">\n<h1>{title}</h1>\n',
            *self._lead(gettext, address),
            *self._form(gettext, language, shown),
            '<section id="result" aria-live="polite">\n',
            *(self._problem(gettext, shown.problem) if shown.problem else self._answer(gettext, shown)),
            "</section>\n",
            *self._about(gettext, language, inventory),
            "</main>\n</body>\n</html>\n",
        ]
        return "".join(parts).encode()

    def _head(self, title: str, texts: Interface, language: str) -> Iterator[str]:
        assets = f"./{self._leaf}"
        yield (
            f'<!DOCTYPE html>\n<html lang="{texts.language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{title} – {escape(self._title(language))}</title>\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
            '<link rel="stylesheet" href="./assets/saite.css">\n'
            f'<link rel="stylesheet" href="{assets}/editor.css">\n'
            '<link rel="icon" href="./assets/saite.svg" type="image/svg+xml">\n'
        )
        for form in _GRAPHS:
            yield (
                f'<link rel="alternate" type="{form.media_type.partition(";")[0]}" title="{_NAMES[form.name]}" '
                f'href="./{self._leaf}?format={form.name}">\n'
            )
        yield f'<script type="module" src="{assets}/endpoint.js"></script>\n</head>\n<body>\n'

    def _title(self, language: str) -> str:
        found = languages.choose(self._config.title, language, self._config.languages)
        return found[0] if found else "Saite"

    def _top(self, gettext: Gettext, language: str, shown: Shown) -> Iterator[str]:
        skip, choice = gettext("Skip to the content"), gettext("Language")
        yield (
            f'<a class="skip" href="#main">{skip}</a>\n<header class="site">\n<div class="wide">\n'
            '<a class="brand" href="./">\n<img src="./assets/saite.svg" alt="" width="36" height="36">\n'
            f"<span>{escape(self._title(language))}</span>\n</a>\n"
        )
        if len(self._config.languages) > 1:
            yield f'<nav class="languages" aria-label="{choice}">\n<ul>\n'
            for tag in self._config.languages:
                name = escape(own_name(tag))
                if tag == language:
                    yield f'<li><span lang="{tag}" aria-current="true">{name}</span></li>\n'
                else:
                    href = escape(self._href(shown.query, lang=tag))
                    yield f'<li><a href="{href}" lang="{tag}" hreflang="{tag}">{name}</a></li>\n'
            yield "</ul>\n</nav>\n"
        yield "</div>\n</header>\n"

    @staticmethod
    def _lead(gettext: Gettext, address: str) -> Iterator[str]:
        told = gettext("Ask the data in SPARQL. Programs send their queries to %(address)s")
        yield f'<p class="description">{told % {"address": f"<code>{escape(address)}</code>"}}</p>\n'

    def _form(self, gettext: Gettext, language: str, shown: Shown) -> Iterator[str]:
        running, stop = gettext("The query runs"), gettext("Stop")
        failed = gettext("The server did not answer; is it reachable?")
        label, ask = gettext("The query"), gettext("Ask")
        form, here = gettext("Form of the answer"), gettext("on this page")
        keys = gettext("Ctrl+Enter asks, Ctrl+Space completes a name, Tab indents; Escape, then Tab leaves the field.")
        query = shown.query if shown.query is not None else self._first()
        line = shown.problem.line if shown.problem and shown.problem.line else ""
        yield (
            f'<form class="sparql" action="./{self._leaf}" method="get" data-terms="./{self._leaf}/terms.json" '
            f'data-line="{line}" data-asking="{running}" data-stop="{stop}" data-failed="{failed}">\n'
            f'<input type="hidden" name="lang" value="{escape(language)}">\n'
        )
        yield from self._offers(gettext, language)
        yield (
            f'<label for="query">{label}</label>\n'
            '<textarea id="query" name="query" rows="14" spellcheck="false" autocapitalize="off" autocomplete="off" '
            f'aria-describedby="keys">\n{escape(query)}</textarea>\n<p id="keys" class="keys" hidden>{keys}</p>\n'
            f'<p class="go"><label>{form} <select name="format">\n<option value="html" selected>{here}</option>\n'
        )
        yield from (f'<option value="{name}">{text}</option>\n' for name, text in _NAMES.items() if name != "html")
        yield f'</select></label> <button type="submit">{ask}</button></p>\n</form>\n'

    def _offers(self, gettext: Gettext, language: str) -> Iterator[str]:
        """The example queries: links that work as such, and with their texts for the script."""
        title = gettext("Example queries")
        if not self._examples:
            return
        yield f'<details class="examples"><summary>{title}</summary>\n<ul>\n'
        for example in self._examples:
            found = languages.choose(example.titles, language, self._config.languages) or (example.name, "")
            tag = f' lang="{escape(found[1])}"' if found[1] and found[1] != language else ""
            href = escape(f"./{self._leaf}?" + urlencode({"example": example.name, "lang": language}))
            text = escape(example.text).replace("\n", "&#10;")
            yield f'<li><a href="{href}" data-query="{text}"{tag}>{escape(found[0])}</a></li>\n'
        yield "</ul>\n</details>\n"

    def _answer(self, gettext: Gettext, shown: Shown) -> Iterator[str]:
        title, download = gettext("Answer"), gettext("Download")
        if not shown.kind:
            return
        yield f'<h2 id="answer">{title}</h2>\n{shown.answer}'
        if shown.query is not None and len(shown.query) <= _LONG:
            yield f'<p class="downloads">{download} '
            for form in offered(shown.kind):
                if form.name != "html":
                    href = escape(self._href(shown.query, format=form.name))
                    yield f'<a href="{href}" download>{_NAMES[form.name]}</a> '
            yield "</p>\n"

    @staticmethod
    def _problem(gettext: Gettext, problem: Problem) -> Iterator[str]:
        title, place = gettext("No answer"), gettext("Line %(line)s, column %(column)s")
        yield f'<div class="problem" role="alert">\n<h2>{title}</h2>\n<p>'
        if problem.line is not None:
            yield f"<strong>{place % {'line': problem.line, 'column': problem.column}}</strong>: "
        yield f'<span lang="en">{escape(problem.message)}</span></p>\n'
        if problem.excerpt is not None:
            at = (problem.column or 1) - 1
            before, here, after = problem.excerpt[:at], problem.excerpt[at : at + 1], problem.excerpt[at + 1 :]
            marked = f"{escape(before)}<mark>{escape(here or ' ')}</mark>{escape(after)}"
            yield f'<pre class="query" tabindex="0"><code>{marked}</code></pre>\n'
        if problem.cure:
            yield f'<p lang="en">{escape(problem.cure)}</p>\n'
        yield "</div>\n"

    def _about(self, gettext: Gettext, language: str, inventory: Inventory) -> Iterator[str]:
        title, description = gettext("About this endpoint"), gettext("Service description")
        graphs, name, count = gettext("Named graphs"), gettext("Name"), gettext("Triples")
        told = gettext("A query may take %(seconds)s seconds and %(memory)s MB; an answer may have %(rows)s rows.")
        limits = self._limits
        numbers = {"seconds": round(limits.seconds), "memory": limits.memory // 2**20, "rows": limits.rows}
        shown = {key: format_number(number, language) for key, number in numbers.items()}
        links = ", ".join(f'<a href="./{self._leaf}?format={f.name}">{_NAMES[f.name]}</a>' for f in _GRAPHS)
        yield f'<section aria-labelledby="about">\n<h2 id="about">{title}</h2>\n<p>{told % shown}</p>\n'
        yield f"<p>{description}: {links}</p>\n"
        if inventory.graphs:
            yield f'<table>\n<caption>{graphs}</caption>\n<thead><tr><th scope="col">{name}</th>'
            yield f'<th scope="col">{count}</th></tr></thead>\n<tbody>\n'
            for graph, triples in inventory.graphs.items():
                yield f"<tr><td><code>{escape(graph)}</code></td><td>{format_number(triples, language)}</td></tr>\n"
            yield "</tbody>\n</table>\n"
        yield "</section>\n"

    def _first(self) -> str:
        return self._examples[0].text if self._examples else _FIRST

    def _href(self, query: str | None, **more: str) -> str:
        said = {"query": query} if query is not None and len(query) <= _LONG else {}
        return f"./{self._leaf}?" + urlencode({**said, **more})


def _escaping(texts: Interface) -> Gettext:
    """Interface texts as HTML."""
    return lambda message: escape(texts.gettext(message))
