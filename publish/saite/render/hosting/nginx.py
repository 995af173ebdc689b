"""Rules for nginx: maps for the ``http`` block, locations for a ``server`` block."""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

from saite.artifact import Artifact
from saite.fields import ALLOW, ALWAYS, POLICY, PREFLIGHT, VARY, compressible
from saite.iri import quoted, uri
from saite.naming import Name
from saite.render.hosting.plan import LONG, LONGER, TEXT, TYPES, Plan
from saite.render.hosting.wishes import Wish, languages, media, taken
from saite.signposting import Link, types

MAPS: Final = ".saite-nginx-maps.conf"
"""For the ``http`` block."""

SERVER: Final = ".saite-nginx.conf"
"""For a ``server`` block, whose root is the built folder (or has it at the path of ``url``)."""

_NOWHERE: Final = "/.saite-nowhere"  # never a file


def artifacts(plan: Plan) -> Iterator[Artifact]:
    """The two files."""
    yield Artifact(MAPS, TEXT, lambda: (f"{line}\n".encode() for line in _maps(plan)))
    yield Artifact(SERVER, TEXT, "".join(f"{line}\n" for line in _server(plan)).encode())


def _maps(plan: Plan) -> Iterator[str]:
    yield "# Written by Saite anew at each build. Include it in http { }, once for all sites."
    longest = max((len(name.path.encode()) for name in plan.names()), default=0)
    count = len(plan.names())
    bucket = 128
    while bucket < longest + len(plan.root) + 64:
        bucket *= 2
    yield f"map_hash_bucket_size {bucket};"
    yield f"map_hash_max_size {max(2048, 2 * count)};"
    yield from _map("$http_accept_language", "$saite_language", _wished(languages(plan.languages)), plan.languages[0])
    page = f'"{plan.page("$saite_language")}"'
    endings = {form: f'"{form}"' for form, _ in plan.forms} | {"html": page}
    no_wish = [('""', page), ('"~^[^/]*$"', page)]  # no expression matches what is empty
    yield from _map("$http_accept", "$saite_form", no_wish + _wished(media(plan.forms), endings), f'"{_NOWHERE}"')
    pages = no_wish + _wished(taken("html", "text/html"), endings)
    yield from _map("$http_accept", "$saite_page", pages, f'"{_NOWHERE}"')
    forms = "|".join(ending.removeprefix(".") for ending, _ in plan.rdf)
    tags = "|".join(plan.languages)
    document = rf'"~^(?<saite_begin>.+?)(?:(?:\.(?:{tags}))?\.html|{plan.mark}\.(?:{forms or "html"}))$"'
    yield from _map("$uri", "$saite_document", [(document, "$saite_begin")], "$uri")
    tag = rf'"~\.(?<saite_tag>{tags})\.html$"'
    only = [(tag, "$saite_tag"), (r'"~\.html$"', plan.languages[0])]
    yield from _map("$uri", "$saite_tongue", only, '""')
    ending = rf'"~(?<saite_end>(?:\.(?:{tags}))?\.html|\.(?:{forms or "html"}))$"'
    yield from _map("$uri", "$saite_ending", [(ending, "$saite_end")], '""')
    named = ((_key(plan, name.path), _value(uri(name.iri))) for name in plan.names() if name.iri)
    yield from _map("$saite_document", "$saite_iri", named, '""')
    yield from _map("$saite_document", "$saite_gone", ((_key(plan, n.path), "1") for n in plan.gone()), '""')
    later = ((_key(plan, n.path), _successor(plan, n.successor)) for n in plan.gone() if n.successor)
    yield from _map("$saite_document", "$saite_successor", later, '""')
    told = '"<$saite_successor>; rel=\\"successor-version\\""'
    yield from _map("$saite_successor", "$saite_later", [('""', '""')], told)
    odd = (
        (_key(plan, name.path), _value(plan.root + quoted(name.path)))
        for name in plan.names()
        if name.iri and quoted(name.path) != name.path
    )
    yield from _map("$saite_document", "$saite_stem", odd, "$saite_document")
    yield from _links(plan)
    things = ((_key(plan, path), _value(plan.at(see))) for path, see in plan.things())
    yield from _map("$uri", "$saite_see", things, '""')


