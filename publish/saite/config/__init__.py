"""``saite.toml`` as frozen values: an unknown key is an error with "did you mean", a wrong value says where it is.

``values`` says what can be set, :func:`load` reads it, with the help of ``reader``.
"""

from saite.config.load import load
from saite.config.values import (
    AVAILABILITIES,
    FILE_NAME,
    FORMATS,
    HOSTS,
    PROFILES,
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

__all__ = [
    "AVAILABILITIES",
    "FILE_NAME",
    "FORMATS",
    "HOSTS",
    "PROFILES",
    "THEME",
    "CatalogueSettings",
    "CheckSettings",
    "Config",
    "DocumentRule",
    "Facets",
    "Fold",
    "Hosting",
    "Private",
    "Statements",
    "Step",
    "load",
]
