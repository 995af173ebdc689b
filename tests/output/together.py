"""Lets several processes fill a folder with made-up work, and says what came of it: one JSON object.

Used by test_crew.py as ``python together.py FOLDER SCENARIO JOBS``; a process of its own, so that it can fork freely. A
fourth word lets it ignore the end of its processes ("ignore"), or another process take over after each piece ("short").
With "short" and "enough" it tells how many processes made pieces; with "packed" it makes an archive.
"""

import errno
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saite.artifact import Artifact
from saite.errors import DataError, SaiteError
from saite.output import Written, claim, crew, write_site
from saite.output.ledger import Ledger, Run

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

PIECES = 40
MAIN = os.getpid()


def text(path: str, content: str = "text", document: str = "") -> Artifact:
    """A small file."""
    return Artifact(path, "text/plain; charset=utf-8", content.encode(), document)


def ordinary(piece: int) -> Iterator[Artifact]:
    """Three files in two folders."""
    yield text(f"a/{piece}.txt", f"{piece} " * 300, f"a/{piece}")
    yield text(f"b/{piece % 7}/{piece}.txt", str(piece))
    yield Artifact(
        f"c/{piece}.nt", "application/n-triples", lambda: iter([b"one ", b"two " * 200, str(piece).encode()])
    )


class Faulty(Exception):
    """An error of somebody else's, which no other process can be told of: it does not pickle."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)
        self.two = two


def data_fault(piece: int) -> Iterator[Artifact]:
    """The data are at fault in many places; the first is the one to be told."""
    yield from ordinary(piece)
    if piece > 10:
        time.sleep(0.02 if piece < 20 else 0)
        raise DataError(f"piece {piece} is wrong", cure="Mend it.")


def our_fault(piece: int) -> Iterator[Artifact]:
    """The program is at fault."""
    yield from ordinary(piece)
    if piece == 17:
        raise Faulty("wrong", "very")


def exit_(piece: int) -> Iterator[Artifact]:
    """A renderer ends the program."""
    yield from ordinary(piece)
    if piece == 17:
        sys.exit("no more")


def streamed_fault(piece: int) -> Iterator[Artifact]:
    """What a large file is made of cannot be read."""

    def chunks() -> Iterator[bytes]:
        yield b"one"
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "logo.svg")

    yield from ordinary(piece)
    if piece == 17:
        yield Artifact("d/large.nt", "application/n-triples", chunks)


def bad_path(piece: int) -> Iterator[Artifact]:
    """A path leads elsewhere."""
    yield from ordinary(piece)
    if piece in (17, 33):
        yield text(f"../{piece}", document=str(piece))


def clash(piece: int) -> Iterator[Artifact]:
    """Some paths are there twice, or are a file and a folder."""
    yield from ordinary(piece)
    if piece in (3, 17, 39):
        yield text("x/same.txt", document=str(piece))
    if piece in (4, 38):
        yield text("x/file/inner.txt" if piece == 38 else "x/file", document=str(piece))


def second_try(piece: int) -> Iterator[Artifact]:
    """Something fails in another process only, as lack of memory may."""
    yield from ordinary(piece)
    if piece == 17 and os.getpid() != MAIN:
        raise MemoryError


def killed(piece: int) -> Iterator[Artifact]:
    """A process is killed, as the kernel does where memory is short."""
    yield from ordinary(piece)
    if piece == 17 and os.getpid() != MAIN:
        os.kill(os.getpid(), signal.SIGKILL)


def crashed(piece: int) -> Iterator[Artifact]:
    """A process ends by itself."""
    yield from ordinary(piece)
    if piece == 17 and os.getpid() != MAIN:
        os._exit(7)


def terminated(piece: int) -> Iterator[Artifact]:
    """Somebody ends a process."""
    yield from ordinary(piece)
    if piece == 17 and os.getpid() != MAIN:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)


def interrupted(piece: int) -> Iterator[Artifact]:
    """Ctrl-C reaches every process."""
    yield from ordinary(piece)
    if piece == 17:
        os.killpg(os.getpgid(0), signal.SIGINT)
        time.sleep(60)


def copies(piece: int) -> Iterator[Artifact]:
    """The site brings compressed files of its own, before and after the files that they belong to."""
    yield from ordinary(piece)
    own = Artifact(f"a/{(piece * 11 + 5) % PIECES}.txt.gz", "application/gzip", b"the site's own")
    if piece % 3 == 0:
        yield own
    if piece == 8:
        yield Artifact("c/9.nt.gz", "application/gzip", b"the site's own")


def full_disk(piece: int) -> Iterator[Artifact]:
    """The disk is full from some piece on."""
    if piece == 17:
        os.write = no_space
    yield from ordinary(piece)


def no_space(descriptor: int, data: "Buffer") -> int:
    """What a full disk says."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def full_at_the_end(piece: int) -> Iterator[Artifact]:
    """The disk is full as the ledgers are brought together."""
    yield from ordinary(piece)
    if os.getpid() != MAIN:
        Ledger.hand_over = lambda self: [Run(0, no_space(0, b""))]  # type: ignore[method-assign]


