"""Bytes and text, the files of a folder, and replacing a file on disk without ever losing one.

What is not plain UTF-8 text is refused with the reason. A file is written only if its text changed,
and then all or
nothing: a temporary file beside it takes its place once it is safely on the disk.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError

MAX_BYTES = 100_000_000
_BOM = b"\xef\xbb\xbf"
_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_GUESSES = ("cp949", "cp1252")
_CONFLICT = re.compile(rb"^(?:<<<<<<< .*|>>>>>>> .*)$", re.MULTILINE)
_TEMP = ".cleaner-tmp"
_STALE = 3600  # seconds after which a temporary file cannot be in use any more


class Source(NamedTuple):
    """A file as it was read: its bytes and, without a byte order mark, its text."""

    path: Path
    data: bytes
    text: str
    encoding: str = "utf-8"

    @property
    def bom(self) -> bool:
        """Whether the file begins with a byte order mark."""
        return self.data.startswith(_BOM)

    def encoded(self, text: str) -> bytes:
        """The bytes of a cleaned text, with the byte order mark and in the encoding of the file.

        Raises:
            RefusedError: the encoding has no such character.
        """
        try:
            body = text.encode(self.encoding)
        except UnicodeEncodeError as error:
            what = f"“{error.object[error.start]}” cannot be written in {self.encoding}"
            raise RefusedError(self.path, f"{what}; save it as UTF-8") from None
        return (_BOM if self.bom else b"") + body


def read_source(path: Path, encoding: str = "utf-8") -> Source:
    """Read a regular file.

    Raises:
        RefusedError: it is no file, cannot be read, is too large, or is not text.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise RefusedError(path, "this is no regular file")
        if path.stat().st_size > MAX_BYTES:
            raise RefusedError(path, f"more than {MAX_BYTES:,} bytes; split it into several files")
        data = path.read_bytes()
    except FileNotFoundError:
        raise RefusedError(path, "there is no such file") from None
    except OSError as error:
        raise RefusedError(path, f"cannot be read ({error.strerror})") from None
    return decode(data, path, encoding)


def decode(data: bytes, path: Path, encoding: str = "utf-8") -> Source:
    """Strict decoding: nothing is replaced, guessed or normalised.

    Raises:
        RefusedError: with the byte offset and the line of what is no text in that encoding.
    """
    if data.startswith(_UTF_32 + _UTF_16):
        name = "UTF-32" if data.startswith(_UTF_32) else "UTF-16"
        raise RefusedError(path, f"this is {name}; save it as UTF-8")
    if (at := data.find(0)) >= 0:
        raise RefusedError(path, f"this is no text (a NUL byte at offset {at:,})")
    if found := _CONFLICT.search(data):
        line = data.count(b"\n", 0, found.start()) + 1
        raise RefusedError(path, f"git conflict marker in line {line}; resolve the conflict first")
    try:
        text = data.removeprefix(_BOM).decode(encoding)
    except LookupError:
        raise RefusedError(path, f"there is no encoding “{encoding}”") from None
    except UnicodeDecodeError as error:
        raise RefusedError(path, _undecodable(data, error, encoding)) from None
    except ValueError:
        raise RefusedError(path, f"{encoding} is no encoding for texts") from None
    source = Source(path, data, text, encoding)
    if source.encoded(text) != data:
        raise RefusedError(path, f"{encoding} does not give the same bytes back; save it as UTF-8")
    return source


def _undecodable(data: bytes, error: UnicodeDecodeError, encoding: str) -> str:
    at = error.start + (len(_BOM) if data.startswith(_BOM) else 0)
    line = data.count(b"\n", 0, at) + 1
    what = f"byte 0x{data[at]:02X} at offset {at:,} (line {line}) is not {encoding.upper()}"
    for guess in _GUESSES if encoding == "utf-8" and not data.startswith(_BOM) else ():
        with suppress(UnicodeDecodeError):
            data.decode(guess)
            return f"{what}; it looks like {guess.upper()}: pass --encoding {guess}"
    return f"{what}; save it as UTF-8"


def write(source: Source, text: str, *, backup: bool = False) -> bool:
    """Put the cleaned text in the place of the file; whether anything was written.

    Mode, owner and extended attributes stay; a link stays a link and its target is replaced.

    Raises:
        RefusedError: the file is read-only, has several hard links, changed meanwhile, or the disk
        said no. The file
            is then what it was.
    """
    data = source.encoded(text)
    if data == source.data:
        return False
    try:
        target = source.path.resolve(strict=True)
        info = target.stat()
        if not (os.access(target, os.W_OK) and info.st_mode & 0o222):
            raise RefusedError(source.path, "read-only; make it writable first")
        if info.st_nlink > 1:
            raise RefusedError(
                source.path,
                f"it has {info.st_nlink} hard links, which replacing it would break apart",
            )
        _sweep(target)
        if backup:
            _replace(_backup_name(target), source.data, info)
        _replace(target, data, info, source.data)
    except OSError as error:
        raise RefusedError(
            source.path, f"cannot be written ({error.strerror}); it is unchanged"
        ) from None
    return True


