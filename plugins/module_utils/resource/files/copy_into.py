# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy into a container: looked at, planned, and made."""

from __future__ import annotations

import posixpath
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Tuple

from ...engine.api import container_files
from ...engine.client import Engine
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption
from ..container.named import existing, name_of
from ..looking import looking_for
from . import modes, stats
from .copy_options import ARGUMENT_SPEC, CONSTRAINTS, check, needs_node
from .stats import DIRECTORY, FILE, LINK


class Context(NamedTuple):
    """`path` is where it goes in the container; `items` by name below it; `seen` what of them is there.
    `left`: something is there, and force=false leaves it alone, whatever it is."""

    options: Mapping[str, Any]
    name: str
    path: str
    items: Mapping[str, Any] = {}
    seen: Mapping[str, Any] = {}
    after: Optional[bytes] = None
    left: bool = False


def _observe(engine: Engine, options: Mapping[str, Any], _settled: Any) -> Context:
    document = existing(engine, options["container"])
    name, path = name_of(document), stats.normal("container_path", options["container_path"])
    with looking_for("%s in container %s" % (path, name)):
        if options["follow"]:
            path = stats.followed(engine, name, path)
        if options["force"] is False:
            seen = _there(engine, name, path, options["max_diff_size"] or 1 << 20)
            if "" in seen and (seen[""].entry.kind != DIRECTORY or options["content"] is not None):
                return Context(options, name, path, seen=seen, left=True)
        return _compared(engine, Context(options, name, path), document)


def _there(engine: Engine, name: str, path: str, limit: int) -> Mapping[str, Any]:
    """What is there, whatever is to be copied; with its content, for the diff, if that is not longer."""
    from .entries import Entry
    from .source import Item
    from .survey import survey

    return survey(engine, name, path, {"": Item(Entry(FILE))}, limit)


def _compared(engine: Engine, context: Context, document: Mapping[str, Any]) -> Context:
    from .source import items
    from .survey import survey

    options, name, path = context.options, context.name, context.path
    uid, gid = options["owner_id"], options["group_id"]
    if uid is None or gid is None:
        from .accounts import owner

        uid, gid = owner(engine, name, (document.get("Config") or {}).get("User") or "")
    wanted = items(options, uid, gid)
    if path == "/" and wanted[""].wanted.kind != DIRECTORY:
        raise InvalidOption("container_path", "/ is a directory, and %s is none" % options["path"])
    limit = options["max_diff_size"] or wanted[""].wanted.size + (1 << 20)
    seen = survey(engine, name, path, wanted, limit)
    if "" not in seen:
        _check_above(engine, name, path)
    return context._replace(items=wanted, seen=seen, after=_short(wanted[""], limit))


def _check_above(engine: Engine, name: str, path: str) -> None:
    above = posixpath.dirname(path)
    found = stats.stat(engine, name, above)
    if found is None or found.kind not in (DIRECTORY, LINK):
        raise InvalidOption("container_path", "there is no directory %s in container %s" % (above, name))


def _short(item: Any, limit: int) -> Optional[bytes]:
    """The content, for the diff; None where it is longer."""
    if item.wanted.kind != FILE or item.wanted.size > limit:
        return None
    if isinstance(item.content, bytes):
        return item.content
    try:
        with open(item.content, "rb") as file:
            return file.read(limit)
    except OSError as error:
        raise InvalidOption("path", "cannot read %s: %s" % (item.content, error.strerror)) from error


def _plan(context: Context) -> Plan:
    options = context.options
    warnings = tuple(one for name in ("mode", "directory_mode") for one in modes.surprises(options, name))
    names = [] if context.left else _to_write(context)
    before, after, titles = _shown(context, names)
    if not names:
        return Plan((), before, after, warnings=warnings, titles=titles)
    replaces = options["force"] or _is_empty(context.seen.get(""))
    call = container_files.put_archive(
        context.name, posixpath.dirname(context.path), no_overwrite_dir_non_dir=None if replaces else True
    )
    step = Step(
        "copying to %s in container %s" % (context.path, context.name), call, how=_write, data=(context, tuple(names))
    )
    return Plan((step,), before, after, warnings=warnings, titles=titles)


