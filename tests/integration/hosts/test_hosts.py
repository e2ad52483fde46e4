# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both hosts give the same result for the same task."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.integration.hosts.playbooks import Playbooks

NAME = "longshore.docker.probe"
HOSTS = ("controller", "target")
MANY = [{"key": "a"}, {"key": "b", "number": "3"}]

CASES: dict[str, dict[str, Any]] = {
    "nothing given": {},
    "changed": {"text": "new"},
    "by an alias": {"words": "new"},
    "option and alias": {"words": "new", "text": "same"},
    "every type": {"items": "a,b", "flag": "yes", "count": "7", "map": {1: "one", "2": None}, "many": MANY},
    "k=v dict": {"map": "a=1,b=2", "count": 1},
    "a path": {"file": "~/x/$PROBE_WORD"},
    "a template": {"text": "{{ fact }}", "items": ["{{ fact }}", "plain"]},
    "what is no template": {"text": "{% raw %}{{ 1 + 1 }}{% endraw %}"},
    "a secret that is a template": {"secret": "{{ fact }}", "text": "it is {{ fact }}"},
    "keys that are numbers": {"map": "{{ {1: 'one', 2: 2.5} }}", "count": 1},
    "a date": {"map": "{{ {'on': '2026-01-02' | to_datetime('%Y-%m-%d')} }}", "count": 1},
    "a number for a text": {"text": 1.50, "items": [1, True, None]},
    "omitted": {"text": "{{ omit }}", "items": ["a"]},
    "warns": {"warn": True, "secret": "hush"},
    "deprecated": {"old": "x"},
    "unknown": {"tetx": "new"},
    "unknown ones": {"tetx": "new", "other": 1},
    "unknown inside": {"many": [{"key": "a", "kye": 1}]},
    "missing inside": {"many": [{"number": 1}]},
    "no number": {"count": "many"},
    "no bool": {"flag": "perhaps"},
    "no dict": {"map": [1], "count": 1},
    "no list": {"many": "x"},
    "no choice": {"end": "badly"},
    "exclusive": {"count": 1, "file": "/x"},
    "together": {"map": {"a": 1}},
    "required if": {"text": "needs"},
    "context and host": {"cli_context": "x"},
    "key without certificate": {"client_key": "/x"},
    "bad by the task's check": {"text": "bad"},
    "fails": {"end": "fail", "secret": "hush"},
    "secret in a message": {"count": "hush", "secret": "hush"},
    "no such socket": {"docker_host": "unix:///nowhere/docker.sock"},
    "no such scheme": {"docker_host": "gopher://x"},
    "old API": {"api_version": "1.30"},
    "odd API": {"api_version": "newest"},
}


def tasks(wanted: list[str]) -> list[dict[str, Any]]:
    return [{"name": one, NAME: CASES[one]} for one in wanted]


def lines(results: list[dict[str, Any]]) -> list[str]:
    return [json.dumps(one, sort_keys=True) for one in results]


@pytest.mark.parametrize("flags", [(), ("--check", "--diff"), ("--diff",)], ids=["plain", "check", "diff"])
def test_results_are_the_same_to_the_byte(playbooks: Playbooks, flags: tuple[str, ...]) -> None:
    wanted = list(CASES) if not flags else ["nothing given", "changed", "fails", "warns", "unknown"]
    more: dict[str, Any] = {"vars": {"fact": "the fact"}, "environment": {"PROBE_WORD": "hello", "PROBE_NUMBER": 3}}
    here = playbooks.run(tasks(wanted), "controller", flags, **more)
    there = playbooks.run(tasks(wanted), "target", flags, **more)
    assert len(here.results) == len(wanted), here.output
    for name, one, other in zip(wanted, lines(here.results), lines(there.results), strict=True):
        assert one == other, name
    assert "MODULE FAILURE" not in here.output + there.output
    assert "Traceback" not in here.output + there.output
    assert here.results[1]["changed"] is True and here.results[0]["changed"] is False
    assert ("diff" in here.results[1]) is ("--diff" in flags)
    assert "hush" not in "".join(lines(here.results))


