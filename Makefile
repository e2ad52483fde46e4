# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# One command for each job. Each installs what it needs into .venv and .work, and missing Debian packages through apt.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The newest found is used. Sanity tests and ansible-core's newest release decide what is too old.
PYTHONS := 3.13 3.12 3.11 3.10
ROOT := $(CURDIR)
LINK := .work/collections/ansible_collections/longshore/docker
INSIDE := PYTHONPATH=$(ROOT)/.work/collections ANSIBLE_COLLECTIONS_PATH=$(ROOT)/.work/collections
PYTEST := $(ROOT)/.venv/bin/python -m pytest -p no:cacheprovider
# Two test files at a time, each with an Engine of its own: much of a test is waiting. One Engine that is given is no two.
SIDE_BY_SIDE := $(if $(LONGSHORE_TEST_SOCKET),,--numprocesses 2 --dist loadfile)

.PHONY: help test lint types unit sanity integration build matrix engines errors bench demo clean venv

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 20

test: ## lint, types, unit, sanity, integration, build and matrix; stops at the first failure
	@started=$$SECONDS; \
	for job in lint types unit sanity integration build matrix; do \
	    echo; echo "=== make $$job"; \
	    $(MAKE) --no-print-directory $$job || { echo; echo "FAILED: make $$job"; exit 1; }; \
	done; \
	echo; echo "PASSED: lint, types, unit, sanity, integration, build, matrix, in $$((SECONDS - started)) s"

venv:
	@tools/make_venv.sh .venv "$(PYTHONS)" -r requirements/test.txt
	@mkdir -p $(dir $(LINK)); [ -e $(LINK) ] || ln -sfn $(ROOT) $(LINK)

lint: venv ## Style, playbooks, changelog, documentation
	@tools/make_venv.sh .work/venvs/lint "$(PYTHONS)" -r requirements/lint.txt
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	tools/lint_ansible.sh

types: venv ## mypy --strict on everything that is Python
	@cd .work/collections && $(ROOT)/.venv/bin/mypy --config-file $(ROOT)/pyproject.toml --cache-dir $(ROOT)/.work/mypy \
	    $$(cd $(ROOT) && git ls-files '*.py' | sed 's,^,ansible_collections/longshore/docker/,')

unit: venv ## Tests without a daemon
	@$(INSIDE) $(PYTEST) --numprocesses 2 --dist loadfile $(or $(TESTS),tests/unit)

integration: venv ## Tests against Engines that they start themselves
	@$(INSIDE) $(PYTEST) $(SIDE_BY_SIDE) $(or $(TESTS),tests/integration)

sanity: ## ansible-test sanity, with the newest ansible-core that the Python runs
	@command -v shellcheck >/dev/null || tools/apt_install.sh shellcheck
	@tools/make_venv.sh .work/venvs/sanity "$(PYTHONS)" -r requirements/sanity.txt
	@.work/venvs/sanity/bin/python tools/sanity.py

build: ## The collection's file, looked at as Galaxy does
	@tools/make_venv.sh .work/venvs/build "3.12 3.11 3.13" -r requirements/build.txt
	@tools/build.sh

matrix: venv ## Every supported ansible-core, and every Python found as a managed node's
	@$(INSIDE) .venv/bin/python tools/matrix.py

engines: venv ## The scenarios on Engines 20.10, 26.1, 28.5 and 28.5 with containerd's image store; RELEASES=, SUITES= some
	@$(INSIDE) RELEASES="$(RELEASES)" SUITES="$(SUITES)" .venv/bin/python tools/engines.py

errors: venv ## docs/errors.md, from the messages that make integration saw
	@.venv/bin/python tools/errors.py

bench: venv ## How long things take, beside others: docs/benchmarks.md; BENCHES= some of them, SIZE= of how many MB
	@$(INSIDE) .venv/bin/python tools/bench.py $(BENCHES)

demo: ## A small application, converged twice and changed once here, and converged through ssh
	@demo/run.sh

clean: ## Remove all that these commands made
	@[ ! -e .work/engines ] || $$([ "$$(id -u)" = 0 ] || echo sudo) rm -rf .work/engines
	rm -rf .venv .work .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
