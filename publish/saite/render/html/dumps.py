"""The dumps among the downloads: each form with what it is for, and its files as they are and packed."""

from collections.abc import Iterable
from dataclasses import dataclass

from saite.distribution import Distribution
from saite.render.catalogue.authority import format_name
from saite.render.html.edition import Edition
from saite.render.html.table import Table
from saite.render.html.tables import File


@dataclass(frozen=True, slots=True)
class DumpRow:
    """The dumps in one form.

    Attributes:
        form: what the form is called.
        use: what it is for.
        plain: the files as they are.
        packed: the packed ones.
    """

    form: str
    use: str
    plain: tuple[File, ...]
    packed: tuple[File, ...]


def dump_rows(edition: Edition, dumps: Iterable[Distribution], table: Table) -> list[DumpRow]:
    """A row for each form, by path."""
    forms: dict[str, list[Distribution]] = {}
    for one in sorted(dumps, key=lambda one: one.path):
        forms.setdefault(one.media_type, []).append(one)
    rows = []
    for media_type, some in forms.items():
        form, use = _told(edition, media_type)
        files = [(one, File(table.file(one.path), *_named(one), edition.size(one.size))) for one in some]
        plain = tuple(file for one, file in files if not one.packed)
        rows.append(DumpRow(form, use, plain, tuple(file for one, file in files if one.packed)))
    return rows


def _named(one: Distribution) -> tuple[str, str]:
    """What a file is called, short and in full."""
    name = one.path.rpartition("/")[2]
    return (one.packed.rpartition("/")[2], name) if one.packed else (name, "")


def _told(edition: Edition, media_type: str) -> tuple[str, str]:
    """What a form is called, and what it is for."""
    gettext = edition.gettext
    uses = {
        "text/turtle": gettext("to read and to load into most tools"),
        "application/trig": gettext("as Turtle, with the named graphs"),
        "application/ld+json": gettext("for programs that read JSON"),
        "application/n-quads": gettext("one triple a line, with the named graphs: to load into a database"),
        "application/n-triples": gettext("RDF 1.2: each statement tells which triple it is about"),
    }
    return format_name(media_type), uses.get(media_type.partition(";")[0], "")
