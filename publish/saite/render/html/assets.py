"""What browsers load beside the pages: the style sheet, the mark, and the site's own logo."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from saite.artifact import Artifact
from saite.config import Config
from saite.errors import ConfigError, EnvironmentFault

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
}


def assets(config: Config) -> Iterator[Artifact]:
    """The files below ``assets/``.

    Raises:
        ConfigError: the logo is missing, or no picture that browsers show.
        EnvironmentFault: the logo cannot be read.
    """
    for path in sorted(FOLDER.iterdir()):
        yield Artifact(f"assets/{path.name}", _TYPES[path.suffix], path.read_bytes())
    if config.logo:
        yield _logo(config)


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
