"""Which IRI has which document, and back.

An IRI's *path* follows from the IRI and the settings alone: ``{base}kos/vet`` -> ``concept/vet``, ``{base}def#Term`` ->
``def/Term``, ``http://other.org/a`` -> ``external/other.org/a``. Whatever a file system, a web server or Saite itself
would misread is escaped as ``=XX`` per UTF-8 byte, which :func:`unescape` undoes. ``~`` never stands in such a path,
except before the hash that tells apart what would share a file: see :meth:`Paths.assign`.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import quote

from saite.errors import ConfigError

SITE_FOLDERS: Final = frozenset((
    "assets", "browse", "catalog", "dump", "external", "frame", "queries", "query", "reconcile", "report", "search",
    "sparql",
    "table", "views",
))  # fmt: skip
"""Folders of the site itself, with a page of the same name; an IRI that wants one has its first letter escaped."""

SITE_PAGES: Final = frozenset(
    ("404", "context", "datapackage", "downloads", "healthz", "index", "metrics", "robots", "sitemap")
)
"""Further pages of the site itself; only the page is taken, not what IRIs have below it."""

FILE_SUFFIXES: Final = frozenset((
    "bib", "css", "csv", "gz", "html", "jpeg", "jpg", "js", "json", "jsonld", "jsonp", "linkset", "md", "nq", "nt",
    "parquet", "pdf", "png", "rdf", "ris", "svg", "trig", "tsv", "ttl", "txt", "webp", "xlsx", "xml", "zip", "zst"
))  # fmt: skip
"""Endings that a document must not have, since ``{document}.{suffix}`` are its files; language tags are added."""

MAX_SEGMENT: Final = 200
"""Bytes of a path segment; file systems take 255, the rest is for suffixes such as ``~links-99.zh-Hant.html.gz``."""

MAX_PATH: Final = 1000
"""Bytes of a document's path."""

EXTERNAL: Final = "external"
"""The folder of the documents of IRIs outside the base."""

ROOT: Final = "index="
"""The document of the base itself; ``index`` is the site's front page."""

_UNRESERVED: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._,()")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*(?:#[A-Za-z0-9_-]+)?")
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_SPECIAL: Final = re.compile(r"(?:^|[/#])(?:index|con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[/#]|$)", re.IGNORECASE)
_PERCENT: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ESCAPED: Final = re.compile(r"(?:=[0-9A-F]{2})+")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_SAFE: Final = re.compile("[A-Za-z0-9/._~-]*")
_SAFE_IN_PATH: Final = "/-._~!$'()*+,;=@"  # RFC 3986 pchar without ":" (a scheme in the first segment), "&" (for HTML)
_SAFE_IN_URI: Final = "/-._~!$'()*+,;=@:?#[]&%"
_NOT_IN_LINKS: Final = r"\x00-\x20\x7f-\x9f<>\"{}|\\^`\u2028\u2029"
_LINK: Final = re.compile(rf"(?:(?ai:https?|ftps?)://[^/?#{_NOT_IN_LINKS}]|(?ai:mailto|tel):)[^{_NOT_IN_LINKS}]*")


def safe_href(iri: str) -> str | None:
    """The IRI if it may become a link in HTML, else None (``javascript:``, ``data:``, ``urn:``, broken IRIs ...).

    Links are http(s), ftp(s), mailto and tel IRIs without the characters that RFC 3987 forbids; nothing else, so
    that data can never bring a script into a page, and no link leads nowhere.
    """
    return iri if _LINK.fullmatch(iri) else None


def quoted(path: str) -> str:
    """The path of a document or file as part of a relative reference (RFC 3986 section 4.2), for HTML and fields."""
    return path if _SAFE.fullmatch(path) else quote(path, safe=_SAFE_IN_PATH)


def uri(iri: str) -> str:
    """An IRI as a URI, which is all that a header field can hold (RFC 3987 section 3.1)."""
    return iri if iri.isascii() and _LINK.fullmatch(iri) else quote(iri, safe=_SAFE_IN_URI)


