"""The JSON schemas of the specification, from its own repository (``SAITE_SHARED``)."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7


@cache
def _folder(version: str) -> Path | None:
    shared = os.environ.get("SAITE_SHARED")
    return Path(shared) / "suites/reconciliation" / version / "schemas" if shared else None


@cache
def _validator(version: str, name: str) -> Draft7Validator:
    folder = _folder(version)
    assert folder is not None
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    resources: list[tuple[str, Resource[Any]]] = []
    base = schemas[name]["$id"].rpartition("/")[0]
    for file, schema in schemas.items():
        resource = Resource.from_contents(schema, default_specification=DRAFT7)
        resources += [(f"{base}/{file}", resource), (schema["$id"].rstrip("#"), resource)]
    return Draft7Validator(schemas[name], registry=Registry().with_resources(resources))


def valid(version: str, name: str, found: Any) -> None:
    """Validate against a schema; skips where there are none, and fails there under ``CI=true``."""
    if _folder(version) is None:
        if os.environ.get("CI") == "true":
            pytest.fail("SAITE_SHARED is not set")
        pytest.skip("SAITE_SHARED is not set")
    errors = [f"{error.json_path}: {error.message[:200]}" for error in _validator(version, name).iter_errors(found)]
    assert errors == []
