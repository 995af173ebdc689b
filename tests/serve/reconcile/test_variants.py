"""What the matcher is measured by: the variants, which were there before it."""

import sys

from tests.serve.reconcile.variants import NEIGHBOURS, Variant, entities, tally, unknown, variants

from saite.serve.reconcile.asked import Query
from saite.serve.reconcile.candidates import Candidate, candidates
from saite.serve.reconcile.knowledge import Knowledge
from saite.site.model import Site

LOW = 60.0
"""What is unknown scores less: of two words, one is then another one, or of one word nearly half of the letters."""


def show(*lines: str) -> None:
    """Prints lines (``pytest -s``)."""
    sys.stdout.write("\n".join(("", *lines, "")))


def asked(knowledge: Knowledge, variant: Variant) -> list[Candidate]:
    """The candidates for a variant."""
    return candidates(knowledge, Query(names=(variant.text,)))


def test_the_right_one_comes_first(own: Site, knowledge: Knowledge) -> None:
    """Of at least 500 variants over all entities, 95 % or more have the right entity first, of each kind 90 % or more.

    Where the service says that there can be no other (match), it is right, but for names that are another entity's
    very name in another script or language.
    """
    names = entities(own)
    made = variants(names)
    rows: list[tuple[str, bool]] = []
    wrong: list[str] = []
    false: list[Variant] = []
    matched: list[tuple[str, bool]] = []
    lowest = 100.0
    for variant in made:
        found = asked(knowledge, variant)
        right = bool(found) and knowledge.entities[found[0].number].value in variant.right
        rows.append((variant.kind, right))
        matched.append((variant.kind, bool(found) and found[0].match))
        if right:
            lowest = min(lowest, found[0].score)
        else:
            wrong.append(f"{variant.kind}: {variant.text!r} of {variant.origin!r}")
            false += [variant] if found and found[0].match else []
    told = {kind: count for kind, _, count in tally(matched)}
    firsts = sum(right for _, right in rows)
    share = firsts / len(rows)
    table = [(kind, total, first, told[kind]) for kind, total, first in tally(rows)]
    show(
        f"{'kind':<30}{'variants':>9}{'first':>7}{'%':>8}{'match':>7}",
        *(
            f"{kind:<30}{total:>9}{first:>7}{100 * first / total:>8.1f}{sure:>7}"
            for kind, total, first, sure in (*table, ("all", len(rows), firsts, sum(told.values())))
        ),
        f"of {len(names)} entities; the lowest score of a right one is {lowest:.1f}; not first:",
        *wrong,
    )
    assert len(made) >= 500
    assert {iri for variant in made for iri in variant.right} == set(names)
    assert share >= 0.95
    assert all(first / total >= 0.9 for _, total, first, _ in table)
    every = {name.text.casefold() for own_names in names.values() for name in own_names}
    assert [variant for variant in false if variant.text.casefold() not in every] == []
    assert lowest > LOW


def test_unknown_names_score_low(knowledge: Knowledge) -> None:
    """Invented persons, firms and towns score below 60, under all right ones; no name that is near is a match."""
    scores: dict[str, list[float]] = {}
    for variant in (*unknown(), *NEIGHBOURS):
        found = asked(knowledge, variant)
        scores.setdefault(variant.kind, []).append(found[0].score if found else 0.0)
        assert not any(one.match for one in found), variant
    show(
        f"{'kind':<30}{'names':>9}{'greatest':>10}",
        *(f"{kind:<30}{len(values):>9}{max(values):>10.1f}" for kind, values in scores.items()),
    )
    assert max(value for kind, values in scores.items() if kind.startswith("unknown") for value in values) < LOW
    assert max(map(max, scores.values())) < 80
