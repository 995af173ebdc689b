"""What a host lets programs ask: ``robots.txt`` (RFC 9309; section numbers are its own)."""

import re
import threading
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from saite.web.client import Client, Reply

_MOST: Final = 500 * 1024  # bytes that are read, at least (2.5)
_HOPS: Final = 5  # redirects that are followed, at least (2.3.1.2)
_LINE: Final = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#\r\n]*)")
_PERCENT: Final = re.compile("%[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one group.

    Attributes:
        rows: patterns of paths, and whether they may be asked.
        pause: seconds that the host wants between requests (``Crawl-delay``, which many write), 0 for none.
    """

    rows: tuple[tuple[str, bool], ...] = ()
    pause: float = 0.0

    def allow(self, path: str) -> bool:
        """Whether a path with its query may be asked: the longest pattern counts, of equal ones the kind (2.2.2)."""
        best = (0, True)
        for pattern, allowed in self.rows:
            if pattern and _matches(pattern, _normal(path)):
                best = max(best, (len(pattern), allowed))
        return best[1]


NOTHING: Final = Rules((("/", False),))


def parse(text: str, product: str) -> Rules:
    """The rules for a product: those of the groups that name it, else of those for all (2.2.1)."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    pauses: dict[str, float] = {}
    named: list[str] = []
    open_ = False
    for line in text.lstrip("\ufeff").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        key, value = match[1].lower(), match[2].strip()
        if key == "user-agent":
            named = [*named, value.lower()] if open_ else [value.lower()]
            open_ = True
            groups.setdefault(value.lower(), [])
            continue
        if key in ("allow", "disallow"):
            for name in named:
                groups[name].append((_normal(value), key == "allow"))
        elif key == "crawl-delay" and re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", value):
            for name in named:
                pauses[name] = float(value)
        open_ = False if key in ("allow", "disallow", "crawl-delay") else open_
    name = product.lower() if product.lower() in groups else "*"
    return Rules(tuple(groups.get(name, ())), pauses.get(name, 0.0))


def _normal(path: str) -> str:
    """Octets as they are compared: unreserved ones plain, others with capital digits (2.2.2)."""

    def plain(match: re.Match[str]) -> str:
        char = chr(int(match[0][1:], 16))
        return char if char.isascii() and (char.isalnum() or char in "-._~") else match[0].upper()

    return _PERCENT.sub(plain, path)


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern fits: ``*`` is any text, ``$`` the end (2.2.3). No regular expressions: they could hang."""
    ends = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not parts:
        return not ends or path == first
    at = len(first)
    for part in parts[:-1] if ends else parts:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return not ends or (len(path) - at >= len(parts[-1]) and path.endswith(parts[-1]))


class Robots:
    """The rules of hosts, asked once each.

    Args:
        client: asks.
        product: the name by which hosts know us.
    """

    def __init__(self, client: Client, product: str) -> None:
        self._client = client
        self._product = product
        self._rules: dict[str, Rules] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def allow(self, url: str) -> bool:
        """Whether an address may be asked; its host's wish for pauses is kept.

        Raises:
            Unreached: the host cannot be asked at all.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            rules = self._rules.get(origin)
            if rules is None:
                rules = self._rules[origin] = self._asked(origin)
                self._client.pause(url, rules.pause)
        return rules.allow((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))

    def _asked(self, origin: str) -> Rules:
        """The rules of an origin: without a file, all may be asked; where the host fails, nothing (2.3.1)."""
        url = f"{origin}/robots.txt"
        for _ in range(_HOPS + 1):
            reply = self._client.ask(url, "GET", most=_MOST)
            if not reply.redirects:
                return self._read(reply)
            url = urljoin(url, reply.location)
            if urlsplit(url).scheme not in ("http", "https"):
                break
        return Rules()  # as if there were none (2.3.1.2)

    def _read(self, reply: Reply) -> Rules:
        if reply.status >= 500 or reply.status == 429:
            return NOTHING
        return parse(reply.content.decode("utf-8", "replace"), self._product) if reply.status == 200 else Rules()
