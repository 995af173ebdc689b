"""The preview, over real sockets: it shows, rebuilds, reloads, tells errors, and ends when asked."""

import asyncio
import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from saite.artifact import Artifact
from saite.errors import EnvironmentFault, Place, SyntaxFault
from saite.output import write_site
from saite.serve.listening import address, bind
from saite.serve.pages import RELOAD_PATH, SCRIPT_PATH
from saite.serve.preview import Preview, run

BIG = b"<s> <p> <o> .\n" * 100_000


def site(sources: Path, out: Path) -> Callable[[], str]:
    """A builder: the page of each text file below sources; a file that says ``bad`` does not build."""

    def build() -> str:
        artifacts = [Artifact("404.html", "text/html; charset=utf-8", b"<body>lost</body>")]
        for source in sorted(sources.glob("*.txt")):
            text = source.read_text()
            if text == "bad":
                raise SyntaxFault("<oh> no", place=Place(source.name, 1), cure="Mend it.")
            name = source.stem
            for language in ("", "en", "lv"):
                path = f"{name}.{language}.html" if language else f"{name}.html"
                page = f"<body>{text} {language or 'en'}</body>".encode()
                artifacts.append(Artifact(path, "text/html; charset=utf-8", page, name, language or "en"))
            artifacts.append(Artifact(f"{name}.ttl", "text/turtle; charset=utf-8", text.encode(), name))
        artifacts.append(Artifact("dump/all.nt", "application/n-triples", BIG))
        write_site(out, artifacts, durable=False)
        return f"Built {len(artifacts)} files"

    return build


class Served:
    """A running preview."""

    def __init__(self, preview: Preview, port: int, sources: Path, told: list[str]) -> None:
        self.preview = preview
        self.port = port
        self.sources = sources
        self.told = told

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and content of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()


@contextmanager
def serving(tmp_path: Path) -> Iterator[Served]:
    """A preview in a thread of its own, over a folder with one text file."""
    sources, out = tmp_path / "sources", tmp_path / "out"
    sources.mkdir()
    (sources / "index.txt").write_text("hello")
    told: list[str] = []
    preview = Preview(out, site(sources, out), sources, lambda path: path.suffix == ".txt", told.append)
    preview.rebuild()
    listener = bind("127.0.0.1", 0)
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    failures: list[BaseException] = []

    def work() -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(run(preview, listener, ready.set))
        except BaseException as error:  # noqa: BLE001 (handed to the test, which fails on any)
            failures.append(error)
        finally:
            loop.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert ready.wait(10)
        yield Served(preview, listener.getsockname()[1], sources, told)
    finally:
        asyncio.run_coroutine_threadsafe(preview.close(), loop).result(10)
        thread.join(10)
        listener.close()
    assert not thread.is_alive(), "closing ends the server"
    assert failures == []


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A preview of a site with one document."""
    with serving(tmp_path) as running:
        yield running


def events(served: Served) -> "Iterator[str]":
    """The generations that the server sends, as they come."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    connection.request("GET", RELOAD_PATH)
    answer = connection.getresponse()
    assert answer.getheader("content-type", "").startswith("text/event-stream")
    try:
        for line in answer:
            if line.startswith(b"data: "):
                yield line[6:].decode().strip()
    finally:
        connection.close()


def test_files_answer_with_their_types(served: Served) -> None:
    """A file answers itself, whatever Accept says."""
    status, headers, content = served.get("/index.ttl", Accept="text/html")
    assert (status, headers["content-type"], content) == (200, "text/turtle; charset=utf-8", b"hello")
    assert headers["cache-control"] == "no-store"


def test_documents_negotiate_type_and_language(served: Served) -> None:
    """An extensionless address answers with the file that the client wants, says which, and what varies."""
    status, headers, content = served.get("/index", Accept="text/turtle")
    assert (status, headers["content-location"], content) == (200, "/index.ttl", b"hello")
    assert headers["vary"] == "Accept, Accept-Language"
    status, headers, content = served.get("/", Accept="text/html", Accept_Language="lv")
    assert headers["content-location"] == "/index.lv.html"
    assert b"hello lv" in content
    status, headers, content = served.get("/index", Accept="image/png")
    assert status == 406
    assert b"text/turtle" in content


def test_head_has_no_content(served: Served) -> None:
    """HEAD answers as GET does, without the content."""
    status, headers, content = served.get("/index.ttl", "HEAD")
    assert (status, headers["content-length"], content) == (200, "5", b"")