def normal(iri: str) -> str:
    """The IRI as equivalent IRIs are written alike (RFC 3986 section 6.2.2, RFC 3987 section 5.3.2).

    Unreserved characters and letters beyond ASCII are not percent-encoded, other octets with capital digits; NFC.
    IRIs with one normal form ask a web server for one thing, so they would share a document.
    """
    if iri.isascii() and "%" not in iri:
        return iri
    return unicodedata.normalize("NFC", _PERCENT.sub(_decode_octets, iri))


def _decode_octets(match: re.Match[str]) -> str:
    octets = bytes.fromhex(match[0].replace("%", ""))
    text = octets.decode("utf-8", "surrogateescape")
    out = []
    for char in text:
        code = ord(char)
        if 0xDC80 <= code <= 0xDCFF:  # an octet that is not UTF-8
            out.append(f"%{code - 0xDC00:02X}")
        elif code < 0x80:
            out.append(char if code in _UNRESERVED else f"%{code:02X}")
        else:
            out.append(char)
    return "".join(out)


def escape(segment: str) -> str:
    """A text as a path segment that every file system, web server and shell takes for what it is.

    Letters, digits and marks of any script and ``-._,()`` stay; other characters, a dot at either end, ``index``
    (which stands for a trailing slash) and the names of Windows devices are escaped. An empty text is ``=``.
    """
    if not segment:
        return "="
    if segment.lower() == "index" or _DEVICE.match(segment):
        out = _hex(segment[0]) + _escape_characters(segment[1:])
    else:
        out = _escape_characters(segment)
    if out[0] == ".":
        out = "=2E" + out[1:]
    if out[-1] == ".":
        out = out[:-1] + "=2E"
    return out


def _escape_characters(text: str) -> str:
    out: list[str] = []
    after_letter = False
    for char in text:
        if char in _KEPT:
            kept = True
        elif char < "\x80":
            kept = False
        else:
            category = unicodedata.category(char)
            # a mark must not join the letters of an escape before it
            kept = category[0] in "LN" or (category[0] == "M" and after_letter)
        out.append(char if kept else _hex(char))
        after_letter = kept and char != "."
    return "".join(out)


def _hex(char: str) -> str:
    return "".join(f"={octet:02X}" for octet in char.encode("utf-8"))


def unescape(segment: str) -> str:
    """The text of a path segment; the inverse of :func:`escape`.

    Raises:
        UnicodeDecodeError: the segment was not made by :func:`escape`.
    """
    if segment == "=":
        return ""
    return _ESCAPED.sub(lambda match: bytes.fromhex(match[0].replace("=", "")).decode("utf-8"), segment)


