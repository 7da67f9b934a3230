"""Reads files, and writes them whole or not at all; the only room that touches the disk."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from okta_postman.problems import UserError, visible

STDIN: Final = "-"
LARGEST: Final = 8 * 1024 * 1024
"""Bytes of a description; the whole of Okta's API, typed out with bodies, needs a tenth."""

LARGEST_API: Final = 64 * 1024 * 1024
"""Bytes of an OpenAPI document; Okta's has three million."""


def read_input(name: str, largest: int = LARGEST) -> bytes:
    """The bytes of a file, or of standard input for `-`.

    Raises UserError with a sentence if there are none to be had, or too many.
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
    try:
        with path.open("rb") as file:
            return _bounded(file.read(largest + 1), name, largest)
    except OSError as error:
        raise UserError(f"{name}: {_reason(error)}") from None


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
    """The folder to write into: the given one, or the one that the input stands in.

    Raises UserError if it is not a folder.
    """
    folder = Path(output) if output is not None else Path(name).parent
    if name == STDIN and output is None:
        folder = Path()
    if not folder.is_dir():
        shown_folder = folder.as_posix()
        if folder.exists():
            raise UserError(f"{shown_folder}: is a file, and not a folder to write into")
        raise UserError(f"there is no folder {shown_folder}; `mkdir -p {shown_folder}` makes it")
    return folder


def place_of(name: str, output: str | None, *, alone: bool) -> Path:
    """Where to write what is made of a file: in a folder, at a path if it is alone, or over it.

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


def read_existing(path: Path) -> bytes | None:
    """The bytes of a file, or None if there is no such file.

    Raises UserError if it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"{path.as_posix()}: {_reason(error)}") from None


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; raises UserError if it is, or cannot be written."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UserError(f"{path.as_posix()} exists already; name another file") from None
    except FileNotFoundError:
        raise UserError(f"there is no folder {path.parent.as_posix()}") from None
    except OSError as error:
        raise UserError(f"{path.as_posix()}: {_reason(error)}") from None


def replace_all(contents: Mapping[Path, bytes]) -> None:
    """Write every file whole: first all of them beside their places, then all by rename.

    A run that is killed leaves each file as it was or as it is to be. Raises UserError if the disk
    is full or the folder may not be written; as a rule that is before anything has changed.
    """
    parts = {
        path: path.with_name(f".{os.getpid()}-{number}.part")
        for number, path in enumerate(contents)
    }
    try:
        for path, part in parts.items():
            _write_part(part, contents[path], path)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        folder = Path(error.filename or ".").parent.as_posix()
        raise UserError(f"{folder}: {_reason(error)}; each file is as it was, or whole") from None
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink()


def refuse_read_only(paths: Iterable[Path]) -> None:
    """Raise UserError if one of the files is write-protected, which renaming would ignore."""
    for path in paths:
        if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
            raise UserError(f"{path.as_posix()}: is read-only, and stays as it is")


def remove(path: Path) -> None:
    """Delete a file; raises UserError if that is not allowed."""
    try:
        path.unlink()
    except OSError as error:
        raise UserError(f"{path.as_posix()}: {_reason(error)}") from None


def _write_part(part: Path, data: bytes, destination: Path) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    with part.open("wb") as file:
        with contextlib.suppress(FileNotFoundError):
            part.chmod(stat.S_IMODE(destination.stat().st_mode))
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
