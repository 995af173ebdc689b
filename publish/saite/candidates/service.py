"""Things that a reconciliation service knows (W3C Reconciliation Service API 0.2; section names are its own)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, urlencode, urljoin

import orjson

from saite.candidates.finding import Pair
from saite.candidates.near import Names, Near
from saite.candidates.things import Hints
from saite.errors import EnvironmentFault, UsageError
from saite.iri import safe_href
from saite.web import Client, Reason, Reply, Unreached

_MOST: Final = 2 * 1024 * 1024  # bytes of an answer
_QUERIES: Final = 5  # names of one thing that are asked for
_RESULTS: Final = 5
_HOPS: Final = 5
_VERSIONS: Final = ("0.2", "0.1")
_CURE: Final = "Give the address of a service of the Reconciliation API 0.2, which answers with its manifest."


class Service:
    """A service; see :class:`~saite.candidates.finding.Others`.

    Args:
        url: its address.
        client: asks it.

    Raises:
        UsageError: the address is not that of a service.
        EnvironmentFault: it cannot be reached.
    """

    def __init__(self, url: str, client: Client) -> None:
        self._client = client
        self._url = url
        self._hints: dict[str, Hints] = {}
        manifest = self._json(self._ask("GET"))
        space = manifest.get("identifierSpace")
        if not isinstance(manifest.get("name"), str) or not isinstance(space, str):
            raise UsageError(f"{url} does not answer with the manifest of a reconciliation service", cure=_CURE)
        versions = manifest.get("versions", ["0.1"])
        if not isinstance(versions, list) or not set(versions) & set(_VERSIONS):
            raise UsageError(f"{url} is a service of another version of the API: {versions}", cure=_CURE)
        view = manifest.get("view")
        self._view = str(view.get("url", "")) if isinstance(view, dict) else ""
        self._space = space
        self.name: str = manifest["name"]

    def near(self, names: Sequence[str]) -> Iterator[Pair]:
        """Things with names near to these: those that the service gives, scored by their names as those of files are.

        What the service itself says of them is among the reasons.
        """
        asked = list(names)[:_QUERIES]
        queries = {f"q{number}": {"query": name, "limit": _RESULTS} for number, name in enumerate(asked)}
        body = urlencode({"queries": orjson.dumps(queries).decode()}).encode()
        answers = self._json(self._ask("POST", body))
        for key, name in zip(queries, asked, strict=True):
            yield from self._pairs(name, answers.get(key))

    def _pairs(self, name: str, answer: object) -> Iterator[Pair]:
        results = answer.get("result") if isinstance(answer, dict) else None
        if not isinstance(results, list):
            raise self._strange("a query has no result")
        rows = [row for row in results[:_RESULTS] if isinstance(row, dict) and row.get("id") and row.get("name")]
        index = Names((number, str(row["name"])) for number, row in enumerate(rows))
        nearest = {near.key: near for near in index.search(name, _RESULTS)}
        for number, row in enumerate(rows):
            iri = self._iri(str(row["id"]))
            if iri is None:
                continue
            self._hints[iri] = Hints(types=frozenset(_types(row.get("type"))))
            near = nearest.get(number) or Near(number, str(row["name"]), 0.0, same=False)
            score, sure = row.get("score"), row.get("match") is True
            said = f"the service says {score:g}" if isinstance(score, int | float) else "the service gives no score"
            yield Pair(name, near, iri, [said + (", and is sure" if sure else "")])

    def hints(self, iri: str) -> Hints:
        """The types that the service gave."""
        return self._hints.get(iri, Hints())

    def has(self, iri: str) -> bool:
        """Whether an IRI is in the service's space of identifiers."""
        return bool(self._space) and iri.startswith(self._space) and iri != self._space

    def _iri(self, id_: str) -> str | None:
        """The IRI of an entity: itself if it is one, else in the service's space, else the page that shows it."""
        for iri in (
            id_,
            self._space + quote(id_, safe="/:-._~") if self._space.endswith(("/", "#", "=", ":")) else "",
            self._view.replace("{{id}}", quote(id_, safe="")) if "{{id}}" in self._view else "",
        ):
            if safe_href(iri):
                return iri
        return None

    def _ask(self, method: str, body: bytes | None = None) -> Reply:
        fields = {"Accept": "application/json"}
        if body is not None:
            fields["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            for _ in range(_HOPS + 1):
                reply = self._client.ask(self._url, method, fields=fields, body=body, most=_MOST)
                if not reply.redirects:
                    break
                self._url = urljoin(self._url, reply.location)
        except Unreached as error:
            raise EnvironmentFault(f"{self._url} cannot be asked: {_told(error)}", cure=_mended(error)) from error
        if reply.status != 200:
            if method == "GET":
                raise UsageError(f"{self._url} answers with status {reply.status}, not with a manifest", cure=_CURE)
            raise self._strange(f"status {reply.status}")
        if not reply.whole:
            raise self._strange(f"more than {_MOST} bytes")
        return reply

    def _json(self, reply: Reply) -> Mapping[str, Any]:
        try:
            found = orjson.loads(reply.content)
        except orjson.JSONDecodeError as error:
            raise UsageError(f"{self._url} does not answer with JSON", cure=_CURE) from error
        if not isinstance(found, dict):
            raise UsageError(f"{self._url} answers with JSON that is no object", cure=_CURE)
        return found

    def _strange(self, what: str) -> EnvironmentFault:
        return EnvironmentFault(
            f"{self._url} answered a query with {what}", cure="Try again later, or tell who runs the service."
        )


def _types(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else ():
        name = one.get("name") or one.get("id") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield name.lower()


def _told(error: Unreached) -> str:
    return f"{error.reason.value.replace('-', ' ')}{f' ({error.detail})' if error.detail else ''}"


def _mended(error: Unreached) -> str:
    if error.reason is Reason.PRIVATE:
        return "If it is your own service, allow it: --private-addresses."
    if error.reason is Reason.BUDGET:
        return "Give it more time: --time SECONDS; or look for fewer entities: --class."
    return "Check the address, and that this machine has a network (proxies are not used)."
