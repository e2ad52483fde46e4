# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the messages that scenarios provoke, for docs/errors.md: `make errors` writes the page from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ansible_collections.longshore.docker.tests.engines.releases import DEFAULT, chosen
from ansible_collections.longshore.docker.tests.integration.scenarios import checks
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import CHECK, REAL, Case, without_accidents

FOLDER = Path(__file__).resolve().parents[3] / ".work" / "messages"
KINDS = ("refused", "fails")


def keep(cases: Iterable[Case], results: Mapping[str, list[dict[str, Any]]]) -> None:
    """Write down the messages of these cases' results: a file for each case. Those of the Engine that make integration
    starts; another release says some things in other words."""
    if chosen() != DEFAULT:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for case in cases:
        left = iter(results[case.name])
        found = []
        for number, step in enumerate(case.steps, 1):
            passes = {one: next(left) for one in step.passes}
            for kind in KINDS:
                if kind in step.words and not checks.skipped(step, passes):
                    message = str(passes[REAL if kind == "fails" else CHECK].get("msg"))
                    found.append({"step": number, "kind": kind, "message": without_accidents(message)})
        if found:
            path = FOLDER / ("%s.%s.json" % (case.subject.module, case.object))
            path.write_text(json.dumps(found, indent=1))
