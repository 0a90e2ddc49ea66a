"""Bytes and text, the files of a folder, and replacing a file on disk without ever losing one.

What is not plain text in the expected encoding is refused, with the reason. A file is replaced
only if its text changed, and then all or nothing: a temporary file next to it takes its place once
it is safely on the disk.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError
from cleaner.project import git
from cleaner.reading import NotRegularError, TooLargeError, read_file, read_stream

MAX_BYTES = 100_000_000
_TOO_LARGE = "more than {:,} bytes; split it into several files"
_BOM = b"\xef\xbb\xbf"
_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_GUESSES = ("cp949", "cp1252")  # encodings to suggest for what is not UTF-8
_MARKERS = (b"<<<<<<<", b">>>>>>>")  # ======= alone underlines a heading
# A marker begins a line, perhaps behind a byte order mark, and a name may follow it.
_CONFLICT = re.compile(rb"(?:\A|(?<=[\r\n]))(?:\xef\xbb\xbf)?(?:<{7}|>{7})(?=[ \t\r\n]|\Z)")
_LINE_END = re.compile(rb"\r\n?|\n")
_TEMP = ".cleaner-tmp"
_STALE = 3600  # seconds after which a temporary file cannot be in use any more
_LONGEST_NAME = 200  # characters of a file's name that the name of its temporary file keeps


class Source(NamedTuple):
    """A file as it was read: its bytes, and its text without a byte order mark."""

    path: Path
    data: bytes
    text: str
    encoding: str = "utf-8"

    @property
    def bom(self) -> bool:
        """Whether the file begins with a byte order mark."""
        return self.data.startswith(_BOM)

    def encoded(self, text: str) -> bytes:
        """Return the bytes of a cleaned text, as the file has them: same encoding, same mark.

        Raises:
            RefusedError: the encoding has no such character.
        """
        try:
            body = text.encode(self.encoding)
        except UnicodeEncodeError as error:
            what = f"“{error.object[error.start]}” cannot be written in {self.encoding}"
            raise RefusedError(self.path, f"{what}; save it as UTF-8") from None
        return _BOM + body if self.bom else body


def read_source(path: Path, encoding: str = "utf-8") -> Source:
    """Read a regular file.

    Raises:
        RefusedError: it is no file, cannot be read, is too large, or is not text.
    """
    try:
        data = read_file(path, MAX_BYTES)
    except FileNotFoundError:
        raise RefusedError(path, "there is no such file") from None
    except NotRegularError:
        raise RefusedError(path, "this is no regular file") from None
    except TooLargeError:
        raise RefusedError(path, _TOO_LARGE.format(MAX_BYTES)) from None
    except OSError as error:
        raise RefusedError(path, f"cannot be read ({error.strerror})") from None
    return decode(data, path, encoding)


def read_stdin() -> bytes:
    """Return all of stdin.

    Raises:
        RefusedError: it is too large.
    """
    try:
        return read_stream(sys.stdin.buffer, MAX_BYTES)
    except TooLargeError:
        raise RefusedError("<stdin>", _TOO_LARGE.format(MAX_BYTES)) from None
    except OSError as error:
        raise RefusedError("<stdin>", f"cannot be read ({error.strerror})") from None


def decode(data: bytes, path: Path, encoding: str = "utf-8") -> Source:
    """Decode strictly: nothing is replaced, guessed or normalised.

    Raises:
        RefusedError: the bytes are not text in that encoding; with the byte offset and the line.
    """
    _refuse_other_data(data, path)
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
        what = f"{encoding} does not give the same bytes back"
        raise RefusedError(path, f"{what}; save it as UTF-8")
    return source


def _refuse_other_data(data: bytes, path: Path) -> None:
    """Refuse what is not one text in an encoding that extends ASCII."""
    if data.startswith(_UTF_32 + _UTF_16):
        name = "UTF-32" if data.startswith(_UTF_32) else "UTF-16"
        raise RefusedError(path, f"this is {name}; save it as UTF-8")
    at = data.find(0)
    if at >= 0:
        raise RefusedError(path, f"this is no text (a NUL byte at offset {at:,})")
    conflict = any(marker in data for marker in _MARKERS) and _CONFLICT.search(data)
    if conflict:
        line = len(_LINE_END.findall(data, 0, conflict.start())) + 1
        what = f"git conflict marker in line {line}"
        raise RefusedError(path, f"{what}; resolve the conflict first")


def _undecodable(data: bytes, error: UnicodeDecodeError, encoding: str) -> str:
    """Say which byte cannot be decoded, and which encoding the file may have."""
    has_bom = data.startswith(_BOM)
    at = error.start + (len(_BOM) if has_bom else 0)
    line = data.count(b"\n", 0, at) + 1
    what = f"byte 0x{data[at]:02X} at offset {at:,} (line {line}) is not {encoding.upper()}"
    if encoding == "utf-8" and not has_bom:
        for guess in _GUESSES:
            with suppress(UnicodeDecodeError):
                data.decode(guess)
                return f"{what}; it looks like {guess.upper()}: pass --encoding {guess}"
    return f"{what}; save it as UTF-8"


def replace_file(source: Source, text: str, *, backup: bool = False) -> bool:
    """Replace a file by its cleaned text; return whether anything was written.

    Mode, owner and extended attributes stay. A link stays a link; its target is replaced. With
    `backup` the old file is kept as NAME.orig.

    Raises:
        RefusedError: the file is read-only, has several hard links, was changed meanwhile, or the
            disk refused. The file is then as it was.
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
            what = f"it has {info.st_nlink} hard links, which replacing it would break apart"
            raise RefusedError(source.path, what)
        _remove_stale(target)
        if backup:
            _replace(_backup_name(target), source.data, info)
        _replace(target, data, info, source.data)
    except OSError as error:
        what = f"cannot be written ({error.strerror}); it is unchanged"
        raise RefusedError(source.path, what) from None
    return True


