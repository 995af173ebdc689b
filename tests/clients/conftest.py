"""The site of the contract, as ``saite serve`` shows it to the world."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contract.site import built


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where it is served, with its endpoint."""
    folder = tmp_path_factory.mktemp("clients") / "source"
    built(folder)
    command = [sys.executable, "-m", "saite", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = ""
            while (found := re.search(r"Look at (http\S+/)", said)) is None:
                line = process.stderr.readline()
                assert line, said
                said += line
            yield found[1]
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def modules() -> Path:
    """Where the clients from npm lie; those who have not fetched them have none."""
    folder = Path(__file__).parent.parent.parent / ".corpus" / "clients"
    if not (folder / "node_modules").is_dir():
        pytest.skip("make corpus fetches the clients")
    return folder
