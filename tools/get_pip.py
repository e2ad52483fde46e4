# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for the script that ansible-test downloads to bootstrap pip: Python's own pip does as well.

ansible-test runs it with the packages to install, pip among them, as arguments.
"""

from __future__ import annotations

import os
import subprocess
import sys

# ensurepip points PIP_CONFIG_FILE at nowhere for the whole process, and with it the package index is lost.
environment = dict(os.environ)

import ensurepip  # noqa: E402

ensurepip.bootstrap()
packages = [argument for argument in sys.argv[1:] if argument not in ("--no-setuptools", "--no-wheel")]
command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", *packages]
sys.exit(subprocess.call(command, env=environment))
