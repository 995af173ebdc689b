"""Style sheets say what they seem to say."""

from pathlib import Path

from playwright.sync_api import Browser

NESTED = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const inside = (rules) => [...rules].flatMap((rule) =>
    rule instanceof CSSStyleRule ? [...rule.cssRules].map((one) => `${rule.selectorText} holds ${one.cssText}`)
      : inside(rule.cssRules ?? []));
  return inside(sheet.cssRules);
}"""
"""Rules inside of rules: valid, but ours have none, and a brace that was lost makes them of all that follows."""


def test_no_brace_is_lost(browser: Browser, sites: Path) -> None:
    """A rule that swallows those after it is valid for every checker, and leaves pictures and paper without a style."""
    page = browser.new_page()
    sheets = sorted((sites / "own" / "assets").glob("*.css"))
    assert sheets
    for sheet in sheets:
        assert page.evaluate(NESTED, sheet.read_text(encoding="utf-8")) == [], sheet.name
    assert page.evaluate(NESTED, ".a { margin: 0; .b { color: red; } }") == [".a holds & .b { color: red; }"]
    page.close()
