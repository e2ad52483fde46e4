# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No password is shown anywhere, however much Ansible tells, whether a task does well or fails."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.engines.registry import Registry
from ansible_collections.longshore.docker.tests.integration.scenarios.runs import HOSTS, playbooks_in

WRONG = "halyard-canary-wrong"


@pytest.mark.parametrize("host", HOSTS)
def test_no_password_is_shown(
    host: str, tmp_path: Path, engine_socket: str, login_registry: Registry, login_folder: Path
) -> None:
    user, password = login_registry.user, login_registry.password
    right = {"registry_url": login_registry.address, "username": user, "password": password}
    file, helper, broken = (str(tmp_path / name / "config.json") for name in ("file", "helper", "broken"))
    for path, store in ((helper, "ls-secrets"), (broken, "readonly")):
        Path(path).parent.mkdir()
        Path(path).write_text(json.dumps({"credsStore": store}))
    tasks: list[dict[str, Any]] = []
    for options in (
        {"config_path": file, "password": WRONG},
        {"config_path": file},
        {"config_path": file, "reauthorize": True},
        {"config_path": file, "password": WRONG, "verify": False},
        {"config_path": helper},
        {"config_path": helper, "state": "absent"},
        {"config_path": broken},
    ):
        tasks += [{"longshore.docker.login": {**right, **options}, "check_mode": check} for check in (True, False)]
    env = {"PATH": "%s:%s" % (login_folder / "bin", os.environ["PATH"])}
    run = playbooks_in(tmp_path / "run", engine_socket).run(tasks, host, ("-vvv", "--diff"), env)
    failed = [one["failed"] for one in run.results]
    assert failed == [True, True, *[False] * 10, False, True], run.output
    said = run.output + json.dumps(run.results)
    for secret in (WRONG, password):
        pair = base64.b64encode(("%s:%s" % (user, secret)).encode()).decode()
        assert secret not in said
        assert pair not in said
