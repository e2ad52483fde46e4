# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An Engine of the model's containers, with the interface of engine.client.Engine that tasks use.

`failing` maps the number of a call that changes something, counted from 0, to what it raises; True as second part of
the pair: after the call was carried out, as when its reply was lost.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion, Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ApiError, Conflict, NotFound
from ansible_collections.longshore.docker.plugins.module_utils.values.images import same_image
from ansible_collections.longshore.docker.tests.unit.resource.container import model


class World:
    """Containers and images, changed by calls."""

    read_only = False
    timeout = 60.0

    def __init__(self, images: Mapping[str, Any], version: ApiVersion) -> None:
        self.images, self.api_version = images, version
        self.containers: list[dict[str, Any]] = []
        self.done: list[Call] = []
        self.failing: dict[int, tuple[Exception, bool]] = {}
        self.network_options: dict[str, str] = {}
        self.info: dict[str, Any] = {}  # GET /info
        self.exits: dict[str, int] = {}  # image -> status with which what is started from it ends at once
        self.said = b""
        self._made = 0

    def copy(self) -> World:
        """The same world, to be changed apart from this one."""
        return copy.deepcopy(self)

    def find(self, name: str) -> dict[str, Any] | None:
        """The container of that name or ID."""
        for one in self.containers:
            if name in (one["Id"], one["Name"].lstrip("/")):
                return one
        return None

    def inspect(self, call: Call) -> Any:
        """GET that gives None for what is not there."""
        try:
            return self.send(call)
        except NotFound:
            return None

    get = inspect

    def frames(self, call: Call, tty: bool = False) -> Iterator[tuple[int, bytes]]:
        """What a container wrote: `said`."""
        return iter([(1, self.said)])

    def stream(self, call: Call) -> Iterator[Any]:
        """Records of progress: none."""
        self.send(call)
        return iter(())

    def send(self, call: Call, timeout: float | None = None) -> Any:
        """Carry out one call."""
        if call.method == "GET":
            return self._look(call)
        number = len(self.done)
        error, after = self.failing.get(number, (None, False))
        self.done.append(call)
        if error and not after:
            raise error
        reply = self._change(call)
        if error:
            raise error
        return reply

    def _look(self, call: Call) -> Any:
        if call.path == "/info":
            return self.info
        if call.path.startswith("/networks/"):
            return {"Id": call.path, "Driver": "bridge", "Options": self.network_options}
        kind, name = re.findall(r"^/(containers|images)/(.+)/json$", call.path)[0]
        if kind == "images":
            for image in self.images.values():
                if _is(image, unquote(name)):
                    return copy.deepcopy(image)
            raise NotFound(call.method, call.path, 404, "No such image: " + name)
        return copy.deepcopy(self._container(call, unquote(name)))

    def _container(self, call: Call, name: str) -> dict[str, Any]:
        found = self.find(name)
        if found is None:
            raise NotFound(call.method, call.path, 404, "No such container: " + name)
        return found

    def _change(self, call: Call) -> Any:
        if call.path == "/images/create":
            return {}
        if call.path == "/containers/create":
            return self._create(call)
        kind, name, verb = re.findall(r"^/(containers|networks)/([^/]+)/?(.*)$", call.path)[0]
        if kind == "networks":
            return self._network(call, unquote(name), verb)
        container = self._container(call, unquote(name))
        return getattr(self, "_" + (verb or call.method.lower()))(container, call)

    def _create(self, call: Call) -> Any:
        name = call.query["name"]
        if self.find(name):
            raise Conflict(call.method, call.path, 409, "The container name /%s is already in use" % name)
        image = next((one for one in self.images.values() if _is(one, call.body["Image"])), None)
        if image is None:
            raise NotFound(call.method, call.path, 404, "No such image: " + call.body["Image"])
        self._made += 1
        number = "%064x" % self._made
        made = model.inspect(call.body, image, self.api_version, number, name)
        self._drop(made["HostConfig"])
        for key in ("NetworkMode", "IpcMode", "PidMode"):
            kind, _sep, other = made["HostConfig"][key].partition(":")
            if kind == "container":
                peer = self._container(call, other)
                made["HostConfig"][key] = "container:" + peer["Id"]
                if key == "NetworkMode":
                    made["Config"].update({one: peer["Config"][one] for one in ("Hostname", "Domainname")})
        made["HostConfig"]["Links"] = _links(made["HostConfig"]["Links"], name)
        self.containers.append(made)
        return {"Id": number, "Warnings": []}

    def _drop(self, host: dict[str, Any]) -> None:
        """What the kernel of the host does not know (the Engine warns of it)."""
        if self.info.get("OomKillDisable") is False:
            host["OomKillDisable"] = None
        if self.info.get("CgroupVersion") == "2":
            host["MemorySwappiness"] = None
        if self.info.get("SwapLimit") is False and host["Memory"]:
            host["MemorySwap"] = -1

    def _network(self, call: Call, network: str, verb: str) -> Any:
        container = self._container(call, call.body["Container"])
        endpoints = container["NetworkSettings"]["Networks"]
        if verb == "disconnect":
            if network not in endpoints:
                raise ApiError(call.method, call.path, 403, "the container is not connected to network " + network)
            del endpoints[network]
            return None
        if network in endpoints:
            raise ApiError(call.method, call.path, 403, "endpoint exists already in network " + network)
        settings = call.body.get("EndpointConfig")
        endpoints[network] = model.endpoint(settings, network, container["Id"], self.api_version)
        return None

    def _start(self, container: dict[str, Any], _call: Call) -> None:
        ended = self.exits.get(container["Config"]["Image"])
        status = "running" if ended is None else "exited"
        container["State"].update(Running=ended is None, Status=status, ExitCode=ended or 0)

    def _stop(self, container: dict[str, Any], _call: Call) -> None:
        container["State"].update(Running=False, Paused=False, Status="exited")
        if container["HostConfig"]["AutoRemove"]:
            self.containers.remove(container)

    _kill = _stop

    def _restart(self, container: dict[str, Any], call: Call) -> None:
        self._start(container, call)

    def _pause(self, container: dict[str, Any], call: Call) -> None:
        if not container["State"]["Running"] or container["State"]["Paused"]:
            raise Conflict(call.method, call.path, 409, "container is not running, or paused already")
        container["State"]["Paused"] = True

    def _unpause(self, container: dict[str, Any], call: Call) -> None:
        if not container["State"]["Paused"]:
            raise Conflict(call.method, call.path, 409, "container is not paused")
        container["State"]["Paused"] = False

    def _rename(self, container: dict[str, Any], call: Call) -> None:
        name = call.query["name"]
        other = self.find(name)
        if other is container:
            raise ApiError(call.method, call.path, 400, "Renaming a container with the same name as its current name")
        if other:
            raise Conflict(call.method, call.path, 409, "The container name /%s is already in use" % name)
        container["Name"] = "/" + name

    def _update(self, container: dict[str, Any], call: Call) -> Any:
        host = container["HostConfig"]
        problem = _conflict(host, call.body)
        if problem:
            raise Conflict(call.method, call.path, 409, "Cannot update container: " + problem)
        for key, value in call.body.items():
            if key == "RestartPolicy":
                if value.get("Name"):
                    host[key] = {"Name": value["Name"], "MaximumRetryCount": value.get("MaximumRetryCount", 0)}
            elif key == "PidsLimit":
                host[key] = max(value, 0)
            elif value:  # POST /containers/{id}/update takes 0 for "as it is"
                host[key] = value
        return {"Warnings": []}

    def _delete(self, container: dict[str, Any], call: Call) -> None:
        if container["State"]["Running"] and not call.query.get("force"):
            raise Conflict(call.method, call.path, 409, "You cannot remove a running container")
        self.containers.remove(container)


def _conflict(host: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """What Engine 20.10 does not take together (POST /containers/{id}/update)."""
    if body.get("Memory", 0) > host["MemorySwap"] and not body.get("MemorySwap"):
        return "Memory limit should be smaller than already set memoryswap limit"
    if body.get("NanoCpus") and (host["CpuQuota"] or host["CpuPeriod"]):
        return "Nano CPUs cannot be updated as CPU Period has already been set"
    if (body.get("CpuQuota") or body.get("CpuPeriod")) and host["NanoCpus"]:
        return "CPU Quota cannot be updated as NanoCPUs has already been set"
    return ""


def _is(image: Mapping[str, Any], name: str) -> bool:
    return image["Id"].startswith(("sha256:" + name, name)) or any(same_image(name, tag) for tag in image["RepoTags"])


def _links(given: Any, name: str) -> Any:
    return given and ["/%s:/%s/%s" % (link.partition(":")[0], name, link.partition(":")[2]) for link in given]
