#!/usr/bin/env bash
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Build the collection into .work/build and have Galaxy's importer look at it: a finding of level ERROR or WARNING fails.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PWD/.work/venvs/build/bin:$PATH
work=$PWD/.work/build
rm -rf "$work"
tools/export.sh "$work"
ansible-galaxy collection build --output-path "$work" "$work/ansible_collections/longshore/docker"
file=$(ls "$work"/longshore-docker-*.tar.gz)
printf '[galaxy-importer]\nRUN_ANSIBLE_TEST = False\nRUN_ANSIBLE_DOC = True\nRUN_ANSIBLE_LINT = True\n' >"$work/importer.cfg"
export GALAXY_IMPORTER_CONFIG=$work/importer.cfg
(cd "$work" && python -m galaxy_importer.main "$file") 2>&1 | tee "$work/importer.log"
grep -q 'Importer processing completed successfully' "$work/importer.log"
if grep -E '^(ERROR|WARNING)' "$work/importer.log"; then
    echo "galaxy-importer found the above." >&2
    exit 1
fi
echo "Built $file"
