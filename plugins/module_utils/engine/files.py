# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are written all at once: whatever happens, either the old content is there, or the new."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from typing import Iterable, Optional

from .errors import EngineError

# How much is written before the disk is told to begin with it.
_BATCH = 8 << 20
_SIZE = 1 << 18
# The name is bound to this very file: a mount point (of a container that was given one file, say), or a file of another
# user's in a directory where everybody may write. Nothing but its content can be replaced then.
_BOUND = (errno.EBUSY, errno.EXDEV, errno.EPERM, errno.EACCES)
# No file can be made beside it.
_CLOSED = (errno.EROFS, errno.EPERM, errno.EACCES)


class CannotWrite(EngineError):
    """The file cannot be written; the message names it. It is as it was, unless the message says otherwise."""


def check_destination(path: str) -> None:
    """Refuse beforehand what cannot become a file. Raises CannotWrite."""
    real = os.path.realpath(path)
    folder = os.path.dirname(real)
    if not os.path.isdir(folder):
        raise CannotWrite("cannot write %s: there is no directory %s" % (path, folder))
    if os.path.lexists(real) and not os.path.isfile(real):
        raise CannotWrite("cannot write %s: what is there is no regular file" % path)
    if not os.access(folder, os.W_OK | os.X_OK) and not os.access(real, os.W_OK):
        raise CannotWrite("cannot write %s: this user may not create files in %s" % (path, folder))


def replace_file(path: str, parts: Iterable[bytes], mode: Optional[int] = None) -> None:
    """Write the parts to a temporary file beside the path, see them on the disk, and give it the name. Where the name
    cannot be given, the content of the file that is there is replaced, once all of the new one is known.

    A symbolic link stays, and what it leads to is replaced. Without `mode`, a file that is there keeps its own, and a
    new one gets what the umask leaves. An owner is kept where that is allowed. Raises CannotWrite; what reading the
    parts raises passes through. Nothing of it is left behind then.
    """
    real = os.path.realpath(path)
    try:
        number, temporary = tempfile.mkstemp(prefix=".%s." % os.path.basename(real)[:100], dir=os.path.dirname(real))
    except OSError as error:
        if error.errno not in _CLOSED or not os.access(real, os.W_OK):
            raise _cannot(path, error) from error
        _replace_from_elsewhere(path, real, parts, mode)
        return
    try:
        try:
            _write_all(path, number, parts)
            _settle(path, number, real, mode)
            if _renamed(path, temporary, real):
                return
            _replace_content(path, number, real, mode)
        finally:
            os.close(number)
        os.unlink(temporary)
    except BaseException:
        _forget(temporary)
        raise


def _cannot(path: str, error: OSError, more: str = "") -> CannotWrite:
    return CannotWrite("cannot write %s: %s%s" % (path, error.strerror, more))


def _forget(temporary: str) -> None:
    try:
        os.unlink(temporary)
    except FileNotFoundError:
        pass


def _write_all(path: str, number: int, parts: Iterable[bytes]) -> None:
    written = told = 0
    for part in parts:
        try:
            _write(number, part)
        except OSError as error:
            raise _cannot(path, error) from error
        written += len(part)
        if written - told >= _BATCH:
            _begin(number, told, written - told)
            told = written


def _write(number: int, part: bytes) -> None:
    left = memoryview(part)
    while left:
        left = left[os.write(number, left) :]


def _begin(number: int, start: int, length: int) -> None:
    """What is written so far goes to the disk while more comes in. That nobody needs it soon makes the kernel begin; at
    the end, little is left to wait for."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is not None:
        try:
            advise(number, start, length, os.POSIX_FADV_DONTNEED)
        except OSError:
            pass  # a file system that has no use for it


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
        raise _cannot(path, error) from error


def _renamed(path: str, temporary: str, real: str) -> bool:
    """Whether the name could be given. Raises CannotWrite."""
    try:
        os.rename(temporary, real)
    except OSError as error:
        if error.errno in _BOUND and os.access(real, os.W_OK):
            return False
        raise _cannot(path, error) from error
    # The new name, too, has to survive a power cut. Not every file system lets a directory be opened.
    try:
        folder = os.open(os.path.dirname(real), os.O_RDONLY)
    except OSError:
        return True
    try:
        os.fsync(folder)
    except OSError:
        pass
    finally:
        os.close(folder)
    return True


def _replace_from_elsewhere(path: str, real: str, parts: Iterable[bytes], mode: Optional[int]) -> None:
    """By way of where temporary files are kept: the content may break off, and the old one has to stay then."""
    try:
        number, temporary = tempfile.mkstemp()
        os.unlink(temporary)
    except OSError as error:
        raise _cannot(path, error) from error
    try:
        _write_all(path, number, parts)
        _replace_content(path, number, real, mode)
    finally:
        os.close(number)


def _replace_content(path: str, number: int, real: str, mode: Optional[int]) -> None:
    """Copy what is in the open file into the one that is there. Raises CannotWrite."""
    try:
        into = os.open(real, os.O_WRONLY)
    except OSError as error:
        raise _cannot(path, error) from error
    begun = False
    try:
        if mode is not None and mode != stat.S_IMODE(os.fstat(into).st_mode):
            os.fchmod(into, mode)  # before there is anything in it that others must not read
        begun = True
        os.lseek(number, 0, os.SEEK_SET)
        os.ftruncate(into, 0)
        for part in iter(lambda: os.read(number, _SIZE), b""):
            _write(into, part)
        os.fsync(into)
    except OSError as error:
        raise _cannot(path, error, ", and what is there now is not whole" if begun else "") from error
    finally:
        os.close(into)


def _umask() -> int:
    """The process's. It can only be read by setting it."""
    found = os.umask(0o077)
    os.umask(found)
    return found
