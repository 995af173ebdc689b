"""The sentence: sources -> store -> check -> site model -> renderers -> folder, and what can stop it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from saite import starter
from saite.artifact import HTML, Artifact
from saite.errors import CheckFailed, DataError, EnvironmentFault, UsageError
from saite.finding import Severity
from saite.output import claim, write_site
from saite.pipeline import (
    CheckNotMade,
    NotPublished,
    Options,
    artifacts,
    build,
    building,
    is_input,
    judge,
    judging,
    publishing,
    settings_of,
    told,
)
from saite.site import build_site
from saite.site.model import Renderer, Resource, Site

_T = TypeVar("_T")

WITHOUT_AUTHOR = ("lib:author <https://example.org/library/id/author/rainis> ;", "")


class Plain:
    """A renderer with one file per resource and one for the whole, which lists the findings."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def resource(self, resource: Resource) -> Iterator[Artifact]:
        """The resource's IRI."""
        yield Artifact(f"{resource.document}.html", HTML, resource.node.value.encode(), resource.document, "en")

    def whole(self) -> Iterator[Artifact]:
        """Everything that the model says, as text."""
        text = "\n".join(str(finding) for finding in self.site.findings)
        text += "\n".join(str(triple) for resource in self.site.resources() for triple in resource.triples)
        yield Artifact("all.txt", "text/plain", text.encode())


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter site, with a plain renderer in place of all."""

    def plain(site: Site) -> list[Renderer]:
        return [Plain(site)]

    monkeypatch.setattr(building, "renderers", plain)
    monkeypatch.setattr(publishing, "renderers", plain)
    starter.write(tmp_path / "library")
    return tmp_path / "library"


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


class Journal:
    """Progress that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def stage(self, name: str) -> None:
        """Note the stage."""
        self.told.append(name)

    def track(self, items: Iterable[_T], total: int, name: str) -> Iterator[_T]:
        """Note how many came of how many."""
        count = 0
        for item in items:
            count += 1
            yield item
        self.told.append(f"{name} {count}/{total}")


def test_the_sentence_is_said_in_order(library: Path) -> None:
    """Each part is told as it begins, and each resource counted."""
    journal = Journal()
    built = build(library, progress=journal)
    assert journal.told[0] == "Reading"
    checked = [n for n, line in enumerate(journal.told) if line.startswith("Checking ")]
    assert checked
    assert journal.told[checked[-1] + 1 :] == [
        "Modelling",
        f"Publishing {built.resources}/{built.resources}",
        "Finishing",
    ]
    assert built.written.out == library / "site"
    assert built.written.files == built.resources + 1
    assert built.judged.findings == ()
    assert built.judged.counts() == {"violation": 0, "warning": 0, "info": 0}


def test_findings_stop_it_before_anything_is_written(library: Path) -> None:
    """A violation raises with all findings, located; nothing is staged; force goes on and shows them."""
    edit(library / "data" / "books.ttl", *WITHOUT_AUTHOR)
    with pytest.raises(NotPublished) as caught:
        build(library)
    assert isinstance(caught.value, CheckFailed)
    (finding,) = caught.value.judged.findings
    assert finding.severity is Severity.VIOLATION
    assert finding.place is not None
    assert finding.place.file == "data/books.ttl"
    assert not (library / "site").exists()
    assert [path.name for path in library.iterdir() if path.name.startswith(".site")] == []
    built = build(library, options=Options(force=True))
    assert built.judged.failed
    assert "Book-author" in (library / "site" / "all.txt").read_text(encoding="utf-8")
    assert build(library, options=Options(check=False)).judged.findings == ()


def test_the_limit_is_the_settings_or_what_is_asked(library: Path) -> None:
    """fail-on of saite.toml holds unless the call says otherwise."""
    edit(library / "data" / "books.ttl", '"1815"^^xsd:gYear', '"1815"')
    assert not judge(library).failed
    assert judge(library, Options(fail_on=Severity.WARNING)).failed
    edit(library / "saite.toml", 'fail-on = "violation"', 'fail-on = "info"')
    assert judge(library).failed
    assert not judge(library, Options(fail_on=Severity.VIOLATION)).failed


def test_private_parts_are_not_in_what_is_published(library: Path) -> None:
    """Neither pages nor the findings on the report tell of what saite.toml keeps private; the check still judges it."""
    data = library / "data" / "books.ttl"
    secret = """
lib:Draft a <http://www.w3.org/2002/07/owl#Class> ; rdfs:label "Draft"@en .
<https://example.org/library/id/book/secret> a lib:Draft , lib:Book ; rdfs:label "Hidden"@en , "Hushed"@en .
"""
    data.write_text(data.read_text(encoding="utf-8") + secret, encoding="utf-8")
    settings = library / "saite.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '\n[private]\nclasses = ["lib:Draft"]\n', encoding="utf-8"
    )
    built = build(library, options=Options(force=True))
    assert any("id/book/secret" in str(finding.focus) for finding in built.judged.findings)
    text = (library / "site" / "all.txt").read_text(encoding="utf-8")
    assert "Emma" in text
    assert "secret" not in text
    assert "Hidden" not in text
    assert not list((library / "site").rglob("*secret*"))


