"""``python -m benchmarks.hub``: pages of resources that many others point to; prints JSON.

A hub's own page shows the first of its backlinks, further pages show the rest. So the own page is to take the same
however many there are, and the further pages are to take as long for each backlink.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generate import BASE, ICE, LABEL, RDF_TYPE
from saite.config import Config
from saite.graph import load
from saite.render import renderers
from saite.render.pieces import files
from saite.site import build_site
from saite.site.model import Resource
from saite.terms import NamedNode

HUBS = (100, 1_000, 10_000, 100_000)
_TURNS = 5


def triples() -> Iterator[str]:
    """Hubs, and resources that point to one of them."""
    for links in HUBS:
        hub = f"<{BASE}hub/{links}>"
        yield f'{hub} {RDF_TYPE} <{ICE}Hub> .\n{hub} {LABEL} "Hub of {links}"@lv .\n'
        for number in range(links):
            one = f"<{BASE}of/{links}/{number}>"
            yield f'{one} {RDF_TYPE} <{ICE}One> .\n{one} {LABEL} "One {number}"@lv .\n{one} <{ICE}near> {hub} .\n'


def main() -> None:
    """Make the files of each hub, and tell the seconds of the best of some turns."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nt"
        with data.open("w", encoding="utf-8") as file:
            file.writelines(triples())
        config = Config(root=data.parent, base=BASE, languages=("lv",), formats=("html", "turtle", "jsonld"))
        store, _ = load(data, config)
    site = build_site(store, config)
    [ordinary] = (one for one in site.resources() if one.document == "of/100/0")

    def seconds(resource: Resource) -> tuple[float, int]:
        """How long its files take, and how many there are; nothing of what they show was shown before."""
        makers = renderers(site)
        for _ in files([ordinary], makers):
            pass
        begin = time.perf_counter()
        made = [b"".join(artifact.chunks()) for artifact in files([resource], makers)]
        return time.perf_counter() - begin, len(made)

    found = {}
    for links in HUBS:
        node = NamedNode(f"{BASE}hub/{links}")
        own: list[float] = []
        whole: list[tuple[float, int]] = []
        for _ in range(_TURNS):
            resource = site.resource(node)
            assert resource is not None
            own.append(seconds(resource._replace(backlink_pages=()))[0])
            whole.append(seconds(resource))
        found[links] = {"own": min(own), "whole": min(whole)[0], "files": whole[0][1]}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
