"""Makes the reference pages from the code: ``python docs/reference/make.py``; a test fails where they differ."""

import importlib.util
import inspect
import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from pathlib import Path
from types import ModuleType

import click
from jinja2 import Environment, meta, nodes

from saite import config
from saite.cli.main import cli
from saite.render.html.environment import TEMPLATES
from saite.serve.sparql.formats import FORMATS
from saite.serve.sparql.limits import Limits

HERE = Path(__file__).parent
NAMES = {"type": "class", "label_languages": "label-languages", "fail_on": "fail-on"}
PLACES = {"queries": "files` below `[queries]", "views": "files` below `[views]", "context": "context` below `[jsonld]"}
PLACES |= {"contexts": "[jsonld.contexts]"}
TABLES = {"prefixes", "graphs", "title", "tagline", "footer", "check", "private", "statements", "hosting", "catalogue"}
LISTS = {"documents", "fold", "facets"}
SECTIONS = {
    "[[documents]]": config.DocumentRule,
    "[[fold]]": config.Fold,
    "[[facets]]": config.Facets,
    "[statements]": config.Statements,
    "[check]": config.CheckSettings,
    "[private]": config.Private,
    "[hosting]": config.Hosting,
    "[catalogue]": config.CatalogueSettings,
}


def meanings(cls: type) -> dict[str, str]:
    """The attributes of a class with their texts, from its docstring."""
    text = inspect.getdoc(cls) or ""
    found = re.findall(r"^ {4}(\w+): (.+?)(?=^ {4}\w+: |\Z)", text.partition("Attributes:\n")[2], re.M | re.S)
    return {name: " ".join(meaning.split()).replace("``", "`") for name, meaning in found}


def default(setting: "Field[object]") -> str:
    """A setting's default as TOML would have it; "required" where there is none."""
    if setting.default is MISSING:
        return "" if setting.default_factory is not MISSING else "required"
    value = setting.default
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{v}"' for v in value) + "]"
    return f'"{value}"' if isinstance(value, str) else ""


def rows(cls: type) -> Iterator[str]:
    """One line of a table per setting."""
    yield "| key | default | meaning |"
    yield "|---|---|---|"
    told = meanings(cls)
    for setting in fields(cls):
        if setting.name == "root":
            continue
        name = NAMES.get(setting.name, setting.name)
        key = name
        if cls is config.Config:
            key = PLACES.get(name, f"[{name}]" if name in TABLES else f"[[{name}]]" if name in LISTS else name)
        value = default(setting)
        shown = value if value in ("", "required") else f"`{value}`"
        yield f"| `{key}` | {shown} | {told[setting.name]} |"


def settings() -> str:
    """The page of settings."""
    lines = ["# Settings: saite.toml", "", "Made from `saite.config`; do not edit.", ""]
    lines += ["A class or property may be written with a prefix (`rdfs:label`) or as a full IRI. An unknown key is an"]
    lines += ["error, with its line and the likely one. Keys outside tables stand at the top of the file.", ""]
    lines += [*rows(config.Config), ""]
    for title, cls in SECTIONS.items():
        first = (inspect.getdoc(cls) or "").partition("\n")[0]
        lines += [f"## `{title}`", "", first.replace("``", "`"), "", *rows(cls), ""]
    return "\n".join(lines)


def commands() -> str:
    """The page of commands: their own help."""
    lines = ["# Commands", "", "Made from `saite --help`; do not edit.", ""]
    root = click.Context(cli, info_name="saite", terminal_width=100, max_content_width=100, **cli.context_settings)
    lines += ["```text", cli.get_help(root).rstrip(), "```", ""]
    for name in cli.list_commands(root):
        command = cli.get_command(root, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=root, terminal_width=100, max_content_width=100)
        lines += [f"## saite {name}", "", "```text", command.get_help(context).rstrip(), "```", ""]
    return "\n".join(lines)


