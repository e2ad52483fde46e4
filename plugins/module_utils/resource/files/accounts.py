# SPDX-License-Identifier: GPL-3.0-or-later
"""Who a container's user is, in numbers, by the lists of accounts in the container. It need not run for that."""

from __future__ import annotations

from typing import List, Tuple

from ...engine.client import Engine
from ...values.errors import InvalidOption
from . import stats


def owner(engine: Engine, container: str, user: str) -> Tuple[int, int]:
    """User and group for what Config.User of an inspect document says, as the Engine finds them for a process."""
    name, _colon, group = user.partition(":")
    if name in ("", "0", "root") and not group:
        return 0, 0
    if name.isdigit() and group.isdigit():
        return int(name), int(group)
    accounts = _list(engine, container, "/etc/passwd", 4)
    found = next((row for row in accounts if name in (row[0], row[2])), None)
    if found is None and not name.isdigit():
        raise _unknown(container, name, "/etc/passwd")
    number = int(name) if found is None else int(found[2])
    if group:
        return number, _group(engine, container, group)
    return number, 0 if found is None else int(found[3])


def _group(engine: Engine, container: str, group: str) -> int:
    if group.isdigit():
        return int(group)
    for row in _list(engine, container, "/etc/group", 3):
        if row[0] == group:
            return int(row[2])
    raise _unknown(container, group, "/etc/group")


def _list(engine: Engine, container: str, path: str, columns: int) -> List[List[str]]:
    text = (stats.read(engine, container, path) or b"").decode("utf-8", "replace")
    rows = (line.strip().split(":") for line in text.splitlines())
    return [row for row in rows if len(row) >= columns and all(one.isdigit() for one in row[2:columns])]


def _unknown(container: str, name: str, path: str) -> InvalidOption:
    return InvalidOption(
        "owner_id", "is needed, and group_id: %s of container %s does not say who %r is" % (path, container, name)
    )
