"""A JSON-LD 1.1 context, as far as Saite writes with one; what it does not understand, it refuses and says so.

Section numbers are those of JSON-LD 1.1 (W3C Recommendation, 2020) and, with "API", of JSON-LD 1.1 Processing
Algorithms and API.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from saite.errors import DataError, Place, SyntaxFault

KEYWORDS: Final = frozenset(
    f"@{name}"
    for name in (
        *("base", "container", "context", "default", "direction", "embed", "explicit", "graph", "id", "included"),
        *("index", "json", "language", "list", "nest", "none", "omitDefault", "prefix", "preserve", "protected"),
        *("requireAll", "reverse", "set", "type", "value", "version", "vocab"),
    )
)
_CONTAINERS: Final = (
    frozenset[str](),
    frozenset({"@set"}),
    frozenset({"@list"}),
    frozenset({"@language"}),
    frozenset({"@language", "@set"}),
)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_KEYWORD_LIKE: Final = re.compile(r"@[A-Za-z]+")


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """What a term of a context means.

    Attributes:
        term: the term itself.
        iri: the IRI or keyword that it stands for, "" if it was set to null.
        type: type coercion: ``@id``, ``@vocab``, a datatype's IRI, or "" for none.
        language: language coercion; "" means "no language" (null), None that nothing is said.
        container: ``@set``, ``@list``, ``@language`` or none of them.
        prefix: whether compact IRIs can be made with it (API 4.1.5, prefix flag).
        writable: whether Saite writes with it: not with reverse properties and ``@json``.
        needs: terms and keywords of the context that the definition itself makes use of.
    """

    term: str
    iri: str
    type: str = ""
    language: str | None = None
    container: frozenset[str] = frozenset()
    prefix: bool = False
    writable: bool = True
    needs: tuple[str, ...] = ()


class Context:
    """A parsed context.

    Attributes:
        raw: the value of ``@context``, as it was read.
        definitions: its terms.
        vocab: value of ``@vocab``, "" for none.
        language: value of ``@language`` in lower case, "" for none.
        types_are_set: ``@type`` is always written as an array.
    """

    def __init__(self, raw: Mapping[str, Any], text: str = "", file: str = "context.jsonld") -> None:
        """Parse the value of ``@context``.

        Args:
            raw: the value.
            text: the text of the file that it stands in, to find the lines of faults.
            file: path of that file as the user would write it.

        Raises:
            DataError: it is not valid, or has something that Saite does not write with.
        """
        self.raw = dict(raw)
        self.definitions: dict[str, Definition] = {}
        self.types_are_set = False
        self._text = text
        self._file = file
        self._open: list[str] = []
        self.vocab = self._text_of("@vocab")
        if self.vocab and not _SCHEME.match(self.vocab):
            raise self._fail("@vocab is not an absolute IRI", "@vocab", "Write the vocabulary's namespace in full.")
        self.language = self._text_of("@language").lower()
        if self.raw.get("@version", 1.1) != 1.1:
            raise self._fail("@version is not 1.1", "@version", 'Write "@version": 1.1, or leave it out.')
        for key in self.raw:
            if key == "@type":
                self._type_keyword()
            elif key in ("@import", "@propagate", "@direction"):
                raise self._fail(f"{key} is not supported in the site's context", key, "Take it out.")
            elif not key.startswith("@"):
                self._define(key)
            elif key not in ("@version", "@base", "@vocab", "@language", "@protected"):
                raise self._fail(f"{key} cannot be a term", key, "Terms do not begin with @.")

    @classmethod
    def parse(cls, text: str, file: str) -> "Context":
        """Read a context file: a JSON object with ``@context``.

        Raises:
            SyntaxFault: not JSON.
            DataError: not one object of terms, or see the constructor.
        """
        try:
            document = json.loads(text, object_pairs_hook=_without_repetition)
        except json.JSONDecodeError as fault:
            line = text.splitlines()[fault.lineno - 1] if text.strip() else None
            raise SyntaxFault(
                f"not JSON: {fault.msg}",
                place=Place(file, fault.lineno, fault.colno),
                excerpt=line,
                cure="Mend the file; it must be a JSON object with @context.",
            ) from fault
        except _RepeatedKey as fault:
            raise _fail(text, file, f"{fault.key!r} is defined twice", fault.key, "Keep one of them.") from fault
        raw = document.get("@context") if isinstance(document, dict) else None
        if not isinstance(raw, dict):
            raise DataError(
                "the site's JSON-LD context must be one object of terms; other contexts are not fetched",
                place=Place(file),
                cure='Write {"@context": {"term": "IRI", ...}} with all terms in it.',
            )
        return cls(raw, text, file)

    def keyword(self, name: str) -> tuple[str, Definition | None]:
        """How a keyword is written: by its shortest alias, else as it is."""
        aliases = [d for d in self.definitions.values() if d.iri == name]
        if not aliases:
            return name, None
        alias = min(aliases, key=lambda d: (len(d.term), d.term))
        return alias.term, alias

    def subset(self, terms: frozenset[str]) -> dict[str, Any]:
        """The part of the context that documents need that use just these terms and keywords, in its own order."""
        wanted: set[str] = set()
        left = list(terms)
        while left:
            term = left.pop()
            if term not in wanted:
                wanted.add(term)
                definition = self.definitions.get(term)
                left += definition.needs if definition else ()
        return {key: value for key, value in self.raw.items() if key in wanted}

    def _fail(self, message: str, key: str, cure: str) -> DataError:
        return _fail(self._text, self._file, message, key, cure)

    def _text_of(self, key: str) -> str:
        value = self.raw.get(key)
        if value is not None and not isinstance(value, str):
            raise self._fail(f"{key} is not a text", key, "Write a text, or null.")
        return value or ""

    def _type_keyword(self) -> None:
        # 1.1 section 9.15: the only keyword that may be redefined, and only so
        value = self.raw["@type"]
        if not isinstance(value, dict) or not value.keys() <= {"@container", "@protected"}:
            raise self._fail("@type can only be given a @container", "@type", 'Write {"@container": "@set"}.')
        self.types_are_set = value.get("@container") in ("@set", ["@set"])

    def _define(self, term: str) -> Definition:
        """Create a term definition (API 4.2.2)."""
        known = self.definitions.get(term)
        if known is not None:
            return known
        if term in self._open:
            raise self._fail(f"{term!r} is defined by itself", term, "Write its IRI in full.")
        self._open.append(term)
        value = self.raw[term]
        if not term or _KEYWORD_LIKE.fullmatch(term):
            raise self._fail(f"{term!r} cannot be a term", term, "Choose another name.")
        if not isinstance(value, str | dict) and value is not None:
            raise self._fail(f"the definition of {term!r} is neither text nor object", term, "Write its IRI.")
        simple = isinstance(value, str)
        body: dict[str, Any] = {"@id": value} if not isinstance(value, dict) else value
        definition = self._null(term) if body.get("@id", term) is None else self._full(term, body, simple)
        self.definitions[term] = definition
        self._open.pop()
        return definition

    def _null(self, term: str) -> Definition:
        return Definition(term, "", writable=False)

    def _full(self, term: str, body: dict[str, Any], simple: bool) -> Definition:
        for key in body:
            if key not in ("@id", "@type", "@container", "@language", "@protected", "@prefix", "@reverse"):
                cure = "Take it out; Saite writes flat terms only."
                raise self._fail(f"{key} in the definition of {term!r} is not supported", term, cure)
        needs: set[str] = set()
        reverse = body.get("@reverse")
        iri = self._expand(term, reverse if reverse is not None else body.get("@id", term), needs)
        datatype = body.get("@type")
        if datatype not in (None, "@id", "@vocab", "@none", "@json"):
            datatype = self._expand(term, datatype, needs)
        containers = body.get("@container") or []
        container = frozenset([containers] if isinstance(containers, str) else containers)
        if container not in _CONTAINERS and reverse is None:
            cure = "Use @set, @list or @language, or no container."
            raise self._fail(f"the @container of {term!r} is not supported", term, cure)
        language = body.get("@language", 0)
        if language is not None and language != 0 and not isinstance(language, str):
            raise self._fail(f"the @language of {term!r} is not a text", term, "Write a language tag, or null.")
        if ":" in term[1:-1] or "/" in term:
            whole = self._expand(term, term, needs, itself=True)
            if whole != iri:
                raise self._fail(f"{term!r} looks like <{whole}> but means <{iri}>", term, "Choose another name.")
        delimited = iri[-1:] in tuple(":/?#[]@") and ":" not in term and "/" not in term
        return Definition(
            term=term,
            iri=iri,
            type="" if datatype in (None, "@none") else str(datatype),
            language=None if language == 0 else (language or "").lower(),
            container=container,
            prefix=term != "_" and (bool(body.get("@prefix")) or (simple and delimited)),
            writable=reverse is None and datatype != "@json" and iri not in KEYWORDS,
            needs=tuple(sorted(needs - {term})),
        )

    def _expand(self, term: str, value: object, needs: set[str], *, itself: bool = False) -> str:
        """IRI expansion within a context (API 5.2), relative to the vocabulary."""
        if not isinstance(value, str):
            raise self._fail(f"the definition of {term!r} has no IRI", term, "Write the IRI as a text.")
        if value in KEYWORDS:
            if value == "@context":
                raise self._fail("@context cannot have an alias", term, "Take it out.")
            return value
        if value in self.raw and value != term and not itself:
            needs.add(value)
            return self._define(value).iri
        prefix, colon, suffix = value.partition(":")
        if colon and prefix:
            if prefix in self.raw and prefix != term and not suffix.startswith("//"):
                definition = self._define(prefix)
                if definition.prefix and definition.iri:
                    needs.add(prefix)
                    return definition.iri + suffix
            if _SCHEME.match(value) and not value.startswith("_:"):
                return value
        elif self.vocab:
            needs.add("@vocab")
            return self.vocab + value
        known = ", ".join(sorted(t for t, v in self.raw.items() if isinstance(v, str) and not t.startswith("@"))[:12])
        raise self._fail(f"{value!r} of {term!r} is not an IRI", term, f"Write it in full, or with a prefix ({known}).")


class _RepeatedKey(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKey(key)
        found[key] = value
    return found


def _fail(text: str, file: str, message: str, key: str, cure: str) -> DataError:
    """An error at the last line that begins to define a key."""
    pattern = re.compile(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:")
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if pattern.search(line)]
    number, line = lines[-1] if lines else (None, None)
    return DataError(message, place=Place(file, number), excerpt=line, cure=cure)
