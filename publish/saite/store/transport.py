"""A query's way to an endpoint and back: over SPARQLWrapper, again where that can help, with faults that can be mended.

What is refused for good (400, 401, 403, 404 and the like) is asked once. What may pass (429, 502, 503, 504, a broken
connection) is asked again after a while, some times.
"""

import ast
import email.utils
import random
import re
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Final

from saite import __version__
from saite.errors import EnvironmentFault, SaiteError, UsageError
from saite.store.request import Request

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

GET_LIMIT: Final = 2000
"""Queries up to this many bytes (encoded) go by GET, which caches can hold; longer ones by POST."""

USER, PASSWORD = "SAITE_ENDPOINT_USER", "SAITE_ENDPOINT_PASSWORD"
"""Environment variables with what the endpoint asks for: on a command line others could read it."""

_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.8, application/json;q=0.5"
_GRAPHS = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.7"
_PASSING: Final = (429, 502, 503, 504)


class Overtaxed(EnvironmentFault):
    """The query is too much for the endpoint: it took too long, failed over it, or answered in part."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often an endpoint is asked, and how long is waited in between.

    Attributes:
        tries: how often at most.
        first: seconds before the second try, which double with each; a random part of them, half at least, is waited.
        longest: seconds that are waited at most, whatever the endpoint says by Retry-After.
    """

    tries: int = 5
    first: float = 0.5
    longest: float = 60.0
    sleep: Callable[[float], None] = time.sleep

    def before(self, turn: int, wished: float | None) -> float | None:
        """Seconds before a further try, or None if there shall be none.

        Args:
            turn: how often was asked.
            wished: seconds that the endpoint wants to be left alone.
        """
        if turn >= self.tries or (wished is not None and wished > self.longest):
            return None
        own: float = min(self.first * 2.0 ** (turn - 1), self.longest) * random.uniform(0.5, 1)  # noqa: S311  # spreads clients
        return max(own, wished or 0)


PATIENCE: Final = Patience()
"""Five tries within some ten seconds, if the endpoint does not wish otherwise."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        body: the bytes.
        media_type: what they say they are.
        server: the name that the server gives itself, in small letters; "" for none.
    """

    body: bytes
    media_type: str
    server: str = ""


class Transport:
    """Queries to one endpoint.

    Args:
        endpoint: its address (http or https); parameters in it are sent with each query.
        timeout: seconds to wait for an answer, at least 1.
        user, password: for endpoints that ask for them (HTTP Basic); never sent on to where a redirect leads.
        patience: how often is asked again.

    Raises:
        UsageError: the address is none.
    """

    def __init__(self, endpoint: str, timeout: int, user: str, password: str, patience: Patience) -> None:
        parts = urllib.parse.urlsplit(endpoint)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{endpoint!r} is no address of an endpoint", cure="Write it as https://host/sparql .")
        if parts.username or parts.password:
            raise UsageError(
                "an endpoint's address cannot hold a password", cure=f"Set {USER} and {PASSWORD} in the environment."
            )
        self.endpoint = endpoint
        self.timeout = max(1, timeout)
        self.address = urllib.parse.urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
        self._parameters = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
        self._credentials = (user, password)
        self._patience = patience

    def send(self, asked: Request) -> Answer:
        """The answer to a query.

        Raises:
            SyntaxFault: the endpoint refuses the query.
            Overtaxed: the query is too much for it.
            EnvironmentFault: it is out of reach, refuses, or breaks off.
        """
        wrapper = self._wrapper(asked)
        turn = 0
        while True:
            turn += 1
            try:
                return self._receive(wrapper)
            except _failures() as error:
                if isinstance(error, _uri_too_long()) and wrapper.method == "GET":
                    wrapper.setMethod("POST")
                    pause: float | None = 0.0
                else:
                    pause = self._patience.before(turn, _wished(error)) if _may_pass(error) else None
                if pause is None:
                    raise self._told(error, asked) from error
                _close(error)
            self._patience.sleep(pause)

    def _wrapper(self, asked: Request) -> "SPARQLWrapper":
        from SPARQLWrapper import SPARQLWrapper

        class Wrapper(SPARQLWrapper):
            def _createRequest(self) -> urllib.request.Request:  # noqa: N802  # the name is SPARQLWrapper's
                made: urllib.request.Request = super()._createRequest()
                said = made.headers.pop("Authorization", None)
                if said is not None:  # or the server to which a redirect leads would learn the password
                    made.add_unredirected_header("Authorization", said)
                return made

        wrapper = Wrapper(self.address, agent=f"saite/{__version__}")
        for name, value in self._parameters:
            wrapper.addParameter(name, value)
        # set, not found by SPARQLWrapper's own search, which reads keywords in comments too
        wrapper.queryString, wrapper.queryType = asked.bound.text, asked.form
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(self.timeout)
        wrapper.addCustomHttpHeader("Accept", _RESULTS if asked.form in ("SELECT", "ASK") else _GRAPHS)
        if len(urllib.parse.quote_plus(asked.bound.text)) > GET_LIMIT:
            wrapper.setMethod("POST")
        user, password = self._credentials
        if user:
            wrapper.setCredentials(user, password)
        return wrapper

    def _receive(self, wrapper: "SPARQLWrapper") -> Answer:
        response = wrapper.query().response
        with response:
            headers = response.headers
            if response.status == 206 or headers.get(
                "X-SQL-State"
            ):  # Virtuoso's "anytime" answers: what it had by then
                raise Overtaxed(
                    f"{self.endpoint} answered only in part: the query took longer than it allows",
                    cure="Ask for less (LIMIT, a narrower pattern), or ask who runs it for more time.",
                )
            return Answer(response.read(), headers.get("Content-Type", ""), headers.get("Server", "").lower())

    def _told(self, error: Exception, asked: Request) -> SaiteError:
        said = _body(error)
        _close(error)
        where, code = self.endpoint, _code(error)
        if code == 400:
            return asked.fault(said or "the endpoint gives no reason", f"{where} refuses the query")
        if code is not None:
            message, cure = _CODES.get(code, _CODES[500] if code >= 500 else ("refuses", "Ask who runs it."))
            if code == 401 and self._credentials[0]:
                message = f"does not know the user {self._credentials[0]!r} by this password"
            kind = Overtaxed if code in (500, 504) else EnvironmentFault
            return kind(f"{where} {message} (HTTP {code})", cure=cure, excerpt=said or None)
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError):
            return Overtaxed(
                f"{where} gave no answer within {self.timeout} s",
                cure="Ask for less (LIMIT, a narrower pattern), or allow more time.",
            )
        if isinstance(reason, ssl.SSLCertVerificationError):
            return EnvironmentFault(
                f"the certificate of {where} cannot be trusted: {plain(reason.verify_message)}",
                cure="Have it renewed; or, if you trust who signed it, name the file of their certificate in "
                "SSL_CERT_FILE.",
            )
        if isinstance(reason, ssl.SSLError):
            return EnvironmentFault(
                f"{where} does not speak https as we do: {plain(str(reason))}", cure="Is it an address with http://?"
            )
        if isinstance(reason, HTTPException | ConnectionResetError | BrokenPipeError):
            return EnvironmentFault(
                f"{where} broke off its answer: {plain(str(reason)) or type(reason).__name__}",
                cure="Try again; if it stays so, ask for less.",
            )
        return EnvironmentFault(
            f"{where} is out of reach: {plain(str(reason))}", cure="Check the address, and whether the server runs."
        )


