"""Rules for Apache 2.4: an ``.htaccess`` in the built folder (mod_rewrite, mod_headers, mod_mime, mod_deflate)."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from saite.artifact import Artifact
from saite.fields import ALLOW, ALWAYS, POLICY, PREFLIGHT, VARY, compressible
from saite.iri import uri
from saite.naming import Name
from saite.profile import MARKS
from saite.render.hosting.plan import LONG, LONGER, TEXT, TYPES, Plan
from saite.render.hosting.wishes import Wish, languages, media, taken
from saite.signposting import ABOUT_PAGE, Link

FILE: Final = ".htaccess"


def artifacts(plan: Plan) -> Iterator[Artifact]:
    """The file."""
    yield Artifact(FILE, TEXT, lambda: (f"{line}\n".encode() for line in _rules(plan)))


def _rules(plan: Plan) -> Iterator[str]:
    forms = "|".join(("html", *(ending.removeprefix(".") for ending, _ in plan.rdf)))
    inner = "|".join((*plan.languages, *(MARKS[name] for name in plan.profiles)))  # before an ending
    file = rf"^(.+?)(?:\.(?:{inner}))?\.(?:{forms})$"
    probe = plan.rdf[0][0] if plan.rdf else ".none"
    yield "# Written by Saite anew at each build. It needs AllowOverride All (or: Options FileInfo Indexes)."
    yield "Options -Indexes -MultiViews"
    yield "DirectorySlash Off"
    yield "DirectoryIndex disabled"
    yield "AddDefaultCharset Off"
    for ending, media_type in TYPES.items():
        yield f'AddType "{media_type}" .{ending}'
    for ending, media_type in LONGER.items():
        yield f'<FilesMatch "{re.escape("." + ending)}$">'
        yield f'    ForceType "{media_type}"'
        yield "</FilesMatch>"
    for language in plan.languages:
        yield f"RemoveLanguage .{language}"
    yield "RemoveEncoding .gz"
    yield f"ErrorDocument 404 {plan.root}404.html"
    yield f'ErrorDocument 410 "{plan.root}%{{reqenv:saite_gone}}"'
    yield ""
    yield "RewriteEngine On"
    yield from _rule("^", "-", "R=404,L", r"%{REQUEST_URI} /\.(?!well-known/)")
    yield from _rule("^", "-", "R=405,L", "%{REQUEST_METHOD} !^(?:GET|HEAD|OPTIONS)$")
    yield from _rule("^", "-", "R=204,L", "%{REQUEST_METHOD} ^OPTIONS$")
    for name in plan.gone():
        yield from _removed(plan, name, rf"^({_pattern(name.path)}(?:\.(?:{inner}))?\.(?:{forms}))$", "$1")
    stem = r"%{REQUEST_FILENAME} ^(.+?)(?:\.[A-Za-z-]+)?\.[a-z]+$"
    thing = f"%{{REQUEST_URI}} !^{plan.root}dump/"  # dumps are no documents, though they have RDF beside them
    yield from _rule("^", "-", "E=saite_rdf:%1", thing, stem, f"%1{probe} -f", f"%{{REQUEST_URI}} {file}")
    yield from _rule("^", "-", "L", "%{REQUEST_FILENAME} -f")
    named = (f"%{{REQUEST_FILENAME}}{probe} -f", "%{REQUEST_URI} ^(.+)$")
    yield from _rule("^", "-", "E=saite_rdf:%1", thing, *named)
    for path, see in plan.odd_things():
        yield from _rule(f"^{_pattern(path)}$", _target(plan.at(see)), "R=303,NE,L")
    for begin, folder in plan.rules:
        there = f"%{{CONTEXT_DOCUMENT_ROOT}}{plan.root}{folder}$1.html -f"
        yield from _rule(f"^{_pattern(begin)}(.+)$", f"{plan.root}{folder}$1", "R=303,L", there)
    yield from _wishes(plan)
    for name in plan.gone():
        form = "%{ENV:saite_form}"
        yield f"RewriteCond {form} ."
        yield from _removed(plan, name, f"^{_pattern(name.path)}$", f"{_flag(name.path)}{form}")
    for variable in ("saite_form", "saite_page"):
        found = f"%{{ENV:{variable}}}"
        index = f"%{{REQUEST_FILENAME}}index{found} -f"
        yield from _rule("^$", f"{plan.root}index{found}", "E=saite_document:1,END", index)
        to = f"%{{REQUEST_URI}}{found}"
        yield from _rule("^", to, "E=saite_document:1,END", f"{found} .", f"%{{REQUEST_FILENAME}}{found} -f")
    for path in plan.bare:
        turtle = "%{REQUEST_FILENAME}.ttl -f"
        yield from _rule(f"^{_pattern(path)}$", "%{REQUEST_URI}.ttl", "E=saite_document:1,END", turtle)
    yield from _rule("^$", "-", "R=406,L")
    yield from _rule("^", "-", "R=406,L", "%{REQUEST_FILENAME}.html -f")
    yield ""
    for field, value in {**ALWAYS, "Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}.items():
        yield f'Header always set {field} "{value}"'
    for field, value in PREFLIGHT.items():
        yield f'Header always set {field} "{value}" "expr=%{{REQUEST_METHOD}} == \'OPTIONS\'"'
    yield f'Header always set Allow "{ALLOW}" "expr=%{{REQUEST_STATUS}} == 405"'
    statuses = ", ".join(f"'{status}'" for status in (303, 404, 405, 406, 410))
    yield f'Header always set Vary "{VARY}" "expr=%{{REQUEST_STATUS}} in {{ {statuses} }}"'
    yield f'Header set Vary "{VARY}, Accept-Encoding" env=REDIRECT_saite_document'
    yield 'Header set Content-Location "expr=%{escape:%{REQUEST_URI}}" env=REDIRECT_saite_document'
    for language in plan.languages:
        shown = f"(?:\\.{language})?" if language == plan.languages[0] else f"\\.{language}"
        yield f'Header set Content-Language "{language}" "expr=%{{REQUEST_URI}} =~ m#{shown}\\.html$#"'
    for prefix in ("", "REDIRECT_"):
        for link in (*plan.landing(f"%{{{prefix}saite_rdf}}e"), *plan.belonging(Name(""), "author")):
            yield f'Header always add Link "{_quoted(link)}" env={prefix}saite_rdf'
        variable = f"reqenv('{prefix}saite_rdf')"
        short = f" && !({variable} =~ m#^.{{{LONG + 1}}}#)" if plan.whole().get("linksets") else ""
        for link in _forms(plan, f"%{{{prefix}saite_rdf}}e"):
            yield f'Header always add Link "{_quoted(link)}" "expr=-n {variable}{short}"'
    yield from _signposts(plan)
    successor = '<%{REDIRECT_saite_successor}e>; rel=\\"successor-version\\"'
    yield f'Header always add Link "{successor}" env=REDIRECT_saite_successor'
    yield "<IfModule mod_deflate.c>"
    kinds = sorted({kind.partition(";")[0] for kind in (*TYPES.values(), *LONGER.values()) if compressible(kind)})
    yield f"    AddOutputFilterByType DEFLATE {' '.join(kinds)}"
    yield "</IfModule>"


def _forms(plan: Plan, stem: str) -> Iterator[Link]:
    """Links of documents of things, and of their files, to other forms."""
    for language in plan.languages:
        yield Link("alternate", stem + plan.page(language), "text/html")
    for ending, kind, profile in plan.alternates:
        yield Link("alternate describedby", stem + ending, kind, profile=profile)


def _signposts(plan: Plan) -> Iterator[str]:
    """Links that depend on what is answered: a page, an RDF file, the data set, a dump."""
    thing = "(-n reqenv('saite_rdf') || -n reqenv('REDIRECT_saite_rdf'))"
    page = r"%{REQUEST_URI} =~ m#\.html$#"
    yield f'Header always add Link "{_quoted(Link("type", ABOUT_PAGE))}" "expr={thing} && {page}"'
    for variable in ("saite_rdf", "REDIRECT_saite_rdf"):
        told = _quoted(Link("describes", f"%{{{variable}}}e", "text/html"))
        yield f'Header always add Link "{told}" "expr=-n reqenv(\'{variable}\') && !({page})"'
    dataset = plan.dataset
    if dataset is not None:
        here = f"%{{REQUEST_URI}} =~ m#^{_pattern(plan.at(dataset.path))}(?:\\.[A-Za-z.-]+)?$#"
        for link in plan.items():
            yield f'Header always add Link "{_quoted(link)}" "expr={here}"'
        for link in plan.belonging(Name(""), "collection"):
            yield f'Header always add Link "{_quoted(link)}" "expr={thing} && !({here})"'
    for path, links in plan.contents():
        for link in links:
            there = f"%{{REQUEST_URI}} =~ m#^{_pattern(plan.at(path))}$#"
            yield f'Header always add Link "{_quoted(link)}" "expr={there}"'


def _quoted(link: Link) -> str:
    """A link inside of quotes; a percent sign that begins no variable is doubled."""
    return re.sub("%(?![{])", "%%", link.field()).replace('"', '\\"')


def _removed(plan: Plan, name: Name, pattern: str, file: str) -> Iterator[str]:
    """What is no more: 410, with the file that would be the answer."""
    successor = name.successor
    if successor:
        successor = uri(successor) if "://" in successor else plan.at(successor)
    more = f"E=saite_successor:{_flag(successor)}" if successor else "E=saite_none:1"
    yield from _rule(pattern, "-", f"{more},E=saite_gone:{file},R=410,L", "%{ENV:REDIRECT_STATUS} ^$")


def _wishes(plan: Plan) -> Iterator[str]:
    yield from _rule("^", "-", f"E=saite_language:{plan.languages[0]}")
    tongues = [(wish, wish.value) for wish in languages(plan.languages)]
    yield from _chosen("saite_language", "Accept-Language", tongues)
    page = plan.page("%{ENV:saite_language}")
    endings = {form: form for form, _ in plan.forms} | {"html": page}
    wished = [(wish, endings[wish.value]) for wish in media(plan.forms)]
    yield from _rule("^", "-", f"E=saite_form:{page},S={len(wished)}", "%{HTTP:Accept} ^[^/]*$")
    yield from _chosen("saite_form", "Accept", wished)
    yield from _rule("^", "-", f"E=saite_page:{page}", "%{HTTP:Accept} ^[^/]*$")
    yield from _chosen("saite_page", "Accept", [(wish, page) for wish in taken("html", "text/html")])


def _chosen(variable: str, field: str, wished: list[tuple[Wish, str]]) -> Iterator[str]:
    """The first wish that the field has; the others are passed over."""
    for number, (wish, value) in enumerate(wished):
        rest = len(wished) - number - 1
        skip = f",S={rest}" if rest else ""
        yield from _rule("^", "-", f"E={variable}:{value}{skip}", f'"%{{HTTP:{field}}}" "{wish.pcre()}" [NC]')


def _rule(pattern: str, target: str, flags: str, *conditions: str) -> Iterator[str]:
    for condition in conditions:
        yield f"RewriteCond {condition}"
    yield f'RewriteRule "{pattern}" "{target}" [{flags}]'


def _pattern(path: str) -> str:
    """A path as an expression that means nothing but it; Apache compares it decoded."""
    return re.escape(unquote(path)).replace('"', '\\"').replace("\\-", "-")


def _target(address: str) -> str:
    return address.replace("%", "\\%").replace("$", "\\$").replace('"', "%22")


def _flag(text: str) -> str:
    return text.replace("%", "\\%").replace("$", "\\$").replace(",", "\\,")
