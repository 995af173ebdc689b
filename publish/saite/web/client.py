"""One request to another host, within limits. Begin at :meth:`Client.ask`.

What is limited: time (to connect, between bytes, in all), bytes of the answer, how often a host is asked, how long all
of it takes. Redirects are told, not followed; proxies of the environment are not used.
"""

import contextlib
import email.utils
import errno
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from saite.iri import uri
from saite.web.addresses import resolve
from saite.web.reasons import Reason, Unreached

_PERMANENT: Final = (301, 308)
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_ASKS_TO_WAIT: Final = (429, 503)
_USUAL: Final = {"Accept": "*/*", "Connection": "close"}
_NO_WAY: Final = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL)


@dataclass(frozen=True, slots=True)
class Manners:
    """How hosts are treated.

    Attributes:
        pause: seconds between two requests to one host.
        timeout: seconds to connect, and to wait for the next bytes.
        longest: seconds for an answer in all.
        patience: seconds that a host may ask to be left alone for (``Retry-After``), and is asked again then.
        budget: seconds for all requests together; 0: no limit.
        private: hosts at private addresses may be asked.
        certificates: a file with the authorities that certificates are checked by; "" for the system's.
    """

    pause: float = 1.0
    timeout: float = 15.0
    longest: float = 30.0
    patience: float = 20.0
    budget: float = 0.0
    private: bool = False
    certificates: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Attributes:
        status: of the answer.
        location: where it leads, "" if nowhere.
        media_type: what the content says it is, without parameters.
        content: the beginning of it, as far as it was wanted.
        whole: the content is all of it.
    """

    status: int
    location: str = ""
    media_type: str = ""
    content: bytes = b""
    whole: bool = True

    @property
    def redirects(self) -> bool:
        """Whether the answer leads elsewhere (RFC 9110, 15.4)."""
        return self.status in _REDIRECTS and bool(self.location)

    @property
    def permanent(self) -> bool:
        """Whether it says that the address is to be replaced for good (RFC 9110, 15.4.2 and 15.4.9)."""
        return self.status in _PERMANENT


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request."""

    secure: bool
    host: str
    port: int
    target: str
    method: str
    fields: Mapping[str, str]
    body: bytes | None
    most: int

    @classmethod
    def of(
        cls,
        url: str,
        method: str = "GET",
        fields: Mapping[str, str] | None = None,
        body: bytes | None = None,
        most: int = 0,
    ) -> "_Asked":
        """Take an address apart.

        Raises:
            Unreached: it is none, or not of http(s).
        """
        try:
            parts = urlsplit(url)
            name = (parts.hostname or "").encode("idna").decode()  # a name beyond ASCII is asked for as RFC 5890 has it
            port = parts.port
        except ValueError as error:
            raise Unreached(Reason.INVALID, str(error)) from error
        if parts.scheme not in ("http", "https") or not name:
            raise Unreached(Reason.INVALID, f"{url} is no http(s) address")
        secure = parts.scheme == "https"
        target = uri((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        port = port if port is not None else (443 if secure else 80)
        return cls(secure, name, port, target, method, fields or {}, body, 0 if method == "HEAD" else most)


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free: float = 0.0  # when it may be asked again
    pause: float = 0.0  # that it wishes for itself
    lost: Unreached | None = None  # its name cannot be looked up, which is not tried again


class Client:
    """Asks hosts, each of them one thing at a time; several threads may share it.

    Args:
        agent: the field ``User-Agent``: who asks, and where to complain.
        manners: how hosts are treated.
        clock: tells seconds.
        sleep: waits.
    """

    def __init__(
        self,
        agent: str,
        manners: Manners = Manners(),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.agent = agent
        self._manners = manners
        self._clock = clock
        self._sleep = sleep
        self._end = clock() + manners.budget if manners.budget else float("inf")
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._tls = ssl.create_default_context(cafile=manners.certificates or None)

    def pause(self, url: str, seconds: float) -> None:
        """Let a host have the pauses that it wishes for, if they are not too long."""
        self._host(_Asked.of(url).host).pause = min(seconds, self._manners.patience)

    def ask(
        self,
        url: str,
        method: str = "GET",
        *,
        fields: Mapping[str, str] | None = None,
        body: bytes | None = None,
        most: int = 0,
    ) -> Reply:
        """The answer to one request; a host that asks for a little time is asked once more.

        Args:
            url: http or https; user, password and fragment are not sent.
            method: HEAD, GET or POST.
            fields: of the request, beside the usual ones.
            body: of the request.
            most: bytes of the answer's content that are read; the rest is never fetched.

        Raises:
            Unreached: there is none.
        """
        asked = _Asked.of(url, method, {"User-Agent": self.agent, **_USUAL, **(fields or {})}, body, most)
        reply, wait = self._turn(asked)
        if wait is not None and wait <= self._manners.patience:
            reply, wait = self._turn(asked)
        if wait is not None and reply.status == 429:
            raise Unreached(Reason.WAIT, f"{reply.status}")
        return reply

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name, _Host())

    def _turn(self, asked: "_Asked") -> tuple[Reply, float | None]:
        """One request in its turn; and the seconds that the host wants to be left alone, if it says so."""
        host = self._host(asked.host)
        with host.lock:
            if host.lost is not None:
                raise Unreached(host.lost.reason, host.lost.detail)
            wait = host.free - self._clock()
            if wait > self._manners.patience:
                raise Unreached(Reason.WAIT, f"{wait:.0f} s")
            if max(wait, 0.0) + self._clock() >= self._end:
                raise Unreached(Reason.BUDGET)
            if wait > 0:
                self._sleep(wait)
            try:
                addresses = resolve(asked.host, asked.port, self._manners.private)
            except Unreached as error:
                host.lost = error
                raise
            try:
                reply, wished = self._exchange(asked, addresses)
            finally:
                host.free = self._clock() + max(self._manners.pause, host.pause)
            if wished is not None:
                host.free = max(host.free, self._clock() + wished)
            return reply, wished

    def _exchange(self, asked: "_Asked", addresses: list[str]) -> tuple[Reply, float | None]:
        with _told(), self._connected(addresses, asked.port) as (raw, cut), cut:
            connection = http.client.HTTPConnection(asked.host, asked.port)
            connection.sock = self._tls.wrap_socket(raw, server_hostname=asked.host) if asked.secure else raw
            if asked.secure:
                connection.default_port = 443
            try:
                connection.request(asked.method, asked.target, asked.body, asked.fields)
                with connection.getresponse() as response:
                    content = response.read(asked.most + 1) if asked.most else b""
                    reply = Reply(
                        response.status,
                        response.getheader("Location", "").strip(),
                        (response.getheader("Content-Type") or "").partition(";")[0].strip().lower(),
                        content[: asked.most],
                        len(content) <= asked.most,
                    )
                    waits = response.status in _ASKS_TO_WAIT
                    return reply, _seconds(response.getheader("Retry-After") or "") if waits else None
            finally:
                connection.close()

    @contextlib.contextmanager
    def _connected(self, addresses: list[str], port: int) -> Iterator[tuple[socket.socket, "_Cut"]]:
        """A socket to the first address that takes it, and what ends it when it has lasted too long."""
        for number, address in enumerate(addresses):
            try:
                raw = socket.create_connection((address, port), self._manners.timeout)
                break
            except OSError:
                if number == len(addresses) - 1:
                    raise
        try:
            yield raw, _Cut(raw, self._manners.longest)
        finally:
            raw.close()


class _Cut:
    """Ends a socket after a time, whatever its other end does: who sends a byte now and then keeps nobody for ever."""

    def __init__(self, raw: socket.socket, seconds: float) -> None:
        self._raw = raw.dup()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._done = False

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._timer.cancel()
        self._raw.close()
        if self._done:
            raise TimeoutError("the answer took too long")

    def _cut(self) -> None:
        self._done = True
        with contextlib.suppress(OSError):
            self._raw.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What the system says of a connection, as a reason."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise Unreached(Reason.CERTIFICATE, error.verify_message) from error
    except TimeoutError as error:
        raise Unreached(Reason.TIMEOUT) from error
    except ConnectionRefusedError as error:
        raise Unreached(Reason.REFUSED) from error
    except OSError as error:
        reason = Reason.NETWORK if error.errno in _NO_WAY else Reason.BROKEN
        raise Unreached(reason, error.strerror or type(error).__name__) from error
    except (http.client.HTTPException, ValueError) as error:  # ValueError: of a field that is no number
        raise Unreached(Reason.BROKEN, str(error)[:200] or type(error).__name__) from error


def _seconds(field: str) -> float | None:
    """The seconds of a ``Retry-After`` field, which is a number or a date (RFC 9110, 10.2.3); None if it is none."""
    field = field.strip()
    if field.isascii() and field.isdecimal():
        return float(field[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(field).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None
