"""Files that are distributions: their sizes and digests are noted as they are made."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256

from saite.artifact import Artifact
from saite.distribution import Distribution

Distributions = dict[str, Distribution]
"""What has been made of the distributions of a site, by path. The renderers of a site share one."""

Offered = Callable[[], Sequence[tuple[str, str]]]
"""Gives paths and media types (of the files as they are) of the distributions that there will be, before any is made.

A renderer that tells of them has the attribute ``offered``, see :class:`saite.render.pieces.Telling`.
"""


def nothing() -> Sequence[tuple[str, str]]:
    """What is offered where nobody has said what is."""
    return ()


def offer(
    distributions: Distributions,
    path: str,
    media_type: str,
    source: Callable[[], Iterable[bytes]],
    *,
    packed: str = "",
    of: str = "",
    language: str = "",
    conforms: tuple[str, ...] = (),
) -> Artifact:
    """A file that enters itself among the distributions when it is made.

    Args:
        distributions: where it enters itself.
        path: see :class:`~saite.distribution.Distribution`, for the others too.
        media_type: of the data.
        source: yields the file's bytes.
        packed: what packs the data; it is then the media type of the file.
        of: what it holds.
        language: of its words.
        conforms: what it follows.
    """
    noted = partial(Distribution, path, media_type, packed=packed, of=of, language=language, conforms=conforms)
    return Artifact(path, packed or media_type, partial(_measured, distributions, source, noted), language=language)


def _measured(
    distributions: Distributions, source: Callable[[], Iterable[bytes]], noted: "partial[Distribution]"
) -> Iterator[bytes]:
    digest = sha256()
    size = 0
    for chunk in source():
        digest.update(chunk)
        size += len(chunk)
        yield chunk
    made = noted(size=size, sha256=digest.hexdigest())
    distributions[made.path] = made
