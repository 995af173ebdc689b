"""Rules of hosts that cannot be started here; those of nginx, Apache and Caddy are tried in tests/contract."""

import re
from pathlib import Path

import pytest

from saite.errors import ConfigError
from saite.pipeline import Options, build

SETTINGS = """
base = "https://w3id.org/example/"
languages = ["lv", "en"]
{more}
[[documents]]
iri = "id/"
path = ""

[[fold]]
class = "https://w3id.org/example/def#Part"
into = ["https://w3id.org/example/def#of"]

[hosting]
rules = ["{host}"]
"""

DATA = """
@prefix : <https://w3id.org/example/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/example/id/thing/one> a :Thing ; rdfs:label "Viens"@lv .
<https://w3id.org/example/id/part/first> a :Part ; rdfs:label "Daļa"@lv ; :of <https://w3id.org/example/id/thing/one> .
<https://w3id.org/example/set/all> a <http://www.w3.org/ns/dcat#Dataset> ; rdfs:label "Viss"@lv ;
    <http://purl.org/dc/terms/license> <http://creativecommons.org/licenses/by/4.0/> .
<https://w3id.org/example/id/vārds> a :Thing ; rdfs:label "Vārds"@lv .
"""


def site(folder: Path, host: str, more: str = "") -> Path:
    """A built site with the rules of one host."""
    (folder / "data").mkdir()
    (folder / "saite.toml").write_text(SETTINGS.format(host=host, more=more), encoding="utf-8")
    (folder / "data" / "all.ttl").write_text(DATA, encoding="utf-8")
    return build(folder, options=Options(check=False, durable=False)).written.out


def test_no_rules_are_written_unless_they_are_asked_for(tmp_path: Path) -> None:
    """A site has no files of hosts that it does not name."""
    out = site(tmp_path, "nginx")
    names = {path.name for path in out.iterdir()}
    assert {".saite-nginx.conf", ".saite-nginx-maps.conf"} <= names
    assert not {".htaccess", "_redirects", "_headers", ".nojekyll", ".saite-Caddyfile"} & names


def test_netlify_leads_things_to_documents(tmp_path: Path) -> None:
    """Single things before those that go by a rule, for the first line that matches counts."""
    out = site(tmp_path, "netlify")
    lines = [line.split() for line in (out / "_redirects").read_text("utf-8").splitlines() if line[0] != "#"]

    def led(path: str) -> str:
        for begin, target, status in lines:
            match = re.fullmatch(re.escape(begin).replace(r"\*", "(.*)"), path)
            if match:
                assert status == "303"
                return target.replace(":splat", match[1] if match.groups() else "")
        return ""

    assert led("/id/part/first") == "/thing/one#n-part/first"
    assert led("/id/thing/one") == "/thing/one"
    assert led("/id/v%C4%81rds") == "/v%C4%81rds"
    assert led("/thing/one") == ""
    headers = (out / "_headers").read_text("utf-8")
    assert "/*.ttl\n  Content-Type: text/turtle; charset=utf-8\n" in headers
    assert "/*.en.html\n  Content-Language: en\n" in headers
    assert "/*\n  Access-Control-Allow-Origin: *\n" in headers
    assert '  Link: <http://creativecommons.org/licenses/by/4.0/>; rel="license"\n' in headers
    assert "/*.linkset.json\n  Content-Type: application/linkset+json\n" in headers
    assert "/*.json\n" not in headers
    dump = headers.partition("/dump/example.nq\n  Link: ")[2].partition("\n")[0]
    assert '</set/all>; rel="collection"; type="text/html"' in dump


def test_github_has_a_page_in_the_place_of_each_thing(tmp_path: Path) -> None:
    """It leads on to the document, relatively, so that a site below a path works; and nothing is left out."""
    out = site(tmp_path, "github")
    assert (out / ".nojekyll").exists()
    page = (out / "id" / "part" / "first.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../thing/one#n-part/first">' in page
    assert '<a href="../../thing/one">' in (out / "id" / "thing" / "one.html").read_text("utf-8")
    assert (out / "id" / "vārds.html").exists()


def test_w3id_leads_to_the_site(tmp_path: Path) -> None:
    """The permanent IRIs lead to where the site is served."""
    out = site(tmp_path, "w3id", 'url = "https://data.example.org/"')
    assert 'RewriteRule "^(.*)$" "https://data.example.org/$1" [R=302,L]' in (out / ".saite-w3id.htaccess").read_text(
        "utf-8"
    )


def test_w3id_must_know_where_the_site_is(tmp_path: Path) -> None:
    """Where url is not set, that is told, and nothing is written."""
    with pytest.raises(ConfigError, match="w3id") as caught:
        site(tmp_path, "w3id")
    assert "Set url in saite.toml" in caught.value.cure
    assert not (tmp_path / "site").exists()


def test_the_page_for_what_is_missing_works_at_any_depth(tmp_path: Path) -> None:
    """Hosts with rules have the site at their root, or where url says."""
    assert '<base href="/">' in (site(tmp_path, "nginx") / "404.html").read_text("utf-8")
