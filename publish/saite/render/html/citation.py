"""How a page is cited: a reference to read and copy, and the entry or the files that reference managers take."""

from markupsafe import Markup

from saite.iri import quoted
from saite.render.citing import Citation, Citing, endings
from saite.render.html.edition import Edition
from saite.render.html.table import Table, clean, element, escaped, ready
from saite.render.references import bibtex
from saite.site.model import Resource


class CitationBlocks:
    """Makes them in one language.

    Args:
        edition: the site in that language.
        citing: tells how documents are cited.
    """

    def __init__(self, edition: Edition, citing: Citing) -> None:
        self._edition = edition
        self._citing = citing

    def of(self, resource: Resource, table: Table) -> Markup:
        """The block of a resource's page; empty if the settings want none, or the data do not say whom to name."""
        edition = self._edition
        if edition.site.config.citations == "none":
            return Markup("")
        citation = self._citing.of(resource, edition.language)
        if citation is None:
            return Markup("")
        step = quoted(resource.document).rpartition("/")[2]
        files = endings(edition.site.config, edition.language) if self._citing.filed(resource) else ()
        return edition.render(
            "citation.html",
            reference=self._reference(citation, table),
            files=[(step + ending, name, kind.partition(";")[0]) for ending, name, kind in files],
            bibtex=bibtex(citation),
        )

    def _reference(self, citation: Citation, table: Table) -> Markup:
        """Who (when). What (version) [data set]. Where. Address."""
        gettext = self._edition.gettext
        version = gettext("version %(version)s") % {"version": clean(citation.version)}
        kind = gettext("data set")
        details = f" ({escaped(version)})" if citation.version else ""
        details += f" [{escaped(kind)}]" if citation.dataset else ""
        authors = ", ".join(citation.authors)
        year = f"({citation.date.year})" if citation.date else ""
        parts = [escaped(clean(" ".join(part for part in (authors, year) if part)))]
        title = self._title(citation.title, citation.language, table)
        if citation.within is None:
            parts.append(title + details)
        else:
            within = escaped(gettext("In: %(title)s")) % {"title": self._title(*citation.within, table) + details}
            parts += [title, within]
        if citation.publisher and citation.authors != (citation.publisher,):
            parts.append(escaped(clean(citation.publisher)))
        ends = (".", "!", "?")
        parts = [part if part.removesuffix("</cite>").endswith(ends) else f"{part}." for part in parts if part]
        return ready(" ".join([*parts, table.external(citation.iri)]))

    def _title(self, text: str, tag: str, table: Table) -> str:
        return element("cite", table.lang(tag), clean(text))
