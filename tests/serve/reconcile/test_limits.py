"""What is refused, and how."""

import asyncio
import json
import threading
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Message, Scope
from tests.serve.reconcile.conftest import Client

from saite.errors import EnvironmentFault
from saite.serve.reconcile.knowledge import Knowledge
from saite.serve.reconcile.limits import Limits
from saite.serve.reconcile.service import Reconciliation
from saite.site.model import Site

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
KEYS = ["queries", "conditions", "matchType", "propertyValue", "ids", "properties", "id", "q0", "query"]
TYPED = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "queries",
    [
        "{",
        "[]",
        "7",
        '{"q0": 7}',
        '{"q0": {}}',
        '{"q0": {"query": 7}}',
        '{"q0": {"query": "x", "limit": 0}}',
        '{"q0": {"query": "x", "limit": true}}',
        '{"q0": {"query": "x", "type": {}}}',
        '{"q0": {"query": "x", "type_strict": "perhaps"}}',
        '{"q0": {"query": "x", "properties": {}}}',
        '{"q0": {"query": "x", "properties": [{"v": 1}]}}',
        '{"q0": {"query": "x", "properties": [{"pid": "p"}]}}',
        '{"q0": {"query": NaN}}',
        '{"q0": ' + "[" * 5000 + "]" * 5000 + "}",
    ],
)
def test_what_is_no_query_is_refused(service: Client, queries: str) -> None:
    """400, as a problem in JSON that says what is wrong and what to do."""
    for reply in (service.form(queries=queries), service.get(queries=queries)):
        assert reply.status == 400
        assert reply.headers["content-type"] == "application/problem+json"
        assert set(reply.json) == {"status", "title", "detail"}


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"conditions": []},
        {"conditions": [{"matchType": "name"}]},
        {"conditions": [{"propertyValue": "x"}]},
        {"conditions": [{"matchType": "colour", "propertyValue": "x"}]},
        {"conditions": [{"matchType": "property", "propertyValue": "x"}]},
        {"conditions": [{"matchType": "name", "propertyValue": "x", "matchQuantifier": "some"}]},
        {"conditions": [{"matchType": "name", "propertyValue": {"name": "no id"}}]},
    ],
)
def test_what_is_no_query_of_the_draft_is_refused(service: Client, query: Any) -> None:
    """400 likewise."""
    assert service.post("/1.0-draft/match", {"queries": [query]}).status == 400
    assert service.post("/1.0-draft/match", [query]).status == 400


def test_methods_paths_and_forms(service: Client) -> None:
    """405 with Allow, 404, 415."""
    reply = service.send("DELETE", "")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert service.get("/1.0-draft/match").status == 405
    assert service.send("POST", "/suggest/entity", b"", FORM).status == 405
    for path in ("/match", "/nothing", "/en/nothing", "/ru", "/suggest", "/1.0-draft/1.0-draft"):
        assert service.get(path).status == 404, path
    assert service.send("POST", "", b"{}", {"Content-Type": "text/plain"}).status == 415
    assert service.send("POST", "", b"{}", {**TYPED, "Content-Encoding": "gzip"}).status == 415
    assert service.send("POST", "", b"{}", {"Content-Type": "application/json; charset=utf-16"}).status == 415
    assert service.send("POST", "", b"", FORM).status == 400
    assert service.send("HEAD", "").body == b""
    assert service.get("/suggest/entity", prefix="x", limit="many").status == 400


