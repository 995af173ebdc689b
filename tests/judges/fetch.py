"""Fetches the judges from npm: ``make judges``. Where there is no Node or no registry, their tests are skipped."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

import pytest

from npm.make import NoNode, install

HERE: Final = Path(__file__).parent
MODULES: Final = HERE / "node_modules"


def fetched() -> bool:
    """Whether the judges are there, as the lock file has them."""
    try:
        return (MODULES / ".lock").read_bytes() == (HERE / "package-lock.json").read_bytes()
    except OSError:
        return False


def judge(path: str) -> Path:
    """A file of a judge; without it a test is skipped, and fails where ``CI=true``.

    Args:
        path: within ``node_modules``.
    """
    if not fetched():
        text = "the judges of pages are not there; make judges fetches them"
        if os.environ.get("CI") == "true":
            pytest.fail(text)
        pytest.skip(text)
    return MODULES / path


def main() -> int:
    """Fetch them unless they are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--if-possible", action="store_true", help="go on without them")
    options = parser.parse_args()
    if fetched():
        return 0
    try:
        install(HERE)
    except NoNode as error:
        sys.stderr.write(f"Pages are not judged by others: {error}\n")
        return 0 if options.if_possible else 1
    (MODULES / ".lock").write_bytes((HERE / "package-lock.json").read_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
