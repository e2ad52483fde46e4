# SPDX-License-Identifier: GPL-3.0-or-later
"""A recipe as the parameters of POST /build. Pure."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from .builder import cached_image
from .recipe import Recipe


def query(recipe: Recipe, dockerfile: str, args: Mapping[str, str], labels: Mapping[str, str]) -> Dict[str, Any]:
    """What both builders of an Engine take, by the names of `builds.build`.

    `dockerfile` is its name within the archive; `args` and `labels` are the recipe's and what is added to them.
    """
    found: Dict[str, Any] = {
        "t": recipe.names + _more_names(recipe),
        "dockerfile": dockerfile or None,
        "remote": recipe.path if recipe.is_remote else None,
        "nocache": recipe.nocache or None,
        "pull": recipe.pull or None,
        "rm": recipe.rm,
        "forcerm": recipe.rm,
        "buildargs": dict(args) or None,
        "labels": dict(labels) or None,
        "cachefrom": [cached_image(one) for one in recipe.cache_from] or None,
        "networkmode": recipe.network,
        "target": recipe.target,
        "platform": recipe.platforms[0] if recipe.platforms else None,
        "shmsize": recipe.shm_size,
        "extrahosts": tuple("%s:%s" % pair for pair in sorted(recipe.etc_hosts.items())) or None,
    }
    found.update(recipe.limits)
    return {name: value for name, value in found.items() if value is not None}


def _more_names(recipe: Recipe) -> Any:
    """Those that outputs of type image give."""
    return tuple(name for output in recipe.outputs for name in output.get("name") or ())
