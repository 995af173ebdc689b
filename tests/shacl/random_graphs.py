"""Small data graphs and shapes graphs by a seed, in which every component of SHACL Core meets every kind of value.

What pySHACL judges otherwise than the standard (docs/shacl.md tells each) is left out: comparisons of values that
have no order, ``sh:minLength 0``, inverses of sequences.
"""

import random

NODES = [f"ex:n{i}" for i in range(6)] + ["_:b1", "_:b2"]
IRIS = NODES[:6]
PREDICATES = ["ex:p", "ex:q", "ex:r", "rdfs:label"]
CLASSES = ["ex:C", "ex:D", "ex:E"]
NUMBERS = ["1", "2", "3", "2.5", "3.0", '"2"^^xsd:int', "1e0", '"03"^^xsd:integer', "-1"]
DATES = [f'"2020-0{month}-01"^^xsd:date' for month in range(1, 6)]
TEXTS = ['"a"', '"b"@en', '"B"@lv', '"b2"@en', '"abc"']
ILL = ['"x"^^xsd:integer', '"300"^^xsd:byte', '"2019-02-30"^^xsd:date']
LITERALS = [*NUMBERS, *DATES, *TEXTS, *ILL, "true", '"2020-01-01T00:00:00Z"^^xsd:dateTime']
KINDS = ["IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]
DATATYPES = ["xsd:integer", "xsd:string", "xsd:date", "rdf:langString", "xsd:byte", "xsd:boolean", "xsd:dateTime"]
ONCE = frozenset("datatype nodeKind minLength maxLength in languageIn pattern qualifiedValueShape".split())  # noqa: SIM905


class Maker:
    """Makes both graphs.

    Args:
        seed: which ones.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def data(self) -> str:
        """A data graph, in Turtle without prefixes."""
        lines = ["ex:D rdfs:subClassOf ex:C ."]
        for node in NODES:
            lines += (f"{node} a {self._one(CLASSES)} ." for _ in range(self._up_to(2)))
            for predicates, values in ((("ex:m", "ex:k"), NUMBERS), (("ex:s", "ex:e"), DATES)):
                for predicate in predicates:
                    lines += (f"{node} {predicate} {self._one(values)} ." for _ in range(self._up_to(2)))
            some = NODES + LITERALS
            lines += (f"{node} {self._one(PREDICATES)} {self._one(some)} ." for _ in range(self._up_to(6)))
        return "\n".join(lines)

    def shapes(self) -> str:
        """Three shapes with what they need, in Turtle without prefixes."""
        return "\n".join(f"ex:S{i} {self._target()} ; {self._shape(0)} ." for i in range(3))

    def _one(self, of: list[str]) -> str:
        return self._random.choice(of)

    def _up_to(self, most: int) -> int:
        return self._random.randint(0, most)

    def _happens(self, share: float) -> bool:
        return self._random.random() < share

    def _target(self) -> str:
        return self._one(
            [
                f"sh:targetClass {self._one(CLASSES)}",
                f"sh:targetNode {self._one(IRIS + LITERALS)}",
                f"sh:targetSubjectsOf {self._one(PREDICATES)}",
                f"sh:targetObjectsOf {self._one(PREDICATES)}",
            ]
        )

    def _path(self, depth: int = 0, *, turned: bool = False) -> str:
        kind = self._up_to(9)
        if kind < 5 or depth > 1:
            return self._one(PREDICATES[:3])
        if kind == 5:
            return f"[ sh:inversePath {self._path(depth + 1, turned=True)} ]"
        if kind == 6 and not turned:
            return f"( {self._path(depth + 1)} {self._path(depth + 1)} )"
        if kind < 8:
            parts = f"( {self._path(depth + 1, turned=turned)} {self._path(depth + 1, turned=turned)} )"
            return f"[ sh:alternativePath {parts} ]"
        repeated = self._one(["zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"])
        return f"[ sh:{repeated} {self._path(depth + 1, turned=turned)} ]"

    def _on_values(self) -> str:
        return self._one(
            [
                f"sh:class {self._one(CLASSES)}",
                f"sh:datatype {self._one(DATATYPES)}",
                f"sh:nodeKind sh:{self._one(KINDS)}",
                f"sh:minLength {1 + self._up_to(4)}",
                f"sh:maxLength {self._up_to(5)}",
                f'sh:pattern "{self._one(["^a", "b$", "[0-9]", "B"])}"',
                f'sh:pattern "{self._one(["^A", "b$", "B"])}" ; sh:flags "i"',
                f'sh:languageIn ( "{self._one(["en", "lv", "de"])}" )',
                f"sh:in ( {' '.join(self._random.sample(IRIS + LITERALS, 4))} )",
                f"sh:equals {self._one(PREDICATES)}",
                f"sh:disjoint {self._one(PREDICATES)}",
                f"sh:hasValue {self._one(IRIS + LITERALS)}",
            ]
        )

    def _ordered(self) -> list[str]:
        """A property with values that have an order, and what can be asked of it."""
        path, other = self._one(["ex:m ex:k", "ex:k ex:m", "ex:s ex:e", "ex:m ex:m"]).split()
        parts = [f"sh:path {path}"]
        limit = self._one(["2", "2.0", "1.5e0"] if path != "ex:s" else DATES[:3])
        bound = self._one(["minInclusive", "maxInclusive", "minExclusive", "maxExclusive"])
        for part in (f"sh:{bound} {limit}", f"sh:lessThan {other}", f"sh:lessThanOrEquals {other}"):
            parts += [part] if self._happens(0.4) else []
        return parts

    def _shape(self, depth: int, *, on_property: bool | None = None) -> str:
        on_property = self._happens(0.6) if on_property is None else on_property
        parts: list[str] = []
        if on_property:
            parts += self._ordered() if self._happens(0.25) else [f"sh:path {self._path()}"]
            for part in (f"sh:minCount {self._up_to(2)}", f"sh:maxCount {self._up_to(2)}", "sh:uniqueLang true"):
                parts += [part] if self._happens(0.2) else []
        parts += (self._on_values() for _ in range(self._up_to(2)))
        if depth < 2:
            parts += (self._on_shapes(depth + 1, on_property=on_property) for _ in range(self._up_to(2)))
        if not on_property and self._happens(0.15):
            parts.append("sh:closed true ; sh:ignoredProperties ( rdf:type )")
        parts += ["sh:severity sh:Warning"] if self._happens(0.1) else []
        parts += ["sh:deactivated true"] if self._happens(0.05) else []
        kept: dict[str, str] = {}
        for number, part in enumerate(parts):
            name = part.split()[0].removeprefix("sh:")
            kept.setdefault(name if name in ONCE else f"{name} {number}", part)
        return " ; ".join(kept.values()) or "sh:nodeKind sh:IRI"

    def _on_shapes(self, depth: int, *, on_property: bool) -> str:
        name = self._one(["not", "node", "and", "or", "xone", "property", "qualified"])
        if name in ("and", "or", "xone"):
            return f"sh:{name} ( [ {self._shape(depth)} ] [ {self._shape(depth)} ] )"
        if name == "qualified" and on_property:
            counts = f"sh:qualifiedMinCount {self._up_to(2)} ; sh:qualifiedMaxCount {self._up_to(2)}"
            apart = f"sh:qualifiedValueShapesDisjoint {self._one(['true', 'false'])}"
            return f"sh:qualifiedValueShape [ {self._shape(depth, on_property=False)} ] ; {counts} ; {apart}"
        if name == "property":
            return f"sh:property [ {self._shape(depth, on_property=True)} ]"
        if name == "not":
            return f"sh:not [ {self._shape(depth)} ]"
        return f"sh:node [ {self._shape(depth, on_property=False)} ]"
