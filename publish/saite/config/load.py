"""From ``saite.toml`` to :class:`~saite.config.values.Config`."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from saite.config.reader import Reader
from saite.config.values import (
    AVAILABILITIES,
    CITATIONS,
    FILE_NAME,
    FORMATS,
    HOSTS,
    LINKSETS,
    PROFILES,
    TABLES,
    THEME,
    CatalogueSettings,
    CheckSettings,
    Config,
    DocumentRule,
    Facets,
    Fold,
    Hosting,
    Private,
    Statements,
    Step,
)
from saite.errors import ConfigError, Place
from saite.namespaces import RDF_TYPE


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
    return _config(root, top, Reader(path, text))


def _config(root: Path, top: Mapping[str, Any], read: Reader) -> Config:
    known = {"base", "url", "languages", "label-languages", "title", "tagline", "footer", "logo", "prefixes", "graphs"}
    known |= {"check", "queries", "jsonld", "documents", "fold", "statements", "order", "hide", "navigation", "pages"}
    known |= {"private", "output", "formats", "translated", "featured", "hosting", "profiles", "catalogue"}
    known |= {"linksets", "citations", "tables", "facets", "views", "plurals", "theme"}
    read.unknown(top, known, FILE_NAME)
    prefixes = {k: read.text(read.table(top, "prefixes"), k, "") for k in read.table(top, "prefixes")}
    read.prefixes.update(prefixes)
    languages = read.texts(top, "languages", ("en",))
    if not languages:
        raise read.fail("languages is empty", "languages", 'Name at least one: languages = ["en"] .')
    base = _base(read, top, "base")
    graphs = read.table(top, "graphs")
    queries, jsonld = read.table(top, "queries"), read.table(top, "jsonld")
    views = read.table(top, "views")
    read.unknown(queries, {"files"}, "[queries]")
    read.unknown(views, {"files"}, "[views]")
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
        theme=read.text(top, "theme", THEME),
        prefixes=prefixes,
        graphs={key: read.texts(graphs, key, ()) for key in graphs},
        documents=read.tables(top, "documents", lambda t: _document_rule(read, t)),
        fold=read.tables(top, "fold", lambda t: _fold(read, t)),
        statements=_statements(read, top),
        order=read.iris(top, "order"),
        hide=read.iris(top, "hide"),
        translated=read.iri(read.text(top, "translated", ""), "translated") if "translated" in top else "",
        featured=read.iris(top, "featured"),
        plurals=_plurals(read, top, languages),
        facets=read.tables(top, "facets", lambda t: _facets(read, t)),
        navigation=read.texts(top, "navigation", ()),
        pages=read.text(top, "pages", "pages"),
        queries=read.texts(queries, "files", ("queries/examples/*.rq",)),
        views=read.texts(views, "files", ("queries/views/*.rq",)),
        context=read.text(jsonld, "context", ""),
        contexts={url: read.text(contexts, url, "") for url in contexts},
        formats=_formats(read, top),
        tables=_known(read, read.texts(top, "tables", ("csv", "xlsx")), TABLES, "form", "tables"),
        profiles=_known(read, read.texts(top, "profiles", ()), PROFILES, "profile", "profiles"),
        linksets=_known(read, read.texts(top, "linksets", ("json",)), LINKSETS, "format", "linksets"),
        citations=_known(read, (read.text(top, "citations", "dataset"),), CITATIONS, "choice", "citations")[0],
        output=read.text(top, "output", "site"),
        check=_check(read, top),
        private=_private(read, top),
        hosting=_hosting(read, top),
        catalogue=_catalogue(read, top),
    )


def _plurals(read: Reader, top: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, dict[str, str]]:
    table = read.table(top, "plurals")
    return {read.iri(name, "plurals"): read.by_language(table, name, languages) for name in table}


def _base(read: Reader, top: Mapping[str, Any], key: str) -> str:
    value = read.text(top, key, "")
    if value and (urlsplit(value).scheme not in ("http", "https") or not value.endswith(("/", "#"))):
        raise read.fail(f"{key} must be an http(s) IRI that ends with / or #", key, f'Write {key} = "https://.../" .')
    return value


def _formats(read: Reader, top: Mapping[str, Any]) -> tuple[str, ...]:
    return _known(read, read.texts(top, "formats", FORMATS), FORMATS, "format", "formats")


def _hosting(read: Reader, top: Mapping[str, Any]) -> Hosting:
    table = read.table(top, "hosting")
    read.unknown(table, {"rules"}, "[hosting]")
    return Hosting(_known(read, read.texts(table, "rules", ()), HOSTS, "host", "rules"))


def _catalogue(read: Reader, top: Mapping[str, Any]) -> CatalogueSettings:
    table = read.table(top, "catalogue")
    read.unknown(table, {field.name for field in fields(CatalogueSettings)}, "[catalogue]")
    endpoint = read.text(table, "endpoint", "")
    if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
        raise read.fail("endpoint must be an http(s) address", "endpoint", 'Write endpoint = "https://.../sparql" .')
    availability = read.text(table, "availability", "")
    if availability and availability not in AVAILABILITIES:
        raise read.fail(
            f"availability is {availability!r}", "availability", f"Use one of: {', '.join(AVAILABILITIES)}."
        )
    return CatalogueSettings(
        dataset=read.iri(read.text(table, "dataset", ""), "dataset") if "dataset" in table else "",
        endpoint=read.iri(endpoint, "endpoint") if endpoint else "",
        availability=availability,
        hvd=read.iris(table, "hvd"),
        legislation=read.iris(table, "legislation"),
    )


def _known(read: Reader, names: tuple[str, ...], known: tuple[str, ...], what: str, key: str) -> tuple[str, ...]:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            cure = f'Did you mean "{near[0]}"?' if near else f"Known {what}s: {', '.join(known)}."
            raise read.fail(f"unknown {what} {name!r} in {key}", key, cure)
    return names


def _document_rule(read: Reader, table: Mapping[str, Any]) -> DocumentRule:
    read.unknown(table, {"iri", "path"}, "[[documents]]")
    return DocumentRule(read.required(table, "iri", "[[documents]]"), read.text(table, "path", ""))


def _fold(read: Reader, table: Mapping[str, Any]) -> Fold:
    read.unknown(table, {"class", "into", "columns"}, "[[fold]]")
    into = read.iris(table, "into")
    if not into:
        raise read.fail(
            "[[fold]] lacks 'into'", "fold", "Name the properties that lead from the folded node to its page."
        )
    return Fold(read.iri(read.required(table, "class", "[[fold]]"), "class"), into, read.iris(table, "columns"))


_STEP = re.compile(r"\s*(\^?)\s*(<[^<>]*>|[^/<>^|*+?\s]+)\s*(/|$)")
_MOST_STEPS = 4


def _facets(read: Reader, table: Mapping[str, Any]) -> Facets:
    read.unknown(table, {"class", "by"}, "[[facets]]")
    if "by" not in table:
        raise read.fail("[[facets]] lacks 'by'", "facets", "Name properties, or [] for no facets.")
    type_ = read.iri(read.required(table, "class", "[[facets]]"), "class")
    return Facets(type_, tuple(_path(read, text) for text in read.texts(table, "by", ())))


def _path(read: Reader, text: str) -> tuple[Step, ...]:
    """A path of SPARQL 1.1 (section 9.1), of which ``/`` and ``^`` are known."""
    steps: list[Step] = []
    end, more = 0, True
    while more:
        match = _STEP.match(text, end)
        if match is None or len(steps) == _MOST_STEPS:
            raise read.fail(
                f"{text!r} is no path of at most {_MOST_STEPS} properties",
                "by",
                'Write properties with / between them, and ^ before one that leads here: "^ex:memberOf/ex:country".',
            )
        steps.append(Step(RDF_TYPE.value if match[2] == "a" else read.iri(match[2], "by"), bool(match[1])))
        end, more = match.end(), bool(match[3])
    return tuple(steps)


def _statements(read: Reader, top: Mapping[str, Any]) -> Statements | None:
    if "statements" not in top:
        return None
    table = read.table(top, "statements")
    names = {"class" if f.name == "type" else f.name: f for f in fields(Statements)}
    read.unknown(table, set(names), "[statements]")
    values: dict[str, str] = {}
    for key, spec in names.items():
        if spec.default is MISSING:
            read.required(table, key, "[statements]")
        if key in table and key not in ("plain", "rdf12"):
            values[spec.name] = read.iri(read.text(table, key, ""), key)
    return Statements(**values, plain=read.iris(table, "plain"), rdf12=read.flag(table, "rdf12"))


def _check(read: Reader, top: Mapping[str, Any]) -> CheckSettings:
    table = read.table(top, "check")
    read.unknown(table, {"shapes", "rules", "fail-on"}, "[check]")
    fail_on = read.text(table, "fail-on", "violation")
    if fail_on not in ("violation", "warning", "info"):
        raise read.fail(f"fail-on is {fail_on!r}", "fail-on", "Use violation, warning or info.")
    return CheckSettings(read.texts(table, "shapes", ("shapes",)), read.texts(table, "rules", ()), fail_on)


def _private(read: Reader, top: Mapping[str, Any]) -> Private:
    table = read.table(top, "private")
    read.unknown(table, {"graphs", "classes", "properties"}, "[private]")
    return Private(read.texts(table, "graphs", ()), read.iris(table, "classes"), read.iris(table, "properties"))
