"""The folder door for artifacts: begin at :func:`claim` (or :func:`write_site`, which claims and writes).

``folder`` tells the story (stage, swap, recover), ``staging`` writes, ``ledger`` sorts and judges, ``keep``
carries over what is not ours, ``lock`` keeps a second build out, ``failures`` finds the words.
"""

from saite.output.folder import OutputFolder, Written, claim, is_ours, recover, write_site

__all__ = ["OutputFolder", "Written", "claim", "is_ours", "recover", "write_site"]
