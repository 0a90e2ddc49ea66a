"""Bytes and text, and the files of a folder.

What is not plain text in the expected encoding is refused, with the reason.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError
from cleaner.project import git
from cleaner.reading import (
    NotRegularError,
    TooLargeError,
    is_folder,
    read_file,
    read_stream,
)

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
        raise RefusedError(path, "this is not a regular file; name a file of text") from None
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
        what = f"there is no encoding “{encoding}”"
        raise RefusedError(path, f"{what}; utf-8 and cp949 are two") from None
    except UnicodeDecodeError as error:
        raise RefusedError(path, _undecodable(data, error, encoding)) from None
    except ValueError:
        what = f"“{encoding}” is not an encoding of texts"
        raise RefusedError(path, f"{what}; utf-8 and cp949 are two") from None
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
        what = f"this is not text (there is a NUL byte at offset {at:,})"
        raise RefusedError(path, f"{what}; leave it out")
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


def has_reader(path: Path) -> bool:
    """Return whether a file is of a known format by the ending of its name, which it must have."""
    from cleaner.formats import suffix_of, suffixes

    return suffix_of(path.name) in suffixes()


def discover(
    paths: Iterable[Path],
    excluded: Callable[[Path], object] = lambda _: False,
    wanted: Callable[[Path], bool] = has_reader,
) -> Iterator[Found]:
    """Yield the files that are meant by paths, each once.

    A file is meant as it is named. A folder is searched for files that are `wanted`: in a git
    repository among those that git does not ignore, elsewhere among those that are not hidden.
    Links are not followed. What cannot be read is yielded as the error that says so. What is
    `excluded` is skipped.
    """
    seen: set[Path] = set()
    for path in paths:
        in_folder = is_folder(path)
        for found in _files_in(path) if in_folder else [path]:
            if isinstance(found, RefusedError):
                if not excluded(Path(found.path)):
                    yield found
                continue
            if excluded(found) or (in_folder and not (_is_regular(found) and wanted(found))):
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


def _files_in(folder: Path) -> Sequence[Found]:
    """Return what is in a folder and below it, and what cannot be read."""
    listed = _git_files(folder)
    return _all_files(folder) if listed is None else listed


def _is_regular(path: Path) -> bool:
    """Return whether a path is a regular file, and not a link.

    What nobody may look at counts as one: reading it will say why that cannot be done.
    """
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except PermissionError:
        return True
    except OSError:
        return False


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
