# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration: a small application, converged twice and changed once; then again through ssh, on a host without
Python. Leaves nothing behind."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ansible_collections.longshore.docker.tests.engines.engine import PrivateEngine, inside
from ansible_collections.longshore.docker.tests.engines.image import UnixConnection, import_busybox
from ansible_collections.longshore.docker.tests.engines.packages import ensure_packages
from ansible_collections.longshore.docker.tests.engines.sshd import Node

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".work" / "demo"
IMAGE = "longshore/demo:1"
CONTAINERS = ("longshore-demo-visitor", "longshore-demo-web")
REMOVED = ["/containers/%s?force=true&v=true" % name for name in CONTAINERS]
DEFAULT_SOCKET = "/var/run/docker.sock"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
URL = "http://127.0.0.1:18080/"
ASK = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=5).read().decode(), end='')"


class DemoFailed(Exception):
    """The demonstration did not show what it should. The message is for the reader."""


def say(text: str) -> None:
    print("\n## " + text, flush=True)


def clean_up_undisturbed() -> None:
    """From here on nothing interrupts: what was made is removed, and then this ends anyway."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def request(engine: str, method: str, path: str) -> tuple[int, bytes]:
    connection = UnixConnection(engine)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def answers(path: str) -> bool:
    try:
        return request(path, "GET", "/_ping")[0] == 200
    except OSError:
        return False


@contextlib.contextmanager
def some_engine() -> Iterator[tuple[str, list[str]]]:
    """The socket of the Engine to use: the user's, else a private one that ends with the demonstration.

    And how a command line has to begin to reach the ports that this Engine publishes.
    """
    given = os.environ.get("DOCKER_HOST") or "unix://" + DEFAULT_SOCKET
    path = given.removeprefix("unix://")
    if path == given:
        raise DemoFailed("DOCKER_HOST is %s; the demonstration needs an Engine behind a Unix socket here" % given)
    if answers(path):
        say("Using the Docker Engine behind %s." % path)
        yield path, []
        return
    if "DOCKER_HOST" in os.environ:
        raise DemoFailed("No Docker Engine answers at %s (from DOCKER_HOST); start it, or unset DOCKER_HOST" % given)
    say("No Docker Engine answers at %s: starting a private one, installing docker.io where it is missing." % path)
    private = PrivateEngine()
    try:
        yield private.socket, inside(private.socket, [])
    finally:
        clean_up_undisturbed()
        say("Ending the private Engine and removing its data.")
        private.close()


@contextlib.contextmanager
def application(engine: str) -> Iterator[None]:
    """Makes the image; in the end removes it and the containers. Touches nothing that was there before."""
    for path in ["/containers/%s/json" % name for name in CONTAINERS] + ["/images/%s/json" % IMAGE]:
        if request(engine, "GET", path)[0] != 404:
            raise DemoFailed("%s is there already; remove it first" % path.split("/", 2)[2].removesuffix("/json"))
    ensure_packages(["busybox-static"])
    say("Making the image %s from Debian's static busybox; no registry is asked." % IMAGE)
    try:
        import_busybox(engine, IMAGE)
        yield
    finally:
        clean_up_undisturbed()
        say("Removing the containers and the image.")
        for path in [*REMOVED, "/images/" + IMAGE]:
            if request(engine, "DELETE", path)[0] not in (200, 204, 404):
                print("Could not remove %s; please do." % path.partition("?")[0], file=sys.stderr)


def program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def install_collection() -> Path:
    """Build the collection's file and install it, as a user would."""
    say("Building the collection's file and installing it into a private folder.")
    collections = WORK / "collections"
    run = [program("ansible-galaxy"), "collection"]
    built = WORK / "built"
    # Without the working copy on Python's path: it would count as installed already.
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(["rm", "-rf", str(built), str(collections)], check=True)
    command = [*run, "build", str(ROOT), "--output-path", str(built)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=clean)
    (file,) = built.glob("longshore-docker-*.tar.gz")
    # By force: elsewhere on the path of collections there may be one, which would do.
    command = [*run, "install", str(file), "-p", str(collections), "--offline", "--force"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=clean)
    if not (collections / "ansible_collections" / "longshore" / "docker" / "MANIFEST.json").exists():
        raise DemoFailed("ansible-galaxy did not install %s into %s" % (file, collections))
    print(file.relative_to(ROOT))
    return collections


