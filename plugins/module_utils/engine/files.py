# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are written all at once: whatever happens, either the old content is there, or the new."""

from __future__ import annotations

import os
import stat
import tempfile
from typing import Iterable, Optional

from .errors import EngineError


class CannotWrite(EngineError):
    """The file cannot be written; the message names it. It is as it was."""


def check_destination(path: str) -> None:
    """Refuse beforehand what cannot become a file. Raises CannotWrite."""
    real = os.path.realpath(path)
    folder = os.path.dirname(real)
    if not os.path.isdir(folder):
        raise CannotWrite("cannot write %s: there is no directory %s" % (path, folder))
    if os.path.lexists(real) and not os.path.isfile(real):
        raise CannotWrite("cannot write %s: what is there is no regular file" % path)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CannotWrite("cannot write %s: this user may not create files in %s" % (path, folder))


def replace_file(path: str, parts: Iterable[bytes], mode: Optional[int] = None) -> None:
    """Write the parts to a temporary file beside the path, see them on the disk, and give it the name.

    A symbolic link stays, and what it leads to is replaced. Without `mode`, a file that is there keeps its own, and a
    new one gets what the umask leaves. An owner is kept where that is allowed. Raises CannotWrite; what reading the
    parts raises passes through. Nothing of it is left behind then.
    """
    real = os.path.realpath(path)
    try:
        number, temporary = tempfile.mkstemp(prefix=".%s." % os.path.basename(real)[:100], dir=os.path.dirname(real))
    except OSError as error:
        raise CannotWrite("cannot write %s: %s" % (path, error.strerror)) from error
    try:
        try:
            for part in parts:
                _write(path, number, part)
            _settle(path, number, real, mode)
        finally:
            os.close(number)
        _rename(path, temporary, real)
    except BaseException:
        os.unlink(temporary)
        raise


def _write(path: str, number: int, part: bytes) -> None:
    left = memoryview(part)
    try:
        while left:
            left = left[os.write(number, left) :]
    except OSError as error:
        raise CannotWrite("cannot write %s: %s" % (path, error.strerror)) from error


def _settle(path: str, number: int, real: str, mode: Optional[int]) -> None:
    try:
        there = os.stat(real) if os.path.exists(real) else None
        if there is not None and os.geteuid() == 0:
            os.fchown(number, there.st_uid, there.st_gid)
        if mode is None:
            mode = stat.S_IMODE(there.st_mode) if there is not None else 0o666 & ~_umask()
        os.fchmod(number, mode)
        os.fsync(number)
    except OSError as error:
        raise CannotWrite("cannot write %s: %s" % (path, error.strerror)) from error


def _rename(path: str, temporary: str, real: str) -> None:
    try:
        os.rename(temporary, real)
    except OSError as error:
        raise CannotWrite("cannot write %s: %s" % (path, error.strerror)) from error
    # The new name, too, has to survive a power cut. Not every file system lets a directory be opened.
    try:
        folder = os.open(os.path.dirname(real), os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(folder)
    except OSError:
        pass
    finally:
        os.close(folder)


def _umask() -> int:
    """The process's. It can only be read by setting it."""
    found = os.umask(0o077)
    os.umask(found)
    return found
