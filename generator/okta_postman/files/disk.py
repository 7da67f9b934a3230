"""Finds and reads files, with a limit of size."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from okta_postman.problems import UserError, visible

STDIN: Final = "-"
LARGEST: Final = 8 * 1024 * 1024
"""Bytes of a manifest; all of Okta's API, written out with bodies, needs a tenth."""

LARGEST_API: Final = 64 * 1024 * 1024
"""Bytes of an OpenAPI document; Okta's has 3 MB."""


def read_input(name: str, largest: int = LARGEST) -> bytes:
    """The bytes of a file, or of standard input for `-`.

    Raises UserError if the file cannot be read, or is larger than `largest` bytes.
    """
    if name != STDIN:
        return _read(Path(name), name, largest)
    return _bounded(sys.stdin.buffer.read(largest + 1), name, largest)


def read_beside(name: str, other: str) -> bytes:
    """The bytes of a file in the folder of another, or below it.

    `other` is a path from that folder. Raises UserError if it cannot be read or leads elsewhere.
    """
    folder = Path() if name == STDIN else Path(name).parent
    try:
        is_inside = (folder / other).resolve().is_relative_to(folder.resolve())
    except (ValueError, RuntimeError):  # a NUL or half a character; links that lead in a circle
        raise UserError(f"{visible(other)}: is not the name of a file") from None
    if not is_inside:
        raise UserError(f"{other}: is outside the folder")
    return _read(folder / other, other, LARGEST_API)


def _read(path: Path, name: str, largest: int) -> bytes:
    """The bytes of a regular file; opening anything else could wait forever, or do something."""
    try:
        _refuse_special(path.stat().st_mode, name)
        with os.fdopen(os.open(path, _READ), "rb") as file:
            _refuse_special(os.fstat(file.fileno()).st_mode, name)
            return _bounded(file.read(largest + 1), name, largest)
    except (OSError, ValueError) as error:
        raise UserError(f"{visible(name)}: {_reason(error)}") from None


def _refuse_special(mode: int, name: str) -> None:
    if not stat.S_ISREG(mode):
        kind = _KINDS.get(stat.S_IFMT(mode), "a device")
        raise UserError(
            f"{visible(name)}: is {kind}, not a file{_HINTS.get(stat.S_IFMT(mode), '')}"
        )


# Not waiting for a writer, should the file have become a pipe by now; O_BINARY is of Windows.
_READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS: Final = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
}
_HINTS: Final = {stat.S_IFIFO: "; write `-` to read standard input"}


def _bounded(data: bytes, name: str, largest: int) -> bytes:
    if len(data) > largest:
        raise UserError(f"{name}: more than {largest // 1024 // 1024} MB, which is too large")
    return data


def shown(name: str) -> str:
    """A file name as messages show it: relative to here where it can be, with slashes."""
    if name == STDIN:
        return "<stdin>"
    path = Path(name)
    with contextlib.suppress(ValueError):
        path = path.relative_to(Path.cwd()) if path.is_absolute() else path
    return visible(path.as_posix())


def folder_of(name: str, output: str | None) -> Path:
    """The folder to write into: `output`, or else the one that the input file is in.

    Raises UserError if it is not a folder.
    """
    folder = Path(output) if output is not None else Path(name).parent
    if name == STDIN and output is None:
        folder = Path()
    if not folder.is_dir():
        shown_folder = folder.as_posix()
        if folder.exists():
            raise UserError(f"{shown_folder}: is a file, not a folder")
        raise UserError(f"there is no folder {shown_folder}; `mkdir -p {shown_folder}` creates it")
    return folder


def place_of(name: str, output: str | None, *, alone: bool) -> Path:
    """Where to write the result of a file: into a folder, to a path, or over the file itself.

    A path that ends in a slash is a folder. Raises UserError if there is no such folder.
    """
    if output is None:
        return Path(name)
    path, is_folder = Path(output), output.endswith(("/", os.sep))
    if not alone and not is_folder and path.suffix and not path.exists():
        raise UserError(f"{output}: several files need a folder; write `--output {path.stem}/`")
    if path.is_dir() or is_folder or not alone:
        return folder_of(name, output) / (Path(name).name if name != STDIN else "stdin.json")
    folder_of(name, path.parent.as_posix())
    if path.exists() and not path.is_file():
        raise UserError(f"{path.as_posix()}: is neither a file nor a folder")
    return path


def read_existing(path: Path, largest: int = LARGEST_API) -> bytes | None:
    """The bytes of a file that is about to be replaced, or None if there is no such file.

    Raises UserError if it cannot be read, is larger than `largest` bytes, or is a link that leads
    out of its folder.
    """
    try:
        target_of(path).stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"{path.as_posix()}: {_reason(error)}") from None
    return _read(path, path.as_posix(), largest)


def target_of(path: Path) -> Path:
    """The file that a path names: itself, or what it links to in the same folder or below it.

    Raises UserError if a link leads elsewhere: whoever made the link chose what would be
    overwritten, or shown as a difference.
    """
    folder, target = Path(os.path.realpath(path.parent)), Path(os.path.realpath(path))
    if not target.is_relative_to(folder):
        raise UserError(f"{visible(path.as_posix())}: is a link that leads out of its folder")
    return target


def refuse_read_only(paths: Iterable[Path]) -> None:
    """Raise UserError if one of the files is write-protected, which renaming would ignore."""
    for path in paths:
        if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
            raise UserError(f"{path.as_posix()}: is read-only and is left unchanged")


def remove(path: Path) -> None:
    """Delete a file; raises UserError if that is not allowed."""
    try:
        path.unlink()
    except OSError as error:
        raise UserError(f"{path.as_posix()}: {_reason(error)}") from None


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
