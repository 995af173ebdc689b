"""Data that would like to be a program: all pages of a hostile site, in a real browser, as the door serves them."""

from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.any_rdf.browsing import ARGUMENTS
from tests.contract.doors import served
from tests.programs import chromium

from saite import manifest
from saite.pipeline import Options, build
from saite.serve.door.application import Door

RUN = "window.pwned=1"
ATTACKS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</title></head><body onload={RUN}>",
    f'"><img src=x onerror={RUN}>',
    f"' onmouseover='{RUN}' autofocus onfocus='{RUN}",
    f"<svg/onload={RUN}>",
    f"javascript:{RUN}",
    f"]]><script>{RUN}</script>",
    f"<!--<script>{RUN}</script>-->",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"\u2028{RUN}//",
    f"{{{{7*7}}}}{{% {RUN} %}}",
)

SETTINGS = """
base = "https://example.org/"
languages = ["en", "lv"]
title = { en = %s, lv = %s }
footer = { en = %s, lv = %s }
"""


def text(value: str) -> str:
    """A text in Turtle, or TOML, as both write it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\u2028", "\\u2028") + '"'


def hostile(folder: Path) -> Path:
    """A site in which every text is an attack."""
    (folder / "data").mkdir(parents=True)
    (folder / "queries" / "examples").mkdir(parents=True)
    (folder / "saite.toml").write_text(SETTINGS % ((text(ATTACKS[0]),) * 4), encoding="utf-8")
    lines = [
        "@prefix : <https://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix sh: <http://www.w3.org/ns/shacl#> .",
        ":Class a owl:Class ; rdfs:comment " + text(ATTACKS[1]) + " .",
        ":scheme a skos:ConceptScheme ; skos:prefLabel " + text(ATTACKS[3]) + "@en .",
    ]
    for number, attack in enumerate(ATTACKS):
        lines += [
            f":p{number} a owl:ObjectProperty ; rdfs:label {text(attack)}@en ; rdfs:comment {text(attack)} .",
            f":c{number} a skos:Concept ; skos:inScheme :scheme ; skos:prefLabel {text(attack)}@lv .",
            f":r{number} a :Class ; rdfs:label {text(attack)}@en, {text(attack)}@lv ; :p{number} :r0, {text(attack)} ;",
            f"  rdfs:comment {text(attack)}@en ; :v {text(attack)}^^<https://example.org/type/{number}> ;",
            f"  rdfs:seeAlso <javascript:{RUN}>, <data:text/html,%3Cscript%3E{RUN}%3C/script%3E>, <vbscript:{RUN}> ;",
            f"  :b [ rdfs:label {text(attack)} ; :p{number} {text(attack)} ] .",
        ]
    (folder / "data" / "all.ttl").write_text("\n".join(lines), encoding="utf-8")
    for number, attack in enumerate(ATTACKS[:6]):
        (folder / "queries" / "examples" / f"q{number}.rq").write_text(
            f"#+ title.en: {attack}\n#+ title.lv: {attack}\n#+ description.en: {attack}\n#+ description.lv: {attack}\n"
            f"SELECT ?s ?o {{ ?s ?p ?o FILTER(?o != {text(attack)}) }} LIMIT 50\n",
            encoding="utf-8",
        )
    return build(folder, options=Options(check=False, durable=False)).written.out


def test_no_page_of_a_hostile_site_runs_anything(tmp_path: Path) -> None:
    """No script runs, no dialog opens, nothing is loaded from elsewhere, and the policy has nothing to refuse."""
    path = chromium()
    site = hostile(tmp_path / "hostile")
    with (site / manifest.FILE_NAME).open("rb") as lines:
        pages = [entry.path for entry in manifest.read(lines) if entry.path.endswith(".en.html")]
    assert len(pages) > 60
    faults: list[str] = []
    with served(Door(site)) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        page = browser.new_page()
        page.on("console", lambda message: faults.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: faults.append(f"{page.url}: dialog {dialog.message}"))
        page.on(
            "request",
            lambda asked: None if asked.url.startswith(f"http://127.0.0.1:{port}/") else faults.append(asked.url),
        )
        for name in pages:
            answer = page.goto(f"http://127.0.0.1:{port}/{name}")
            assert answer is not None
            assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            if page.evaluate("'pwned' in window"):
                faults.append(f"{name}: a script of the data ran")
            unsafe = page.evaluate(
                "[...document.querySelectorAll('[href],[src],[action]')].map((one) => one.getAttribute('href')"
                " || one.getAttribute('src') || one.getAttribute('action'))"
                ".filter((at) => /^\\s*(javascript|data|vbscript):/i.test(at))"
            )
            faults += [f"{name}: links to {address}" for address in unsafe]
        browser.close()
    assert faults == []
