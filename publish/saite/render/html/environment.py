"""The templates of one language: interface texts are translated when it is compiled, not per page."""

import marshal
from collections.abc import Callable, MutableMapping
from pathlib import Path
from types import CodeType
from typing import Any, Final

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from saite.language import Interface
from saite.render.html.table import escaped
from saite.render.html.theme import told

TEMPLATES: Final = Path(__file__).parent / "templates"
"""The folder of the templates."""


class _Translate(NodeTransformer):
    """Puts ``_("text")`` in as the escaped text of the language; a call on anything but a constant is left alone."""

    def __init__(self, interface: Interface) -> None:
        self._interface = interface

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  (the visitor's protocol)
        self.generic_visit(node)
        if isinstance(node.node, nodes.Name) and node.node.name == "_" and isinstance(node.args[0], nodes.Const):
            text = escape(self._interface.gettext(node.args[0].value))
            return nodes.Const(text, lineno=node.lineno)
        return node


class _Generator(CodeGenerator):
    """Puts markup out as it is.

    :func:`markupsafe.escape` copies markup, which costs a page of ready-made values a quarter of its time. jinja2's own
    native types change the code of outputs in this place too.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("(t_m if (t_m := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(").__class__ is Markup else environment.escaped(t_m))")


class _Environment(Environment):
    code_generator_class = _Generator
    escaped = staticmethod(escaped)


_COMPILED: Final[dict[tuple[str, str, str, str], CodeType]] = {}
"""Code by language, name, file and source: a site that is built anew in one process compiles nothing twice."""


class _Loader(BaseLoader):
    """Reads templates, those of a theme before ours, and compiles them in a language; ``saite/`` names ours."""

    def __init__(self, interface: Interface, theme: Path | None) -> None:
        ours = FileSystemLoader(TEMPLATES)
        own = [FileSystemLoader(theme / "templates")] if theme is not None else []
        self._files = ChoiceLoader([*own, PrefixLoader({"saite": ours}), ours])
        self._interface = interface
        self._theme = theme

    def list_templates(self) -> list[str]:
        return self._files.list_templates()

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        source, filename, _ = self._files.get_source(environment, name)
        key = (self._interface.language, name, filename or "", source)
        code = _COMPILED.get(key)
        if code is None:
            with told(self._theme):
                tree = _Translate(self._interface).visit(environment.parse(source, name, filename))
                code = _COMPILED[key] = environment.compile(tree, name, filename)
        return environment.template_class.from_code(environment, code, globals or {})


def compiled(environment: Environment) -> bytes:
    """The code of all templates that were compiled so far, and of all of an environment; see :func:`know`."""
    for name in environment.list_templates():
        environment.get_template(name)
    return marshal.dumps(_COMPILED)


def know(code: bytes) -> None:
    """Have code that :func:`compiled` gave to the same version of Python; it is run."""
    _COMPILED.update(marshal.loads(code))  # noqa: S302 (only what this user has signed comes here)


def make_environment(interface: Interface, theme: Path | None = None) -> Environment:
    """Templates of one language; autoescape is on, an undefined name is an error."""

    def ngettext(singular: str, plural: str, number: int) -> Markup:
        return escape(interface.ngettext(singular, plural, number))

    environment = _Environment(
        loader=_Loader(interface, theme),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    counted: Callable[[str, str, int], Markup] = ngettext
    environment.globals["ngettext"] = counted
    return environment
