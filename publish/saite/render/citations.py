"""Files for reference managers: ``{document}.bib``, ``.ris`` and ``.csl.json``, in each language of the site."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

from saite.artifact import Artifact
from saite.render.citing import FILES, Citation, Citing, endings
from saite.render.references import bibtex, csl, ris
from saite.site.model import Resource, Site

_WRITERS: Final[dict[str, Callable[[Citation], bytes]]] = {
    ".bib": lambda citation: bibtex(citation).encode(),
    ".ris": lambda citation: ris(citation).encode(),
    ".csl.json": csl,
}


class Citations:
    """Files of the data set's document, or of every document, as the settings ask."""

    def __init__(self, site: Site) -> None:
        self._config = site.config
        self._citing = Citing(site)

    def resource(self, resource: Resource) -> Iterator[Artifact]:
        """The files of one document; they are small, and made at once."""
        for language in self._config.languages if self._citing.filed(resource) else ():
            citation = self._citing.of(resource, language)
            if citation is not None:
                for (ending, _, media_type), form in zip(endings(self._config, language), FILES, strict=True):
                    made = partial(_content, citation, form)
                    path = f"{resource.document}{ending}"
                    yield Artifact(path, media_type, made, language=language, modified=resource.modified)

    promises = resource

    def whole(self) -> Iterable[Artifact]:
        """Nothing."""
        return ()


def _content(citation: Citation, form: str) -> tuple[bytes]:
    return (_WRITERS[form](citation),)


def renderer(site: Site) -> Citations:
    """The renderer of files for reference managers."""
    return Citations(site)
