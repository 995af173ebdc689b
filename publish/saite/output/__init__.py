"""The doors through which artifacts leave: begin at :func:`claim` (or :func:`write_site`, which claims and writes).

``claiming`` takes a place and ``place`` tells what is common to them; ``folder`` tells the story of a folder (stage,
swap, recover), ``packed`` that of an archive. ``staging`` writes files, ``crew`` has several processes write the pieces
of a ``work``, ``ledger`` sorts and judges, ``patch`` has some files of a site changed, ``keep`` carries over what is
not ours, ``lock`` keeps a second build out, ``built`` reads what was written, ``failures`` finds the words, ``kernel``
asks the system what Python does not.
"""

from saite.output.built import entries, is_ours, opened, unpacked
from saite.output.claiming import claim, recover, write_site
from saite.output.folder import OutputFolder
from saite.output.patch import Misfit
from saite.output.place import Fill, Place, Written, one_by_one, together

__all__ = [
    "Fill",
    "Misfit",
    "OutputFolder",
    "Place",
    "Written",
    "claim",
    "entries",
    "is_ours",
    "one_by_one",
    "opened",
    "recover",
    "together",
    "unpacked",
    "write_site",
]
