"""Queries of death: each ends within its limit, and others still get answers."""

import json
import pickle
import select
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import pytest

from saite.config import Config
from saite.serve.sparql import wire
from saite.serve.sparql.answers import Order
from saite.serve.sparql.limits import Limits
from saite.serve.sparql.pool import Worker
from saite.serve.sparql.problem import Problem
from saite.serve.sparql.worker import Setting
from saite.store import EmbeddedStore
from saite.terms import Literal, NamedNode, Quad

from .served import Reply, Served, completed, served

SECONDS = 0.8
LIMITS = Limits(seconds=SECONDS, memory=64 * 2**20, rows=5_000, text=50_000, processes=2, waiting=8, patience=10)
OTHER = "127.0.0.2"

TIME = {
    "a cartesian product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a path that leads everywhere": "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:y>)* ?b . ?b (<urn:x>|!<urn:y>)* ?c }",
    "a product before a filter": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(?c, ?f, ?i)) = 1) }",
    "a graph of a product": "CONSTRUCT { ?a ?b 1 } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}
MEMORY = {
    "the order of a product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c",
    "a text that doubles": "SELECT (STRLEN(?f) AS ?n) { BIND('0123456789012345678901234567890123456789' AS ?a) "
    + " ".join(
        f"BIND(CONCAT({', '.join([f'?{one}'] * 16)}) AS ?{two})" for one, two in zip("abcdef", "bcdefg", strict=True)
    )
    + "}",
}
EITHER = {
    "a text of everything": "SELECT (GROUP_CONCAT(CONCAT(?c, ?f, ?i); SEPARATOR='----------') AS ?t) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a large pattern": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '((a{1,300}){1,300}){1,300}')) }",
}


def chain() -> list[Quad]:
    """A chain of two thousand links, each with a text."""
    nodes = [NamedNode(f"http://e/{number}") for number in range(2_001)]
    quads = [Quad(one, NamedNode("http://e/p"), two) for one, two in pairwise(nodes)]
    quads += [Quad(one, NamedNode("http://e/q"), Literal(f"a text {number}")) for number, one in enumerate(nodes)]
    return quads


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An endpoint with little time."""
    with served(tmp_path_factory.mktemp("strict"), chain(), LIMITS) as running:
        yield running


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An endpoint with little memory, and time enough to use it up."""
    with served(tmp_path_factory.mktemp("narrow"), chain(), replace(LIMITS, seconds=20)) as running:
        yield running


def asked_meanwhile(strict: Served, query: str) -> tuple[Reply, float, list[Reply]]:
    """The answer of a query, the time that it took, and what another client got meanwhile."""
    others: list[Reply] = []
    done = threading.Event()

    def other() -> None:
        while not done.is_set():
            others.append(strict.ask("ASK { ?s ?p ?o }", source=OTHER, n=str(len(others))))
            done.wait(0.1)

    thread = threading.Thread(target=other)
    thread.start()
    begun = time.monotonic()
    try:
        reply = strict.post(query)
        return reply, time.monotonic() - begun, others
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("name", [*TIME, *EITHER])
def test_a_query_of_death_is_ended(name: str, strict: Served) -> None:
    """It is told which limit it met and how to stay below it, in time, while another client is answered."""
    reply, took, others = asked_meanwhile(strict, (TIME | EITHER)[name])
    assert reply.status == 504 or name in EITHER, reply.text[:200]
    assert reply.status == 507 or "limit of 0.8 seconds" in reply.text
    assert "  -> " in reply.text
    assert took < SECONDS + 10  # on a busy machine; none of them would end in an hour
    assert {other.status for other in others} == {200}


@pytest.mark.parametrize("name", MEMORY)
def test_a_query_of_much_memory_is_ended(name: str, narrow: Served) -> None:
    """The same for memory: the process ends when it asks for more than it may have."""
    reply, _, others = asked_meanwhile(narrow, MEMORY[name])
    assert reply.status == 507, reply.text[:200]
    assert "limit of 64 MB" in reply.text
    assert "  -> " in reply.text
    assert {other.status for other in others} == {200}


def test_a_flood_of_one_client_leaves_others_their_turn(narrow: Served) -> None:
    """While one client sends such queries in a heap, another is answered before all of them are."""
    replies: list[Reply] = []

    def ask() -> None:
        replies.append(narrow.ask(TIME["a cartesian product"], timeout="1.5"))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    while not replies:  # the first refusal: the share of the queue is taken
        time.sleep(0.02)
    assert narrow.ask("ASK { ?x ?y ?z }", source=OTHER).status == 200
    assert len(replies) < len(threads)
    for thread in threads:
        thread.join()
    assert {reply.status for reply in replies} == {503, 504}
    for reply in replies:
        if reply.status == 503:
            assert int(reply.headers["retry-after"]) > 0


