"""Cleaned copies in another folder: `cleaner fix IN -o OUT/`, which leaves the originals alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from cleaner.errors import UsageError
from cleaner.project import temporary, writing
from cleaner.project.corpus import Cleaned
from cleaner.project.writing import Written
from cleaner.reading import exists, is_folder, real_path
from cleaner.text.counting import count

_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))


def is_for_copies(output: str, paths: Sequence[Path]) -> bool:
    """Return whether copies of these paths go into a folder `output`, not into one file.

    That is so for several paths, for a folder, and if `output` is a folder or ends with a slash.
    """
    wants_folder = output.endswith(_SEPARATORS) or is_folder(Path(output))
    return wants_folder or len(paths) > 1 or is_folder(paths[0])


class Mirror:
    """Writes each cleaned file to its place in another folder, which is made if need be.

    A single folder is mirrored: its files get the same relative paths. A file, and each of several
    paths, keeps its own name, as `cp` does it. A file in which nothing changes is copied too, so
    that the copies are complete.

    Args:
        paths: the files and folders whose copies are wanted.
        folder: where the copies go.
        force: whether to replace files there that are read-only or have several hard links.

    Raises:
        UsageError: two copies would have the same name, a copy would take the place of an
            original, `folder` is no folder, or lies in a folder of `paths` or around it.
        RefusedError: `folder` is a link that leaves the tree, without `force`.
    """

    def __init__(self, paths: Sequence[Path], folder: Path, *, force: bool = False) -> None:
        self._folder, self._force = folder, force
        self._homes = self._find_homes(list(dict.fromkeys(paths)))
        self._swept: set[Path] = set()
        self._check()
        writing.destination(folder, force=force)

    def _find_homes(self, paths: Sequence[Path]) -> dict[Path, Path]:
        """Return for each path the place of its copy."""
        if len(paths) == 1 and is_folder(paths[0]):
            return {paths[0]: self._folder}
        owners: dict[str, Path] = {}
        for path in paths:
            name = path.name
            if name in {"", ".."}:
                what = f"“{path}” has no name that its copy in {self._folder} could have"
                raise UsageError(f"{what}; name the folder by its own name")
            other = owners.setdefault(name, path)
            if other != path:
                what = f"{other} and {path} would both become {self._folder / name}"
                raise UsageError(f"{what}; clean them one after the other, into two folders")
        return {path: self._folder / name for name, path in owners.items()}

    def _check(self) -> None:
        if exists(self._folder) and not is_folder(self._folder):
            raise UsageError(f"{self._folder} is not a folder; name one, or a new name for one")
        for path in self._homes:
            if not is_folder(path):
                self._check_file(path)
            elif _is_within(self._folder, path):
                raise UsageError(f"{self._folder} is inside {path}; choose a folder outside of it")
            elif _is_within(path, self._folder):
                raise UsageError(f"{path} is inside {self._folder}; choose a folder beside it")

    def _check_file(self, path: Path) -> None:
        if any(_is_within(path, home) for home in self._homes.values()):
            what = f"a copy in {self._folder} would take the place of {path}"
            raise UsageError(f"{what}; choose another folder, or clean it in place, without -o")

    def place_of(self, path: Path) -> Path:
        """Return where the copy of a file goes; it is one of the paths, or in one that is a folder.

        >>> Mirror([Path("a"), Path("b.txt")], Path("out")).place_of(Path("a/x/y.txt")).as_posix()
        'out/a/x/y.txt'
        """
        for root, home in self._homes.items():
            if path.is_relative_to(root):
                return home / path.relative_to(root)
        raise ValueError(f"{path} is in none of the folders")

    def __call__(self, cleaned: Cleaned) -> Written:
        """Write the copy of a file, unless it is there already.

        Raises:
            RefusedError: see `writing.write_copy`.
        """
        original = cleaned.file.path
        place = self.place_of(original)
        if place.parent not in self._swept:
            self._swept.add(place.parent)
            temporary.sweep(place.parent)
        return writing.write_copy(
            place, cleaned.data, self._folder, like=original, force=self._force
        )

    def summary(self, written: int, same: int) -> str:
        """Return one line about how many copies were written, and how many were there already."""
        there = f", {same:,} there already" if same else ""
        return f"{self._folder}: {count(written, 'file')} written{there}"


def _is_within(path: Path, folder: Path) -> bool:
    """Return whether a path is a folder or leads into it, by whatever names."""
    real = real_path(path)
    chain = [one for one in (real, *real.parents) if exists(one)]
    return exists(folder) and any(one.samefile(folder) for one in chain)
