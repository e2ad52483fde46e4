# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A root file system made of copies of this machine's programs, with nothing in it but what was asked for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from .packages import AS_ROOT

# What a module of this collection imports on a managed node.
_MODULES_NEED = ("requests", "urllib3", "idna", "certifi", "charset_normalizer")


def found(name: str, place: Path = Path("/")) -> str:
    """The program of a Debian package, whatever else of that name comes first on PATH. Raises RuntimeError."""
    for folder in ("usr/sbin", "usr/bin", "sbin", "bin"):
        if (place / folder / name).exists():
            return "/%s/%s" % (folder, name)
    raise RuntimeError("no %s in %s" % (name, place))


class Root:
    """`folder` belongs to the one who runs the tests until `close`, which gives it to root."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._libraries: set[str] = set()
        self._set_user_id: list[str] = []
        self._words: list[str] = []
        for name in ("dev", "etc", "home", "proc", "root", "run", "tmp", "var"):
            (folder / name).mkdir(parents=True)
        for name in ("bin", "sbin", "lib", "lib64"):
            (folder / "usr" / name).mkdir(parents=True)
            (folder / name).symlink_to("usr/" + name)
        (folder / "tmp").chmod(0o1777)
        (folder / "root").chmod(0o700)
        (folder / "var" / "run").symlink_to("../run")

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        file = self.folder / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)

    def shell(self) -> None:
        """sh, and the small commands that a shell is nothing without, all of them one static program.

        Not that program's sh, which prefers its own commands to what is on PATH.
        """
        self.copy(found("dash"))
        (self.folder / "bin" / "sh").symlink_to("dash")
        binary = found("busybox")
        shutil.copy(binary, self.folder / "bin" / "busybox")
        names = subprocess.run([binary, "--list"], capture_output=True, text=True, check=True).stdout.split()
        for name in set(names) - {"busybox", "sh", "su"}:
            (self.folder / "bin" / name).symlink_to("busybox")

    def copy(self, path: str, set_user_id: bool = False, out_of: Path = Path("/")) -> None:
        """Copy a program or library, and what it is linked with, to where they are on this machine, or would be.

        `out_of` is where its package was unpacked.
        """
        place = self.folder / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        source = out_of / path.lstrip("/")
        shutil.copy(source, place)
        place.chmod(0o755)
        if set_user_id:
            self._set_user_id.append(path)
        self._copy_libraries_of(source, out_of)

    def python(self, place: str = "/opt/python") -> str:
        """Copy this Python, without what it has installed but for requests. Returns the interpreter's path."""
        version = "python%d.%d" % sys.version_info[:2]
        library = self.folder / place.lstrip("/") / "lib" / version
        unneeded = shutil.ignore_patterns("test", "tests", "idlelib", "site-packages", "dist-packages")
        shutil.copytree(sysconfig.get_path("stdlib"), library, ignore=unneeded)
        for extension in (library / "lib-dynload").glob("*.so"):
            self._copy_libraries_of(extension)
        program = self.folder / place.lstrip("/") / "bin" / version
        program.parent.mkdir(parents=True)
        real = os.path.realpath(sys.executable)
        shutil.copy(real, program)
        self._copy_libraries_of(Path(real))
        packages = library / "site-packages"
        installed = Path(sysconfig.get_path("purelib"))
        for name in _MODULES_NEED:
            shutil.copytree(installed / name, packages / name)
        for compiled in installed.glob("*__mypyc*.so"):  # a part of charset_normalizer
            shutil.copy(compiled, packages)
        return "%s/bin/%s" % (place, version)

    def _copy_libraries_of(self, file: Path, out_of: Path = Path("/")) -> None:
        more = [path for pattern in ("lib/*-linux-gnu*", "usr/lib/*-linux-gnu*") for path in out_of.glob(pattern)]
        environment = {**os.environ, "LD_LIBRARY_PATH": ":".join(map(str, more))} if out_of != Path("/") else None
        said = subprocess.run(["ldd", file], capture_output=True, text=True, check=False, env=environment).stdout
        for library in set(re.findall(r"(/\S+) \(0x", said)) - self._libraries:
            self._libraries.add(library)
            usual = library.startswith(("/lib", "/usr/"))
            target = self.folder / (library.lstrip("/") if usual else "usr/lib/" + Path(library).name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(library, target)

    def home(self, user: str, number: int) -> None:
        (self.folder / "home" / user).mkdir()
        self._words.append("chown %d:%d home/%s" % (number, number, user))

    def close(self) -> None:
        """From here on all belongs to root, but for the users' homes."""
        words = ["cd '%s'" % self.folder, "chown -R -h 0:0 .", "chmod 755 .", *self._words]
        words += ["chmod 4755 .%s" % path for path in self._set_user_id]
        subprocess.run([*AS_ROOT, "sh", "-ec", "\n".join(words)], check=True)
