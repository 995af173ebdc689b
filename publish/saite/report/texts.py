"""The words of reports, in English and Latvian; other languages read English."""

from typing import Final

from saite.finding import Severity

LANGUAGES: Final = ("en", "lv")

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Validation report", "Pārbaudes ziņojums"),
    "none": ("Nothing to mend: the data keeps all rules.", "Nav ko labot: dati ievēro visus noteikumus."),
    "violation": ("violation", "pārkāpums"),
    "warning": ("warning", "brīdinājums"),
    "info": ("info", "piezīme"),
    "violations": ("Violations", "Pārkāpumi"),
    "warnings": ("Warnings", "Brīdinājumi"),
    "infos": ("Infos", "Piezīmes"),
    "rule": ("Rule", "Noteikums"),
    "severity": ("Severity", "Svarīgums"),
    "count": ("Findings", "Atradumi"),
    "summary": ("Summary", "Kopsavilkums"),
    "place": ("Place", "Vieta"),
    "resource": ("Resource", "Resurss"),
    "property": ("Property", "Īpašība"),
    "value": ("Value", "Vērtība"),
    "cure": ("What to do", "Ko darīt"),
    "nowhere": ("no place", "bez vietas"),
    "by": ("Made by Saite.", "Sagatavojis Saite."),
    "unnamed": ("a rule without a name", "noteikums bez nosaukuma"),
    "skip": ("Skip to the findings", "Uz atradumiem"),
}

# zero (10, 11-19, 20 ...), one (1, 21 ...), other: CLDR's plural categories of Latvian
_COUNTED: Final[dict[str, tuple[tuple[str, str], tuple[str, str, str]]]] = {
    "violation": (("violation", "violations"), ("pārkāpumu", "pārkāpums", "pārkāpumi")),
    "warning": (("warning", "warnings"), ("brīdinājumu", "brīdinājums", "brīdinājumi")),
    "info": (("info", "infos"), ("piezīmju", "piezīme", "piezīmes")),
    "finding": (("finding", "findings"), ("atradumu", "atradums", "atradumi")),
    "file": (("in {} file", "in {} files"), ("{} failos", "{} failā", "{} failos")),
}


class Words:
    """The words of one language.

    Attributes:
        language: the language in which they are.
    """

    def __init__(self, language: str) -> None:
        base = language.partition("-")[0].lower()
        self.language = base if base in LANGUAGES else LANGUAGES[0]
        self._index = LANGUAGES.index(self.language)

    def __getitem__(self, key: str) -> str:
        """A word or sentence."""
        return _TEXTS[key][self._index]

    def counted(self, key: str, number: int) -> str:
        """A number of things: ``2 warnings``, ``21 brīdinājums``."""
        english, latvian = _COUNTED[key]
        form = latvian[_latvian(number)] if self.language == "lv" else english[number != 1]
        return form.format(number) if "{}" in form else f"{number} {form}"

    def totals(self, counts: dict[Severity, int]) -> str:
        """How much there is of each severity, worst first; what there is none of only among violations."""
        parts = [
            self.counted(severity.label, counts.get(severity, 0))
            for severity in sorted(Severity, reverse=True)
            if counts.get(severity, 0) or severity is Severity.VIOLATION
        ]
        return ", ".join(parts)


def _latvian(number: int) -> int:
    if number % 10 == 0 or 11 <= number % 100 <= 19:
        return 0
    return 1 if number % 10 == 1 else 2
