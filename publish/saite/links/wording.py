"""Outcomes as findings: what is wrong with a link and what to do, in en and lv."""

from typing import Final

from saite.finding import Finding, Severity
from saite.links.follow import Outcome
from saite.links.targets import Target
from saite.namespaces import SAITE
from saite.web import Reason

_LANGUAGES: Final = ("en", "lv")
_Pair = tuple[str, str]

_TITLES: Final[dict[str, _Pair]] = {
    "dead-link": ("Links that lead to nothing", "Saites, kas nekur neved"),
    "moved-link": ("Links that have moved for good", "Saites, kas pārceltas pavisam"),
    "undecided-link": ("Links of which nothing is known", "Saites, par kurām nekas nav zināms"),
}

_DEAD: Final[_Pair] = (
    "{url} is not there any more (status {status}).",
    "{url} vairs nav pieejams (statuss {status}).",
)
_NO_HOST: Final[_Pair] = ("There is no host {host}: {url}", "Nav tāda saimniekdatora {host}: {url}")
_DEAD_CURE: Final[_Pair] = (
    "Find where it is now and write that address; if it is nowhere, an archived copy; else take the link out.",
    "Atrodiet, kur tas ir tagad, un ierakstiet šo adresi; ja nekur – arhivētu kopiju; citādi saiti izņemiet.",
)
_DEAD_NAME_CURE: Final[_Pair] = (
    "Look for the thing in the register it comes from, and write the identifier it has there; or take the link out.",
    "Sameklējiet to reģistrā, no kura tas nāk, un ierakstiet tā tagadējo identifikatoru; vai izņemiet saiti.",
)

_MOVED: Final[_Pair] = ("{url} has moved for good to {moved}", "{url} ir pavisam pārcelts uz {moved}")
_MOVED_CURE: Final[_Pair] = (
    "See that the new page is what is meant, and write {moved} in place of the old address.",
    "Pārbaudiet, vai jaunā lapa ir īstā, un vecās adreses vietā ierakstiet {moved}",
)
_MOVED_NAME_CURE: Final[_Pair] = (
    "An IRI is a name too: change it only if its owner says that the new one names the thing.",
    "IRI ir arī vārds: mainiet to tikai tad, ja tā īpašnieks saka, ka jaunais ir šīs lietas vārds.",
)

_UNDECIDED: Final[dict[Reason | None, _Pair]] = {
    None: (
        "{url} does not say whether it is there (status {status}).",
        "{url} nepasaka, vai tas ir (statuss {status}).",
    ),
    Reason.NAMES: ("The name {host} could not be looked up now: {url}", "Vārdu {host} pašlaik nevarēja atrast: {url}"),
    Reason.NETWORK: ("There was no way to {host}: {url}", "Līdz {host} nevarēja tikt: {url}"),
    Reason.REFUSED: ("{host} takes no connections: {url}", "{host} nepieņem savienojumus: {url}"),
    Reason.TIMEOUT: ("{url} did not answer in time.", "{url} laikā neatbildēja."),
    Reason.CERTIFICATE: (
        "The certificate of {host} is not valid ({detail}): {url}",
        "Saimniekdatora {host} sertifikāts nav derīgs ({detail}): {url}",
    ),
    Reason.BROKEN: (
        "{url} broke off, or answered nonsense ({detail}).",
        "{url} atbilde aprāvās vai ir aplama ({detail}).",
    ),
    Reason.PRIVATE: (
        "{host} is at a private address ({detail}), which is not asked: {url}",
        "{host} ir privātā adresē ({detail}), kurai nejautā: {url}",
    ),
    Reason.ROBOTS: (
        "robots.txt of {host} does not let programs ask for {url}",
        "{host} robots.txt neļauj programmām jautāt pēc {url}",
    ),
    Reason.WAIT: ("{host} wants to be left alone for now: {url}", "{host} pašlaik lūdz netraucēt: {url}"),
    Reason.LOOP: ("{url} leads in a circle ({detail}).", "{url} ved pa apli ({detail})."),
    Reason.INVALID: (
        "{url} is no address that can be asked for ({detail}).",
        "{url} nav adrese, kurai var jautāt ({detail}).",
    ),
}
_UNDECIDED_CURE: Final[_Pair] = (
    "Open it in a browser; nothing is wrong with the data if it is there.",
    "Atveriet to pārlūkā; ja lapa tur ir, datos nekas nav jālabo.",
)


def finding(target: Target, outcome: Outcome) -> Finding | None:
    """What is to be said of a link; None if nothing is: it is good, or nobody had the time to ask."""
    if outcome.reason is Reason.BUDGET:
        return None
    if outcome.dead:
        message = _NO_HOST if outcome.reason is Reason.NO_HOST else _DEAD
        cure = _DEAD_NAME_CURE if target.names else _DEAD_CURE
        return _made(Severity.WARNING, "dead-link", message, cure, target, outcome)
    if not outcome.good:
        message = _UNDECIDED.get(outcome.reason) or _UNDECIDED[None]
        return _made(Severity.INFO, "undecided-link", message, _UNDECIDED_CURE, target, outcome)
    if outcome.moved and not (target.names and _bare(outcome.moved) == _bare(target.url)):
        severity, cure = (Severity.INFO, _MOVED_NAME_CURE) if target.names else (Severity.WARNING, _MOVED_CURE)
        return _made(severity, "moved-link", _MOVED, cure, target, outcome)
    return None


def _bare(url: str) -> str:
    """An address without what says only how it is asked for: a name that is served over TLS is the same name."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _made(severity: Severity, rule: str, message: _Pair, cure: _Pair, target: Target, outcome: Outcome) -> Finding:
    host = target.url.split("/", 3)[2]
    values = {
        "url": target.url,
        "host": host,
        "status": str(outcome.status),
        "moved": outcome.moved,
        "detail": outcome.detail or (outcome.reason.value if outcome.reason else ""),
    }

    def filled(texts: _Pair) -> tuple[tuple[str, str], ...]:
        return tuple((tag, text.format(**values)) for tag, text in zip(_LANGUAGES, texts, strict=True))

    return Finding(
        severity,
        SAITE + rule,
        filled(message),
        filled(cure),
        focus=target.subject,
        path=f"<{target.predicate.value}>",
        value=target.value,
        titles=tuple(zip(_LANGUAGES, _TITLES[rule], strict=True)),
    )
