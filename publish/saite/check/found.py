"""Events and data sets that search engines cannot show, since the data do not say enough of them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from pyoxigraph import QuerySolutions

from saite.finding import Finding, Severity
from saite.namespaces import RDF_TYPE, SAITE
from saite.schemaorg import Needs, Vocabulary
from saite.schemaorg.needs import DATASET, EVENT, types_of
from saite.schemaorg.words import lineage
from saite.store.protocol import Store
from saite.terms import NamedNode, Subject, Term, Triple

_KEPT: Final = 50_000


class _Words(NamedTuple):
    """What a finding says: the rule's title, the message and the cure, in each language."""

    title: Mapping[str, str]
    message: Mapping[str, str]
    cure: Mapping[str, str]


_WORDS: Final = {
    (EVENT, "name"): _Words(
        {"en": "Events without a name", "lv": "Pasākumi bez nosaukuma"},
        {
            "en": "Search engines cannot show this event: it has no name.",
            "lv": "Meklētāji nevar parādīt šo pasākumu: tam nav nosaukuma.",
        },
        {"en": "Add rdfs:label with a language tag.", "lv": "Pievienojiet rdfs:label ar valodas norādi."},
    ),
    (EVENT, "startDate"): _Words(
        {"en": "Events without a day", "lv": "Pasākumi bez dienas"},
        {
            "en": "Search engines cannot show this event: it has no date of its beginning, to the day.",
            "lv": "Meklētāji nevar parādīt šo pasākumu: tam nav sākuma datuma līdz dienai.",
        },
        {
            "en": "If a source gives the day, add it as xsd:date, by a property that matches schema:startDate.",
            "lv": "Ja kāds avots nosauc dienu, pievienojiet to kā xsd:date ar īpašību, kas atbilst schema:startDate.",
        },
    ),
    (EVENT, "location"): _Words(
        {"en": "Events without a place", "lv": "Pasākumi bez vietas"},
        {
            "en": "Search engines cannot show this event: the data do not say where it is held.",
            "lv": "Meklētāji nevar parādīt šo pasākumu: datos nav teikts, kur tas notiek.",
        },
        {
            "en": "If a source names the place, or the address of an online event, add it by a property that matches"
            " schema:location; the place needs a class that matches schema:Place. Otherwise leave it as it is.",
            "lv": "Ja kāds avots nosauc vietu vai tiešsaistes pasākuma adresi, pievienojiet to ar īpašību, kas atbilst"
            " schema:location; vietai vajag klasi, kas atbilst schema:Place. Citādi atstājiet, kā ir.",
        },
    ),
    (DATASET, "name"): _Words(
        {"en": "Data sets without a name", "lv": "Datu kopas bez nosaukuma"},
        {
            "en": "Search engines cannot show this data set: it has no name.",
            "lv": "Meklētāji nevar parādīt šo datu kopu: tai nav nosaukuma.",
        },
        {"en": "Add dct:title with a language tag.", "lv": "Pievienojiet dct:title ar valodas norādi."},
    ),
    (DATASET, "description"): _Words(
        {"en": "Data sets without a description", "lv": "Datu kopas bez apraksta"},
        {
            "en": "Search engines cannot show this data set: it has no description of at least 50 characters.",
            "lv": "Meklētāji nevar parādīt šo datu kopu: tai nav vismaz 50 rakstzīmju gara apraksta.",
        },
        {
            "en": "Add dct:description: what the data are about, where they come from, whom they serve.",
            "lv": "Pievienojiet dct:description: par ko ir dati, no kurienes tie nāk, kam tie der.",
        },
    ),
}


def check_found(store: Store) -> Iterator[Finding]:
    """An information for each thing that an event or a data set lacks to be shown by search engines.

    Pages then do not call it an event, or a data set (:mod:`saite.schemaorg.needs`).
    """
    vocabulary = Vocabulary(store.quads)

    @lru_cache(maxsize=_KEPT)
    def types(node: NamedNode) -> tuple[str, ...]:
        return types_of(
            (o for quad in store.quads(node, RDF_TYPE) if not isinstance(o := quad.object, Triple)), vocabulary
        )

    needs = Needs(vocabulary, types)
    for node, kind in _candidates(store, vocabulary):
        said: dict[NamedNode, list[Term]] = {}
        for quad in store.quads(node):
            if not isinstance(quad.object, Triple):
                said.setdefault(quad.predicate, []).append(quad.object)
        for name in needs.missing((kind,), said):
            yield _finding(node, kind, name)


def _candidates(store: Store, vocabulary: Vocabulary) -> Iterator[tuple[NamedNode, str]]:
    """The events and data sets of a dataset."""
    found = store.query("SELECT DISTINCT ?class { ?node a ?class }")
    assert isinstance(found, QuerySolutions)
    classes = sorted((node for row in found if isinstance(node := row["class"], NamedNode)), key=lambda one: one.value)
    met: set[tuple[Subject, str]] = set()
    for class_ in classes:
        above = frozenset().union(*map(lineage, types_of((class_,), vocabulary)))
        for kind in (EVENT, DATASET):
            if kind in above:
                for quad in store.quads(None, RDF_TYPE, class_):
                    node = quad.subject
                    if isinstance(node, NamedNode) and (node, kind) not in met:
                        met.add((node, kind))
                        yield node, kind


def _finding(node: NamedNode, kind: str, name: str) -> Finding:
    words = _WORDS[kind, name]
    return Finding(
        Severity.INFO,
        f"{SAITE}{kind.lower()}-without-{name}",
        messages=tuple(sorted(words.message.items())),
        cures=tuple(sorted(words.cure.items())),
        focus=node,
        titles=tuple(sorted(words.title.items())),
    )