def fold(path: str) -> str:
    """What a file system that ignores letter case and Unicode form takes the path for."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:length]


def _shorten(text: str, limit: int) -> str:
    """The longest beginning of at most ``limit`` bytes that splits neither a character nor an escape."""
    octets = text.encode("utf-8")
    if len(octets) <= limit:
        return text
    return re.sub(r"=[0-9A-F]?$", "", octets[:limit].decode("utf-8", "ignore"))


class Paths:
    """Where the documents of a site lie.

    Args:
        base: where the site's IRIs live, ending in ``/`` or ``#``; "" if all IRIs are foreign.
        rules: pairs of an IRI's beginning (relative to the base, or absolute) and a folder; the longest wins.
        languages: tags that stand in file names, as in ``{document}.lv.html``.
        pages: further names at the root that are taken (free pages).

    Raises:
        ConfigError: a rule's folder leaves the site's folder, or is one of the site's own.
    """

    def __init__(
        self,
        base: str,
        rules: Iterable[tuple[str, str]] = (),
        languages: Iterable[str] = (),
        pages: Iterable[str] = (),
    ) -> None:
        self.base = base
        self.reserved = SITE_PAGES | {page.lower() for page in pages}
        self.suffixes = FILE_SUFFIXES | {language.lower() for language in languages}
        found = {}
        for begin, folder in rules:
            absolute = begin if _SCHEME.match(begin) else base + begin
            found[normal(absolute)] = self._folder(begin, folder)
        if base:
            found.setdefault(normal(base), "")
        self._rules = sorted(found.items(), key=lambda rule: (-len(rule[0]), rule[0]))

    def _folder(self, begin: str, folder: str) -> str:
        segments = folder.removesuffix("/").split("/") if folder else []
        wrong = [s for s in segments if escape(s) != s or len(s) > MAX_SEGMENT]
        if wrong or (segments and segments[0].lower() in SITE_FOLDERS):
            raise ConfigError(
                f"the documents of {begin!r} cannot lie in {folder!r}",
                cure="Name a folder of letters, digits, '-' and '_', which is not one of the site's own "
                f"({', '.join(sorted(SITE_FOLDERS))}).",
            )
        return "".join(f"{segment}/" for segment in segments)

    def inside(self, iri: str) -> bool:
        """Whether the site's own IRIs include this one (it is below the base, or a rule names it)."""
        return self._find(normal(iri)) is not None

    def _find(self, iri: str) -> tuple[str, str] | None:
        for begin, folder in self._rules:
            if iri.startswith(begin):
                return folder, iri[len(begin) :]
        if self.base.endswith("#") and iri == self.base[:-1]:
            return "", ""
        return None

    def path(self, iri: str) -> str:
        """The path that the IRI asks for: its document, unless another IRI has the better claim (:meth:`assign`)."""
        iri = normal(iri)
        found = self._find(iri)
        if found is None:
            return self._bounded(self._external(iri))
        folder, rest = found
        if _PLAIN.fullmatch(rest) and len(rest) <= MAX_SEGMENT and not _SPECIAL.search(rest):
            path = folder + rest.replace("#", "/")
        elif rest in ("", "#") and not folder:
            path = ROOT
        else:
            path = folder + self._relative(rest)
        first = path.partition("/")[0]
        if not folder and (first.lower() in SITE_FOLDERS or path.lower() in self.reserved):
            path = _hex(path[0]) + _escape_characters(path[1 : len(first)]) + path[len(first) :]
        return self._bounded(path)

    def _external(self, iri: str) -> str:
        match = _SCHEME.fullmatch(iri)
        scheme, rest = (match[1], match[2]) if match else ("", iri)
        if scheme in ("http", "https") and rest.startswith("//"):
            authority, slash, rest = rest[2:].partition("/")
            for mark in "?#":
                if mark in authority:
                    authority, found, tail = authority.partition(mark)
                    rest, slash = found + tail + slash + rest, ""
            host = escape(authority)
            if not rest and not slash:
                return f"{EXTERNAL}/{self._last(host)}"
            return f"{EXTERNAL}/{host}/{self._relative(rest)}"
        return f"{EXTERNAL}/{escape(scheme + ':')}/{self._relative(rest)}"

    def _relative(self, rest: str) -> str:
        """The path of what follows the base: segments of the path, the query with the last of them, the fragment."""
        rest, hash_, fragment = rest.partition("#")
        path, question, query = rest.partition("?")
        segments = path.split("/")
        segments[-1] += question + query
        names = [escape(segment) for segment in segments]
        if not segments[-1]:
            names[-1] = "index"
            if fragment:  # the terms of http://example.org/ns/#Term lie in ns/, beside those of ns/Term
                names.pop()
        if hash_ and fragment:
            names.append(escape(fragment))
        names[-1] = self._last(names[-1])
        return "/".join(names)

    def _last(self, name: str) -> str:
        """The last segment, which must not end as a file of another document does."""
        stem, dot, suffix = name.rpartition(".")
        return f"{stem}=2E{suffix}" if dot and suffix.lower() in self.suffixes else name

    def _bounded(self, path: str) -> str:
        if len(path) <= MAX_SEGMENT and path.isascii():
            return path
        segments = [
            s if len(s.encode()) <= MAX_SEGMENT else f"{_shorten(s, MAX_SEGMENT - 18)}~x{_digest(s, 16)}"
            for s in path.split("/")
        ]
        bounded = "/".join(segments)
        if len(bounded.encode()) <= MAX_PATH:
            return bounded
        kept: list[str] = []
        size = 0
        for segment in segments:
            size += len(segment.encode()) + 1
            if size > MAX_PATH - 18:
                break
            kept.append(segment)
        return "/".join([*kept, f"~x{_digest(path, 16)}"])

    def name(self, text: str) -> str:
        """A text as the last segment of a document's path."""
        return self._bounded(self._last(escape(normal(text))))

    def candidates(self, path: str) -> tuple[str, ...]:
        """The IRIs, in normal form, that ask for a path: what a server looks up that has no table of documents.

        A path that was cut or marked with a hash (it has a ``~``) has none.
        """
        if "~" in path:
            return ()
        try:
            return tuple(iri for iri in self._guesses(path) if self.path(iri) == path and normal(iri) == iri)
        except UnicodeDecodeError:
            return ()

    def _guesses(self, path: str) -> dict[str, None]:
        found: dict[str, None] = {}
        if path == ROOT:
            roots = [begin for begin, folder in self._rules if not folder]
            found = dict.fromkeys([*roots, *(root + "#" for root in roots if not root.endswith("#"))])
            if self.base.endswith("#"):
                found[self.base[:-1]] = None
        for begin, folder in self._rules:
            if path.startswith(folder):
                found.update(dict.fromkeys(begin + rest for rest in _rests(path[len(folder) :])))
        if path.startswith(f"{EXTERNAL}/"):
            host, slash, tail = path[len(EXTERNAL) + 1 :].partition("/")
            head = unescape(host)
            begins = (f"http://{head}", f"https://{head}", head)
            for rest in _rests(tail) if slash else ("", "#"):
                found.update(dict.fromkeys(begin + mark + rest for begin in begins for mark in ("/", "")))
        return found

    def assign(self, iris: Sequence[str]) -> list[str]:
        """The documents of IRIs: no two the same, also where letter case or the form of Unicode is ignored.

        What an IRI gets depends on the set of IRIs, not on their order. Of those that ask for one path, the first
        keeps it: IRIs in normal form before others, then in code point order (so a class before its property); the
        others get ``~x`` and a hash of the IRI.

        Args:
            iris: the IRIs, none twice.
        """
        return distinct([self.path(iri) for iri in iris], iris)


