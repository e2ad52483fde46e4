# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task of `image` says, and what it must not say."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence

from ...values.errors import InvalidOption
from ...values.images import ImageReference
from ..image import registry
from ..image.names import NAME, named, of_task
from ..image.pull import platform_of
from ..image.push import target as push_target
from ..image.tag import target as tag_target

_BUILD: Dict[str, Dict[str, Any]] = {
    "path": {"type": "path", "required": True},
    "dockerfile": {"type": "str"},
    "args": {"type": "dict", "no_log": True},
    "labels": {"type": "dict"},
    "etc_hosts": {"type": "dict"},
    "cache_from": {"type": "list", "elements": "str"},
    "platform": {"type": "str"},
    "network": {"type": "str"},
    "target": {"type": "str"},
    "shm_size": {"type": "str"},
    "nocache": {"type": "bool", "default": False},
    "pull": {"type": "bool", "default": False},
    "rm": {"type": "bool", "default": True},
    "http_timeout": {"type": "int"},
    "use_config_proxy": {"type": "bool"},
    "container_limits": {
        "type": "dict",
        "options": {
            "memory": {"type": "str"},
            "memswap": {"type": "str"},
            "cpushares": {"type": "int"},
            "cpusetcpus": {"type": "str"},
        },
    },
}
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = dict(
    NAME,
    source={"type": "str", "choices": ["build", "load", "pull", "local"]},
    build={"type": "dict", "options": _BUILD},
    load_path={"type": "path"},
    pull={"type": "dict", "options": {"platform": {"type": "str"}}},
    archive_path={"type": "path"},
    repository={"type": "str"},
    push={"type": "bool", "default": False},
    force_absent={"type": "bool", "default": False},
    force_source={"type": "bool", "default": False},
    force_tag={"type": "bool", "default": False},
    state={"type": "str", "choices": ["absent", "present"], "default": "present"},
    **registry.CREDENTIALS,
)
CONSTRAINTS: Dict[str, List[Sequence[Any]]] = dict(
    registry.TOGETHER,
    required_if=[
        ("state", "present", ["source"]),
        ("source", "build", ["build"]),
        ("source", "load", ["load_path"]),
    ],
)


def repository_of(options: Mapping[str, Any]) -> Optional[ImageReference]:
    """The further name that the image is to have. Raises InvalidOption."""
    if not options["repository"]:
        return None
    # The tag that `name` bears, else `tag`, goes for the repository as well.
    reference = of_task(options).reference
    tag = reference.tag if reference is not None and reference.tag else options["tag"]
    return tag_target(options["repository"], tag, "repository")


def push_of(options: Mapping[str, Any]) -> Optional[ImageReference]:
    """The name to push, None where nothing is. Raises InvalidOption."""
    if not options["push"]:
        return None
    repository = repository_of(options)
    if repository is not None:
        return repository
    if of_task(options).reference is None:
        raise InvalidOption(
            "push", "Cannot push an image by ID; say in repository under which name to push it", whole=True
        )
    return push_target(options)


def check(options: Mapping[str, Any]) -> None:
    """Raises InvalidOption for what can be told from the options alone."""
    target = named(options["name"], options["tag"])
    registry.check_credentials(options)
    if options["state"] == "absent":
        return
    repository_of(options)
    push_of(options)
    source = options["source"]
    if source == "build" and target.reference is not None and target.reference.digest:
        raise InvalidOption("name", "nobody can give an image its digest beforehand; got: %s" % options["name"])
    if target.reference is None and options["force_source"]:
        check_source(options)
    if source == "pull":
        platform_of((options["pull"] or {}).get("platform"))


def check_source(options: Mapping[str, Any]) -> None:
    """Of an image that is named by its ID: where it is here, nothing has to make or fetch it. Raises InvalidOption."""
    source = options["source"]
    if source in ("build", "pull"):
        sentence = "Image name must not be an image ID for source=%s; got: %s"
        raise InvalidOption("name", sentence % (source, options["name"]), whole=True)


def needs_node(options: Mapping[str, Any]) -> str:
    """Why the managed node's files are needed."""
    if options["state"] == "absent":
        return ""
    if options["archive_path"]:
        return "the archive is written on the managed node"
    if options["source"] == "load":
        return "the archive is read from the managed node's files"
    if options["source"] == "build":
        from ..image_build.recipe import needs_node as build_needs_node

        return build_needs_node(options["build"] or {})
    return ""
