# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What depends on others comes after them, whatever the list says."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.resource.containers.members import members
from ansible_collections.longshore.docker.plugins.module_utils.resource.containers.order import (
    COMPLETED,
    HEALTHY,
    STARTED,
    Dependency,
    dependencies,
    predecessors,
    used,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.containers.resource import with_purged
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption

NAMES = ["a", "b", "c", "d", "e", "f"]


@st.composite
def acyclic(draw: st.DrawFn) -> dict[str, list[str]]:
    """Each depends on some that come before it in one order, which the dictionary does not show."""
    order = draw(st.permutations(NAMES))
    edges = {name: [other for other in order[:number] if draw(st.booleans())] for number, name in enumerate(order)}
    return {name: edges[name] for name in sorted(edges)}


@given(acyclic(), st.sampled_from(["started", "absent"]))
def test_all_can_be_seen_to_in_an_order_that_fits(needs: dict[str, list[str]], state: str) -> None:
    before = predecessors(dict.fromkeys(NAMES, state), needs)
    seen: list[str] = []
    while len(seen) < len(NAMES):
        free = [name for name in NAMES if name not in seen and before[name] <= set(seen)]
        assert free, "nobody can go on"
        seen += free
    for name, others in needs.items():
        for other in others:
            first, then = (other, name) if state == "started" else (name, other)
            assert seen.index(first) < seen.index(then)


@given(acyclic(), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_cycle_is_refused_and_shown(needs: dict[str, list[str]], one: str, other: str) -> None:
    circular = dict(needs, **{one: [*needs[one], other]})
    circular[other] = [*circular[other], one]
    with pytest.raises(InvalidOption, match="depend on each other") as found:
        predecessors(dict.fromkeys(NAMES, "started"), circular)
    way = str(found.value).rpartition(": ")[2].split(", ")
    assert way[0] == way[-1]
    assert all(then in circular[name] for name, then in pairwise(way))


def test_what_runs_cannot_depend_on_what_goes() -> None:
    with pytest.raises(InvalidOption, match="a is to be started, but depends on b, which is to be absent"):
        predecessors({"a": "started", "b": "absent"}, {"a": ["b"], "b": []})


def test_what_goes_waits_for_nothing_that_stays() -> None:
    assert predecessors({"a": "absent", "b": "started"}, {"a": ["b"], "b": []}) == {"a": set(), "b": set()}


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        (None, ()),
        ("db", (Dependency("db"),)),
        (["db", "/cache"], (Dependency("db"), Dependency("cache"))),
        ({"db": "healthy"}, (Dependency("db", HEALTHY),)),
        ({"db": {"condition": "service_completed_successfully"}}, (Dependency("db", COMPLETED),)),
        ({"db": {}}, (Dependency("db", STARTED),)),
    ],
)
def test_how_it_is_written(given_: Any, wanted: tuple[Dependency, ...]) -> None:
    assert dependencies("depends_on", given_) == wanted


@pytest.mark.parametrize("wrong", [3, {"db": "soon"}, {"db": {"condition": "soon"}}])
def test_how_it_is_not_written(wrong: Any) -> None:
    with pytest.raises(InvalidOption, match="depends_on"):
        dependencies("depends_on", wrong)


def test_what_is_used_without_being_said_to_be_depended_on() -> None:
    options = {
        "network_mode": "container:a",
        "ipc_mode": "host",
        "pid_mode": "container:b",
        "volumes_from": ["c:ro"],
        "links": ["d:alias"],
    }
    assert used(options) == {"a", "b", "c", "d"}


class Project:
    """An Engine with one container of the project that is not listed."""

    def get(self, _call: object) -> list[dict[str, Any]]:
        return [{"Id": "1", "Names": ["/old"]}]


@pytest.mark.parametrize("purge", [True, False])
def test_what_runs_waits_for_what_goes_whatever_becomes_of_that(purge: bool) -> None:
    """It may hold a port that is wanted."""
    states = {"a": "started", "b": "absent", "c": "stopped"}
    entries = [{"name": name, "state": state, "healthy_wait_timeout": 9} for name, state in states.items()]
    options = {"project": "shop", "purge": purge}
    found = with_purged(Project(), options, members(entries, "shop"), {"state": "absent"})
    behind = {one.name: sorted(one.behind) for one in found}
    assert behind == {"a": ["b", "c", "old"][: 2 + purge], "b": [], "c": [], **({"old": []} if purge else {})}
    assert not any(one.after for one in found)
