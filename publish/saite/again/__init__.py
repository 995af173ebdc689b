"""Building a site that was built before: what is as it was, is not made again.

Begin at :class:`LastBuild`. ``last`` tells whether anything has changed at all; ``mending`` makes only those files anew
that an edit of texts can have changed, and ``affected`` says which; ``record`` is what a build leaves for that, and
``quads`` reads from it what the site says. In doubt, the site is built whole.
"""

from saite.again.last import LastBuild

__all__ = ["LastBuild"]
