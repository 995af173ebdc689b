"""Rules for Netlify and Cloudflare Pages: ``_redirects`` and ``_headers``. They know neither forms nor languages."""

from collections.abc import Iterator
from typing import Final

from saite.artifact import Artifact
from saite.fields import ALWAYS, POLICY
from saite.iri import quoted
from saite.naming import Name
from saite.render.hosting.plan import LONGER, TEXT, TYPES, Plan

REDIRECTS: Final = "_redirects"
HEADERS: Final = "_headers"
MOST: Final = 2000
"""Redirects that Cloudflare Pages takes, beside 100 with a placeholder."""


def artifacts(plan: Plan) -> Iterator[Artifact]:
    """The two files."""
    yield Artifact(REDIRECTS, TEXT, "".join(f"{line}\n" for line in _redirects(plan)).encode())
    yield Artifact(HEADERS, TEXT, "".join(f"{line}\n" for line in _headers(plan)).encode())


def _redirects(plan: Plan) -> Iterator[str]:
    """Single things first, then those that go by a rule; both hosts take the first line that matches."""
    yield "# Written by Saite anew at each build."
    for number, (path, see) in enumerate(plan.odd_things()):
        if number == MOST:
            yield f"# Further things are left out: these hosts take {MOST} lines."
            break
        yield f"{plan.root}{quoted(path)} {plan.at(see)} 303"
    for begin, folder in plan.rules:
        yield f"{plan.root}{begin}* {plan.root}{folder}:splat 303"


def _headers(plan: Plan) -> Iterator[str]:
    yield "# Written by Saite anew at each build."
    yield f"{plan.root}*"
    for field, value in {**ALWAYS, "Content-Security-Policy": POLICY}.items():
        yield f"  {field}: {value}"
    for link in plan.belonging(Name(""), "license"):
        yield f"  Link: {link.field()}"
    for ending, media_type in (*TYPES.items(), *LONGER.items()):
        if ending == "json":  # the hosts know it, and of two lines that match, both would count
            continue
        yield f"{plan.root}*.{ending}"
        yield f"  Content-Type: {media_type}"
    for path, links in plan.contents():
        yield plan.at(path)
        yield f"  Link: {', '.join(link.field() for link in links if link.relation != 'license')}"
    for language in plan.languages if len(plan.languages) > 1 else ():
        yield f"{plan.root}*.{language}.html"
        yield f"  Content-Language: {language}"
