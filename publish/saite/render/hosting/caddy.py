"""Rules for Caddy 2: a snippet for a site block, whose root is the built folder."""

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

from saite.artifact import Artifact
from saite.fields import ALLOW, ALWAYS, POLICY, PREFLIGHT, VARY, compressible
from saite.iri import uri
from saite.naming import Name
from saite.render.hosting.plan import LONG, LONGER, TEXT, TYPES, Plan
from saite.render.hosting.wishes import Wish, languages, listed, media, taken
from saite.signposting import Link, types

FILE: Final = ".saite-Caddyfile"


def artifacts(plan: Plan) -> Iterator[Artifact]:
    """The file."""
    yield Artifact(FILE, TEXT, lambda: (f"{line}\n".encode() for line in _rules(plan)))


def _rules(plan: Plan) -> Iterator[str]:
    forms = "|".join(("html", *(ending.removeprefix(".") for ending, _ in plan.rdf)))
    tags = "|".join(plan.languages)
    yield f"# Written by Saite anew at each build. In a site block, after root *: import .../{FILE}"
    yield "route {"
    for field, value in {**ALWAYS, "Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}.items():
        yield f'header {field} "{value}"'
    yield "header -Server"
    yield "header -Last-Modified"
    yield "@saite_hidden path_regexp /\\.(?:[^w]|w[^e])"
    yield "@saite_options method OPTIONS"
    for field, value in PREFLIGHT.items():
        yield f'header @saite_options {field} "{value}"'
    yield "respond @saite_options 204"
    yield "@saite_method not method GET HEAD"
    yield f'header @saite_method Allow "{ALLOW}"'
    yield f'header @saite_method Vary "{VARY}"'
    yield "respond @saite_method 405"
    yield "error @saite_hidden 404"
    yield "@saite_slash vars_regexp {http.request.orig_uri} (?i)^[^?]*%2f"
    yield "error @saite_slash 404"
    yield from _choice(plan, "saite_language", "Accept-Language", [*languages(plan.languages)], plan.languages[0])
    asked = [(wish, wish.value) for wish in media(plan.forms)]
    yield from _wished("saite_wish", "Accept", asked, "none", "html")
    yield from _wished("saite_taken", "Accept", [(w, "html") for w in taken("html", "text/html")], "none", "html")
    pages = [(f"html!{language}", plan.page(language)) for language in plan.languages]
    rows = [*pages, (r"~^(\.[a-z]+)!", "${1}")]
    yield from _map("{saite_wish}!{saite_language}", "saite_form", rows, ".saite-nowhere")
    yield from _map("{saite_taken}!{saite_language}", "saite_page", pages, ".saite-nowhere")
    document = rf"^(.+?)(?:(?:\.(?:{tags}))?\.html|{plan.mark}\.(?:{forms}))$"
    yield from _map("{path}", "saite_document", [(f"~{document}", "${1}")], "{path}")
    named = ((_key(plan, name.path), uri(name.iri)) for name in plan.names() if name.iri)
    yield from _map("{saite_document}", "saite_iri", named, "-")
    yield from _map("{saite_document}", "saite_gone", ((_key(plan, n.path), "yes") for n in plan.gone()), "no")
    later = (
        (_key(plan, n.path), uri(n.successor) if "://" in n.successor else plan.at(n.successor))
        for n in plan.gone()
        if n.successor
    )
    yield from _map("{saite_document}", "saite_successor", later, "-")
    yield from _map("{path}", "saite_see", ((_key(plan, path), plan.at(see)) for path, see in plan.things()), "-")
    yield from _maps_of_links(plan)
    yield "encode gzip {"
    yield "    match {"
    for kind in sorted({k.partition(";")[0] for k in (*TYPES.values(), *LONGER.values()) if compressible(k)}):
        yield f"        header Content-Type {kind}*"
    yield "    }"
    yield "}"
    yield '@saite_entity not vars {saite_iri} "-"'
    for link in (*plan.landing("{saite_document}"), Link("cite-as", "{saite_iri}")):
        yield f"header @saite_entity +Link `{link.field()}`"
    short = f"not path_regexp ^.{{{LONG + 1}}}" if plan.whole().get("linksets") else "path *"
    yield f'@saite_short {{\n    not vars {{saite_iri}} "-"\n    {short}\n}}'
    for link in _forms(plan):
        yield f"header @saite_short +Link `{link.field()}`"
    for variable in ("saite_place", "saite_author"):
        yield f'@{variable} {{\n    not vars {{saite_iri}} "-"\n    not vars {{{variable}}} "-"\n}}'
        yield f"header @{variable} +Link {{{variable}}}"
    yield '@saite_content not vars {saite_content} "-"'
    yield "header @saite_content +Link {saite_content}"
    yield '@saite_later not vars {saite_successor} "-"'
    yield 'header @saite_later +Link `<{saite_successor}>; rel="successor-version"`'
    yield '@saite_removed vars {saite_gone} "yes"'
    yield "error @saite_removed 410"
    yield "@saite_file file"
    yield "route @saite_file {"
    yield from _indented(_sent(plan, "Accept-Encoding"))
    yield "}"
    yield '@saite_thing not vars {saite_see} "-"'
    yield f'header @saite_thing Vary "{VARY}"'
    yield "redir @saite_thing {saite_see} 303"
    negotiated = "{0}{{saite_form}} {0}{{saite_page}}"
    documents = [(plan.root, negotiated.format(f"{plan.root}index")), ("*", negotiated.format("{path}"))]
    documents += [(plan.root + path, "{path}.ttl") for path in plan.bare]
    for number, (path, found) in enumerate(documents):
        yield f"@saite_form{number} {{\n    path {path}\n    file {found}\n}}"
        yield f"route @saite_form{number} {{"
        yield "    rewrite * {http.matchers.file.relative}"
        yield '    header Content-Location "{uri}"'
        yield from _indented(_sent(plan, f"{VARY}, Accept-Encoding"))
        yield "}"
    yield "@saite_some file {path}.html"
    yield f"@saite_front path {plan.root}"
    yield f'header Vary "{VARY}"'
    yield "error @saite_some 406"
    yield "error @saite_front 406"
    yield "error 404"
    yield "}"
    yield "handle_errors {"
    yield "route {"
    yield f'header Vary "{VARY}"'
    yield "@saite_missing expression {http.error.status_code} == 404"
    yield f"rewrite @saite_missing {plan.root}404.html"
    yield "file_server @saite_missing {\n    status 404\n}"
    yield "@saite_gone {"
    yield "    expression {http.error.status_code} == 410"
    yield "    file {path} {path}{saite_form} {path}{saite_page}"
    yield "}"
    yield "route @saite_gone {"
    yield "    rewrite * {http.matchers.file.relative}"
    yield from _indented(_sent(plan, f"{VARY}, Accept-Encoding", "status 410"))
    yield "}"
    can = ", ".join(kind for _, kind in plan.forms)
    yield f'respond "{{http.error.status_code}}: This document can be had as {can}." {{http.error.status_code}}'
    yield "}"
    yield "}"


def _sent(plan: Plan, vary: str, *more: str) -> Iterator[str]:
    """A file, with what is told of files."""
    for ending, media_type in (*TYPES.items(), *LONGER.items()):
        name = ending.replace(".", "_")
        yield f"@saite_is_{name} path *.{ending}"
        yield f'header @saite_is_{name} Content-Type "{media_type}"'
    yield from _signposts(plan)
    yield from _tongues(plan)
    yield f'header Vary "{vary}"'
    yield "file_server {"
    yield from ("    precompressed gzip", "    index .saite-nowhere", *(f"    {line}" for line in more))
    yield "}"


def _choice(plan: Plan, variable: str, field: str, wishes: list[Wish], default: str) -> Iterator[str]:
    return _wished(variable, field, [(wish, wish.value) for wish in wishes], default, default)


def _wished(variable: str, field: str, wished: list[tuple[Wish, str]], otherwise: str, silent: str) -> Iterator[str]:
    """The first wish that a field has. There is no look-around: what the field lists is found out before."""
    names = list(dict.fromkeys(name for wish, _ in wished for name in wish.unless))
    marks = []
    for number, name in enumerate(names):
        mark = f"{variable}_{number}"
        yield from _map(f"{{header.{field}}}", mark, [(rf"~(?i)^(?:.*,)?\s*{listed(name)}", "+")], "-")
        marks.append(f"{{{mark}}}")
    rows = [("~^[+-]*!$" if field == "Accept-Language" else "~^[+-]*![^/]*$", silent)]
    for wish, value in wished:
        without = "".join("-" if name in wish.unless else "[+-]" for name in names)
        rows.append((rf"~(?i)^{without}!(?:.*,)?\s*{wish.element}", value))
    yield from _map(f"{''.join(marks)}!{{header.{field}}}", variable, rows, otherwise)


def _map(source: str, variable: str, rows: Iterable[tuple[str, str]], default: str) -> Iterator[str]:
    yield f'map "{source}" {{{variable}}} {{'
    for key, value in rows:
        yield f"    `{key}` `{value}`"
    yield f"    default `{default}`"
    yield "}"


def _forms(plan: Plan) -> Iterator[Link]:
    """Links of documents of things, and of their files, to other forms."""
    for language in plan.languages:
        yield Link("alternate", f"{{saite_document}}{plan.page(language)}", "text/html")
    for ending, kind, profile in plan.alternates:
        yield Link("alternate describedby", f"{{saite_document}}{ending}", kind, profile=profile)


def _maps_of_links(plan: Plan) -> Iterator[str]:
    """What single documents have: their types, authors and place; and dumps."""
    dataset = plan.dataset
    place = [(_key(plan, dataset.path), _told(plan.items()))] if dataset else []
    yield from _map("{saite_document}", "saite_place", place, _told(plan.belonging(Name(""), "collection")))
    whose = ((_key(plan, n.path), _told(plan.belonging(n, "author"))) for n in plan.names() if n.author)
    yield from _map("{saite_document}", "saite_author", whose, _told(plan.belonging(Name(""), "author")))
    typed = ((_key(plan, n.path), _told(types(n.type))) for n in plan.names() if n.type)
    yield from _map("{saite_document}", "saite_types", typed, _told(types("")))
    contents = ((_key(plan, path), _told(links)) for path, links in plan.contents())
    yield from _map("{path}", "saite_content", contents, "-")


def _told(links: Iterable[Link]) -> str:
    return ", ".join(link.field() for link in links) or "-"


def _signposts(plan: Plan) -> Iterator[str]:
    """Links that depend on what is answered: a page, or an RDF file."""
    yield '@saite_landing {\n    path *.html\n    not vars {saite_iri} "-"\n}'
    yield "header @saite_landing +Link {saite_types}"
    endings = " ".join(f"*{ending}" for ending, _ in plan.rdf)
    if endings:
        yield f'@saite_metadata {{\n    path {endings}\n    not vars {{saite_iri}} "-"\n}}'
        yield f"header @saite_metadata +Link `{Link('describes', '{saite_document}', 'text/html').field()}`"


def _tongues(plan: Plan) -> Iterator[str]:
    first, *others = plan.languages
    for language in others:
        yield f"@saite_in_{language} path *.{language}.html"
        yield f'header @saite_in_{language} Content-Language "{language}"'
    yield f"@saite_in_{first} {{\n    path *.html"
    for language in others:
        yield f"    not path *.{language}.html"
    yield f'}}\nheader @saite_in_{first} Content-Language "{first}"'


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)


def _key(plan: Plan, path: str) -> str:
    return plan.root + ("" if path == "index" else unquote(path))
