"""``saite.toml`` as frozen values: an unknown key is an error with "did you mean", a wrong value says where it is."""

import difflib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from saite.errors import ConfigError, Place
from saite.namespaces import PREFIXES

FILE_NAME = "saite.toml"
FORMATS = ("html", "turtle", "jsonld", "ntriples", "rdfxml", "dumps")


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """Where the documents of IRIs lie that begin alike; the longest beginning wins.

    Attributes:
        iri: beginning of the IRIs, relative to the base or absolute.
        path: folder of their documents below the site's root, "" for the root itself.
    """

    iri: str
    path: str


@dataclass(frozen=True, slots=True)
class Fold:
    """Instances of a class that have no page, but are shown inside the pages of the nodes that they point to.

    Attributes:
        type: the class (IRI); ``class`` in the file.
        into: properties from the folded node to its hosts; the first that has a value leads to the host
            whose fragment the folded node's IRI answers with.
        columns: properties shown as columns where several such nodes stand in a table; empty: those in use.
    """

    type: str
    into: tuple[str, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """Which folded nodes say where another triple comes from, and by which properties.

    Attributes:
        type: the class of the statement nodes; ``class`` in the file.
        resource: leads to the subject of the triple.
        property: leads to its predicate.
        value: gives the object as the source has it.
        source: leads to the source document.
        accepted: gives the object that is published instead.
        quote: gives the words of the source, verbatim.
        paraphrase: gives its content in the editors' words.
        status: leads to the review status, a concept.
        note: gives the reason of a correction or doubt.
        plain: review statuses that need no mark beside a value; every other status is marked in place. Where it is
            empty, a note or an accepted value makes the mark.
    """

    type: str
    resource: str
    property: str
    value: str
    source: str
    accepted: str = ""
    quote: str = ""
    paraphrase: str = ""
    status: str = ""
    note: str = ""
    plain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What ``saite check`` runs, and what fails.

    Attributes:
        shapes: keys of the named graphs that hold SHACL shapes.
        rules: globs of rule queries.
        fail_on: ``violation``, ``warning`` or ``info``: findings as bad as this or worse stop a build.
    """

    shapes: tuple[str, ...] = ("shapes",)
    rules: tuple[str, ...] = ()
    fail_on: str = "violation"


@dataclass(frozen=True, slots=True)
class Private:
    """What is kept out of everything that is published; checks see it all the same.

    Attributes:
        graphs: keys of named graphs.
        classes: classes whose instances are kept out, with all that refers to them.
        properties: properties whose triples are kept out.
    """

    graphs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a site. ``root`` is its folder; all globs are relative to it; all IRIs are full.

    Attributes:
        base: where the site's IRIs live, ending in ``/`` or ``#``; "" means: found from the data.
        url: where the documents are served; "" means: same as base.
        languages: languages of the HTML pages, the default first.
        label_languages: further languages of which labels are shown.
        title: name of the site, by language.
        tagline: what it is, in a sentence, by language.
        footer: text at the foot of each page, by language.
        logo: path of a picture in the site folder, "" for none.
        prefixes: the site's own prefixes; they win over the well-known ones.
        graphs: named graph key (or full IRI) to file globs; later keys win where a file matches several.
        documents: where the documents of IRIs lie.
        fold: nodes that are shown inside the pages of others.
        statements: nodes that say where a triple comes from.
        order: properties in the order in which pages show them; before the shapes' sh:order.
        hide: properties that HTML pages leave out (they stay in the RDF).
        translated: property that repeats those labels of a resource which are the site's own translation; pages mark
            them. "" if there is none.
        featured: classes in the order in which the front page and the index of indexes lead to them; empty: those that
            the site itself defines, but for folded nodes, the largest first, then the others.
        navigation: paths of documents or free pages in the order of the site's menu.
        pages: folder of free pages (Markdown, ``name.lang.md``).
        queries: globs of the example queries.
        context: path of the site's JSON-LD context, "" for one made from the prefixes.
        contexts: files that stand for JSON-LD contexts which the data name by URL (nothing is ever fetched).
        formats: what is published of each resource, and ``dumps`` of the whole.
        output: folder that the build writes, relative to root.
        check: what is checked, and what fails.
        private: what is kept out of everything that is published.
    """

    root: Path
    base: str = ""
    url: str = ""
    languages: tuple[str, ...] = ("en",)
    label_languages: tuple[str, ...] = ()
    title: Mapping[str, str] = field(default_factory=dict)
    tagline: Mapping[str, str] = field(default_factory=dict)
    footer: Mapping[str, str] = field(default_factory=dict)
    logo: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    graphs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documents: tuple[DocumentRule, ...] = ()
    fold: tuple[Fold, ...] = ()
    statements: Statements | None = None
    order: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    translated: str = ""
    featured: tuple[str, ...] = ()
    navigation: tuple[str, ...] = ()
    pages: str = "pages"
    queries: tuple[str, ...] = ("queries/examples/*.rq",)
    context: str = ""
    contexts: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = FORMATS
    output: str = "site"
    check: CheckSettings = CheckSettings()
    private: Private = Private()

    def all_prefixes(self) -> dict[str, str]:
        """The well-known prefixes with the site's own over them."""
        return {**PREFIXES, **self.prefixes}

    def expand(self, name: str) -> str:
        """A prefixed name, an ``<iri>`` or a full IRI as a full IRI."""
        return _expand(name, self.all_prefixes())

    def graph_iri(self, key: str) -> str:
        """The IRI of a named graph of the ``[graphs]`` table."""
        return key if "://" in key else f"{self.base}graph/{key}"


_T = TypeVar("_T")


def _expand(name: str, prefixes: Mapping[str, str]) -> str:
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, colon, local = name.partition(":")
    if colon and not local.startswith("//") and prefix in prefixes:
        return prefixes[prefix] + local
    return name


class _Reader:
    """Reads tables of one TOML file; knows the line of each key for its errors."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.prefixes: dict[str, str] = dict(PREFIXES)

    def fail(self, message: str, key: str, cure: str) -> ConfigError:
        line = next(
            (
                n
                for n, text in enumerate(self.lines, 1)
                if text.lstrip().strip("[]").split("=")[0].strip(" []\"'") == key
            ),
            None,
        )
        excerpt = self.lines[line - 1] if line else None
        return ConfigError(message, place=Place(self.path.name, line), cure=cure, excerpt=excerpt)

    def unknown(self, table: Mapping[str, Any], known: set[str], where: str) -> None:
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                cure = f'Did you mean "{near[0]}"?' if near else f"Known keys here: {', '.join(sorted(known))}."
                raise self.fail(f"unknown key {key!r} in {where}", key, cure)

    def text(self, table: Mapping[str, Any], key: str, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise self.fail(f"{key} must be a text", key, f'Write {key} = "..." .')
        return value

    def texts(self, table: Mapping[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = table.get(key, default)
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
            raise self.fail(f"{key} must be a list of texts", key, f'Write {key} = ["...", "..."] .')
        return tuple(value)

    def by_language(self, table: Mapping[str, Any], key: str, languages: tuple[str, ...]) -> dict[str, str]:
        value = table.get(key, {})
        if isinstance(value, str):
            return dict.fromkeys(languages, value)
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise self.fail(
                f"{key} must be a text, or a table of texts by language", key, f'Write [{key}] and en = "..." .'
            )
        return dict(value)

    def iri(self, name: str, key: str) -> str:
        iri = _expand(name, self.prefixes)
        if not urlsplit(iri).scheme or any(c in iri for c in ' <>"{}|\\^`'):
            raise self.fail(f"{name!r} is not an IRI", key, "Write a full IRI, or a name with a prefix of [prefixes].")
        if iri == name and ":" in name and not name.startswith(("http:", "https:", "urn:", "tag:")):
            prefix = name.partition(":")[0]
            near = difflib.get_close_matches(prefix, self.prefixes, 1)
            hint = f" Did you mean {near[0]}:?" if near else ""
            raise self.fail(f"unknown prefix {prefix!r} in {name!r}", key, f"Add it to [prefixes].{hint}")
        return iri

    def iris(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        return tuple(self.iri(name, key) for name in self.texts(table, key, ()))

    def table(self, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(f"{key} must be a table", key, f"Write [{key}] and its keys below it.")
        return value

    def tables(self, table: Mapping[str, Any], key: str, build: Callable[[Mapping[str, Any]], _T]) -> tuple[_T, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.fail(f"{key} must be a list of tables", key, f"Write [[{key}]] before each.")
        return tuple(build(v) for v in value)

    def required(self, table: Mapping[str, Any], key: str, where: str) -> str:
        if key not in table:
            raise self.fail(f"{where} lacks {key!r}", where.strip("[]"), f'Add {key} = "..." to {where}.')
        return self.text(table, key, "")


def load(root: Path) -> Config:
    """The settings of a site folder; without a ``saite.toml``, the defaults.

    Raises:
        ConfigError: the file does not parse, has an unknown key or a wrong value.
    """
    path = root / FILE_NAME
    if not path.is_file():
        return Config(root=root)
    try:
        text = path.read_text(encoding="utf-8")
        top = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError("the file is not UTF-8", place=Place(FILE_NAME), cure="Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None)
        column = getattr(error, "colno", None)
        raise ConfigError(
            f"not valid TOML: {error}", place=Place(FILE_NAME, line, column), cure="See https://toml.io for the syntax."
        ) from error
    return _config(root, top, _Reader(path, text))


def _config(root: Path, top: Mapping[str, Any], read: _Reader) -> Config:
    known = {"base", "url", "languages", "label-languages", "title", "tagline", "footer", "logo", "prefixes", "graphs"}
    known |= {"check", "queries", "jsonld", "documents", "fold", "statements", "order", "hide", "navigation", "pages"}
    known |= {"private", "output", "formats", "translated", "featured"}
    read.unknown(top, known, FILE_NAME)
    prefixes = {k: read.text(read.table(top, "prefixes"), k, "") for k in read.table(top, "prefixes")}
    read.prefixes.update(prefixes)
    languages = read.texts(top, "languages", ("en",))
    if not languages:
        raise read.fail("languages is empty", "languages", 'Name at least one: languages = ["en"] .')
    base = _base(read, top, "base")
    graphs = read.table(top, "graphs")
    queries, jsonld = read.table(top, "queries"), read.table(top, "jsonld")
    read.unknown(queries, {"files"}, "[queries]")
    read.unknown(jsonld, {"context", "contexts"}, "[jsonld]")
    contexts = read.table(jsonld, "contexts")
    return Config(
        root=root,
        base=base,
        url=_base(read, top, "url"),
        languages=languages,
        label_languages=read.texts(top, "label-languages", ()),
        title=read.by_language(top, "title", languages),
        tagline=read.by_language(top, "tagline", languages),
        footer=read.by_language(top, "footer", languages),
        logo=read.text(top, "logo", ""),
        prefixes=prefixes,
        graphs={key: read.texts(graphs, key, ()) for key in graphs},
        documents=read.tables(top, "documents", lambda t: _document_rule(read, t)),
        fold=read.tables(top, "fold", lambda t: _fold(read, t)),
        statements=_statements(read, top),
        order=read.iris(top, "order"),
        hide=read.iris(top, "hide"),
        translated=read.iri(read.text(top, "translated", ""), "translated") if "translated" in top else "",
        featured=read.iris(top, "featured"),
        navigation=read.texts(top, "navigation", ()),
        pages=read.text(top, "pages", "pages"),
        queries=read.texts(queries, "files", ("queries/examples/*.rq",)),
        context=read.text(jsonld, "context", ""),
        contexts={url: read.text(contexts, url, "") for url in contexts},
        formats=_formats(read, top),
        output=read.text(top, "output", "site"),
        check=_check(read, top),
        private=_private(read, top),
    )


def _base(read: _Reader, top: Mapping[str, Any], key: str) -> str:
    value = read.text(top, key, "")
    if value and (urlsplit(value).scheme not in ("http", "https") or not value.endswith(("/", "#"))):
        raise read.fail(f"{key} must be an http(s) IRI that ends with / or #", key, f'Write {key} = "https://.../" .')
    return value


def _formats(read: _Reader, top: Mapping[str, Any]) -> tuple[str, ...]:
    formats = read.texts(top, "formats", FORMATS)
    for name in formats:
        if name not in FORMATS:
            near = difflib.get_close_matches(name, FORMATS, 1)
            cure = f'Did you mean "{near[0]}"?' if near else f"Known formats: {', '.join(FORMATS)}."
            raise read.fail(f"unknown format {name!r} in formats", "formats", cure)
    return formats


def _document_rule(read: _Reader, table: Mapping[str, Any]) -> DocumentRule:
    read.unknown(table, {"iri", "path"}, "[[documents]]")
    return DocumentRule(read.required(table, "iri", "[[documents]]"), read.text(table, "path", ""))


def _fold(read: _Reader, table: Mapping[str, Any]) -> Fold:
    read.unknown(table, {"class", "into", "columns"}, "[[fold]]")
    into = read.iris(table, "into")
    if not into:
        raise read.fail(
            "[[fold]] lacks 'into'", "fold", "Name the properties that lead from the folded node to its page."
        )
    return Fold(read.iri(read.required(table, "class", "[[fold]]"), "class"), into, read.iris(table, "columns"))


def _statements(read: _Reader, top: Mapping[str, Any]) -> Statements | None:
    if "statements" not in top:
        return None
    table = read.table(top, "statements")
    names = {"class" if f.name == "type" else f.name: f for f in fields(Statements)}
    read.unknown(table, set(names), "[statements]")
    values: dict[str, str] = {}
    for key, spec in names.items():
        if spec.default is MISSING:
            read.required(table, key, "[statements]")
        if key in table and key != "plain":
            values[spec.name] = read.iri(read.text(table, key, ""), key)
    return Statements(**values, plain=read.iris(table, "plain"))


def _check(read: _Reader, top: Mapping[str, Any]) -> CheckSettings:
    table = read.table(top, "check")
    read.unknown(table, {"shapes", "rules", "fail-on"}, "[check]")
    fail_on = read.text(table, "fail-on", "violation")
    if fail_on not in ("violation", "warning", "info"):
        raise read.fail(f"fail-on is {fail_on!r}", "fail-on", "Use violation, warning or info.")
    return CheckSettings(read.texts(table, "shapes", ("shapes",)), read.texts(table, "rules", ()), fail_on)


def _private(read: _Reader, top: Mapping[str, Any]) -> Private:
    table = read.table(top, "private")
    read.unknown(table, {"graphs", "classes", "properties"}, "[private]")
    return Private(read.texts(table, "graphs", ()), read.iris(table, "classes"), read.iris(table, "properties"))
