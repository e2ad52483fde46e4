# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Engines are kept for who asks for the same, and for nobody else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.plugins.plugin_utils.controller import surroundings, surroundings_of_node
from ansible_collections.longshore.docker.plugins.plugin_utils.keeper import MOST, EngineKeeper

A, B = {"docker_host": "unix:///a"}, {"docker_host": "unix:///b"}


def test_same_options_same_engine() -> None:
    keeper = EngineKeeper()
    first = keeper.get(A, {}, False)
    assert keeper.get(A, {}, False) is first
    assert keeper.get(B, {}, False) is not first
    assert keeper.get(A, {"DOCKER_CONTEXT": "default"}, False) is not first
    assert keeper.get({**A, "timeout": 3}, {}, False) is not first


def test_read_only_is_each_task_s_own() -> None:
    keeper = EngineKeeper()
    assert [keeper.get(A, {}, flag).read_only for flag in (True, False, True)] == [True, False, True]


def test_a_dropped_engine_is_not_given_out_again() -> None:
    keeper = EngineKeeper()
    first = keeper.get(A, {}, False)
    keeper.drop(first)
    assert keeper.get(A, {}, False) is not first


def test_a_fork_gets_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = EngineKeeper()
    first = keeper.get(A, {}, False)
    monkeypatch.setattr("os.getpid", lambda: -1)
    assert keeper.get(A, {}, False) is not first


def test_no_more_are_kept_than_a_few() -> None:
    keeper = EngineKeeper()
    first = keeper.get(A, {}, False)
    for number in range(MOST):
        keeper.get({"docker_host": f"unix:///{number}"}, {}, False)
    assert keeper.get(A, {}, False) is not first


def test_surroundings_are_restored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PROBE_OLD", "old")
    monkeypatch.delenv("PROBE_NEW", raising=False)
    here = os.getcwd()
    seen = []

    def fail() -> None:
        with surroundings({"PROBE_OLD": 1, "PROBE_NEW": True}, str(tmp_path)):
            seen.append((os.environ["PROBE_OLD"], os.environ["PROBE_NEW"], os.getcwd()))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert seen == [("1", "True", str(tmp_path))]
    assert os.environ["PROBE_OLD"] == "old" and "PROBE_NEW" not in os.environ and os.getcwd() == here


def test_what_is_about_docker_here_is_not_seen_for_a_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://controller:1")
    monkeypatch.setenv("DOCKER_TIMEOUT", "7")
    monkeypatch.delenv("DOCKER_API_VERSION", raising=False)
    before = dict(os.environ)
    with surroundings_of_node({"DOCKER_HOST": "unix:///node", "DOCKER_API_VERSION": 1.41, "PATH": "/of/the/node"}):
        assert os.environ["DOCKER_HOST"] == "unix:///node" and os.environ["DOCKER_API_VERSION"] == "1.41"
        assert "DOCKER_TIMEOUT" not in os.environ
        assert os.environ["PATH"] == before["PATH"]
    assert dict(os.environ) == before
