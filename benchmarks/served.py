"""One application under the server that ``saite serve`` uses, at a port of its own, which it prints."""

import asyncio
import gc
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from benchmarks.generate import BASE, ICE
from saite.query.live import live
from saite.render import renderers
from saite.serve.door.application import Door
from saite.serve.door.server import COLLECTED, Patient
from saite.serve.listening import bind
from saite.serve.live.answers import Live

_PREFIXES = {
    "ice": ICE,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def door(folder: Path) -> ASGIApp:
    """Ours, for a built folder."""
    return Door(folder)


def static(folder: Path) -> ASGIApp:
    """Starlette's own, for the same folder."""
    return StaticFiles(directory=folder)


def live_door(site: Path) -> ASGIApp:
    """Ours, without a built folder."""
    found = live(site, check=False).__enter__()  # it ends with the process
    return Door(Live(found.site, renderers(found.site)))


def bare(site: Path) -> ASGIApp:
    """What one writes in ten lines: a description of the store's, by the engine's own writer of Turtle."""
    (folder,) = (path for path in (site / ".saite").iterdir() if path.is_dir())
    store = ox.Store.read_only(str(folder / "quads"))

    async def describe(request: Request) -> Response:
        node = ox.NamedNode(f"{BASE}id/{request.path_params['path'].removesuffix('.ttl')}")
        triples = [quad.triple for quad in store.quads_for_pattern(node, None, None, None)]
        if not triples:
            return Response(status_code=404)
        body = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
        return Response(body, media_type="text/turtle")

    return Starlette(routes=[Route("/{path:path}", describe)])


APPLICATIONS: dict[str, Callable[[Path], ASGIApp]] = {"door": door, "static": static, "live": live_door, "bare": bare}


async def serve(app: ASGIApp) -> None:
    """Serve until the process is ended."""
    with bind("127.0.0.1", 0) as listener:
        config = uvicorn.Config(
            app, http=Patient, ws="none", lifespan="off", log_config=None, access_log=False, server_header=False
        )
        print(listener.getsockname()[1], flush=True)
        await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    application = APPLICATIONS[sys.argv[1]](Path(sys.argv[2]))
    gc.collect()
    gc.freeze()  # as ``saite serve`` does
    gc.set_threshold(COLLECTED)
    asyncio.run(serve(application))
