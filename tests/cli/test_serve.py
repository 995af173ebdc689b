"""``saite serve`` as a process: as a preview (--watch) and as the door of what was built."""

import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest
from tests.serve.door.folders import put

from saite.artifact import Artifact
from saite.cli.main import run

Edit = Callable[[str, str, str], None]


class Serving:
    """A running ``saite serve``."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.lines: list[str] = []
        self.coming: queue.Queue[str] = queue.Queue()
        self.url = ""

    def until(self, pattern: str) -> str:
        """The next line of stderr that has the pattern; fails if none comes in time."""
        deadline = time.monotonic() + 60
        with suppress(queue.Empty):
            while line := self.coming.get(timeout=max(deadline - time.monotonic(), 0)):
                self.lines.append(line)
                if re.search(pattern, line):
                    return line
        raise AssertionError(f"no line with {pattern!r} in {self.lines}")

    def read(self) -> None:
        """Take in what the process says, line by line, until it ends."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.coming.put(line)
        self.coming.put("")

    def get(self, path: str, accept: str = "text/html") -> tuple[int, str]:
        """Status and text of a page."""
        request = urllib.request.Request(self.url + path, headers={"Accept": accept})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


def watching(*arguments: str) -> AbstractContextManager[Serving]:
    """Starts a preview."""
    return serving("--watch", *arguments)


