"""A site that is brought up to date after an edit is, byte for byte, what a build from nothing makes."""

import filecmp
import hmac
import json
import pickle
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.again import sites

from saite.again import LastBuild, mending
from saite.cli.main import run
from saite.pipeline import Options, build

OPTIONS = Options(check=False, durable=False, jobs=1)


@pytest.fixture(autouse=True)
def _small_sites_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "LEAST", 1)
    monkeypatch.setattr(mending, "_SHARE", 1)


@pytest.fixture(scope="module", autouse=True)
def _own_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


def rebuilt(site: Path, options: Options = OPTIONS) -> mending.Mended | None:
    """Bring a site up to date; what was done if it was not built whole."""
    last = LastBuild(site, None, options)
    made = last.mend()
    if made is not None:
        last.keep(made.before, made)
        return made
    built = build(site, None, options)
    last.keep({"files": built.written.files, "bytes": 0, "quads": len(built.judged.store)}, built)
    return None


def differences(site: Path, options: Options = OPTIONS) -> list[str]:
    """The files of a site that are not those of a build from nothing."""
    clean = site.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    build(site, clean, options)
    return sorted(_differing(filecmp.dircmp(clean, site / "site", ignore=[], hide=[])))


def _differing(compared: "filecmp.dircmp[str]", below: str = "") -> Iterator[str]:
    _, wrong, odd = filecmp.cmpfiles(compared.left, compared.right, compared.common_files, shallow=False)
    for name in (*compared.left_only, *compared.right_only, *wrong, *odd):
        yield below + name
    for name, inner in compared.subdirs.items():
        yield from _differing(inner, f"{below}{name}/")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built; not to be changed."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(mending, "LEAST", 1)
        site = sites.write(tmp_path_factory.mktemp("built") / "mysite")
        assert rebuilt(site) is None
        assert (site / ".saite" / "last-build" / "state").is_file()
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of it, known as built."""
    return copied(built, tmp_path / "mysite")


def copied(built: Path, to: Path) -> Path:
    """A copy of a built site, which is known as built where it is now."""
    shutil.copytree(built, to, ignore=shutil.ignore_patterns(".saite", "site"))
    assert rebuilt(to) is None
    return to


NEW = st.sampled_from(["jauns", "Čau", "āža", 'zz <b>&\\"', "projekts 7 z", "", " ", "x" * 600, "temats 1"])
EDITS = st.one_of(
    *[st.builds(sites.text, st.sampled_from(["data.ttl"] * 3 + [*sites.FILES]), st.integers(0, 500), NEW)] * 4,
    st.builds(sites.line, st.sampled_from(sites.FILES), st.integers(0, 100), st.sampled_from([0, 2])),
    st.builds(sites.rename, st.sampled_from(["p1", "t1", "anna", "riga"]), st.sampled_from(["p1", "b", "zeta"])),
    st.builds(
        sites.append,
        st.just("data.ttl"),
        st.sampled_from(
            [
                'x:new a x:Project ; rdfs:label "jauns" .\n',
                'x:p9 rdfs:label "cits"@lv .\n',
                "x:p9 x:leads x:anna .\n",
                'x:p9 rdfs:comment "Par 9." .\n',
                "# nothing\n",
                "PREFIX x: <https://example.org/y/>\n",
            ]
        ),
    ),
    st.builds(sites.template, st.sampled_from(["<nav>{{ steps|length }}</nav>", "<nav></nav>"])),
)


def all_edits(built: Path, folder: Path, edits: list[sites.Edit]) -> None:
    """Make edits one after another; after each, the site is what a build from nothing makes."""
    site = copied(built, folder / "mysite")
    try:
        for edit in edits:
            edit(site)
            rebuilt(site)
            assert differences(site) == []
    finally:
        shutil.rmtree(folder)


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@settings(UNHURRIED, max_examples=6)
@given(edits=st.lists(EDITS, min_size=1, max_size=2))
def test_any_edits(built: Path, tmp_path_factory: pytest.TempPathFactory, edits: list[sites.Edit]) -> None:
    """One after another: change a text, add, remove, rename, edit a template."""
    all_edits(built, tmp_path_factory.mktemp("edits"), edits)


@pytest.mark.slow
@settings(UNHURRIED, max_examples=150)
@given(edits=st.lists(EDITS, min_size=1, max_size=5))
def test_many_edits(built: Path, tmp_path_factory: pytest.TempPathFactory, edits: list[sites.Edit]) -> None:
    """The same, more of them."""
    all_edits(built, tmp_path_factory.mktemp("edits"), edits)


@pytest.mark.slow
@pytest.mark.parametrize("formats", [sites.SMALL, sites.ALL], ids=["small", "all"])
def test_each_text(tmp_path: Path, formats: str) -> None:
    """Each text of the resources is changed in turn; most of these edits need no build."""
    site = sites.write(tmp_path / "mysite", formats)
    rebuilt(site)
    count = sites.texts(site, "data.ttl")
    mended = 0
    for number in range(0, count, 1 if formats == sites.SMALL else 5):
        sites.text("data.ttl", number, "Čau, <b>")(site)
        mended += rebuilt(site) is not None
        assert differences(site) == [], number
    assert mended > count * (0.7 if formats == sites.SMALL else 0.14)


@pytest.mark.parametrize(
    "edit",
    [
        sites.text("data.ttl", 0, "žņ"),
        sites.text("data.ttl", 2, "what is said of it"),
        sites.text("notes.nt", 1, "in another file"),
        sites.rewritten("data.ttl", "temats 1", "Aa"),
        sites.rewritten("data.ttl", "Rīga", "Rīgas pilsēta"),
        sites.rewritten("data.ttl", "Juris", "Andris"),
        sites.rewritten("data.ttl", "Lapa", "Avots"),
        sites.rewritten("data.ttl", "rindas .", "citas ; rindas ."),
    ],
    ids=["a label", "a comment", "a line", "a concept", "a place", "a person", "a source", "a long text"],
)
def test_an_edit_of_a_text_makes_few_files_anew(site: Path, edit: sites.Edit) -> None:
    """Those that say it, and those that call its resource by name."""
    edit(site)
    made = rebuilt(site)
    assert made is not None
    assert made.edited == 1
    assert 0 < made.files < 130
    assert differences(site) == []


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(edit, id=name)
        for name, edit in {
            "a class": sites.rewritten("vocabulary.ttl", "Projekts", "Darbs"),
            "the data set": sites.rewritten("vocabulary.ttl", "Dati", "Ziņas"),
            "who made it": sites.rewritten("data.ttl", "Anna", "Zane"),
            "what places lie in": sites.rewritten("data.ttl", "Latvija", "Latvijas Republika"),
            "a folded node": sites.rewritten("data.ttl", "vada", "vadīja"),
            "a date": sites.rewritten("data.ttl", "2024-05-01", "2024-06-01"),
            "a blank node": sites.rewritten("data.ttl", "iekšā 3", "ārā"),
            "a language": sites.rewritten("data.ttl", '"Rīga"@lv', '"Rīga"@en'),
            "a prefix": sites.rewritten(
                "data.ttl", "@prefix skos:", "@prefix skos: <http://x.example/> .\n@prefix skos:"
            ),
            "a setting": sites.rewritten("saite.toml", "Izmēģinājums", "Cits"),
            "one more label": sites.append("data.ttl", 'x:p9 rdfs:label "cits"@lv .\n'),
            "one more resource": sites.append("data.ttl", 'x:new a x:Project ; rdfs:label "jauns" .\n'),
            "a repetition": sites.append(
                "notes.nt", '<https://example.org/x/p1> <https://example.org/x/remark> "piezīme" .\n'
            ),
            "all of a file": sites.emptied("notes.nt"),
            "a template": sites.template("<nav></nav>"),
        }.items()
    ],
)
def test_what_may_change_more_is_built_whole(site: Path, edit: sites.Edit) -> None:
    """What is named all over the site, and what is no text."""
    edit(site)
    assert rebuilt(site) is None
    assert differences(site) == []


def test_listings_of_several_pages(tmp_path: Path) -> None:
    """A label that moves from the first page to the last, and back: neighbours move with it."""
    site = sites.generated(tmp_path / "mysite", 460)
    assert rebuilt(site) is None
    for number, label in ((0, "žž"), (7, "aa"), (0, "a"), (3, "čč")):
        sites.relabelled(number, label)(site)
        made = rebuilt(site)
        assert made is not None
        assert differences(site) == []


def test_a_label_that_takes_its_place_on_other_pages(tmp_path: Path) -> None:
    """Only the pages between the old place and the new one are others."""
    site = sites.generated(tmp_path / "mysite", 460)
    assert rebuilt(site) is None
    sites.relabelled(0, "vvv")(site)
    first = rebuilt(site)
    sites.relabelled(0, "vvw")(site)
    second = rebuilt(site)
    assert first is not None
    assert second is not None
    assert second.files < first.files


@pytest.mark.parametrize(
    "options",
    [
        Options(check=False, durable=True, jobs=2),
        Options(check=False, durable=False, gzip=True, jobs=1),
        Options(check=True, durable=False, jobs=1),
    ],
    ids=["durable", "compressed", "checked"],
)
def test_as_it_was_built(tmp_path: Path, options: Options) -> None:
    """With compressed copies beside the files; with findings."""
    site = sites.write(tmp_path / "mysite")
    assert rebuilt(site, options) is None
    sites.rewritten("data.ttl", "Juris", "Jānis ar garāku vārdu")(site)
    made = rebuilt(site, options)
    assert made is not None
    assert (made.judged is not None) == options.check
    assert differences(site, options) == []


QUERY = """\
#+ title.en: Names
PREFIX x: <https://example.org/x/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?topic (GROUP_CONCAT(?name) AS ?names) WHERE { ?one x:topic ?topic ; rdfs:label ?name } GROUP BY ?topic
"""
VIEW = """\
#+ title.en: Dates
#+ view: timeline
PREFIX x: <https://example.org/x/>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?item ?start WHERE { ?item dct:created ?start }
"""
OF_SOMEBODY = """\
#+ title.en: Dates of somebody
#+ view: list
#+ each: who
#+ show: page
PREFIX x: <https://example.org/x/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?item ?start ?who ?note WHERE { ?item dct:created ?start ; rdfs:comment ?note BIND(x:juris AS ?who) }
"""


def test_what_queries_answer(tmp_path: Path) -> None:
    """The order in which they come upon things, which is that of the files, included; views that stay as they were."""
    site = sites.write(tmp_path / "mysite")
    for name, text in (("examples/names", QUERY), ("views/dates", VIEW), ("views/of", OF_SOMEBODY)):
        path = site / "queries" / f"{name}.rq"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert rebuilt(site) is None
    for number in (0, 2, 9, 20):
        sites.text("data.ttl", number, f"jauns {number}")(site)
        assert rebuilt(site) is not None
        assert differences(site) == []


def test_what_somebody_wrote_into_the_output_is_made_anew(site: Path) -> None:
    """A page that was changed by hand, though not by the edit."""
    page = site / "site" / "p3.html"
    page.write_bytes(page.read_bytes().replace(b"projekts", b"projects"))
    sites.rewritten("data.ttl", "Juris", "Jānis")(site)
    assert rebuilt(site) is None
    assert differences(site) == []


def test_what_somebody_keeps_in_the_output_stays(site: Path) -> None:
    """A file of theirs is no doubt about ours."""
    (site / "site" / "CNAME").write_text("ours.example", encoding="utf-8")
    for name in ("Jānis", "Pēteris"):
        sites.text("data.ttl", 0, name)(site)
        assert rebuilt(site) is not None
    assert (site / "site" / "CNAME").is_file()
    assert differences(site) == ["CNAME"]


def test_from_wherever_it_is_called(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site may be named from another folder than the last time."""
    monkeypatch.chdir(site.parent)
    sites.text("data.ttl", 0, "viens")(site)
    assert rebuilt(Path("mysite")) is not None
    monkeypatch.chdir(site)
    sites.text("data.ttl", 0, "divi")(site)
    assert rebuilt(Path()) is not None
    assert differences(site) == []