def declared(place: str) -> ModuleType:
    """What tests declare, of the W3C's suites or of web hosts."""
    path = HERE.parent.parent / "tests" / place / "declared.py"
    spec = importlib.util.spec_from_file_location("declared", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def endpoint() -> str:
    """The page of the SPARQL endpoint: its limits, forms and conformance."""
    lines = ["# SPARQL endpoint: limits, forms, conformance", "", "Made from the code and its tests; do not edit.", ""]
    lines += ["## Limits", "", "| limit | default | meaning |", "|---|---|---|"]
    told = meanings(Limits)
    shown = {name: f"{getattr(Limits(), name) // 2**20} MB" for name in ("memory", "text", "cache")}
    shown["processes"] = "one for each core, 2 to 8"
    for limit in fields(Limits):
        value = shown.get(limit.name) or f"{getattr(Limits(), limit.name):,g}"
        lines.append(f"| {limit.name} | {value} | {told[limit.name]} |")
    lines += ["", "## Forms", "", "| `format` | media type | answers |", "|---|---|---|"]
    kinds = {"table": "SELECT", "boolean": "ASK", "graph": "CONSTRUCT, DESCRIBE"}
    for form in FORMATS:
        answers = ", ".join(said for kind, said in kinds.items() if kind in form.kinds)
        lines.append(f"| {form.name} | `{form.media_type.partition(';')[0]}` | {answers} |")
    suites = declared("serve/sparql")
    lines += ["", "## The W3C's tests of the SPARQL 1.1 Protocol", "", "| test | |", "|---|---|"]
    lines += [f"| {name} | passes |" for name in suites.PASSED]
    lines += [f"| {name} | does not apply: {reason} |" for name, reason in suites.NOT_APPLICABLE.items()]
    lines += ["", "## The W3C's tests of service descriptions", "", "| test | |", "|---|---|"]
    lines += [f"| {name} | passes |" for name in suites.DESCRIPTION]
    return "\n".join(lines) + "\n"


HOSTS = {"saite": "saite serve", "nginx": "nginx", "apache": "Apache", "caddy": "Caddy"}


def hosts() -> str:
    """The page of what holds on which host."""
    tests = declared("contract")
    lines = ["# What holds on which host", "", "Made from the tests of the contract; do not edit.", ""]
    lines += [
        "Tried on nginx 1.22, Apache 2.4 and Caddy 2.6 with the rules that the build writes ([how](../serving.md)).",
        "",
    ]
    lines += [f"| | {' | '.join(HOSTS.values())} |", "|---|" + "---|" * len(HOSTS)]
    notes: list[str] = []
    for rule, sentence in tests.RULES.items():
        cells = []
        for host in HOSTS:
            reason = tests.EXCEPTIONS[host].get(rule)
            if reason and reason not in notes:
                notes.append(reason)
            cells.append(f"no ({notes.index(reason) + 1})" if reason else "yes")
        lines.append(f"| {sentence} | {' | '.join(cells)} |")
    lines += ["", *(f"{number}. {note}" for number, note in enumerate(notes, 1))]
    return "\n".join(lines) + "\n"


def templates() -> str:
    """Each template, with its blocks and the names that it is given."""
    environment = Environment(autoescape=True)
    lines = ["| template | blocks | what it is given |", "|---|---|---|"]
    for path in sorted(TEMPLATES.rglob("*.html")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        blocks = ", ".join(f"`{block.name}`" for block in tree.find_all(nodes.Block))
        names = meta.find_undeclared_variables(tree) - {"_", "ngettext", "parts", "edition"}
        given = ", ".join(f"`{name}`" for name in sorted(names))
        lines.append(f"| `{path.relative_to(TEMPLATES).as_posix()}` | {blocks} | {given} |")
    told = (
        "Made from the templates by `make docs`. All of them have `edition` (the site in the language of the page), "
        "`_` and `ngettext` (texts of the interface), and `parts` (the macros of `parts.html`). "
        "How to write your own: [themes](../themes.md)."
    )
    return f"# Templates\n\n{told}\n\n" + "\n".join(lines) + "\n"


PAGES = {"settings.md": settings, "commands.md": commands, "sparql.md": endpoint, "hosts.md": hosts}
PAGES["templates.md"] = templates

if __name__ == "__main__":
    for file_name, make in PAGES.items():
        (HERE / file_name).write_text(make(), encoding="utf-8")