SCENARIOS: dict[str, Callable[[int], Iterator[Artifact]]] = {
    "ordinary": ordinary,
    "copies": copies,
    "data_fault": data_fault,
    "our_fault": our_fault,
    "exit": exit_,
    "streamed_fault": streamed_fault,
    "bad_path": bad_path,
    "clash": clash,
    "second_try": second_try,
    "killed": killed,
    "crashed": crashed,
    "terminated": terminated,
    "interrupted": interrupted,
    "full_disk": full_disk,
    "full_at_the_end": full_at_the_end,
}


class Pieces:
    """Made-up work: pieces in an order that is not that of their numbers, some of which wait for others.

    Args:
        scenario: makes the files of a piece.
    """

    def __init__(self, scenario: Callable[[int], Iterator[Artifact]]) -> None:
        self._scenario = scenario
        self._left: list[int] = [0, *range(PIECES - 3, 0, -2), *range(PIECES - 2, 0, -2), PIECES - 1]
        self._done: set[int] = set()
        self.notes: dict[str, Any] = {}

    def take(self) -> int | None:
        """The next; the last waits for the one in the middle."""
        if not self._left or (self._left == [PIECES - 1] and PIECES // 2 not in self._done):
            return None
        return self._left.pop(0)

    def make(self, piece: int) -> Iterator[Artifact]:
        """Its files; the last piece tells what the one in the middle noted."""
        yield from self._scenario(piece)
        self.notes[f"made by {os.getpid()}"] = 1
        if piece == PIECES // 2:
            self.notes["noted"] = piece
        if piece == PIECES - 1:
            yield text("noted.txt", f"noted {self.notes['noted']}")

    def done(self, piece: int) -> int:
        """One each."""
        self._done.add(piece)
        return 1


def build(out: Path, scenario: str, jobs: int) -> tuple[Written, int, int]:
    """One build; what its pieces counted for, and how many processes made them."""
    pieces = Pieces(SCENARIOS[scenario])
    gzip = scenario == "copies"
    with claim(out) as folder:
        if jobs == 1:
            count = [0]

            def counted() -> Iterator[Artifact]:
                for piece in range(PIECES):
                    yield from pieces.make(piece)
                    count[0] += 1

            written = folder.write(counted(), gzip=gzip, durable=False)
            return written, count[0], 1
        counts: list[int] = []
        written = folder.write_together(pieces, jobs, counts.extend, gzip=gzip, durable=False)
        return written, sum(counts), sum(note.startswith("made by") for note in pieces.notes)


def main() -> None:
    """Build over an old site; tell the error, and what stands where."""
    out = Path(sys.argv[1]) / ("site.zip" if "packed" in sys.argv[4:] else "site")
    write_site(out, [text("old.txt", "old")])
    result: dict[str, object] = {}
    if "ignore" in sys.argv[4:]:
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    if "short" in sys.argv[4:]:
        crew.SHARE = (0, 0)  # type: ignore[misc]
    write = os.write
    try:
        written, count, makers = build(out, sys.argv[2], int(sys.argv[3]))
        result |= {"files": written.files, "bytes": written.bytes, "count": count}
        if "short" in sys.argv[4:] or "enough" in sys.argv[4:]:
            result["makers"] = makers
    except SaiteError as error:
        result |= {"error": str(error), "kind": type(error).__name__}
    except BaseException as error:  # noqa: BLE001 (it is told)
        last = traceback.extract_tb(error.__traceback__)[-1]
        result |= {"error": str(error), "kind": type(error).__name__, "where": f"{last.name}:{last.lineno}"}
    os.write = write
    try:
        os.waitpid(-1, os.WNOHANG)
        result["children"] = True
    except ChildProcessError:
        result["children"] = False
    result["old"] = (out / "old.txt").exists()
    result["beside"] = sorted(path.name for path in out.parent.iterdir())
    print(json.dumps(result))  # noqa: T201 (what this program is for)


if __name__ == "__main__":
    main()
