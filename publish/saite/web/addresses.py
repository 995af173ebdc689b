"""Which hosts may be asked: those whose addresses are of the public Internet.

Data name hosts, and whoever writes data could name those behind a firewall (server-side request forgery, OWASP). So a
name is resolved once, its private addresses are left out, and the connection goes to an address that was looked at: a
name that points elsewhere a moment later changes nothing.
"""

import ipaddress
import socket
from typing import Final

from saite.web.reasons import Reason, Unreached

_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last four octets are an IPv4 address
_NOT_KNOWN: Final = {socket.EAI_NONAME} | {getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet, and so is the one that it holds, if it holds another."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def resolve(host: str, port: int, private: bool = False) -> list[str]:
    """The addresses of a host that may be asked.

    Args:
        host: its name or address.
        port: where it is to be asked.
        private: addresses that are not public may be asked too.

    Raises:
        Unreached: there is none.
    """
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        reason = Reason.NO_HOST if error.errno in _NOT_KNOWN else Reason.NAMES
        raise Unreached(reason, error.strerror or "") from error
    except UnicodeError as error:  # a label that is empty or too long
        raise Unreached(Reason.INVALID, f"{host} is no name of a host") from error
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    allowed = [address for address in found if private or is_public(address)]
    if not allowed:
        raise Unreached(Reason.PRIVATE, ", ".join(found))
    return allowed
