# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be on the Engine before the cases run, made by plain requests: images, networks, other containers."""

from __future__ import annotations

import json
import urllib.parse
from typing import Any

from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX, UnixConnection, busybox_archive

RICH = "longshore/rich:1"
HEALTHY = "longshore/healthy:1"
OTHER = "longshore/other:1"
ALIAS = "longshore/alias:1"
PEERS = ("lspeer", "lspeer2")
NETWORKS = {
    "lsnet": ["10.88.0.0/24"],
    "lsnet-a": ["10.87.1.0/24", "fd00:87:1::/64"],
    "lsnet-b": ["10.87.2.0/24"],
}
# What each image has besides the file system (the Dockerfile instructions of POST /images/create).
IMAGES = {
    RICH: (
        'ENTRYPOINT ["sh", "-c"]',
        'CMD ["sleep 100000"]',
        "ENV FROM_IMAGE=yes SHADE=blue",
        "LABEL from.image=yes",
        "EXPOSE 7070/tcp",
        "VOLUME /from-image",
        "WORKDIR /tmp",
        "USER 0:0",
    ),
    HEALTHY: ('CMD ["sleep", "100000"]', "HEALTHCHECK --interval=1s --retries=2 CMD true"),
    OTHER: ('CMD ["sleep", "200000"]',),
}


def ask(socket_path: str, method: str, path: str, body: Any = None, **query: Any) -> Any:
    """Send one request; gives back the parsed reply. Raises RuntimeError in the Engine's words."""
    connection = UnixConnection(socket_path)
    raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/x-tar" if isinstance(body, bytes) else "application/json"}
    try:
        connection.request(method, path + "?" + urllib.parse.urlencode(query, doseq=True), raw, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
    finally:
        connection.close()
    if answer.status >= 400 or (path == "/images/create" and '"error"' in text):
        raise RuntimeError(f"{method} {path}: {answer.status} {text}")
    return (
        json.loads(text) if answer.getheader("Content-Type") == "application/json" and "fromSrc" not in query else text
    )


def new_image(socket_path: str, name: str) -> str:
    """Commit an image that no registry can have yet, under a name with a tag; gives back the name."""
    repository, _colon, tag = name.rpartition(":")
    container = ask(socket_path, "POST", "/containers/create", {"Image": BUSYBOX})["Id"]
    ask(socket_path, "POST", "/commit", {}, container=container, repo=repository, tag=tag)
    ask(socket_path, "DELETE", "/containers/" + container)
    return name


def prepare(socket_path: str, image: str) -> None:
    """Make it all. What is there already stays, but for containers of cases."""
    archive = busybox_archive()
    for name, changes in IMAGES.items():
        repository, _colon, tag = name.rpartition(":")
        ask(
            socket_path, "POST", "/images/create", archive, fromSrc="-", repo=repository, tag=tag, changes=list(changes)
        )
    repository, _colon, tag = ALIAS.rpartition(":")
    ask(socket_path, "POST", f"/images/{image}/tag", None, repo=repository, tag=tag)
    there = {one["Name"] for one in ask(socket_path, "GET", "/networks")}
    for name in NETWORKS.keys() - there:
        config = [{"Subnet": subnet} for subnet in NETWORKS[name]]
        body = {"Name": name, "EnableIPv6": len(config) > 1, "IPAM": {"Config": config}}
        ask(socket_path, "POST", "/networks/create", body)
    names = {name for one in ask(socket_path, "GET", "/containers/json", all=1) for name in one["Names"]}
    for name in names:
        if name.startswith("/ls-"):  # of a run that was cut off
            ask(socket_path, "DELETE", "/containers" + name, force=1, v=1)
    for name in PEERS:
        if "/" + name not in names:
            body = {"Image": image, "HostConfig": {"IpcMode": "shareable"}, "Volumes": {"/from-" + name: {}}}
            ask(socket_path, "POST", "/containers/create", body, name=name)
        ask(socket_path, "POST", f"/containers/{name}/start")