def test_what_is_too_much_is_refused(service: Client) -> None:
    """413 for a batch, a body, conditions, entities and properties beyond the limits."""
    many = {f"q{place}": {"query": "x"} for place in range(101)}
    assert service.form(queries=json.dumps(many)).status == 413
    assert service.post("/1.0-draft/match", {"queries": [{"conditions": []}] * 101}).status == 413
    pairs = [{"pid": "p", "v": "x"}] * 21
    assert service.form(queries=json.dumps({"q0": {"query": "x", "properties": pairs}})).status == 413
    values = [{"pid": "p", "v": ["x"] * 26}, {"pid": "q", "v": ["x"] * 26}]
    assert service.form(queries=json.dumps({"q0": {"query": "x", "properties": values}})).status == 413
    condition = {"matchType": "name", "propertyValue": ["x"] * 51}
    assert service.post("/1.0-draft/match", {"queries": [{"conditions": [condition]}]}).status == 413
    assert service.post("/extend", {"ids": ["x"] * 501, "properties": []}).status == 413
    assert service.post("/extend", {"ids": [], "properties": [{"id": "x"}] * 51}).status == 413
    assert service.send("POST", "/extend", b" " * (3 * 2**20 + 1), TYPED).status == 413


def test_long_names_are_cut(service: Client) -> None:
    """One long cell of a table does not spoil its batch: the first 500 characters of a name count."""
    found = service.old(query="Latvija " + "x" * 100_000)
    assert all(one["score"] < 60 for one in found)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(KEYS) | st.text(max_size=5),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_json_has_an_answer(knowledge: Knowledge, content: Any) -> None:
    """Whatever is sent, the answer is a result or a refusal, never a fault."""
    service = Reconciliation(lambda: 1, lambda: knowledge.site, lambda: ("lv", "en"))
    service._keeper._known, service._keeper._of = knowledge, 1
    for path in ("/reconcile/1.0-draft/match", "/reconcile/extend", "/reconcile/1.0-draft/extend"):
        assert asyncio.run(posted(service, path, json.dumps(content).encode())) in (200, 400, 413)


async def posted(service: Reconciliation, path: str, body: bytes) -> int:
    """The status of a POST of JSON."""
    statuses: list[int] = []
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"host", b"localhost")],
        "scheme": "http",
        "server": ("localhost", 80),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await service.answer(scope, receive, send)
    return statuses[0]


ONE = json.dumps({"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Rīga"}]}]}).encode()


def test_too_many_are_told_to_come_later(own: Site) -> None:
    """Who is one too many is told so (503) while the others wait; nobody blocks the loop meanwhile."""
    gate = threading.Event()

    def slow() -> Site:
        assert gate.wait(30)
        return own

    service = Reconciliation(lambda: 1, slow, lambda: ("lv", "en"), Limits(waiting=3))

    async def crowd() -> list[int]:
        tasks = [asyncio.create_task(posted(service, "/reconcile/1.0-draft/match", ONE)) for _ in range(5)]
        await asyncio.sleep(0.2)
        gate.set()
        return [await task for task in tasks]

    assert sorted(asyncio.run(crowd())) == [200, 200, 200, 503, 503]


def test_new_data_take_the_place_of_old_ones(own: Site) -> None:
    """What was known answers until the new site is ready; data that cannot be read leave what was known."""
    versions = [1]
    made: list[int] = []

    def site() -> Site:
        made.append(versions[0])
        if versions[0] == 2:
            raise EnvironmentFault("the disk is full")
        return own

    service = Reconciliation(lambda: versions[0], site, lambda: ("lv", "en"))

    async def asked() -> list[int]:
        statuses = [await posted(service, "/reconcile/1.0-draft/match", ONE)]
        for version in (2, 3):
            versions[0] = version
            statuses.append(await posted(service, "/reconcile/1.0-draft/match", ONE))
            while service._keeper.making:
                await asyncio.sleep(0.01)
        return statuses

    assert asyncio.run(asked()) == [200, 200, 200]
    assert made == [1, 2, 3]


def test_data_that_cannot_be_read_are_a_fault_of_ours(own: Site) -> None:
    """500 in words that tell nothing of the machine, and the next request tries anew."""
    made: list[int] = []

    def site() -> Site:
        made.append(1)
        if len(made) == 1:
            raise EnvironmentFault("/secret/place cannot be read")
        return own

    service = Reconciliation(lambda: 1, site, lambda: ("lv", "en"))
    assert asyncio.run(posted(service, "/reconcile/1.0-draft/match", ONE)) == 500
    assert asyncio.run(posted(service, "/reconcile/1.0-draft/match", ONE)) == 200
