# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A large file copied into a container and out of it, beside `docker cp`, in one run; SIZE says of how many MB."""

from __future__ import annotations

import sys

from ansible_collections.longshore.docker.tests.benchmarks.contest import Arena, arena, random_file, size
from ansible_collections.longshore.docker.tests.benchmarks.figures import Figure, Run
from ansible_collections.longshore.docker.tests.benchmarks.table import columns
from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX

CONTAINER, INSIDE = "bench-copies", "/tmp/large"
OWNED = {"owner_id": 0, "group_id": 0, "mode": "0644", "mode_parse": "modern"}
# Their action plugin, which is not run here, would say this.
MADE_BY_THEIR_ACTION = {"_max_file_size_for_diff": 104448}


def copied_into(arena: Arena) -> list[Figure]:
    file = str(arena.folder / "large")
    arguments = {"container": CONTAINER, "path": file, "container_path": INSIDE, **OWNED}

    def prepare() -> None:
        """A container without the file."""
        arena.docker("rm", "--force", CONTAINER)
        arena.docker("create", "--name", CONTAINER, BUSYBOX)

    contenders = [
        *arena.ours("container_copy_into", arguments),
        arena.by_cli("cp", file, "%s:%s" % (CONTAINER, INSIDE)),
        *arena.theirs("docker_container_copy_into", {**arguments, **MADE_BY_THEIR_ACTION}),
    ]
    arena.docker("create", "--name", CONTAINER, BUSYBOX)
    return arena.compare("file of %d MB copied into a container" % size(), contenders, prepare)


def fetched(arena: Arena) -> list[Figure]:
    """What the last round of `copied_into` has left there."""
    path = arena.folder / "fetched"
    contenders = [
        *arena.ours("container_fetch", {"container": CONTAINER, "container_path": INSIDE, "dest": str(path)}),
        arena.by_cli("cp", "%s:%s" % (CONTAINER, INSIDE), str(path)),
    ]
    return arena.compare(
        "file of %d MB copied out of a container" % size(), contenders, lambda: path.unlink(missing_ok=True)
    )


def measure() -> Run:
    with arena() as made:
        random_file(made.folder / "large", size())
        figures = [*copied_into(made), *fetched(made), *made.idle()]
        return Run("Copies into containers and out of them", made.ran_on, tuple(figures))


if __name__ == "__main__":
    sys.stdout.write(columns(measure()))