def _links(plan: Plan) -> Iterator[str]:
    """The field ``Link``: of what describes a thing, of other pages, of dumps and tables."""
    several = [language for language in plan.languages if len(plan.languages) > 1]
    pages = [Link("alternate", f"$saite_stem{plan.page(tag)}", "text/html") for tag in several]
    rdf = [
        Link("alternate describedby", f"$saite_stem{ending}", kind, profile=profile)
        for ending, kind, profile in plan.alternates
    ]
    typed = ((_key(plan, n.path), _told(types(n.type), more=True)) for n in plan.names() if n.type)
    yield from _map("$saite_document", "$saite_types", typed, _told(types(""), more=True))
    whose = ((_key(plan, n.path), _told(plan.belonging(n, "author"), more=True)) for n in plan.names() if n.author)
    yield from _map("$saite_document", "$saite_authors", whose, _told(plan.belonging(Name(""), "author"), more=True))
    dataset = plan.dataset
    rows = [(_key(plan, dataset.path), _told(plan.items(), more=True))] if dataset else []
    yield from _map("$saite_document", "$saite_place", rows, _told(plan.belonging(Name(""), "collection"), more=True))
    describes = _told([Link("describes", "$saite_stem", "text/html")], more=True)
    yield from _map("$saite_ending", "$saite_about", [('""', '""'), ('"~html$"', "$saite_types")], describes)
    licence = plan.belonging(Name(""), "license")
    yield from _map("$saite_tongue", "$saite_plain", [('""', '""')], _told([*pages, *licence]))
    first = _told([*plan.landing("$saite_stem"), Link("cite-as", "$saite_iri")], more=True)
    long = [(f'"~^.{{{LONG + 1}}}"', '""')] if plan.whole().get("linksets") else []
    yield from _map("$saite_stem", "$saite_forms", long, _told([*pages, *rdf]))
    whole = f'"{first[1:-1]}$saite_about$saite_place$saite_authors$saite_forms"'
    yield from _map("$saite_iri", "$saite_links", [('""', "$saite_plain")], whole)
    contents = ((_key(plan, path), _told(links)) for path, links in plan.contents())
    yield from _map("$uri", "$saite_content", contents, '""')


def _told(links: Iterable[Link], *, more: bool = False) -> str:
    """Links as a value in quotes, which may contain variables of ours; with a comma behind it if more follow."""
    told = [_safe(link).field().replace('"', '\\"') for link in links]
    return '"' + "".join(f"{one}, " for one in told) + '"' if more else '"' + ", ".join(told) + '"'


def _safe(link: Link) -> Link:
    """A link whose dollar sign begins a variable of ours, or is escaped."""
    return link if link.target.startswith("$saite_") else link._replace(target=link.target.replace("$", "%24"))


