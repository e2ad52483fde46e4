# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A large file copied into a container and out of it, and many small ones that are there already, beside others, in one
run; SIZE says of how many MB the large one is."""

from __future__ import annotations

import sys
from pathlib import Path

from ansible_collections.longshore.docker.tests.benchmarks.contest import (
    COMMUNITY,
    Arena,
    Contender,
    arena,
    random_file,
    size,
)
from ansible_collections.longshore.docker.tests.benchmarks.figures import Figure, Run
from ansible_collections.longshore.docker.tests.benchmarks.payload import Taken
from ansible_collections.longshore.docker.tests.benchmarks.table import columns
from ansible_collections.longshore.docker.tests.engines.image import BUSYBOX

CONTAINER, INSIDE = "bench-copies", "/tmp/large"
OWNED = {"owner_id": 0, "group_id": 0, "mode": "0644", "mode_parse": "modern"}
FILES, TREE = 2000, "/tmp/tree"
# They have no directories: a task is one file, and takes so long that a few have to do.
THEIR_FILES = 20
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


def _their_files(arena: Arena, folder: Path) -> list[Contender]:
    """Some of the files, each by a task of its own."""
    each = [
        one
        for number in range(THEIR_FILES)
        for one in arena.theirs(
            "docker_container_copy_into",
            {
                "container": CONTAINER,
                "path": str(folder / str(number)),
                "container_path": "%s/%d" % (TREE, number),
                **OWNED,
                **MADE_BY_THEIR_ACTION,
            },
            changes=False,
        )
    ]

    def run() -> Taken:
        taken = [one.run() for one in each]
        return Taken(sum(one.seconds for one in taken), max(one.megabytes for one in taken))

    return [Contender("%s, %d of them" % (COMMUNITY, THEIR_FILES), run)] if each else []


def tree_again(arena: Arena) -> list[Figure]:
    """A directory that is in the container already."""
    folder = arena.folder / "tree"
    folder.mkdir()
    for number in range(FILES):
        (folder / str(number)).write_text("file %d\n" % number * 50)
    arguments = {"container": CONTAINER, "path": str(folder), "container_path": TREE, **OWNED}
    arena.docker("rm", "--force", CONTAINER)
    arena.docker("create", "--name", CONTAINER, BUSYBOX)
    arena.ours("container_copy_into", arguments)[1].run()
    contenders = [
        *arena.ours("container_copy_into", arguments, changes=False),
        arena.by_cli("cp", "%s/." % folder, "%s:%s" % (CONTAINER, TREE)),
        *_their_files(arena, folder),
    ]
    return arena.compare("%d small files that are in a container already" % FILES, contenders, lambda: None)


def measure() -> Run:
    with arena() as made:
        random_file(made.folder / "large", size())
        figures = [*copied_into(made), *fetched(made), *tree_again(made), *made.idle()]
        return Run("Copies into containers and out of them", made.ran_on, tuple(figures))


if __name__ == "__main__":
    sys.stdout.write(columns(measure()))
