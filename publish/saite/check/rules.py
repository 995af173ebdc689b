"""Rule queries: each row of a ``.rq`` file is a finding. A rule is data, and so are its severity and its words."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import QuerySolutions

from saite.check.findings import filled, lexical
from saite.config import Config
from saite.errors import DataError, Place
from saite.finding import Finding, Severity
from saite.namespaces import SAITE
from saite.store.protocol import Store
from saite.store.queryfile import NamedQuery, find, load
from saite.terms import NamedNode, Term

_OWN = Path(__file__).parent / "queries"


def own_rule(name: str) -> NamedQuery:
    """One of the rule queries that come with Saite and hold for any RDF."""
    return load(_OWN / f"{name}.rq", f"{name}.rq")


def rule_iri(query: NamedQuery, config: Config) -> str:
    """What names the findings of a site's own rule query: an IRI below the site's base."""
    return f"{config.base or SAITE}rule/{query.name}"


def site_rules(config: Config) -> list[NamedQuery]:
    """The rule queries that a site's settings name.

    Raises:
        DataError: a file is no rule: it does not SELECT ?this.
    """
    queries = find(config.root, config.check.rules)
    for query in queries:
        if query.form != "SELECT" or not re.search(r"[?$]this\b", query.text):
            raise DataError(
                "a rule query selects what is wrong as ?this",
                place=Place(query.file),
                cure="Write SELECT ?this ?path ?value WHERE { ... }; each row is a finding.",
            )
    return queries


def run(store: Store, query: NamedQuery, rule: str, given: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """The findings of one rule query.

    ``?this`` is the focus node, ``?path`` the property, ``?value`` the value; all that is selected can stand in the
    messages and cures as ``{?name}``.

    Args:
        store: what to ask.
        query: the rule.
        rule: IRI that names it in findings.
        given: values of its parameters.

    Raises:
        SyntaxFault: the store refuses the query.
        DataError: a row has no ``?this``.
    """
    rows = query.run(store, given)
    assert isinstance(rows, QuerySolutions)
    names = [variable.value for variable in rows.variables]
    for row in rows:
        cells: dict[str, Term] = {n: row[n] for n in names if row[n] is not None}
        if "this" not in cells:
            raise DataError(
                "the rule query found a row without ?this",
                place=Place(query.file),
                cure="Bind ?this in every branch of the query.",
            )
        path = cells.get("path")
        values = {name: lexical(term) for name, term in cells.items()}
        title = query.titles or {"en": query.name}
        yield Finding(
            severity=query.severity or Severity.WARNING,
            rule=rule,
            messages=_filled(query.messages or title, values),
            cures=_filled(query.cures, values),
            focus=cells["this"],
            path=f"<{path.value}>" if isinstance(path, NamedNode) else "",
            value=cells.get("value"),
            titles=tuple(sorted(query.titles.items())),
        )


def _filled(texts: Mapping[str, str], values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((language, filled(texts[language], values)) for language in sorted(texts))
