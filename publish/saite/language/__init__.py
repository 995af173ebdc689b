"""Human languages: which text to show, interface texts, dates, numbers, lists, alphabets and names of languages.

Languages are BCP 47 tags. Begin with ``choosing``: which of several texts readers of a language see. What Saite says
itself is in ``texts``, from ``locale/{language}.po``; English is the source, so another translation is one more file
(docs/languages.md). ``dates`` keeps the precision that the data has: a year stays a year. ``words`` has numbers, lists
and names; ``alphabets`` the order.
"""

from saite.language.alphabets import first_letter, initial, sort_key
from saite.language.choosing import SOURCE, choose, direction, fallbacks
from saite.language.dates import Moment, format_moment, format_range, moment
from saite.language.texts import LOCALE, Interface, catalogues, interface
from saite.language.words import format_number, join, language_name, own_name, territorial

__all__ = [
    "LOCALE",
    "SOURCE",
    "Interface",
    "Moment",
    "catalogues",
    "choose",
    "direction",
    "fallbacks",
    "first_letter",
    "format_moment",
    "format_number",
    "format_range",
    "initial",
    "interface",
    "join",
    "language_name",
    "moment",
    "own_name",
    "sort_key",
    "territorial",
]
