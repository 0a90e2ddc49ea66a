"""Bytes and text, and the files of a folder.

What is not plain text in the expected encoding is refused, with the reason.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError
from cleaner.formats import PLAIN, MalformedError, Reader
from cleaner.project import git
from cleaner.reading import (
    NotRegularError,
    TooLargeError,
    is_folder,
    read_file,
    read_stream,
)
from cleaner.text.document import Document
from cleaner.text.edits import Lines
from cleaner.text.layout import Location
from cleaner.text.packed import Packed

MAX_BYTES = 100_000_000
_TOO_LARGE = "more than {:,} bytes; split it into several files"
_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
# The byte order marks that are read, each with the encoding that it stands for.
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# Encodings as files declare them, and those of Windows that extend them and are meant by most.
_EXTENDED = {"euc_kr": "cp949", "gb2312": "gbk"}
# What a declaration is made of: an encoding in which it is spelled otherwise is a wrong one.
_ASCII = """<meta charset='x-0'/><?xml encoding="A"?>; \\n+"""
_BEGINNING = 2048  # bytes in which a file declares its encoding
_FEW = 8  # bytes that tell UTF-16
_LONG = 1_000_000  # bytes of a text that is not kept as a `str`
# Encodings of Python that no file is in: those of names of machines, and of texts in programs.
_NOT_OF_TEXTS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
_GUESSES = ("cp949", "cp1252")  # encodings to suggest for what is not UTF-8
_BOM = b"\xef\xbb\xbf"
_MARKERS = (b"<<<<<<<", b">>>>>>>")  # ======= alone underlines a heading
# A marker begins a line, perhaps behind a byte order mark, and a name may follow it.
_CONFLICT = re.compile(rb"(?:\A|(?<=[\r\n]))(?:\xef\xbb\xbf)?(?:<{7}|>{7})(?=[ \t\r\n]|\Z)")
_LINE_END = re.compile(rb"\r\n?|\n")


class File(NamedTuple):
    """A file as it was read.

    Attributes:
        path: where it is.
        data: its bytes.
        kept: its decoded content, without a byte order mark; of a container, what its reader takes
            out of it. That of a long text is packed: it is decoded again whenever it is asked for.
        encoding: what it is decoded from.
        reader: how files of its format are read.
    """

    path: Path
    data: bytes
    kept: str | Packed
    encoding: str = "utf-8"
    reader: Reader = PLAIN

    @property
    def source(self) -> str:
        """Its decoded content (see `kept`)."""
        return str(self.kept)

    def is_source(self, source: str) -> bool:
        """Return whether a source is that of the file."""
        return self.kept.gives(source) if isinstance(self.kept, Packed) else self.kept == source

    @property
    def mark(self) -> bytes:
        """The byte order mark that the file begins with; b"" if there is none."""
        return b"" if self.reader.unpack else _mark_of(self.data)

    @property
    def bom(self) -> bool:
        """Whether the file begins with a byte order mark."""
        return bool(self.mark)

    def encoded(self, source: str) -> bytes:
        """Return the bytes of a changed source, as the file has them: same encoding, same mark, or
        the same container.

        Raises:
            RefusedError: the encoding has no such character.
        """
        if self.reader.pack:
            return self._packed(source, self.reader.pack)
        try:
            return self.mark + source.encode(self.encoding)
        except UnicodeEncodeError as error:
            what = f"“{error.object[error.start]}” cannot be written in {self.encoding}"
            raise RefusedError(self.path, f"{what}; save it as UTF-8") from None

    def _packed(self, source: str, pack: Callable[[bytes, str], bytes]) -> bytes:
        if self.is_source(source):
            return self.data
        try:
            return pack(self.data, source)
        except MalformedError as error:
            raise self.malformed(error) from None

    @property
    def document(self) -> Document:
        """The document in the file.

        Raises:
            RefusedError: the file is not what its format says.
        """
        try:
            return self.reader.read(self.source)
        except MalformedError as error:
            raise self.malformed(error) from None

    def malformed(self, error: MalformedError) -> RefusedError:
        """Return the refusal of this file for what its reader says is wrong with it."""
        place = str(self.path)
        if error.at is not None:
            place += f":{Location('', *Lines(self.source).place(error.at))}"
        elif error.line or error.member:
            place += f":{Location(error.member, *(error.line or (1, 1)))}"
        return RefusedError(place, error.what)


def read(path: Path, encoding: str = "utf-8", reader: Reader = PLAIN) -> File:
    """Read a regular file.

    Args:
        path: the file.
        encoding: what it is decoded from.
        reader: how files of its format are read.

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
    return decode(data, path, encoding, reader)


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


