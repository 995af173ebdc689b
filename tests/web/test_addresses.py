"""Which hosts may be asked."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.web import Reason, Unreached
from saite.web.addresses import is_public, resolve


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "nonsense",
    ],
)
def test_private_addresses_are_not_public(address: str) -> None:
    """Of this machine, of the net that it is in, of a cloud's metadata; also where one address holds another."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"])
def test_others_are(address: str) -> None:
    """Those of the Internet."""
    assert is_public(address)


@given(st.ip_addresses())
def test_what_is_public_is_global(address: object) -> None:
    """Nothing that the registries call private is ever public."""
    if is_public(str(address)):
        assert address.is_global  # type: ignore[attr-defined]


def test_only_public_addresses_of_a_host_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name may have addresses of both kinds: the private ones are left out."""
    rows = [(socket.AF_INET, 1, 6, "", (address, 80)) for address in ("10.0.0.1", "93.184.216.34", "93.184.216.34")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: rows)
    assert resolve("host.example", 80) == ["93.184.216.34"]
    assert resolve("host.example", 80, private=True) == ["10.0.0.1", "93.184.216.34"]


@pytest.mark.parametrize(("number", "reason"), [(socket.EAI_NONAME, Reason.NO_HOST), (socket.EAI_AGAIN, Reason.NAMES)])
def test_a_host_that_is_not_there_is_told_from_a_passing_trouble(
    monkeypatch: pytest.MonkeyPatch, number: int, reason: Reason
) -> None:
    """The first is a dead link, the second is none."""

    def fail(*args: object, **more: object) -> None:
        raise socket.gaierror(number, "no")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(Unreached) as caught:
        resolve("host.example", 80)
    assert caught.value.reason is reason


def test_a_private_host_is_told() -> None:
    """With the address that it has."""
    with pytest.raises(Unreached, match=r"127\.0\.0\.1") as caught:
        resolve("127.0.0.1", 80)
    assert caught.value.reason is Reason.PRIVATE
