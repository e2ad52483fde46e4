# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the cases about images have: registries, an index, and a way to make images of their own."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import platform
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ansible_collections.longshore.docker.tests.engines.registry import PASSWORD, USER, Registry
from ansible_collections.longshore.docker.tests.integration.scenarios.cases import Case, Subject, read_cases

# Known before the first test runs, and this process's own.
FOLDER = Path(f"/tmp/longshore-images-{os.getpid()}")
ARCHITECTURES = ["amd64", "arm64"]
if platform.machine() in ("aarch64", "arm64"):
    ARCHITECTURES.reverse()
FILL = {
    "FOLDER": str(FOLDER),
    "BUILD": f"{FOLDER}/build @NAME@",
    "STACK": f"{FOLDER}/stack @NAME@",
    "ARCH": ARCHITECTURES[0],
    "OTHER_ARCH": ARCHITECTURES[1],
    "REGISTRY": "127.0.0.1:5000",
    "LOGIN_REGISTRY": "127.0.0.1:5001",
    "INDEX": "127.0.0.1:5004",
    "USER": USER,
    "PASSWORD": PASSWORD,
}
# The case, what the image is labelled with, its name, more options.
BUILD = """\
#!/bin/sh -e
case="$1" release="$2" name="$3"
shift 3
tar -C %s/root -c . | docker import -c "LABEL case=$case release=$release" "$@" - "$name"
"""
# An image that is built on others, which have no name.
STACK = """\
#!/bin/sh -e
printf 'FROM scratch\\nLABEL case=%s\\nLABEL release=second\\n' "$1" | docker build -q -t "$2" -
"""
DOCKERFILE = """\
FROM scratch
ARG case
ARG release
LABEL case=$case release=$release
COPY file /file
"""
_IMAGES_OF_THE_CASE = "docker images -aq -f label=case=@NAME@ | sort -u | xargs -r docker rmi -f >/dev/null 2>&1; true"
_CLEANUP = ({"ansible.builtin.shell": _IMAGES_OF_THE_CASE},)
SUBJECTS = {
    "image": Subject(
        "image",
        named_by="",
        document="image",
        cleanup=_CLEANUP,
        accidents=("stdout", "stdout_lines", "untagged", "deleted"),
        keeps_id=False,
    ),
    "image_pull": Subject("image_pull", named_by="", document="image", cleanup=_CLEANUP, keeps_id=False),
    "image_push": Subject("image_push", named_by="", document="image", cleanup=_CLEANUP, keeps_id=False),
    "image_tag": Subject("image_tag", named_by="", document="image", cleanup=_CLEANUP, keeps_id=False),
    # Which layers go depends on the images that others have made of the same files.
    "image_remove": Subject("image_remove", named_by="", cleanup=_CLEANUP, accidents=("deleted",)),
    "image_info": Subject("image_info", named_by="", cleanup=_CLEANUP),
    "image_search": Subject("image_search", named_by="", cleanup=_CLEANUP),
}


def archive_of_another_platform(name: str, case: str) -> bytes:
    """What `docker save` writes: an image for the other architecture, which no builder here makes."""
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("file"))
    made = {
        "architecture": ARCHITECTURES[1],
        "os": "linux",
        "config": {"Labels": {"case": case}},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer.getvalue()).hexdigest()]},
    }
    manifest = [{"Config": "config.json", "RepoTags": [name], "Layers": ["layer.tar"]}]
    files = {"config.json": json.dumps(made), "manifest.json": json.dumps(manifest)}
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for path, content in {"layer.tar": layer.getvalue(), **{k: v.encode() for k, v in files.items()}}.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return archive.getvalue()


def all_cases() -> list[Case]:
    """Of all these modules."""
    here = Path(__file__).parents[1]
    return [case for name, subject in SUBJECTS.items() for case in read_cases(here / name / "cases", FILL, subject)]


@contextmanager
def prepared(login: Registry) -> Iterator[dict[str, str]]:
    """Make it all; gives the environment of the tasks. They find no credentials, those who prepare them do."""
    (FOLDER / "root").mkdir(parents=True)
    (FOLDER / "nobody").mkdir()
    (FOLDER / "context").mkdir()
    for name in ("root", "context"):
        (FOLDER / name / "file").write_text("content\n")
    (FOLDER / "context" / "Dockerfile").write_text(DOCKERFILE)
    for name, script in (("build", BUILD % FOLDER), ("stack", STACK)):
        (FOLDER / name).write_text(script)
        (FOLDER / name).chmod(0o755)
    (FOLDER / "other.tar").write_bytes(archive_of_another_platform("ls-other-platform:1", "ls-pull-for-a-platform"))
    auth = base64.b64encode(f"{login.user}:{login.password}".encode()).decode()
    (FOLDER / "config.json").write_text(json.dumps({"auths": {login.address: {"auth": auth}}}))
    try:
        yield {"DOCKER_CONFIG": str(FOLDER / "nobody")}
    finally:
        shutil.rmtree(FOLDER)
