"""Typed links that show machines the way (FAIR Signposting; RFC 8288): what they are, and how they are written.

A *landing page* is the document of a thing, *metadata* are its RDF files, *content* are the dumps and tables of the
data set. What there is to tell, the list of names has (:mod:`saite.naming`), so that the door, the pages, the link sets
and the rules for other hosts tell the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote

import orjson

from saite.artifact import HTML, TURTLE
from saite.iri import quoted, uri
from saite.naming import Name

LINKSET_JSON: Final = "application/linkset+json"
LINKSET_TEXT: Final = "application/linkset"

LINKSETS: Final = {"json": (".linkset.json", LINKSET_JSON), "text": (".linkset", LINKSET_TEXT)}
"""The formats of a document's link set (RFC 9264): what follows the document in the file's name, and media types."""

SCHEMA_ORG: Final = "https://schema.org/"
ABOUT_PAGE: Final = SCHEMA_ORG + "AboutPage"
"""The type of a landing page, beside that of what it describes."""
DOWNLOAD: Final = SCHEMA_ORG + "DataDownload"
"""The type of a content resource: a data set in one file."""

MOST_ITEMS: Final = 12
"""Content resources that a head leads to; the link set has all."""


class Link(NamedTuple):
    """One link.

    Attributes:
        relation: what the target is to the anchor, a registered relation.
        target: reference to it, percent-encoded.
        media_type: of the target, without parameters.
        language: of the target, a BCP 47 tag.
        profile: IRI of what the target conforms to (RFC 9264, 5).
        anchor: reference to where the link begins, "" for what the link comes with.
    """

    relation: str
    target: str
    media_type: str = ""
    language: str = ""
    profile: str = ""
    anchor: str = ""

    def field(self) -> str:
        """The link as an element of the field ``Link`` (RFC 8288, 3)."""
        relation, target, media_type, language, profile, anchor = self
        text = f'<{target}>; anchor="{anchor}"; rel="{relation}"' if anchor else f'<{target}>; rel="{relation}"'
        if media_type:
            text += f'; type="{media_type}"'
        if language:
            text += f'; hreflang="{language}"'
        if profile:
            text += f'; profile="{profile}"'
        return text


def as_json(links: Iterable[Link]) -> bytes:
    """A link set in JSON (RFC 9264, 4.2): an object for each anchor, in which targets are listed by relation."""
    contexts: dict[str, dict[str, str | list[dict[str, str | list[str]]]]] = {}
    for link in links:
        context = contexts.setdefault(link.anchor, {"anchor": link.anchor})
        target: dict[str, str | list[str]] = {"href": link.target}
        if link.media_type:
            target["type"] = link.media_type
        if link.language:
            target["hreflang"] = [link.language]
        if link.profile:
            target["profile"] = link.profile
        targets = context.setdefault(link.relation, [])
        assert isinstance(targets, list), "no relation is called anchor"
        targets.append(target)
    return orjson.dumps({"linkset": list(contexts.values())}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def as_text(links: Iterable[Link]) -> bytes:
    """A link set as the field ``Link`` would have it, a link to a line (RFC 9264, 4.1)."""
    return (",\n".join(link.field() for link in links) + "\n").encode()


Way = Callable[[str], str]
"""From the path of a document or file to a reference to it."""


def landing(name: Name, whole: Mapping[str, str], to: Way, most: int = MOST_ITEMS) -> Iterator[Link]:
    """What a document is (FAIR Signposting, level 1, landing page), but for the files that describe it.

    Args:
        name: of the document.
        whole: what :mod:`saite.naming` says of the whole site.
        to: makes references.
        most: how many dumps and tables it leads to at most.
    """
    yield cite_as(name.iri)
    yield from alike(name, whole, to, most)


def cite_as(iri: str) -> Link:
    """By which address a thing is cited."""
    return Link("cite-as", uri(iri))


def alike(name: Name, whole: Mapping[str, str], to: Way, most: int = MOST_ITEMS) -> Iterator[Link]:
    """The same, but for its own address: documents of one folder, type and author have them alike."""
    yield from types(name.type)
    yield from belonging(name, whole, to)
    if name.path == whole.get("dataset"):
        yield from of_dataset(whole, to, most)


def of_dataset(whole: Mapping[str, str], to: Way, most: int = MOST_ITEMS) -> Iterator[Link]:
    """Which catalogue describes the data set, and of which dumps and tables it consists; see :func:`landing`."""
    if "catalogue" in whole:
        yield Link("describedby", to(whole["catalogue"]), TURTLE.partition(";")[0])
    for path, media_type in items(whole)[:most]:
        yield Link("item", to(path), media_type)


def types(names: str) -> Iterator[Link]:
    """The types of a landing page: its own, and those of what it describes, as :class:`saite.naming.Name` has them."""
    yield Link("type", ABOUT_PAGE)
    for name in names.split():
        yield Link("type", SCHEMA_ORG + name)


def belonging(name: Name, whole: Mapping[str, str], to: Way) -> Iterator[Link]:
    """To which data set a document belongs, under which licence it may be used, and who has made it."""
    dataset = whole.get("dataset", "")
    if dataset and name.path != dataset:
        yield Link("collection", to(dataset), _PAGE)
    yield from _rights(name, whole)


def metadata(document: str, to: Way) -> Iterator[Link]:
    """What an RDF file is: it describes what the landing page is about (FAIR Signposting, metadata resource)."""
    yield Link("describes", to(document), _PAGE)


def content(name: Name, whole: Mapping[str, str], to: Way) -> Iterator[Link]:
    """What a dump or a table is: a part of the data set (FAIR Signposting, content resource).

    Args:
        name: of the document of the data set.
        whole: what :mod:`saite.naming` says of the whole site.
        to: makes references.
    """
    yield cite_as(name.iri)
    yield Link("type", DOWNLOAD)
    yield Link("collection", to(name.path), _PAGE)
    yield from _rights(name, whole)


def linksets(document: str, whole: Mapping[str, str], to: Way) -> Iterator[Link]:
    """Where all links of a document are (FAIR Signposting, level 2)."""
    for form in whole.get("linksets", "").split():
        ending, media_type = LINKSETS[form]
        yield Link("linkset", to(document + ending), media_type)


def items(whole: Mapping[str, str]) -> list[tuple[str, str]]:
    """The dumps and tables of the data set: paths and media types."""
    words = whole.get("items", "").split()
    return [(unquote(path), media_type) for path, media_type in zip(words[::2], words[1::2], strict=True)]


def listed(files: Iterable[tuple[str, str]]) -> str:
    """Paths with media types, as the list of names has them: what :func:`items` reads."""
    return " ".join(f"{quoted(path)} {media_type.partition(';')[0]}" for path, media_type in files)


def _rights(name: Name, whole: Mapping[str, str]) -> Iterator[Link]:
    """Under which licence it may be used, and who has made it."""
    if "license" in whole:
        yield Link("license", uri(whole["license"]))
    for author in (name.author or whole.get("author", "")).split():
        yield Link("author", author)


_PAGE: Final = HTML.partition(";")[0]
