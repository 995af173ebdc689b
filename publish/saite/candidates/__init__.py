"""Links to the same things elsewhere: found by programs, accepted by people. Begin with :func:`find`.

``things`` has the entities of a site and those of a file (a graph or a table), ``service`` asks a reconciliation
service, ``near`` is all that is known here of matching, ``scoring`` adds what speaks for or against a pair, ``review``
is the file that a person goes through, ``accepted`` writes what they took as Turtle, with who said so.
"""

from saite.candidates.accepted import Accepted, accept
from saite.candidates.finding import Candidate, find
from saite.candidates.review import read, write

__all__ = ["Accepted", "Candidate", "accept", "find", "read", "write"]
