"""Programs that tests need and that not every machine has."""

import os
import shutil
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from saite.render.html import vendor


def needed(name: str, where: str, variable: str = "") -> str:
    """The path of a program: what a variable says, beside this Python, or on the path (that of administrators too).

    Without it a test is skipped, and fails where ``CI=true``.

    Args:
        name: of the program.
        where: it can be had.
        variable: of the environment, which names another one.
    """
    beside = Path(sys.executable).parent / name
    path = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin"
    found = os.environ.get(variable) or (str(beside) if beside.is_file() else shutil.which(name, path=path))
    if found is None:
        text = f"there is no {name}; it is in {where}" + (f", or name it in {variable}" if variable else "")
        if os.environ.get("CI") == "true":
            pytest.fail(text)
        pytest.skip(text)
    return found


def chromium() -> str:
    """The browser."""
    return needed("chromium", "the package chromium of Debian", "SAITE_CHROMIUM")


def web_assets() -> None:
    """See that ``make assets`` was run: without them a test is skipped, and fails where ``CI=true``."""
    if not vendor.there(vendor.LIST):
        text = "there are no web assets; make assets makes them"
        if os.environ.get("CI") == "true":
            pytest.fail(text)
        pytest.skip(text)


def free_port() -> int:
    """A port of loopback on which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def needed_module(name: str, extra: str = "dev") -> None:
    """See that a package of an extra is there: without it a test is skipped, and fails where ``CI=true``."""
    if find_spec(name) is None:
        text = f"there is no {name}; it is in the extra {extra}"
        if os.environ.get("CI") == "true":
            pytest.fail(text)
        pytest.skip(text)