_CODES: Final = {
    401: ("asks for a user name and password", f"Set those that the endpoint knows: {USER} and {PASSWORD}."),
    403: ("does not allow this query", "Ask who runs it for permission."),
    404: ("knows no endpoint at this address", "Check the address."),
    414: ("takes no query of this length", "Shorten the query."),
    429: ("has had too many queries", "Wait a while."),
    500: ("failed over the query", "Try a simpler query, or ask who runs it."),
    503: ("is overloaded or down", "Try again later."),
}


def _code(error: Exception) -> int | None:
    """The status of a refusal; SPARQLWrapper has classes for some in place of their numbers."""
    from SPARQLWrapper import SPARQLExceptions

    codes: dict[type[Exception], int] = {
        SPARQLExceptions.QueryBadFormed: 400,
        SPARQLExceptions.Unauthorized: 401,
        SPARQLExceptions.EndPointNotFound: 404,
        SPARQLExceptions.URITooLong: 414,
        SPARQLExceptions.EndPointInternalError: 500,
    }
    return error.code if isinstance(error, urllib.error.HTTPError) else codes.get(type(error))


def _may_pass(error: Exception) -> bool:
    """Whether asking again may help."""
    code = _code(error)
    if code is not None:
        return code in _PASSING
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    return isinstance(reason, HTTPException | ConnectionResetError | BrokenPipeError)


def _wished(error: Exception) -> float | None:
    """Seconds that the endpoint wants to be left alone, by Retry-After: a number, or a date."""
    value = error.headers.get("Retry-After", "").strip() if isinstance(error, urllib.error.HTTPError) else ""
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time()) if value else None
    except ValueError:
        return None


def _failures() -> tuple[type[Exception], ...]:
    from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

    return (SPARQLWrapperException, HTTPException, OSError)


def _uri_too_long() -> type[Exception]:
    from SPARQLWrapper.SPARQLExceptions import URITooLong

    return URITooLong


def _body(error: Exception) -> str:
    """What the endpoint said about a failure; SPARQLWrapper keeps it only as text within its message."""
    if isinstance(error, urllib.error.HTTPError):
        try:
            return plain(error.read())
        except (HTTPException, OSError):
            return ""
    literal = re.search(r"Response:\n(b['\"].*['\"])$", str(error), re.S)
    return plain(ast.literal_eval(literal[1])) if literal else ""


def _close(error: Exception) -> None:
    for held in (error, error.__context__):
        if isinstance(held, urllib.error.HTTPError):
            held.close()


def plain(said: bytes | str) -> str:
    """The beginning of a foreign text on one line, without markup or control characters."""
    text = said[:4000].decode("utf-8", "replace") if isinstance(said, bytes) else said[:4000]
    text = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", text, flags=re.S | re.I)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= 200 else text[:199] + "…"


__all__ = ["GET_LIMIT", "PASSWORD", "PATIENCE", "USER", "Answer", "Overtaxed", "Patience", "Transport", "plain"]
