# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test image: a static busybox with a link for each of its commands, imported without a registry.

Uses the standard library alone, so that what is tested does not make what it is tested with. The demonstration runs
this file as a program: image.py SOCKET NAME.
"""

from __future__ import annotations

import http.client
import io
import shutil
import socket
import subprocess
import sys
import tarfile
import urllib.parse

BUSYBOX = "longshore/busybox:1"
COMMAND = ["sleep", "100000"]


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=120)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def busybox_archive() -> bytes:
    """The root file system, as a tar archive."""
    binary = shutil.which("busybox")
    if binary is None:
        raise RuntimeError("no busybox on PATH (Debian package busybox-static)")
    commands = subprocess.run([binary, "--list"], capture_output=True, text=True, check=True).stdout.split()
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for folder, mode in (("bin", 0o755), ("etc", 0o755), ("root", 0o700), ("tmp", 0o1777)):
            entry = tarfile.TarInfo(folder)
            entry.type, entry.mode = tarfile.DIRTYPE, mode
            tar.addfile(entry)
        with open(binary, "rb") as source:
            entry = tar.gettarinfo(fileobj=source, arcname="bin/busybox")
            entry.mode = 0o755
            tar.addfile(entry, source)
        for name in sorted(set(commands) - {"busybox"}):
            entry = tarfile.TarInfo("bin/" + name)
            entry.type, entry.linkname = tarfile.SYMTYPE, "busybox"
            tar.addfile(entry)
        accounts = b"root:x:0:0:root:/root:/bin/sh\n"
        entry = tarfile.TarInfo("etc/passwd")
        entry.size = len(accounts)
        tar.addfile(entry, io.BytesIO(accounts))
    return archive.getvalue()


def import_busybox(socket_path: str, name: str = BUSYBOX) -> str:
    """Import the image and give back its name. Raises RuntimeError in the Engine's words."""
    repository, tag = name.rsplit(":", 1)
    change = "CMD [%s]" % ", ".join('"%s"' % word for word in COMMAND)
    query = urllib.parse.urlencode({"fromSrc": "-", "repo": repository, "tag": tag, "changes": change})
    connection = UnixConnection(socket_path)
    try:
        connection.request("POST", "/images/create?" + query, body=busybox_archive())
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
    finally:
        connection.close()
    if answer.status != 200 or '"error"' in text:
        raise RuntimeError("the Engine did not import %s: %s" % (name, text))
    return name


if __name__ == "__main__":
    import_busybox(*sys.argv[1:])
