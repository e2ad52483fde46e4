#!/bin/sh
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The demonstration, from a machine with nothing but Python: makes an environment with Ansible, and goes on in Python.
set -eu
cd "$(dirname "$0")/.."
cat <<END
A web server and a visitor that asks it are brought to the state that demo/site.yml describes: once, once more, and with one
value edited; then again on a host that is reached over ssh and has no Python. What is missing is installed: Python packages
into .work/demo, Debian packages by apt (but no ssh server: that is unpacked into a temporary folder).

Making a virtual environment with ansible-core and requests (kept in .work/demo for the next time).
END
tools/make_venv.sh .work/demo/venv "3.14 3.13 3.12 3.11 3.10" "ansible-core>=2.17,<2.22" "requests>=2.31,<3"
# The program that shows all this shares the tests' way to start an Engine, and imports it from the working copy.
mkdir -p .work/collections/ansible_collections/longshore
[ -e .work/collections/ansible_collections/longshore/docker ] ||
    ln -s "$PWD" .work/collections/ansible_collections/longshore/docker
PYTHONPATH=$PWD/.work/collections exec .work/demo/venv/bin/python demo/demo.py
