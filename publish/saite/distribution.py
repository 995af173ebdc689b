"""One file in which data can be had as a whole: what a dump or a table tells the catalogue and the downloads page."""

from typing import NamedTuple


class Distribution(NamedTuple):
    """A published file of data (DCAT 3, 6.8: dcat:Distribution). It is known once the file has been made.

    Attributes:
        path: relative POSIX path below the site's root.
        media_type: of the data, without what packs them (dcat:mediaType).
        size: length of the file in bytes (dcat:byteSize).
        sha256: of the file, in hexadecimal (spdx:checksum).
        packed: media type of what packs the data (dcat:compressFormat), "" for a plain file.
        of: what it holds: IRI of the class whose instances it lists, or ``queries/NAME`` for the rows of a query; ""
            for the whole dataset.
        language: BCP 47 tag of its words, "" where they are of several languages or of none.
        conforms: IRIs of the standards that it follows beside its media type (dct:conformsTo).
    """

    path: str
    media_type: str
    size: int
    sha256: str
    packed: str = ""
    of: str = ""
    language: str = ""
    conforms: tuple[str, ...] = ()