def _rests(path: str) -> list[str]:
    """What may stand after the base for a path: the last segment may be a fragment or stand for a slash."""
    segments = path.split("/")
    texts = [unescape(segment) for segment in segments]
    plain = "/".join(texts)
    rests = [plain, plain + "#"]
    if segments[-1] == "index":
        rests += [slash := plain.removesuffix("index"), slash + "#"]
    before, last = "/".join(texts[:-1]), texts[-1]
    rests += [f"{before}#{last}", f"{before}/#{last}", f"#{last}"]
    return rests


def distinct(wanted: Sequence[str], iris: Sequence[str]) -> list[str]:
    """Paths of which no two are the same, also without regard to letter case; see :meth:`Paths.assign`."""
    paths = list(wanted)
    first: dict[str, int] = {}
    shared: dict[str, list[int]] = {}
    for number, path in enumerate(paths):
        other = first.setdefault(fold(path), number)
        if other != number:
            shared.setdefault(fold(path), [other]).append(number)
    for key in sorted(shared):
        _, *others = sorted(shared[key], key=lambda n: (normal(iris[n]) != iris[n], iris[n]))
        for number in others:
            length = 8
            while fold(path := _marked(wanted[number], iris[number], length)) in first and length < 64:
                length *= 2
            first[fold(path)] = number
            paths[number] = path
    return paths


def _marked(path: str, iri: str, length: int) -> str:
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{_shorten(name, MAX_SEGMENT)}~x{_digest(iri, length)}"
