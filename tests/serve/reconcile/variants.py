"""Variants of names, as people write them: what the matcher is measured by.

Written and committed before the first line of the matcher, and not changed to please it. Each variant depends on
the seed, its kind and the entity only, so that new data change no variant of old ones.
"""

import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from saite.namespaces import LABEL_PROPERTIES, OWL, RDF, RDF_TYPE, RDFS, SH
from saite.site.model import Site
from saite.terms import Literal

SEED: Final = 20261127


class Name(NamedTuple):
    """A name of an entity.

    Attributes:
        text: the name.
        language: its tag, "" for none.
        alternative: it is not the first name (skos:altLabel).
    """

    text: str
    language: str
    alternative: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """A name as somebody might write it.

    Attributes:
        kind: what was done to it.
        text: what is asked for.
        origin: the name that it was made of, "" for an unknown one.
        right: the entities that are meant: those that have the original name; of an acronym, those that any of their
            names gives it. Empty for an unknown name.
    """

    kind: str
    text: str
    origin: str
    right: frozenset[str]


_SCHEMA: Final = (RDF, RDFS, OWL, SH)
_ALTERNATIVE: Final = LABEL_PROPERTIES[-1]


def entities(site: Site) -> dict[str, list[Name]]:
    """The names of everything that has a page, but for terms of the vocabulary and shapes, which are no entities."""
    found: dict[str, list[Name]] = {}
    for node in site.pages:
        types = [str(quad.object) for quad in site.quads(node, RDF_TYPE)]
        if types and all(one.strip("<>").startswith(_SCHEMA) for one in types):
            continue
        names = {
            Name(quad.object.value, quad.object.language or "", predicate == _ALTERNATIVE)
            for predicate in LABEL_PROPERTIES
            for quad in site.quads(node, predicate)
            if isinstance(quad.object, Literal)
        }
        if names:
            found[node.value] = sorted(names)
    return found


def _list(text: str) -> list[str]:
    return text.split()


# -- typing errors --

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_LATVIAN: Final = "aābcčdeēfgģhiījkķlļmnņoprsštuūvzž"
_CYRILLIC: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


def _letters(name: Name) -> str:
    return _CYRILLIC if name.language == "ru" else _LATVIAN if name.language == "lv" else _LATIN


def _errors(text: str) -> int:
    """How many errors: one in a short name, two in a longer one, three in a sentence."""
    return 1 if len(text) < 10 else 2 if len(text) < 40 else 3


def _places(text: str, chance: random.Random) -> list[int]:
    places = [place for place, letter in enumerate(text) if letter.isalpha()]
    return sorted(chance.sample(places, min(_errors(text), len(places))), reverse=True)


def _insert(name: Name, chance: random.Random) -> str:
    text = name.text
    for place in _places(text, chance):
        text = text[:place] + chance.choice(_letters(name)) + text[place:]
    return text


def _delete(name: Name, chance: random.Random) -> str:
    text = name.text
    for place in _places(text, chance):
        text = text[:place] + text[place + 1 :]
    return text


def _replace(name: Name, chance: random.Random) -> str:
    text = name.text
    for place in _places(text, chance):
        other = chance.choice([letter for letter in _letters(name) if letter != text[place].lower()])
        text = text[:place] + other + text[place + 1 :]
    return text


def _swap(name: Name, chance: random.Random) -> str:
    text = name.text
    for place in _places(text, chance):
        start = min(place, len(text) - 2)
        text = text[:start] + text[start + 1] + text[start] + text[start + 2 :]
    return text


# -- case and diacritics --


def _case(name: Name, chance: random.Random) -> str:
    return chance.choice((str.upper, str.lower, str.swapcase))(name.text)


