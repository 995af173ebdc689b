"""Accepted links as Turtle that is written for diffs: each link, and beside it who accepted it, when and by what.

What is said of a link is an annotation of its triple (OWL 2, mapping to RDF graphs, 2.3): an ``owl:Axiom`` with the
triple's three terms. Any reader of RDF has the link itself without it.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from saite.candidates.review import Reviewed, check_date
from saite.errors import DataError, EnvironmentFault, UsageError
from saite.iri import safe_href
from saite.namespaces import DCT, OWL, PREFIXES, RDFS, SKOS, XSD
from saite.terms import Literal, NamedNode

_SSSOM: Final = "https://w3id.org/sssom/"
_PREFIXES: Final = {
    "dct": DCT,
    "foaf": PREFIXES["foaf"],
    "owl": OWL,
    "rdfs": RDFS,
    "skos": SKOS,
    "sssom": _SSSOM,
    "xsd": XSD,
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written.

    Attributes:
        path: the new file; None if there was nothing to write.
        links: how many links it has.
        known: how many of the accepted ones the site has already.
    """

    path: Path | None
    links: int
    known: int


def accept(
    reviewed: Sequence[Reviewed],
    path: Path,
    *,
    entities: AbstractSet[str],
    linked: AbstractSet[tuple[str, str]],
    by: str,
    date: str,
) -> Accepted:
    """Write accepted links into a file of their own; nothing that is there is touched.

    Args:
        reviewed: the lines that were accepted.
        path: the file; where there is one, the first of ``name-2``, ``name-3`` ... that is free.
        entities: the entities of the site.
        linked: pairs that are linked already.
        by: who accepted them, where a line does not say: an IRI or a name.
        date: when, where a line does not say.

    Raises:
        UsageError: nobody says who accepted them.
        DataError: a line is about what the site does not have; a thing is to be the same as two of one source.
        EnvironmentFault: the file cannot be written.
    """
    check_date(date)
    links: dict[tuple[str, str, str], Reviewed] = {}
    known: set[tuple[str, str]] = set()
    for line in reviewed:
        if line.entity not in entities:
            raise DataError(
                f"the site has no <{line.entity}>",
                place=line.place,
                cure="Correct the line, or look for candidates anew: the data may have changed since.",
            )
        if not (line.by or by):
            raise UsageError(
                "nobody says who accepted the links",
                place=line.place,
                cure="Say it with --by IRI (of a person, a role or an organisation), or in the column by.",
            )
        if (line.entity, line.other) in linked:
            known.add((line.entity, line.other))
        else:
            links[line.entity, line.link, line.other] = line
    _contradictions(links.values())
    if not links:
        return Accepted(None, 0, len(known))
    text = _turtle([links[key] for key in sorted(links)], by, date)
    return Accepted(_new(path, text), len(links), len(known))


def _contradictions(lines: Iterable[Reviewed]) -> None:
    """One thing cannot be the same as two different things of one source."""
    same: dict[tuple[str, str], Reviewed] = {}
    for line in lines:
        if line.link != OWL + "sameAs":
            continue
        first = same.setdefault((line.entity, line.source), line)
        if first.other != line.other:
            raise DataError(
                f"<{line.entity}> is to be the same as <{first.other}> and as <{line.other}>",
                place=line.place,
                cure="Accept one of the two; or take skos:closeMatch for the other.",
            )


def _new(path: Path, text: str) -> Path:
    number = 1
    while True:
        free = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            with free.open("x", encoding="utf-8") as file:
                file.write(text)
            return free
        except FileExistsError:
            number += 1
        except OSError as error:
            raise EnvironmentFault(
                f"{free} cannot be written: {error.strerror}", cure="Name another file with --output."
            ) from error


def _turtle(lines: Sequence[Reviewed], by: str, date: str) -> str:
    body = ["", "# Links", *_links(lines), "", "# Who accepted them"]
    for line in lines:
        body += ["", *_axiom(line, line.by or by, line.date or date)]
    used = "\n".join(body)
    head = ["# Links that a person accepted among candidates of saite link."]
    head += [f"# Found in: {source}" for source in sorted({line.source for line in lines} - {""})]
    head += ["", *(f"@prefix {p}: <{n}> ." for p, n in _PREFIXES.items() if f" {p}:" in used or f"^^{p}:" in used)]
    return "\n".join([*head, *body, ""])


def _links(lines: Sequence[Reviewed]) -> Iterator[str]:
    entity = ""
    for line in lines:
        if line.entity != entity:
            if entity:
                yield "  ."
            entity = line.entity
            yield ""
            yield f"<{entity}>"
        yield f"  {_name(line.link)} <{line.other}> ;"
    yield "  ."


def _axiom(line: Reviewed, by: str, date: str) -> Iterator[str]:
    yield "[]"
    yield "  a owl:Axiom ;"
    yield f"  owl:annotatedSource <{line.entity}> ;"
    yield f"  owl:annotatedProperty {_name(line.link)} ;"
    yield f"  owl:annotatedTarget <{line.other}> ;"
    yield f"  dct:creator {NamedNode(by) if safe_href(by) else f'[ a foaf:Agent ; foaf:name {Literal(by)} ]'} ;"
    yield f'  dct:created "{date}"^^xsd:date ;'
    if (score := _score(line)) is not None:
        yield f"  sssom:similarity_score {score} ;"
    if line.reasons:
        yield f"  rdfs:comment {Literal(line.reasons)} ;"
    if safe_href(line.source):
        yield f"  dct:source <{line.source}> ;"
    yield "  ."


def _score(line: Reviewed) -> Decimal | None:
    """The score as SSSOM has it: from 0 to 1."""
    try:
        found = Decimal(line.score.replace(",", ".")) / 100
    except InvalidOperation:
        return None
    return found.quantize(Decimal("0.001")) if 0 <= found <= 1 else None


def _name(iri: str) -> str:
    prefix, namespace = next((p, n) for p, n in _PREFIXES.items() if iri.startswith(n))
    return f"{prefix}:{iri[len(namespace) :]}"
