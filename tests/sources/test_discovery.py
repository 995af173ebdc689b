"""Which files a dataset is made of: by saite.toml, else all below a folder, else the file itself."""

import os
import random
import re
from pathlib import Path

import pytest

from saite import config, manifest
from saite.errors import ConfigError, DataError, EnvironmentFault, UsageError
from saite.sources import discover, read

TTL = '<http://example.org/a> <http://example.org/b> "1" .\n'


def put(root: Path, *names: str, text: str = TTL) -> None:
    """Writes files, in any order."""
    for name in random.Random(0).sample(names, len(names)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def names(target: Path) -> list[str]:
    """What is found, as the user would write it."""
    return [source.display for source in discover(target, config.load(target))]


def test_folder_without_settings_means_all_rdf_below(tmp_path: Path) -> None:
    """Every file of RDF below counts, sorted; hidden ones, other files and built sites do not."""
    put(tmp_path, "b.ttl", "a/z.nt", "a/b/c.trig", "A.nq", "x.n3", "site/dump.ttl", ".hidden/a.ttl", ".a.ttl", "plain")
    put(tmp_path, "LICENSE", "data.csv", "notes.txt", "page.html", text="nothing of that kind")
    put(tmp_path, "package.json", text='{"name": "x"}')
    put(tmp_path, "thing.json", text='{"@id": "http://example.org/a"}')
    put(tmp_path, "out/x.ttl", "out/deep/y.ttl", f"out/{manifest.FILE_NAME}")
    assert names(tmp_path) == [
        *["A.nq", "b.ttl", "plain", "thing.json", "x.n3", "a/z.nt", "a/b/c.trig", "site/dump.ttl"],
    ]
    assert all(source.graph is None for source in discover(tmp_path, config.load(tmp_path)))


def test_order_does_not_depend_on_the_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders that are listed in another order give the same sources."""
    put(tmp_path, *(f"{folder}/{file}.ttl" for folder in "cab" for file in "zxy"))
    expected = names(tmp_path)
    unshuffled = os.scandir

    class Shuffled:
        def __init__(self, path: str) -> None:
            with unshuffled(path) as entries:
                self.entries = iter(sorted(entries, key=lambda e: e.name, reverse=True))

        def __iter__(self) -> "Shuffled":
            return self

        def __next__(self) -> "os.DirEntry[str]":
            return next(self.entries)

        def __enter__(self) -> "Shuffled":
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def close(self) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Shuffled)
    assert names(tmp_path) == expected


def test_file_means_itself(tmp_path: Path) -> None:
    """A file is taken whatever its name; it is called what the user called it."""
    put(tmp_path, "data.txt")
    (source,) = discover(tmp_path / "data.txt", config.Config(tmp_path))
    assert source.display == str(tmp_path / "data.txt")
    assert len(list(read(source))) == 1


def test_settings_name_graphs_and_files(tmp_path: Path) -> None:
    """The files of [graphs] fill their graphs; a file that two entries match belongs to the later one."""
    put(
        tmp_path,
        "data/a.ttl",
        "data/statements-1.ttl",
        "data/b/c.ttl",
        "more/d.nt",
        "else.ttl",
        "data/readme.txt",
        text=TTL,
    )
    put(tmp_path, "data/list.csv", text="a,b")
    (tmp_path / "saite.toml").write_text(
        """
        base = "https://example.org/"
        [graphs]
        data = ["data/*"]
        statements = ["data/statements-*.ttl"]
        "https://other.example/g" = ["more", "data/b/*.ttl"]
        """
    )
    found = discover(tmp_path, config.load(tmp_path))
    assert {source.display: source.graph.value if source.graph else None for source in found} == {
        "data/a.ttl": "https://example.org/graph/data",
        "data/b/c.ttl": "https://other.example/g",
        "data/readme.txt": "https://example.org/graph/data",
        "data/statements-1.ttl": "https://example.org/graph/statements",
        "more/d.nt": "https://other.example/g",
    }
    assert [source.display for source in found] == sorted(source.display for source in found)
    assert {str(quad.graph_name) for source in found for quad in read(source)} == {
        "<https://example.org/graph/data>",
        "<https://other.example/g>",
        "<https://example.org/graph/statements>",
    }


def test_names_of_graphs_in_a_file_win(tmp_path: Path) -> None:
    """A TriG file keeps the names that it gives; only its default graph gets that of [graphs]."""
    put(tmp_path, "a.trig", text="<http://e/a> <http://e/p> 1 . <http://e/g> { <http://e/a> <http://e/p> 2 }")
    (tmp_path / "saite.toml").write_text('base = "https://example.org/"\n[graphs]\ndata = ["a.trig"]\n')
    (source,) = discover(tmp_path, config.load(tmp_path))
    assert {str(quad.object): str(quad.graph_name) for quad in read(source)} == {
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>': "<https://example.org/graph/data>",
        '"2"^^<http://www.w3.org/2001/XMLSchema#integer>': "<http://e/g>",
    }


@pytest.mark.parametrize(
    ("table", "message", "cure"),
    [
        ('data = ["daata/*.ttl"]', "there is no daata", "Did you mean .*data"),
        ('data = ["data/b.ttl"]', r"there is no data/b\.ttl", "Add it"),
        ('data = ["../x.ttl"]', "leads out of the site folder", "relative path"),
        ('data = ["/etc/x.ttl"]', "leads out of the site folder", "relative path"),
    ],
)
def test_wrong_graph_entries_are_told(tmp_path: Path, table: str, message: str, cure: str) -> None:
    """A path of [graphs] that leads nowhere is an error of saite.toml, not an empty graph."""
    put(tmp_path, "data/a.ttl")
    (tmp_path / "saite.toml").write_text(f'base = "https://example.org/"\n[graphs]\n{table}\n')
    with pytest.raises(ConfigError, match=message) as caught:
        names(tmp_path)
    assert caught.value.place is not None
    assert caught.value.place.file == "saite.toml"
    assert re.search(cure, caught.value.cure)


def test_graph_names_need_a_base(tmp_path: Path) -> None:
    """A short name of a graph has no IRI without a base."""
    put(tmp_path, "a.ttl")
    (tmp_path / "saite.toml").write_text('[graphs]\ndata = ["a.ttl"]\n')
    with pytest.raises(ConfigError, match="no IRI without a base"):
        names(tmp_path)


def test_missing_target_is_asked_wrongly(tmp_path: Path) -> None:
    """A path that does not exist is told with one that does."""
    put(tmp_path, "vocabulary.ttl")
    with pytest.raises(UsageError, match="there is no file or folder") as caught:
        discover(tmp_path / "vocabulry.ttl", config.Config(tmp_path))
    assert "Did you mean" in caught.value.cure
    assert "vocabulary.ttl" in caught.value.cure


def test_folder_without_rdf_says_what_is_there(tmp_path: Path) -> None:
    """An empty folder, or one of other files, is an error that says what there is and what to put in."""
    with pytest.raises(DataError, match="it is empty") as caught:
        names(tmp_path)
    assert ".ttl" in caught.value.cure
    put(tmp_path, "a.csv", "b.csv", "c.md", "README", text="x")
    with pytest.raises(DataError, match=r"2 with \.csv, 1 with \.md, 1 with no ending"):
        names(tmp_path)


def test_unreadable_folder_is_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be listed is told, and not passed over."""
    put(tmp_path, "data/a.ttl", "b.ttl")
    unguarded = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("data"):
            raise PermissionError(13, "Permission denied", str(path))
        return unguarded(path)

    monkeypatch.setattr(os, "scandir", guarded)
    with pytest.raises(EnvironmentFault, match=r"data: the folder cannot be read: Permission denied"):
        names(tmp_path)


def test_unreachable_target_is_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target in a folder that may not be entered is no traceback."""

    def refuse(self: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(EnvironmentFault, match="cannot be read: Permission denied"):
        discover(tmp_path / "a.ttl", config.Config(tmp_path))


def test_links_to_folders_are_followed_once(tmp_path: Path) -> None:
    """A link to a folder counts as the folder; one that leads back up does not go round for ever."""
    put(tmp_path, "site/a.ttl", "elsewhere/b.ttl")
    (tmp_path / "site" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "site" / "again").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "up").symlink_to(tmp_path / "site")
    assert names(tmp_path / "site") == ["a.ttl", "again/b.ttl"]


def test_names_that_are_not_utf8_can_be_printed(tmp_path: Path) -> None:
    """A file name of other bytes is read, and shown with a replacement character."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.ttl"))
    path.write_text(TTL)
    assert names(tmp_path) == ["caf\ufffd.ttl"]
    (source,) = discover(path, config.Config(tmp_path))
    assert len(list(read(source))) == 1
    source.display.encode()


