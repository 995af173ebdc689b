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
NAME: Final = "\ufdd4"
BLOCK: Final = "\ufdd5"
CONTENT: Final = "\ufdd6"
SIGNPOSTS: Final = "\ufdd7"
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
        self._cut = Cut(text, TITLE + DESCRIPTION + STEM + DOCUMENT + NAME + BLOCK + SIGNPOSTS + CONTENT)

    def page(self, own: tuple[str, str, str, str, str, str, str], values: Mapping[str, object]) -> str:
        """A page.

        Args:
            own: the title that browsers show, the description that search engines show, the last step of the page's
                path, the whole of it, its title without that of the site, its block for search engines, and its
                typed links for the head; escaped.
            values: what the block ``main`` asks for.
        """
        context = Context(self._template.environment, {**self._shared, **values}, self._template.name, {})
        context.blocks = self._blocks
        return self._cut.filled(*own, "".join(self._main(context)))
