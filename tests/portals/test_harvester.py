"""What a portal will show: CKAN's own parser reads the catalogue, and the page of the site says the same."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.any_rdf.corpora import fetched

pytestmark = pytest.mark.slow

VIEW = Path(__file__).with_name("ckan_view.py")
TITLES = {
    "lv": "Latvijas izglītības sadarbība ar Centrālāziju",
    "en": "Latvia's education cooperation with Central Asia",
}
EU = "http://publications.europa.eu/resource/authority/"
Dataset = dict[str, Any]


def ckan() -> str:
    """The Python of an environment with CKAN: what SAITE_CKAN names, else the one that ``make corpus`` makes."""
    found = os.environ.get("SAITE_CKAN") or str(fetched() / "ckan" / "bin" / "python")
    if not Path(found).exists():
        text = "there is no CKAN; run python -m tests.any_rdf.fetch, or name the Python of one in SAITE_CKAN"
        if os.environ.get("CI") == "true":
            pytest.fail(text)
        pytest.skip(text)
    return found


def harvested(path: Path) -> dict[str, list[Dataset]]:
    """The datasets that CKAN finds in a file, as portals of each language have them."""
    ran = subprocess.run([ckan(), str(VIEW), str(path), *TITLES], capture_output=True, check=True)
    found: dict[str, list[Dataset]] = json.loads(ran.stdout)
    return found


@pytest.fixture(scope="session")
def seen(files: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Dataset]:
    """The one dataset that CKAN finds in the RDF/XML, by language."""
    path = tmp_path_factory.mktemp("portal") / "catalog.rdf"
    path.write_bytes(files["catalog.rdf"])
    found = harvested(path)
    assert {language: len(datasets) for language, datasets in found.items()} == dict.fromkeys(TITLES, 1)
    return {language: datasets[0] for language, datasets in found.items()}


def extras(dataset: Dataset) -> dict[str, str]:
    """What CKAN keeps beside its own fields."""
    return {extra["key"]: extra["value"] for extra in dataset["extras"]}


class _Texts(HTMLParser):
    """The texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def words(page: bytes) -> str:
    """The text of a page's content, on one line."""
    parser = _Texts()
    parser.feed(page.decode().partition("<main")[2].partition("</main>")[0])
    return re.sub(r"\s+", " ", " ".join(parser.texts))


def test_there_is_one_dataset_with_all_that_portals_ask_for(seen: dict[str, Dataset], capsys: Any) -> None:
    """Titles in both languages, publisher, contact, licence, themes, languages, frequency, coverage, version."""
    for language, dataset in seen.items():
        told = extras(dataset)
        assert dataset["title"] == TITLES[language]
        assert dataset["version"] == "1.0.0"
        assert told["publisher_name"] == {"lv": "Projekts „Saite”", "en": "The Saite project"}[language]
        assert told["contact_url"] == "https://w3id.org/ice-edu/contact"
        assert (told["temporal_start"], told["temporal_end"]) == ("2012", "2020-12-07")
        assert told["spatial_uri"]
        assert told["frequency"] == f"{EU}frequency/IRREG"
        assert told["access_rights"] == f"{EU}access-right/PUBLIC"
        assert set(json.loads(told["theme"])) == {f"{EU}data-theme/EDUC", f"{EU}data-theme/INTR"}
        assert set(json.loads(told["language"])) == {f"{EU}language/{code}" for code in ("LAV", "ENG", "RUS")}
        assert told["provenance"].startswith(("Ņemts no", "Taken from")), "the parser takes the first, whose it may be"
        with capsys.disabled():
            shown = [f"{told['publisher_name']}, {told['temporal_start']} – {told['temporal_end']}"]
            shown += [f"{one['name']}: {one['size']} B, {one['hash'][:12]}…" for one in dataset["resources"]]
            print("", dataset["title"], *shown, sep="\n  ")  # noqa: T201  (the harvester's view, for who runs the test)


def test_every_distribution_arrives(seen: dict[str, Dataset], files: Mapping[str, bytes]) -> None:
    """Each with address, name in the portal's language, licence, format, media type, size and checksum."""
    count = files["catalog.rdf"].count(b"<dcat:Distribution rdf:about=")
    for dataset in seen.values():
        assert len(dataset["resources"]) == count >= 6
        for one in dataset["resources"]:
            assert one["url"].startswith("https://w3id.org/ice-edu/")
            assert one["license"] == f"{EU}licence/CC_BY_4_0"
            assert one["mimetype"].startswith("https://www.iana.org/assignments/media-types/")
            assert one["format"].startswith(f"{EU}file-type/")
            assert one["size"] > 0
            assert re.fullmatch("[0-9a-f]{64}", one["hash"])
            assert one["hash_algorithm"].endswith("#checksumAlgorithm_sha256")
            assert one["availability"] == f"{EU}planned-availability/STABLE"
    assert {one["name"] for one in seen["lv"]["resources"]} != {one["name"] for one in seen["en"]["resources"]}


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_it_is_the_same_in_every_form(
    seen: dict[str, Dataset], files: Mapping[str, bytes], form: str, tmp_path: Path
) -> None:
    """Harvesters may ask for Turtle or JSON-LD as well."""
    path = tmp_path / f"catalog.{form}"
    path.write_bytes(files[f"catalog.{form}"])
    for language, [dataset] in harvested(path).items():
        for key in ("uri", "publisher_name", "temporal_start", "temporal_end", "frequency", "provenance"):
            assert extras(dataset)[key] == extras(seen[language])[key]
        assert sorted(one["hash"] for one in dataset["resources"]) == sorted(
            one["hash"] for one in seen[language]["resources"]
        )


@pytest.mark.parametrize("language", TITLES)
def test_the_page_says_what_portals_see(seen: dict[str, Dataset], files: Mapping[str, bytes], language: str) -> None:
    """Title, description, publisher, version, keywords, time; name and checksum of every file."""
    text = words(files[f"catalog.{language}.html"])
    dataset = seen[language]
    told = extras(dataset)
    for part in (dataset["title"], dataset["notes"], told["publisher_name"], dataset["version"]):
        assert part in text
    own = [tag["name"] for tag in dataset["tags"] if tag["name"] in text]
    assert len(own) >= 5
    assert "2012" in text
    assert {"lv": "2020. gada 7. decembris", "en": "7 December 2020"}[language] in text
    for one in dataset["resources"]:
        assert one["name"] in text
        assert one["hash"] in text
