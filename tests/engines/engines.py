"""Real SPARQL engines on ports of loopback, each with its own folder; they end with the test.

An engine is found by its variable (``SAITE_OXIGRAPH``, ``SAITE_VIRTUOSO``), beside this Python or on the path; without
it the tests are skipped, and fail where ``CI=true``.
"""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, serialize
from tests.programs import free_port, needed

from saite.terms import Quad

VIRTUOSO = "the package virtuoso-opensource-7-bin of Debian"
PATIENCE = 30.0
"""Seconds in which an engine must be up, on a busy machine."""


@contextmanager
def _running(command: list[str], port: int, log: Path, home: Path) -> Iterator[None]:
    """A server in the foreground, from when it listens until the block ends."""
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=home, stdout=output, stderr=output, stdin=subprocess.DEVNULL) as process,
    ):
        try:
            _await(process, port, log)
            yield
        finally:
            process.kill()  # its data are of no use any more


def _await(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the engine does not come up: {log.read_text(errors='replace')[-2000:]}")


@contextmanager
def oxigraph(quads: list[Quad], home: Path, *arguments: str) -> Iterator[str]:
    """The Oxigraph server over some quads: the address of its endpoint."""
    path = needed("oxigraph", "the package oxigraph of PyPI", "SAITE_OXIGRAPH")
    home.mkdir()
    store = Store(str(home / "store"))
    store.bulk_extend(quads)
    store.flush()
    del store
    port = free_port()
    command = [path, "serve-read-only", "--location", str(home / "store"), "--bind", f"127.0.0.1:{port}", *arguments]
    with _running(command, port, home / "log", home):
        yield f"http://127.0.0.1:{port}/query"


_INI = """
[Database]
DatabaseFile = {home}/virtuoso.db
ErrorLogFile = {home}/virtuoso.log
LockFile = {home}/virtuoso.lck
TransactionFile = {home}/virtuoso.trx
xa_persistent_file = {home}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {home}/temp.db
TransactionFile = {home}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {home}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CheckpointInterval = 0
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
DefaultQuery = select distinct ?Concept where {{[] a ?Concept}} LIMIT 100
"""


class Virtuoso:
    """A running Virtuoso.

    Attributes:
        url: the address of its endpoint.
    """

    def __init__(self, home: Path, http: int, sql: int) -> None:
        self.url = f"http://127.0.0.1:{http}/sparql"
        self._home = home
        self._sql = sql

    def run(self, *statements: str) -> str:
        """What isql says of some statements of SQL or, after ``SPARQL``, of SPARQL."""
        path = needed("isql-vt", VIRTUOSO, "SAITE_ISQL")
        options = ["ERRORS=STDOUT", "VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF"]
        done = subprocess.run(
            [path, f"127.0.0.1:{self._sql}", "dba", "dba", *options],
            input=";\n".join(statements) + ";\n",
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        assert "Error" not in done.stdout, done.stdout
        return done.stdout

    def load(self, quads: list[Quad], default: str = "urn:default") -> None:
        """Loads quads, those of the default graph into a graph of that name."""
        file = self._home / f"load-{time.monotonic_ns()}.nq"
        serialize(quads, str(file), RdfFormat.N_QUADS)
        self.run(f"DB.DBA.TTLP_MT(file_to_string_output('{file}'), '', '{default}', 512)", "checkpoint")


@contextmanager
def virtuoso(home: Path, rows: int = 10_000) -> Iterator[Virtuoso]:
    """Virtuoso with its own settings and an empty database.

    Args:
        home: a folder to make.
        rows: rows of an answer, at most; Virtuoso cuts silently.
    """
    path = needed("virtuoso-t", VIRTUOSO, "SAITE_VIRTUOSO")
    home.mkdir()
    http, sql = free_port(), free_port()
    (home / "virtuoso.ini").write_text(_INI.format(home=home, http=http, sql=sql, rows=rows))
    with _running([path, "+foreground", "+configfile", str(home / "virtuoso.ini")], http, home / "log", home):
        yield Virtuoso(home, http, sql)
