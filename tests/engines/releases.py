# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Engines of other releases than this machine's distribution has, each from a root of its own.

A newer Debian's docker.io needs a newer libc: debootstrap unpacks it beside, once, under .work/engines/. The daemon
then runs with that as its root, in mount and network namespaces of its own; /tmp is the machine's, so that sockets,
folders that containers mount, and the tests' files are found under the same paths.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .engine import PrivateEngine
from .packages import AS_ROOT, ensure_packages

ROOTS = Path(__file__).resolve().parents[2] / ".work" / "engines"
# Besides what the Engine needs, the programs that it runs: ps for /containers/{id}/top, xz for archives.
PACKAGES = ["docker.io", "iptables", "ca-certificates", "iproute2", "procps", "xz-utils"]
# Run by a shell in fresh mount and network namespaces: `$1` becomes the root, the rest is run there. overlayfs cannot
# be nested, and a plain chroot breaks `remount /` when images are loaded, hence pivot_root.
ENTER = """\
set -e
mount --make-rprivate /
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /sys "$1/sys"
mount --rbind /dev "$1/dev"
mount --rbind /tmp "$1/tmp"
mount -t tmpfs tmpfs "$1/run"
cd "$1"
mkdir -p old
pivot_root . old
umount -l /old
shift
exec "$@"
"""


class Release(NamedTuple):
    """`suite` is the Debian that has it, empty for this machine's own; `config` goes into daemon.json."""

    name: str
    suite: str = ""
    config: dict[str, Any] = {}


CONTAINERD = {"features": {"containerd-snapshotter": True}}
RELEASES = {
    one.name: one
    for one in (
        Release("20.10"),
        Release("26.1", "trixie"),
        Release("28.5", "forky"),
        Release("28.5-containerd", "forky", CONTAINERD),
    )
}
VARIABLE = "LONGSHORE_TEST_ENGINE"
DEFAULT = "20.10"


def mirror() -> str:
    """Where this machine's packages come from, for debootstrap to go on with. Raises RuntimeError."""
    for path in sorted(Path("/etc/apt").glob("sources.list*")):
        files = [path] if path.is_file() else sorted(path.iterdir())
        for file in files:
            text = file.read_text(errors="replace")
            found = re.search(r"^(?:URIs:|deb(?: \[[^\]]*\])?)\s+(\S+/debian)/?(?:\s|$)", text, re.MULTILINE)
            if found:
                return found[1]
    raise RuntimeError("no source of Debian packages is named in /etc/apt")


def root_of(suite: str) -> Path:
    """The root with that Debian's Engine, made when it is first asked for (a minute, 600 MB).

    One that was made for fewer packages is made anew.
    """
    root, wanted = ROOTS / suite, " ".join(PACKAGES)
    complete = root / "complete"
    if complete.exists() and complete.read_text() == wanted:
        return root
    ensure_packages(["debootstrap"])
    ROOTS.mkdir(parents=True, exist_ok=True)
    subprocess.run([*AS_ROOT, "rm", "-rf", str(root)], check=True)
    script = Path("/usr/share/debootstrap/scripts") / suite
    command = ["debootstrap", "--variant=minbase", "--include=" + ",".join(PACKAGES), suite, str(root), mirror()]
    # An older debootstrap does not know younger suites, which are made as the unstable one is.
    command += [] if script.exists() else [str(script.with_name("sid"))]
    done = subprocess.run([*AS_ROOT, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError("debootstrap %s failed:\n%s" % (suite, (done.stdout + done.stderr)[-3000:]))
    subprocess.run([*AS_ROOT, "sh", "-c", 'printf %s "$2" > "$1"', "sh", str(complete), wanted], check=True)
    return root


class ReleasedEngine(PrivateEngine):
    """A private Engine of a release."""

    def __init__(self, release: Release) -> None:
        self._root = root_of(release.suite)
        self._config = release.config
        super().__init__()

    def _launch(self, within: Sequence[str]) -> None:
        (self.folder / "daemon.json").write_text(json.dumps(self._config))
        if within[0] == "unshare":  # else it is entered again, and the root is that already
            within = [*within, "sh", "-c", ENTER, "enter", str(self._root)]
        super()._launch(within)


def chosen() -> str:
    """The name of the release that the environment asks for: of this machine's distribution where it names none."""
    return os.environ.get(VARIABLE) or DEFAULT


def private_engine() -> PrivateEngine:
    """An Engine of the chosen release."""
    release = RELEASES[chosen()]
    return ReleasedEngine(release) if release.suite else PrivateEngine()
