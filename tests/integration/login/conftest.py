# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What logins are tried with: a registry that asks for a password, and credential helpers."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Known before the first test runs, and this process's own.
FOLDER = Path(f"/tmp/longshore-logins-{os.getpid()}")
KEEPER = """#!%s
# Keeps logins in a file of its name.
import json, os, sys
path = "%s/" + os.path.basename(sys.argv[0])[18:] + ".kept"
kept = json.load(open(path)) if os.path.exists(path) else {}
text = sys.stdin.read()
if sys.argv[1] == "store":
    given = json.loads(text)
    kept[given["ServerURL"]] = [given["Username"], given["Secret"]]
elif sys.argv[1] == "erase":
    kept.pop(text)
elif sys.argv[1] == "get":
    if text not in kept:
        sys.exit("credentials not found in native keychain" if sys.stdout.write("credentials not found") else 1)
    print(json.dumps({"ServerURL": text, "Username": kept[text][0], "Secret": kept[text][1]}))
json.dump(kept, open(path, "w"))
"""
# Helpers that work, by the cases that use them.
HELPED = (
    *("ls-credsstore", "ls-credhelpers", "ls-a-password-that-was-in-the-file", "ls-secrets"),
    "ls-logged-in-by-another-tool",
)
BROKEN = "#!/bin/sh\necho it is broken\nexit 1\n"
READONLY = """#!/bin/sh
if [ $1 = get ]; then echo credentials not found in native keychain; exit 1; fi
echo no room for $(sed 's/.*"Secret": "//; s/".*//'); exit 1
"""


@pytest.fixture(scope="session")
def login_folder() -> Iterator[Path]:
    """Where config files and helpers are."""
    programs = FOLDER / "bin"
    programs.mkdir(parents=True)
    keeper = KEEPER % (sys.executable, FOLDER)
    for name in HELPED:
        _program(programs / ("docker-credential-" + name), keeper)
    _program(programs / "docker-credential-broken", BROKEN)
    _program(programs / "docker-credential-readonly", READONLY)
    try:
        yield FOLDER
    finally:
        shutil.rmtree(FOLDER)


def _program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)
