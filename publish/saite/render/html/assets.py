"""What browsers load beside the pages: the style sheet, scripts, the mark, and the site's own logo."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from saite.artifact import Artifact
from saite.config import Config
from saite.errors import ConfigError, EnvironmentFault
from saite.render.html.theme import TOKENS, folder, judge

FOLDER: Final = Path(__file__).parent / "assets"
"""The theme's own files."""

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


def assets(config: Config) -> Iterator[Artifact]:
    """The files below ``assets/``.

    Raises:
        ConfigError: the logo is missing, or no picture that browsers show.
        EnvironmentFault: the logo cannot be read.
    """
    files = {path.name: path for path in FOLDER.iterdir()}
    theme = folder(config)
    if theme is not None:
        files |= _own(theme)
    for name in sorted(files):
        yield Artifact(f"assets/{name}", _TYPES[files[name].suffix.lower()], files[name].read_bytes())
    if config.logo:
        yield _logo(config)


def _own(theme: Path) -> dict[str, Path]:
    """The files of a theme, by name; its colours have been judged.

    Raises:
        ConfigError: its colours cannot be read, or a file is of no kind that browsers load.
    """
    files = {path.name: path for path in (theme / "assets").glob("*") if path.is_file()}
    sheet = theme / TOKENS
    if sheet.is_file():
        place = sheet.relative_to(theme.parent).as_posix()
        judge((FOLDER / "saite.css").read_text("utf-8"), sheet.read_text("utf-8"), place)
        files[TOKENS] = sheet
    for path in files.values():
        if path.suffix.lower() not in _TYPES:
            raise ConfigError(
                f"browsers load no such file: {path.relative_to(theme.parent).as_posix()}",
                cure=f"Take one that ends in {', '.join(sorted(_TYPES))}.",
            )
    return files


def _logo(config: Config) -> Artifact:
    path = config.root / config.logo
    media_type = _TYPES.get(path.suffix.lower(), "")
    if not media_type.startswith("image/"):
        raise ConfigError(f"the logo {config.logo} is no picture", cure="Use an SVG, PNG, WebP, JPEG or GIF file.")
    try:
        return Artifact(f"assets/{path.name}", media_type, path.read_bytes())
    except FileNotFoundError as error:
        raise ConfigError(f"there is no logo {config.logo}", cure="Put the file there or mend logo.") from error
    except OSError as error:
        raise EnvironmentFault(f"cannot read the logo {config.logo}: {error.strerror}") from error
