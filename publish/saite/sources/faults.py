"""Faults of files: file, line, column, the line itself, and what to do about it."""

import codecs
import re
from typing import Final

from saite.errors import Place, SyntaxFault
from saite.namespaces import PREFIXES
from saite.sources.formats import Format, sniff
from saite.sources.source import Source, head_of, open_bytes, text_of

_WIDTH: Final = 120
"""An excerpt is no longer than this many characters."""

_NO_BASE_CURE: Final = {
    "Turtle": "Add @base <https://.../> . at the top of the file, set base in saite.toml, or give --base IRI.",
    "TriG": "Add @base <https://.../> . at the top of the file, set base in saite.toml, or give --base IRI.",
    "N-Triples": "Write the whole IRI: N-Triples has no relative ones.",
    "N-Quads": "Write the whole IRI: N-Quads has no relative ones.",
    "RDF/XML": 'Add xml:base="https://.../" to the root element, set base in saite.toml, or give --base IRI.',
    "JSON-LD": 'Add "@base": "https://.../" to the @context, set base in saite.toml, or give --base IRI.',
}

_LANGUAGE_CURE: Final = (
    'Write a tag of BCP 47, such as "lv", "en-GB" or "zh-Hant": letters first, parts of 1 to 8, hyphens.'
)

_GOOD_TAG: Final = r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"

_RULES: Final = (
    # what the parser says; what it means ({0}: the words at fault, {1}: a group of the pattern); what to do
    (r"No scheme found", "the relative IRI {0} has no base to start from", ""),
    (
        r"Invalid IRI code point '(\s|\\[nrt]|\\u\{[0-9a-f]+\})'",
        "the IRI {0} has a space or a line end in it",
        "Write %20 for a space in an IRI; if the IRI should have ended before, put its > there.",
    ),
    (
        r"Invalid IRI code point '(.*)'",
        "the IRI {0} has the character {1} in it, which no IRI may have",
        "Percent-encode the character, as in %7B for an opening brace, or mend the IRI.",
    ),
    (
        r"(escapes in IRIs|Invalid IRI percent|Invalid port|Invalid IRI|Invalid host|not a valid IRI|parsing IRI)",
        "{0} is not a valid IRI",
        "Mend the IRI; a percent sign stands before two hexadecimal digits, or is written %25.",
    ),
    (r"language (code|tag|subtag)|subtag|xml:lang|not a valid language", "{0} is not a language tag", _LANGUAGE_CURE),
    (r"The prefix (.*?):? has not been declared", "the prefix {1}: is not declared", "prefix"),
    (
        r"dot is expected at the end|followed by a dot|should end with a dot|must be followed by a dot",
        "the statement is not ended before this",
        "End a statement with a dot; put ; before a further property of the subject, and , before a further value.",
    ),
    (
        r"^the end of the file",
        "the file ends in the middle of a statement",
        "End the statement with a dot; if the file is cut off, get all of it.",
    ),
    (
        r"Unexpected end",
        "something that begins here is never ended",
        "Close it: a quoted text with the quotes it began with (over several lines: three of them), an IRI with >, "
        "a bracket with its partner.",
    ),
    (
        r"[Ll]ine jump",
        "a quoted text runs over the end of the line",
        r'Write \n for a line end; in Turtle and TriG, three quotes on each side, """...""", also let a text go on.',
    ),
    (
        r"Unexpected escape character|Invalid escape|escape sequence|unicode escape",
        "the escape sequence {0} does not exist",
        r"Write \\ for a backslash; the escapes are \t \b \n \r \f \" \' \\ \u and \U.",
    ),
)


def excerpt(source: Source, line: int) -> str | None:
    """A line of a file without its line end; None if there is no such line."""
    with text_of(source) as stream:
        for number, text in enumerate(stream, 1):
            if number == line:
                return text.rstrip("\r\n")
    return None


def fault(source: Source, message: str, cure: str, line: int | None = None, column: int | None = None) -> SyntaxFault:
    """A fault at a place of a file, with the line itself (the part around the column if it is long)."""
    if line is None:
        return SyntaxFault(message, place=source.place, cure=cure)
    text = excerpt(source, line)
    shown, caret = _window(text or "", column or 1)
    place = Place(source.display, line, column)
    return SyntaxFault(message, place=place, cure=cure, excerpt=shown, caret=caret if column else None)


