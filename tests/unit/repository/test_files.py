# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every Python file keeps to: its licence, its size, and on managed nodes the syntax of Python 3.7."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ansible_collections.longshore.docker.tests.unit.repository.sources import code_lines, python_files, relative

FILE_LINES = 300
FUNCTION_LINES = 40
HEADER = (
    "# Copyright (c) 2026 The Longshore authors",
    "# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)",
    "# SPDX-License-Identifier: GPL-3.0-or-later",
)

every_file = pytest.mark.parametrize("path", python_files("plugins", "tests", "tools", "demo"), ids=relative)


@every_file
def test_licence_header(path: Path) -> None:
    lines = path.read_text().splitlines()
    first = 1 if lines and lines[0].startswith("#!") else 0
    # What is sent to managed nodes says it in one line: docs/decisions/0013.
    header = HEADER[-1:] if "module_utils" in path.parts else HEADER
    assert not lines or tuple(lines[first : first + len(header)]) == header


@every_file
def test_size_of_the_file(path: Path) -> None:
    assert len(code_lines(path.read_text())) <= FILE_LINES


@every_file
def test_size_of_its_functions(path: Path) -> None:
    source = path.read_text()
    lines = code_lines(source)
    long = {
        node.name: size
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := len([n for n in lines if node.lineno <= n <= (node.end_lineno or 0)])) > FUNCTION_LINES
    }
    assert long == {}


@pytest.mark.parametrize("path", python_files("plugins/module_utils", "plugins/modules"), ids=relative)
def test_syntax_of_python_37_on_managed_nodes(path: Path) -> None:
    source = path.read_text()
    ast.parse(source, feature_version=(3, 7))
    assert not source.strip() or "from __future__ import annotations" in source or not _annotated(source)


def _annotated(source: str) -> bool:
    return any(isinstance(node, ast.FunctionDef | ast.AnnAssign) for node in ast.walk(ast.parse(source)))
