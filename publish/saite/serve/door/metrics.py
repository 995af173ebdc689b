"""Figures for Prometheus: how many answers of which kind, how long they took, and how the endpoint fares."""

from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from starlette.types import Scope

from saite.serve.sparql.endpoint import Endpoint

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_BESIDE: Final = ("sparql", "reconcile")


class Metrics:
    """Counts answers; a watcher of the door.

    Args:
        endpoint: the SPARQL endpoint, if there is one.
    """

    def __init__(self, endpoint: Endpoint | None = None) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        labels = ("method", "status", "of")
        self._answers = Counter("saite_answers", "Answers to requests.", labels, registry=self.registry)
        self._bytes = Counter("saite_answer_bytes", "Bytes of content sent.", ("of",), registry=self.registry)
        text = "Seconds until an answer was sent."
        self._seconds = Histogram("saite_answer_seconds", text, ("of",), buckets=_SECONDS, registry=self.registry)
        if endpoint is not None:
            self._gauge(
                "saite_sparql_waiting", "Queries that wait for their turn.", lambda: endpoint.pool.turns.waiting
            )
            self._gauge("saite_sparql_processes", "Processes that answer queries.", lambda: len(endpoint.pool.workers))

    def __call__(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        """Count one answer; status 0, where the client went away before any, is counted as such."""
        first = scope["raw_path"].partition(b"?")[0].removeprefix(b"/").partition(b"/")[0].decode("latin-1")
        of = first if first in _BESIDE else "site"
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._answers.labels(method, str(status), of).inc()
        self._bytes.labels(of).inc(size)
        self._seconds.labels(of).observe(seconds)

    def listen(self, host: str, port: int) -> Callable[[], None]:
        """Tell the figures at an address of their own, which need not be public; gives what ends it.

        Raises:
            OSError: it is taken.
        """
        server, thread = start_http_server(port, host, self.registry)

        def end() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return end

    def _gauge(self, name: str, text: str, value: Callable[[], float]) -> None:
        Gauge(name, text, registry=self.registry).set_function(value)
