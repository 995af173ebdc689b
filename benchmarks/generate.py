"""Generated data of the domain: projects, institutions and events with some eleven triples each, by a seed."""

import random
from collections.abc import Iterator
from pathlib import Path

BASE = "https://example.org/ice/"
ICE = "https://w3id.org/ice-edu/def#"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
COMMENT = "<http://www.w3.org/2000/01/rdf-schema#comment>"
DATE = "<http://www.w3.org/2001/XMLSchema#date>"
DEFINITION = "<http://www.w3.org/2004/02/skos/core#definition>"
TOPICS = 40
COUNTRIES = 60
WORDS = ["atbalsts", "izglītība", "sadarbība", "pieredze", "reforma", "kvalitāte"]
WORDS += ["skola", "zinātne", "valsts", "joma", "attīstība", "apmaiņa"]

VOCABULARY = dict.fromkeys(("Place", "PolicyPriority", "Institution", "Project", "Event"), "Class")
VOCABULARY |= dict.fromkeys(("inCountry", "topic", "participant", "partOf", "heldIn"), "ObjectProperty")
VOCABULARY |= dict.fromkeys(("startDate", "endDate"), "DatatypeProperty")


def triples(entities: int, seed: int = 1) -> Iterator[str]:
    """N-Triples lines of a graph with this many entities (a tenth institutions, a third projects, the rest events)."""
    rng = random.Random(seed)
    institutions = max(1, entities // 10)
    projects = max(1, entities // 3)
    events = max(1, entities - institutions - projects - TOPICS - COUNTRIES - len(VOCABULARY))
    for name, kind in VOCABULARY.items():
        yield f"<{ICE}{name}> {RDF_TYPE} <http://www.w3.org/2002/07/owl#{kind}> .\n"
        yield f'<{ICE}{name}> {LABEL} "{name}"@en .\n'
        yield f'<{ICE}{name}> {LABEL} "{rng.choice(WORDS)} {name}"@lv .\n'
        yield f'<{ICE}{name}> {DEFINITION} "{" ".join(rng.choice(WORDS) for _ in range(9))}"@lv .\n'
    for kind, number in (("topic", TOPICS), ("country", COUNTRIES)):
        for n in range(number):
            yield from _labelled(rng, f"id/{kind}/{n}", "Place" if kind == "country" else "PolicyPriority", n)
    for n in range(institutions):
        yield from _labelled(rng, f"id/institution/{n}", "Institution", n)
        yield _link(f"id/institution/{n}", "inCountry", f"id/country/{rng.randrange(COUNTRIES)}")
    for n in range(projects):
        me = f"id/project/{n}"
        yield from _labelled(rng, me, "Project", n)
        year = rng.randrange(2004, 2026)
        yield _date(me, "startDate", year, 1 + rng.randrange(6), 1 + rng.randrange(28))
        yield _date(me, "endDate", year, 7 + rng.randrange(6), 1 + rng.randrange(28))
        for topic in sorted(rng.sample(range(TOPICS), 2)):
            yield _link(me, "topic", f"id/topic/{topic}")
        yield _link(me, "participant", f"id/institution/{rng.randrange(institutions)}")
    for n in range(events):
        me = f"id/event/{n}"
        yield from _labelled(rng, me, "Event", n)
        yield _link(me, "partOf", f"id/project/{rng.randrange(projects)}")
        yield _date(me, "startDate", rng.randrange(2004, 2026), 1 + rng.randrange(12), 1 + rng.randrange(28))
        yield _link(me, "heldIn", f"id/country/{rng.randrange(COUNTRIES)}")
        for institution in sorted({rng.randrange(institutions) for _ in range(3)}):
            yield _link(me, "participant", f"id/institution/{institution}")


def write(path: Path, entities: int, seed: int = 1) -> int:
    """Write the graph as N-Triples; how many triples it has."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for line in triples(entities, seed):
            file.write(line)
            count += 1
    return count


def _iri(path: str) -> str:
    return f"<{BASE}{path}>"


def _labelled(rng: random.Random, path: str, kind: str, n: int) -> Iterator[str]:
    words = " ".join(rng.choice(WORDS) for _ in range(6))
    yield f"{_iri(path)} {RDF_TYPE} <{ICE}{kind}> .\n"
    yield f'{_iri(path)} {LABEL} "{words} {n}"@lv .\n'
    yield f'{_iri(path)} {LABEL} "{kind} {n}: {words[::-1]}"@en .\n'
    yield f'{_iri(path)} {COMMENT} "{" ".join(rng.choice(WORDS) for _ in range(25))}"@lv .\n'
    yield f'{_iri(path)} {COMMENT} "{" ".join(rng.choice(WORDS) for _ in range(25))[::-1]}"@en .\n'


def _link(subject: str, name: str, target: str) -> str:
    return f"{_iri(subject)} <{ICE}{name}> {_iri(target)} .\n"


def _date(subject: str, name: str, year: int, month: int, day: int) -> str:
    return f'{_iri(subject)} <{ICE}{name}> "{year}-{month:02}-{day:02}"^^{DATE} .\n'
