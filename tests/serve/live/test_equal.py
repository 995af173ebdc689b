"""The live door and the door of the built site answer alike: status, every field, and every byte."""

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson
import pytest
from tests.serve.live.asking import ask
from tests.serve.live.conftest import Both

from saite import manifest, naming, pipeline
from saite.iri import quoted
from saite.manifest import Entry
from saite.naming import Name
from saite.profile import TOKENS
from saite.query.live import live
from saite.serve.door.application import Door

ACCEPTED = (
    "",
    "text/html",
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
    "application/rdf+xml",
    "text/turtle;q=0.5, application/rdf+xml",
    "application/sparql-query",
    "application/pdf",
)
"""What clients want of a document; the last cannot be had."""


def entries(both: Both) -> list[Entry]:
    """The files of the built site."""
    with (both.built / manifest.FILE_NAME).open("rb") as lines:
        return list(manifest.read(lines))


def names(both: Both) -> list[Name]:
    """The names of the built site."""
    lines = (both.built / naming.FILE_NAME).read_bytes().splitlines()
    return [Name(**orjson.loads(line.rstrip(b","))) for line in lines if line.startswith(b'{"path":')]


def test_every_file_is_equal(both: Both) -> None:
    """Each file of the manifest, as it is, compressed, in part and by its tag; a dump is larger than memory holds."""

    def requests() -> Iterator[tuple[str, Mapping[str, str]]]:
        for entry in files:
            path = f"/{quoted(entry.path)}"
            yield path, {}
            if entry.document.startswith("n") and entry.document > "n11":  # one neighbour is as another
                continue
            yield path, {"Accept-Encoding": "gzip"}
            yield path, {"Accept": "text/turtle", "If-None-Match": f'"{entry.sha256[:32]}"'}
            yield path, {"Range": "bytes=100-299"}

    files = entries(both)
    assert max(entry.size for entry in files) > 1 << 20
    compare(both, list(requests()))


def test_every_document_is_equal(both: Both) -> None:
    """Each document, in every form and language: pages, further pages of links, indexes, queries, what is no more."""
    documents = {entry.document for entry in entries(both) if entry.document}
    assert {"hub", "hub~links-2", "old", "browse", "browse/class/Thing~2", "queries/near", "about", "def"} <= documents
    wishes = [{"Accept": accepted, "Accept-Language": "en"} for accepted in ACCEPTED] + [{"Accept-Language": "lv"}]
    asked = [document for document in sorted(documents) if not document.startswith("n") or document < "n11"]
    compare(both, [(f"/{quoted(document)}", wish) for document in asked for wish in wishes])


def test_every_profile_is_equal(both: Both) -> None:
    """Each profile by field and by address, the list of them, what is refused, and the ways of things."""
    fields = [f"<{iri}>" for iri in TOKENS.values()] + ["<urn:unknown>, <https://schema.org/>;q=0.1", "nonsense"]
    queries = ["plain", "labels", "schema", "all", "alt&_mediatype=application/json", "nothing", "labels,schema"]
    queries += ["schema&_mediatype=text/turtle", "schema&_mediatype=image/png", "%3Chttps://schema.org/%3E"]
    asked = ["hub", "hub~links-2", "old", "def", "browse", "v1.0", "id/hub", "id/part-1", "", "nothing"]
    wishes = [{"Accept-Profile": field, "Accept": accept} for field in fields for accept in ("", "text/turtle")]
    compare(both, [(f"/{document}", wish) for document in asked for wish in wishes])
    compare(both, [(f"/{document}?_profile={query}", {}) for document in asked for query in queries])


def test_every_name_is_equal(both: Both) -> None:
    """Each name of a thing leads to its document, and what is no more tells its successor."""
    found = names(both)
    assert {name.path for name in found if name.see} >= {"id/hub", "id/part-1", "id/ā~b?c=d&e", "id/ā"}
    assert sum(name.gone for name in found) == 3
    assert {(name.type, name.author) for name in found if name.path == "v1.0"} == {
        ("Event", "https://elsewhere.example/%C4%93")
    }
    compare(both, [(f"/{quote(name.path)}", {}) for name in found])


def test_what_is_not_there_is_equal(both: Both) -> None:
    """The site's own page for people, a word in the form that a program reads, and nothing of what servers keep."""
    paths = ["/nothing", "/hub.pdf", "/hub~links-9", "/hub~links-9.lv.html", "/id/nothing", "/browse/class/Thing~9"]
    paths += ["/.saite-manifest.json", "/.saite-names.json", "/%00", "/a%2fb", "/%ff", "/hub/", "//", "/" + "a" * 8001]
    paths += ["/HUB", "/hub.TTL", "/id/h%75b", "/id/%C4%81", "/?x", "/def", "/def.html", "/" + "a/" * 900]
    wishes: tuple[Mapping[str, str], ...] = ({}, {"Accept": "text/turtle"}, {"Accept": "application/json"})
    compare(both, [(path, wish) for path in paths for wish in wishes])


def test_a_refusal_is_equal(both: Both) -> None:
    """A condition that is not fulfilled, a range beyond the end, a method that does nothing here."""
    wishes = [{"If-Match": '"x"'}, {"Range": "bytes=99999999-"}, {"If-Modified-Since": "Thu, 29 Feb 2024 00:00:00 GMT"}]
    compare(both, [("/hub", wish) for wish in wishes])
    compare(both, [("/hub", {})], "DELETE")
    compare(both, [("/hub", {}), ("/hub.ttl", {})], "HEAD")


@pytest.mark.slow
def test_our_own_site_is_equal(tmp_path: Path) -> None:
    """Each file, document and name of the site of this repository."""
    source = Path(__file__).parents[3]
    pipeline.build(source, tmp_path / "out", pipeline.Options(durable=False))
    with live(source) as found:
        both = Both(source, tmp_path / "out", found.site)
        documents = {entry.document for entry in entries(both) if entry.document}
        compare(both, [(f"/{quoted(entry.path)}", {}) for entry in entries(both)])
        compare(both, [(f"/{quoted(document)}", {}) for document in documents])
        compare(both, [(f"/{quote(name.path)}", {}) for name in names(both)])


def quote(name: str) -> str:
    """The path of a name as it is sent; some have a query."""
    path, mark, query = name.partition("?")
    return quoted(path) + mark + query


def compare(both: Both, requests: list[tuple[str, Mapping[str, str]]], method: str = "GET") -> None:
    """Ask both doors everything, the live one for much at once."""

    async def run() -> None:
        answers = both.live()
        static, live = Door(both.built), Door(answers)
        try:
            for start in range(0, len(requests), 50):
                some = requests[start : start + 50]
                found = await asyncio.gather(*(ask(live, path, headers, method) for path, headers in some))
                for (path, headers), answer in zip(some, found, strict=True):
                    expected = await ask(static, path, headers, method)
                    assert answer.status == expected.status, (path, headers)
                    assert answer.headers == expected.headers, (path, headers)
                    assert answer.body == expected.body, (path, headers)
        finally:
            answers.end()

    asyncio.run(run())
