"""What is said of links that lead out of a site."""

import socket
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from pyoxigraph import RdfFormat, parse
from tests.web.hosts import Host, Page, host

from saite.config import Config
from saite.errors import EnvironmentFault
from saite.finding import Finding, Severity
from saite.links import KINDS, LinkCheck, Told, check
from saite.links.targets import targets
from saite.store import EmbeddedStore
from saite.terms import NamedNode
from saite.web import Manners

BASE = "https://example.org/"
TODAY = date(2026, 11, 27)
PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""


@pytest.fixture
def found() -> Iterator[Host]:
    """A host."""
    with host() as one:
        yield one


def store(turtle: str) -> EmbeddedStore:
    """Data."""
    return EmbeddedStore(parse(input=PREFIXES + turtle, format=RdfFormat.TURTLE))


def checked(root: Path, turtle: str, told: Told | None = None, **settings: Any) -> list[Finding]:
    """What is found; loopback addresses may be asked, without pauses."""
    manners: dict[str, Any] = {"pause": 0.0, "private": True, "timeout": 2.0, **settings.pop("manners", {})}
    asked = LinkCheck(**{"today": TODAY, "manners": Manners(**manners), **settings})
    return check(store(turtle), Config(root, base=BASE), BASE, asked, "Saite/1", told=told)


def said(findings: list[Finding]) -> dict[str, tuple[str, Severity]]:
    """Rules and severities by the last part of the address."""
    return {
        finding.value.value.rpartition("/")[2]: (finding.rule.rpartition("#")[2], finding.severity)
        for finding in findings
        if finding.value is not None and hasattr(finding.value, "value")
    }


def test_each_link_is_told_as_it_is(found: Host, tmp_path: Path) -> None:
    """Dead and moved pages are warnings; what is not known is for information; what is good is not told."""
    found.pages = {
        "/good": Page(),
        "/head": Page(head=405),
        "/lying": Page(head=404),
        "/gone": Page(410),
        "/forbidden": Page(403),
        "/failing": Page(500),
        "/busy": Page(429, {"Retry-After": "0"}),
        "/moved": Page(301, {"Location": "/good"}),
        "/moved-twice": Page(308, {"Location": "/moved"}),
        "/for-now": Page(302, {"Location": "/good"}),
        "/then-for-now": Page(301, {"Location": "/for-now"}),
        "/moved-to-nothing": Page(301, {"Location": "/missing"}),
        "/loop": Page(302, {"Location": "/loop2"}),
        "/loop2": Page(302, {"Location": "/loop"}),
        "/nowhere": Page(302, {"Location": "ftp://a.example/"}),
    }
    names = [*found.pages, "/missing"]
    turtle = f":a rdfs:seeAlso {', '.join(f'<{found.url}{name}>' for name in names)} ."
    dead, moved, undecided = (f"{name}-link" for name in ("dead", "moved", "undecided"))
    findings = checked(tmp_path, turtle)
    assert said(findings) == {
        "gone": (dead, Severity.WARNING),
        "missing": (dead, Severity.WARNING),
        "moved-to-nothing": (dead, Severity.WARNING),
        "forbidden": (undecided, Severity.INFO),
        "failing": (undecided, Severity.INFO),
        "busy": (undecided, Severity.INFO),
        "loop": (undecided, Severity.INFO),
        "loop2": (undecided, Severity.INFO),
        "nowhere": (undecided, Severity.INFO),
        "moved": (moved, Severity.WARNING),
        "moved-twice": (moved, Severity.WARNING),
        "then-for-now": (moved, Severity.WARNING),
    }
    new = {finding.value.value: finding.cure("en") for finding in findings if finding.rule.endswith("moved-link")}  # type: ignore[union-attr]
    assert f"write {found.url}/good " in new[f"{found.url}/moved-twice"]
    assert f"write {found.url}/for-now " in new[f"{found.url}/then-for-now"]
    assert found.of("/good")[0] == "HEAD"
    assert found.of("/head") == ["HEAD", "GET"]
    for finding in findings:
        assert finding.focus == NamedNode(BASE + "a")
        assert finding.path == "<http://www.w3.org/2000/01/rdf-schema#seeAlso>"
        assert finding.message("lv") != finding.message("en")
        assert finding.cure("lv")
        assert finding.title("lv")


def test_a_name_is_changed_only_by_its_owner(found: Host, tmp_path: Path) -> None:
    """owl:sameAs that redirects is no fault; a thing that is not in its register any more is one."""
    found.pages = {"/entity/Q1": Page(301, {"Location": "/wiki/Q1"}), "/wiki/Q1": Page(), "/a/": Page()}
    found.pages["/a"] = Page(301, {"Location": "/a/"})
    turtle = f":a owl:sameAs <{found.url}/entity/Q1>, <{found.url}/a> ; skos:exactMatch <{found.url}/entity/Q2> ."
    findings = checked(tmp_path, turtle)
    assert said(findings) == {"Q1": ("moved-link", Severity.INFO), "Q2": ("dead-link", Severity.WARNING)}
    assert "owner" in next(f for f in findings if f.severity is Severity.INFO).cure("en")


def test_an_address_is_asked_for_once_and_told_wherever_it_stands(found: Host, tmp_path: Path) -> None:
    """Fragments are parts of one document; every statement has its own finding."""
    turtle = f""":a rdfs:seeAlso <{found.url}/x#1>, <{found.url}/x#2> . :b foaf:page <{found.url}/x> ;
    foaf:homepage "{found.url}/x"^^xsd:anyURI ."""
    assert len(checked(tmp_path, turtle)) == 4
    assert found.of("/x") == ["HEAD", "GET"]