@contextmanager
def serving(*arguments: str) -> Iterator[Serving]:
    """Starts a server on a free port, and ends it with Ctrl-C."""
    command = [sys.executable, "-m", "saite", "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, bufsize=1) as process:
        running = Serving(process)
        reader = threading.Thread(target=running.read)
        reader.start()
        try:
            line = running.until("Look at http")
            running.url = re.search(r"http://\S+/", line)[0]  # type: ignore[index]
            yield running
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0, "Ctrl-C is how a server ends"
            reader.join()
            assert not any("Traceback" in line for line in [*running.lines, *running.coming.queue])
        finally:
            process.kill()
            reader.join()


def test_a_site_is_shown_rebuilt_and_its_errors_told(library: Path, edit: Edit) -> None:
    """Pages negotiate; a change is built; an error is told in terminal and page until mended; site/ is untouched."""
    with watching(str(library)) as preview:
        assert "0 violations, 0 warnings" in preview.lines[0]
        status, page = preview.get("book/emma")
        assert status == 200
        assert "Emma" in page
        assert "/.saite/reload.js" in page
        assert "<https://example.org/library/id/book/emma>" in preview.get("book/emma.nt")[1]
        assert "lib:Book" in preview.get("book/emma", "text/turtle")[1]
        assert preview.get("book/nothing")[0] == 404
        edit("data/books.ttl", '"Emma"@en', '"Emma, a novel"@en')
        preview.until("Changed: books.ttl")
        preview.until("Built ")
        assert "Emma, a novel" in preview.get("book/emma")[1]
        edit("data/books.ttl", "a lib:Book ;", "a lib:Book")
        preview.until(r"data/books\.ttl:9:")
        preview.until("->")
        status, page = preview.get("book/emma")
        assert status == 500
        assert "data/books.ttl:9:" in page
        edit("data/books.ttl", "a lib:Book\n", "a lib:Book ;\n")
        preview.until("Built ")
        assert preview.get("book/emma")[0] == 200
    assert not (library / "site").exists()
    assert not (library / ".saite").exists()


def test_two_previews_of_one_site_do_not_meet(library: Path, edit: Edit) -> None:
    """Both build a change, each for itself."""
    with watching(str(library)) as one, watching(str(library)) as other:
        edit("data/books.ttl", '"Emma"@en', '"Emma, a novel"@en')
        for preview in (one, other):
            preview.until("Changed: books.ttl")
            preview.until("Built ")
            assert "Emma, a novel" in preview.get("book/emma")[1]


def test_findings_do_not_stop_a_preview(library: Path, edit: Edit) -> None:
    """A violation is counted, and the page with the report is named."""
    edit("data/books.ttl", "lib:author <https://example.org/library/id/author/rainis> ;", "")
    with watching(str(library)) as preview:
        assert "1 violation, 0 warnings: see http://127.0.0.1:" in preview.lines[0]
        assert preview.get("report")[0] == 200


def test_a_file_is_shown_without_leaving_anything(library: Path) -> None:
    """A single file is previewed from a temporary folder that is gone afterwards."""
    before = sorted(library.rglob("*"))
    with watching("--no-check", str(library / "data" / "books.ttl")) as preview:
        assert "not checked" in preview.lines[0]
        assert preview.get("")[0] == 200
    assert sorted(library.rglob("*")) == before


def test_a_site_with_an_error_can_be_shown_from_the_start(library: Path, edit: Edit) -> None:
    """If already the first build fails, the error is the page, until it is mended."""
    edit("data/books.ttl", "a lib:Book ;", "a lib:Book")
    with watching(str(library)) as preview:
        assert preview.get("")[0] == 500
        edit("data/books.ttl", "a lib:Book\n", "a lib:Book ;\n")
        preview.until("Built ")
        assert preview.get("")[0] == 200


def test_a_built_site_is_served_and_what_is_built_later_takes_its_place(library: Path, edit: Edit) -> None:
    """With the endpoint, which then answers from the new data too; what is not built is not shown."""
    assert run(["build", "-q", str(library)]) == 0
    edit("data/books.ttl", '"Emma"@en', '"Emma, a novel"@en')
    with serving(str(library)) as door:
        assert "Emma, a novel" not in door.get("book/emma")[1]
        assert "/.saite/reload.js" not in door.get("book/emma")[1]
        asked = "sparql?query=" + urllib.parse.quote('ASK { ?book ?label "Emma, a novel"@en }')
        assert "false" in door.get(asked, "application/sparql-results+json")[1]
        named = "reconcile/en?query=emma"
        assert '"Emma"' in door.get(named)[1]
        assert run(["build", "-q", str(library)]) == 0
        door.until("The site was built anew: [0-9]+ files")
        assert "Emma, a novel" in door.get("book/emma")[1]
        assert "true" in door.get(asked, "application/sparql-results+json")[1]
        assert door.get("id/book/emma")[0] == 200, "303 leads to the page"
        deadline = time.monotonic() + 20
        while '"Emma, a novel"' not in door.get(named)[1]:  # what was known answers until the new site is ready
            assert time.monotonic() < deadline


def test_a_site_that_is_not_built_is_built_for_as_long_as_it_is_served(library: Path) -> None:
    """And nothing is left of it; so is a single file."""
    before = sorted(library.rglob("*"))
    books = str(library / "data" / "books.ttl")
    with serving("--no-reconcile", str(library)) as door, serving("--no-sparql", books) as other:
        assert "Built 18 resources" in door.lines[0]
        assert door.get("book/emma")[0] == 200
        assert door.get("sparql")[0] == 200
        assert other.get("")[0] == 200
        assert other.get("sparql")[0] == 404
        assert door.get("reconcile")[0] == other.get("reconcile")[0] == 404
    assert sorted(library.rglob("*")) == before


def told(port: int) -> set[str]:
    """The figures at a port."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return set(answer.read().decode().splitlines())


def test_answers_are_logged_and_counted(library: Path, tmp_path: Path) -> None:
    """A line in the combined format for each, with nothing of the client's that could pass for another; and figures."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path / "access.log"
    with serving("--access-log", str(log), "--metrics", str(port), str(library)) as door:
        door.get("book/emma%0d%0a")
        door.get("book/emma")
        wanted = {
            'saite_answers_total{method="GET",of="site",status="200"} 1.0',
            'saite_answers_total{method="GET",of="site",status="404"} 1.0',
            "saite_sparql_waiting 0.0",
        }
        deadline = time.monotonic() + 10
        while not wanted <= (figures := told(port)) and time.monotonic() < deadline:
            time.sleep(0.05)  # an answer is counted once it has been sent
        assert wanted <= figures
    first, second = log.read_text("utf-8").splitlines()
    assert re.fullmatch(
        r'127\.0\.0\.1 - - \[.+\] "GET /book/emma%0d%0a HTTP/1\.1" 404 \d+ "-" "[^"]+" \d\.\d{3}', first
    )
    assert '"GET /book/emma HTTP/1.1" 200 ' in second


def test_a_log_that_cannot_be_written_is_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, with the option that names another."""
    assert run(["serve", str(library), "--port", "0", "--access-log", str(library / "no" / "log")]) == 2
    assert "--access-log FILE" in capsys.readouterr().err


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_downloads_end(tmp_path: Path, how: signal.Signals) -> None:
    """As supervisors and people end a server: who is being served gets everything, nobody else comes in."""
    size = 40_000_000
    folder = put(tmp_path / "site", [Artifact("big.nq", "application/n-quads", b"x" * size)])
    with serving("--no-sparql", str(folder)) as door:
        port = int(door.url.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
            slow.sendall(b"GET /big.nq HTTP/1.1\r\nHost: x\r\n\r\n")
            received = len(slow.recv(1 << 16))
            door.process.send_signal(how)
            time.sleep(0.5)
            assert door.process.poll() is None, "it waits"
            with pytest.raises(OSError, match=r"."):
                urllib.request.urlopen(door.url, timeout=5)
            while part := slow.recv(1 << 20):
                received += len(part)
        assert size < received < size + 2000
        assert door.process.wait(30) == 0


def test_a_second_signal_ends_at_once(tmp_path: Path) -> None:
    """Ctrl-C twice is for who does not want to wait for a client that takes nothing."""
    folder = put(tmp_path / "site", [Artifact("big.nq", "application/n-quads", b"x" * 40_000_000)])
    with serving("--no-sparql", str(folder)) as door:
        port = int(door.url.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as stuck:
            stuck.sendall(b"GET /big.nq HTTP/1.1\r\nHost: x\r\n\r\n")
            stuck.recv(1000)
            door.process.send_signal(signal.SIGINT)
            time.sleep(0.3)
            began = time.monotonic()
            door.process.send_signal(signal.SIGINT)
            assert door.process.wait(30) == 0
            assert time.monotonic() - began < 10


def test_a_taken_port_is_told_before_any_work(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, the port, and another one to take."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", str(library), "--port", str(port)]) == 2
    err = capsys.readouterr().err
    assert f"cannot listen at 127.0.0.1:{port}" in err
    assert "saite serve --port" in err
    assert not (library / ".saite").exists()


def test_a_site_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, before a port is taken."""
    assert run(["serve", str(tmp_path / "nowhere")]) == 2
    assert "there is no file or folder" in capsys.readouterr().err


def test_an_endpoint_is_for_live_sites(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and the two ways that there are."""
    assert run(["serve", str(library), "--endpoint", "http://127.0.0.1:9/"]) == 2
    err = capsys.readouterr().err
    assert "--live" in err
    assert "saite build --endpoint URL" in err
