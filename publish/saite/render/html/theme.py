"""A site's own theme: a folder whose templates, colours and files stand in front of those of the engine.

::

    theme/templates/front.html    in place of ours, or built on it: {% extends "saite/front.html" %}
    theme/tokens.css              colours and letters, after our style sheet
    theme/assets/...              files beside the pages, in place of ours where they have the same name

Colours that cannot be read are refused: WCAG 2.2, 1.4.3 (text, 4.5 to 1) and 1.4.11 (borders and focus, 3 to 1).
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from jinja2 import TemplateError, TemplateSyntaxError

from saite.config import THEME, Config
from saite.errors import ConfigError, Place

TOKENS: Final = "tokens.css"
"""The style sheet of a theme."""

_TEXTS: Final = (
    *(("ink", "paper"), ("ink", "sheet"), ("soft", "paper"), ("soft", "sheet"), ("link", "paper"), ("link", "sheet")),
    *(("visited", "paper"), ("accent", "paper"), ("mark-ink", "mark"), ("bad", "paper"), ("paper", "link")),
)
_LINES: Final = (("focus", "paper"), ("soft", "paper"))
_MEDIA: Final = re.compile(r"@media([^{]*)\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
_TOKEN: Final = re.compile(r"--([a-z-]+):\s*(#[0-9a-fA-F]{3,8})\s*;")


def folder(config: Config) -> Path | None:
    """The folder of a site's theme; None if it has none.

    Raises:
        ConfigError: the settings name a folder that is not there.
    """
    path = config.root / config.theme
    if config.theme and path.is_dir():
        return path
    if config.theme and config.theme != THEME:
        raise ConfigError(f"there is no folder {config.theme}", cure="Make it, or mend theme in saite.toml.")
    return None


def tokens(css: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours that a style sheet gives names, in light and in dark."""
    dark = "".join(rules for where, rules in _MEDIA.findall(css) if re.search(r"prefers-color-scheme:\s*dark", where))
    return dict(_TOKEN.findall(_MEDIA.sub("", css))), dict(_TOKEN.findall(dark))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours (WCAG 2.2, contrast ratio): 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:]
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    parts = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def judge(ours: str, theirs: str, file: str) -> None:
    """See that what a theme sets can be read.

    Args:
        ours: the engine's style sheet.
        theirs: that of the theme.
        file: how the user knows it.

    Raises:
        ConfigError: two colours are too alike.
    """
    for scheme, base, own in zip(("light", "dark"), _schemes(ours), _schemes(theirs, ours), strict=True):
        for pairs, least in ((_TEXTS, 4.5), (_LINES, 3.0)):
            for one, other in pairs:
                if (own[one], own[other]) == (base[one], base[other]):
                    continue
                ratio = contrast(own[one], own[other])
                if ratio < least:
                    raise ConfigError(
                        f"--{one} ({own[one]}) cannot be read on --{other} ({own[other]}) in {scheme} colours: their "
                        f"contrast is {ratio:.1f} to 1",
                        place=Place(file),
                        cure=f"Take colours with a contrast of {least:g} to 1 or more (WCAG 2.2).",
                    )


def _schemes(css: str, base: str = "") -> tuple[Mapping[str, str], Mapping[str, str]]:
    """All colours in light and in dark; what a theme sets for light holds in dark too, unless it says otherwise."""
    light, dark = tokens(css)
    if not base:
        return light, {**light, **dark}
    ours, ours_dark = tokens(base)
    return {**ours, **light}, {**ours, **ours_dark, **light, **dark}


@contextmanager
def told(theme: Path | None) -> Iterator[None]:
    """Tell an error in a template of a theme as its author's: with file and line.

    Raises:
        ConfigError: a template of the theme does not parse, or names what is not there.
    """
    try:
        yield
    except TemplateError as error:
        place = _place(error, theme) if theme is not None else None
        if place is None:
            raise
        raise ConfigError(
            f"the template cannot be used: {error.message or error}",
            place=place,
            cure="Mend it; docs/themes.md tells which names and blocks there are.",
        ) from error


def _place(error: TemplateError, theme: Path) -> Place | None:
    """Where in a theme an error is; None if it is not there."""
    if isinstance(error, TemplateSyntaxError):
        found = [(error.filename or "", error.lineno)]
    else:
        found = []
        trace = error.__traceback__
        while trace is not None:
            template = trace.tb_frame.f_globals.get("__jinja_template__")
            line = template.get_corresponding_lineno(trace.tb_lineno) if template is not None else trace.tb_lineno
            found.append((trace.tb_frame.f_code.co_filename, line))
            trace = trace.tb_next
    for name, line in reversed(found):
        path = Path(name)
        if path.is_relative_to(theme):
            return Place(path.relative_to(theme.parent).as_posix(), line)
    return None
