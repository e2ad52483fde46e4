# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/errors.md shows every message that a scenario asks for."""

from __future__ import annotations

import re

from ansible_collections.longshore.docker.tests.integration.scenarios.cases import without_accidents
from ansible_collections.longshore.docker.tools.errors import PAGE, cell, entries


def test_every_message_is_on_the_page() -> None:
    rows: dict[str, list[str]] = {}
    for line in PAGE.read_text().splitlines():
        asked, _bar, message = line.rpartition(" | ")
        rows.setdefault(asked, []).append(message)
    missing = []
    for entry in entries():
        # What @WORDS@ stand for is known when the tests run.
        parts = [cell(part).strip("`") for part in re.split(r"@\w+@", without_accidents(entry.part))]
        found = rows.get("| %s | %s" % (cell(entry.options), entry.kind), [])
        if not any(all(part in message for part in parts) for message in found):
            missing.append(entry)
    assert missing == [], "run make integration, then make errors"


def test_there_is_something_on_it() -> None:
    assert len(list(entries())) > 50
