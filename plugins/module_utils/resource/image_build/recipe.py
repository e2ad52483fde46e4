# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to be built, as a value: the options of every module that builds images come to this."""

from __future__ import annotations

import os
from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple

from ...values.errors import InvalidOption, InvalidValue

# What the Engine, or BuildKit, fetches by itself. So does the docker CLI decide (POST /build, parameter `remote`).
_REMOTE = ("http://", "https://", "git://", "github.com/", "git@")
AUTO = "auto"


class Recipe(NamedTuple):
    """One build. Values are as the Engine wants them; `names` are references with tags.

    path, dockerfile  the context, and the Dockerfile's path as given (counted from the context); empty: Dockerfile
    limits            memory, memswap, cpushares, cpusetcpus by the API's names
    rm                whether intermediate containers are removed, after a failure too
    timeout           how many seconds the builder may be silent, 0 for no limit
    proxies           whether the proxies of the docker CLI's config.json become build arguments
    builder           auto, classic, buildkit or buildx
    reach             the options that say how to reach the Engine, for a builder that is a program
    """

    names: Tuple[str, ...]
    path: str
    dockerfile: str = ""
    args: Mapping[str, str] = {}
    labels: Mapping[str, str] = {}
    etc_hosts: Mapping[str, str] = {}
    cache_from: Tuple[str, ...] = ()
    platforms: Tuple[str, ...] = ()
    network: Optional[str] = None
    target: Optional[str] = None
    shm_size: Optional[int] = None
    limits: Mapping[str, Any] = {}
    secrets: Tuple[Mapping[str, Any], ...] = ()
    outputs: Tuple[Mapping[str, Any], ...] = ()
    nocache: bool = False
    pull: bool = False
    rm: bool = True
    proxies: bool = True
    timeout: float = 0
    builder: str = AUTO
    cli: str = ""
    reach: Mapping[str, Any] = {}

    @property
    def is_remote(self) -> bool:
        """Whether the context is fetched by the builder, so that none is sent."""
        return self.path.startswith(_REMOTE)

    @property
    def dockerfile_path(self) -> str:
        """Where the Dockerfile is on this machine. Without a name it may be written small, as for the docker CLI."""
        path = os.path.join(self.path, self.dockerfile or "Dockerfile")
        if not self.dockerfile and not os.path.lexists(path):
            small = os.path.join(self.path, "dockerfile")
            return small if os.path.lexists(small) else path
        return path


def recipe_of(options: Mapping[str, Any], names: Tuple[str, ...], **more: Any) -> Recipe:
    """The recipe that build options describe; those that a module does not have may be missing.

    `options` is what image_build takes, or the suboptions of image's `build`. Raises InvalidOption.
    """
    platform = options.get("platform") or ()
    made = Recipe(
        names,
        str(options["path"]),
        options.get("dockerfile") or "",
        args=_texts("args", options.get("args")),
        labels=_texts("labels", options.get("labels")),
        etc_hosts=_texts("etc_hosts", options.get("etc_hosts")),
        cache_from=tuple(options.get("cache_from") or ()),
        platforms=_platforms((platform,) if isinstance(platform, str) else tuple(platform)),
        network=options.get("network") or None,
        target=options.get("target") or None,
        shm_size=_size("shm_size", options.get("shm_size")),
        limits=_limits(options.get("container_limits") or {}),
        secrets=tuple(options.get("secrets") or ()),
        outputs=tuple(options.get("outputs") or ()),
        nocache=bool(options.get("nocache")),
        pull=bool(options.get("pull")),
        rm=options.get("rm") is not False,
        timeout=options.get("http_timeout") or 0,
        builder=options.get("builder") or AUTO,
        cli=options.get("docker_cli") or "",
    )
    return made._replace(**more)


def check_context(recipe: Recipe) -> None:
    """Refuse a context, or a Dockerfile, that is not there. Looks at files. Raises InvalidOption."""
    if recipe.is_remote:
        return
    if not os.path.isdir(recipe.path):
        there = "is a file" if os.path.exists(recipe.path) else "does not exist"
        raise InvalidOption("path", "%s %s, but the context of a build is a directory" % (recipe.path, there))
    path = recipe.dockerfile_path
    if not os.path.isfile(path):
        there = "is no file" if os.path.exists(path) else "does not exist"
        raise InvalidOption("dockerfile", "%s %s; a relative path counts from %s" % (path, there, recipe.path))


def needs_node(options: Mapping[str, Any]) -> str:
    """Why a build with these options has to run on the managed node; empty where it need not."""
    if not Recipe((), str(options.get("path"))).is_remote:
        return "the context is read from the managed node's files"
    from .builder import needs_buildx

    return "docker buildx is a program of the managed node" if needs_buildx(options) else ""


def _texts(option: str, given: Optional[Mapping[str, Any]]) -> Dict[str, str]:
    """YAML's true is the text true here: that is how the docker CLI's users, and the incumbent, write it."""
    found = {}
    for name, value in (given or {}).items():
        if isinstance(value, bool):
            value = "true" if value else "false"
        if value is None or isinstance(value, (dict, list)):
            raise InvalidOption(option, "the value of %s is not a text" % name)
        found[str(name)] = str(value)
    return found


def _platforms(given: Tuple[str, ...]) -> Tuple[str, ...]:
    if not given:
        return ()
    from ...values.platforms import format_platform, parse_platform

    try:
        found = [format_platform(parse_platform(one)) for text in given for one in str(text).split(",")]
    except InvalidValue as error:
        raise InvalidOption("platform", error) from None
    return tuple(sorted(set(found), key=found.index))


def _size(option: str, value: Any) -> Optional[int]:
    if value is None:
        return None
    from ...values.sizes import parse_size

    try:
        return parse_size(value, allow_unlimited=option.endswith("memswap"))
    except InvalidValue as error:
        raise InvalidOption(option, error) from None


def _limits(given: Mapping[str, Any]) -> Dict[str, Any]:
    found = {
        "memory": _size("container_limits.memory", given.get("memory")),
        "memswap": _size("container_limits.memswap", given.get("memswap")),
        "cpushares": given.get("cpushares"),
        "cpusetcpus": given.get("cpusetcpus"),
    }
    return {name: value for name, value in found.items() if value is not None}
