"""Where an address leads: asked for with HEAD, with GET where that is refused, redirect by redirect."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from saite.iri import uri
from saite.web import Client, Reason, Robots, Unreached

_HOPS: Final = 10
_GONE: Final = (404, 410)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an address.

    Attributes:
        url: the address.
        status: of the last answer, 0 if there is none.
        reason: why there is none; None if there is one.
        detail: more on that, for people.
        moved: the new address, if the old one says that it has moved for good, and the new one is good; else "".
    """

    url: str
    status: int = 0
    reason: Reason | None = None
    detail: str = ""
    moved: str = ""

    @property
    def good(self) -> bool:
        """Whether something is there."""
        return self.reason is None and self.status < 400

    @property
    def dead(self) -> bool:
        """Whether nothing is there any more, as the host itself says, or its absence."""
        return self.status in _GONE or self.reason is Reason.NO_HOST

    @property
    def offline(self) -> bool:
        """Whether a machine without a network would see the same."""
        return self.reason is not None and self.reason.offline

    @property
    def lasting(self) -> bool:
        """Whether it will most likely be the same tomorrow."""
        if self.reason is not None:
            return not self.reason.passing
        return self.status < 500 and self.status not in (408, 425, 429)


class Follower:
    """Follows addresses.

    Args:
        client: asks.
        robots: what hosts let programs ask.
    """

    def __init__(self, client: Client, robots: Robots) -> None:
        self._client = client
        self._robots = robots
        self._stopped = False

    def stop(self) -> None:
        """Ask nothing more: outcomes are from now on that there was no time."""
        self._stopped = True

    def follow(self, url: str) -> Outcome:
        """The outcome of one address."""
        at, lasting = url, True  # whether all redirects so far are for good
        moved = ""
        met = {url}
        try:
            for _ in range(_HOPS + 1):
                if self._stopped:
                    raise Unreached(Reason.BUDGET)
                if not self._robots.allow(at):
                    raise Unreached(Reason.ROBOTS, urlsplit(at).netloc)
                reply = self._client.ask(at, "HEAD")
                if reply.status >= 400:  # nobody is called dead on the word of HEAD, which many servers answer wrongly
                    reply = self._client.ask(at, "GET")
                if not reply.redirects:
                    return Outcome(url, reply.status, moved=moved if reply.status < 400 else "")
                at = urldefrag(urljoin(at, uri(reply.location))).url
                lasting = lasting and reply.permanent
                moved = at if lasting else moved
                if at in met:
                    raise Unreached(Reason.LOOP, at)
                met.add(at)
            raise Unreached(Reason.LOOP, f"{_HOPS} redirects")
        except Unreached as error:
            # a redirect to a host that is not there is not the absence of this one
            reason = Reason.BROKEN if error.reason is Reason.NO_HOST and at != url else error.reason
            return Outcome(url, reason=reason, detail=error.detail if at == url else f"{at}: {error.detail}")
        except ValueError as error:  # a redirect to what is no address
            return Outcome(url, reason=Reason.BROKEN, detail=str(error))
