# SPDX-License-Identifier: GPL-3.0-or-later
"""Look at the Engine, and change nothing: the container by its name, the image, and whom the options refer to."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from ...engine.api import containers, images
from ...engine.client import Engine
from .context import Context
from .image import image_ids
from .named import look, name_of
from .options import wanted
from .table import ROWS

# "dead": the Engine could not remove it, and takes no other request for it.
_ON_ITS_WAY_OUT = ("removing", "dead")
_MODES = ("network_mode", "ipc_mode", "pid_mode")


def observe(engine: Engine, options: Mapping[str, Any], pulled: bool = False) -> Context:
    """Everything planning needs: an inspect of the container, one of the image, more only where options ask for it.

    `pulled` says that the image has just been pulled, so that the registry need not be asked.
    """
    context = Context(options, (0, 0))
    found = look(engine, context.name)
    if found is not None:  # found by its ID, it keeps its own name
        context.name = name_of(found)
    context.container = _staying(context, found)
    context.api_version = engine.api_version
    if context.container is None:
        look_aside(engine, context)
    if options["state"] != "absent":
        context.want = wanted(context)
        _look_at_image(engine, context, pulled)
        if context.image is not None and "image" in context.want:
            context.want["image"]["id"] = context.image["Id"]
        _drop_ignored(context)
        if any(str(options.get(one)).startswith("container:") for one in _MODES):
            from .peers import see

            see(engine, context, _MODES)
    return context


def _staying(context: Context, found: Optional[Dict[str, Any]]) -> Optional[Dict[str, Any]]:
    """Whatever is found, but for what is on its way out and will neither run again nor bear another name."""
    if found and context.options["state"] != "absent" and (found.get("State") or {}).get("Status") in _ON_ITS_WAY_OUT:
        context.going.append(found)
        return None
    return found


def look_aside(engine: Engine, context: Context) -> None:
    """See whether a replacement that was cut off has left its old container aside."""
    context.leftover = _staying(context, engine.inspect(containers.inspect(aside(context.name))))


def _drop_ignored(context: Context) -> None:
    """What the Engine takes no notice of is not wanted: it would be missed, and mended in vain, each time."""
    system = (context.image or {}).get("Os")
    for name in list(context.want):
        why = ROWS[name].ignored(context.api_version, system)
        if name == "domainname" and context.want.get("network_mode", "").startswith("container:"):
            why = "the container has the domain's name of the one whose network it shares"
        if name == "links":
            from .modes import no_links

            why = no_links(context)
        if why:
            del context.want[name]
            context.warnings.append("The option %s has no effect: %s. Remove it from the task" % (name, why))


def aside(name: str) -> str:
    """The name a container bears while its replacement has yet to prove itself."""
    return name + ".replaced"


def _look_at_image(engine: Engine, context: Context, pulled: bool) -> None:
    reference = context.options.get("image")
    there = context.container or context.leftover
    if not reference:
        if there and (context.want or context.options.get("recreate")):
            from .present_image import see

            see(engine, context, there)
        return
    context.image = engine.inspect(images.inspect(reference))
    platform = context.want.get("platform")
    if context.image and platform:
        from .platform import fits

        context.image = context.image if fits(platform, context.image) else None
    if there and not image_ids(context.image or {}) & image_ids(there):
        from .present_image import expect

        expect(engine, context, there)
    policy = pull_policy(context.options)
    if policy == "never" or pulled or (context.image is not None and policy != "always"):
        return
    from .present_image import names_id

    if context.image is not None and names_id(reference, context.image):
        return
    from .registry import ask

    ask(engine, context, reference)


def pull_policy(options: Mapping[str, Any]) -> str:
    """never, missing or always; the option takes booleans too."""
    value = str(options.get("pull", "missing")).lower()
    if value in ("true", "yes", "on", "1"):
        return "always"
    return "missing" if value in ("false", "no", "off", "0") else value
