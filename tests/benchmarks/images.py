# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images loaded, exported and built, beside the docker CLI and community.docker, in one run; SIZE says of how many MB.

Modules are run as the processes that they become on a managed node, which is what can be compared with the CLI's.
"""

from __future__ import annotations

import http.client
import sys
import tarfile
from pathlib import Path

from ansible_collections.longshore.docker.tests.benchmarks.contest import Arena, arena, random_file, size
from ansible_collections.longshore.docker.tests.benchmarks.figures import Figure, Run
from ansible_collections.longshore.docker.tests.benchmarks.table import columns
from ansible_collections.longshore.docker.tests.engines.image import UnixConnection

IMAGE = "longshore/large:1"
BUILT = "longshore/built:1"


def post(socket: str, path: str, body: object = None) -> None:
    """A plain request. Raises RuntimeError in the Engine's words."""
    connection = UnixConnection(socket)
    try:
        connection.request("POST", path, body=body)  # type: ignore[arg-type]
        answer: http.client.HTTPResponse = connection.getresponse()
        said = answer.read().decode(errors="replace")
        if answer.status >= 300 or '"error"' in said:
            raise RuntimeError(said)
    finally:
        connection.close()


def make_image(socket: str, folder: Path) -> None:
    """An image of one large file."""
    random_file(folder / "large", size())
    with tarfile.open(folder / "root.tar", "w") as archive:
        archive.add(folder / "large", "large")
    repository, tag = IMAGE.split(":")
    with open(folder / "root.tar", "rb") as stream:
        post(socket, "/images/create?fromSrc=-&repo=%s&tag=%s" % (repository, tag), stream)
    (folder / "root.tar").unlink()


def exported(arena: Arena) -> list[Figure]:
    path = arena.folder / "exported.tar"
    contenders = [
        *arena.ours("image_export", {"name": IMAGE, "path": str(path)}),
        arena.by_cli("save", "--output", str(path), IMAGE),
        *arena.theirs("docker_image_export", {"names": [IMAGE], "path": str(path)}),
    ]
    return arena.compare("image of %d MB exported" % size(), contenders, lambda: path.unlink(missing_ok=True))


def loaded(arena: Arena) -> list[Figure]:
    path = str(arena.folder / "archive.tar")
    arena.docker("save", "--output", path, IMAGE)
    contenders = [
        *arena.ours("image_load", {"path": path}),
        arena.by_cli("load", "--input", path),
        *arena.theirs("docker_image_load", {"path": path}),
    ]
    return arena.compare("image of %d MB loaded" % size(), contenders, lambda: arena.docker("rmi", "--force", IMAGE))


def built(arena: Arena) -> list[Figure]:
    context = arena.folder / "context"
    context.mkdir()
    (arena.folder / "large").rename(context / "large")
    (context / "Dockerfile").write_text("FROM scratch\nCOPY large /\n")
    turns = iter(range(1000000))

    def prepare() -> None:
        """A context that no builder has seen, and none of what was built before."""
        with open(context / "large", "r+b") as stream:
            stream.write(b"%06d" % next(turns))
        post(arena.socket, "/build/prune?all=1")
        post(arena.socket, "/images/prune")

    options = {"name": BUILT, "path": str(context), "rebuild": "always"}
    contenders = [
        *arena.ours("image_build", options),
        arena.by_cli("build", "--tag", BUILT, str(context), who="docker CLI, classic builder", DOCKER_BUILDKIT="0"),
        arena.by_cli("build", "--tag", BUILT, str(context), who="docker CLI, buildx"),
        *arena.theirs("docker_image_build", options),
    ]
    return arena.compare("image built of %d MB" % size(), contenders, prepare)


def measure() -> Run:
    with arena() as made:
        make_image(made.socket, made.folder)
        figures = [*loaded(made), *exported(made), *built(made), *made.idle()]
        return Run("Images: loaded, exported, built", made.ran_on, tuple(figures))


if __name__ == "__main__":
    sys.stdout.write(columns(measure()))
