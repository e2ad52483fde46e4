# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much is sent to a managed node for each module, compressed as by default, beside community.docker's."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ansible_collections.longshore.docker.tests.benchmarks.figures import LIMIT, OURS, Figure, Run
from ansible_collections.longshore.docker.tests.benchmarks.payload import payload
from ansible_collections.longshore.docker.tests.benchmarks.surroundings import ROOT, has_community, ran_on
from ansible_collections.longshore.docker.tests.benchmarks.table import columns

# The modules that both have, by our names: facts of theirs, among them what they call it.
BOTH = sorted((ROOT / "tests" / "unit" / "repository" / "incumbent").glob("*.json"))
PLOTTED = ("container",)


def kibibytes(module: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return len(payload(module, {}, Path(folder))) / 1024


def figures() -> Iterator[Figure]:
    yield Figure("an empty module", "ansible.builtin.ping", "KiB", (kibibytes("ansible.builtin.ping"),), LIMIT)
    for path in BOTH:
        what, plotted = "payload of %s" % path.stem, path.stem in PLOTTED
        yield Figure(what, "longshore.docker", "KiB", (kibibytes("longshore.docker." + path.stem),), OURS, plotted)
        name = json.loads(path.read_text())["name"]
        if has_community():
            size = kibibytes("community.docker." + name)
            yield Figure(what, "community.docker", "KiB", (size,), plotted=plotted)


def measure() -> Run:
    where = ran_on()
    return Run("Payloads", where, tuple(figures()))


if __name__ == "__main__":
    sys.stdout.write(columns(measure()))
