#!/bin/sh
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Make a virtual environment with the newest Python of a list, and install requirements into it:
#   make_venv.sh FOLDER "3.13 3.12" -r requirements/test.txt ...
# An environment that already has exactly these requirements is left alone.
set -eu
folder=$1 versions=$2
shift 2
here=$(dirname "$0")

wanted="$versions $*"
for word in "$@"; do
    if [ -f "$word" ]; then wanted="$wanted $(cat "$word")"; fi
done
if [ -x "$folder/bin/python" ] && [ "$(cat "$folder/.made-from" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

# The versions are words.
# shellcheck disable=SC2086
python=$("$here/find_python.sh" $versions) || {
    echo "None of these Pythons was found: $versions. Install one, or put it on PATH." >&2
    exit 3
}
mkdir -p "$(dirname "$folder")"
rm -rf "$folder"
if ! "$python" -m venv "$folder" >/dev/null 2>&1; then
    # Debian's Python comes without the venv module.
    rm -rf "$folder"
    "$here/apt_install.sh" "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    "$python" -m venv "$folder"
fi
"$folder/bin/python" -m pip install -qq --disable-pip-version-check "$@"
printf '%s' "$wanted" >"$folder/.made-from"
