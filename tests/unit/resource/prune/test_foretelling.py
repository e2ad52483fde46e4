# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters for old and new Engines, how old objects have to be, and what of the build cache goes."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion, Call
from ansible_collections.longshore.docker.plugins.module_utils.resource.prune.build_cache import foretell, pruning
from ansible_collections.longshore.docker.plugins.module_utils.resource.prune.options import (
    ARGUMENT_SPEC,
    as_known,
    filters_of,
)
from ansible_collections.longshore.docker.plugins.module_utils.resource.prune.world import old_enough, removable_volumes
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidOption
from ansible_collections.longshore.docker.plugins.module_utils.values.moments import Now

OLD, NEW = (1, 41), (1, 42)
SECOND = 10**9


def options(**given: Any) -> dict[str, Any]:
    return {**{name: spec.get("default") for name, spec in ARGUMENT_SPEC.items()}, **given}


def test_before_api_1_42_all_volumes_are_meant() -> None:
    assert as_known({"all": ["true"], "label": ["a"]}, OLD) == {"label": ["a"]}
    assert as_known({"all": ["true"]}, NEW) == {"all": ["true"]}
    assert as_known({"all": ["false"]}, NEW) == {"all": ["false"]}
    with pytest.raises(InvalidOption, match="needs API 1.42"):
        as_known({"all": ["0"]}, OLD)


def volume(name: str, **words: Any) -> dict[str, Any]:
    return {"Name": name, "Driver": "local", "Labels": None, "Options": None, **words}


VOLUMES = [
    volume("named"),
    volume("used"),
    volume("nameless", Labels={"com.docker.volume.anonymous": ""}),
    volume("elsewhere", Driver="other"),
    volume("mounted", Options={"type": "tmpfs", "device": "tmpfs"}),
    volume("labelled", Labels={"tier": "back"}),
]


@pytest.mark.parametrize(
    ("version", "filters", "names"),
    [
        (OLD, {}, ["named", "nameless", "labelled"]),
        (NEW, {}, ["nameless"]),
        (NEW, {"all": ["true"]}, ["named", "nameless", "labelled"]),
        (NEW, {"all": ["true"], "label": ["tier"]}, ["labelled"]),
        (NEW, {"all": ["true"], "label!": ["tier=back"]}, ["named", "nameless"]),
    ],
)
def test_volumes(version: ApiVersion, filters: dict[str, list[str]], names: list[str]) -> None:
    engine: Any = Engine(version, {"Volumes": VOLUMES})
    assert removable_volumes(engine, filters, {"used"}) == names


def test_a_duration_becomes_a_moment_of_the_engine_s_clock() -> None:
    given = options(containers_filters={"until": "1h", "label": "a"})
    found = filters_of("containers", given, lambda: Now(10_000 * SECOND))
    assert found == {"until": ["6400"], "label": ["a"]}


@pytest.mark.parametrize(
    ("created", "until", "exact", "old"),
    [
        (99, "100", None, True),
        (101, "100", None, False),
        # In the same second the object itself is asked.
        (100, "100.5", "1970-01-01T00:01:40.4Z", True),
        (100, "100.5", "1970-01-01T00:01:40.6Z", False),
        ("1970-01-01T00:01:40.5Z", "100.5", None, True),
        ("1970-01-01T00:01:41Z", "100.5", None, False),
    ],
)
def test_age(created: Any, until: str, exact: str | None, old: bool) -> None:
    asked: list[bool] = []

    def inspect() -> dict[str, Any]:
        asked.append(True)
        return {"Created": exact}

    assert old_enough(created, {"until": [until]}, inspect) is old
    assert bool(asked) is (exact is not None)
    assert old_enough(created, {})


class Engine:
    """One that describes its build cache."""

    def __init__(self, version: ApiVersion, answer: dict[str, Any]) -> None:
        self.api_version, self.answer = version, answer
        self.asked: dict[str, Any] = {}

    def send(self, call: Call, timeout: float = 0) -> dict[str, Any]:
        self.asked = {name: value for name, value in call.query.items() if value is not None}
        return self.answer


RECORDS = [
    {"ID": "free", "Type": "regular"},
    {"ID": "busy", "Type": "regular", "InUse": True},
    {"ID": "shared", "Type": "regular", "Shared": True},
    {"ID": "own", "Type": "internal"},
]


@pytest.mark.parametrize(
    ("given", "images_go", "ids", "sure"),
    [
        ({}, False, ["free"], True),
        ({"builder_cache_all": True}, False, ["free", "shared", "own"], True),
        ({"builder_cache_filters": {"until": "1h"}}, False, ["free"], False),
        ({"builder_cache_keep_storage": "1g"}, False, ["free"], False),
        ({}, True, ["free", "shared"], False),
    ],
)
def test_build_cache(given: dict[str, Any], images_go: bool, ids: list[str], sure: bool) -> None:
    engine: Any = Engine((1, 41), {"BuildCache": RECORDS})
    assert foretell(engine, options(**given), images_go) == (ids, sure)


def test_an_empty_build_cache_is_sure_to_stay_as_it_is() -> None:
    engine: Any = Engine((1, 41), {"BuildCache": None})
    assert foretell(engine, options(builder_cache_keep_storage="1g"), True) == ([], True)


@pytest.mark.parametrize(
    ("version", "answer", "query"),
    [
        ((1, 41), {"BuildCache": RECORDS}, {}),
        ((1, 42), {"BuildCache": RECORDS}, {"type": ("build-cache",)}),
        ((1, 52), {"BuildCacheUsage": {"Items": RECORDS}}, {"type": ("build-cache",), "verbose": True}),
    ],
)
def test_where_engines_describe_it(version: ApiVersion, answer: dict[str, Any], query: dict[str, Any]) -> None:
    engine: Any = Engine(version, answer)
    assert foretell(engine, options(), False).records == ["free"]
    assert engine.asked == query


@pytest.mark.parametrize(("version", "name"), [((1, 47), "keep-storage"), ((1, 48), "reserved-space")])
def test_what_is_to_be_kept_has_two_names(version: ApiVersion, name: str) -> None:
    engine: Any = Engine(version, {})
    query = pruning(engine, options(builder_cache_keep_storage="1k", builder_cache_all=True)).query
    assert {key: value for key, value in query.items() if value is not None} == {"all": True, name: 1024}
