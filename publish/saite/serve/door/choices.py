"""Which answer a request gets: a file, a way to another address, or a refusal. Begin at :func:`choose`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from saite.artifact import HTML, JSON_LD
from saite.fields import ALLOW, PREFLIGHT, VARY, VARY_BY_PROFILE, compressible
from saite.iri import normal, uri
from saite.manifest import Entry
from saite.naming import Name
from saite.profile import TOKENS, profile_of
from saite.serve.door import links, problems, profiles
from saite.serve.door.joint import Holdings
from saite.serve.door.place import Place
from saite.signposting import Link

LONGEST: Final = 8000
"""Bytes of an address that is looked up (RFC 9110, 4.1, recommends that at least this many be taken)."""


_CONTEXT: Final = "http://www.w3.org/ns/json-ld#context"
_NO_WISH: Final = profiles.Wanted()


@dataclass(frozen=True, slots=True)
class Choice:
    """What answers a request.

    Attributes:
        status: of the answer.
        headers: fields that belong to it, beside those that all answers have.
        file: what it consists of, if it is a file of the site.
        content: what it consists of, if it is none.
        media_type: of the content; of a file, if it is to be another one than the file's own.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    file: Entry | None = None
    content: bytes = b""
    media_type: str = ""


def choose(site: Holdings, place: Place, accept: str, language: str, profile: str = "") -> Choice:
    """What answers a request for an address.

    Args:
        site: what there is.
        place: the address.
        accept: the field ``Accept``, "" if there is none.
        language: the field ``Accept-Language``.
        profile: the field ``Accept-Profile``.
    """
    if len(place.path) + len(place.query) > LONGEST:
        return refused(414, f"Addresses here have at most {LONGEST} bytes.", place, accept)
    path = place.decoded
    if path is not None and not _hidden(path):
        entry = site.file(path)
        if entry is not None:
            return _file(site, place, entry)
        document = path or "index"
        variants = site.variants(document)
        if variants:
            want = profiles.wanted(place.query, profile) if _profiled(variants) else _NO_WISH
            return _document(site, place, document, variants, want, accept, language)
    thing = _named(site, place)
    if thing is not None and thing.see:
        return Choice(303, (("Location", _way(site, place, thing.see)), ("Vary", VARY)))
    return missing(site, place, accept)


def missing(site: Holdings, place: Place, accept: str) -> Choice:
    """The answer that there is nothing: the site's own page where the client reads pages."""
    own = site.file("404.html")
    media_type = problems.form(accept)
    if own is not None and media_type == HTML:
        return Choice(404, (("Vary", VARY), ("Cache-Control", "no-cache")), own)
    return refused(404, "It may never have been there; what this site publishes keeps its address.", place, accept)


def refused(status: int, detail: str, place: Place, accept: str, *more: tuple[str, str]) -> Choice:
    """A refusal."""
    return _refused(status, detail, place, accept, (), more)


def not_allowed(method: str, place: Place, accept: str) -> Choice:
    """A method that does nothing here."""
    return refused(405, f"Documents and files are read with {ALLOW}.", place, accept, ("Allow", ALLOW))


def preflight() -> Choice:
    """What a browser asks before a script of another site may read (Fetch standard, CORS protocol)."""
    return Choice(204, tuple(PREFLIGHT.items()))


def _refused(
    status: int,
    detail: str,
    place: Place,
    accept: str,
    links: tuple[tuple[str, str], ...],
    more: tuple[tuple[str, str], ...],
    vary: str = VARY,
) -> Choice:
    media_type = problems.form(accept)
    body = problems.content(status, detail, media_type, place.root, links)
    return Choice(status, (("Vary", vary), ("Cache-Control", "no-cache"), *more), None, body, media_type)


def _file(site: Holdings, place: Place, entry: Entry) -> Choice:
    """A file that was asked for by its own name: whatever the client would rather have."""
    headers = [("Vary", "Accept-Encoding")] if compressible(entry.media_type) else []
    status = 200
    if entry.document:
        variants = site.variants(entry.document)
        headers += links.of_document(site, place, entry.document, variants, entry)
        headers += _conforms(variants, entry)
        status, more = _life(site, place, entry.document)
        headers += more
    else:
        headers += links.of_content(site, place, entry)
    headers += links.of_table(site, place, entry)
    if entry.language:
        headers.append(("Content-Language", entry.language))
    return Choice(status, tuple(headers), entry)


