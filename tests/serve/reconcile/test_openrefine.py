"""A real OpenRefine at work with the service."""

import http.cookiejar
import json
import os
import signal
import subprocess
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from tests.programs import free_port, needed
from tests.serve.reconcile.conftest import ICE, Client

TABLE = """name,region
Rigas tehniska koledza,
Kirgizstana,Central Asia
Таджикистан,Central Asia
Ministry of Foreign Afairs,
Ziemelpols,
"""
ALL = json.dumps({"facets": [], "mode": "row-based"})


class OpenRefine:
    """A client of its commands."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}/command/core/"
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def get(self, command: str, **fields: str) -> Any:
        """What a command answers."""
        with self._opener.open(f"{self.base}{command}?{urlencode(fields)}", timeout=30) as answer:
            return json.load(answer)

    def post(self, command: str, **fields: str) -> Any:
        """What a command answers that does something; waits until it is done."""
        content = urlencode(fields).encode()
        with self._opener.open(f"{self.base}{command}?{urlencode(self._token())}", content, timeout=60) as answer:
            found = json.load(answer)
        while found.get("code") == "pending" and self.get("get-processes", project=fields["project"])["processes"]:
            time.sleep(0.2)
        return found

    def create(self, table: str) -> str:
        """A project of a table as CSV."""
        mark = uuid.uuid4().hex
        parts = (
            f'--{mark}\r\nContent-Disposition: form-data; name="project-file"; filename="table.csv"\r\n'
            f"Content-Type: text/csv\r\n\r\n{table}\r\n"
            f'--{mark}\r\nContent-Disposition: form-data; name="project-name"\r\n\r\ntable\r\n--{mark}--\r\n'
        )
        options = json.dumps({"separator": ",", "encoding": "UTF-8"})
        fields = {**self._token(), "options": options, "format": "text/line-based/*sv"}
        request = urllib.request.Request(
            f"{self.base}create-project-from-upload?{urlencode(fields)}",
            parts.encode(),
            {"Content-Type": f"multipart/form-data; boundary={mark}"},
        )
        with self._opener.open(request, timeout=60) as answer:
            place = str(answer.geturl())
        return parse_qs(urlsplit(place).query)["project"][0]

    def _token(self) -> dict[str, str]:
        return {"csrf_token": self.get("get-csrf-token")["token"]}


@pytest.fixture
def openrefine(tmp_path: Path) -> Iterator[OpenRefine]:
    """OpenRefine without a window, with a folder of its own."""
    program = needed("openrefine", "the package openrefine of Debian", "SAITE_OPENREFINE")
    port = free_port()
    command = [program, "-i", "127.0.0.1", "-p", str(port), "-d", str(tmp_path), "-x", "refine.headless=true"]
    home = {**os.environ, "HOME": str(tmp_path)}
    with subprocess.Popen(
        command, env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            client = OpenRefine(port)
            deadline = time.monotonic() + 60
            while True:
                with suppress(OSError):
                    assert client.get("get-version")["version"]
                    break
                assert time.monotonic() < deadline, "OpenRefine did not start"
                time.sleep(0.3)
            yield client
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
            deadline = time.monotonic() + 30
            with suppress(ProcessLookupError):
                while time.monotonic() < deadline:  # the shell ends before Java does
                    os.killpg(process.pid, 0)
                    time.sleep(0.2)
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(0.5)  # the server sees that its client has left


@pytest.mark.slow
def test_openrefine_reconciles_and_extends_a_table(openrefine: OpenRefine, service: Client) -> None:
    """The type is guessed, cells are matched in spite of errors and scripts, and columns are added from the site."""
    address = f"{service.url}/en"
    manifest = service.get("/en").json
    project = openrefine.create(TABLE)
    guessed = openrefine.post("guess-types-of-column", project=project, columnName="name", service=address)
    assert guessed["types"][0]["id"] == f"{ICE}def#Country"
    spaces = {name: manifest[name] for name in ("identifierSpace", "schemaSpace")}
    settings = {
        "mode": "standard-service",
        "service": address,
        **spaces,
        "type": None,
        "autoMatch": True,
        "columnDetails": [{"column": "region", "property": {"id": f"{ICE}def#inRegion", "name": "in region"}}],
        "limit": 0,
    }
    openrefine.post("reconcile", project=project, columnName="name", config=json.dumps(settings), engine=ALL)
    found = openrefine.post("get-rows", project=project, start="0", limit="10", engine=ALL)
    recons = [found["pool"]["recons"][str(row["cells"][0]["r"])] for row in found["rows"]]
    assert [recon.get("m", {}).get("id", "").removeprefix(ICE) for recon in recons] == [
        "id/agent/riga-technical-college",
        "id/country/kyrgyzstan",
        "id/country/tajikistan",
        "id/institution/ministry-of-foreign-affairs-latvia",
        "",
    ]
    extension = {
        "properties": [
            {"id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "name": "type"},
            {
                "id": "http://www.w3.org/2000/01/rdf-schema#label",
                "name": "label",
                "settings": {"language": "lv", "limit": "1"},
            },
        ]
    }
    openrefine.post(
        "extend-data",
        project=project,
        engine=ALL,
        baseColumnName="name",
        endpoint=address,
        columnInsertIndex="1",
        extension=json.dumps(extension),
        **spaces,
    )
    found = openrefine.post("get-rows", project=project, start="0", limit="10", engine=ALL)
    names = [cell["v"] for row in found["rows"] for cell in row["cells"] if cell and cell.get("v")]
    assert {"Country", "Ministry", "Rīgas Tehniskā koledža", "Kirgizstāna", "Ārlietu ministrija"} <= set(names)
