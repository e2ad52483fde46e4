#!/bin/sh
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Print the path of the first Python found among the versions given, best first:
#   find_python.sh 3.13 3.12
# Looks on PATH and among pyenv's. A pyenv shim may exist for a version that is not switched on: so each one is run.
for version in "$@"; do
    for candidate in "$(command -v "python$version")" "$HOME/.pyenv/versions/$version".*/bin/python "$(command -v python3)"; do
        [ -x "$candidate" ] || continue
        found=$("$candidate" -c 'import sys; print("%d.%d %s" % (sys.version_info[0], sys.version_info[1], sys.executable))' 2>/dev/null)
        if [ "${found%% *}" = "$version" ]; then
            printf '%s\n' "${found#* }"
            exit 0
        fi
    done
done
exit 1