def test_large_files_come_from_the_disk_with_ranges(served: Served) -> None:
    """A dump is not held in memory, and parts of it can be asked for."""
    status, headers, content = served.get("/dump/all.nt")
    assert (status, headers["content-type"], content) == (200, "application/n-triples", BIG)
    status, headers, content = served.get("/dump/all.nt", Range="bytes=0-4")
    assert (status, content) == (206, BIG[:5])


def test_pages_carry_the_reload_script_and_files_do_not(served: Served) -> None:
    """The script is put in on the way out; what lies in the folder is what will be published."""
    _, _, content = served.get("/index.html")
    assert content.startswith(b"<body>hello en<script src=")
    assert content.endswith(b"</script></body>")
    assert (served.preview.folder / "index.html").read_bytes() == b"<body>hello en</body>"
    status, headers, script = served.get(SCRIPT_PATH)
    assert (status, headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert b"EventSource" in script


@pytest.mark.parametrize("path", ["/nowhere", "/../preview.py", "/%2e%2e/%2e%2e/etc/passwd", "/.saite-manifest.json"])
def test_what_is_not_of_the_site_is_not_found(served: Served, path: str) -> None:
    """Only what the manifest lists is served; the site's own 404 page says so."""
    status, _, content = served.get(path)
    assert status == 404
    assert content.startswith(b"<body>lost")


def test_a_change_is_built_and_told_to_the_browser(served: Served) -> None:
    """A changed source leads to a new build, a new generation, and a new page."""
    generations = events(served)
    first = next(generations)
    assert f'data-generation="{first}"'.encode() in served.get("/index.html")[2]
    (served.sources / "index.txt").write_text("again")
    assert next(generations) != first
    assert b"again en" in served.get("/index.html")[2]
    assert served.told[1:] == ["Changed: index.txt", "Built 6 files"]


def test_what_is_told_to_be_built_is_there(served: Served) -> None:
    """Who reads that the site is built and asks at once gets the new page, after an error too."""
    generations = events(served)
    next(generations)
    (served.sources / "index.txt").write_text("bad")
    next(generations)
    seen: list[bytes] = []

    def tell(text: str) -> None:
        if text.startswith("Built "):
            seen.append(served.get("/index.html")[2])

    served.preview.tell = tell
    (served.sources / "index.txt").write_text("good")
    next(generations)
    assert len(seen) == 1
    assert b"good en" in seen[0]


def test_an_error_is_shown_as_a_page_until_it_is_mended(served: Served) -> None:
    """A site that does not build shows why, safely escaped; data files stay; mending brings the pages back."""
    generations = events(served)
    next(generations)
    (served.sources / "index.txt").write_text("bad")
    next(generations)
    status, headers, content = served.get("/index.html")
    assert (status, headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert b"index.txt:1: &lt;oh&gt; no" in content
    assert b"Mend it." in content
    assert served.told[-1] == "index.txt:1: <oh> no\n  -> Mend it."
    assert served.get("/index.ttl")[2] == b"hello"
    (served.sources / "index.txt").write_text("good")
    next(generations)
    assert served.get("/index.html")[0] == 200


def test_files_that_do_not_matter_do_not_rebuild(served: Served) -> None:
    """Editors' files and others that no build reads are passed over."""
    generations = events(served)
    first = next(generations)
    (served.sources / "notes.md").write_text("nothing")
    (served.sources / "new.txt").write_text("page")
    assert next(generations) != first
    assert served.told[1:] == ["Changed: new.txt", "Built 10 files"]
    assert served.get("/new")[0] == 200


def test_a_page_asked_for_during_a_swap_is_missing_and_not_a_crash(served: Served) -> None:
    """If a file vanished between manifest and reading, the answer is 404."""
    (served.preview.folder / "index.ttl").unlink()
    assert served.get("/index.ttl")[0] == 404


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    """The message names the port and another one to take."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            EnvironmentFault, match=f"cannot listen at 127.0.0.1:{port}: Address already in use"
        ) as told:
            bind("127.0.0.1", port)
        assert "--port" in told.value.cure
    with pytest.raises(EnvironmentFault, match="ports end at 65535"):
        bind("127.0.0.1", 70000)


def test_addresses_are_urls() -> None:
    """What is told can be clicked, in both families of addresses."""
    with bind("127.0.0.1", 0) as listener:
        assert address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with bind("::1", 0) as listener:
        assert address(listener) == f"http://[::1]:{listener.getsockname()[1]}/"
