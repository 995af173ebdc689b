"""The index: what leads where, that files are bounded, and that each build makes the same."""

import json
import random
from array import array
from collections.abc import Iterator
from typing import Any

import pytest
from tests.render_tables.sites import EX, site_of

from saite.iri import SITE_FOLDERS
from saite.namespaces import RDF_TYPE, RDFS, RDFS_LABEL, SKOS
from saite.render.search import FOLDER, renderer
from saite.render.search.index import FULL, LIMIT, MOST, coded, files
from saite.render.search.records import KINDS, Kind, Record, Records
from saite.render.search.words import key, near
from saite.site.model import Site
from saite.terms import Literal, NamedNode, Triple

ALTERNATIVE, HIDDEN, COMMENT = (NamedNode(iri) for iri in (SKOS + "altLabel", SKOS + "hiddenLabel", RDFS + "comment"))
TOWN, SCHOOL = (NamedNode(f"{EX}def#{name}") for name in ("Town", "School"))


def named(name: str, kind: NamedNode, *texts: tuple[NamedNode, str, str]) -> list[Triple]:
    """A thing with its kind and texts."""
    node = NamedNode(EX + name)
    return [
        Triple(node, RDF_TYPE, kind),
        *(Triple(node, predicate, Literal(text, language=tag)) for predicate, text, tag in texts),
    ]


@pytest.fixture
def towns() -> Site:
    """Two towns and a school."""
    return site_of(
        [
            *named("town/riga", TOWN, (RDFS_LABEL, "Rīga", "lv"), (RDFS_LABEL, "Riga", "en")),
            *named("town/riga", TOWN, (RDFS_LABEL, "Рига", "ru")),
            *named("town/riga", TOWN, (ALTERNATIVE, "Rīgas pilsēta", "lv"), (HIDDEN, "Reega", "en")),
            *named("town/riga", TOWN, (COMMENT, "Galvaspilsēta", "lv")),
            *named("town/ogre", TOWN, (RDFS_LABEL, "Ogre", "lv")),
            *named("school/one", SCHOOL, (RDFS_LABEL, "Rīgas 1. vidusskola", "lv")),
        ]
    )  # fmt: skip


def made(site: Site) -> dict[str, Any]:
    """The files of a site's index, read."""
    return {
        artifact.path.removeprefix(FOLDER): json.loads(b"".join(artifact.chunks()))
        for artifact in renderer(site).whole()
    }


def leads(index: dict[str, Any], word: str) -> dict[str, int]:
    """The documents to which a word leads, and its weight there."""
    found = index["w0.json"].get(key(word), [0])
    numbers, last = {}, 0
    for step in found[1:]:
        last += step >> 4
        numbers[index["r0.json"][last][0]] = step & FULL
    assert len(numbers) == found[0]
    return numbers