def test_a_record_of_somebody_else_is_not_read(site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """To read it is to run it: it has to be signed with this user's key."""
    state = site / ".saite" / "last-build" / "state"
    sites.text("data.ttl", 0, "viens")(site)
    state.write_bytes(state.read_bytes()[:64] + pickle.dumps(_Trap()))
    assert rebuilt(site) is None
    sites.text("data.ttl", 0, "divi")(site)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    assert rebuilt(site) is None
    key = tmp_path / "other" / "saite" / "key"
    assert key.stat().st_mode & 0o077 == 0
    sites.text("data.ttl", 0, "trīs")(site)
    assert rebuilt(site) is not None
    key.write_bytes(b"")
    signature = hmac.new(b"", pickle.dumps(_Trap()), "sha256").hexdigest().encode()
    state.write_bytes(signature + pickle.dumps(_Trap()))
    sites.text("data.ttl", 0, "četri")(site)
    assert rebuilt(site) is None, "a key that is none signs nothing"


class _Trap:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("the record was read",)


@pytest.mark.parametrize("name", ["site", "quads.nq"])
def test_a_damaged_record_is_not_believed(site: Path, name: str) -> None:
    """Nor is one of which a part is of another build."""
    part = site / ".saite" / "last-build" / name
    part.write_bytes(part.read_bytes()[:-10] + b"0" * 10)
    sites.text("data.ttl", 0, "viens")(site)
    assert rebuilt(site) is None
    assert differences(site) == []


def test_copies_of_sources_do_not_pile_up(site: Path) -> None:
    """There is one of each file."""
    for word in ("viens", "divi", "trīs"):
        sites.text("data.ttl", 0, word)(site)
        assert rebuilt(site) is not None
    names = {path.name for path in (site / ".saite" / "last-build").iterdir()}
    assert len(names) == 3 + 3
    assert {"state", "site", "quads.nq"} <= names


def test_a_small_site_leaves_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is built in no time; and what was left of a larger one goes."""
    site = sites.write(tmp_path / "mysite")
    assert rebuilt(site) is None
    assert (site / ".saite" / "last-build").is_dir()
    monkeypatch.setattr(mending, "LEAST", 1_000)
    sites.append("data.ttl", 'x:new rdfs:label "jauns" .\n')(site)
    assert rebuilt(site) is None
    assert not (site / ".saite" / "last-build").exists()


def test_the_command_tells_what_it_did(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many files, and why."""
    assert run(["build", str(site), "--no-check"]) == 0
    sites.text("data.ttl", 0, "viens")(site)
    assert run(["build", str(site), "--no-check"]) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert re.fullmatch(r"Made \d+ of \d+ files anew in .*: 1 resource has other texts\. \(--fresh .*\)", told)
    sites.text("data.ttl", 0, "divi")(site)
    assert run(["build", str(site), "--no-check", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert 0 < result["rewritten"] < result["files"]
    manifest = json.loads((site / "site" / ".saite-manifest.json").read_text(encoding="utf-8"))
    assert result["bytes"] == sum(entry["bytes"] for entry in manifest["files"])
    assert run(["build", str(site), "--no-check"]) == 0
    assert capsys.readouterr().out.startswith("Nothing has changed")


def test_findings_stop_it(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As they stop a build; the site stays as it was."""
    shape = "\nx:Shape a <http://www.w3.org/ns/shacl#NodeShape> ; <http://www.w3.org/ns/shacl#targetClass> x:Person ;"
    shape += " <http://www.w3.org/ns/shacl#property> [ <http://www.w3.org/ns/shacl#path> rdfs:label ;"
    shape += " <http://www.w3.org/ns/shacl#maxLength> 8 ] .\n"
    (site / "shapes.ttl").write_text(sites.HEAD + shape, encoding="utf-8")
    settings_file = site / "saite.toml"
    told = settings_file.read_text(encoding="utf-8").replace("[graphs]", '[graphs]\nshapes = ["shapes.ttl"]')
    settings_file.write_text(
        told.replace('data = ["*.ttl"]', 'data = ["data.ttl", "vocabulary.ttl"]'), encoding="utf-8"
    )
    assert run(["build", str(site)]) == 0
    before = (site / "site" / ".saite-manifest.json").read_bytes()
    sites.rewritten("data.ttl", "Juris", "Juris ar pārāk garu vārdu")(site)
    assert run(["build", str(site)]) == 1
    assert "violation" in capsys.readouterr().err
    assert (site / "site" / ".saite-manifest.json").read_bytes() == before
    sites.rewritten("data.ttl", "Juris ar pārāk garu vārdu", "Jānis")(site)
    assert run(["build", str(site)]) == 0
    assert "Made" in capsys.readouterr().out