def write_file(path: Path, data: bytes) -> None:
    """Write a file of our own, all or nothing. A file of that name is replaced and keeps its mode.

    Raises:
        RefusedError: the disk refused, or something that is no regular file has that name.
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
    """Write a temporary file next to the target, then let it take the target's place.

    Args:
        target: the file to replace or make.
        data: the bytes that it gets.
        info: of the file whose mode, owner and attributes it gets; None for a new file.
        expected: the bytes that it must still have; None if it does not matter.
    """
    name = f".{target.name[:_LONGEST_NAME]}.{os.urandom(4).hex()}{_TEMP}"
    temp = target.with_name(name)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    handle = os.open(temp, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            if info:
                _copy_attributes(temp, target, info)
            else:
                temp.chmod(0o666 & ~_umask())
            os.fsync(handle)
        if expected is not None and read_file(target, MAX_BYTES) != expected:
            what = "it was changed by somebody else meanwhile; run again"
            raise RefusedError(target, what)
        temp.replace(target)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(path: Path) -> None:
    """Wait until the disk knows the new name, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _copy_attributes(temp: Path, target: Path, info: os.stat_result) -> None:
    """Give a temporary file the owner, extended attributes and mode of the file it replaces."""
    now = temp.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (info.st_uid, info.st_gid):
        os.chown(temp, info.st_uid, info.st_gid)
    if hasattr(os, "listxattr") and target.exists():
        for name in os.listxattr(target):
            os.setxattr(temp, name, os.getxattr(target, name))
    temp.chmod(stat.S_IMODE(info.st_mode))


def _backup_name(target: Path) -> Path:
    """Return `NAME.orig`, or the first free one of `NAME.orig2` and so on: no backup is lost."""
    name = target.with_name(f"{target.name}.orig")
    number = 2
    while name.exists():
        name = target.with_name(f"{target.name}.orig{number}")
        number += 1
    return name


def _remove_stale(target: Path) -> None:
    """Remove temporary files of this target that a killed process left behind."""
    import time
    from glob import escape

    pattern = f".{escape(target.name[:_LONGEST_NAME])}.*{_TEMP}"
    for temp in target.parent.glob(pattern):
        with suppress(OSError):
            if time.time() - temp.stat().st_mtime > _STALE:
                temp.unlink()


def seen_from(path: Path, folder: Path) -> str:
    """Return a path relative to a folder, with forward slashes; links are not resolved.

    >>> seen_from(Path("articles/../a.txt"), Path("articles"))
    '../a.txt'
    """
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()


Found = Path | RefusedError  # a file, or why something cannot be read


def discover(
    paths: Iterable[Path], excluded: Callable[[Path], object] = lambda _: False
) -> Iterator[Found]:
    """Yield the files that are meant by paths, each once.

    A file is meant as it is named. A folder is searched for files of a known format: in a git
    repository for those that git does not ignore, elsewhere for those that are not hidden. Links
    are not followed. What cannot be read is yielded as the error that says so. What is `excluded`
    is skipped.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _files_in(path) if path.is_dir() else [path]:
            if isinstance(found, RefusedError):
                if not excluded(Path(found.path)):
                    yield found
                continue
            if excluded(found):
                continue
            real = _resolved(found)
            if real not in seen:
                seen.add(real)
                yield found


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of links; reading the file will say so
        return path


def _files_in(folder: Path) -> Iterator[Found]:
    """Yield the files of a folder that have a known format, and what cannot be read."""
    from cleaner.formats import suffixes

    listed = _git_files(folder)
    if listed is None:
        listed = _all_files(folder)
    known = suffixes()
    for path in listed:
        if isinstance(path, RefusedError) or _is_text_file(path, known):
            yield path


def _is_text_file(path: Path, suffixes: Container[str]) -> bool:
    """Return whether a path is a regular file of a known format, and not a link."""
    return path.suffix.lower() in suffixes and path.is_file() and not path.is_symlink()


def _all_files(folder: Path) -> Sequence[Found]:
    """Return all files below a folder that are not hidden, sorted folder by folder."""
    found: list[Found] = []

    def refuse(error: OSError) -> None:
        found.append(RefusedError(str(error.filename), f"cannot be read ({error.strerror})"))

    for base, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(base, name) for name in sorted(names) if not name.startswith(".")]
    return found


def _git_files(folder: Path) -> Sequence[Found] | None:
    """Return what git lists in a folder, tracked or not, except what it ignores.

    Outside a repository, and without git, return None.
    """
    listing = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "."]
    try:
        answer = git.ask(folder, *listing)
    except RefusedError as error:
        return [error]
    if answer is None:
        return None
    paths = [folder / os.fsdecode(name) for name in answer.out.split(b"\0") if name]
    found: list[Found] = [*dict.fromkeys(sorted(paths, key=str))]
    for name, why in re.findall(r"warning: could not open directory '(.*)': (.*)", answer.warnings):
        found.append(RefusedError(folder / name, f"cannot be read ({why})"))
    return found