def test_a_client_may_allow_less_time(strict: Served) -> None:
    """``timeout`` lowers the limit, and never raises it."""
    assert "limit of 0.2 seconds" in strict.ask(TIME["a cartesian product"], timeout="0.2").text
    assert "limit of 0.8 seconds" in strict.ask(TIME["a cartesian product"], timeout="60").text


@pytest.mark.parametrize(
    "media_type", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"]
)
def test_an_answer_that_breaks_off_is_seen_to(media_type: str, strict: Served) -> None:
    """Too many rows, once the answer has begun: the connection is closed before its end, which any client sees."""
    reply = strict.post("SELECT * { ?s ?p ?o . ?s2 ?p2 ?o2 }", media_type)
    assert reply.status == 200
    assert not reply.whole
    assert reply.text.endswith("<< broken off: the answer has more than the limit of 5000 rows or triples\n")
    if media_type.endswith("json"):
        with pytest.raises(json.JSONDecodeError):
            json.loads(reply.body)


def test_a_slow_client_gets_its_answer_and_holds_no_worker(narrow: Served) -> None:
    """Some megabytes are read ahead: the worker goes on to others, and the client takes its time."""
    query = "SELECT * { ?s ?p ?o . ?s2 ?p2 ?o2 } LIMIT 5000"
    with socket.create_connection(("127.0.0.1", narrow.port)) as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        slow.sendall(
            f"GET /sparql?{urlencode({'query': query})} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        )
        assert select.select([slow], [], [], 20)[0], "the answer has begun"
        deadline = time.monotonic() + 10
        while narrow.endpoint.pool._idle.qsize() < 2:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        parts = []
        while part := slow.recv(65_536):
            parts.append(part)
    data = b"".join(parts)
    assert data.endswith(b"0\r\n\r\n")
    assert b"broken off" not in data
    assert data.count(b'"s2":') == 5_000


def test_a_graph_has_its_limit_too(strict: Served) -> None:
    """Turtle is written when all is there, so that the limit has a status; N-Triples stream, and break off."""
    query = "CONSTRUCT { ?s ?p ?o2 } { ?s ?p ?o . ?s2 ?p2 ?o2 }"
    assert strict.post(query, "text/turtle").status == 507
    assert not strict.post(query, "application/n-triples").whole


def test_just_as_many_rows_as_allowed_are_an_answer(strict: Served) -> None:
    """The limit is the last number that goes through."""
    query = "SELECT * { ?s ?p ?o . ?s2 ?p2 ?o2 } LIMIT "
    assert strict.post(query + "5000", "text/csv").text.count("\r\n") == 5_001
    assert not strict.post(query + "5001", "text/csv").whole


def test_huge_bodies_are_refused(strict: Served) -> None:
    """413 before all of it is read; a query of many values below that is answered or ended like others."""
    assert strict.post("ASK { VALUES ?x { " + "1 " * 100_000 + "} }").status == 413
    values = strict.post("SELECT (COUNT(*) AS ?n) { VALUES ?x { " + "1 " * 20_000 + "} }", "text/csv")
    assert values.text.split() == ["n", "20000"]


def test_deep_nesting_is_refused(strict: Served) -> None:
    """Brackets that would end the engine's parser never reach it."""
    reply = strict.post("SELECT * " + "{" * 10_000 + "}" * 10_000)
    assert reply.status == 403
    assert "64 brackets" in reply.text
    assert strict.post("ASK { FILTER(" + "!" * 40_000 + "true) }").status in (200, 400, 500, 504, 507)
    assert strict.post("ASK { ?s " + "<http://e/p>/" * 3_000 + "<http://e/p> ?o }").status in (200, 400, 500, 504, 507)
    assert strict.ask("ASK { ?s ?p ?o }").status == 200


def test_the_system_ends_what_the_server_forgets(tmp_path: Path) -> None:
    """The time of the processor is limited too: a query whose server does not look ends by itself."""
    nodes = [NamedNode(f"http://e/{number}") for number in range(200)]
    EmbeddedStore.create(tmp_path / "store", [Quad(one, NamedNode("http://e/p"), one) for one in nodes])
    setting = Setting(tmp_path / "store", Config(root=tmp_path), LIMITS)

    async def forgotten() -> Problem:
        worker = await Worker.launch(setting)
        try:
            query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
            worker.send(wire.pack(wire.ORDER, pickle.dumps(Order(query, {"table": "json"}, seconds=0.1))))
            with pytest.raises(Problem) as caught:
                await worker.receive()
            return caught.value
        finally:
            await worker.end()

    assert completed(forgotten()).status == 504
