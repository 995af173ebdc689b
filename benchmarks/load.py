"""Requests to a server over kept connections: by wrk, which is quick itself, or by a generator of our own."""

import asyncio
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

_SCRIPT = """
local paths, at = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
request = function()
  at = at + 1
  return wrk.format("GET", paths[(at - 1) %% #paths + 1])
end
done = function(summary, latency, requests)
  print(string.format("FOUND %%d %%f %%f %%f %%d", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, summary.errors.status))
end
"""
_UNITS = {"wrk": shutil.which("wrk") or ""}


class Load(NamedTuple):
    """What a server did under load.

    Attributes:
        rate: requests per second.
        median, p99: milliseconds until an answer was there.
        requests: how many there were.
        bad: how many answers were no success.
    """

    rate: float
    median: float
    p99: float
    requests: int
    bad: int


def tool() -> str:
    """What makes the requests."""
    return "wrk" if _UNITS["wrk"] else "asyncio"


def load(port: int, paths: Sequence[str], seconds: float, connections: int, work: Path, accept: str = "*/*") -> Load:
    """Ask for paths in turn, for some seconds, over some connections at once."""
    lines = work / "paths"
    lines.write_text("\n".join(paths), encoding="ascii")
    if not _UNITS["wrk"]:
        command = [sys.executable, "-m", "benchmarks.load", str(port), str(lines), str(seconds), str(connections)]
        command.append(accept)
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    else:
        script = work / "load.lua"
        script.write_text(_SCRIPT % lines, encoding="utf-8")
        command = [
            _UNITS["wrk"],
            "-t1",
            f"-c{connections}",
            f"-d{seconds:.0f}s",
            "-s",
            str(script),
            "-H",
            f"Accept: {accept}",
        ]
        output = subprocess.run(
            [*command, f"http://127.0.0.1:{port}/"], capture_output=True, text=True, check=True
        ).stdout
        match = re.search(r"FOUND (.*)", output)
        assert match is not None, output
        found = match[1].split()
    requests, took, median, p99, bad = map(float, found)
    return Load(requests / took, median, p99, int(requests), int(bad))


async def _client(port: int, paths: Iterator[str], accept: str, until: float, waits: list[float]) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    bad = 0
    while (began := time.perf_counter()) < until:
        writer.write(f"GET {next(paths)} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if length is not None:
            await reader.readexactly(int(length[1]))
        waits.append(time.perf_counter() - began)
        bad += not head.startswith(b"HTTP/1.1 200")
    writer.close()
    return bad


async def _generate(port: int, paths: Sequence[str], seconds: float, connections: int, accept: str) -> None:
    turn = cycle(paths)
    waits: list[float] = []
    began = time.perf_counter()
    bad = await asyncio.gather(*(_client(port, turn, accept, began + seconds, waits) for _ in range(connections)))
    took = time.perf_counter() - began
    waits.sort()
    count = len(waits)
    print(count, took, waits[count // 2] * 1e3, waits[int(count * 0.99)] * 1e3, sum(bad))


if __name__ == "__main__":
    _, port, lines, seconds, connections, accepted = sys.argv
    wanted = Path(lines).read_text(encoding="ascii").splitlines()
    asyncio.run(_generate(int(port), wanted, float(seconds), int(connections), accepted))
