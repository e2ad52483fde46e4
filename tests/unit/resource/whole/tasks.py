# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks about networks and volumes, planned without an Engine, and what an Engine would show afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion
from ansible_collections.longshore.docker.plugins.module_utils.resource import whole
from ansible_collections.longshore.docker.plugins.module_utils.resource.network import context as network_context
from ansible_collections.longshore.docker.plugins.module_utils.resource.network import resource as network
from ansible_collections.longshore.docker.plugins.module_utils.resource.network import table as network_table
from ansible_collections.longshore.docker.plugins.module_utils.resource.volume import context as volume_context
from ansible_collections.longshore.docker.plugins.module_utils.resource.volume import resource as volume
from ansible_collections.longshore.docker.plugins.module_utils.resource.volume import table as volume_table
from ansible_collections.longshore.docker.plugins.module_utils.state.plan import Plan
from ansible_collections.longshore.docker.plugins.module_utils.state.step import Step

NEWEST = (1, 55)


def network_task(
    options: Mapping[str, Any],
    document: dict[str, Any] | None = None,
    attached: Sequence[str] = (),
    version: ApiVersion = NEWEST,
) -> Any:
    """The context of a task about the network `front`; the IDs of containers are their names in capitals."""
    result = ArgumentSpecValidator(network.NETWORK.argument_spec).validate({"name": "front", **options})
    assert not result.error_messages, result.error_messages
    network.check(result.validated_parameters)
    context = network_context.Context(result.validated_parameters, version)
    context.document = document
    context.attached = {name.upper(): name for name in attached}
    context.containers = {
        name.upper(): {
            "Id": name.upper(),
            "Name": "/" + name,
            "NetworkSettings": {"Networks": {"front": {"Aliases": [name + ".example"]}}},
        }
        for name in attached
    }
    context.want = whole.wanted(network_table.FIELDS, context)
    return context


def volume_task(options: Mapping[str, Any], document: dict[str, Any] | None = None) -> Any:
    """The context of a task about the volume `data`."""
    result = ArgumentSpecValidator(volume.VOLUME.argument_spec).validate({"volume_name": "data", **options})
    assert not result.error_messages, result.error_messages
    volume.check(result.validated_parameters)
    context = volume_context.Context(result.validated_parameters, NEWEST)
    context.document = document
    context.want = whole.wanted(volume_table.FIELDS, context)
    return context


def planned(context: Any) -> Plan:
    return network.plan(context) if isinstance(context, network_context.Context) else volume.plan(context)


def made_network(body: Mapping[str, Any]) -> dict[str, Any]:
    """What an Engine shows of a network that it was asked for."""
    ipam = body.get("IPAM") or {}
    pools = [dict(one) for one in ipam.get("Config") or ()]
    for number, pool in enumerate(pools):
        pool.setdefault("Gateway", "%s1" % pool["Subnet"].partition("/")[0].rstrip("0") if number == 0 else "")
    if not any("." in one.get("Subnet", "") for one in pools):
        pools.insert(0, {"Subnet": "172.18.0.0/16", "Gateway": "172.18.0.1"})
    return {
        "Name": body["Name"],
        "Id": "f" * 64,
        "Driver": "null" if body.get("ConfigOnly") else body.get("Driver") or "bridge",
        "Scope": body.get("Scope") or "local",
        "IPAM": {"Driver": ipam.get("Driver") or "default", "Options": ipam.get("Options") or None, "Config": pools},
        "ConfigFrom": body.get("ConfigFrom") or {"Network": ""},
        **{key: body.get(key, False) for key in ("EnableIPv6", "Internal", "Attachable", "Ingress", "ConfigOnly")},
        "EnableIPv4": body.get("EnableIPv4", True),
        "Options": body.get("Options") or {},
        "Labels": body.get("Labels") or {},
    }


def made_volume(body: Mapping[str, Any]) -> dict[str, Any]:
    """What an Engine shows of a volume that it was asked for."""
    shown = {"Labels": body.get("Labels") or None, "Options": body.get("DriverOpts") or None}
    shown["Driver"] = body.get("Driver") or "local"
    return {"Name": body["Name"], "CreatedAt": "2026-11-24T11:46:19Z", "Scope": "local", **shown}


def carried_out(
    steps: Sequence[Step], document: dict[str, Any] | None, attached: Sequence[str] = ()
) -> tuple[dict[str, Any] | None, list[str]]:
    """The document and the containers that are connected, once the steps are done."""
    there = set(attached)
    for step in steps:
        method, path = step.call.method, step.call.path
        if not step.effect:
            continue
        if path.endswith("/create"):
            document = (made_network if "networks" in path else made_volume)(step.call.body)
        elif path.endswith("/connect"):
            there.add(step.call.body["Container"].lower())
        elif path.endswith("/disconnect"):
            there.remove(step.call.body["Container"].lower())
        elif method == "DELETE":
            assert not there, "removed while containers are connected"
            document = None
    return document, sorted(there)
