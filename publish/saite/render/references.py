"""Citations as reference managers read them: BibTeX, RIS, CSL-JSON."""

import re
from typing import Final

import orjson

from saite.language import Moment
from saite.render.citing import Citation

_TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        **{character: f"\\{character}" for character in "#$%&_"},
    }
)
"""What TeX gives a meaning. Braces are spelt out: BibTeX counts them, also behind a backslash."""

_LIGATURE: Final = re.compile(r"([-',<>])(?=\1)")  # two hyphens would become a dash, two apostrophes a quotation mark


def bibtex(citation: Citation) -> str:
    """An entry for BibTeX: a part as one of a collection, a work as ``misc``, which all styles know.

    Names and titles stand in braces of their own: they are not taken apart, and keep their capitals.
    """
    fields = [
        ("author", " and ".join(f"{{{_tex(author)}}}" for author in citation.authors)),
        ("title", f"{{{_tex(citation.title)}}}"),
        ("booktitle", f"{{{_tex(citation.within[0])}}}" if citation.within else ""),
        ("year", f"{citation.date.year:04}" if citation.date else ""),
        ("date", _iso(citation.date, "-") if citation.date else ""),
        ("version", _tex(citation.version)),
        ("publisher", f"{{{_tex(citation.publisher)}}}" if citation.publisher else ""),
        ("langid", citation.language),
        ("url", citation.iri),
    ]
    kind = "incollection" if citation.within else "misc"
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@{kind}{{{citation.key},\n{lines}}}\n"


def ris(citation: Citation) -> str:
    """A record for the programs that read RIS; a line for each tag, ended as the format asks."""
    fields = [
        ("TY", "DATA" if citation.dataset else "GEN"),
        *(("AU", author) for author in citation.authors),
        ("TI", citation.title),
        ("T2", citation.within[0] if citation.within else ""),
        ("PY", f"{citation.date.year:04}" if citation.date else ""),
        ("DA", _iso(citation.date, "/") if citation.date else ""),
        ("ET", citation.version),
        ("PB", citation.publisher),
        ("LA", citation.language),
        ("UR", citation.iri),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def csl(citation: Citation) -> bytes:
    """An item of the Citation Style Language (CSL-JSON 1.0.2)."""
    item: dict[str, object] = {
        "id": citation.key,
        "type": "entry" if citation.within else "dataset" if citation.dataset else "document",
        "title": citation.title,
        "author": [{"literal": author} for author in citation.authors],
        "container-title": citation.within[0] if citation.within else "",
        "version": citation.version,
        "publisher": citation.publisher,
        "language": citation.language,
        "URL": citation.iri,
    }
    if citation.date:
        item["issued"] = {"date-parts": [_parts(citation.date)]}
    kept = {name: value for name, value in item.items() if value}
    return orjson.dumps([kept], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _tex(text: str) -> str:
    return _LIGATURE.sub(r"\1{}", text.translate(_TEX))


def _parts(date: Moment) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part is not None]


def _iso(date: Moment, between: str) -> str:
    year, *rest = _parts(date)
    return between.join([f"{year:04}", *(f"{part:02}" for part in rest)])