def _to_write(context: Context) -> List[str]:
    """The names of the items that are not there as they should be. Raises InvalidOption for a directory where there
    should be none, and the other way round."""
    force = context.options["force"]
    found: List[str] = []
    blocked: List[str] = []  # directories in whose place is something else, which is left alone
    for name, item in context.items.items():
        there = context.seen.get(name)
        if posixpath.dirname(name) in blocked and name:
            if item.wanted.kind == DIRECTORY:
                blocked.append(name)
        elif there is None:
            found.append(name)
        elif (there.entry.kind == DIRECTORY) is not (item.wanted.kind == DIRECTORY) and force is not True:
            if force is None and there.empty and not name:  # no harm is done, and playbooks rely on it
                found.append(name)
            elif force is None:
                raise _in_the_way(context, name, there.entry.kind, item.wanted.kind)
            else:
                blocked.append(name)
        elif force is not False and not _satisfied(context, there, item):
            found.append(name)
    return found


def _is_empty(there: Any) -> bool:
    return there is not None and bool(there.empty)


def _in_the_way(context: Context, name: str, there: str, wanted: str) -> InvalidOption:
    return InvalidOption(
        "container_path",
        "%s is a %s in container %s, and what is to be copied is a %s. force=true replaces it"
        % (posixpath.join(context.path, name) if name else context.path, there, context.name, wanted),
    )


def _satisfied(context: Context, there: Any, item: Any) -> bool:
    if there.entry.kind == item.wanted.kind == DIRECTORY:
        # Those that exist keep their owner, and their permissions unless the task speaks of them.
        return context.options["directory_mode"] is None or bool(there.entry.mode == item.wanted.mode)
    if context.options["force"]:
        return False
    return there.same and bool(there.entry.seen_as(item.wanted) == item.wanted)


def _shown(context: Context, names: List[str]) -> Tuple[Any, Any, Dict[str, str]]:
    from . import copy_diff

    there = context.seen.get("")
    if not context.items:
        return _veiled(context, copy_diff.of_what_stays(context.path, there) or ({}, {}, {}))
    item, shown = context.items[""], None
    if item.wanted.kind != DIRECTORY:
        origin = "dynamically generated" if context.options["content"] is not None else context.options["path"]
        shown = copy_diff.of_text(context.path, there, item, context.after, origin)
    in_words = copy_diff.in_words(context.path, names, context.seen, context.items, context.options["force"] is True)
    if shown is None or (shown[0] != shown[1] and not names):
        return in_words
    if names and there is None and shown[0] == shown[1]:  # a new file with nothing in it
        return in_words
    if names and shown[0] == shown[1]:
        shown[2]["prepared"] = copy_diff.as_text(in_words)
    return _veiled(context, shown)


def _veiled(context: Context, shown: Tuple[Any, Any, Dict[str, str]]) -> Tuple[Any, Any, Dict[str, str]]:
    """A diff of texts, so that `content` is shown in it."""
    if context.options["content"] is None or not isinstance(shown[0], str):
        return shown
    from ...values.veil import veil

    secret, titles = context.options["content"], dict(shown[2])
    (before, letters), (after, _letters) = veil(shown[0], secret), veil(shown[1], secret)
    if "prepared" in titles:
        titles["prepared"] = veil(titles["prepared"], secret)[0]
    return before, after, dict(titles, veiled=letters)


def _write(engine: Engine, step: Step, _outcome: Outcome) -> None:
    """Send the archive while it is made (PUT /containers/{id}/archive)."""
    from .sending import members, packed

    context, names = step.data
    engine.upload(step.call, packed(engine, step.doing, members(context.path, names, context.items, context.seen)))


def _facts(_engine: Engine, context: Context, _made: Plan, _done: bool) -> Dict[str, Any]:
    return {"container_path": context.path}


COPY_INTO = Resource(
    "container_copy_into",
    ARGUMENT_SPEC,
    _observe,
    _plan,
    _facts,
    constraints=CONSTRAINTS,
    check=check,
    needs_node=needs_node,
)