def test_a_broken_shape_stops_it_unless_it_is_forced(library: Path) -> None:
    """Without a check nothing is published; --force publishes, and the report says that there was none."""
    edit(library / "shapes" / "shapes.ttl", "sh:maxCount 1 ;", 'sh:maxCount "one" ;')
    with pytest.raises(CheckNotMade) as caught:
        build(library)
    assert "--force" in caught.value.cure
    assert "--no-check" in caught.value.cure
    with pytest.raises(CheckNotMade) as caught:
        judge(library)
    assert "--force" not in caught.value.cure
    built = build(library, options=Options(force=True))
    (finding,) = built.judged.findings
    assert finding.message("en").startswith("The check could not be made: ")
    assert finding.message("lv").startswith("Pārbaudi nevarēja veikt: ")
    assert built.judged.failed
    assert build(library, options=Options(check=False)).judged.findings == ()


def test_a_second_build_is_refused_before_the_work(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is claimed first: nothing is read if another build has it, or if it is not ours."""
    monkeypatch.setattr(judging, "load", None)
    with claim(library / "site"), pytest.raises(EnvironmentFault, match="another build"):
        build(library)
    with pytest.raises(UsageError, match="did not make"):
        build(library, library / "data")


def test_giving_up_leaves_nothing(library: Path) -> None:
    """A progress that raises ends the build, and what was staged is removed."""

    class Impatient(Journal):
        def track(self, items: Iterable[_T], total: int, name: str) -> Iterator[_T]:
            for number, item in enumerate(items):
                if number == 3:
                    raise EnvironmentFault("given up")
                yield item

    with pytest.raises(EnvironmentFault, match="given up"):
        build(library, progress=Impatient())
    assert not (library / "site").exists()
    assert [path.name for path in library.iterdir() if path.name.startswith(".site")] == []


def test_a_file_is_its_own_site(library: Path, tmp_path: Path) -> None:
    """One file: no settings but the defaults, and no folder unless it is named; a base can be given."""
    source = library / "data" / "books.ttl"
    with pytest.raises(UsageError, match="where shall the site go"):
        build(source)
    built = build(source, tmp_path / "out", Options(base="https://example.org/library/"))
    assert built.judged.config.base == "https://example.org/library/"
    assert built.judged.config.title == {}
    assert (tmp_path / "out" / "id" / "book" / "emma.html").is_file()


def test_what_is_not_there_and_what_is_built_are_no_targets(library: Path, tmp_path: Path) -> None:
    """A misspelt path and an output folder are told apart from data without RDF."""
    with pytest.raises(UsageError, match="there is no file or folder"):
        settings_of(tmp_path / "nowhere")
    write_site(tmp_path / "built", [])
    with pytest.raises(UsageError, match="is a site that Saite built"):
        settings_of(tmp_path / "built")
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="RDF"):
        judge(tmp_path / "empty")


def test_artifacts_stream(library: Path) -> None:
    """Files come as they are asked for, those of the whole last."""
    built = judge(library)
    site = build_site(built.store, built.config, ())
    stream = artifacts(site)
    assert next(stream).path.endswith(".html")
    assert [artifact.path for artifact in stream][-1] == "all.txt"


def test_what_a_preview_watches(library: Path) -> None:
    """Sources matter; hidden files and built folders do not, whatever the built folder is called."""
    assert is_input(library, library / "data" / "books.ttl")
    assert is_input(library, library / "pages" / "about.en.md")
    assert not is_input(library, library / ".saite" / "preview" / "index.html")
    assert not is_input(library, library / ".git" / "HEAD")
    assert not is_input(library, library.parent / "elsewhere.ttl")
    write_site(library / "public", [Artifact("x/y.html", HTML, b"")])
    assert not is_input(library, library / "public" / "x" / "y.html")
    source = library / "data" / "books.ttl"
    assert is_input(source, source)
    assert not is_input(source, library / "data" / "dataset.ttl")


@pytest.mark.parametrize(
    ("label", "count", "words"),
    [
        ("warning", 1, "1 warning"),
        ("warning", 2, "2 warnings"),
        ("violation", 0, "0 violations"),
        ("info", 5, "5 infos"),
    ],
)
def test_numbers_of_findings_in_words(label: str, count: int, words: str) -> None:
    """One is singular, none is plural."""
    assert told(label, count) == words
