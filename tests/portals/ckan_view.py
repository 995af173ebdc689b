"""What CKAN's harvester makes of a catalogue, as JSON: run by the Python of an environment that has CKAN.

    python ckan_view.py catalog.rdf lv en

The parser is that of ``ckanext-dcat`` with the profile ``euro_dcat_ap_3``; no database, no server. Fields that a portal
shows in one language are told for each of the languages that are named.
"""

import json
import sys
from pathlib import Path

from ckan.common import config
from ckanext.dcat.processors import RDFParser

FORMATS = {".rdf": "xml", ".ttl": "turtle", ".jsonld": "json-ld"}


def main() -> None:
    """Prints the datasets of a file by language."""
    path, *languages = sys.argv[1:]
    config["ckanext.dcat.rdf.profiles"] = "euro_dcat_ap_3"
    found = {}
    for language in languages:
        config["ckan.locale_default"] = language
        parser = RDFParser(profiles=["euro_dcat_ap_3"])
        parser.parse(Path(path).read_bytes(), FORMATS[Path(path).suffix])
        found[language] = list(parser.datasets())
    json.dump(found, sys.stdout, ensure_ascii=False, default=str)


if __name__ == "__main__":
    main()
