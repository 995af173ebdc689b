"""What was promised is made: bytes, and what the manifest of a build would say of them."""

import os
import tempfile
import threading
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from saite.artifact import Artifact
from saite.manifest import Entry
from saite.serve.door.generation import SMALL


class Ended(Exception):
    """The server ends, and with it what it was making."""


class Made(NamedTuple):
    """A file that was made.

    Attributes:
        entry: its row of the manifest.
        content: its bytes, if they are few or shall be held.
        file: where they are, if they are many.
    """

    entry: Entry
    content: bytes = b""
    file: BinaryIO | None = None


def promised(artifact: Artifact) -> Entry:
    """The row of a file that is not made yet: without digest and size."""
    return _entry(artifact, "", 0)


class Maker:
    """Makes files, until it is told to end."""

    def __init__(self) -> None:
        self._ending = threading.Event()

    def end(self) -> None:
        """Make no more; what is being made is given up."""
        self._ending.set()

    def make(self, artifact: Artifact) -> Made:
        """A file of a resource, in memory."""
        if self._ending.is_set():
            raise Ended
        content = b"".join(artifact.chunks())
        return Made(_entry(artifact, sha256(content).hexdigest(), len(content)), content)

    def spool(self, artifact: Artifact) -> Made:
        """A file of the whole, which may be large: in memory or in a temporary file.

        Raises:
            Ended: the server ends.
        """
        if isinstance(artifact.content, bytes):
            return self.make(artifact)
        digest = sha256()
        size = 0
        with tempfile.SpooledTemporaryFile(max_size=SMALL) as spool:
            for chunk in artifact.chunks():
                if self._ending.is_set():
                    raise Ended
                digest.update(chunk)
                size += len(chunk)
                spool.write(chunk)
            entry = _entry(artifact, digest.hexdigest(), size)
            spool.seek(0)
            if size <= SMALL:
                return Made(entry, spool.read())
            spool.flush()
            return Made(entry, file=os.fdopen(os.dup(spool.fileno()), "rb"))


def _entry(artifact: Artifact, digest: str, size: int) -> Entry:
    return Entry(
        artifact.path,
        artifact.media_type,
        digest,
        size,
        artifact.document,
        artifact.language,
        artifact.modified,
        profile=artifact.profile,
    )
