"""However many processes make a site: the same site, the same errors, the whole of it or nothing."""

import os
import pty
import random
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from saite.pipeline import processes, publishing

RESOURCES = 480  # so that three processes are worth while
SETTINGS = """\
base = "https://example.org/"
languages = ["en", "lv"]
[title]
en = "Many"
"""
HEAD = """\
@prefix ex: <https://example.org/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dct: <http://purl.org/dc/terms/> .
ex:Thing a rdfs:Class ; rdfs:label "Thing"@en , "Lieta"@lv .
"""


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A site with some hundred resources: links, lists, nodes without a name, dates, and a hub."""
    folder = tmp_path / "many"
    (folder / "data").mkdir(parents=True)
    (folder / "saite.toml").write_text(SETTINGS, encoding="utf-8")
    with (folder / "data" / "all.ttl").open("w", encoding="utf-8") as lines:
        lines.write(HEAD)
        for n in range(RESOURCES):
            lines.write(
                f'<https://example.org/thing/{n}> a ex:Thing ; rdfs:label "Thing {n}"@en , "Lieta {n * 7 % 100}"@lv ;\n'
                f"  ex:hub <https://example.org/thing/0> ; ex:next <https://example.org/thing/{n * 31 % RESOURCES}> ;\n"
                f'  ex:list ( {n} "x" [ rdfs:label "inner {n}" ] ) ; dct:modified "2020-01-{n % 28 + 1:02}" .\n'
            )
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def saite(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own, which can fork freely; a warning is an error."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "saite", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def session(leader: int) -> set[int]:
    """The processes of a session that have not ended, by /proc (proc(5): state is the third field, session the 6th)."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == leader and fields[0] not in "ZX":
            found.add(int(status.parent.name))
    return found


def wait_for_end(leader: int) -> None:
    """Wait until no process of a session is left; fail if that takes long."""
    deadline = time.monotonic() + 30
    while left := session(leader):
        assert time.monotonic() < deadline, f"processes {left} go on"
        time.sleep(0.01)


@pytest.mark.parametrize(("several", "options"), [((2, 3), ()), ((2,), ("--gzip",))], ids=["plain", "gzip"])
def test_the_site_is_the_same_with_any_number_of_processes(
    many: Path, several: tuple[int, ...], options: tuple[str, ...]
) -> None:
    """Every file of every format, the dumps, the page that tells their sizes, the manifest and the copies."""
    told = {}
    for jobs in (1, *several):
        out = many.parent / f"out{jobs}"
        done = saite("build", many, "-q", "-o", out, "--jobs", jobs, *options)
        assert done.returncode == 0
        assert done.stderr == ""
        told[jobs] = done.stdout.replace(str(out), "OUT")
    one = tree(many.parent / "out1")
    assert len(one) > 2500
    assert ("thing/7.en.html.gz" in one) == bool(options)
    assert b"kB" in one["downloads.en.html"]
    assert any(path.startswith("dump/") and path.encode() in one["downloads.en.html"] for path in one)
    for jobs in several:
        other = tree(many.parent / f"out{jobs}")
        assert sorted(other) == sorted(one)
        assert [path for path in one if one[path] != other[path]] == []
        assert told[jobs] == told[1]


def test_several_processes_are_at_work(many: Path) -> None:
    """With two jobs three processes are there: two that make the site, and the one that shares out."""
    with subprocess.Popen(
        [sys.executable, "-m", "saite", "build", "-q", str(many), "--jobs", "2"],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    ) as process:
        most = 0
        while process.poll() is None:
            most = max(most, len(session(process.pid)))
            time.sleep(0.005)
    assert most == 3
    assert process.returncode == 0


