"""Patterns of paths, read as .gitignore reads them: nobody has to learn another dialect."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple

_SPECIAL = "*?["


def exactly(path: str) -> str:
    """The pattern that means this one path, seen from the folder of the patterns.

    >>> exactly("cup.txt"), exactly("2026/a[1].txt")
    ('/cup.txt', '/2026/a\\\\[1].txt')
    """
    return "/" + re.sub(r"([\\*?\[])", r"\\\1", path)


class Globs(NamedTuple):
    """Patterns, seen from `folder`; the last one that matches decides, and `!` takes a path out
    again.

    A name alone (`*.srt`) holds at any depth, one with a slash (`/notes.txt`, `drafts/2019`) from
    the folder on; a slash at the end asks for a folder, `**` stands for any number of them. What
    lies in a matched folder is matched.

    Source: gitignore(5), whose every sentence on patterns holds here, save that `#` is an ordinary
    character.
    """

    folder: Path  # absolute, links resolved
    patterns: tuple[str, ...]

    def match(self, path: Path, *, folder: bool = False) -> str | None:
        """The pattern that `path` falls under, or None; a path outside the folder falls under none.

        A link falls under what matches its own place, or the place it leads to.

        >>> Globs(Path("/press"), ("drafts/", "*.srt", "!final.srt")).match(Path("/press/2026/drafts/a.txt"))
        'drafts/'
        """
        if not self.patterns:
            return None
        for parts in self._places(path):
            for end in range(1, len(parts) + 1):
                if found := self._verdict(parts[:end], folder=folder or end < len(parts)):
                    return found
        return None

    def _places(self, path: Path) -> Iterator[tuple[str, ...]]:
        """The path as it is spelled and as links lead it, from the folder on."""
        for place in dict.fromkeys((os.path.abspath(path), os.path.realpath(path))):  # noqa: PTH100
            if (full := Path(place)).is_relative_to(self.folder):
                yield full.relative_to(self.folder).parts

    def _verdict(self, parts: Sequence[str], *, folder: bool) -> str | None:
        for pattern in reversed(self.patterns):
            glob = _parsed(pattern)
            if (folder or not glob.folder) and _matches(glob.segments, parts):
                return None if glob.negated else pattern
        return None


class _Glob(NamedTuple):
    segments: tuple[str, ...]
    folder: bool  # only folders match
    negated: bool


@cache
def _parsed(pattern: str) -> _Glob:
    negated = pattern.startswith("!")
    bare = pattern[negated:]
    folder = bare.endswith("/")
    bare = bare.rstrip("/") if folder else bare
    anchored = "/" in bare
    segments = [_for_fnmatch(segment) for segment in bare.lstrip("/").split("/")]
    return _Glob(tuple(segments if anchored else ["**", *segments]), folder, negated)


def _for_fnmatch(segment: str) -> str:
    """One segment in the dialect of `fnmatch`, which knows no backslash and writes [!a] where git
    also takes [^a].
    """
    bare = re.sub(
        r"\\(.)", lambda found: f"[{found[1]}]" if found[1] in _SPECIAL else found[1], segment
    )
    return bare.replace("[^", "[!")


def _matches(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether segments match, `**` standing for any number of folders, and at the end for at least
    one name.

    Only the last `**` that was passed ever has to take in more, so this is quadratic at worst.
    """
    at = here = 0
    retry: tuple[int, int] | None = None
    while here < len(parts):
        if at < len(pattern) and pattern[at] == "**":
            if at == len(pattern) - 1:
                return True
            retry = (at + 1, here)
            at += 1
        elif at < len(pattern) and fnmatchcase(parts[here], pattern[at]):
            at, here = at + 1, here + 1
        elif retry:
            at, here = retry[0], retry[1] + 1
            retry = (at, here)
        else:
            return False
    return at == len(pattern)
