# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers that cases connect to their networks, made by plain requests."""

from __future__ import annotations

import json

from ansible_collections.longshore.docker.tests.integration.examples.plain import ask

RUNNING, CREATED = ("ls-nc-a", "ls-nc-b"), ("ls-nc-created",)


def prepare(socket: str, image: str) -> None:
    """Make them, and remove the networks of a run that was cut off."""
    clean(socket)
    for one in json.loads(ask(socket, "GET", "/networks")):
        if one["Name"].startswith("ls-network"):
            ask(socket, "DELETE", "/networks/" + one["Id"])
    for name in RUNNING + CREATED:
        ask(socket, "POST", "/containers/create", {"Image": image, "StopSignal": "KILL"}, name=name)
    for name in RUNNING:
        ask(socket, "POST", "/containers/%s/start" % name)


def clean(socket: str) -> None:
    """Remove them."""
    there = {name for one in json.loads(ask(socket, "GET", "/containers/json", all=1)) for name in one["Names"]}
    for name in RUNNING + CREATED:
        if "/" + name in there:
            ask(socket, "DELETE", "/containers/" + name, force=1)
