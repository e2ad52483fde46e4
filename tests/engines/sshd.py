# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A managed node: a real sshd on a loopback port, in a root of its own, for a user who is nobody special.

The root has sshd, a shell and what `Kind` says, and nothing else: no Python unless asked for. The server has mount and
process namespaces of its own, so whatever a session starts ends with it, and `processes` sees what runs there.
"""

from __future__ import annotations

import glob
import os
import shlex
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .engine import START_SECONDS
from .packages import AS_ROOT, ensure_packages, unpacked
from .root import Root, found

USER = "mate"
PASSWORD = "belay-s3cret"
ROOTS_PASSWORD = "capstan-s3cret"
SOCKET = "/var/run/docker.sock"
# Whatever begins so is a name of the node, by the configuration of its clients.
MANY = "many-"
_NUMBER = 61234
_PACKAGES = {"sudo": "sudo", "doas": "opendoas", "su": "util-linux"}
_SECONDS = 20


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass(frozen=True)
class Kind:
    """What there is on a node besides sshd and a shell.

    opens        the user may open the Engine's socket
    become       sudo, doas or su; empty where there is no way to become root
    asks         becoming root takes a password: the user's own (PASSWORD), for su root's (ROOTS_PASSWORD)
    cli          the docker command
    python       a Python with requests, as `ansible_python_interpreter` then says
    forwarding   sshd's AllowStreamLocalForwarding
    sessions     sshd's MaxSessions
    folder       a folder of this machine that is there too, under the same path; tasks have our own number there: the
                 user who logs in, or the one that they become
    """

    opens: bool = True
    become: str = ""
    asks: bool = False
    cli: bool = False
    python: bool = False
    forwarding: bool = True
    sessions: int = 10
    folder: str = ""


class Node:
    """`engine` is the socket that the node has at SOCKET, None for none. `close` ends all that runs on the node."""

    def __init__(self, engine: str | None, kind: Kind = Kind()) -> None:
        ensure_packages(["openssh-client", "busybox-static", "openssl", "util-linux"])
        self.engine, self.kind, self.port = engine, kind, free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="ls-node-", dir="/tmp"))
        self.log_file = self.folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self._python = ""
        try:
            self._make_keys()
            self._make_root()
            self.start()
        except BaseException:  # Ctrl-C too: nobody else knows of it yet
            self.close()
            raise

    @property
    def _number(self) -> tuple[int, int]:
        """Of the user who logs in, and of the user's group."""
        return (os.getuid(), os.getgid()) if self.kind.folder and not self.kind.become else (_NUMBER, _NUMBER)

    @property
    def _owner(self) -> str:
        """An account of our number for those who become somebody, where that is not root's."""
        return "owner" if self.kind.folder and self.kind.become and os.getuid() else ""

    @property
    def variables(self) -> dict[str, Any]:
        """What an inventory has to say about this node."""
        found: dict[str, Any] = {
            "ansible_connection": "ssh",
            "ansible_host": "127.0.0.1",
            "ansible_port": self.port,
            "ansible_user": USER,
            "ansible_ssh_common_args": "-F %s/config" % self.folder,
            "ansible_python_interpreter": self._python or "/no/python",
        }
        if self.kind.become:
            found |= {"ansible_become": True, "ansible_become_method": self.kind.become}
            if self._owner:
                found["ansible_become_user"] = self._owner
        if self.kind.asks:
            found["ansible_become_password"] = ROOTS_PASSWORD if self.kind.become == "su" else PASSWORD
        return found

    def many(self, number: int) -> dict[str, dict[str, Any]]:
        """An inventory with so many names for this node. Each has a connection of its own, as other machines have."""
        names = [MANY + str(one) for one in range(number)]
        return {name: {**self.variables, "ansible_host": name} for name in names}

    def start(self) -> None:
        """Start sshd; after `stop`, with the same port and keys."""
        mounts = ["mount --rbind /dev dev", "mount -t proc proc proc", "mount -t tmpfs -o mode=755 tmpfs run"]
        mounts += ["mkdir run/sshd", "chmod 755 run/sshd"]
        if self.engine is not None:
            mounts += ["touch run/docker.sock", "mount --bind %s run/docker.sock" % shlex.quote(self.engine)]
        if self.kind.folder:
            mounts += ["mkdir -p .%s" % self.kind.folder, "mount --bind %s .%s" % (self.kind.folder, self.kind.folder)]
        script = ["cd %s/root" % self.folder, *mounts, "exec chroot . /usr/sbin/sshd -D -e -f /etc/ssh/sshd_config"]
        before = len(self.log())
        with open(self.log_file, "ab") as log:
            self._process = subprocess.Popen(
                [*AS_ROOT, "setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--fork", "--kill-child",
                 "sh", "-ec", "\n".join(script)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + START_SECONDS
        while "Server listening" not in self.log()[before:]:
            if time.monotonic() > end or self._process.poll() is not None:
                raise RuntimeError("sshd did not start; it said:\n" + self.log()[-3000:])
            time.sleep(0.02)

    def stop(self) -> None:
        """End sshd and all that its sessions run, as where the machine is switched off."""
        if self._process is not None:
            server = self._server()
            if server:
                _kill([server])
            self._process.wait(_SECONDS)
            self._process = None

    def cut(self) -> None:
        """End every connection in an instant. sshd itself goes on, and so does what the sessions have started."""
        _kill([number for number, line in self._sessions() if _is_sshd(line)])

    def processes(self) -> list[str]:
        """The command lines of what runs there besides sshd."""
        return [line for _number, line in self._sessions() if not _is_sshd(line)]

    def _sessions(self) -> list[tuple[int, str]]:
        """What descends from the listening sshd, orphans included: it is the first process of its namespace."""
        rows, left = [], _children(self._server())
        while left:
            number = left.pop()
            left += _children(number)
            try:
                line = Path("/proc/%d/cmdline" % number).read_bytes().replace(b"\0", b" ").decode().strip()
            except OSError:  # gone meanwhile
                continue
            rows += [(number, line)] if line else []
        return rows

    def write(self, path: str, text: str) -> None:
        """Have a file on the node that everybody there may read."""
        place = shlex.quote("%s/root%s" % (self.folder, path))
        script = "mkdir -p $(dirname %s); cat > %s" % (place, place)
        subprocess.run([*AS_ROOT, "sh", "-ec", script], input=text, text=True, check=True)

    def logins(self) -> int:
        """How many connections have been let in so far."""
        return self.log().count("Accepted publickey")

    def log(self) -> str:
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def close(self) -> None:
        self.stop()
        subprocess.run([*AS_ROOT, "rm", "-rf", str(self.folder)], check=False)

    def __enter__(self) -> Node:
        return self

    def __exit__(self, *_exc_info: object) -> None:
        self.close()

    def _server(self) -> int:
        """The number of the listening sshd, the first process of its namespace; 0 where there is none."""
        left = [self._process.pid] if self._process is not None else []
        while left:
            number = left.pop()
            spaces = _status(number).get("NSpid", "").split()
            if len(spaces) > 1 and spaces[-1] == "1":
                return number
            left += _children(number)
        return 0

    def _make_keys(self) -> None:
        for name in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", self.folder / name], check=True
            )
        key = (self.folder / "host.pub").read_text()
        (self.folder / "known").write_text("[127.0.0.1]:%d %s" % (self.port, key))
        rows = ["IdentityFile %s/user" % self.folder, "UserKnownHostsFile %s/known" % self.folder]
        rows += ["StrictHostKeyChecking yes", "IdentitiesOnly yes"]
        rows += ["Host %s*" % MANY, "HostName 127.0.0.1", "HostKeyAlias [127.0.0.1]:%d" % self.port, ""]
        (self.folder / "config").write_text("\n".join(rows))

    def _make_root(self) -> None:
        root = Root(self.folder / "root")
        root.shell()
        place = unpacked("openssh-server")
        for file in [place / "usr/sbin/sshd", *place.glob("usr/lib/openssh/sshd-*")]:
            root.copy("/%s" % file.relative_to(place), out_of=place)
        root.write("/etc/ssh/host", (self.folder / "host").read_text(), 0o600)
        root.write("/etc/ssh/authorized", (self.folder / "user.pub").read_text())
        root.write("/etc/ssh/sshd_config", self._configuration())
        root.home(USER, self._number[0])
        if self._owner:
            root.home(self._owner, os.getuid())
        self._make_accounts(root)
        self._make_become(root)
        if self.kind.cli:
            ensure_packages(["docker.io"])
            root.copy(found("docker"))
        if self.kind.python:
            self._python = root.python()
        root.close()

    def _configuration(self) -> str:
        values = {
            "Port": self.port,
            "ListenAddress": "127.0.0.1",
            "HostKey": "/etc/ssh/host",
            "AuthorizedKeysFile": "/etc/ssh/authorized",
            "StrictModes": "no",
            "UsePAM": "no",
            "PidFile": "none",
            "MaxStartups": 200,
            "MaxSessions": self.kind.sessions,
            "AllowStreamLocalForwarding": "yes" if self.kind.forwarding else "no",
            "Subsystem": "sftp internal-sftp",
        }
        return "".join("%s %s\n" % one for one in values.items())

    def _make_accounts(self, root: Root) -> None:
        home = "/home/" + USER
        accounts = ["root:x:0:0::/root:/bin/sh", "sshd:x:100:65534::/run/sshd:/bin/false"]
        accounts.append("%s:x:%d:%d::%s:/bin/sh" % (USER, *self._number, home))
        if self._owner:
            accounts.append("%s:x:%d:%d::/home/%s:/bin/sh" % (self._owner, os.getuid(), os.getgid(), self._owner))
        root.write("/etc/passwd", "\n".join([*accounts, ""]))
        groups = {"root": 0, "nogroup": 65534, USER: _NUMBER}
        owner = os.stat(self.engine).st_gid if self.engine is not None else 0
        name = next((name for name, number in groups.items() if number == owner), "docker")
        groups[name] = owner
        members = {name: USER} if self.kind.opens else {}
        root.write("/etc/group", "".join("%s:x:%d:%s\n" % (one, groups[one], members.get(one, "")) for one in groups))
        secrets = {"root": ROOTS_PASSWORD, USER: PASSWORD}
        lines = ["%s:%s:20000:0:99999:7:::\n" % (name, _hashed(word)) for name, word in secrets.items()]
        root.write("/etc/shadow", "".join(lines), 0o600)
        root.write("/etc/hosts", "127.0.0.1 localhost %s\n" % socket.gethostname())
        root.write("/etc/nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files\n")

    def _make_become(self, root: Root) -> None:
        way = self.kind.become
        if not way:
            return
        place = unpacked(_PACKAGES[way])
        root.copy(found(way, place), set_user_id=True, out_of=place)
        if way == "sudo":
            for library in [*place.glob("usr/libexec/sudo/*.so*"), *place.glob("usr/lib/sudo/*.so*")]:
                root.copy("/%s" % library.relative_to(place), out_of=place)
            free = "" if self.kind.asks else "NOPASSWD: "
            root.write("/etc/sudoers", "%s ALL=(ALL:ALL) %sALL\n" % (USER, free), 0o440)
        if way == "doas":
            free = "" if self.kind.asks else "nopass "
            root.write("/etc/doas.conf", "permit %s%s\n" % (free, USER), 0o400)
        for module in ("pam_unix.so", "pam_permit.so"):
            for path in glob.glob("/usr/lib/*/security/" + module):
                root.copy(path)
        rules = "" if self.kind.asks else "auth sufficient pam_permit.so\n"
        rules += "auth required pam_unix.so\naccount required pam_permit.so\nsession required pam_permit.so\n"
        root.write("/etc/pam.d/" + way, rules)


def _hashed(word: str) -> str:
    done = subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=word, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _is_sshd(line: str) -> bool:
    return line.startswith(("sshd", "/usr/sbin/sshd", "/usr/lib/openssh/sshd"))  # by its title, or as started


def _status(number: int) -> dict[str, str]:
    try:
        lines = Path("/proc/%d/status" % number).read_text().splitlines()
    except OSError:  # gone meanwhile
        return {}
    return {name: value.strip() for name, _colon, value in (line.partition(":") for line in lines)}


def _children(number: int) -> list[int]:
    if not number:
        return []
    try:
        files = list(Path("/proc/%d/task" % number).glob("*/children"))
        return [int(one) for file in files for one in file.read_text().split()]
    except OSError:  # gone meanwhile
        return []


def _kill(numbers: list[int]) -> None:
    words = "kill -%d %s" % (signal.SIGKILL, " ".join(map(str, numbers)))
    if numbers:
        subprocess.run([*AS_ROOT, "sh", "-c", words], capture_output=True, check=False)