def decode(data: bytes, path: Path, encoding: str = "utf-8", reader: Reader = PLAIN) -> File:
    """Decode strictly: nothing is replaced, guessed or normalised.

    A byte order mark tells the encoding, or else what the file declares in itself, or else
    `encoding` does. A container is unpacked.

    Raises:
        RefusedError: the bytes are not text in that encoding, with the byte offset and the line; or
            they are not what the format says.
    """
    file = File(path, data, "", encoding, reader)
    if reader.unpack:
        try:
            return file._replace(kept=reader.unpack(data))
        except MalformedError as error:
            raise file.malformed(error) from None
    declared = None if file.mark else _declared(data, reader)
    if not (file.mark or declared) and _is_utf_8_after_all(file):
        what = f"this is not {encoding.upper()}; it looks like UTF-8: pass --encoding utf-8"
        raise RefusedError(path, what)
    file = file._replace(encoding=_encoding_of(file, declared))
    if not file.encoding.startswith("utf-16"):
        _refuse_utf_16(data, path)
        _refuse_binary(data.find(0), path)
        _refuse_conflict(data, path)
    if file.encoding == "utf-8" and reader == PLAIN and len(data) > _LONG:
        with suppress(UnicodeDecodeError):
            return file._replace(kept=Packed(data, len(file.mark)))
    file = file._replace(kept=_decoded(file, is_declared=bool(declared)))
    if file.encoded(file.source) != data:
        what = f"{file.encoding} does not give the same bytes back"
        raise RefusedError(path, f"{what}; save it as UTF-8")
    if file.encoding.startswith("utf-16"):
        before, nul, _ = file.source.partition("\0")
        _refuse_binary(len(file.encoded(before)) if nul else -1, path)
        _refuse_conflict(file.source.encode(), path)
    return file


def _is_utf_8_after_all(file: File) -> bool:
    """Return whether a file is UTF-8 that was said to be UTF-16, in which half of the bytes of
    spaces, line ends and Latin letters would be NUL.
    """
    if not file.encoding.lower().replace("_", "-").startswith(("utf-16", "utf16")):
        return False
    if len(file.data) < _FEW or 0 in file.data:
        return False
    with suppress(UnicodeDecodeError):
        return bool(file.data.decode())
    return False


def _mark_of(data: bytes) -> bytes:
    return next((mark for mark in _MARKS if data.startswith(mark)), b"")


def _declared(data: bytes, reader: Reader) -> str | None:
    """Return the encoding that a file declares in itself.

    A format looks for a declaration in ASCII. One in UTF-16 is found here.
    """
    beginning = data[:_BEGINNING].replace(b"\0", b"").lower()
    if b"utf-16" in beginning:
        for start, encoding in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
            if data.startswith(start):
                return encoding
    return reader.declared_encoding(data)


def _encoding_of(file: File, declared: str | None) -> str:
    """Return the name of the encoding of a file, as Python knows it.

    Raises:
        RefusedError: there is none of that name, or it is not supported.
    """
    if file.data.startswith(_UTF_32):
        raise RefusedError(file.path, "this is UTF-32; save it as UTF-8")
    if file.mark:
        return _MARKS[file.mark]
    name = _known(declared or file.encoding, file.path, is_declared=bool(declared))
    if name == "utf-16" or (declared and name.startswith("utf-16")):
        return _order_of_bytes(file, is_declared=bool(declared))
    return _EXTENDED.get(name, name) if declared else name


def text_encoding(name: str) -> str | None:
    """Return the name that Python knows an encoding of texts by; None if it knows none.

    >>> text_encoding("UTF8"), text_encoding("hex"), text_encoding("idna")
    ('utf-8', None, None)
    """
    try:
        "".encode(name)  # unlike `lookup`, this wants an encoding of texts
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if known in _NOT_OF_TEXTS else known


def _known(encoding: str, path: Path, *, is_declared: bool) -> str:
    """Return the name that Python knows an encoding by.

    Raises:
        RefusedError: it knows none of that name, or it is not supported.
    """
    name = text_encoding(encoding)
    if name is None and is_declared:
        what = f"it declares the encoding “{encoding}”, which cleaner does not know"
        raise RefusedError(path, f"{what}; save it as UTF-8 and declare that")
    if name is None:
        what = f"there is no encoding “{encoding}”"
        raise RefusedError(path, f"{what}; utf-8 and cp949 are two")
    if name.startswith("utf-32"):
        raise RefusedError(path, "UTF-32 is not supported; save it as UTF-8")
    if is_declared and not name.startswith("utf-16") and _ASCII.encode(name) != _ASCII.encode():
        what = f"it declares the encoding “{encoding}” and is in another one"
        raise RefusedError(path, f"{what}; correct what it declares")
    return "utf-8" if name == "utf-8-sig" else name


