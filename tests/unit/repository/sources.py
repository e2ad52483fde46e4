# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Python files of the repository, parsed, and what they import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
COLLECTION = "ansible_collections.longshore.docker"
DOCUMENTATION = ("DOCUMENTATION", "EXAMPLES", "RETURN")


def python_files(*folders: str) -> list[Path]:
    """Every Python file below these folders of the repository."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    """The name below the collection: plugins.module_utils.engine.call."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, name: str, package: bool = False) -> Iterator[str]:
    """What a file imports, wherever the statement stands; the collection's own are named as by dotted().

    `name` is the file's own dotted name, for relative imports; `package` says that it is an __init__.py.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (_own(alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = name.split(".")
                kept = parents[: len(parents) - node.level + (1 if package else 0)]
                base = ".".join(kept + ([node.module] if node.module else []))
            yield from (_own("%s.%s" % (base, alias.name)) for alias in node.names)


def _own(name: str) -> str:
    return name[len(COLLECTION) + 1 :] if name.startswith(COLLECTION + ".") else name


def is_text(node: ast.Expr | ast.Assign) -> bool:
    """A docstring, or one of Ansible's documentation blocks."""
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id in DOCUMENTATION for target in node.targets)
    return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def code_lines(source: str) -> set[int]:
    """The numbers of the lines that hold code: no blank lines, comments, docstrings and documentation blocks."""
    words: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr | ast.Assign) and is_text(node):
            words.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return {
        number
        for number, line in enumerate(source.splitlines(), 1)
        if line.strip() and not line.strip().startswith("#") and number not in words
    }
