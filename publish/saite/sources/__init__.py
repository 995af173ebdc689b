"""Files to quads: which files there are, what format each is in, what is wrong with it, and where a statement stands.

Begin with :func:`discover` (a folder or a file to :class:`Source` values) and :func:`read` (a source to its quads, one
at a time). The parser is pyoxigraph; ``rdfxml`` and ``jsonld`` guard it where it would lose data, open files or fail
without a line. :func:`prefixes` tells what the files call the namespaces. :class:`Locator` finds file and line of a
statement, for findings only: the store holds no positions.
"""

from saite.sources.discovery import discover
from saite.sources.positions.locator import Locator
from saite.sources.prefixes import prefixes
from saite.sources.reader import read
from saite.sources.source import Source

__all__ = ["Locator", "Source", "discover", "prefixes", "read"]
