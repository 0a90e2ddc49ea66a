"""Carrying out a plan: all of its files are written, or none of them.

Several reviewers may decide at the same time. Nothing that one of them wrote is lost: the folders
are locked, and a plan that no longer fits the files is made again from what they contain now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cleaner.errors import RefusedError
from cleaner.project import files, writing
from cleaner.project.revision import (
    Undo,
    change_file,
    locked,
    make_folder,
    remove_file,
)
from cleaner.reading import exists
from cleaner.review.entries import read_bytes
from cleaner.review.plan import Plan, PlannedFile, StoredFile


def read_stored(path: Path) -> StoredFile:
    """Read a file that a plan is made from.

    Raises:
        RefusedError: it exists and is not a readable text file.
    """
    return StoredFile(path, files.read(path) if exists(path) else None)


def carry_out(make_plan: Callable[[], Plan]) -> tuple[Undo, ...]:
    """Make a plan and write all of its files, or none of them.

    Args:
        make_plan: reads the files and returns the plan. It is called a second time, while the
            folders are locked, if a file was changed after it was read. Both plans must be about
            the same files.

    Returns:
        What undoes each change, in the order of the changes.

    Raises:
        RefusedError: a file cannot be written, or was changed by somebody who does not use the
            lock (an editor). The files written before it have their old bytes again; if that
            fails, the message says so.
        CleanerError: whatever `make_plan` raises; then nothing is written.
    """
    plan = make_plan()
    with _locked_folders(writing.destination(file.path).parent for file in plan.files):
        if not _is_current(plan):
            plan = make_plan()
        return _write(plan)


@contextmanager
def _locked_folders(folders: Iterable[Path]) -> Iterator[None]:
    """Hold the locks of several folders, which are created if they do not exist.

    They are always locked in the same order, so two processes cannot wait for one another.
    """
    created: set[Path] = set()
    for folder in folders:
        make_folder(folder)
        created.add(folder)
    with ExitStack() as stack:
        for folder in sorted(created):
            stack.enter_context(locked(folder))
        yield


def _is_current(plan: Plan) -> bool:
    """Return whether every file still has the bytes that the plan was made from."""
    return all(read_bytes(file.path) == file.before for file in plan.files)


def _write(plan: Plan) -> tuple[Undo, ...]:
    """Write the files that change, and remove those that get no bytes.

    The caller holds the locks of their folders.
    """
    written: list[Undo] = []
    try:
        for file in plan.changes:
            change = _write_file(file)
            written.append(change)
    except BaseException as error:
        _restore(written, error)
        raise
    return tuple(written)


def _write_file(file: PlannedFile) -> Undo:
    if file.after is None:
        return remove_file(file.path, file.before)
    return change_file(file.path, file.before, file.after)


def _restore(written: Iterable[Undo], error: BaseException) -> None:
    """Give files their old bytes again after a later file could not be written.

    Raises:
        RefusedError: one of them cannot be restored; the others are restored all the same.
    """
    failed: RefusedError | None = None
    for change in reversed(list(written)):
        try:
            change.restore()
        except RefusedError as worse:
            failed = failed or worse
    if failed:
        what = f"{error}; and {failed.path}, written before, cannot be restored: {failed.why}"
        raise RefusedError(failed.path, f"{what}; run the command again") from None
