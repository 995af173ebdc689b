"""Built sites as folders: their pages, where their links lead, and whether the RDF forms of a page agree."""

import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from saite import pipeline
from saite.cli.main import run

FORMS: Final = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
_REFERENCE: Final = re.compile(r'\b(?:href|src)="([^"]*)"')
_ID: Final = re.compile(r'\bid="([^"]*)"')


def build(source: Path, out: Path, *options: str) -> Path:
    """A site built by the command, as anybody would."""
    assert run(["build", "-q", str(source), "-o", str(out), *options]) == 0
    return out


def publish(text: str, folder: Path) -> Path:
    """A site built from a text of Turtle; not kept from a power cut, which the disk would take its time for."""
    source = folder / "data.ttl"
    source.write_text(text, encoding="utf-8")
    pipeline.build(source, folder / "out", pipeline.Options(durable=False))
    return folder / "out"


def pages(out: Path) -> list[Path]:
    """The pages of a site, sorted."""
    return sorted(out.rglob("*.html"))


def things(out: Path) -> list[Path]:
    """The pages that have RDF forms: those of resources."""
    return [file for file in pages(out) if file.with_name(file.name.removesuffix(".html") + ".nt").is_file()]


def sample(files: list[Path], count: int) -> list[Path]:
    """Some of the files: evenly spread over their names, and the largest ones; always the same."""
    if len(files) <= count:
        return files
    largest = sorted(files, key=lambda file: (-file.stat().st_size, file))[: count // 4]
    spread = files[:: -(-len(files) // (count - len(largest)))]
    return sorted({*largest, *spread})


def page(out: Path, document: str) -> str:
    """A page's text."""
    return (out / f"{document}.html").read_text(encoding="utf-8")


def words(out: Path, document: str) -> str:
    """What can be read on a page, without its markup, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page(out, document))).split())


def dead_links(out: Path) -> list[str]:
    """References inside a site, of all its pages, that lead to no file or to no place on a page."""
    files = {str(path) for path in out.rglob("*") if path.is_file()}
    texts = {path: Path(path).read_text(encoding="utf-8") for path in sorted(files) if path.endswith(".html")}
    places = {path: {unescape(name) for name in _ID.findall(text)} for path, text in texts.items()}
    return [
        f"{os.path.relpath(path, out)} -> {reference}"
        for path, text in texts.items()
        for reference in dict.fromkeys(map(unescape, _REFERENCE.findall(text)))
        if not _leads(path, reference, files, places)
    ]


def _leads(path: str, reference: str, files: set[str], places: dict[str, set[str]]) -> bool:
    parts = urlsplit(reference)
    if parts.scheme or parts.netloc:
        return True
    target = path
    if parts.path:
        target = os.path.normpath(os.path.join(os.path.dirname(path), unquote(parts.path)))  # noqa: PTH118, PTH120
    if target not in files:
        return False
    if os.path.basename(target).startswith("query.") and parts.fragment.startswith(("query=", "name=")):  # noqa: PTH119
        return True  # what is asked, which the program of the page reads
    return not parts.fragment or target not in places or unquote(parts.fragment) in places[target]


def unlike_forms(out: Path, files: list[Path]) -> Iterator[str]:
    """Pages of whose RDF forms two are not the same graph, or one is missing that the page offers."""
    for file in files:
        stem = str(file).removesuffix(".html")
        offered = {ending for ending in FORMS if f".{ending}" in file.read_text(encoding="utf-8").partition("<body")[0]}
        there = {ending for ending in FORMS if Path(f"{stem}.{ending}").is_file()}
        if there != offered:
            yield f"{os.path.relpath(stem, out)} has {sorted(there)} and offers {sorted(offered)}"
        graphs = {ending: _graph(Path(f"{stem}.{ending}"), FORMS[ending]) for ending in sorted(there)}
        if len(set(graphs.values())) > 1:
            yield f"{os.path.relpath(stem, out)}: {sorted(graphs)} are not one graph"


def _graph(path: Path, form: RdfFormat) -> str:
    dataset = Dataset(parse(path=str(path), format=form))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, dataset)))
