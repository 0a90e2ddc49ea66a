"""Where rules stand: the files of each layer, in order, and a fingerprint that tells whether any of them changed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.errors import Place, RuleError

_KIND = re.compile(rb"^kind:[ \t]*[\"']?([a-z]+)", re.MULTILINE)
_DATA = frozenset(kind.encode() for kind in ("decisions", "gazetteer", "gaps", "pivot", "suggestions"))  # read by others, and large
_HEAD = 2000  # bytes in which a file says its kind
_SUFFIXES = (".yaml", ".yml")


def bundled() -> Path:
    """The folder of the rules that come with the package: in a wheel inside it, in a checkout beside it."""
    inside = Path(__file__).parents[1] / "_rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


def files(layer: Path) -> Iterator[tuple[Path, str, bytes]]:
    """The rule files of a layer (a file or a folder), the beginning of their rules' ids, and their bytes.

    Raises:
        RuleError: something cannot be read.
    """
    try:
        if not layer.is_dir():
            yield layer, f"{layer.stem}/", layer.read_bytes()
            return
        for path in sorted(_walk(layer)):
            with path.open("rb") as file:
                head = file.read(_HEAD)
                kind = _KIND.search(head)
                if not (kind and kind.group(1) in _DATA):
                    yield path, f"{path.relative_to(layer).with_suffix('').as_posix()}/", head + file.read()
    except OSError as error:
        place = Place(str(error.filename or layer), 1, 1)
        raise RuleError(place, f"cannot be read ({error.strerror})", "check the path") from None


def _walk(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder, onerror=_raise):
        yield from (Path(base, name) for name in (*folders, *names) if name.endswith(_SUFFIXES))


def _raise(error: OSError) -> None:
    raise error


def shown(path: Path) -> str:
    """A path as short as it can be said: from the working folder, or from the package for bundled rules."""
    for base, prefix in ((Path.cwd(), ""), (bundled(), "rules/")):
        if path.is_absolute() and path.is_relative_to(base):
            return prefix + path.relative_to(base).as_posix()
    return str(path)


def fingerprint(layers: Sequence[Path], *more: str) -> str:
    """A hash of all that the rules of `layers` depend on: the files, what they are called, `more`, and this program.

    Raises:
        RuleError: a file cannot be read.
    """
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for layer in layers:
        digest.update(b"\0layer\0")
        for path, prefix, data in files(layer):
            digest.update(f"{shown(path)}\0{prefix}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
            digest.update(data)
    program = Path(__file__).parents[1]
    for folder in (program, program / "rules", program / "fixers"):
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                digest.update(f"{entry.name}\0{entry.stat().st_size}\0{entry.stat().st_mtime_ns}\0".encode())
    for text in more:
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()
