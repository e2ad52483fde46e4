# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Look at the Engine, and change nothing: the container by its name, the image, and whom the options refer to."""

from __future__ import annotations

import os
from typing import Any, Dict, Mapping, Optional

from ...engine.api import containers, distribution, images
from ...engine.client import Engine
from ...engine.errors import ApiError
from ...values.images import is_image_id, parse_image
from ...values.platforms import parse_platform, same_platform
from .context import NO, UNSURE, YES, Context
from .image import image_platform
from .options import wanted

_MODES = ("network_mode", "ipc_mode", "pid_mode")


def observe(engine: Engine, options: Mapping[str, Any], pulled: bool = False) -> Context:
    """Everything planning needs: an inspect of the container, one of the image, more only where options ask for it.

    `pulled` says that the image has just been pulled, so that the registry need not be asked.
    """
    context = Context(options, (0, 0))
    context.container = engine.inspect(containers.inspect(context.name))
    context.api_version = engine.api_version
    if context.container is None:
        context.leftover = engine.inspect(containers.inspect(aside(context.name)))
    if options["state"] != "absent":
        context.want = wanted(context)
        _look_at_image(engine, context, pulled)
        if context.image is not None and "image" in context.want:
            context.want["image"]["id"] = context.image["Id"]
        _look_at_peers(engine, context)
    return context


def aside(name: str) -> str:
    """The name a container bears while its replacement has yet to prove itself."""
    return name + ".replaced"


def _look_at_image(engine: Engine, context: Context, pulled: bool) -> None:
    reference = context.options.get("image")
    if not reference:
        there = context.container or context.leftover
        if there and context.want:
            context.image = engine.inspect(images.inspect(there["Image"]))
        return
    context.image = engine.inspect(images.inspect(reference))
    platform = context.options.get("platform")
    if (
        context.image
        and platform
        and not same_platform(parse_platform(platform), parse_platform(image_platform(context.image)))
    ):
        context.image = None
    policy = pull_policy(context.options)
    if is_image_id(reference) or policy == "never" or pulled:
        return
    if context.image is None:
        context.pull = YES
    elif policy == "always":
        context.pull = _registry_has_another(engine, context, reference)
    if context.pull:
        context.registry_auth = _auth(reference)
    if context.pull == YES:
        context.image = None


def pull_policy(options: Mapping[str, Any]) -> str:
    """never, missing or always; the option takes booleans too."""
    value = options.get("pull", "missing")
    if isinstance(value, bool):
        return "always" if value else "missing"
    return _boolean_text(str(value))


def _boolean_text(value: str) -> str:
    if value.lower() in ("true", "yes", "on", "1"):
        return "always"
    return "missing" if value.lower() in ("false", "no", "off", "0") else value


def _auth(reference: str) -> Optional[str]:
    from ...engine.credentials import registry_auth

    return registry_auth(parse_image(reference).registry, os.environ)


def _registry_has_another(engine: Engine, context: Context, reference: str) -> str:
    """Ask the registry for the tag's digest (GET /distribution/{name}/json); nothing is pulled."""
    image = context.image or {}
    try:
        answer = engine.send(distribution.inspect(reference, registry_auth=_auth(reference)))
    except ApiError:
        # Check mode predicts what pull_check_mode_behavior says; a real run pulls, and looks again.
        return YES if context.options.get("pull_check_mode_behavior") == "always" and engine.read_only else UNSURE
    digest = ((answer or {}).get("Descriptor") or {}).get("digest")
    known = [one.rpartition("@")[2] for one in image.get("RepoDigests") or ()]
    return NO if digest in known + [image.get("Id")] else YES


def _look_at_peers(engine: Engine, context: Context) -> None:
    """Learn the IDs of containers whose namespaces are shared: the Engine shows an ID where the task names a name."""
    for option in _MODES:
        kind, sep, name = (context.options.get(option) or "").partition(":")
        if sep and kind == "container" and name not in context.ids and context.container:
            shown: Dict[str, Any] = context.container.get("HostConfig") or {}
            key = {"network_mode": "NetworkMode", "ipc_mode": "IpcMode", "pid_mode": "PidMode"}[option]
            if shown.get(key) != context.options[option]:
                peer = engine.inspect(containers.inspect(name))
                if peer:
                    context.ids[name] = peer["Id"]
