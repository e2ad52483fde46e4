# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the image has to be pulled: it is not here, or the registry has another one for its tag."""

from __future__ import annotations

import os
from typing import Optional

from ...engine.api import distribution
from ...engine.client import Engine
from ...engine.errors import ApiError
from ...values.images import is_image_id, parse_image
from .context import NO, UNSURE, YES, Context


def ask(engine: Engine, context: Context, reference: str) -> None:
    """Note in the context whether to pull, and with which credentials. Image IDs cannot be pulled."""
    if is_image_id(reference):
        return
    context.pull = YES if context.image is None else _has_another(engine, context, reference)
    if context.pull:
        context.registry_auth = _auth(reference)
    if context.pull == YES:
        context.image = None


def _auth(reference: str) -> Optional[str]:
    from ...engine.credentials import registry_auth

    return registry_auth(parse_image(reference).registry, os.environ)


def _has_another(engine: Engine, context: Context, reference: str) -> str:
    """Ask the registry for the tag's digest (GET /distribution/{name}/json); nothing is pulled."""
    image = context.image or {}
    try:
        answer = engine.send(distribution.inspect(reference, registry_auth=_auth(reference)))
    except ApiError:
        # Check mode predicts what pull_check_mode_behavior says; a real run pulls, and looks again.
        return YES if context.options.get("pull_check_mode_behavior") == "always" and engine.read_only else UNSURE
    descriptor = answer.get("Descriptor") if isinstance(answer, dict) else None
    digest = descriptor.get("digest") if isinstance(descriptor, dict) else None
    if not digest:
        return UNSURE
    known = [one.rpartition("@")[2] for one in image.get("RepoDigests") or ()]
    return NO if digest in known + [image.get("Id")] else YES
