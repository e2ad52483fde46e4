# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small model of the Engine: what GET /containers/{id}/json shows after POST /containers/create.

It knows what the Engine supplies (from the image, from its own defaults), in the shape of each API version. Its source
are the documents in recorded/ and the official API description; test_model.py compares the two.
"""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Mapping
from typing import Any

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion

_CONFIG: dict[str, Any] = {
    "AttachStderr": False,
    "AttachStdin": False,
    "AttachStdout": False,
    "Cmd": None,
    "Domainname": "",
    "Entrypoint": None,
    "Env": None,
    "Hostname": "",
    "Image": "",
    "Labels": {},
    "OpenStdin": False,
    "StdinOnce": False,
    "Tty": False,
    "User": "",
    "Volumes": None,
    "WorkingDir": "",
}
_ZERO = (
    *("BlkioWeight", "CpuCount", "CpuPercent", "CpuPeriod", "CpuQuota", "CpuRealtimePeriod", "CpuRealtimeRuntime"),
    *("CpuShares", "IOMaximumBandwidth", "IOMaximumIOps", "Memory", "MemoryReservation", "MemorySwap", "NanoCpus"),
    "OomScoreAdj",
)
_EMPTY = (
    *("Cgroup", "CgroupParent", "ContainerIDFile", "CpusetCpus", "CpusetMems", "Isolation", "PidMode", "UTSMode"),
    *("UsernsMode", "VolumeDriver"),
)
_NULL = (
    *("Binds", "BlkioDeviceReadBps", "BlkioDeviceReadIOps", "BlkioDeviceWriteBps", "BlkioDeviceWriteIOps"),
    *("BlkioWeightDevice", "CapAdd", "CapDrop", "DeviceCgroupRules", "DeviceRequests", "Devices", "Dns", "DnsOptions"),
    *("DnsSearch", "ExtraHosts", "GroupAdd", "Links", "MemorySwappiness", "PidsLimit", "SecurityOpt", "Ulimits"),
    "VolumesFrom",
)
_FALSE = ("AutoRemove", "OomKillDisable", "Privileged", "PublishAllPorts", "ReadonlyRootfs")
_PATHS = {"MaskedPaths": ["/proc/acpi", "/proc/kcore"], "ReadonlyPaths": ["/proc/bus", "/proc/sys"]}
# Shown only where they hold something (omitempty).
_OMITTED = ("Init", "Mounts", "StorageOpt", "Sysctls", "Tmpfs", "Annotations")
_CONFIG_OMITTED = ("ExposedPorts", "Healthcheck", "MacAddress", "NetworkDisabled", "Shell", "StopSignal", "StopTimeout")


def config(body: Mapping[str, Any], image: Mapping[str, Any], number: str) -> dict[str, Any]:
    """Config: the task's, on top of the image's."""
    given = {key: value for key, value in body.items() if key not in ("HostConfig", "NetworkingConfig")}
    supplied = {key: value for key, value in (image.get("Config") or {}).items() if value}
    found: dict[str, Any] = dict(_CONFIG, **{key: copy.deepcopy(value) for key, value in given.items()})
    if not given.get("Entrypoint"):
        found["Cmd"] = given.get("Cmd") or supplied.get("Cmd")
        if given.get("Entrypoint") is None:
            found["Entrypoint"] = supplied.get("Entrypoint")
    for key in ("User", "WorkingDir", "StopSignal"):
        found[key] = given.get(key) or supplied.get(key) or ""
    for key in ("Labels", "ExposedPorts", "Volumes"):
        found[key] = dict(supplied.get(key) or {}, **(given.get(key) or {})) or ({} if key == "Labels" else None)
    names = [entry.partition("=")[0] for entry in given.get("Env") or ()]
    more = [entry for entry in supplied.get("Env") or () if entry.partition("=")[0] not in names]
    found["Env"] = ((given.get("Env") or []) + more) or None
    found["WorkingDir"] = found["WorkingDir"] and posixpath.normpath(found["WorkingDir"])
    found["Healthcheck"] = _health(given.get("Healthcheck"), supplied.get("Healthcheck"))
    found["Hostname"] = given.get("Hostname") or number[:12]
    return {key: value for key, value in found.items() if value or key not in _CONFIG_OMITTED}


def _health(given: Any, supplied: Any) -> Any:
    if not given:
        return supplied
    return {key: value for key, value in dict(supplied or {}, **{k: v for k, v in given.items() if v}).items() if value}


def host_config(body: Mapping[str, Any], version: ApiVersion) -> dict[str, Any]:
    """HostConfig: the task's, on top of the Engine's defaults."""
    given = copy.deepcopy(body.get("HostConfig") or {})
    found: dict[str, Any] = dict.fromkeys(_ZERO, 0)
    found.update(dict.fromkeys(_EMPTY, ""))
    found.update(dict.fromkeys(_NULL))
    found.update(dict.fromkeys(_FALSE, False))
    found.update(CgroupnsMode="host", ConsoleSize=[0, 0], IpcMode="private", NetworkMode="default", Runtime="runc")
    found.update(copy.deepcopy(_PATHS) if not given.get("Privileged") else dict.fromkeys(_PATHS))
    found.update(ShmSize=67108864, PortBindings=None if version < (1, 42) else {})
    for key, dropped in (("KernelMemory", (1, 42)), ("KernelMemoryTCP", (1, 52))):
        if version < dropped:
            found[key] = 0
        else:
            given.pop(key, None)
    restart = dict(
        {"MaximumRetryCount": 0, "Name": "" if version < (1, 42) else "no"}, **given.pop("RestartPolicy", {})
    )
    log = dict({"Type": "json-file", "Config": {}}, **given.pop("LogConfig", {}))
    log["Type"] = log["Type"] or "json-file"
    for key in ("IpcMode", "Runtime", "ShmSize"):  # which are chosen where nothing is asked for
        given[key] = given.get(key) or found[key]
    found.update(given, RestartPolicy=restart, LogConfig=log)
    if found["Memory"] and not found["MemorySwap"]:
        found["MemorySwap"] = 2 * found["Memory"]
    if found["Privileged"] or "host" in (found["IpcMode"], found["PidMode"]):
        found["SecurityOpt"] = [*(found["SecurityOpt"] or []), "label=disable"]
    if found["PidsLimit"] is not None and found["PidsLimit"] <= 0:
        found["PidsLimit"] = None
    if found["NetworkMode"] == "default" and version >= (1, 44):
        found["NetworkMode"] = "bridge"
    if found["DeviceRequests"]:
        empty = dict.fromkeys(("Capabilities", "DeviceIDs", "Options"))
        found["DeviceRequests"] = [{"Driver": "", "Count": 0, **empty, **one} for one in found["DeviceRequests"]]
    found["Mounts"] = [_without_zeros(one) for one in given.get("Mounts") or ()]
    return {key: value for key, value in found.items() if value not in (None, {}, []) or key not in _OMITTED}


def _without_zeros(node: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: _without_zeros(value) if isinstance(value, dict) else value for key, value in node.items()}
    return {key: value for key, value in plain.items() if value not in (False, "", 0, None, [])}


def endpoint(settings: Mapping[str, Any] | None, network: str, number: str, version: ApiVersion) -> dict[str, Any]:
    """NetworkSettings.Networks[network] of a container that runs."""
    given = dict(settings or {})
    found = {
        "Aliases": given.get("Aliases"),
        "DriverOpts": given.get("DriverOpts"),
        "IPAMConfig": given.get("IPAMConfig"),
        "IPAddress": (given.get("IPAMConfig") or {}).get("IPv4Address") or "172.17.0.2",
        "GlobalIPv6Address": (given.get("IPAMConfig") or {}).get("IPv6Address") or "",
        "Links": given.get("Links"),
        "MacAddress": given.get("MacAddress") or "02:42:ac:11:00:02",
        "NetworkID": ("%064x" % sum(network.encode()))[:64],
    }
    if version < (1, 45) and network != "bridge":
        found["Aliases"] = [*(given.get("Aliases") or []), number[:12]]
    if version >= (1, 48):
        found["GwPriority"] = given.get("GwPriority") or 0
    return found


def inspect(
    body: Mapping[str, Any], image: Mapping[str, Any], version: ApiVersion, number: str, name: str
) -> dict[str, Any]:
    """The document of a container that was created, and not yet started."""
    host = host_config(body, version)
    mode = {"default": "bridge"}.get(host["NetworkMode"], host["NetworkMode"])
    endpoints = dict((body.get("NetworkingConfig") or {}).get("EndpointsConfig") or {})
    if version < (1, 44):  # older Engines take one endpoint, that of the container's main network
        endpoints = {key: value for key, value in endpoints.items() if key == mode}
    if mode.partition(":")[0] != "container":
        endpoints.setdefault(mode, {})
    found = config(body, image, number)
    mac = found.pop("MacAddress", None)
    if mac and version < (1, 44):
        endpoints[mode] = dict(endpoints.get(mode) or {}, MacAddress=mac)
    if endpoints.get(mode, {}).get("MacAddress") and version < (1, 52):
        found["MacAddress"] = endpoints[mode]["MacAddress"]
    document = {
        "Id": number,
        "Name": "/" + name,
        "Image": image["Id"],
        "Platform": "linux",
        "Config": found,
        "HostConfig": host,
        "NetworkSettings": {"Networks": {key: endpoint(one, key, number, version) for key, one in endpoints.items()}},
        "State": {"Running": False, "Paused": False, "Status": "created", "ExitCode": 0},
        "RestartCount": 0,
    }
    if version >= (1, 48):
        document["ImageManifestDescriptor"] = {"platform": {"architecture": image["Architecture"], "os": image["Os"]}}
    return document
