"""The access log: a line for each answer, as web servers write it and log analysers read it."""

from datetime import UTC, datetime
from typing import Final, TextIO

from starlette.types import Scope

_ESCAPED: Final = {
    **{code: f"\\x{code:02x}" for code in (*range(32), *range(127, 256))},
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}


class AccessLog:
    """Writes the combined log format, with the seconds that the answer took at the end.

    Args:
        out: where to.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def __call__(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        """One line; whatever a client has sent stays within it."""
        headers = dict(scope["headers"])
        client = _plain((scope.get("client") or ("-", 0))[0].encode("latin-1", "replace")).replace(" ", "\\x20") or "-"
        target = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
        when = datetime.now(UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
        request = f"{scope['method']} {_plain(target)} HTTP/{scope['http_version']}"
        referrer, agent = (_plain(headers.get(name, b"-")) for name in (b"referer", b"user-agent"))
        line = f'{client} - - [{when}] "{request}" {status or "-"} {size} "{referrer}" "{agent}" {seconds:.3f}\n'
        self._out.write(line)
        self._out.flush()


def _plain(text: bytes) -> str:
    return text.decode("latin-1").translate(_ESCAPED)
