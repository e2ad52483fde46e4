# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain requests to an Engine, so that what is tested does not set its own stage."""

from __future__ import annotations

import json
import urllib.parse
from typing import Any

from ansible_collections.longshore.docker.tests.engines.image import COMMAND, UnixConnection, busybox_archive

STOPS_AT_ONCE = ["sh", "-c", 'trap "exit 0" TERM; "$@" & wait $!', "sh"]


def ask(socket: str, method: str, path: str, body: Any = None, **query: Any) -> str:
    """Send one request and return the reply's text. Raises RuntimeError in the Engine's words."""
    connection = UnixConnection(socket)
    content = body if body is None or isinstance(body, bytes) else json.dumps(body)
    kind = "application/x-tar" if isinstance(body, bytes) else "application/json"
    # {}: nobody logs in to a registry.
    headers = {"Content-Type": kind, "X-Registry-Auth": "e30="}
    try:
        connection.request(method, "%s?%s" % (path, urllib.parse.urlencode(query, doseq=True)), content, headers)
        answer = connection.getresponse()
        reply = answer.read().decode(errors="replace")
    finally:
        connection.close()
    if answer.status >= 400 or '"error"' in reply:
        raise RuntimeError("%s %s: %d %s" % (method, path, answer.status, reply))
    return reply


def image_in_registry(socket: str, address: str) -> str:
    """Make an image of busybox, push it to the registry at this address, and return its name there.

    Its containers stop at once, which a sleep that is the first process would not.
    """
    name, tag = "%s/longshore/example" % address, "1"
    changes = ["CMD %s" % json.dumps(COMMAND), "ENTRYPOINT %s" % json.dumps(STOPS_AT_ONCE)]
    ask(socket, "POST", "/images/create", busybox_archive(), fromSrc="-", repo=name, tag=tag, changes=changes)
    ask(socket, "POST", "/images/%s/push" % name, tag=tag)
    return "%s:%s" % (name, tag)


def containers(socket: str) -> set[str]:
    """The IDs of all containers."""
    return {one["Id"] for one in json.loads(ask(socket, "GET", "/containers/json", all="1"))}
