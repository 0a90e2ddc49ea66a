"""Where rule files are: the files of each layer, in order, and a fingerprint of them.

A layer is a file or a folder of rules. The lowest one comes with the package; a project puts its
own on top. This module is imported at every start of the hook, so it imports little.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from time import time_ns
from types import MappingProxyType

from cleaner.errors import Place, RuleError
from cleaner.reading import (
    TooLargeError,
    is_folder,
    is_link,
    open_regular,
    read_file,
    read_stream,
    real_path,
)
from cleaner.rules.model import DATA_KINDS, MAX_BYTES

_KIND = re.compile(rb"^kind:[ \t]*[\"']?([a-z]+)", re.MULTILINE)
_DATA = frozenset(kind.encode() for kind in DATA_KINDS)
_HEAD = 2000  # bytes at the beginning of a file in which its kind is looked for
_SUFFIXES = (".yaml", ".yml")
_DATA_SUFFIXES = (*_SUFFIXES, ".tsv")
_COARSEST_TIME = 3_000_000_000  # nanoseconds; FAT notes the time of a change to two seconds
_PROGRAM = Path(__file__).parents[1]


def bundled() -> Path:
    """Return the folder of the rules that come with the package.

    It is inside the package where that was installed from a wheel, and beside it in a checkout.
    """
    inside = _PROGRAM / "_rules"
    return inside if is_folder(inside) else _PROGRAM.parent / "rules"


def files(
    layer: Path, instead: Mapping[Path, bytes] = MappingProxyType({})
) -> Iterator[tuple[Path, str, bytes]]:
    """Yield the rule files of a layer: the path, what goes before the ids in it, and the bytes.

    Large files that hold data for other readers are left out.

    Args:
        layer: a file or a folder.
        instead: bytes that files are about to have, by resolved path; they count instead of those
            on disk, also for a file that does not exist yet.

    Raises:
        RuleError: something cannot be read.
    """
    try:
        if is_folder(layer):
            yield from _folder_files(layer, instead)
        else:
            coming = instead.get(real_path(layer)) if instead else None
            yield layer, f"{layer.stem}/", read_file(layer, MAX_BYTES) if coming is None else coming
    except TooLargeError as error:
        what = f"the file has {error.size:,} bytes, and {MAX_BYTES:,} are the limit"
        raise RuleError(_place(error, layer), what, "split it into several files") from None
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise RuleError(_place(error, layer), what, "check the path") from None


def _place(error: OSError, layer: Path) -> Place:
    return Place(str(error.filename or layer), 1, 1)


def _folder_files(folder: Path, instead: Mapping[Path, bytes]) -> Iterator[tuple[Path, str, bytes]]:
    paths = set(_walk(folder))
    for path in instead:
        if path.is_relative_to(real_path(folder)):
            paths.add(folder / path.relative_to(real_path(folder)))
    for path in sorted(paths):
        prefix = f"{path.relative_to(folder).with_suffix('').as_posix()}/"
        coming = instead.get(real_path(path)) if instead else None
        _refuse_outside(path, folder)
        data = _rule_bytes(path) if coming is None else coming
        if data is not None:
            yield path, prefix, data


def _refuse_outside(path: Path, folder: Path) -> None:
    """Refuse a link that leads out of the folder of rules that it is in.

    A folder may come from a stranger, and what it links to is none of the stranger's rules.
    """
    if is_link(path) and not real_path(path).is_relative_to(real_path(folder)):
        what = f"a link leads from it to {real_path(path)}, outside of {display_path(folder)}"
        place = Place(display_path(path), 1, 1)
        raise RuleError(place, what, "put a copy there, or name that file in `rules`")


def _rule_bytes(path: Path) -> bytes | None:
    """Return the bytes of a file, or None if it begins as a file of data."""
    with open_regular(path) as file:
        head = file.read(_HEAD)
        kind = _KIND.search(head)
        if kind and kind.group(1) in _DATA:
            return None
        file.seek(0)
        return read_stream(file, MAX_BYTES, path)


def _walk(folder: Path) -> Iterator[Path]:
    """Yield what is called like a rule file, at whatever depth; folders too, which will be
    refused.

    Raises:
        OSError: a folder cannot be read.
    """
    for base, folders, names in os.walk(folder, onerror=_raise):
        for name in (*folders, *names):
            if name.endswith(_SUFFIXES):
                yield Path(base, name)


def _raise(error: OSError) -> None:
    raise error


def display_path(path: Path) -> str:
    """Return a path as messages show it: from the working folder, or `rules/...` if bundled."""
    for base, prefix in ((Path.cwd(), ""), (bundled(), "rules/")):
        if path.is_absolute() and path.is_relative_to(base):
            return prefix + path.relative_to(base).as_posix()
    return str(path)


def fingerprint(layers: Sequence[Path], *more: str) -> str:
    """Return a hash of everything that the rules of `layers` depend on.

    That is: the bytes of the rule files, their names, `more` (settings as text), and this program
    with its data on names, from which likely forms are made. A cache that another version of the
    program kept must never be used. The program's files count by name, size and time of the last
    change, not by their bytes, because the hook looks them up at every start.

    Raises:
        RuleError: a rule file cannot be read.
    """
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for layer in layers:
        digest.update(b"\0layer\0")
        for path, prefix, data in files(layer):
            head = f"{display_path(path)}\0{prefix}\0{len(data)}\0"
            digest.update(head.encode("utf-8", "surrogateescape"))
            digest.update(data)
    for name, size, changed in (*stamps(_PROGRAM, (".py",)), *_data_stamps()):
        digest.update(f"{name}\0{size}\0{changed}\0".encode())
    for text in more:
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()


def _data_stamps() -> Iterator[tuple[str, int, int]]:
    """Yield the stamps of the bundled files that tell which forms of a name are likely."""
    for name in ("gazetteer", "pivots"):
        folder = bundled() / name
        if is_folder(folder):
            yield from stamps(folder, _DATA_SUFFIXES, f"{name}/")


def stamps(
    folder: Path | str, suffixes: tuple[str, ...], above: str = ""
) -> Iterator[tuple[str, int, int]]:
    """Yield the files of a folder whose names end in some way, in order, at whatever depth.

    Each comes with its name from the folder on, after `above`, with its size in bytes, and with the
    time of its last change in nanoseconds.
    """
    for name, info in _found(folder, suffixes, above):
        yield name, info.st_size, info.st_mtime_ns


def _found(
    folder: Path | str, suffixes: tuple[str, ...], above: str = ""
) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the names of such files with what the system knows about each.

    One `stat` a file is all it costs: no path objects, no file is opened.
    """
    with os.scandir(folder) as entries:
        in_order = sorted(entries, key=attrgetter("name"))
    for entry in in_order:
        name = entry.name
        if name.endswith(suffixes):
            yield above + name, entry.stat()
        elif entry.is_dir(follow_symlinks=False) and name != "__pycache__":
            yield from _found(entry.path, suffixes, f"{above}{name}/")


def state(layers: Sequence[Path], *more: str) -> bytes | None:
    """Return what tells whether the fingerprint of the same layers is still the same.

    That is the number, size and times of each file that the fingerprint depends on; no file is
    opened. None if a file cannot be looked at, or if one has changed so recently that it may change
    again without another time.
    """
    lines = [str(Path.cwd()), *more]
    latest = 0
    try:
        for place, info in _all_found(layers):
            changed = info.st_mtime_ns, info.st_ctime_ns
            lines.append(f"{place}\0{info.st_ino}\0{info.st_size}\0{changed}")
            latest = max(latest, *changed)
    except OSError:
        return None
    if latest > time_ns() - _COARSEST_TIME:
        return None
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def _all_found(layers: Sequence[Path]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files that a fingerprint depends on with what the system knows about each."""
    for folder in dict.fromkeys((*layers, bundled())):
        if is_folder(folder):
            yield from _found(folder, _DATA_SUFFIXES, f"{folder}/")
        else:
            yield str(folder), folder.stat()
    yield from _found(_PROGRAM, (".py",))
