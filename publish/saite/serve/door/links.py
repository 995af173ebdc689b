"""The field ``Link`` of answers (RFC 8288): what FAIR Signposting asks, and the other forms of a document."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from saite.artifact import HTML
from saite.fields import CSV_METADATA
from saite.iri import quoted, uri
from saite.manifest import Entry
from saite.profile import TOKENS, profile_of
from saite.serve.door.joint import Holdings
from saite.serve.door.place import Place
from saite.signposting import Link, belonging, content, landing, linksets, metadata

_IS_PROFILE: Final = "http://www.w3.org/ns/dx/prof/Profile"
_MOST: Final = 2500  # bytes of links: proxies take heads of some kilobytes, and the link set has all of them
_STEM: Final = "\ufdd0"  # a noncharacter (Unicode 23.7): no reference has it


class _Form(NamedTuple):
    """A form of a document: how the names of its files end, and what it is."""

    ending: str
    media_type: str
    language: str
    profile: str


def of_document(
    site: Holdings,
    place: Place,
    document: str,
    variants: tuple[Entry, ...],
    chosen: Entry | None,
    profiled: bool = False,
) -> Iterator[tuple[str, str]]:
    """Typed links (RFC 8288) of a document or one of its files: what FAIR Signposting, level 1, asks, and other forms.

    All there is to tell stands in the link set. Further profiles are told to who speaks of profiles, or where there is
    no link set.

    Args:
        site: what there is.
        place: the address.
        document: the document.
        variants: its forms.
        chosen: that which the answer is, if it is one.
        profiled: the client speaks of profiles.
    """
    name = site.name(document)
    whole = site.whole if name is not None and name.iri else {"license": site.whole.get("license", "")}
    page = chosen is not None and chosen.media_type == HTML
    found: list[Link] = []
    if name is not None and name.iri:
        found += linksets(document, whole, place.to)
        if page:
            found += landing(name, whole, place.to)
        else:
            found += [Link("cite-as", uri(name.iri)), *belonging(name, whole, place.to)]
            found += metadata(document, place.to) if chosen is not None else ()
    elif whole["license"]:
        found.append(Link("license", uri(whole["license"])))
    full = profiled or not whole.get("linksets")
    stem = place.to(f"{document}.").removesuffix(".")
    told = _forms(tuple([_form(one, document) for one in variants]), _form(chosen, document) if chosen else None, full)
    return field([*[link.field() for link in found], *[text.replace(_STEM, stem) for text in told]])


@lru_cache(maxsize=4096)
def _forms(forms: tuple[_Form, ...], chosen: _Form | None, full: bool) -> tuple[str, ...]:
    """Links to the forms of a document, without the stem of their references: most documents have the same forms.

    Args:
        forms: all that there are.
        chosen: the one that the links come with.
        full: tell profiles too.
    """
    page = chosen is not None and chosen.media_type == HTML
    profiled = any(form.profile for form in forms)
    links: list[str] = []
    for form in forms:
        if (chosen is None or form[1:] != chosen[1:]) and (full or not form.profile):
            relation = "alternate describedby" if page and form.media_type != HTML else "alternate"
            kind = form.media_type.partition(";")[0]
            conforms = profile_of(kind, form.profile) if full and profiled else ""
            language = "" if page and form.media_type == HTML else form.language  # the head has it, in full addresses
            links.append(Link(relation, _STEM + quoted(form.ending), kind, language, conforms).field())
    if profiled and chosen is not None and (conforms := profile_of(chosen.media_type, chosen.profile)):
        links.append(Link("profile", conforms).field())
    if profiled and full:
        has = {profile_of(form.media_type, form.profile) for form in forms}
        links += [
            f'{Link("type", _IS_PROFILE, anchor=iri).field()}; token="{token}"'
            for token, iri in TOKENS.items()
            if iri in has
        ]
    return tuple(links)


def of_content(site: Holdings, place: Place, entry: Entry) -> Iterator[tuple[str, str]]:
    """Typed links of a dump or a table of the data set."""
    dataset = site.name(site.whole.get("dataset", ""))
    if dataset is not None and f" {quoted(entry.path)} " in f" {site.whole.get('items', '')} ":
        of_all = linksets(dataset.path, site.whole, place.to)
        links = (*content(dataset, site.whole, place.to), *of_all)
        return field(link.field() for link in links)
    return iter(())


def field(links: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The field, with the first of some links that are short enough together."""
    told: list[str] = []
    left = _MOST
    for link in links:
        if len(link) + 2 <= left:
            told.append(link)
            left -= len(link) + 2
    if told:
        yield "Link", ", ".join(told)


def of_table(site: Holdings, place: Place, entry: Entry) -> Iterator[tuple[str, str]]:
    """The way from a table to what its columns mean (Model for Tabular Data and Metadata on the Web, 5.2)."""
    path = f"{entry.path}{CSV_METADATA}"
    if entry.media_type.startswith("text/csv") and site.file(path) is not None:
        yield "Link", f'<{place.to(path)}>; rel="describedby"; type="application/csvm+json"'


def _form(entry: Entry, document: str) -> _Form:
    return _Form(entry.path[len(document) :], entry.media_type, entry.language, entry.profile)
