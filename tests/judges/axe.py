"""What axe-core finds wrong with a page that is open in the browser, its rules of best practice among them."""

from typing import Any

from playwright.sync_api import Page

from .fetch import judge

RUN = """async () => {
  const told = await axe.run(document, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  });
  return told.violations.map((rule) => ({
    id: rule.id,
    nodes: rule.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ")}`),
  }));
}"""
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


def violations(page: Page) -> list[str]:
    """The rules of axe-core that a page breaks, each with an element that breaks it and how many there are."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(judge("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [f"{rule['id']} ({len(rule['nodes'])}): {rule['nodes'][0]}" for rule in found]
