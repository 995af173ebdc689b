"""The folder door for artifacts: begin at :func:`claim` (or :func:`write_site`, which claims and writes).

``folder`` tells the story (stage, swap, recover), ``staging`` writes, ``crew`` lets several processes write the pieces
of a ``work``, ``ledger`` sorts and judges, ``keep`` carries over what is not ours, ``lock`` keeps a second build out,
``failures`` finds the words, ``kernel`` asks the system what Python does not.
"""

from saite.output.folder import OutputFolder, Written, claim, is_ours, recover, write_site
from saite.output.kernel import copies, cores, may_fork

__all__ = ["OutputFolder", "Written", "claim", "copies", "cores", "is_ours", "may_fork", "recover", "write_site"]
