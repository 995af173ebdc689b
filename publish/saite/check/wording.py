"""Words for shapes that have none of their own: a message and a cure for each constraint component, in en and lv.

Placeholders: ``{path}`` the property, ``{value}`` the value, ``{parameter}`` what the shape asks for, ``{rule}`` the
shape. Shapes that others wrote often have no ``sh:message``, and hardly ever a cure.
"""

from collections.abc import Callable
from typing import Final

from saite.namespaces import SH
from saite.terms import Literal, NamedNode, Term

LANGUAGES: Final = ("en", "lv")

_Pair = tuple[str, str]

# component: (parameters, (message en, message lv), (cure en, cure lv))
_WORDS: Final[dict[str, tuple[tuple[str, ...], _Pair, _Pair]]] = {
    "MinCount": (
        ("minCount",),
        (
            "{path} has too few values; at least {parameter} needed.",
            "Īpašībai {path} trūkst vērtību; vajag vismaz {parameter}.",
        ),
        ("Add {path} with the missing value.", "Pievienojiet {path} ar trūkstošo vērtību."),
    ),
    "MaxCount": (
        ("maxCount",),
        (
            "{path} has too many values; at most {parameter} allowed.",
            "Īpašībai {path} ir par daudz vērtību; drīkst būt ne vairāk kā {parameter}.",
        ),
        (
            "Keep the right values of {path} and remove the others.",
            "Atstājiet pareizās {path} vērtības, pārējās dzēsiet.",
        ),
    ),
    "Datatype": (
        ("datatype",),
        ("{value} is not a valid {parameter}.", "Vērtība {value} nav derīga {parameter}."),
        (
            "Write the value in the form of {parameter}, with its datatype or language tag.",
            "Rakstiet vērtību {parameter} formā ar datu tipu vai valodas norādi.",
        ),
    ),
    "Class": (
        ("class",),
        ("{value} is not an instance of {parameter}.", "{value} nav klases {parameter} instance."),
        (
            "Check that the link is right; if it is, say that {value} a {parameter}.",
            "Pārbaudiet, vai saite ir pareiza; ja ir, norādiet, ka {value} a {parameter}.",
        ),
    ),
    "NodeKind": (
        ("nodeKind",),
        ("{value} is not of the right kind: {parameter}.", "{value} nav vajadzīgā veida: {parameter}."),
        (
            "Write it as {parameter}: an IRI in <>, a text in quotes.",
            "Rakstiet to kā {parameter}: IRI iekavās <>, tekstu pēdiņās.",
        ),
    ),
    "MinExclusive": (
        ("minExclusive",),
        ("{value} is not greater than {parameter}.", "{value} nav lielāks par {parameter}."),
        ("Correct the value of {path}.", "Izlabojiet {path} vērtību."),
    ),
    "MinInclusive": (
        ("minInclusive",),
        ("{value} is less than {parameter}.", "{value} ir mazāks par {parameter}."),
        ("Correct the value of {path}.", "Izlabojiet {path} vērtību."),
    ),
    "MaxExclusive": (
        ("maxExclusive",),
        ("{value} is not less than {parameter}.", "{value} nav mazāks par {parameter}."),
        ("Correct the value of {path}.", "Izlabojiet {path} vērtību."),
    ),
    "MaxInclusive": (
        ("maxInclusive",),
        ("{value} is greater than {parameter}.", "{value} ir lielāks par {parameter}."),
        ("Correct the value of {path}.", "Izlabojiet {path} vērtību."),
    ),
    "MinLength": (
        ("minLength",),
        ("{value} is shorter than {parameter} characters.", "{value} ir īsāks par {parameter} rakstzīmēm."),
        ("Write the value in full.", "Rakstiet vērtību pilnībā."),
    ),
    "MaxLength": (
        ("maxLength",),
        ("{value} is longer than {parameter} characters.", "{value} ir garāks par {parameter} rakstzīmēm."),
        ("Shorten the value.", "Saīsiniet vērtību."),
    ),
    "Pattern": (
        ("pattern",),
        ("{value} does not match the pattern {parameter}.", "{value} neatbilst paraugam {parameter}."),
        ("Correct the value so that it has the asked form.", "Izlabojiet vērtību, lai tai būtu prasītā forma."),
    ),
    "LanguageIn": (
        ("languageIn",),
        ("The language of {value} is none of: {parameter}.", "Vērtības {value} valoda nav neviena no: {parameter}."),
        ("Add or correct the language tag.", "Pievienojiet vai izlabojiet valodas norādi."),
    ),
    "UniqueLang": (
        (),
        ("{path} has several values in one language.", "Īpašībai {path} vienā valodā ir vairākas vērtības."),
        ("Keep one value of {path} in each language.", "Atstājiet katrā valodā vienu {path} vērtību."),
    ),
    "Equals": (
        ("equals",),
        (
            "{path} and {parameter} have different values: {value}.",
            "Īpašībām {path} un {parameter} ir atšķirīgas vērtības: {value}.",
        ),
        ("Give both the same values.", "Dodiet abām vienas un tās pašas vērtības."),
    ),
    "Disjoint": (
        ("disjoint",),
        ("{value} stands both in {path} and in {parameter}.", "{value} ir gan īpašībā {path}, gan {parameter}."),
        ("Remove it from one of the two.", "Dzēsiet to no vienas no abām."),
    ),
    "LessThan": (
        ("lessThan",),
        ("{value} is not less than the value of {parameter}.", "{value} nav mazāks par {parameter} vērtību."),
        ("Check both values and correct the wrong one.", "Pārbaudiet abas vērtības un izlabojiet nepareizo."),
    ),
    "LessThanOrEquals": (
        ("lessThanOrEquals",),
        ("{value} is greater than the value of {parameter}.", "{value} ir lielāks par {parameter} vērtību."),
        ("Check both values and correct the wrong one.", "Pārbaudiet abas vērtības un izlabojiet nepareizo."),
    ),
    "Not": (
        ("not",),
        (
            "{value} meets a shape that it must not meet: {parameter}.",
            "{value} atbilst formai, kurai nedrīkst atbilst: {parameter}.",
        ),
        ("Change what makes it meet that shape.", "Mainiet to, kā dēļ tas šai formai atbilst."),
    ),
    "And": (
        (),
        ("{value} does not meet all shapes of the list.", "{value} neatbilst visām saraksta formām."),
        ("See what each of the shapes of {rule} asks for.", "Skatiet, ko prasa katra no {rule} formām."),
    ),
    "Or": (
        (),
        ("{value} meets none of the alternatives.", "{value} neatbilst nevienam no variantiem."),
        ("Make it meet one of the shapes of {rule}.", "Panāciet, lai tas atbilst vienai no {rule} formām."),
    ),
    "Xone": (
        (),
        ("{value} does not meet exactly one of the alternatives.", "{value} neatbilst tieši vienam no variantiem."),
        ("Make it meet just one of the shapes of {rule}.", "Panāciet, lai tas atbilst tikai vienai no {rule} formām."),
    ),
    "Node": (
        ("node",),
        ("{value} does not meet the shape {parameter}.", "{value} neatbilst formai {parameter}."),
        ("Correct {value}, or name another resource.", "Izlabojiet {value} vai norādiet citu resursu."),
    ),
    "QualifiedMinCount": (
        ("qualifiedMinCount", "qualifiedValueShape"),
        (
            "Too few values of {path} are as asked ({parameter}).",
            "Pārāk maz {path} vērtību ir tādas, kā prasīts ({parameter}).",
        ),
        ("Add such a value of {path}.", "Pievienojiet šādu {path} vērtību."),
    ),
    "QualifiedMaxCount": (
        ("qualifiedMaxCount", "qualifiedValueShape"),
        (
            "Too many values of {path} are of the limited kind ({parameter}).",
            "Pārāk daudz {path} vērtību ir ierobežotā veida ({parameter}).",
        ),
        ("Remove the superfluous values of {path}.", "Dzēsiet liekās {path} vērtības."),
    ),
    "Closed": (
        (),
        ("The property {path} is not allowed here.", "Īpašība {path} šeit nav atļauta."),
        (
            "Remove it, or check the spelling of the property.",
            "Dzēsiet to vai pārbaudiet, vai īpašība uzrakstīta pareizi.",
        ),
    ),
    "HasValue": (
        ("hasValue",),
        ("{path} lacks the value {parameter}.", "Īpašībai {path} nav vērtības {parameter}."),
        ("Add {parameter} to {path}.", "Pievienojiet īpašībai {path} vērtību {parameter}."),
    ),
    "In": (
        ("in",),
        ("{value} is none of: {parameter}.", "{value} nav neviens no: {parameter}."),
        ("Take one of the values of the list.", "Izvēlieties vienu no saraksta vērtībām."),
    ),
}
_OTHER: Final[tuple[tuple[str, ...], _Pair, _Pair]] = (
    (),
    ("The rule {rule} does not hold.", "Noteikums {rule} nav ievērots."),
    ("See what the rule asks for, and correct the data.", "Skatiet, ko noteikums prasa, un izlabojiet datus."),
)
_THIS_NODE: Final = dict(zip(LANGUAGES, ("the resource itself", "pats resurss"), strict=True))
LONGEST: Final = 120
"""Values longer than this many characters are cut in generic messages; the finding itself keeps them whole."""


