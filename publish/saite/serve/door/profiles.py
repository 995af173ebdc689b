"""Which profile of a document a client wants (W3C, Content Negotiation by Profile): fields and arguments.

Profiles come first: a form that the client likes less, but of a profile that it asks for, is better than any other. Who
asks for none gets what there was before there were profiles.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Final
from urllib.parse import quote, unquote

import orjson

from saite.artifact import HTML
from saite.manifest import Entry
from saite.profile import TOKENS, profile_of
from saite.serve.negotiate import MOST, choose, media_quality, parse_accept, qvalue

JSON: Final = "application/json"
LISTS: Final = ("all", "alt")
"""What asks for the list of representations: the word of the W3C, and that of its earlier drafts."""

_PROFILE: Final = "_profile"
_MEDIA_TYPE: Final = "_mediatype"
_ELEMENT: Final = re.compile(r'(?:^|,)[ \t]*<([^<>"\s]+)>[ \t]*(;[^,<>]*)?(?=,|$)')
_ARGUMENT: Final = re.compile("<([^<>]*)>|([^,<>]+)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request says of profiles.

    Attributes:
        groups: profiles, those that are wanted most first; those of one group equally.
        never: profiles that are not wanted at all.
        strict: nothing else will do: the address itself names them.
        media: media types that the address names, in order; None if it names none.
        listing: the list of representations is wanted.
        unknown: the address names profiles, and none that there is.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    never: frozenset[str] = frozenset()
    strict: bool = False
    media: tuple[str, ...] | None = None
    listing: bool = False
    unknown: bool = False

    def best(self, variants: Sequence[Entry], accept: str, language: str) -> Entry | None:
        """The best of a document's files; None if there is none that will do."""
        for group in self.groups:
            of_group = [
                variant
                for iri in group
                for variant in variants
                if profile_of(variant.media_type, variant.profile) == iri
            ]
            found = self._form(of_group, accept, language)
            if found is not None:
                return found
        if self.strict:
            return None
        others = [v for v in variants if not v.profile and profile_of(v.media_type, "") not in self.never]
        return self._form(others, accept, language)

    def _form(self, variants: Sequence[Entry], accept: str, language: str) -> Entry | None:
        if self.media is None:
            return choose(variants, accept, language)
        wishes = (choose(variants, media, language) for media in self.media if parse_accept(media))
        return next((found for found in wishes if found is not None), None)


def wanted(query: str, field: str) -> Wanted:
    """What a request says of profiles: its address counts for more than its fields.

    Args:
        query: of the address.
        field: ``Accept-Profile``, "" if there is none.
    """
    named, media = arguments(query)
    if named is None:
        wishes = parse(field)
        levels = sorted({level for _, level in wishes if level > 0}, reverse=True)
        groups = tuple(tuple(dict.fromkeys(iri for iri, q in wishes if q == level)) for level in levels)
        return Wanted(groups, frozenset(iri for iri, level in wishes if level == 0), media=media)
    if any(name in LISTS for name in named):
        return Wanted(media=media, listing=True)
    known = TOKENS.values()
    iris = tuple(iri for name in named if (iri := TOKENS.get(name, name)) in known)
    return Wanted(tuple((iri,) for iri in iris), strict=True, media=media, unknown=not iris)


def parse(field: str) -> list[tuple[str, float]]:
    """The profiles of an ``Accept-Profile`` field with their qualities; parts that are not well-formed are left out."""
    found = []
    for element in islice(_ELEMENT.finditer(field), MOST):
        level: float | None = 1.0
        for parameter in (element[2] or "").split(";"):
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                level = qvalue(value.strip())
        if level is not None:
            found.append((element[1], level))
    return found


def arguments(query: str) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """The profiles, and the media types, that a query names; each None if it names none."""
    found: dict[str, tuple[str, ...]] = {}
    for part in query.split("&", MOST)[:MOST]:
        key, _, value = part.partition("=")
        if key in (_PROFILE, _MEDIA_TYPE):
            names = (iri or name.strip() for iri, name in _ARGUMENT.findall(unquote(value)))
            found[key] = tuple(name for name in names if name)[:MOST]
    return found.get(_PROFILE), found.get(_MEDIA_TYPE)


def carried(query: str) -> str:
    """What a way to another address takes along of a query, with its question mark; "" if nothing."""
    parts = (part.partition("=") for part in query.split("&", MOST)[:MOST])
    pairs = [f"{key}={quote(unquote(value), safe='/+,:')}" for key, _, value in parts if key in (_PROFILE, _MEDIA_TYPE)]
    return f"?{'&'.join(pairs)}" if pairs else ""


def listing(document: str, forms: Sequence[tuple[str, Entry]], want: Wanted, accept: str) -> tuple[str, bytes]:
    """The list of a document's representations: its media type, and itself.

    Args:
        document: what the document is called.
        forms: addresses and files.
        want: what the address says.
        accept: the field ``Accept``.
    """
    ranges = parse_accept(", ".join(want.media) if want.media is not None else accept)
    if media_quality(JSON, ranges) > media_quality(HTML, ranges):
        return JSON, _json(document, forms)
    return HTML, _page(document, forms)


def _json(document: str, forms: Sequence[tuple[str, Entry]]) -> bytes:
    rows = [(address, entry, profile_of(entry.media_type, entry.profile)) for address, entry in forms]
    profiles = [
        {"token": token, "uri": iri, "media_types": [_kind(entry) for _, entry, profile in rows if profile == iri]}
        for token, iri in TOKENS.items()
        if any(profile == iri for _, _, profile in rows)
    ]
    representations = [
        {"href": address, "media_type": _kind(entry)}
        | ({"language": entry.language} if entry.language else {})
        | ({"profile": profile} if profile else {})
        for address, entry, profile in rows
    ]
    content = {"resource": document, "profiles": profiles, "representations": representations}
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _page(document: str, forms: Sequence[tuple[str, Entry]]) -> bytes:
    rows = "".join(
        f'<tr><td><a href="{escape(address)}">{escape(address.rpartition("/")[2])}</a></td>'
        f"<td>{escape(_kind(entry))}</td><td>{escape(entry.language)}</td>"
        f"<td>{escape(profile_of(entry.media_type, entry.profile))}</td></tr>\n"
        for address, entry in forms
    )
    root = "../" * document.count("/")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Representations</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f'<link rel="stylesheet" href="{root}assets/saite.css">\n</head>\n'
        '<body>\n<main id="main" class="wide"><section class="prose">\n'
        f'<h1>Representations of <a href="{escape(document.rpartition("/")[2] or "./")}">{escape(document)}</a></h1>\n'
        "<table>\n<thead><tr><th>File</th><th>Media type</th><th>Language</th><th>Profile</th></tr></thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>\n</section></main>\n</body>\n</html>\n"
    ).encode()


def _kind(entry: Entry) -> str:
    return entry.media_type.partition(";")[0]
