# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An index that can be searched, as Docker Hub can: the part of the registry API's first version that Engines ask for
(GET /v1/_ping, GET /v1/search). As a program it serves on a loopback port.
"""

from __future__ import annotations

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

KNOWN = [
    {"name": "app", "description": "An app", "star_count": 200, "is_official": True, "is_automated": False},
    {"name": "another/app", "description": "Another", "star_count": 2, "is_official": False, "is_automated": False},
]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        found = [one for one in KNOWN if query.get("q", [""])[0] in str(one["name"])]
        found = found[: int(query.get("n", ["25"])[0])]
        document = {"num_results": len(found), "query": query.get("q", [""])[0], "results": found}
        body = json.dumps(document if url.path == "/v1/search" else True).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        pass


class Index:
    """One beside the Engine; `address` is host:port as in search terms."""

    def __init__(self, engine_socket: str, port: int) -> None:
        # The program that serves has nothing of the collection on its path.
        from ansible_collections.longshore.docker.tests.engines.engine import inside

        self.address = "127.0.0.1:%d" % port
        serve = ["setpriv", "--pdeathsig", "TERM", sys.executable, str(Path(__file__)), str(port)]
        self._process = subprocess.Popen(
            inside(engine_socket, serve),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        if self._process.stdout.readline() != b"listening\n":
            self.close()
            raise RuntimeError("the index did not start")

    def close(self) -> None:
        from ansible_collections.longshore.docker.tests.engines.engine import stop

        stop(self._process, self._process.pid)


if __name__ == "__main__":
    # On every address of the Engine's own network namespace, loopback ones and others.
    server = HTTPServer(("", int(sys.argv[1])), _Handler)
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    server.serve_forever()
