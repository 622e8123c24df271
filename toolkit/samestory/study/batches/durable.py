"""Files that are there whole or not at all, and locks that end with the process that holds them."""

from __future__ import annotations

import errno
import glob
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from samestory.errors import OutputError

__all__ = ["only_one", "sweep", "sweep_folders", "told_as_output", "write_whole"]

_PARTIAL = ".partial-"
_WHY = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the quota of the disk is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "this folder may not be written",
    errno.EPERM: "this folder may not be written",
}


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under another name, see it safe on the disk, then give it its name.

    Raises
    ------
    OutputError
        The file cannot be written; nothing of it is left.
    """
    partial = path.with_name(f".{path.name}{_PARTIAL}{os.getpid()}")
    with told_as_output(path):
        try:
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)
            _sync_folder(path.parent)
        except BaseException:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise


def _sync_folder(folder: Path) -> None:
    """See the new name safe on the disk too, where folders can be synced."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path) -> int:
    """Take away what killed runs left half written, and say how many files that were."""
    left = [p for p in folder.rglob(f".*{_PARTIAL}*") if p.is_file()]
    for path in left:
        with suppress(OSError):
            path.unlink()
    return len(left)


def sweep_folders(target: Path, kind: str) -> None:
    """Take away the folders ``.NAME.KIND-PID`` beside a result that runs left which are no more."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.{kind}-*"):
        number = left.name.rpartition("-")[2]
        if number.isdecimal() and _has_ended(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _has_ended(pid: int) -> bool:
    """Say whether a process is no more; an earlier one of our own number is not."""
    if pid == os.getpid():
        return True
    if sys.platform == "win32":  # there, asking a process would end it
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def told_as_output(path: Path) -> Iterator[None]:
    """Tell what keeps a file from being written, and what to do."""
    try:
        yield
    except OSError as error:
        why = _WHY.get(error.errno or 0, f"it cannot be written ({error.strerror or error})")
        hint = (
            "make room and give the same command again: finished batches are kept"
            if error.errno in (errno.ENOSPC, errno.EDQUOT)
            else "choose another place"
        )
        raise OutputError(why, hint=hint, path=path) from error


@contextmanager
def only_one(path: Path, *, what: str, remove: bool = False) -> Iterator[None]:
    """Hold a lock, or say that another run holds it.

    Parameters
    ----------
    path : Path
        The lock file; the lock does not outlive its process.
    what : str
        What only one run may use, for the message.
    remove : bool
        Take the file away at the end.

    Raises
    ------
    OutputError
        Another run is at work there.
    """
    with told_as_output(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    with file:
        try:
            _lock(file.fileno())
            if path.stat().st_ino != os.fstat(file.fileno()).st_ino:
                raise FileExistsError  # its last holder took it away meanwhile, and another made it anew
        except OSError as error:
            raise OutputError(
                f"another run is at work on {what}",
                hint="wait until it has ended, or choose another place",
                path=path.parent,
            ) from error
        try:
            yield
        finally:
            if remove:
                with suppress(OSError):
                    path.unlink()


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
