#!/usr/bin/env bash
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Ansible's own linters, on a copy of the project's files where they find the collection under its name.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PWD/.work/venvs/lint/bin:$PATH
work=$PWD/.work/lint
mkdir -p "$work"
tools/export.sh "$work"
export ANSIBLE_COLLECTIONS_PATH=$work ANSIBLE_HOME=$work/home
unset PYTHONPATH
cd "$work/ansible_collections/longshore/docker"

antsibull-changelog lint
antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs=self --skip-rstcheck .

mapfile -t playbooks < <(find examples demo -name '*.yml' 2>/dev/null | sort)
if [ "${#playbooks[@]}" -eq 0 ]; then
    echo "No playbook found in examples/ and demo/: they are part of the project." >&2
    exit 1
fi
ansible-lint --offline --nocolor --strict --profile production "${playbooks[@]}"
