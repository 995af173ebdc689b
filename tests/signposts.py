"""What an independent reader of FAIR Signposting finds: the package ``signposting``."""

from collections.abc import Iterable
from dataclasses import dataclass

from signposting import (
    Signposting,
    find_signposting_html,
    find_signposting_http_link,
    find_signposting_linkset,
)
from signposting.linkset import LinksetJSON, _parse_linkset_json

from saite.artifact import Artifact


@dataclass(frozen=True)
class Post:
    """One link: all is absolute."""

    anchor: str
    relation: str
    target: str
    type: str = ""
    profile: str = ""


@dataclass(frozen=True)
class Signposts:
    """Links of one head or link set, in order as far as the reader keeps it."""

    posts: tuple[Post, ...]
    context: str

    @property
    def here(self) -> set[Post]:
        """Those that begin where they were found."""
        return {post for post in self.posts if post.anchor == self.context}

    @property
    def relations(self) -> set[str]:
        """The relations of those that begin here."""
        return {post.relation for post in self.here}

    def targets(self, relation: str) -> set[str]:
        """Where links of a relation lead from here."""
        return {post.target for post in self.here if post.relation == relation}

    def typed(self, relation: str) -> dict[str, str]:
        """The same, with media types."""
        return {post.target: post.type for post in self.here if post.relation == relation}

    def linkset(self, media_type: str) -> str:
        """The one link set of a media type."""
        [target] = [target for target, kind in self.typed("linkset").items() if kind == media_type]
        return target

    def at(self, context: str) -> "Signposts":
        """The same links, seen from elsewhere."""
        return Signposts(self.posts, context)


def of_fields(values: Iterable[str], url: str) -> Signposts:
    """What the fields ``Link`` of an answer say."""
    return _read(find_signposting_http_link(list(values), url), url)


def of_page(url: str) -> Signposts:
    """What the head of an HTML page says."""
    found = find_signposting_html(url, warn_empty=False)
    return _read(found, str(found.context))


def of_linkset(url: str) -> Signposts:
    """What a link set says, in either format."""
    return _read(find_signposting_linkset(url), url)


def of_linkset_file(artifact: Artifact, url: str) -> Signposts:
    """What a link set in JSON says that is served at an address."""
    text = b"".join(artifact.chunks()).decode()
    return _read(_parse_linkset_json(LinksetJSON(text, artifact.media_type, url, url)), url)


def _read(found: Signposting, url: str) -> Signposts:
    return Signposts(
        tuple(
            Post(
                str(one.context or url),
                str(one.rel),
                str(one.target),
                str(one.type or ""),
                " ".join(sorted(map(str, one.profiles))),
            )
            for one in found.signposts
        ),
        url,
    )
