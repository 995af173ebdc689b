"""The contract in sentences, and what a host cannot do: what the tests expect to fail, and the docs' table."""

from typing import Final

RULES: Final = {
    "things": "A thing answers 303 with the address of its document, one that is shown on another page with that.",
    "things-encoded": "So does a thing whose IRI has escaped octets, or letters beyond ASCII.",
    "forms": "A document answers with the form that the client asks for, and with HTML where it does not say.",
    "qualities": "Qualities, wildcards and what is more exact are weighed (RFC 9110, 12.5.1).",
    "qualities-fine": "Qualities that differ by less than a tenth are told apart.",
    "parameters": "A media type with a parameter that no form has is another one; `profile` is only a hint.",
    "repeated": "Several `Accept` fields are one list.",
    "malformed": "An `Accept` field that says nothing is none.",
    "languages": "Pages come in the language that the client prefers, else in the site's first.",
    "page-only": "A document that is a page only is given to who takes pages at all.",
    "catalogue": "The catalogue and VoID are documents too; VoID, which has no page, is RDF for who does not say.",
    "none": "Where nothing can be served: 406, and what can be had.",
    "plain-json": "Who asks for plain JSON gets the JSON-LD, with its context by `Link` (JSON-LD 1.1, 6.1).",
    "location": "`Content-Location` names the file chosen, which answers the same.",
    "vary": "`Vary` is on 200, 303, 304, 404 and 406 of what is negotiated.",
    "tags": "Each form has a strong `ETag` of its own; `If-None-Match` gives 304 for the same form only.",
    "tags-content": "The `ETag` comes from the content: building the same anew changes none.",
    "gzip": "Text is compressed for who takes gzip, with `Vary: Accept-Encoding`.",
    "gzip-tags": "A compressed answer has a strong `ETag` of its own.",
    "modified": "`Last-Modified` is what the data says, and missing where they say nothing.",
    "head": "`HEAD` has the fields of `GET`.",
    "ranges": "Dumps are served in ranges: 206, `If-Range`.",
    "ranges-beyond": "A range beyond the end: 416, with the size.",
    "missing": "What is not there: 404, for every `Accept`, with a page whose links work at any depth.",
    "gone": "What is no more: 410 with the page that says so.",
    "gone-forms": "And in every form.",
    "successor": "410 tells what has taken the place (`rel=\"successor-version\"`).",
    "methods": "Other methods: 405 with `Allow`.",
    "cors": "Scripts of other sites may read everything; a preflight is answered.",
    "files": "A file answers itself, whatever `Accept` says, with its media type and charset.",
    "tables": "Tables and their metadata have the media types that spreadsheets and CSV on the Web know them by.",
    "links": "`Link` leads to the other forms, and to the licence.",
    "cite-as": "`Link` tells the IRI of what a document describes (`rel=\"cite-as\"`).",
    "signposting": "FAIR Signposting, level 1: pages, their metadata and the dumps lead to one another.",
    "signposting-pages": "The head of each page tells the same, whatever the host.",
    "types": "`Link` tells what a thing is in the words of schema.org (`rel=\"type\"`), and who has made it.",
    "links-short": "`Link` stays below 2,500 bytes, also for long addresses; the link set has what does not fit.",
    "linksets": "FAIR Signposting, level 2: the link set of each document has all its links.",
    "safety": "`nosniff`, `Referrer-Policy`, and on pages a `Content-Security-Policy` without inline script.",
    "profiles": "`Accept-Profile` and `_profile` choose among the profiles of a document; `Content-Profile` tells it.",
    "profiles-files": "Each profile has files of its own, and the link set leads to them.",
    "language-field": "`Content-Language` tells the language of a page.",
    "hidden": "Files for servers are not served.",
    "traversal": "No address leads out of the site.",
    "slashes": "An encoded slash is no slash.",
}  # fmt: skip
"""What must hold, by the name of its test."""

_TENTHS: Final = "It compares no numbers; the rules tell tenths apart."
_TIME: Final = "Its tags are made of a file's time and size: after each build they are new."
_JSON: Final = "A file has the media type of its ending only: `application/json` is 406."
_PROFILES: Final = "It looks at media types only; the files are linked."
_EACH: Final = "A rule for each document would be read at each request; the link set and the page tell it."
_FILE: Final = "It knows only when a file was written."

EXCEPTIONS: Final[dict[str, dict[str, str]]] = {
    "saite": {},
    "packed": {},
    "nginx": {
        "plain-json": _JSON,
        "profiles": _PROFILES,
        "qualities-fine": _TENTHS,
        "repeated": "Before version 1.23 it looks at the first field only.",
        "tags-content": _TIME,
        "gzip-tags": "What it compresses itself has a weak tag; what the build has compressed (`--gzip`) a strong one.",
        "modified": _FILE,
    },
    "apache": {
        "plain-json": _JSON,
        "profiles": _PROFILES,
        "qualities-fine": _TENTHS,
        "tags-content": _TIME,
        "gzip-tags": "It does not know its own tag of a compressed answer again, and sends the whole.",
        "modified": _FILE,
        "ranges-beyond": "It does not tell the size.",
        "cite-as": _EACH,
        "types": _EACH,
    },
    "caddy": {
        "plain-json": _JSON,
        "profiles": _PROFILES,
        "qualities-fine": _TENTHS,
        "tags-content": _TIME,
        "gzip-tags": "A compressed answer has the tag of the bytes as they are.",
        "modified": "It knows only when a file was written, which the rules leave out.",
    },
}
"""What cannot be had of a server, and why."""
