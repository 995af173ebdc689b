"""Which files make up a dataset (design decision "Input")."""

import difflib
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from saite import manifest
from saite.config import FILE_NAME, Config
from saite.errors import ConfigError, DataError, EnvironmentFault, Place, UsageError
from saite.sources.formats import EXTENSIONS, UNSURE, Format, ending, tell
from saite.sources.source import Source, environment, head_of
from saite.terms import NamedNode


def discover(target: Path, config: Config) -> list[Source]:
    """The files of a dataset, in an order that depends on nothing but their names.

    A folder with ``saite.toml`` that has a ``[graphs]`` table: the files that the table names, each in its graph;
    a file that several entries match belongs to the last. Any other folder: every file of RDF below it, without
    hidden ones and without sites that Saite has built. A file: itself.

    Relative IRIs start from the site's base. Where a folder has no settings but a base was given, the folder lies
    there, and each file at its own address below it (RFC 3986 section 5.1.3): files that speak of themselves (<>)
    are not one thing.

    Raises:
        UsageError: there is no such file or folder.
        ConfigError: ``[graphs]`` names a file that does not exist, or has names and there is no base.
        DataError: there is no RDF.
        EnvironmentFault: a folder cannot be read.
    """
    contexts = _contexts(config)
    with environment(Source(target, _shown(target))):
        if target.is_file():
            return [Source(target, _shown(target), None, config.base, contexts)]
        if not target.is_dir():
            raise _missing(target)
        if config.graphs and (target / FILE_NAME).is_file():
            return _named(config, contexts)
        paths = list(_below(target))
    if not paths:
        raise _no_rdf(target)
    own = config.base if config.base.endswith("/") and not (target / FILE_NAME).is_file() else ""
    found = []
    for path in paths:
        below = path.relative_to(target)
        base = own + quote(os.fsencode(below.as_posix())) if own else config.base
        found.append(Source(path, _shown(below), None, base, contexts))
    return found


def _shown(path: Path) -> str:
    """A path for people: bytes of a file name that are not UTF-8 become U+FFFD, so that it can be printed anywhere."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="replace")


def _contexts(config: Config) -> dict[str, Path]:
    """Files of the site that stand for contexts: those that saite.toml names, and the site's own."""
    contexts = {url: config.root / path for url, path in config.contexts.items()}
    if config.context:
        for base in filter(None, (config.base, config.url)):
            contexts.setdefault(base + "context.jsonld", config.root / config.context)
    return contexts


def _named(config: Config, contexts: dict[str, Path]) -> list[Source]:
    """The files of the ``[graphs]`` table."""
    graphs: dict[str, NamedNode] = {}
    for key, patterns in config.graphs.items():
        if not config.base and "://" not in key:
            raise ConfigError(
                f"the graph {key!r} has no IRI without a base",
                place=Place(FILE_NAME),
                cure='Set base = "https://.../" in saite.toml, or write the full IRI of the graph.',
            )
        graph = NamedNode(config.graph_iri(key))
        for pattern in patterns:
            for path in _matches(config.root, key, pattern):
                graphs[path] = graph
    if not graphs:
        raise _no_rdf(config.root)
    return [
        Source(config.root / path, _shown(Path(path)), graphs[path], config.base, contexts) for path in sorted(graphs)
    ]


def _matches(root: Path, key: str, pattern: str) -> Iterator[str]:
    """The files of RDF that a pattern of the ``[graphs]`` table matches, relative to the site folder."""
    place = Place(FILE_NAME)
    if PurePosixPath(pattern).is_absolute() or ".." in PurePosixPath(pattern).parts or not pattern:
        raise ConfigError(
            f"[graphs] {key}: {pattern!r} leads out of the site folder", place=place, cure="Write a relative path."
        )
    fixed = root
    for part in PurePosixPath(pattern).parts:
        if any(c in part for c in "*?["):
            break
        fixed /= part
    if not fixed.exists():
        raise ConfigError(
            f"[graphs] {key}: there is no {fixed.relative_to(root).as_posix()}",
            place=place,
            cure=f"Add it, or mend the path.{_similar(fixed)}",
        )
    if fixed == root / pattern:
        paths = list(_below(fixed)) if fixed.is_dir() else [fixed]
    else:
        paths = [path for path in root.glob(pattern) if path.is_file() and _is_rdf(path)]
    for path in paths:
        yield path.relative_to(root).as_posix()


def _below(folder: Path) -> Iterator[Path]:
    """The files of RDF below a folder, sorted; not hidden ones, nor those of sites that Saite has built."""

    def refuse(error: OSError) -> None:
        raise EnvironmentFault(
            f"the folder cannot be read: {error.strerror}",
            place=Place(str(error.filename)),
            cure="Check that you may read it.",
        ) from error

    seen: set[Path] = set()
    for parent, folders, files in os.walk(folder, onerror=refuse, followlinks=True):
        # a link to a folder counts as the folder, once
        built = manifest.FILE_NAME in files and Path(parent) != folder
        if built or Path(parent).resolve() in seen:
            folders.clear()
            continue
        seen.add(Path(parent).resolve())
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and _is_rdf(Path(parent, name)):
                yield Path(parent, name)


def _is_rdf(path: Path) -> bool:
    """Whether a file is RDF: by its name, or by its content where its name may mean anything."""
    if ending(path.name) in EXTENSIONS:
        return True
    return ending(path.name) in UNSURE and isinstance(tell(path.name, head_of(Source(path, str(path)))), Format)


def _missing(target: Path) -> UsageError:
    return UsageError(f"there is no file or folder {target}", cure=f"Check the path.{_similar(target)}")


def _similar(path: Path) -> str:
    """A hint at what is beside a path that does not exist, with a name like it."""
    parent = path.parent
    names = sorted(p.name for p in parent.iterdir()) if parent.is_dir() and os.access(parent, os.R_OK) else []
    near = difflib.get_close_matches(path.name, names, 1)
    return f" Did you mean {(parent / near[0]).as_posix()}?" if near else ""


def _no_rdf(folder: Path) -> DataError:
    """There is no RDF in a folder: say what there is."""
    endings = Counter(
        "." + ending(name) if ending(name) else "no ending"
        for _, _, names in os.walk(folder)
        for name in names
        if not name.startswith(".")
    )
    there = ", ".join(
        f"{count} with {name}" for name, count in sorted(endings.items(), key=lambda i: (-i[1], i[0]))[:5]
    )
    known = ", ".join(sorted("." + name for name in EXTENSIONS))
    return DataError(
        f"there is no RDF in this folder: {'it is empty' if not endings else 'its files are ' + there}",
        place=Place(str(folder)),
        cure=f"Put RDF files into it ({known}), or name another folder; saite new DIR makes a site to start from.",
    )