def _document(
    site: Holdings,
    place: Place,
    document: str,
    variants: tuple[Entry, ...],
    want: profiles.Wanted,
    accept: str,
    language: str,
) -> Choice:
    """The representation of a document that the client wants most; or the list of all."""
    read = (*variants, *_as_json(variants))
    entry = None if want.listing or want.unknown else want.best(read, accept, language)
    told = list(links.of_document(site, place, document, variants, entry, want != _NO_WISH))
    vary = VARY_BY_PROFILE if _profiled(variants) else VARY
    if entry is None and not want.listing:
        can = tuple((place.to(variant.path), _called(variant)) for variant in variants)
        if want.unknown:
            tokens = ", ".join(token for token, _ in _tokens(variants))
            detail = f"It has the profiles {tokens}; {profiles.LISTS[0]} asks for the list of them."
            return _refused(400, detail, place, accept, can, tuple(told), vary)
        kinds = dict.fromkeys(variant.media_type.partition(";")[0] for variant in variants)
        detail = f"It can be had as {', '.join(kinds)}."
        return _refused(406, detail, place, accept, can, tuple(told), vary)
    status, more = _life(site, place, document)
    if entry is None:
        addresses = [(place.to(variant.path), variant) for variant in variants]
        media_type, content = profiles.listing(document, addresses, want, accept)
        fields = (("Vary", VARY), ("Cache-Control", "no-cache"), *told, *more)
        return Choice(status, fields, None, content, media_type)
    media_type = profiles.JSON if entry.media_type == profiles.JSON else ""
    if media_type:
        entry = next(variant for variant in variants if variant.path == entry.path)
        told.append(("Link", f'<{place.to("context.jsonld")}>; rel="{_CONTEXT}"; type="{JSON_LD}"'))
    headers = [("Vary", f"{vary}, Accept-Encoding"), ("Content-Location", place.to(entry.path)), *told, *more]
    headers += _conforms(variants, entry)
    if entry.language:
        headers.append(("Content-Language", entry.language))
    return Choice(status, tuple(headers), entry, media_type=media_type)


def _as_json(variants: tuple[Entry, ...]) -> Iterator[Entry]:
    """The JSON-LD of a document as plain JSON, whose context a ``Link`` field tells (JSON-LD 1.1, 6.1).

    Not that of other profiles: they are in other words than those of the site's context.
    """
    for variant in variants:
        if variant.media_type == JSON_LD and not variant.profile:
            yield variant._replace(media_type=profiles.JSON)


def _life(site: Holdings, place: Place, document: str) -> tuple[int, list[tuple[str, str]]]:
    """Whether what a document tells of is still there, and what has taken its place if not."""
    name = site.name(document)
    if name is None or not name.gone:
        return 200, []
    successor = name.successor
    if not successor:
        return 410, []
    target = successor if "://" in successor else place.to(successor)
    return 410, list(links.field([Link("successor-version", uri(target)).field()]))


def _conforms(variants: tuple[Entry, ...], chosen: Entry) -> Iterator[tuple[str, str]]:
    """The profile of a file, where the document has several."""
    if _profiled(variants) and (conforms := profile_of(chosen.media_type, chosen.profile)):
        yield "Content-Profile", f"<{conforms}>"


def _tokens(variants: tuple[Entry, ...]) -> list[tuple[str, str]]:
    """The short names of profiles that a document has."""
    has = {profile_of(variant.media_type, variant.profile) for variant in variants}
    return [(token, iri) for token, iri in TOKENS.items() if iri in has]


def _profiled(variants: tuple[Entry, ...]) -> bool:
    """Whether a document has another profile than the plain one."""
    return any(variant.profile for variant in variants)


def _called(entry: Entry) -> str:
    """A form in words: what it is, and of which profile."""
    return f"{entry.media_type} ({entry.profile})" if entry.profile else entry.media_type


def _way(site: Holdings, place: Place, see: str) -> str:
    """A relative reference to where a thing is described; what the client says of profiles goes along."""
    reference, hash_, fragment = place.to(see).partition("#")
    more = profiles.carried(place.query)
    if more and not _profiled(site.variants(see.partition("#")[0])):
        more = ""
    return reference + more + hash_ + fragment


def _named(site: Holdings, place: Place) -> Name | None:
    """What an address names, beside documents and files; an IRI may have a query."""
    path = normal(place.path)
    if place.query:
        found = site.name(f"{path}?{normal(place.query)}")
        if found is not None:
            return found
    return site.name(path)


def _hidden(path: str) -> bool:
    """Files that are for servers only."""
    return (path.startswith(".") and not path.startswith(".well-known/")) or "/." in path
