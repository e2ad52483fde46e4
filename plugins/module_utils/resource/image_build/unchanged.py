# SPDX-License-Identifier: GPL-3.0-or-later
"""rebuild: changed: whether the image that is there is what a build would give, found out without building."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from ...engine.api import images
from ...engine.client import Engine
from ...values.errors import InvalidValue
from ...values.images import parse_image
from .context import read_context
from .digest import BASES_LABEL, BUILD_LABEL, digest, read_bases, write_bases
from .recipe import Recipe, check_context
from .steps import base_images


class Recognition:
    """The digest of what would go into a build, and the IDs of the images it would start from that are here."""

    def __init__(self, engine: Engine, recipe: Recipe) -> None:
        """Reads all of the context. Raises InvalidOption, EngineError."""
        check_context(recipe)
        context = read_context(recipe)
        self.digest = digest(recipe, context)
        self._bases = _here(engine, base_images(recipe, context))
        # With `pull` the builder may start from newer ones than are here now.
        self._sure = not recipe.pull

    @property
    def labels(self) -> Dict[str, str]:
        """What the image is to bear, so that it is recognised."""
        found = {BUILD_LABEL: self.digest}
        if self._sure and self._bases:
            found[BASES_LABEL] = write_bases(self._bases)
        return found

    def is_same(self, image: Optional[Mapping[str, Any]]) -> bool:
        """Whether this image was built from the same. What it started from counts where it is still known, and here: an
        image may have been built from one that was never, or is no longer, in the Engine's store."""
        labels = ((image or {}).get("Config") or {}).get("Labels") or {}
        if labels.get(BUILD_LABEL) != self.digest:
            return False
        started = read_bases(labels.get(BASES_LABEL) or "")
        return all(started.get(name, now) == now for name, now in self._bases.items())


def _here(engine: Engine, names: Any) -> Dict[str, str]:
    found = {}
    for name in names:
        try:
            reference = parse_image(name).full
        except InvalidValue:
            continue
        image = engine.inspect(images.inspect(reference))
        if image is not None:
            found[reference] = str(image["Id"])
    return found