def test_contexts_come_from_the_site(tmp_path: Path) -> None:
    """A context that data name by URL is put in from the site: its own, and those of [jsonld.contexts]."""
    put(tmp_path, "ctx/own.jsonld", text='{"@context": {"name": "http://e/name", "knows": {"@id": "http://e/knows"}}}')
    put(tmp_path, "ctx/other.jsonld", text='{"@context": ["nested.jsonld", {"age": "http://e/age"}]}')
    put(tmp_path, "ctx/nested.jsonld", text='{\n"@context":\n {"size": "http://e/size"}}')
    put(
        tmp_path,
        "a.jsonld",
        text="""{
          "@context": ["https://example.org/context.jsonld", "https://other.example/c", {"x": "http://e/x"}],
          "@id": "http://e/a", "name": "\\"@context\\": \\"http://no\\"", "age": 1, "size": 2, "x": 3
        }""",
    )
    put(tmp_path, "b.jsonld", text='{"@context": "https://example.org/context.jsonld", "name": "B"}')
    put(tmp_path, "c.jsonld", text='{"@context": "ctx/own.jsonld", "name": "C"}')
    (tmp_path / "saite.toml").write_text(
        """
        base = "https://example.org/"
        [graphs]
        data = ["*.jsonld"]
        [jsonld]
        context = "ctx/own.jsonld"
        [jsonld.contexts]
        "https://other.example/c" = "ctx/other.jsonld"
        """
    )
    found = discover(tmp_path, config.load(tmp_path))
    assert [
        {quad.predicate.value.removeprefix("http://e/"): quad.object.value for quad in read(source)}  # type: ignore[union-attr]
        for source in found
    ] == [{"name": '"@context": "http://no"', "age": "1", "size": "2", "x": "3"}, {"name": "B"}, {"name": "C"}]


@pytest.mark.parametrize(
    ("content", "message"),
    [("[1", "is no JSON-LD context"), ("{}", "is no JSON-LD context"), ('{"@context": "c.jsonld"}', "back to itself")],
)
def test_bad_contexts_are_told(tmp_path: Path, content: str, message: str) -> None:
    """A file that is no context, or leads back to itself, is told with the context's name."""
    put(tmp_path, "c.jsonld", text=content)
    put(tmp_path, "a.jsonld", text='{"@context": "c.jsonld", "name": "x"}')
    (source,) = discover(tmp_path / "a.jsonld", config.Config(tmp_path))
    with pytest.raises(DataError, match=message):
        list(read(source))