def _server(plan: Plan) -> Iterator[str]:
    yield "# Written by Saite anew at each build. In server { }, after root:"
    yield f"#   include .../{SERVER};     (and in http: include .../{MAPS};)"
    yield "merge_slashes off;"
    yield "absolute_redirect off;"
    yield "gzip on;"
    yield "gzip_static on;"
    known = [*TYPES.values(), *LONGER.values()]
    kinds = sorted({kind.partition(";")[0] for kind in known if compressible(kind)} - {"text/html"})
    yield f"gzip_types {' '.join(kinds)};"
    yield "default_type application/octet-stream;"
    yield "types {"
    for ending, media_type in TYPES.items():
        yield f"    {media_type.partition(';')[0]} {ending};"
    yield "}"
    texts = (kind.partition(";")[0] for kind in TYPES.values() if "charset" in kind)
    yield "charset utf-8;"
    yield f"charset_types {' '.join(sorted({*texts} - {'text/html'}))};"
    yield f"error_page 404 {plan.root}404.html;"
    yield "error_page 405 @saite_method;"
    yield "error_page 410 @saite_gone;"
    yield 'if ($request_uri ~* "^[^?]*%2f") { return 404; }'
    yield r"location ~ /\.(?!well-known/) { return 404; }"
    yield f"location = {plan.root}404.html {{"
    yield from _indented(_fields({**_ALL, "Vary": VARY}))
    yield "}"
    for ending, media_type in LONGER.items():
        yield f"location ~ {re.escape('.' + ending)}$ {{"
        yield "    types { }"
        yield f'    default_type "{media_type}";'
        yield from _indented(_guards())
        yield "    try_files $uri @saite_document;"
        yield from _indented(_fields({**_ALL, "Vary": "Accept-Encoding"}))
        yield "}"
    yield f"location = {plan.root} {{"
    yield from _indented(_guards())
    yield f"    try_files {plan.root}index$saite_form {plan.root}index$saite_page @saite_other;"
    yield from _indented(_document())
    yield "}"
    for path in plan.bare:
        yield f"location = {plan.root}{path} {{"
        yield from _indented(_guards())
        yield "    try_files $uri$saite_form $uri.ttl @saite_other;"
        yield from _indented(_document())
        yield "}"
    yield f"location {plan.root} {{"
    yield from _indented(_guards())
    yield "    if ($saite_gone) { return 410; }"
    yield "    try_files $uri @saite_document;"
    yield from _indented(_fields({**_ALL, **_OF_FILE, "Vary": "Accept-Encoding"}))
    yield "}"
    yield "location @saite_document {"
    yield "    if ($saite_see) { return 303 $saite_see; }"
    yield "    try_files $uri$saite_form $uri$saite_page @saite_other;"
    yield from _indented(_document())
    yield "}"
    yield "location @saite_gone {"
    yield "    try_files $uri $uri$saite_form $uri$saite_page @saite_other;"
    yield from _indented(_document())
    yield '    add_header Link "$saite_later" always;'
    yield "}"
    yield "location @saite_other {"
    yield "    default_type text/plain;"
    yield from _indented(_fields({**_ALL, "Vary": VARY, "Link": "$saite_links"}))
    can = ", ".join(kind for _, kind in plan.forms)
    yield f'    if (-f $document_root$uri.html) {{ return 406 "406: This document can be had as {can}.\\n"; }}'
    yield f'    if ($uri = {plan.root}) {{ return 406 "406: This document can be had as text/html.\\n"; }}'
    yield "    return 404;"
    yield "}"
    yield "location @saite_method {"
    yield from _indented(_fields({**_ALL, "Allow": ALLOW, "Vary": VARY}))
    yield "    return 405;"
    yield "}"


_ALL: Final = {**ALWAYS, "Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
_OF_FILE: Final = {"Content-Language": "$saite_tongue", "Link": "$saite_links$saite_content"}


def _guards() -> Iterator[str]:
    """Methods, for the site alone: what is passed on to an endpoint beside it has its own."""
    yield "if ($request_method = OPTIONS) {"
    yield from _indented(_fields({**ALWAYS, **PREFLIGHT}))
    yield "    return 204;"
    yield "}"
    yield "if ($request_method !~ ^(?:GET|HEAD|OPTIONS)$) { return 405; }"


def _document() -> Iterator[str]:
    yield from _fields(
        {**_ALL, **_OF_FILE, "Vary": f"{VARY}, Accept-Encoding", "Content-Location": "$saite_stem$saite_ending"}
    )


def _fields(fields: dict[str, str]) -> Iterator[str]:
    for name, value in fields.items():
        yield f'add_header {name} "{value}" always;'


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)


def _map(source: str, variable: str, rows: Iterable[tuple[str, str]], default: str) -> Iterator[str]:
    yield f"map {source} {variable} {{"
    yield f"    default {default};"
    for key, value in rows:
        yield f"    {key} {value};"
    yield "}"


def _wished(wishes: Iterable[Wish], values: dict[str, str] | None = None) -> list[tuple[str, str]]:
    return [(f'"~*{wish.pcre()}"', (values or {}).get(wish.value, wish.value)) for wish in wishes]


def _key(plan: Plan, path: str) -> str:
    """A path as nginx compares it: decoded, and in quotes."""
    return _quoted(plan.root + ("" if path == "index" else unquote(path)))


def _value(text: str) -> str:
    """An address, in quotes; a dollar sign would begin a variable, and cannot be escaped."""
    return _quoted(text.replace("$", "%24"))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _successor(plan: Plan, successor: str) -> str:
    return _value(uri(successor) if "://" in successor else plan.at(successor))
