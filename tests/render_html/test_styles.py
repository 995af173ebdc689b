"""The style sheets: what a browser would pass over in silence."""

import re

import pytest

from saite.render.html.assets import FOLDER

SHEETS = sorted(path.name for path in FOLDER.glob("*.css"))


@pytest.mark.parametrize("name", SHEETS)
def test_blocks_are_closed_where_they_should_be(name: str) -> None:
    """Every rule that begins a line stands outside of all others: a brace that is missing would hide what follows."""
    text = re.sub(
        r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), (FOLDER / name).read_text("utf-8"), flags=re.S
    )
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line[:1].strip() and line != "}":
            assert depth == 0, f"{name}:{number}: {line}"
        depth += line.count("{") - line.count("}")
    assert depth == 0