def _window(text: str, column: int) -> tuple[str, int]:
    """The excerpt and where its caret stands; without characters that would move a terminal's cursor."""
    start = max(0, column - _WIDTH // 2) if len(text) > _WIDTH else 0
    cut = text[start : start + _WIDTH]
    shown = "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in cut)
    head, tail = "\u2026" if start else "", "\u2026" if start + _WIDTH < len(text) else ""
    return head + shown + tail, column - start + len(head)


def encoding_fault(source: Source) -> SyntaxFault | None:
    """What is wrong with a file's encoding, if it is not UTF-8: which byte, where, and what it probably is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset, line, before = 0, 1, 0
    with open_bytes(source) as stream:
        head = stream.read(4)
        if name := wide_encoding(head):
            return wide_fault(source, name)
        block = head
        while block:
            pending = decoder.getstate()[0]
            try:
                text = decoder.decode(block)
            except UnicodeDecodeError as error:
                byte = error.object[error.start]
                good = error.object[: error.start].decode("utf-8")
                line, before = _advance(good, line, before)
                return _not_utf8(source, byte, offset - len(pending) + error.start, line, before + 1)
            offset += len(block)
            line, before = _advance(text, line, before)
            block = stream.read(1 << 16)
    return None


def _advance(text: str, line: int, before: int) -> tuple[int, int]:
    """Line number, and characters of that line, after some more text."""
    newline = text.rfind("\n")
    return line + text.count("\n"), len(text) - newline - 1 + (before if newline < 0 else 0)


def _not_utf8(source: Source, byte: int, offset: int, line: int, column: int) -> SyntaxFault:
    return fault(
        source,
        f"the byte 0x{byte:02X} at offset {offset} is not UTF-8; the file seems to be in Windows-1252 or Latin-1",
        "Save the file as UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
        line,
        column - 1 if line == 1 and head_of(source)[:3] == codecs.BOM_UTF8 else column,
    )


def wide_encoding(head: bytes) -> str:
    """``UTF-16`` or ``UTF-32`` if a file of RDF that begins so is in that; else ""."""
    if head[:4] in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        return "UTF-32"
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or (len(head) > 1 and (head[0] == 0) != (head[1] == 0)):
        return "UTF-16"
    return ""


def wide_fault(source: Source, name: str) -> SyntaxFault:
    """The file is in UTF-16 or UTF-32."""
    return SyntaxFault(
        f"the file is in {name}, not UTF-8",
        place=Place(source.display, 1),
        cure=f"Save the file as UTF-8, or convert it: iconv -f {name} -t UTF-8 OLD > NEW",
    )


def syntax_fault(source: Source, format: Format, error: SyntaxError) -> SyntaxFault:
    """What the parser of a text format says, as a fault of the file."""
    said = re.sub(r"^Parser error (at|between) .*?: ", "", str(error.msg or error), count=1)
    said = re.sub(r" \(line \d+\)$", "", said)
    if "UTF-8" in said and (found := encoding_fault(source)) is not None:
        return found
    line, column = error.lineno, error.offset
    text = excerpt(source, line) if line else None
    if line and (text is None or not text.strip()) and (last := _last_line(source)) and last[0] < line:
        # the end of the file is no help to a reader: the last line that has something is
        line, text = last
        column = len(text) + 1
        said = "the end of the file"
    words = ""
    if text is not None and column:
        words = (
            text[column - 1 :] if error.end_lineno != error.lineno else text[column - 1 : (error.end_offset or 0) - 1]
        )
    if text is not None and column and (tag := _language_tag(text, column)):
        # the parser stops at the letter that it does not like; the reader wants to see the whole tag
        said, words = "language tag", tag
    message, cure = explain(said, words, format)
    if (other := sniff(head_of(source))) != format and isinstance(other, Format) and not _akin(other, format):
        message = f"the content looks like {other.name}, but the file's name says {format.name}"
        cure = f"If it is {other.name}, give the name the ending .{other.extensions[0]}."
    return fault(source, message, cure, line, column)


def _language_tag(text: str, column: int) -> str:
    """The language tag that a column of a line is in or right behind, if it is a bad one; else ""."""
    for found in re.finditer(r"(?<=[\"'])@([\w-]*)", text):
        if found.start() + 1 <= column <= found.end() + 1 and not re.fullmatch(_GOOD_TAG, found.group(1)):
            return found.group(1) or "@"
    return ""


def explain(said: str, words: str, format: Format) -> tuple[str, str]:
    """Message and cure for what a parser said about some words of a file."""
    shown = words if len(words) <= 80 else words[:80] + "\u2026"
    shown = "".join(c if c.isprintable() else " " for c in shown).strip() or "written here"
    for pattern, message, cure in _RULES:
        if found := re.search(pattern, said):
            group = found.group(1) if found.re.groups else ""
            if cure == "prefix":
                known = f"<{PREFIXES[group]}>" if group in PREFIXES else "<https://...>"
                cure = f"Add @prefix {group}: {known} . at the top of the file."
            return message.format(shown, group), cure or _NO_BASE_CURE[format.name]
    return said[:1].lower() + said[1:], f"Mend the line; the syntax of {format.name}: {format.specification}"


def _akin(one: Format, other: Format) -> bool:
    """Whether two formats look alike, so that one does not rule out the other."""
    text = {"Turtle", "TriG", "N-Triples", "N-Quads"}
    return one.name in text and other.name in text


def _last_line(source: Source) -> tuple[int, str] | None:
    """Number and text of the last line that is not blank."""
    found = None
    with text_of(source) as stream:
        for number, text in enumerate(stream, 1):
            if text.strip():
                found = (number, text.rstrip("\r\n"))
    return found
