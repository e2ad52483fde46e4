# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that volumes are filled from."""

from __future__ import annotations

import subprocess
from pathlib import Path


def make_files(folder: Path) -> None:
    """A tree, another, a file and an archive of more."""
    tree = folder / "tree"
    (tree / "deep" / "er").mkdir(parents=True)
    (tree / "deep" / "er" / "text").write_text("deep\n")
    (tree / "run.sh").write_text("#!/bin/sh\n")
    (tree / "run.sh").chmod(0o755)
    (tree / "large").write_bytes(bytes(range(256)) * 2000)
    (tree / "link").symlink_to("deep/er/text")
    (folder / "other").mkdir()
    (folder / "other" / "run.sh").write_text("#!/bin/false\n")
    (folder / "other" / "run.sh").chmod(0o700)
    (folder / "file.txt").write_text("a file\n")
    command = ["tar", "-C", str(tree), "--owner=1000", "--group=1000", "-cf", str(folder / "data.tar"), "."]
    subprocess.run(command, check=True)
