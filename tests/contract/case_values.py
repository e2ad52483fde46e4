# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values that case files give to options, so that a new option needs no values in other places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).resolve().parents[1] / "integration" / "container" / "cases"


def values_in_cases(folder: Path = CASES) -> dict[str, list[Any]]:
    """By option, in the order of the files; values that have to be refused are none."""
    found: dict[str, list[Any]] = {}
    for path in sorted(folder.glob("*.yml")):
        for case in yaml.safe_load(path.read_text()):
            for options in _taken(case):
                for name, value in options.items():
                    if value not in found.setdefault(name, []):
                        found[name].append(value)
    return found


def _taken(case: dict[str, Any]) -> list[dict[str, Any]]:
    steps = case.get("steps") or [
        {"do": case.get(place), "refused": case.get(place + "_refused")} for place in ("first", "second")
    ]
    return [step["do"] for step in steps if step.get("do") and not step.get("refused") and not step.get("fails")]
