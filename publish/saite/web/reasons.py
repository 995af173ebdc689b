"""Why an address gave no answer."""

from enum import StrEnum


class Reason(StrEnum):
    """What came between."""

    NO_HOST = "no-host"
    NAMES = "names"
    NETWORK = "network"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate"
    BROKEN = "broken"
    PRIVATE = "private"
    ROBOTS = "robots"
    WAIT = "wait"
    BUDGET = "budget"
    LOOP = "loop"
    INVALID = "invalid"

    @property
    def offline(self) -> bool:
        """Whether a machine without a network would see the same."""
        return self in (Reason.NO_HOST, Reason.NAMES, Reason.NETWORK, Reason.TIMEOUT)

    @property
    def passing(self) -> bool:
        """Whether it may be otherwise at the next try."""
        return self not in (Reason.NO_HOST, Reason.CERTIFICATE, Reason.PRIVATE, Reason.ROBOTS, Reason.INVALID)


class Unreached(Exception):
    """There is no answer.

    Args:
        reason: why.
        detail: what the system says of it, for people.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(detail or reason.value)
        self.reason = reason
        self.detail = detail
