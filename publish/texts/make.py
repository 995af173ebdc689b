"""Makes ``saite.pot`` beside the catalogues, from which another language begins: ``make texts``, docs/languages.md."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po
from jinja2.ext import babel_extract

PACKAGE = Path(__file__).resolve().parents[1] / "saite"
TEMPLATE = PACKAGE / "locale" / "saite.pot"
HEAD = """\
# Interface texts of Saite, from which another language begins: see docs/languages.md. Made by `make texts`.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

Message = str | tuple[str, str]
"""A text; of a counted one, singular and plural."""


def used() -> Iterator[tuple[Message, str]]:
    """The texts in the code and in the templates with their files, as the standard extractors find them."""
    for path in sorted(PACKAGE.rglob("*.py")):
        with path.open("rb") as file:
            for _, said, _, _ in extract("python", file, keywords={"gettext": None, "ngettext": (1, 2)}):
                yield _message(said), path.relative_to(PACKAGE).as_posix()
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        with path.open("rb") as file:
            options = {"trim_blocks": "true", "lstrip_blocks": "true"}
            for _, _, text, _ in babel_extract(file, ("_", "ngettext"), [], options):
                yield _message(text), path.relative_to(PACKAGE).as_posix()


def _message(text: object) -> Message:
    return (str(text[0]), str(text[1])) if isinstance(text, list | tuple) else str(text)


def template() -> str:
    """The untranslated template: each text once, in alphabetical order, with the files that say it."""
    catalogue = Catalog()
    for message, place in used():
        catalogue.add(message, locations=[(place, 0)])
    written = io.BytesIO()
    write_po(written, catalogue, omit_header=True, sort_output=True, include_lineno=False, width=0)
    return HEAD + written.getvalue().decode().strip() + "\n"


if __name__ == "__main__":
    TEMPLATE.write_text(template(), encoding="utf-8")