def test_a_secret_is_removed_everywhere(playbooks: Playbooks) -> None:
    run = playbooks.run(
        [{NAME: {"secret": "hush", "map": {"k": "has hush inside"}, "count": 1, "warn": True}}], "controller"
    )
    (result,) = run.results
    assert not result.get("failed"), result
    assert "hush" not in json.dumps(result) and "hush" not in run.output
    assert result["invocation"]["module_args"]["secret"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    assert result["options"]["map"] == {"k": "has ******** inside"}


def test_options_are_plain(playbooks: Playbooks) -> None:
    run = playbooks.run([{NAME: {"text": "{{ x }}", "items": ["{{ x }}"]}}], "controller", vars={"x": "y"})
    (result,) = run.results
    assert result["types"]["text"] == "str" and result["types"]["items"] == "list" and result["inner"] == ["str"]


def test_what_an_engine_says_is_no_template(playbooks: Playbooks) -> None:
    shown = {"ansible.builtin.debug": {"msg": "{{ said.template }}"}}
    run = playbooks.run([{NAME: {}, "register": "said"}, shown], "controller")
    assert run.results[1]["msg"] == "{{ 1 + 1 }}"


def test_environment_counts_and_does_not_stay(playbooks: Playbooks) -> None:
    loop = [{"word": "one", "host": "unix:///nowhere/a"}, {"word": "two", "host": "unix://" + playbooks.socket}]
    task = {NAME: {}, "loop": loop, "environment": {"PROBE_WORD": "{{ item.word }}", "DOCKER_HOST": "{{ item.host }}"}}
    run = playbooks.run([task, {NAME: {}}], "controller")
    first, second, third = run.results
    assert first["failed"] and "/nowhere/a" in first["msg"]
    assert second["word"] == "two" and third["word"] is None


def test_a_loop_uses_one_engine(playbooks: Playbooks) -> None:
    run = playbooks.run([{NAME: {"show_calls": True}, "loop": [1, 2, 3]}], "controller")
    assert len({one["pid"] for one in run.results}) == 1
    assert [len(one["calls"]) for one in run.results] == [1, 2, 3]


def test_read_only_follows_the_task(playbooks: Playbooks) -> None:
    loop = [{NAME: {}, "check_mode": "{{ item }}", "loop": [True, False, True]}]
    assert [one["read_only"] for one in playbooks.run(loop, "controller").results] == [True, False, True]
    refused = playbooks.run([{NAME: {"end": "write"}, "check_mode": True}], "controller").results[0]
    assert refused["failed"] and "read-only" in refused["msg"]


def test_module_defaults(playbooks: Playbooks) -> None:
    defaults = {"group/longshore.docker.docker": {"text": "from the group"}, NAME: {"count": 5, "map": {"a": 1}}}
    wrong = {"longshore.docker.container": {"flag": True}}  # not this plugin's name, whose file is named so
    here, there = (playbooks.run([{NAME: {}}], host, module_defaults={**defaults, **wrong}).results for host in HOSTS)
    assert lines(here) == lines(there)
    assert here[0]["options"]["text"] == "from the group" and here[0]["options"]["count"] == 5
    assert here[0]["options"]["flag"] is False


@pytest.mark.parametrize("name", ["longshore.docker.probe", "longshore.docker.docker_probe", "docker_probe"])
def test_a_module_by_its_other_names(playbooks: Playbooks, name: str) -> None:
    task = {name: {"unknown": 1}}
    here, there = (playbooks.run([task], host, ("-vvv",), collections=["longshore.docker"]) for host in HOSTS)
    assert lines(here.results) == lines(there.results)
    assert "longshore.docker runs on the controller" in here.output
    assert here.results[0]["msg"].startswith("Unsupported parameters for (longshore.docker.probe) module: unknown.")


@pytest.mark.parametrize("host", HOSTS)
def test_a_bug_is_shown_as_one(playbooks: Playbooks, host: str) -> None:
    result = playbooks.run([{NAME: {"end": "bug"}}], host, ("-vvv",)).results[0]
    assert result["failed"] and "a bug" in json.dumps(result)


def test_async_runs_on_the_target(playbooks: Playbooks) -> None:
    run = playbooks.run([{NAME: {}, "async": 30, "poll": 1}], "auto", ("-vvv",))
    assert "longshore.docker runs on the target: the task is async" in run.output
    assert run.results[-1]["version"] and run.results[-1]["ansible_job_id"]
    refused = playbooks.run([{NAME: {}, "async": 30, "poll": 1}], "controller").results[-1]
    assert refused["failed"] and "async" in refused["msg"]


def test_auto_on_a_local_connection(playbooks: Playbooks) -> None:
    tasks: list[dict[str, Any]] = [
        {NAME: {}},
        {NAME: {}, "become": True},
        {NAME: {}, "become": True, "become_user": "nobody"},
    ]
    run = playbooks.run(tasks, "auto", ("-vvv",))
    assert run.output.count("longshore.docker runs on the controller: the connection is local") == 2
    assert "longshore.docker runs on the target: the task becomes nobody, and we are" in run.output


def test_delegation_asks_the_other_host(playbooks: Playbooks) -> None:
    playbooks.hostvars = {"ansible_connection": "ssh", "longshore_docker_run_on": "auto"}
    run = playbooks.run([{NAME: {}, "delegate_to": "localhost"}], "auto", ("-vvv",))
    assert "longshore.docker runs on the controller: the connection is local" in run.output
    assert run.results[0]["version"]


def test_an_invalid_variable(playbooks: Playbooks) -> None:
    result = playbooks.run([{NAME: {}}], "everywhere").results[0]
    assert "longshore_docker_run_on is 'everywhere'; it must be one of auto, controller, target" in result["msg"]


def test_a_controller_without_requests_uses_the_target(playbooks: Playbooks, tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "urllib3.py").write_text("raise ImportError('not here')")
    env = {"PYTHONPATH": str(tmp_path / "without")}
    run = playbooks.run([{NAME: {}}], "auto", ("-v",), env)
    assert "longshore.docker runs on the target: the controller's Python has no usable requests package" in run.output
    # Here both run on the same Python, so the target has none either.
    forced = playbooks.run([{NAME: {}}], "controller", (), env)
    assert run.results[0]["msg"] == forced.results[0]["msg"]
    assert run.results[0]["failed"] and "requests" in run.results[0]["msg"]


def test_retries_use_the_same_arguments(playbooks: Playbooks) -> None:
    task = {NAME: {"end": "fail"}, "register": "tried", "until": "false", "retries": 2, "delay": 0}
    here, there = (playbooks.run([task], host).results for host in HOSTS)
    assert lines(here) == lines(there)
    assert here[0]["attempts"] == 2