def generic(
    component: str,
    parameters: Callable[[str], list[Term]],
    path: str,
    value: Term | None,
    rule: str,
    short: Callable[[Term], str],
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """A message and a cure for a result whose shape has none.

    Args:
        component: IRI of the constraint component.
        parameters: the values of a parameter (local name in SHACL) on the shape; lists are their members.
        path: the path as readers know it, "" where there is none.
        value: the value node.
        rule: the shape as readers know it.
        short: writes a term as readers know it.

    Returns:
        Messages and cures by language.
    """
    name = component.removeprefix(SH).removesuffix("ConstraintComponent") if component.startswith(SH) else ""
    names, messages, cures = _WORDS.get(name, _OTHER)
    asked = ", ".join(clipped(short(term)) for each in names for term in parameters(each))
    told = clipped(short(value)) if value is not None else ""

    def fill(texts: _Pair) -> tuple[tuple[str, str], ...]:
        return tuple(
            (
                language,
                text.format(path=path or _THIS_NODE[language], value=told, parameter=asked, rule=rule or "SHACL"),
            )
            for language, text in zip(LANGUAGES, texts, strict=True)
        )

    return fill(messages), fill(cures)


def clipped(text: str) -> str:
    """A text of bearable length."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def plain(term: Term, shorten: Callable[[str], str]) -> str:
    """A term as a reader of messages knows it: an IRI shortened, a literal in quotes with its language."""
    if isinstance(term, NamedNode):
        return shorten(term.value)
    if isinstance(term, Literal):
        return f"“{term.value}”" + (f" ({term.language})" if term.language else "")
    return str(term)
