# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the image has to be pulled: it is not here, or the registry has another one for its tag."""

from __future__ import annotations

from ...engine.client import Engine
from ...engine.errors import ApiError
from ...values.images import is_image_id, parse_image
from ..image import registry
from ..image.names import digests
from .context import NO, UNSURE, YES, Context
from .image import AS_PULLED, image_ids


def ask(engine: Engine, context: Context, reference: str) -> None:
    """Note in the context whether to pull, and with which credentials. Image IDs cannot be pulled."""
    if is_image_id(reference):
        return
    context.pull = YES if context.image is None else _has_another(engine, context, reference)
    if context.pull:
        context.access = _access(engine, reference)
    if context.pull == YES:
        context.outdated = context.image is not None
        context.image = None


def as_foretold(context: Context, settled: Context) -> None:
    """After a pull that was to tell whether the image is another. Where it is, the plan is the one that check mode
    shows, and the Engine, asked to pull once more, has nothing to do."""
    there = context.container or context.leftover
    if there and not image_ids(context.image or {}) & image_ids(there):
        context.pull, context.access, context.image = YES, settled.access, None
        context.want["image"]["id"] = AS_PULLED


def _access(engine: Engine, reference: str) -> registry.Access:
    return registry.access(engine, parse_image(reference), {})


def _has_another(engine: Engine, context: Context, reference: str) -> str:
    """Ask the registry for the tag's digest; nothing is pulled.

    Check mode says what pull_check_mode_behavior asks of it; a real run pulls, and looks again."""
    if context.options.get("pull_check_mode_behavior") == "always" and engine.read_only:
        return YES
    try:
        digest = registry.digest_of(registry.ask(engine, reference, _access(engine, reference)))
    except ApiError:
        return UNSURE
    if not digest:
        return UNSURE
    return NO if digest in digests(context.image or {}) else YES
