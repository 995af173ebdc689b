"""One build by Saite in a program of its own: HTML in one language, Turtle and JSON-LD per entity; prints JSON.

With 0 jobs it is the default build, with as many processes as there are cores.
"""

import json
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.generate import BASE, ICE
from saite.artifact import Artifact
from saite.config import Config
from saite.graph import load
from saite.output import claim
from saite.pipeline import Options, processes, publish
from saite.render import renderers
from saite.site import build_site
from saite.site.model import Renderer, Resource


def memory(key: str) -> int:
    """Kilobytes of this process by a key of /proc/self/status: VmRSS is now, VmHWM the peak; 0 where there is none."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    lines = (line.split() for line in status.read_text(encoding="ascii").splitlines())
    return next((int(words[1]) for words in lines if words[0] == f"{key}:"), 0)


def forget_peak() -> None:
    """Let the peak count from now (Linux: proc(5), clear_refs)."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5", encoding="ascii")


class EntitiesOnly:
    """A renderer without its files of the whole (listings, indexes): what the peer makes too."""

    def __init__(self, maker: Renderer) -> None:
        self._maker = maker

    def resource(self, resource: Resource) -> Iterable[Artifact]:
        """The files of one entity."""
        return self._maker.resource(resource)

    def whole(self) -> Iterable[Artifact]:
        """Nothing."""
        return ()


def main(data: Path, out: Path, jobs: int, *, entities: bool = True) -> None:
    """Load, model, render and write the whole site; then, unless they are not wanted, only the files of its entities.

    The latter is ``build``, else 0.
    """
    options = Options(durable=False, jobs=jobs or None)
    config = Config(
        root=data.parent,
        base=BASE,
        languages=("lv",),
        prefixes={"ice": ICE},
        formats=("html", "turtle", "jsonld"),
        linksets=(),  # the peer makes three files for each entity
    )
    began = time.perf_counter()
    store, _ = load(data, config)
    loaded = time.perf_counter()
    with_store = memory("VmRSS")
    forget_peak()
    site = build_site(store, config)
    modelled = time.perf_counter()
    with claim(out) as folder:
        written = publish(site, folder, options)
    ended = time.perf_counter()
    # in memory, files of the second take the place of those of the first, as the peer's do
    (shutil.rmtree if out.is_dir() else Path.unlink)(out)
    again = time.perf_counter()
    if entities:
        with claim(out.with_name(f"{out.stem}-entities{out.suffix}")) as folder:
            publish(site, folder, options, makers=[EntitiesOnly(maker) for maker in renderers(site)])
    alone = time.perf_counter()
    print(
        json.dumps(
            {
                "jobs": processes(options.jobs, len(site)),
                "triples": len(store),
                "entities": len(site),
                "load": loaded - began,
                "model": modelled - loaded,
                "whole": ended - loaded,
                "build": alone - again,
                "files": written.files,
                "bytes": written.bytes,
                "store_kb": with_store,
                "beyond_kb": memory("VmHWM") - with_store,
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), entities=sys.argv[4:] != ["whole"])