def _bare(name: Name, chance: random.Random) -> str:
    decomposed = unicodedata.normalize("NFD", name.text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


# -- transliteration --

_ROMAN: Final[dict[str, dict[str, str]]] = {
    # as on maps (BGN/PCGN)
    "maps": dict(
        zip(_CYRILLIC, _list("a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch ” y ’ e yu ya"), strict=True)
    ),
    # as in passports (ICAO 9303)
    "passports": dict(
        zip(_CYRILLIC, _list("a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia"), strict=True)
    ),
    # as in libraries (the scholarly system, near ISO 9)
    "libraries": dict(
        zip(_CYRILLIC, _list("a b v g d e ž z i j k l m n o p r s t u f ch c č š šč ʺ y ʹ è ju ja"), strict=True)
    ),
    # as in Latvian texts
    "latvian": dict(
        zip(_CYRILLIC, _list("a b v g d e ž z i j k l m n o p r s t u f h c č š šč - i - e ju ja"), strict=True)
    ),
}

_LATVIAN_PAIRS: Final = {
    "ja": "я", "jā": "я", "ju": "ю", "jū": "ю", "je": "е", "jē": "е", "jo": "йо", "dz": "дз", "dž": "дж",
    "ai": "ай", "ei": "ей", "ui": "уй", "oi": "ой",
}  # fmt: skip
_LATVIAN_LETTERS: Final = dict(
    zip(
        _LATVIAN + "qwxy",
        _list("а а б ц ч д е е ф г г х и и й к кь л ль м н нь о п р с ш т у у в з ж к в кс и"),
        strict=True,
    )
)
_ENGLISH_PAIRS: Final = {
    "shch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ts": "ц", "ya": "я", "yu": "ю", "ye": "е", "th": "т",
    "ph": "ф", "ck": "к", "oo": "у", "ee": "и",
}  # fmt: skip
_ENGLISH_LETTERS: Final = dict(zip(_LATIN, _list("а б к д е ф г х и дж к л м н о п к р с т у в в кс и з"), strict=True))


def _spelled(text: str, pairs: Mapping[str, str], letters: Mapping[str, str]) -> str:
    """Each letter or group of letters in the other script, capitals as they were."""
    made: list[str] = []
    place = 0
    while place < len(text):
        size = next((size for size in (4, 3, 2) if text[place : place + size].lower() in pairs), 1)
        part = text[place : place + size]
        lower = part.lower()
        spelled = pairs.get(lower) or letters.get(lower, part)
        spelled = "" if spelled == "-" else spelled
        made.append(spelled.capitalize() if part[0].isupper() else spelled)
        place += size
    return "".join(made)


def _romanised(name: Name, chance: random.Random) -> str:
    system = chance.choice(sorted(_ROMAN))
    return _spelled(name.text.replace("ё", "е").replace("Ё", "Е"), {}, _ROMAN[system])


def _latvian_cyrillic(name: Name, chance: random.Random) -> str:
    return _spelled(name.text, _LATVIAN_PAIRS, _LATVIAN_LETTERS)


def _english_cyrillic(name: Name, chance: random.Random) -> str:
    return _spelled(name.text, _ENGLISH_PAIRS, _ENGLISH_LETTERS)


# -- words --

_LITTLE: Final = 3  # letters: of, un, and, the, ar, no, в, и


def _order(name: Name, chance: random.Random) -> str:
    words = name.text.split()
    way = chance.choice(("reversed", "last first", "shuffled"))
    if way == "reversed":
        return " ".join(reversed(words))
    if way == "last first":
        return f"{words[-1]}, {' '.join(words[:-1])}"
    shuffled = chance.sample(words, len(words))
    return " ".join(shuffled)


def _truncated(name: Name, chance: random.Random) -> str:
    """Some long words cut short, with a dot."""
    words = name.text.split()
    long = [place for place, word in enumerate(words) if len(word) > 6]
    for place in chance.sample(long, max(1, len(long) // 2)):
        words[place] = words[place][: chance.randint(3, 5)] + "."
    return " ".join(words)


def _initials(name: Name, chance: random.Random) -> str:
    """One word as its first letter."""
    words = name.text.split()
    place = chance.choice([place for place, word in enumerate(words) if len(word) > _LITTLE])
    words[place] = words[place][0] + "."
    return " ".join(words)


def acronym(text: str) -> str:
    """The first letters of the words, without the little ones."""
    return "".join(word[0].upper() for word in text.split() if len(word) > _LITTLE and word[0].isalpha())


def _acronym(name: Name, chance: random.Random) -> str:
    return acronym(name.text)


def _mixed(name: Name, chance: random.Random) -> str:
    """As a hasty person types: no capitals, no diacritics, and an error or more."""
    plain = Name(_bare(name, chance).lower(), "" if name.language == "lv" else name.language)
    return chance.choice((_insert, _delete, _replace, _swap))(plain, chance)


# -- all of them --


def _typed(name: Name) -> bool:
    return len(name.text) >= 4


def _words(name: Name) -> list[str]:
    return [word for word in name.text.split() if len(word) > _LITTLE]


_KINDS: Final[dict[str, tuple[Callable[[Name], bool], Callable[[Name, random.Random], str]]]] = {
    "letter inserted": (_typed, _insert),
    "letter left out": (_typed, _delete),
    "letter replaced": (_typed, _replace),
    "letters swapped": (_typed, _swap),
    "case": (lambda name: True, _case),
    "diacritics lost": (lambda name: True, _bare),
    "Latvian name": (lambda name: name.language == "lv", lambda name, chance: name.text),
    "English name": (lambda name: name.language == "en", lambda name, chance: name.text),
    "Russian name": (lambda name: name.language == "ru", lambda name, chance: name.text),
    "alternative name": (lambda name: name.alternative, lambda name, chance: name.text),
    "Russian in Latin letters": (lambda name: name.language == "ru", _romanised),
    "Latvian in Cyrillic letters": (lambda name: name.language == "lv", _latvian_cyrillic),
    "English in Cyrillic letters": (lambda name: name.language == "en", _english_cyrillic),
    "order of words": (lambda name: len(name.text.split()) > 1, _order),
    "words cut short": (lambda name: any(len(word) > 6 for word in name.text.split()), _truncated),
    "word as initial": (lambda name: len(_words(name)) > 2, _initials),
    "acronym": (lambda name: 3 <= len(_words(name)) <= 6, _acronym),
    "several of these": (lambda name: len(name.text) >= 8, _mixed),
}
_CHANGING: Final = frozenset(_KINDS) - {"Latvian name", "English name", "Russian name", "alternative name"}


def variants(names: Mapping[str, Sequence[Name]]) -> list[Variant]:
    """For each entity, a variant of each kind that one of its names admits.

    Args:
        names: those of each, by IRI: :func:`entities`.
    """
    named: defaultdict[str, set[str]] = defaultdict(set)
    shortened: defaultdict[str, set[str]] = defaultdict(set)
    for iri, own in names.items():
        for name in own:
            named[name.text.casefold()].add(iri)
            shortened[acronym(name.text)].add(iri)
    made: list[Variant] = []
    for iri in sorted(names):
        for kind, (admits, make) in _KINDS.items():
            chance = random.Random(f"{SEED} {kind} {iri}")
            admitted = sorted(name for name in names[iri] if admits(name))
            if not admitted:
                continue
            name = chance.choice(admitted)
            text = make(name, chance)
            if kind in _CHANGING and text == name.text:
                continue
            right = shortened[text] | named[text.casefold()] if kind == "acronym" else named[name.text.casefold()]
            made.append(Variant(kind, text, name.text, frozenset(right)))
    return made


# -- unknown names --

_FIRST: Final = _list(
    "Ilmārs Vizma Dzintra Kārlis Baiba Uldis Gunta Aivis Ieva Raitis Ophelia Desmond Harriet Clive Winifred Barnaby "
    "Аркадий Зинаида Тимур Гульнара Фёдор Раиса Бахтияр Эльвира"
)
_LAST: Final = _list(
    "Zvirbulis Ozoliņa Krauklis Pūpola Bērziņš Dzenis Grāvelsiņa Žagata Abernathy Quigley Thistlewood Pemberton "
    "Fairweather Blenkinsop Воробьёв Кузнецова Джураев Хаматов Снегирёва Лопухин"
)
_FIRMS: Final = (
    "SIA „{0} maiznīca”",
    "AS {0} Loģistika",
    "{0} un partneri",
    "{0} & Sons Ltd",
    "{0} Shipping Inc.",
    "{0} Robotics GmbH",
    "ООО «{0}-Трейд»",
    "{0} Строй",
    "ИП {0}",
)
_STEMS: Final = _list("Vilk Mežr Drab Kaup Zals Gort Wex Thorn Pilk Quor Blax Усть Зарн Колд Пыш Врун")
_TOWNS: Final = _list("upe kalns muiža ciems by ville minster ford burgh ово град ичи ополь")


def unknown(number: int = 60) -> list[Variant]:
    """Invented persons, firms and towns, a number of each."""
    made: list[Variant] = []
    for kind in ("unknown person", "unknown firm", "unknown town"):
        chance = random.Random(f"{SEED} {kind}")
        texts: dict[str, None] = {}
        while len(texts) < number:
            if kind == "unknown person":
                text = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
            elif kind == "unknown firm":
                text = chance.choice(_FIRMS).format(chance.choice(_LAST))
            else:
                text = chance.choice(_STEMS) + chance.choice(("a", "e", "i", "")) + chance.choice(_TOWNS)
            texts[text] = None
        made += [Variant(kind, text, "", frozenset()) for text in texts]
    return made


NEIGHBOURS: Final = tuple(
    Variant("near a name that we have", text, "", frozenset())
    for text in (
        "Liepājas Jūrniecības koledža",
        "Daugavpils Tehniskā koledža",
        "Ventspils tehnikums",
        "Latvijas Kara muzejs",
        "Austrālija",
        "Slovākija",
        "Slovēnija",
        "Dienvidāzija",
        "Latgale",
        "Zemkopības ministrija",
        "Ministry of Fisheries",
        "Министерство обороны",
        "World Health Organization",
        "Всемирная организация здравоохранения",
        "Afghanistan",
        "Пакистан",
        "Kurdistan",
        "Swedish Academy",
        "European Patent Office",
        "Nacionālais teātris",
        "lauksaimniecība",
        "military education",
        "tirdzniecības nolīgums",
        "Agreement between Norway and Iceland on fisheries",
        "Seminar on beekeeping in Northern Europe",
    )
)
"""Real and likely names that share words or letters with ours: nobody may take them for one of ours."""


def tally(rows: Iterable[tuple[str, bool]]) -> list[tuple[str, int, int]]:
    """For each kind, in order of first mention: how many there are, and how many were right."""
    found: dict[str, list[int]] = {}
    for kind, right in rows:
        counts = found.setdefault(kind, [0, 0])
        counts[0] += 1
        counts[1] += right
    return [(kind, total, right) for kind, (total, right) in found.items()]