def test_kinds_of_links() -> None:
    """By the property; nothing of the site itself, nothing that is no address of the web."""
    data = store(
        """:a a foaf:Agent, :C ; owl:sameAs <http://s.example/> ; foaf:page <http://p.example/> ;
        :x <http://o.example/> ;
        dct:source <http://d.example/> ; rdfs:seeAlso <https://example.org/b>, <urn:x:y>, <mailto:a@b.example> ;
        rdfs:label "http://l.example/" ."""
    )
    config = Config(Path(), base=BASE)
    kinds = {target.kind: target.url for target in targets(data, config, BASE)}
    assert kinds == {
        "vocabulary": "http://xmlns.com/foaf/0.1/Agent",
        "same": "http://s.example/",
        "page": "http://p.example/",
        "source": "http://d.example/",
        "other": "http://o.example/",
    }
    assert kinds.keys() == set(KINDS)
    assert [target.url for target in targets(data, config, BASE, ("same",))] == ["http://s.example/"]


def test_hosts_are_asked_no_more_than_they_allow(found: Host, tmp_path: Path) -> None:
    """What robots.txt forbids is not asked for, and that is told."""
    found.pages = {"/robots.txt": Page(body=b"User-agent: saite\nDisallow: /private"), "/open": Page()}
    findings = checked(tmp_path, f":a rdfs:seeAlso <{found.url}/private/x>, <{found.url}/open> .")
    assert said(findings) == {"x": ("undecided-link", Severity.INFO)}
    assert "robots.txt" in findings[0].message("en")
    assert found.of("/private/x") == []


def test_private_addresses_are_left_alone(found: Host, tmp_path: Path) -> None:
    """Neither at once nor by a redirect, unless it is allowed."""
    turtle = f":a rdfs:seeAlso <{found.url}/secret> ."
    (finding,) = checked(tmp_path, turtle, manners={"private": False})
    assert "private address" in finding.message("en")
    assert found.asked == []


def test_answers_are_kept(found: Host, tmp_path: Path) -> None:
    """For some days; not those that may be others tomorrow; and a file that is damaged is as good as none."""
    found.pages = {"/good": Page(), "/failing": Page(500)}
    turtle = f":a rdfs:seeAlso <{found.url}/good>, <{found.url}/failing>, <{found.url}/missing> ."
    told = Told()
    first = checked(tmp_path, turtle, told)
    assert (told.addresses, told.asked, told.left) == (3, 3, 0)
    kept = orjson.loads((tmp_path / ".saite" / "links.json").read_bytes())["links"]
    assert {url.rpartition("/")[2]: row["asked"] for url, row in kept.items()} == {
        "good": "2026-11-27",
        "missing": "2026-11-27",
    }
    for day, asked in ((6, 1), (7, 3)):
        told = Told()
        assert checked(tmp_path, turtle, told, today=TODAY + timedelta(days=day)) == first
        assert told.asked == asked
    told = Told()
    checked(tmp_path, turtle, told, max_age=0)
    assert told.asked == 3
    for damage in (b"{", b"[]", b'{"format":1,"links":{"x":1}}', b'{"format":1,"links":{"x":{"asked":"y"}}}'):
        (tmp_path / ".saite" / "links.json").write_bytes(damage)
        assert checked(tmp_path, turtle) == first


def test_what_there_was_no_time_for_is_left(found: Host, tmp_path: Path) -> None:
    """It is counted, and nothing is said of it; the next check goes on."""
    found.pages = {f"/{number}": Page() for number in range(5)}
    turtle = f":a rdfs:seeAlso {', '.join(f'<{found.url}/{number}>' for number in range(5))} ."
    told = Told()
    assert checked(tmp_path, turtle, told, manners={"pause": 0.2, "budget": 0.7}) == []
    assert 0 < told.left < 5
    rest = Told()
    checked(tmp_path, turtle, rest)
    assert rest.asked == told.left


@pytest.mark.parametrize("number", [socket.EAI_AGAIN, socket.EAI_NONAME])
@pytest.mark.parametrize("hosts", [1, 30])
def test_without_a_network_nothing_is_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, hosts: int
) -> None:
    """One message, soon; nothing is kept."""
    tried: list[str] = []

    def fail(name: str, *args: object, **more: object) -> None:
        tried.append(name)
        raise socket.gaierror(number, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    turtle = "".join(f":a rdfs:seeAlso <https://h{n}.example/{m}> ." for n in range(hosts) for m in range(20))
    with pytest.raises(EnvironmentFault, match="cannot be checked") as caught:
        checked(tmp_path, turtle)
    assert "network" in caught.value.cure
    assert not (tmp_path / ".saite").exists()
    assert len(tried) == len(set(tried)) <= hosts


def test_a_host_that_is_not_there_is_dead_if_others_are(
    found: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For then there is a network. A host that a redirect names is another matter."""
    real = socket.getaddrinfo

    def some(name: str, *args: object, **more: object) -> object:
        if name.endswith(".example"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(name, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", some)
    found.pages = {"/good": Page(), "/to": Page(302, {"Location": "https://gone.example/"})}
    turtle = f":a rdfs:seeAlso <https://gone.example/x>, <{found.url}/good>, <{found.url}/to> ."
    findings = checked(tmp_path, turtle)
    assert said(findings) == {"x": ("dead-link", Severity.WARNING), "to": ("undecided-link", Severity.INFO)}
