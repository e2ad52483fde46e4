# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run tests/matrix/converge.yml with every supported ansible-core, here and over ssh, and on every Python found as a
managed node's."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine
from ansible_collections.longshore.docker.tests.engines.image import import_busybox
from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages
from ansible_collections.longshore.docker.tests.engines.sshd import PASSWORD, Kind, Node

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
# Nodes without a Python, so that nothing but the way that is meant can lead to their Engine.
NODES = {
    "over ssh, by a forwarded socket": Kind(),
    "over ssh with passwords, by dial-stdio with sudo": Kind(opens=False, cli=True, become="sudo", asks=True),
    "over ssh with passwords, by dial-stdio with su": Kind(opens=False, cli=True, become="su", asks=True),
}
BY_PASSWORD = {"ansible_password": PASSWORD, "ansible_ssh_extra_args": "-o PubkeyAuthentication=no"}
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


def here(managed: Path, run_on: str) -> dict[str, Any]:
    """This machine as a managed node."""
    return {
        "ansible_connection": "local",
        "ansible_python_interpreter": str(managed),
        "longshore_docker_run_on": run_on,
    }


def converge(socket: str, controller: Path, variables: dict[str, Any]) -> str:
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
    command = [str(controller.with_name("ansible-playbook")), "-i", "node,"]
    command += ["-e", json.dumps({"container_name": "matrix", **variables})]
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


def run_cores(
    environments: dict[Core, Future[Path | None]], socket: str, nodes: dict[str, dict[str, Any]], report: Report
) -> dict[str, Path]:
    """Both hosts, and the nodes, with each ansible-core. Returns the controllers' Pythons."""
    found = {}
    for core, made in environments.items():
        python = made.result()
        if python is None:
            report.absent.append("ansible-core %s, which runs on Python %s" % (core.version, core.pythons))
            continue
        found[core.version] = python
        places = {"on the " + run_on: here(python, run_on) for run_on in ("controller", "target")}
        for name, variables in {**places, **nodes}.items():
            words = "ansible-core %s, Python %s, %s" % (core.version, version_of(python), name)
            report.row(words, converge(socket, python, variables))
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
        report.row(words, converge(socket, controllers[fitting[-1]], here(python, "target")))


def main() -> int:
    ensure_packages(["busybox-static", "sshpass"])
    report = Report()
    with contextlib.ExitStack() as stack:
        engine = PrivateEngine()
        stack.callback(engine.close)
        import_busybox(engine.socket)
        nodes = {}
        for name, kind in NODES.items():
            node = stack.enter_context(Node(engine.socket, kind))
            nodes[name] = {**node.variables, **(BY_PASSWORD if kind.asks else {})}
        # One is made while the one before is tried, which is half waiting.
        pool = stack.enter_context(ThreadPoolExecutor(1))
        environments = {
            core: pool.submit(make_venv, "core-" + core.version, core.pythons, "ansible-core==%s.*" % core.version)
            for core in CORES
        }
        controllers = run_cores(environments, engine.socket, nodes, report)
        run_managed(engine.socket, controllers, report)
    for absent in report.absent:
        print("not on this machine, so not tried: " + absent)
    print("matrix: %d passed, %d failed, %d not tried" % (report.passed, report.failed, len(report.absent)))
    return 0 if report.passed and not report.failed else 1


if __name__ == "__main__":
    sys.exit(main())
