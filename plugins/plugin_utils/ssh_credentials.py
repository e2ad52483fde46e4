# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registry credentials of a managed node: its user's config.json and credential helpers, read through ssh.

What a task needs is read when it needs it, with nothing but the node's shell, and never shown: ssh's output is read
here, not by Ansible, which writes it at -vvv.
"""

from __future__ import annotations

import contextlib
import shlex
import socket
from collections.abc import Mapping

from ansible.errors import AnsibleError

from ansible_collections.longshore.docker.plugins.module_utils.engine.credentials import Keeping
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ConnectionFailed
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_link import Link
from ansible_collections.longshore.docker.plugins.plugin_utils.ssh_stdio import Channels

# Built into every POSIX shell: a node need not even have cat. The last line tells a whole file from one cut off.
_READ = """\
f="${DOCKER_CONFIG:-$HOME/.docker}/config.json"; [ -e "$f" ] || { echo 1; exit; }; \
[ ! -d "$f" ] || { echo 2; exit; }; \
while IFS= read -r l || [ -n "$l" ]; do printf '%s\\n' "$l"; done < "$f" && echo 0"""
_ASK = '%s get; s=$?; echo; echo "$s"'
_NAMES = ("HOME", "DOCKER_CONFIG", "PATH")
_PATIENCE = 60.0


class NodeKeeping(Keeping):
    """`environment` is the task's own."""

    def __init__(self, link: Link, environment: Mapping[str, object]) -> None:
        self._link, self._text = link, ""
        self._set = " ".join(
            f"{name}={shlex.quote(str(environment[name]))}; export {name};" for name in _NAMES if name in environment
        )

    def name(self, environ: Mapping[str, str]) -> str:
        return f"config.json on {self._link.host}"

    def read(self, environ: Mapping[str, str]) -> str:
        if self._text:
            return self._text
        status, text = self._run(_READ, b"")
        if status == 1:
            raise FileNotFoundError
        if status:
            raise PermissionError(0, "its user cannot read it")
        self._text = text
        return text

    def ask(self, program: str, key: str, environ: Mapping[str, str]) -> tuple[int, str]:
        return self._run(_ASK % shlex.quote(program), key.encode())

    def _run(self, script: str, given: bytes) -> tuple[int, str]:
        """Status, as the script writes it into its last line, and output. -1 for a script that came to no end."""
        dial = Channels(self._link, self._link.host)
        try:
            sock, written = dial.run(f"{self._set} {script}".strip())
            with sock:
                sock.settimeout(_PATIENCE)
                with contextlib.suppress(BrokenPipeError):  # a script that reads nothing may have ended already
                    sock.sendall(given)
                    sock.shutdown(socket.SHUT_WR)
                while part := sock.recv(65536):
                    written += part
        except (ConnectionFailed, AnsibleError, OSError) as error:
            raise OSError(0, str(error)) from error
        finally:
            dial.close()
        text, _newline, status = written.decode("utf-8", "replace").rstrip().rpartition("\n")
        return (int(status), text) if status.isdecimal() else (-1, text)