def save(path: Path, data: bytes) -> None:
    """Write a file of our own making, all or nothing; a file of that name is replaced and keeps its
    mode.

    Raises:
        RefusedError: the disk said no, or something that is no regular file has that name.
    """
    try:
        target = path.resolve()
        info = target.stat() if target.exists() else None
        if info and not stat.S_ISREG(info.st_mode):
            raise RefusedError(path, "this is no regular file")
        _replace(target, data, info)
    except OSError as error:
        raise RefusedError(path, f"cannot be written ({error.strerror})") from None


def _replace(
    target: Path, data: bytes, info: os.stat_result | None, expected: bytes | None = None
) -> None:
    temp = target.with_name(f".{target.name[:200]}.{os.urandom(4).hex()}{_TEMP}")
    handle = os.open(temp, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            if info:
                _dress(temp, target, info)
            else:
                temp.chmod(0o666 & ~_umask())
            os.fsync(handle)
        if expected is not None and target.read_bytes() != expected:
            raise RefusedError(target, "it was changed by somebody else meanwhile; run again")
        temp.replace(target)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _dress(temp: Path, target: Path, info: os.stat_result) -> None:
    """Give the temporary file the owner, extended attributes and mode of the one it will replace."""
    now = temp.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (info.st_uid, info.st_gid):
        os.chown(temp, info.st_uid, info.st_gid)
    if hasattr(os, "listxattr") and target.exists():
        for name in os.listxattr(target):
            os.setxattr(temp, name, os.getxattr(target, name))
    temp.chmod(stat.S_IMODE(info.st_mode))


def _backup_name(target: Path) -> Path:
    """`NAME.orig`, or the first of `NAME.orig2`, ... that is free: a backup is never overwritten."""
    name = target.with_name(f"{target.name}.orig")
    number = 2
    while name.exists():
        name = target.with_name(f"{target.name}.orig{number}")
        number += 1
    return name


def _sweep(target: Path) -> None:
    """Remove temporary files of this target that a killed process left behind."""
    import time
    from glob import escape

    for temp in target.parent.glob(f".{escape(target.name[:200])}.*{_TEMP}"):
        with suppress(OSError):
            if time.time() - temp.stat().st_mtime > _STALE:
                temp.unlink()


def seen_from(path: Path, folder: Path) -> str:
    """The path from a folder, with forward slashes, links left as they are.

    >>> seen_from(Path("articles/../a.txt"), Path("articles"))
    '../a.txt'
    """
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()


def discover(
    paths: Iterable[Path], excluded: Callable[[Path], object] = lambda _: False
) -> Iterator[Path | RefusedError]:
    """The files meant by `paths`, each once: files as they are named, folders walked for files that
    hold prose.

    In a git repository a walk takes what git does not ignore; elsewhere everything but hidden
    folders. Links are not followed. What cannot be read is yielded as the error that says so. What
    is `excluded` is passed over.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _walk(path) if path.is_dir() else [path]:
            if excluded(Path(found.path) if isinstance(found, RefusedError) else found):
                continue
            try:
                real = found if isinstance(found, RefusedError) else found.resolve()
            except (OSError, RuntimeError):  # a loop of links; reading it says so
                real = found
            if isinstance(real, RefusedError):
                yield real
            elif real not in seen:
                seen.add(real)
                yield found


def _walk(folder: Path) -> Iterator[Path | RefusedError]:
    from cleaner.formats import suffixes

    listed = _git_files(folder)
    for path in _tree(folder) if listed is None else listed:
        if isinstance(path, RefusedError) or (
            path.suffix.lower() in suffixes() and path.is_file() and not path.is_symlink()
        ):
            yield path


def _tree(folder: Path) -> Sequence[Path | RefusedError]:
    found: list[Path | RefusedError] = []

    def refuse(error: OSError) -> None:
        found.append(RefusedError(str(error.filename), f"cannot be read ({error.strerror})"))

    for base, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(base, name) for name in sorted(names) if not name.startswith(".")]
    return found


def _git_files(folder: Path) -> Sequence[Path | RefusedError] | None:
    """What git lists in a folder, tracked or not, without what it ignores; None outside a
    repository.
    """
    import subprocess

    command = [
        "git",
        "-C",
        str(folder),
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "--",
        ".",
    ]
    try:
        os.scandir(folder).close()
        done = subprocess.run(
            command, capture_output=True, check=True, env={**os.environ, "LC_ALL": "C"}
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    found: list[Path | RefusedError] = [
        folder / os.fsdecode(name) for name in done.stdout.split(b"\0") if name
    ]
    found.sort(key=str)
    denied = re.findall(
        r"warning: could not open directory '(.*)': (.*)", done.stderr.decode(errors="replace")
    )
    return [
        *dict.fromkeys(found),
        *(RefusedError(folder / name, f"cannot be read ({why})") for name, why in denied),
    ]
