"""What holds for any RDF: links that lead nowhere, properties that nobody described, missing and repeated labels."""

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pyoxigraph import QuerySolutions

from saite.check.rules import own_rule, run
from saite.config import Config
from saite.finding import Finding
from saite.namespaces import SAITE
from saite.store.protocol import Store
from saite.terms import NamedNode

WITHIN_BASE: Final = ("dangling-link", "undescribed-property")
ANYWHERE: Final = ("no-label", "same-label")
_SHARE: Final = 0.9
_CANDIDATES: Final = 2000


def rule(name: str) -> str:
    """The IRI of one of Saite's own rules."""
    return SAITE + name


def check_links(store: Store, config: Config) -> Iterator[Finding]:
    """The findings of Saite's own rules.

    Links and properties are looked at where the data is at home: below the site's base, or, where no base is set,
    below the IRI that nine tenths of what the data describes begin with; elsewhere, others describe things.
    """
    home = config.base or home_of(store)
    if home:
        for name in WITHIN_BASE:
            found = list(run(store, own_rule(name), rule(name), {"base": home}))
            yield from _suggesting(found, store) if name == "dangling-link" else found
    for name in ANYWHERE:
        yield from run(store, own_rule(name), rule(name), {"base": config.base})


def home_of(store: Store) -> str:
    """The longest IRI, ending in ``/`` or ``#``, with which most described IRIs begin; "" if they share none."""
    subjects = [iri for iri in _described(store) if iri.startswith(("http://", "https://"))]
    counts: Counter[str] = Counter()
    for iri in subjects:
        authority = iri.find("/", iri.index("//") + 2)
        cuts = [i + 1 for i, char in enumerate(iri) if char in "/#" and i >= authority >= 0]
        counts.update(iri[:cut] for cut in cuts)
    shared = [prefix for prefix, count in counts.items() if count >= _SHARE * len(subjects)]
    return max(shared, key=len, default="")


def _described(store: Store) -> list[str]:
    found = store.query("SELECT DISTINCT ?s { ?s ?p ?o FILTER(ISIRI(?s)) }")
    assert isinstance(found, QuerySolutions)
    return sorted(s.value for row in found if isinstance(s := row["s"], NamedNode))


def _suggesting(found: list[Finding], store: Store) -> Iterator[Finding]:
    """Adds to the cure of a dangling link which described IRI beside it is spelt alike."""
    beside: dict[str, list[str]] = defaultdict(list)
    if found:
        for iri in _described(store):
            folder, name = _split(iri)
            beside[folder].append(name)
    near: dict[str, str] = {}
    for finding in found:
        assert isinstance(finding.value, NamedNode)
        iri = finding.value.value
        if iri not in near:
            folder, name = _split(iri)
            known = beside.get(folder, [])
            matches = difflib.get_close_matches(name, known, 1, 0.75) if len(known) <= _CANDIDATES else []
            near[iri] = folder + matches[0] if matches else ""
        if near[iri]:
            asked = {"en": "Did you mean", "lv": "Vai domājāt"}
            cures = tuple((lang, f"{asked[lang]} {near[iri]} ? {cure}") for lang, cure in finding.cures)
            yield replace(finding, cures=cures)
        else:
            yield finding


def _split(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:cut], iri[cut:]
