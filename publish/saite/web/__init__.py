"""Asking other hosts as a good guest: one request at a time for each, with pauses and limits, never private addresses.

Begin with :class:`Client`: one request, its answer or why there is none (:class:`Unreached`). ``addresses`` decides
which hosts may be asked at all, ``robots`` what their ``robots.txt`` lets programs ask.
"""

from saite.web.client import Client, Manners, Reply
from saite.web.reasons import Reason, Unreached
from saite.web.robots import Robots

__all__ = ["Client", "Manners", "Reason", "Reply", "Robots", "Unreached"]
