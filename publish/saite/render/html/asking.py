"""The query page: SPARQL in the reader's browser over the site's dump, and on the server where there is one.

A script of ours does it, with the engine of :mod:`saite.render.html.vendor`; without scripts, or without the engine,
the page leads to the ready-made queries and to the dumps. The editor is that of the endpoint's page.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import orjson

from saite.artifact import Artifact
from saite.errors import SaiteError
from saite.iri import quoted
from saite.render.dumps import dump_name
from saite.render.html import vendor
from saite.render.html.edition import Edition, Entry
from saite.render.html.queries import ASKING as DOCUMENT
from saite.render.html.queries import DOCUMENT as QUERIES
from saite.render.html.queries import titled
from saite.site.model import QueryFile, Site
from saite.store.parameters import Parameter, values
from saite.store.request import request
from saite.terms import NamedNode

TERMS: Final = "query/terms.json"
"""The names that the editor completes."""

_MOST_TERMS: Final = 5_000
_FIRST: Final = (
    "SELECT ?class (COUNT(?thing) AS ?things)\nWHERE { ?thing a ?class }\nGROUP BY ?class\nORDER BY DESC(?things)\n"
)


def wanted(site: Site) -> bool:
    """Whether a site has the page: there must be a dump to ask."""
    return "dumps" in site.config.formats


class AskingPage:
    """Makes the page in one language."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def page(self) -> tuple[Artifact, ...]:
        """The page."""
        edition = self._edition
        site = edition.site
        table = edition.table(DOCUMENT)
        title = edition.gettext("Ask the data")
        examples = list(self._examples())
        return edition.page(
            "asking.html",
            DOCUMENT,
            title,
            entry=QUERIES,
            title=title,
            able=vendor.there(*vendor.ENGINE),
            examples=[(query.name, table.wrap(*titled(query, edition)), text) for query, text in examples],
            first=examples[0][1] if examples else _FIRST,
            settings=orjson.dumps(self._settings()).decode(),
            queries=table.href(QUERIES) if site.queries else "",
            downloads=table.href("downloads"),
            notices=table.file(vendor.NOTICES),
            trail=edition.trail(DOCUMENT, through=Entry(QUERIES, edition.gettext("Queries")) if site.queries else None),
        )

    def _examples(self) -> Iterator[tuple[QueryFile, str]]:
        """The ready-made queries as they can be run, with the language of the page and the defaults in place."""
        for query in self._edition.site.queries:
            yield query, runnable(query, self._edition.language, self._edition.site.config.all_prefixes())

    def _settings(self) -> dict[str, Any]:
        """What the script is told; its texts among it."""
        edition = self._edition
        config = edition.site.config
        table = edition.table(DOCUMENT)
        gettext = edition.gettext
        name = dump_name(edition.site)
        return {
            "dump": table.file(f"dump/{name}.nq.gz"),
            "plain": table.file(f"dump/{name}.nq"),
            "endpoint": table.file("sparql"),
            "terms": table.file(TERMS),
            "root": table.file(""),
            "base": edition.site.base,
            "documents": [[rule.iri, rule.path] for rule in config.documents],
            "folded": [fold.type for fold in config.fold],
            "ending": edition.ending,
            "language": edition.language,
            "languages": list(config.languages),
            "texts": {
                "engine": gettext("The query engine is being loaded"),
                "data": gettext("The data are being loaded: %(done)s of %(total)s MB"),
                "running": gettext("The query runs"),
                "stopped": gettext("Stopped."),
                "failed": gettext("That did not work"),
                "broken": gettext("The data cannot be loaded now. Try again, or take the dump from the downloads."),
                "large": gettext("The data are large (%(total)s MB). Load them into this browser all the same?"),
                "place": gettext("Line %(line)s, column %(column)s"),
                "answer": gettext("Answer"),
                "rows": gettext("Rows: %(n)s"),
                "more": gettext("More rows"),
                "seconds": gettext("%(n)s s"),
                "yes": gettext("Yes"),
                "no": gettext("No"),
                "none": gettext("Nothing in the data fits."),
                "here": gettext("asked in this browser"),
                "there": gettext("asked on the server"),
                "sort": gettext("Sort by %(name)s"),
                "download": gettext("Download"),
                "chart": gettext("%(value)s by %(name)s"),
            },
        }


def runnable(query: QueryFile, language: str, prefixes: Mapping[str, str]) -> str:
    """A query without its header, with the defaults of its parameters in place, and a language of those of that kind.

    As it is where a parameter has no default.
    """
    text = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip() + "\n"
    parameters = [Parameter(name, kind, default or None) for name, (kind, default) in query.parameters.items()]
    given = {one.name: language for one in parameters if one.kind == "lang"}
    try:
        return request(text, values(parameters, given, prefixes)).bound.text
    except SaiteError:
        return text


def terms(site: Site) -> Iterator[Artifact]:
    """The names that the editor completes: classes, properties and concepts, with what they are called."""
    listed = (node for one in site.listings if one.kind == "scheme" for node in one.members)
    nodes = list(dict.fromkeys((*site.classes, *site.properties, *listed)))[:_MOST_TERMS]
    rows = [_row(site, node) for node in nodes]
    table = {"prefixes": dict(sorted(_prefixes(site, nodes).items())), "terms": sorted(rows)}
    yield Artifact(TERMS, "application/json", orjson.dumps(table))


def _row(site: Site, node: NamedNode) -> list[Any]:
    """IRI, what it is called, document."""
    labels = site.labels.all(node)
    ordered = [labels[tag] for tag in sorted(labels, key=lambda tag: (tag not in site.config.languages, tag))]
    document = site.addresses.document(node)
    return [node.value, ordered, quoted(document) if document is not None and "#" not in document else ""]


def _prefixes(site: Site, nodes: Sequence[NamedNode]) -> dict[str, str]:
    """The prefixes of the site, and further ones that some of the names need."""
    own = dict(site.config.prefixes)
    known = {**site.config.all_prefixes(), **site.prefixes}
    for prefix, namespace in known.items():
        if prefix and namespace not in own.values() and any(node.value.startswith(namespace) for node in nodes):
            own.setdefault(prefix, namespace)
    return own