def test_kills_at_any_time_leave_a_whole_site_and_no_processes(many: Path) -> None:
    """SIGKILL to the build, or to one of its processes: the old or the new site is whole; the next build mends all."""
    assert saite("build", many, "--no-check", "-q").returncode == 0
    old = tree(many / "site")
    data = many / "data" / "all.ttl"
    data.write_text(data.read_text(encoding="utf-8").replace('"Thing 7"', '"The seventh"'), encoding="utf-8")
    assert saite("build", many, "--no-check", "-q", "-o", many.parent / "new").returncode == 0
    new = tree(many.parent / "new")
    staging = many / ".site.saite-new"
    chance = random.Random(7)
    outcomes = []
    before = old
    for attempt in range(8):
        with subprocess.Popen(
            [sys.executable, "-m", "saite", "build", "--no-check", "-q", str(many), "--jobs", "2"],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            while not staging.exists() and process.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.random() ** 2 * 0.8)
            victims = sorted(session(process.pid) - {process.pid})
            victim = process.pid if attempt % 2 or not victims else chance.choice(victims)
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                victim = 0  # it had ended
            _, err = process.communicate(timeout=60)
        wait_for_end(process.pid)
        found = tree(many / "site")
        assert found in (old, new)
        if victim not in (0, process.pid) and process.returncode:
            assert process.returncode == 2
            assert "was ended by SIGKILL; nothing was published" in err
            assert found == before
        outcomes.append(process.returncode)
        before = found
    assert set(outcomes) & {-signal.SIGKILL, 2}
    assert saite("build", many, "--no-check", "-q").returncode == 0
    assert tree(many / "site") == new
    assert [path.name for path in many.iterdir() if path.name.startswith(".site")] == []


def test_ctrl_c_ends_all_processes(many: Path) -> None:
    """Exit 130, no traceback, nothing staged, nobody left; what a terminal sends reaches all processes at once."""
    process = subprocess.Popen(
        [sys.executable, "-m", "saite", "build", "--no-check", str(many), "--jobs", "2"],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    while len(session(process.pid)) < 3 and process.poll() is None:
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    wait_for_end(process.pid)
    assert sorted(path.name for path in many.iterdir()) == ["data", "saite.toml"]


def test_the_bar_counts_over_all_processes(many: Path) -> None:
    """On a terminal the counts rise to the number of resources; what comes after is told too."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "saite", "build", "--no-check", str(many), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    ) as process:
        os.close(theirs)
        shown = b""
        while select.select([ours], [], [], 30)[0]:
            try:
                shown += os.read(ours, 4096)
            except OSError:  # the other end was closed
                break
        out, _ = process.communicate(timeout=30)
    os.close(ours)
    counts = [tuple(map(int, pair)) for pair in re.findall(rb"(\d+)/(\d+)", shown)]
    (total,) = {total for _, total in counts}
    assert out.startswith(f"Published {total} resources")
    assert [count for count, _ in counts] == sorted(count for count, _ in counts)
    assert len(counts) > 5
    assert counts[-1] == (total, total)
    assert b"Finishing ..." in shown.rpartition(f"{total}/{total}".encode())[2]


def test_small_sites_and_lone_cores_are_left_to_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as wanted, or as cores and memory allow, each with enough to do; and one where a fork is not sound."""
    monkeypatch.setattr(publishing, "may_fork", lambda: True)
    monkeypatch.setattr(publishing, "cores", lambda: 4)
    monkeypatch.setattr(publishing, "copies", lambda: 9)
    assert processes(None, 299) == 1
    assert processes(None, 300) == 2
    assert processes(None, 100_000) == 4
    assert processes(2, 100_000) == 2
    assert processes(1, 100_000) == 1
    assert processes(64, 100_000) == 64
    assert processes(64, 1000) == 6
    for room, jobs in ((3, 3), (1, 1), (0, 1)):
        monkeypatch.setattr(publishing, "copies", lambda room=room: room)
        assert processes(None, 100_000) == jobs
        assert processes(4, 100_000) == 4
    monkeypatch.setattr(publishing, "may_fork", lambda: False)
    assert processes(64, 100_000) == 1
