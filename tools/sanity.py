# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run ansible-test sanity on a copy of the project's files, without its download host and outside the user's home."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".work" / "sanity"
HOME = ROOT / ".work" / "sanity-home"


def prepare_home() -> None:
    """A home folder that has the script ansible-test looks for before it downloads one, and the user's pip settings."""
    import ansible_test._internal.python_requirements as requirements  # type: ignore[import-untyped]

    found = re.search(r"\bpip='([\d.]+)'", Path(requirements.__file__).read_text())
    if found is None:
        sys.exit("This ansible-test does not say which pip it wants; tools/sanity.py has to learn how to find out.")
    cache = HOME / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "tools" / "get_pip.py", cache / ("get_pip_%s.py" % found.group(1).replace(".", "_")))
    for name in (".config/pip", ".pip"):
        theirs, ours = Path.home() / name, HOME / name
        ours.parent.mkdir(exist_ok=True)
        if theirs.exists() and not ours.exists():
            ours.symlink_to(theirs)


def main() -> int:
    prepare_home()
    subprocess.run([ROOT / "tools" / "export.sh", WORK], check=True)
    folder = WORK / "ansible_collections" / "longshore" / "docker"
    # ansible-test asks git which files there are.
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    python = "%d.%d" % sys.version_info[:2]
    program = Path(sys.executable).with_name("ansible-test")
    environment = dict(os.environ, HOME=str(HOME), PATH="%s:%s" % (program.parent, os.environ["PATH"]))
    for name in ("PYTHONPATH", "ANSIBLE_COLLECTIONS_PATH"):
        environment.pop(name, None)
    command = [str(program), "sanity", "--venv", "--venv-system-site-packages", "--python", python, "--color", "no"]
    return subprocess.run([*command, *sys.argv[1:]], cwd=folder, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
