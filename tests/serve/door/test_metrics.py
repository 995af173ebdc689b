"""Figures for Prometheus."""

import urllib.request

import pytest
from tests.programs import free_port

from saite.serve.door.metrics import Metrics

from .folders import scope


def figure(counting: Metrics, name: str, **labels: str) -> float | None:
    """One figure."""
    return counting.registry.get_sample_value(name, labels)


def test_answers_are_counted_by_method_status_and_who_gave_them() -> None:
    """With their bytes and seconds; the endpoint and reconciliation apart from the site."""
    counting = Metrics()
    counting(scope("/a"), 200, 10, 0.002)
    counting(scope("/a"), 200, 5, 0.002)
    counting(scope("/sparql?query=x"), 400, 7, 0.1)
    counting(scope("/sparqlx"), 404, 1, 0.1)
    counting(scope("/reconcile/suggest/entity?prefix=x"), 200, 3, 0.1)
    assert figure(counting, "saite_answers_total", method="GET", status="200", of="site") == 2
    assert figure(counting, "saite_answers_total", method="GET", status="400", of="sparql") == 1
    assert figure(counting, "saite_answers_total", method="GET", status="200", of="reconcile") == 1
    assert figure(counting, "saite_answer_bytes_total", of="site") == 16
    assert figure(counting, "saite_answer_seconds_bucket", of="site", le="0.0025") == 2


def test_a_client_makes_no_new_figures() -> None:
    """Neither its address nor a method of its own is a label: memory does not grow with what is asked."""
    counting = Metrics()
    for number in range(50):
        counting(scope(f"/{number}", f"METHOD{number}"), 404, 1, 0.1)
    assert figure(counting, "saite_answers_total", method="other", status="404", of="site") == 50
    rows = [sample for metric in counting.registry.collect() for sample in metric.samples]
    assert len([row for row in rows if row.name == "saite_answers_total"]) == 1


def test_figures_are_told_at_a_port_of_their_own() -> None:
    """As long as it is wanted; a port that is taken is an error."""
    counting, port = Metrics(), free_port()
    end = counting.listen("127.0.0.1", port)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        assert b"process_cpu_seconds_total" in answer.read()
    with pytest.raises(OSError, match="in use"):
        Metrics().listen("127.0.0.1", port)
    end()
    counting.listen("127.0.0.1", port)()
