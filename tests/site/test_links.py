"""Backlinks come in pages, and a hub costs no more than what is read of it."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.site.links import FIRST, PAGE, LinkIndex
from saite.terms import NamedNode, Quad

from .graphs import BASE, ex, page, say, site_of


def hub(count: int) -> Iterator[Quad]:
    """A node to which others point by two properties."""
    yield Quad(ex("hub"), ex("p"), ex("hub"))
    for number in range(count):
        yield Quad(ex(f"n{number:06}"), ex("p"), ex("hub"))
        if number % 3 == 0:
            yield Quad(ex(f"n{number:06}"), ex("q"), ex("hub"))


def test_a_hub_has_pages_of_backlinks() -> None:
    """Fifty of each property on the first page, the others on further pages, each once and in order."""
    resource = page(site_of(list(hub(2_000))), "hub")
    assert [(g.total, len(g.subjects), g.start) for g in resource.backlinks] == [(2_000, FIRST, 0), (667, FIRST, 0)]
    pages = resource.backlink_pages
    assert len(pages) == len(list(pages)) == 6
    assert [sum(len(g.subjects) for g in groups) for groups in pages] == [PAGE] * 5 + [
        2_000 + 667 - 2 * FIRST - 5 * PAGE
    ]
    for position, name in enumerate("pq"):
        groups = [g for groups in (resource.backlinks, *pages) for g in groups if g.property == ex(name)]
        subjects = [say(s) for g in groups for s in g.subjects]
        assert subjects == sorted(set(subjects))
        assert len(subjects) == (2_000, 667)[position]
        assert [g.start for g in groups] == [sum(len(g.subjects) for g in groups[:n]) for n in range(len(groups))]
    assert pages[1:3] == (pages[1], pages[2])
    assert pages[-1] == pages[5]


def test_the_last_page_is_full_or_not() -> None:
    """No page is empty."""
    for count, expected in ((FIRST, 0), (FIRST + 1, 1), (FIRST + PAGE, 1), (FIRST + PAGE + 1, 2)):
        quads = [quad for quad in hub(count) if quad.predicate == ex("p")]
        assert [bool(groups) for groups in page(site_of(quads), "hub").backlink_pages] == [True] * expected


def test_a_page_of_a_hub_reads_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the resource of a hub nor one of its pages reads more than it shows."""
    site = site_of(list(hub(20_000)))
    read: list[int] = []
    sources = LinkIndex.sources

    def counted(self: LinkIndex, begin: int, end: int) -> list[int]:
        found = sources(self, begin, end)
        read.append(len(found))
        return found

    monkeypatch.setattr(LinkIndex, "sources", counted)
    resource = page(site, "hub")
    assert sum(read) == 2 * FIRST
    assert len(resource.backlink_pages[17]) == 1
    assert sum(read) == 2 * FIRST + PAGE


LINKS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(0, 70)), max_size=300)


@given(LINKS, st.sampled_from([(100, 4), (2**30, 2**10)]))
def test_the_index_finds_every_link_once(links: list[tuple[int, int, int]], sizes: tuple[int, int]) -> None:
    """By target and predicate, ascending, also where a key does not fit into 64 bits."""
    index = LinkIndex(links, *sizes)
    assert len(index) == len(set(links))
    for target in range(14):
        expected: dict[int, list[int]] = {}
        for _, predicate, source in sorted({link for link in links if link[0] == target}):
            expected.setdefault(predicate, []).append(source)
        spans = index.spans(target)
        assert {span.predicate: index.sources(span.begin, span.end) for span in spans} == expected
        assert list(expected) == [span.predicate for span in spans]
        few = index.few(target)
        assert few == (expected if sum(map(len, expected.values())) <= FIRST else None)


def test_backlinks_are_by_iri_of_the_subject() -> None:
    """The order does not depend on that of the data."""
    site = site_of(
        [Quad(NamedNode(iri), ex("p"), ex("x")) for iri in ("z:z", BASE + "b", "a:a")]
        + [Quad(ex("x"), ex("p"), ex("y"))]
    )
    assert [say(s) for s in page(site, "x").backlinks[0].subjects] == ["a:a", "b", "z:z"]
