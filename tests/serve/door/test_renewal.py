"""A site that is built anew while it is asked: each answer is of one build, and none is refused."""

import asyncio
import hashlib
import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.contract.doors import served

from saite.artifact import HTML, TURTLE, Artifact
from saite.errors import EnvironmentFault
from saite.naming import Name
from saite.output import OutputFolder, claim, one_by_one, write_site
from saite.serve.door import application
from saite.serve.door.application import Door
from saite.serve.door.generation import Wish
from saite.serve.door.storage import current

from .folders import ask, asked, put

ROUNDS = 12
SIZES = {"page.en.html": 40_000, "a.ttl": 3_000, "a.nt": 90_000, "big.nq": 1_500_000}
TYPES = {"page.en.html": HTML, "a.ttl": TURTLE, "a.nt": "application/n-triples", "big.nq": "application/n-quads"}


def content(path: str, number: int) -> bytes:
    """What a file says in a build: the same length in each, so that its size tells nothing."""
    line = f"# {path} of build {number:04d}\n".encode()
    return line * (SIZES[path] // len(line))


def artifacts_of(number: int) -> list[Artifact]:
    """The files of a build."""
    return [
        Artifact(path, TYPES[path], content(path, number), path.partition(".")[0], "en" if "html" in path else "")
        for path in SIZES
    ]


def build(folder: Path, number: int) -> None:
    """A build."""
    artifacts = artifacts_of(number)
    put(folder, artifacts, [Name("id/a", see="a" if number % 2 else "page")], {"base": "https://example.org/"})


class Reader(threading.Thread):
    """Asks again and again, on one connection."""

    def __init__(self, port: int, paths: list[str], end: threading.Event, **fields: str) -> None:
        super().__init__()
        self.port, self.paths, self.end, self.fields = port, paths, end, fields
        self.faults: list[str] = []
        self.builds: Counter[bytes] = Counter()

    def run(self) -> None:
        """Until the end."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not self.end.is_set():
            for path in self.paths:
                connection.request("GET", f"/{path}", headers=self.fields)
                try:
                    answer = connection.getresponse()
                    self.judge(path, answer.status, dict(answer.getheaders()), answer.read())
                except (OSError, http.client.HTTPException) as error:
                    self.faults.append(f"{path}: {error!r}")
                    connection.close()
        connection.close()

    def judge(self, path: str, status: int, fields: dict[str, str], body: bytes) -> None:
        """Whether an answer is wholly of one build."""
        if path == "id/a":
            if (status, fields.get("location")) not in ((303, "../a"), (303, "../page")):
                self.faults.append(f"{path}: {status} {fields}")
            return
        tag = hashlib.sha256(body).hexdigest()[:32]
        if status != 200 or fields.get("etag") != f'"{tag}"' or len(set(body.splitlines())) != 1:
            self.faults.append(f"{path}: {status} {fields} {set(body.splitlines())}")
        self.builds[body[:60].split(b"build ")[-1][:4]] += 1


def mend(folder: Path, number: int) -> None:
    """A build after an edit: the files of the same folder take other contents one by one."""
    with claim(folder) as place:
        assert isinstance(place, OutputFolder)
        assert place.mend(one_by_one(artifacts_of(number)), lambda: True, durable=False).files == len(SIZES)


@pytest.mark.parametrize("again", [build, mend])
def test_each_answer_is_of_one_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: Callable[[Path, int], None]
) -> None:
    """While builds follow each other: the tag is that of the body, all of whose lines are of one build; none fails."""
    monkeypatch.setattr(application, "_POLL", 0.05)
    folder = tmp_path / "site"
    build(folder, 0)
    end = threading.Event()
    told: list[str] = []
    with served(Door(folder, tell=told.append)) as port:
        readers = [
            Reader(port, ["page.en.html", "a.ttl", "id/a"], end),
            Reader(port, ["big.nq", "page"], end, Accept="text/html"),
            Reader(port, ["a", "a.nt", "big.nq"], end, Accept="text/turtle"),
        ]
        for reader in readers:
            reader.start()
        for number in range(1, ROUNDS):
            again(folder, number)
            time.sleep(0.15)
        end.set()
        for reader in readers:
            reader.join(30)
    assert [fault for reader in readers for fault in reader.faults] == []
    builds = sum((reader.builds for reader in readers), Counter())
    assert len(builds) > ROUNDS / 2
    assert any("built anew" in line for line in told)


def test_a_download_ends_with_the_build_that_it_began_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though others have taken its place since, and its files are gone from the disk."""
    monkeypatch.setattr(application, "_POLL", 0.02)
    folder = tmp_path / "site"
    size = 30_000_000
    write_site(folder, [*_with_names(b"0" * size)], durable=False)
    with served(Door(folder)) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/big.nq")
        answer = connection.getresponse()
        begin = answer.read(1000)
        for number in range(1, 4):
            write_site(folder, [*_with_names(str(number).encode() * size)], durable=False)
            time.sleep(0.1)
        other = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        other.request("GET", "/big.nq", headers={"Range": "bytes=0-9"})
        assert other.getresponse().read() == b"3" * 10
        assert begin + answer.read() == b"0" * size
        other.close()
        connection.close()


def _with_names(big: bytes) -> list[Artifact]:
    names = Artifact(".saite-names.json", "application/json", b'{"format":1,"names":[\n]}\n')
    return [names, Artifact("big.nq", "application/n-quads", big)]


def test_the_endpoint_has_the_new_data_before_the_site_is_shown(tmp_path: Path) -> None:
    """What renews it is called first; if it cannot, the old site stays, and who runs the server is told."""
    folder = put(tmp_path / "site")
    told: list[str] = []
    seen: list[int] = []
    fails = True

    async def renewed() -> None:
        seen.append((await ask(door, "/b.ttl", fields={"accept": "text/turtle"})).status)
        if fails:
            raise EnvironmentFault("no disk", cure="Make room.")

    door = Door(folder, renewed=renewed, tell=told.append)
    put(folder, [Artifact("b.ttl", TURTLE, b"# b\n", "b")], ())
    asyncio.run(door.renew())
    assert asked(door, "/a.en.html").status == 503, "it is gone from the disk"
    assert "no disk" in told[0]
    fails = False
    asyncio.run(door.renew())
    assert asked(door, "/b.ttl").status == 200
    assert asked(door, "/a.en.html").status == 404
    assert set(seen) == {404}
    assert told[-1] == "The site was built anew: 2 files."


def test_a_site_that_was_not_built_anew_is_not_read_again(tmp_path: Path) -> None:
    """Nor is one that is not there for a moment; two looks at once read it once."""
    folder = put(tmp_path / "site")
    told: list[str] = []
    door = Door(folder, tell=told.append)
    asyncio.run(door.renew())
    folder.rename(tmp_path / "away")
    assert current(folder) == ""
    asyncio.run(door.renew())
    assert told == []
    put(folder)

    async def twice() -> None:
        await asyncio.gather(door.renew(), door.renew())

    asyncio.run(twice())
    assert len(told) == 1


def test_what_answers_otherwise_is_not_followed() -> None:
    """A door before something that is no folder has nothing to renew."""

    class Other:
        version = "1"

        async def choice(self, wish: Wish) -> None:
            raise NotImplementedError

        async def body(self, entry: object, compressed: bool = False) -> None:
            raise NotImplementedError

    door = Door(Other())  # type: ignore[arg-type]  # it is asked nothing
    asyncio.run(door.renew())
    asyncio.run(asyncio.wait_for(door.follow(), 1))


def test_nobody_waits_long_for_new_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the endpoint's data are made, what is not in memory is 503 after a while; the making goes on."""
    monkeypatch.setattr(application, "_PATIENCE", 0.05)
    folder = put(tmp_path / "site")

    async def tried() -> tuple[int, int]:
        made = asyncio.Event()

        async def renewed() -> None:
            await made.wait()

        door = Door(folder, renewed=renewed)
        put(folder, [Artifact("b.ttl", TURTLE, b"# b\n", "b")], ())
        first = (await ask(door, "/a.ttl")).status
        made.set()
        await asyncio.sleep(0.05)
        return first, (await ask(door, "/b.ttl")).status

    assert asyncio.run(tried()) == (503, 200)
