"""Which of many names somebody means: pure functions of texts, with no files and no network in them.

- :mod:`saite.matching.normal`: what of a text counts: no case, no diacritics, no script, no system of transliteration.
- :mod:`saite.matching.scoring`: how near two names are to each other, from 0 to 100.
- :mod:`saite.matching.index`: the nearest of many names, without a look at each: begin at :class:`Index`.
- :mod:`saite.matching.names`: which properties of a graph give names.
"""

from saite.matching.index import SURE, Found, Index, sure
from saite.matching.names import NAME_PROPERTIES, names

__all__ = ["NAME_PROPERTIES", "SURE", "Found", "Index", "names", "sure"]
