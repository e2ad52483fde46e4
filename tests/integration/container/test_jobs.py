# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs (detach: false) that are over before anybody could ask for them."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.longshore.docker.tests.integration.container.service import Service

TIMES = 10


def job(words: str, **more: Any) -> dict[str, Any]:
    return {"image": "longshore/busybox:1", "command": ["sh", "-c", words], "detach": False, **more}


@pytest.mark.parametrize("status", [0, 3])
def test_the_status_of_one_that_is_gone_at_once(service: Service, status: int) -> None:
    for _time in range(TIMES):
        result = service.run(job("exit %d" % status, auto_remove=True))
        assert (result.get("status"), bool(result.get("failed"))) == (status, status != 0), result
        assert result["container"]["Output"] == "Cannot retrieve result as auto_remove is enabled"


def test_the_output_of_one_that_stays(service: Service) -> None:
    for turn in range(TIMES):
        result = service.run(job("echo %d" % turn))
        assert (result["status"], result["container"]["Output"]) == (0, "%d\n" % turn), result
        assert result["container"]["State"]["ExitCode"] == 0


def test_one_that_cannot_be_started_is_not_waited_for(service: Service) -> None:
    result = service.run(job("true", entrypoint=["/no/such/program"]))
    assert result["failed"] and "/no/such/program" in result["msg"], result
    assert service.look() is None
