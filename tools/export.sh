#!/usr/bin/env bash
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Copy the files of the project, and none of what it has been run with, to FOLDER/ansible_collections/longshore/docker:
#   export.sh FOLDER
set -eu
target=$1/ansible_collections/longshore/docker
cd "$(dirname "$0")/.."
rm -rf "$target"
mkdir -p "$target"
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    # Tracked files that still exist, as they are now.
    git ls-files -z | while IFS= read -r -d '' name; do [ -e "$name" ] && printf '%s\0' "$name"; done | tar -c --null -T - -f - | tar -x -C "$target" -f -
else
    tar -c --exclude=./.work --exclude=./.venv --exclude='*_cache' --exclude=__pycache__ -f - . | tar -x -C "$target" -f -
fi
