"""What surrounds the content of pages: made once for all pages that share it, and cut where a page's own words go."""

import re
from collections.abc import Mapping
from typing import Any, Final

from jinja2 import Template
from jinja2.runtime import Context

TITLE: Final = "\ufdd0"  # noncharacters (Unicode 23.7): no text of a page has them, see saite.render.html.table.clean
DESCRIPTION: Final = "\ufdd1"
STEM: Final = "\ufdd2"
DOCUMENT: Final = "\ufdd3"
CONTENT: Final = "\ufdd4"
SIGNPOSTS: Final = "\ufdd5"
"""They stand for what is a page's own in what is not."""


class Cut:
    """A text with marks, ready to be filled."""

    def __init__(self, text: str, marks: str) -> None:
        self._parts = re.split(f"([{marks}])", text)
        self._places = [(place, marks.index(self._parts[place])) for place in range(1, len(self._parts), 2)]

    def filled(self, *values: str) -> str:
        """The text with a value in place of each mark, in the order of the marks."""
        parts = self._parts.copy()
        for place, number in self._places:
            parts[place] = values[number]
        return "".join(parts)


class Layout:
    """Pages of one template that share what surrounds their content, the block ``main``.

    What stands outside of that block is made once, from the values that are given here; the block is made for each
    page, from the page's own values. A theme may override the template, or any block of it.
    """

    def __init__(self, template: Template, values: Mapping[str, object]) -> None:
        self._template = template
        context = template.new_context(dict(values))
        blocks = context.blocks["main"]
        blocks.insert(0, lambda _: iter(CONTENT))
        text = "".join(template.root_render_func(context))
        del blocks[0]
        self._blocks = context.blocks
        self._main = blocks[0]
        self._shared: dict[str, Any] = {**template.globals, **context.get_exported()}
        self._cut = Cut(text, TITLE + DESCRIPTION + STEM + DOCUMENT + CONTENT + SIGNPOSTS)

    def page(
        self,
        title: str,
        description: str,
        stem: str,
        document: str,
        values: Mapping[str, object],
        signposts: str = "",
    ) -> str:
        """A page.

        Args:
            title: what browsers show, escaped.
            description: what search engines show, escaped.
            stem: the last step of its path, quoted.
            document: the whole of its path, quoted.
            values: what the block ``main`` asks for.
            signposts: typed links of the head that are the page's own.
        """
        context = Context(self._template.environment, {**self._shared, **values}, self._template.name, {})
        context.blocks = self._blocks
        return self._cut.filled(title, description, stem, document, "".join(self._main(context)), signposts)