def _order_of_bytes(file: File, *, is_declared: bool) -> str:
    """Return which UTF-16 a file without a byte order mark is in.

    Read in the right order of bytes, it has more characters that are ASCII, such as spaces.

    Raises:
        RefusedError: neither order gives more of them, or the file is in no UTF-16.
    """
    beginning = file.data[:_BEGINNING]
    odd, even = beginning[1::2], beginning[::2]
    little, big = _ascii_in(even, odd), _ascii_in(odd, even)
    if little != big or not file.data:
        return "utf-16-be" if big > little else "utf-16-le"
    if is_declared:
        what = "it declares UTF-16 and is in another encoding; correct what it declares"
        raise RefusedError(file.path, what)
    what = "there is no byte order mark that tells which UTF-16 this is"
    raise RefusedError(file.path, f"{what}; pass --encoding utf-16-le or utf-16-be")


def _ascii_in(low: bytes, high: bytes) -> int:
    """Count the characters that are ASCII, given the low and the high byte of each."""
    return sum(0 < one < 128 and not other for one, other in zip(low, high, strict=False))


def _decoded(file: File, *, is_declared: bool) -> str:
    """Return the text in the bytes of a file.

    Raises:
        RefusedError: the bytes are no text in its encoding; with the byte offset and the line.
    """
    try:
        return file.data[len(file.mark) :].decode(file.encoding)
    except UnicodeDecodeError as error:
        what = _undecodable(file, error.start + len(file.mark), is_declared=is_declared)
        raise RefusedError(file.path, what) from None
    except ValueError:
        what = f"“{file.encoding}” is not an encoding of texts"
        raise RefusedError(file.path, f"{what}; utf-8 and cp949 are two") from None


def _refuse_utf_16(data: bytes, path: Path) -> None:
    """Refuse what looks like UTF-16 and does not say so: every other byte at its beginning is NUL.

    It must have two characters that do.
    """
    beginning = data[:_FEW]
    for encoding, zeros, others in (
        ("utf-16-le", beginning[1::2], beginning[::2]),
        ("utf-16-be", beginning[::2], beginning[1::2]),
    ):
        if len(zeros) > 1 and not any(zeros) and all(others):
            what = "this looks like UTF-16 without a byte order mark"
            raise RefusedError(path, f"{what}: pass --encoding {encoding}")


def _refuse_binary(nul: int, path: Path) -> None:
    """Refuse what has a NUL byte, given its offset; -1 means that there is none."""
    if nul >= 0:
        what = f"this is not text (there is a NUL byte at offset {nul:,})"
        raise RefusedError(path, f"{what}; leave it out")


def _refuse_conflict(data: bytes, path: Path) -> None:
    """Refuse what has a conflict marker of git, in an encoding that extends ASCII."""
    conflict = min(filter(None, (_first_conflict(data, marker) for marker in _MARKERS)), default=0)
    if conflict:
        line = len(_LINE_END.findall(data, 0, conflict - 1)) + 1
        what = f"git conflict marker in line {line}"
        raise RefusedError(path, f"{what}; resolve the conflict first")


def _first_conflict(data: bytes, marker: bytes) -> int:
    """Return the number of the byte, from 1, at which a marker is that of a conflict; 0 if none is.

    The pattern is tried only where the marker is, because to search for it takes a hundred times as
    long as to search for the marker.
    """
    at = data.find(marker)
    while at >= 0:
        for begin in (at - len(_BOM), at):
            if begin >= 0 and _CONFLICT.match(data, begin):
                return begin + 1
        at = data.find(marker, at + len(marker))
    return 0


def _undecodable(file: File, at: int, *, is_declared: bool) -> str:
    """Say which byte cannot be decoded, and which encoding the file may have."""
    data, encoding = file.data, file.encoding
    line = data[:at].decode(encoding, "ignore").count("\n") + 1
    what = f"byte 0x{data[at]:02X} at offset {at:,} (line {line}) is not {encoding.upper()}"
    if file.mark:
        return f"{what}; save it as UTF-8"
    if is_declared:
        return f"{what}, which the file declares; correct what it declares, or save it as that"
    for guess in _GUESSES if encoding == "utf-8" else ("utf-8",):
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
