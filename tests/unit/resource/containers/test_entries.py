# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries as users write them: what is said for all, and what has yet to be validated."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.longshore.docker.plugins.module_utils.resource.containers import resource
from ansible_collections.longshore.docker.plugins.module_utils.resource.containers.members import members


def validated(entry: dict[str, Any], **defaults: Any) -> dict[str, Any]:
    """The entry, as it is used."""
    given = resource.given({"defaults": defaults, "containers": [{"name": "web", "image": "app:1", **entry}]})[0]
    result = ArgumentSpecValidator(**resource.ENTRY).validate(given)
    assert not result.error_messages
    found: dict[str, Any] = result.validated_parameters
    return found


@pytest.mark.parametrize(
    ("defaults", "entry", "name", "value"),
    [
        ({"ports": ["80:80"]}, {"published_ports": ["81:80"]}, "published_ports", ["81:80"]),
        ({"published_ports": ["80:80"]}, {"ports": ["81:80"]}, "published_ports", ["81:80"]),
        ({"log_opt": {"max-size": "1m"}}, {"log_options": {"max-size": "9m"}}, "log_options", {"max-size": "9m"}),
        ({"ports": ["80:80"]}, {}, "published_ports", ["80:80"]),
    ],
)
def test_an_entry_s_own_words_count(defaults: dict[str, Any], entry: dict[str, Any], name: str, value: Any) -> None:
    assert validated(entry, log_driver="json-file", **defaults)[name] == value


@pytest.mark.parametrize(
    ("entry", "there"),
    [
        ({"volumes": "/srv/app.conf:/etc/app.conf"}, False),
        ({"volumes": "/srv/a:/a,./b:/b"}, True),
        ({"volumes": 5}, False),
        ({"mounts": ["type=bind,source=/a,target=/b"]}, False),
        ({"mounts": [{"type": "bind", "source": 5, "target": "/x"}]}, False),
        ({"mounts": [{"type": "bind", "source": "~/x", "target": "/x"}]}, True),
        ({"mounts": "x"}, False),
    ],
)
def test_where_an_entry_belongs_is_asked_before_it_is_validated(entry: dict[str, Any], there: bool) -> None:
    assert bool(resource.needs_node({"defaults": {}, "containers": [{"name": "web", **entry}]})) is there


@pytest.mark.parametrize("condition", ["healthy", "completed"])
@pytest.mark.parametrize("given", [-1, 0])
def test_less_than_nothing_is_for_ever(condition: str, given: float) -> None:
    first = validated({"name": "db"})
    then = validated({"depends_on": {"db": condition}, "healthy_wait_timeout": given})
    assert [step.limit for step in members([first, then], "")[1].waits] == [0]