class Playbook:
    """demo/site.yml with the installed collection, for a host; `variables` are how it is reached, if it is not here."""

    def __init__(self, engine: str, collections: Path, host: str = "localhost", **variables: object) -> None:
        self.host = host
        self.environment = {
            # The installed collection is used, not the working copy that this program comes from.
            **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            "DOCKER_HOST": "unix://" + engine,
            "ANSIBLE_COLLECTIONS_PATH": str(collections),
            "ANSIBLE_CONFIG": str(ROOT / "demo" / "ansible.cfg"),
        }
        self.inventory = WORK / "inventory.json"
        self.inventory.write_text(json.dumps({"all": {"hosts": {host: variables} if variables else {}}}))

    def run(self, expected: int, *arguments: str) -> None:
        """Run it and show what it says. Raises DemoFailed unless exactly `expected` tasks have changed something."""
        command = [program("ansible-playbook"), str(ROOT / "demo" / "site.yml"), "-i", str(self.inventory)]
        variables = {"demo_folder": str(ROOT / "demo" / "site"), "demo_host": self.host}
        command += ["-e", json.dumps(variables), *arguments]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, text=True, check=False)
        print(done.stdout, end="")
        recap = re.search(r"^%s .*changed=(\d+) " % self.host, done.stdout, re.MULTILINE)
        if done.returncode or recap is None:
            raise DemoFailed("the playbook failed")
        if int(recap[1]) != expected:
            raise DemoFailed("%s tasks changed something, %d should have" % (recap[1], expected))


def visit(engine: str, reach: list[str]) -> None:
    """Ask the application as a browser would, and look at what its visitor saw."""
    ask = [*reach, sys.executable, "-c", ASK, URL]
    done = subprocess.run(ask, capture_output=True, text=True, check=False)
    for _attempt in range(50):
        if done.returncode == 0:
            break
        time.sleep(0.2)
        done = subprocess.run(ask, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DemoFailed("%s did not answer: %s" % (URL, done.stderr.strip().rpartition("\n")[2]))
    say("GET %s answers:" % URL)
    print(done.stdout, end="")
    _status, frame = request(engine, "GET", "/containers/%s/logs?stdout=true&tail=1" % CONTAINERS[0])
    say("The visitor in the other container last read:")
    print(frame[8:].decode(errors="replace"), end="")
    if frame[8:].decode(errors="replace") not in done.stdout or not frame[8:]:
        raise DemoFailed("the visitor and we do not read the same page")


def converge(playbook: Playbook) -> None:
    say("First run: nothing is there yet, so both containers are created and started.")
    playbook.run(2)
    say("Second run of the same playbook: everything is as described, so nothing changes.")
    playbook.run(0)
    edited = ("--diff", "-e", "demo_restart_policy=unless-stopped")
    say("One value is edited, the web server's restart policy. Check mode (--check --diff) says what would change:")
    playbook.run(1, "--check", *edited)
    say("And for real: the same difference. The container is changed in place and goes on serving.")
    playbook.run(1, *edited)
    say("Once more: nothing is left to do.")
    playbook.run(0, *edited)


@contextlib.contextmanager
def another_host(engine: str) -> Iterator[Node]:
    """A host that has the Engine's socket, sshd and a shell."""
    say("Now a host that is reached over ssh: a real sshd, in a root of its own with a shell and nothing else.")
    node = Node(engine)
    try:
        yield node
    finally:
        clean_up_undisturbed()
        say("Ending the sshd.")
        node.close()


def over_ssh(engine: str, reach: list[str], collections: Path) -> None:
    for path in REMOVED:
        request(engine, "DELETE", path)
    with another_host(engine) as node:
        words = "id -un; command -v python3 python docker || echo neither Python nor the docker command"
        print("$ ssh ship '%s'" % words)
        address = "%s@127.0.0.1" % node.variables["ansible_user"]
        ssh = ["ssh", "-F", str(node.folder / "config"), "-p", str(node.port), address]
        subprocess.run([*ssh, words], check=True)
        playbook = Playbook(engine, collections, "ship", **node.variables)
        playbook.environment["ANSIBLE_SSH_CONTROL_PATH_DIR"] = str(node.folder / "cp")
        say("The containers are gone. The same playbook makes them there, through the ssh connection alone:")
        playbook.run(2)
        say("And once more: nothing changes, and nothing was copied to that host.")
        playbook.run(0)
        visit(engine, reach)


def demonstrate() -> None:
    collections = install_collection()
    with some_engine() as (engine, reach):
        with application(engine):
            converge(Playbook(engine, collections))
            visit(engine, reach)
            over_ssh(engine, reach, collections)


def interrupted(_number: int, _frame: object) -> None:
    clean_up_undisturbed()
    raise KeyboardInterrupt


def main() -> int:
    for number in SIGNALS:
        signal.signal(number, interrupted)
    WORK.mkdir(parents=True, exist_ok=True)
    try:
        demonstrate()
    except (DemoFailed, RuntimeError, subprocess.CalledProcessError) as error:
        print("\nThe demonstration failed: %s." % str(error).rstrip("."), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; everything has been removed.", file=sys.stderr)
        return 130
    say("That was the demonstration; everything it made has been removed (only .work/demo remains).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
