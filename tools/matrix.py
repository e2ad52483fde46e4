# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run tests/matrix/converge.yml with every supported ansible-core, and on every Python found as a managed node's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine
from ansible_collections.longshore.docker.tests.engines.image import import_busybox
from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages

ROOT = Path(__file__).resolve().parent.parent
VENVS = ROOT / ".work" / "venvs"


class Core(NamedTuple):
    """An ansible-core release: the Pythons it runs on, best first, and the oldest it manages."""

    version: str
    pythons: str
    oldest_managed: tuple[int, int]


CORES = [
    Core("2.17", "3.12 3.11 3.10", (3, 7)),
    Core("2.18", "3.13 3.12 3.11", (3, 8)),
    Core("2.19", "3.13 3.12 3.11", (3, 8)),
    Core("2.20", "3.14 3.13 3.12", (3, 9)),
    Core("2.21", "3.14 3.13 3.12", (3, 9)),
]
MANAGED = [(3, minor) for minor in range(7, 15)]
NOT_FOUND = 3  # what make_venv.sh says when there is no such Python


def make_venv(name: str, pythons: str, *packages: str) -> Path | None:
    """The Python of a virtual environment, None when none of these versions is on this machine."""
    folder = VENVS / name
    command: list[str | Path] = [
        ROOT / "tools" / "make_venv.sh",
        folder,
        pythons,
        "-r",
        ROOT / "requirements" / "matrix.txt",
        *packages,
    ]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode == NOT_FOUND:
        return None
    if made.returncode:
        sys.exit("Could not make the environment %s:\n%s%s" % (name, made.stdout, made.stderr))
    return folder / "bin" / "python"


def version_of(python: Path) -> str:
    program = "import platform; print(platform.python_version())"
    return subprocess.run([python, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def converge(socket: str, controller: Path, managed: Path, run_on: str) -> str:
    """Run the playbook. Returns what it wrote when it failed."""
    work = ROOT / ".work" / "matrix"
    work.mkdir(parents=True, exist_ok=True)
    environment = {
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".work" / "collections"),
        "ANSIBLE_HOME": str(work),
        "ANSIBLE_NOCOLOR": "1",
        "DOCKER_HOST": "unix://" + socket,
        "HOME": str(work),
        "LC_ALL": "C.UTF-8",
        "PATH": os.environ["PATH"],
    }
    variables = {
        "ansible_python_interpreter": str(managed),
        "container_name": "matrix",
        "longshore_docker_run_on": run_on,
    }
    command = [str(controller.with_name("ansible-playbook")), "-i", "node,", "-c", "local"]
    for name, value in variables.items():
        command += ["-e", "%s=%s" % (name, value)]
    command.append(str(ROOT / "tests" / "matrix" / "converge.yml"))
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=work, timeout=600)
    wrong = ended.returncode != 0 or "Traceback" in ended.stdout + ended.stderr
    return (ended.stdout + ended.stderr)[-6000:] if wrong else ""


class Report:
    def __init__(self) -> None:
        self.passed, self.failed, self.absent = 0, 0, list[str]()

    def row(self, words: str, failure: str) -> None:
        print("%s: %s" % (words, "FAILED" if failure else "ok"), flush=True)
        if failure:
            print(failure)
        self.failed += bool(failure)
        self.passed += not failure


def run_cores(socket: str, report: Report) -> dict[str, Path]:
    """Both hosts with each ansible-core. Returns the controllers' Pythons."""
    found = {}
    for core in CORES:
        python = make_venv("core-" + core.version, core.pythons, "ansible-core==%s.*" % core.version)
        if python is None:
            report.absent.append("ansible-core %s, which runs on Python %s" % (core.version, core.pythons))
            continue
        found[core.version] = python
        for run_on in ("controller", "target"):
            words = "ansible-core %s, Python %s, on the %s" % (core.version, version_of(python), run_on)
            report.row(words, converge(socket, python, python, run_on))
    return found


def run_managed(socket: str, controllers: dict[str, Path], report: Report) -> None:
    """Each Python as a managed node's, under the newest ansible-core that manages it."""
    for version in MANAGED:
        text = "%d.%d" % version
        fitting = [core.version for core in CORES if core.oldest_managed <= version and core.version in controllers]
        python = make_venv("node-" + text, text)
        if python is None or not fitting:
            report.absent.append("managed node with Python %s" % text)
            continue
        words = "managed node with Python %s, ansible-core %s" % (version_of(python), fitting[-1])
        report.row(words, converge(socket, controllers[fitting[-1]], python, "target"))


def main() -> int:
    ensure_packages(["busybox-static"])
    report = Report()
    engine = PrivateEngine()
    try:
        import_busybox(engine.socket)
        controllers = run_cores(engine.socket, report)
        run_managed(engine.socket, controllers, report)
    finally:
        engine.close()
    for absent in report.absent:
        print("not on this machine, so not tried: " + absent)
    print("matrix: %d passed, %d failed, %d not tried" % (report.passed, report.failed, len(report.absent)))
    return 0 if report.passed and not report.failed else 1


if __name__ == "__main__":
    sys.exit(main())
