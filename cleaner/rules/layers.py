"""Where rules stand: the files of each layer, in order, and a fingerprint that tells whether any of
them changed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from cleaner.errors import Place, RuleError

_KIND = re.compile(rb"^kind:[ \t]*[\"']?([a-z]+)", re.MULTILINE)
# Read by others, and large.
_DATA = frozenset(
    kind.encode() for kind in ("decisions", "gazetteer", "gaps", "mentions", "pivot", "suggestions")
)
_HEAD = 2000  # bytes in which a file says its kind
_SUFFIXES = (".yaml", ".yml")


def bundled() -> Path:
    """The folder of the rules that come with the package: in a wheel inside it, in a checkout
    beside it.
    """
    inside = Path(__file__).parents[1] / "_rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


def files(
    layer: Path, instead: Mapping[Path, bytes] = MappingProxyType({})
) -> Iterator[tuple[Path, str, bytes]]:
    """The rule files of a layer (a file or a folder), the beginning of their rules' ids, and their
    bytes; `instead` are the bytes that files, by their resolved paths, are about to have.

    Raises:
        RuleError: something cannot be read.
    """
    try:
        if not layer.is_dir():
            data = instead.get(layer.resolve()) if instead else None
            yield layer, f"{layer.stem}/", layer.read_bytes() if data is None else data
            return
        coming = (
            layer / path.relative_to(layer.resolve())
            for path in instead
            if path.is_relative_to(layer.resolve())
        )
        for path in sorted({*_walk(layer), *coming}):
            if instead and (data := instead.get(path.resolve())) is not None:
                yield path, f"{path.relative_to(layer).with_suffix('').as_posix()}/", data
                continue
            with path.open("rb") as file:
                head = file.read(_HEAD)
                kind = _KIND.search(head)
                if not (kind and kind.group(1) in _DATA):
                    yield (
                        path,
                        f"{path.relative_to(layer).with_suffix('').as_posix()}/",
                        head + file.read(),
                    )
    except OSError as error:
        place = Place(str(error.filename or layer), 1, 1)
        raise RuleError(place, f"cannot be read ({error.strerror})", "check the path") from None


def _walk(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder, onerror=_raise):
        yield from (Path(base, name) for name in (*folders, *names) if name.endswith(_SUFFIXES))


def _raise(error: OSError) -> None:
    raise error


def display_path(path: Path) -> str:
    """A path as short as it can be said: from the working folder, or from the package for bundled
    rules.
    """
    for base, prefix in ((Path.cwd(), ""), (bundled(), "rules/")):
        if path.is_absolute() and path.is_relative_to(base):
            return prefix + path.relative_to(base).as_posix()
    return str(path)


def _program() -> Iterator[tuple[str, int, int]]:
    """The modules of this program, in order: path, size in bytes, time of the last change in
    nanoseconds.
    """
    program = Path(__file__).parents[1]
    for base, folders, names in os.walk(program):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                path = Path(base, name)
                info = path.stat()
                yield path.relative_to(program).as_posix(), info.st_size, info.st_mtime_ns


def fingerprint(layers: Sequence[Path], *more: str) -> str:
    """A hash of all that the rules of `layers` depend on: the files, what they are called, `more`,
    and this program.

    Raises:
        RuleError: a file cannot be read.
    """
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for layer in layers:
        digest.update(b"\0layer\0")
        for path, prefix, data in files(layer):
            digest.update(
                f"{display_path(path)}\0{prefix}\0{len(data)}\0".encode("utf-8", "surrogateescape")
            )
            digest.update(data)
    for name, size, changed in _program():
        digest.update(f"{name}\0{size}\0{changed}\0".encode())
    for text in more:
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()
