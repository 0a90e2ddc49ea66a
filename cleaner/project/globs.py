"""Patterns of paths, read as .gitignore reads them, so that nobody has to learn another syntax."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple

_SPECIAL = "*?["
_ANY_FOLDERS = "**"


def exactly(path: str) -> str:
    """Return the pattern that matches one path only, relative to the folder of the patterns.

    >>> exactly("cup.txt"), exactly("2026/a[1].txt")
    ('/cup.txt', '/2026/a\\\\[1].txt')
    """
    return "/" + re.sub(r"([\\*?\[])", r"\\\1", path)


class Globs(NamedTuple):
    """Patterns that are relative to a folder. The last one that matches a path decides.

    A name alone (`*.srt`) matches at any depth. A pattern with a slash (`/notes.txt`,
    `drafts/2019`) begins at the folder. A slash at the end asks for a folder. `**` stands for any
    number of folders. `!` includes a path again. Whatever is in a matched folder is matched too.

    Source: gitignore(5). Everything that it says of patterns holds here, except that `#` is an
    ordinary character.

    Attributes:
        folder: absolute, with links resolved.
        patterns: the patterns, in order.
    """

    folder: Path
    patterns: tuple[str, ...]

    def match(self, path: Path, *, folder: bool = False) -> str | None:
        """Return the pattern that matches `path`, or None.

        `folder` says whether the path is a folder. A path outside the folder of the patterns is
        never matched. A link is matched by its own path or by the path that it leads to.

        >>> globs = Globs(Path("/press"), ("drafts/", "*.srt", "!final.srt"))
        >>> globs.match(Path("/press/2026/drafts/a.txt"))
        'drafts/'
        """
        if not self.patterns:
            return None
        for parts in self._relative_parts(path):
            for end in range(1, len(parts) + 1):
                is_folder = folder or end < len(parts)
                pattern = self._deciding(parts[:end], folder=is_folder)
                if pattern:
                    return pattern
        return None

    def _relative_parts(self, path: Path) -> Iterator[tuple[str, ...]]:
        """Yield the parts of a path below the folder: as it is written, and with links resolved."""
        written = os.path.abspath(path)  # noqa: PTH100
        resolved = os.path.realpath(path)
        for place in dict.fromkeys((written, resolved)):
            full = Path(place)
            if full.is_relative_to(self.folder):
                yield full.relative_to(self.folder).parts

    def _deciding(self, parts: Sequence[str], *, folder: bool) -> str | None:
        """Return the last pattern that matches exactly these parts, or None if it begins with !."""
        for pattern in reversed(self.patterns):
            glob = _parsed(pattern)
            if (folder or not glob.folder) and _matches(glob.segments, parts):
                return None if glob.negated else pattern
        return None


class _Glob(NamedTuple):
    """A pattern, taken apart. `folder`: only folders match. `negated`: it includes again."""

    segments: tuple[str, ...]
    folder: bool
    negated: bool


@cache
def _parsed(pattern: str) -> _Glob:
    negated = pattern.startswith("!")
    bare = pattern.removeprefix("!")
    folder = bare.endswith("/")
    if folder:
        bare = bare.rstrip("/")
    begins_at_folder = "/" in bare
    segments = [_for_fnmatch(segment) for segment in bare.lstrip("/").split("/")]
    if not begins_at_folder:
        segments.insert(0, _ANY_FOLDERS)
    return _Glob(tuple(segments), folder, negated)


def _for_fnmatch(segment: str) -> str:
    """Return a segment in the syntax of `fnmatch`.

    `fnmatch` knows no backslash, and it writes [!a] where git also accepts [^a].
    """
    bare = re.sub(r"\\(.)", _unescaped, segment)
    return bare.replace("[^", "[!")


def _unescaped(found: re.Match[str]) -> str:
    return f"[{found[1]}]" if found[1] in _SPECIAL else found[1]


def _matches(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    """Return whether the segments of a pattern match the parts of a path.

    `**` stands for any number of folders, at the end for at least one name. Only the last `**`
    that was passed ever has to stand for more, so the time is quadratic at worst.
    """
    at = here = 0
    retry: tuple[int, int] | None = None  # where to go on if the last `**` stands for one more
    while here < len(parts):
        if at < len(pattern) and pattern[at] == _ANY_FOLDERS:
            if at == len(pattern) - 1:
                return True
            at += 1
            retry = (at, here)
        elif at < len(pattern) and fnmatchcase(parts[here], pattern[at]):
            at += 1
            here += 1
        elif retry:
            at, here = retry[0], retry[1] + 1
            retry = (at, here)
        else:
            return False
    return at == len(pattern)
