"""The permanent IRIs at w3id.org: the ``.htaccess`` of their folder, which leads every request on to the site."""

from collections.abc import Iterator
from typing import Final

from saite.artifact import Artifact
from saite.errors import ConfigError
from saite.render.hosting.plan import TEXT, Plan

NAME: Final = "w3id"

FILE: Final = ".saite-w3id.htaccess"
"""To be proposed to w3id.org as ``.htaccess`` of the base's folder."""


def check(plan: Plan) -> None:
    """The site must be served elsewhere than where its IRIs live.

    Raises:
        ConfigError: it is not.
    """
    if not plan.url or not plan.base or plan.url == plan.base:
        raise ConfigError(
            "rules for w3id.org lead from the site's IRIs to where it is served, and that is not said",
            cure='Set url in saite.toml to the address of the site, as in url = "https://data.example.org/" .',
        )


def artifacts(plan: Plan) -> Iterator[Artifact]:
    """The file."""
    lines = (
        f"# {plan.base} leads to {plan.url}. Written by Saite.",
        "RewriteEngine On",
        "Header always set Access-Control-Allow-Origin *",
        f'RewriteRule "^(.*)$" "{plan.url}$1" [R=302,L]',
    )
    yield Artifact(FILE, TEXT, "".join(f"{line}\n" for line in lines).encode())
