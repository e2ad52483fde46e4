# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The docker CLI and its plugins, of the newest Debian that has an Engine: static programs that run here, too."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .packages import AS_ROOT
from .releases import ROOTS, root_of

SUITE = "forky"
PACKAGES = ("docker-cli", "docker-compose", "docker-buildx")
FOLDER = ROOTS / "cli"


def docker_cli() -> dict[str, str]:
    """The environment in which `docker`, `docker compose` and `docker buildx` are found; fetched once.

    Raises RuntimeError with apt's words.
    """
    if not (FOLDER / "usr" / "bin" / "docker").exists():
        root = root_of(SUITE)
        _must([*AS_ROOT, "chroot", str(root), "sh", "-c", "cd /var/cache && apt-get download " + " ".join(PACKAGES)])
        for name in PACKAGES:
            (file,) = (root / "var" / "cache").glob(name + "_*.deb")
            _must(["dpkg", "-x", str(file), str(FOLDER)])
    config = FOLDER / "config"
    config.mkdir(exist_ok=True)
    plugins = FOLDER / "usr" / "libexec" / "docker" / "cli-plugins"
    (config / "config.json").write_text('{"cliPluginsExtraDirs": ["%s"]}' % plugins)
    programs = "%s:%s" % (FOLDER / "usr" / "bin", os.environ["PATH"])
    return {**os.environ, "PATH": programs, "DOCKER_CONFIG": str(config)}


def _must(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError("%s failed:\n%s" % (" ".join(command), (done.stdout + done.stderr)[-2000:]))


def program(path: Path, environment: dict[str, str]) -> list[str]:
    """A command line that runs `docker` against the socket at this path; `environment` is docker_cli()'s."""
    return [str(Path(environment["PATH"].split(":")[0]) / "docker"), "--host", "unix://%s" % path]
