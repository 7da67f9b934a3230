"""Writes files whole or not at all; every file that the program writes is written here."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from okta_postman.problems import UserError, visible

if sys.platform != "win32":
    import fcntl

_PREFIX: Final = ".okta-postman-"
_PARTS: Final = re.compile(rf"{re.escape(_PREFIX)}[0-9a-f]{{32}}")
"""The name of the folder that holds the parts of a run, beside the files that it writes."""

_ABANDONED: Final = 3600
"""Seconds after which parts are deleted where no lock tells whether their run has ended."""

_OWNER_ONLY: Final = 0o600
_DEFAULT: Final = 0o666
_EXCLUSIVE: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)  # Windows
)


def replace_all(contents: Mapping[Path, bytes], *, owner_only: bool = False) -> None:
    """Write every file whole: first all of them beside their places, then all by rename.

    A run that is killed leaves each file old or new. A link is replaced, not followed. A file keeps
    its mode, unless it is `owner_only`. Raises UserError if the disk is full or the folder cannot
    be written, as a rule before anything has changed.
    """
    _write(contents, owner_only=owner_only, is_new=False)


def write_new(path: Path, text: str) -> None:
    """Write a file that does not exist yet; UserError if it does, or cannot be written."""
    if not path.parent.is_dir():
        raise UserError(f"there is no folder {path.parent.as_posix()}")
    _write({path: text.encode()}, owner_only=False, is_new=True)


def delete_abandoned(folder: Path) -> None:
    """Delete the parts that killed runs left in a folder; those of runs that are alive stay."""
    with contextlib.suppress(OSError):
        for path in list(folder.iterdir()):
            if _PARTS.fullmatch(path.name):
                _delete_if_abandoned(path)


def _write(contents: Mapping[Path, bytes], *, owner_only: bool, is_new: bool) -> None:
    folder = Path()
    try:
        with contextlib.ExitStack() as stack:
            folders: dict[Path, Path] = {}
            parts: dict[Path, Path] = {}
            for number, (path, data) in enumerate(contents.items()):
                folder = path.parent
                if folder not in folders:
                    folder.mkdir(parents=True, exist_ok=True)
                    folders[folder] = stack.enter_context(_parts_in(folder))
                parts[path] = folders[folder] / str(number)
                _write_part(parts[path], data, _OWNER_ONLY if owner_only else _mode(path))
            for path, part in parts.items():
                folder = path.parent
                if is_new:
                    _link(part, path)
                else:
                    part.replace(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(
            f"{visible(folder.as_posix())}: {reason}; each file is unchanged or complete"
        ) from None


@contextlib.contextmanager
def _parts_in(folder: Path) -> Iterator[Path]:
    """A new folder inside `folder` for the parts of this run, deleted at the end.

    Its name is random, since process IDs are the same in two containers. Only its owner can put
    anything into it, so that no part can be another user's link.
    """
    delete_abandoned(folder)
    parts, lock = _locked(folder)
    try:
        yield parts
    finally:
        with contextlib.suppress(OSError):
            _delete(parts)
        if lock is not None:
            os.close(lock)


def _locked(folder: Path) -> tuple[Path, int | None]:
    """A new folder for parts, and the lock that tells other runs that this one is alive."""
    while True:
        parts = folder / f"{_PREFIX}{secrets.token_hex(16)}"
        parts.mkdir(mode=0o700)
        lock = _lock(parts, wait=True)
        if parts.exists():
            return parts, lock
        # Another run looked before the lock was there, and took the folder for abandoned.
        if lock is not None:
            os.close(lock)


def _lock(folder: Path, *, wait: bool) -> int | None:
    """An open descriptor that locks a folder; None where the system or the disk has no such locks.

    Raises BlockingIOError if another run holds the lock, unless this one is to wait.
    """
    if sys.platform == "win32":
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _delete_if_abandoned(parts: Path) -> None:
    with contextlib.suppress(OSError):
        status = parts.lstat()
        if not stat.S_ISDIR(status.st_mode):
            return
        lock = _lock(parts, wait=False)
        try:
            if lock is not None or time.time() - status.st_mtime > _ABANDONED:
                _delete(parts)
        finally:
            if lock is not None:
                os.close(lock)


def _delete(parts: Path) -> None:
    """Delete a folder of parts. Anything in it that is no part stays, and the folder with it."""
    for path in list(parts.iterdir()):
        if path.name.isdecimal() and stat.S_ISREG(path.lstat().st_mode):
            path.unlink()
    parts.rmdir()


def _mode(path: Path) -> int | None:
    """The mode of an existing file; None if there is none."""
    try:
        return stat.S_IMODE(path.stat().st_mode) & 0o777
    except OSError:
        return None


def _write_part(part: Path, data: bytes, mode: int | None) -> None:
    """Write a part to disk. On Linux it has no name until it is complete.

    So a run that is killed while it writes a token leaves nothing of it: only between two calls of
    the system, until it is renamed, is there a part, in a folder that only its owner can open.
    """
    descriptor = _unnamed(part.parent)
    is_named = descriptor is None
    if descriptor is None:
        descriptor = os.open(part, _EXCLUSIVE, _OWNER_ONLY if mode == _OWNER_ONLY else _DEFAULT)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        if not is_named and mode is not None:
            os.fchmod(descriptor, mode)
        os.fsync(descriptor)
        if not is_named:
            _name(descriptor, part)
    if is_named and mode is not None:
        part.chmod(mode)


def _unnamed(folder: Path) -> int | None:
    """An open file without a name; None where the system or the disk has none."""
    if sys.platform != "linux" or not Path("/proc/self/fd").is_dir():
        return None
    try:
        return os.open(folder, os.O_WRONLY | os.O_TMPFILE | os.O_CLOEXEC, _DEFAULT)
    except OSError:
        return None


def _name(descriptor: int, part: Path) -> None:
    # With a folder, Python calls linkat(2), which follows this link to the file. Source: open(2).
    folder = os.open(part.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.link(f"/proc/self/fd/{descriptor}", part.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _link(part: Path, path: Path) -> None:
    """Give a part its name, if nothing has it. Raises UserError if something has."""
    try:
        try:
            os.link(part, path)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links
            if os.path.lexists(path):
                raise FileExistsError from None
            part.rename(path)
    except FileExistsError:
        raise UserError(f"{visible(path.as_posix())} exists already; name another file") from None