def test_names_of_all_sorts_lead_to_a_thing(towns: Site) -> None:
    """By labels, further names, hidden ones, texts and the last step of the address; a whole name counts most."""
    index = made(towns)
    assert leads(index, "riga") == {"town/riga": FULL, "school/one": FULL // 3}
    assert leads(index, "pilseta") == {"town/riga": (FULL - 1) // 2}
    assert leads(index, "galvaspilseta") == {"town/riga": 0}
    assert leads(index, "reega")
    assert leads(index, "one") == {"school/one": 1}


def test_a_hidden_name_is_not_shown(towns: Site) -> None:
    """It finds a thing, but stands in no record (SKOS Reference, 5.1)."""
    [riga] = [record for record in made(towns)["r0.json"] if record[0] == "town/riga"]
    assert riga == [
        "town/riga",
        {"lv": "Rīga", "en": "Riga", "ru": "Рига"},
        [["lv", "Rīgas pilsēta"]],
        {"lv": "Galvaspilsēta"},
    ]


def test_languages_of_labels_are_those_of_the_settings() -> None:
    """Names in languages that nobody asked for are further names: they find, and say why."""
    triples = named("a", TOWN, (RDFS_LABEL, "Rīga", "lv"), (RDFS_LABEL, "Рига", "ru"), (RDFS_LABEL, "Riia", "et"))
    [record] = [one for one in Records(site_of(triples, label_languages=("ru",))) if one.document == "a"]
    assert record.names == {"lv": "Rīga", "ru": "Рига"}
    assert record.others == (("et", "Riia"),)


def test_things_of_a_kind_stand_side_by_side(towns: Site) -> None:
    """The manifest says where each kind begins; what describes the data comes last."""
    manifest = made(towns)["manifest.json"]
    assert [(name, start) for name, _, start in manifest["kinds"]] == [("Town", 0), ("School", 2)]
    assert manifest["minor"] == manifest["count"] == 3
    assert manifest["languages"] == ["lv", "en"]


def test_many_kinds_become_one() -> None:
    """A site of a thousand classes does not have a thousand of them in its manifest; every thing is there."""
    classes = [NamedNode(f"{EX}def#C{number}") for number in range(100)]
    triples = [one for number, kind in enumerate(classes) for one in named(f"thing/{number}", kind)]
    manifest = made(site_of(triples))["manifest.json"]
    assert len(manifest["kinds"]) == KINDS + 1
    assert manifest["kinds"][-1][:2] == ["", {}]
    assert manifest["count"] == 100


def test_nothing_is_nothing() -> None:
    """A site without things has an index of which all files can be read."""
    index = made(site_of([]))
    assert set(index) == {"manifest.json"}
    assert index["manifest.json"]["count"] == 0


def test_every_build_makes_the_same(towns: Site) -> None:
    """Byte by byte, whatever the order of the triples."""
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in towns.quads()]
    other = site_of(reversed(triples))
    first, second = ([(one.path, b"".join(one.chunks())) for one in renderer(site).whole()] for site in (towns, other))
    assert first == second


def test_a_word_of_too_many_leads_to_those_that_it_is_most_of() -> None:
    """Of more than a file should hold, the greatest weights stay, and it is told how many there are."""
    numbers = array("I", (number << 4 | (FULL if number % 10 == 0 else 1) for number in range(3 * MOST)))
    found = coded(numbers)
    assert found[0] == 3 * MOST
    assert len(found) == MOST + 1
    assert sum(step & FULL == FULL for step in found[1:]) == 3 * MOST // 10


def test_the_folder_belongs_to_the_site() -> None:
    """No IRI of the data can take it."""
    assert FOLDER.partition("/")[0] in SITE_FOLDERS


_SYLLABLES = ("ka", "ze", "ri", "mo", "lā", "pu", "šķi", "bre", "gan", "tor", "vil", "nis", "dau", "gav", "tal", "sko")


class _Many:
    """Records with names of words as frequent as words are."""

    minor = 100_000

    def __init__(self) -> None:
        self.kinds = [Kind("Thing", {"en": "Thing"}, 0)]

    def __len__(self) -> int:
        return 100_000

    def __iter__(self) -> Iterator[Record]:
        chance = random.Random(2)
        known = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(30_000)]
        for number in range(len(self)):
            some = [known[min(int(chance.paretovariate(0.6)), len(known) - 1)] for _ in range(3)]
            yield Record(f"thing/{number}", {"lv": f"{' '.join(some)} {number}"})


def test_files_of_a_hundred_thousand_are_small_and_few() -> None:
    """None is larger than its bound; a question of two words with an error each needs a few hundred kilobytes."""
    sizes: dict[str, list[int]] = {}
    words: set[str] = set()
    manifest: dict[str, Any] = {}
    for file in files(_Many(), ("lv",)):
        sizes.setdefault(file.name[0], []).append(len(file.content))
        if file.name.startswith("w"):
            words.update(json.loads(file.content))
        elif file.name == "manifest.json":
            manifest = json.loads(file.content)
    assert max(max(some) for kind, some in sizes.items() if kind != "m") <= LIMIT
    assert sizes["m"][0] < 16_384
    assert {kind: len(some) for kind, some in sizes.items()} == {
        "m": 1, "n": len(manifest["near"]), "r": len(manifest["records"]), "w": len(manifest["words"]),
    }  # fmt: skip
    assert sum(map(len, sizes.values())) < 1_000
    assert all(str(number) in words for number in range(0, 100_000, 997))
    assert len(near("kazahstan")) * LIMIT <= 8 * LIMIT
