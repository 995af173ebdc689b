"""An independent reader of CSV on the Web: PyPI ``csvw_functions``, which passes the W3C's tests of csv2rdf.

Six faults of it are mended here, none in what it makes of the values of a table:

* it takes a path for an address only on Windows, so tables are given to it over HTTP;
* it cannot read a cell of which the text begins with a quotation mark: Python's module csv takes rows apart;
* it trims texts where a cell has several, and nothing else, which is the standard turned round;
* it looks for links to metadata in all fields of an answer at once, and stops at them;
* when it writes N-Triples it escapes quotation marks only, and not backslashes and ends of lines;
* it percent-encodes characters of IRIs that URI templates keep (RFC 6570 section 3.2.3): ``?``, ``=``, ``@`` ...
"""

import csv
import threading
import urllib.parse
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from typing import Any
from unittest.mock import patch

import pyoxigraph
from pyoxigraph import RdfFormat
from tests.programs import needed_module

from saite.terms import Triple

_KEPT = "-._~:/?#[]@!$&'()*+,;=%"


def converted(files: Mapping[str, bytes], path: str, mode: str = "minimal") -> set[Triple]:
    """The triples of a CSV file and its metadata (or of the metadata of several), by the library.

    Args:
        files: what there is, by path.
        path: of a CSV file, whose metadata are then found as the standard says; or of metadata.
        mode: ``minimal`` or ``standard``.

    Raises:
        AssertionError: the library finds an error in the metadata or in a cell.
    """
    library = _library()
    with served(files) as root, _mended(library), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.filterwarnings("ignore", "Boolean format")  # which need not be given
        group = library.create_annotated_table_group(f"{root}/{path}")
        assert library.get_errors(group) == []
        text = library.create_rdf(group, mode=mode)
    lines = "" if text.strip() == "." else text  # what it writes where there is nothing
    return {Triple(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(lines.encode(), RdfFormat.N_TRIPLES)}


@cache
def _library() -> Any:
    needed_module("csvw_functions")
    return import_module("csvw_functions.csvw_functions")


@contextmanager
def _mended(library: Any) -> Iterator[None]:
    lexical, quote = library.get_rdf_lexical_form_from_cell_value, urllib.parse.quote
    linked = library.get_metadata_from_link_header

    steps = library.parse_cell_steps_1_to_5

    def untrimmed(text: str, datatype: Any, default: Any, lang: Any, null: Any, required: Any, *more: Any) -> Any:
        separator, *rest = more
        if separator is None or not text or datatype["base"] != "string":
            return steps(text, datatype, default, lang, null, required, *more)
        found = [steps(one, datatype, default, lang, null, required, None, *rest) for one in text.split(separator)]
        return [value for value, _ in found], [error for _, errors in found for error in errors]

    def taken_apart(row: str, *dialect: Any) -> list[str]:
        return next(csv.reader([row], strict=True))

    def from_link(fields: Any, url: str, validate: bool) -> Any:
        return linked(fields.get("Link", ""), url, validate)

    def escaped(value: dict[str, Any], datatype: Any) -> Any:
        said = value["@value"]
        if isinstance(said, str):
            said = said.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
        return lexical({**value, "@value": said}, datatype)

    def kept(text: Any, safe: str = "/", **more: Any) -> str:
        return quote(text, safe=_KEPT if safe == "/:#%=%" else safe, **more)

    with (
        patch.object(library, "parse_cell_steps_1_to_5", untrimmed),
        patch.object(library, "get_list_of_cell_values", taken_apart),
        patch.object(library, "get_metadata_from_link_header", from_link),
        patch.object(library, "get_rdf_lexical_form_from_cell_value", escaped),
        patch.object(urllib.parse, "quote", kept),
    ):
        yield


@contextmanager
def served(files: Mapping[str, bytes]) -> Iterator[str]:
    """Some files on a loopback address, which is given."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = files.get(urllib.parse.unquote(self.path.removeprefix("/")))
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content or b"")

        do_HEAD = do_GET  # noqa: N815  (the name that the library asks for)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
