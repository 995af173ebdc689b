"""Findings as one HTML page that needs nothing else: for a mail, or as an artifact of continuous integration."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Final

from saite.finding import Finding, Severity
from saite.iri import safe_href
from saite.report.names import Names, told, visible
from saite.report.text import by_rule
from saite.report.texts import Words
from saite.terms import Literal, NamedNode, Term

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8886; --bad: #b3261e; --warn: #8a5300; --info: #00639b; }
@media (prefers-color-scheme: dark) { :root { --bad: #ffb4ab; --warn: #ffb870; --info: #9bcbff; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; overflow-wrap: anywhere; }
.skip:not(:focus) { position: absolute; left: -100rem; }
table { border-collapse: collapse; } th, td { border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; }
th { text-align: start; } td.n { text-align: end; font-variant-numeric: tabular-nums; }
.mark { border: 1px solid; border-radius: .3rem; padding: 0 .4rem; font-size: .85em; white-space: nowrap; }
.violation { color: var(--bad); } .warning { color: var(--warn); } .info { color: var(--info); }
ol { list-style: none; padding: 0; } li { border-top: 1px solid var(--line); padding: .6rem 0; }
li p { margin: .2rem 0; } .message { font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .3rem 0; } dd { margin: 0; }
code { font-size: .92em; }
"""


def write_page(findings: Sequence[Finding], language: str, names: Names, title: str = "") -> str:
    """A page with a summary by rule, and each finding with place, node, value and what to do.

    Args:
        findings: located and sorted.
        language: of messages and words; texts in another language are marked as such.
        names: labels and short names.
        title: of what was checked.
    """
    words = Words(language)
    heading = words["title"] + (f": {title}" if title else "")
    counts = Counter(f.severity for f in findings)
    ordered = by_rule(findings)
    groups = [(key, list(group)) for key, group in groupby(ordered, key=lambda f: (f.severity, f.rule))]
    body = [f"<h1>{_shown(heading)}</h1>"]
    if findings:
        body.append(f"<p>{_shown(words.totals(counts))}</p>")
        body.append(_summary(groups, names, words))
        body += [_section(n, rule, group, language, names, words) for n, ((_, rule), group) in enumerate(groups, 1)]
    else:
        body.append(f"<p>{_shown(words['none'])}</p>")
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_shown(heading)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#findings">{_shown(words["skip"])}</a>\n'
        f'<main id="findings">\n{chr(10).join(body)}\n</main>\n<footer><p>{_shown(words["by"])}</p></footer>\n'
        "</body>\n</html>\n"
    )


def _summary(groups: list[tuple[tuple[Severity, str], list[Finding]]], names: Names, words: Words) -> str:
    rows = [
        f'<tr><td>{_mark(severity, words)}</td><td><a href="#r{n}"><code>{_rule(rule, names, words)}</code></a></td>'
        f'<td class="n">{len(group)}</td></tr>'
        for n, ((severity, rule), group) in enumerate(groups, 1)
    ]
    head = "".join(f'<th scope="col">{_shown(words[key])}</th>' for key in ("severity", "rule", "count"))
    body = "\n".join(rows)
    caption = f"<caption>{_shown(words['summary'])}</caption>"
    return f"<table>\n{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"


def _section(n: int, rule: str, group: list[Finding], language: str, names: Names, words: Words) -> str:
    label, tag = names.label(NamedNode(rule), language) if rule else ("", "")
    heading = f"{_mark(group[0].severity, words)} "
    heading += _marked_language(label, tag, words) + " " if label else ""
    heading += f"<code>{_link(rule, _rule(rule, names, words))}</code>"
    items = "\n".join(_item(finding, language, names, words) for finding in group)
    return f'<section aria-labelledby="r{n}">\n<h2 id="r{n}">{heading}</h2>\n<ol>\n{items}\n</ol>\n</section>'


def _item(finding: Finding, language: str, names: Names, words: Words) -> str:
    message, tag = told(finding.messages, language)
    rows = [(words["place"], f"<code>{_shown(str(finding.place))}</code>")] if finding.place else []
    if finding.focus is not None:
        rows.append((words["resource"], _term(finding.focus, language, names, words)))
    if finding.path:
        rows.append((words["property"], f"<code>{_shown(names.path(finding.path))}</code>"))
    if finding.value is not None and finding.value != finding.focus:
        rows.append((words["value"], _term(finding.value, language, names, words)))
    cure, cure_tag = told(finding.cures, language)
    if cure:
        rows.append((words["cure"], _marked_language(cure, cure_tag, words)))
    listed = "".join(f"<dt>{_shown(name)}</dt><dd>{value}</dd>" for name, value in rows)
    return f'<li><p class="message">{_marked_language(message, tag, words)}</p>\n<dl>{listed}</dl></li>'


def _term(term: Term, language: str, names: Names, words: Words) -> str:
    shown = f"<code>{_shown(names.short(term))}</code>"
    if isinstance(term, Literal):
        return shown
    label, tag = names.label(term, language)
    linked = _link(term.value, shown) if isinstance(term, NamedNode) else shown
    return linked + (f" {_marked_language(label, tag, words)}" if label else "")


def _link(iri: str, shown: str) -> str:
    href = safe_href(iri) if iri else None
    return f'<a href="{escape(href)}">{shown}</a>' if href else shown


def _rule(rule: str, names: Names, words: Words) -> str:
    return _shown(names.rule(rule) or words["unnamed"])


def _mark(severity: Severity, words: Words) -> str:
    return f'<span class="mark {severity.label}">{_shown(words[severity.label])}</span>'


def _marked_language(text: str, tag: str, words: Words) -> str:
    """A text that may be in another language than the page; its direction is its own."""
    lang = f' lang="{escape(tag)}"' if tag and tag.partition("-")[0] != words.language else ""
    return f"<bdi{lang}>{_shown(text)}</bdi>"


def _shown(text: str) -> str:
    return escape(visible(text))
