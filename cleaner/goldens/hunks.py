"""Changed goldens one difference at a time: what a person is asked, and what the answers come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RefusedError
from cleaner.goldens import GAPS, Gap, Scored, written_gaps
from cleaner.goldens.alignment import differences
from cleaner.project.revision import revise
from cleaner.text.edits import Edit, Lines, apply


class Hunk(NamedTuple):
    """A question about a seed: is this what the golden should say (`edit`), or is this gap to be
    listed, or taken off the list (`gap`)? `was` and `now` are the line before and after.
    """

    name: str
    line: int
    what: str
    was: str
    now: str
    edit: Edit | None = None
    gap: Gap | None = None


def hunks(scored: Scored) -> Iterator[Hunk]:
    """All that is not as wanted in one seed. A golden that is not there yet is a single question."""
    if not scored.golden:
        if scored.accepted:
            yield Hunk(
                scored.name,
                1,
                "there is no golden yet",
                "",
                scored.accepted,
                Edit(_EMPTY, scored.accepted, ()),
            )
        return
    lines = Lines(scored.golden)
    for edit in differences(scored.golden, scored.accepted):
        line, column = lines.place(edit.span.start)
        start = edit.span.start - column + 1
        end = scored.golden.find("\n", max(edit.span.end - 1, start))
        was = scored.golden[start : end if end >= 0 else None]
        now = was[: edit.span.start - start] + edit.replacement + was[edit.span.end - start :]
        yield Hunk(scored.name, line, "the rules write something else", was, now, edit=edit)
    for gap in scored.unlisted:
        yield Hunk(
            scored.name,
            gap.line,
            "not reached any more: list it as a gap?",
            gap.after,
            gap.before,
            gap=gap,
        )
    for gap in scored.closed:
        yield Hunk(
            scored.name,
            gap.line,
            "this gap is closed: take it off the list?",
            gap.before,
            gap.after,
            gap=gap,
        )


_EMPTY = next(differences("", "x")).span


def take(golden: Path, scores: Sequence[Scored], accepted: Iterable[Hunk]) -> list[Path]:
    """Write what was accepted into the goldens and the list of gaps; the files that changed.

    Raises:
        RefusedError: a file was changed meanwhile, or cannot be written; it is then as it was.
    """
    chosen = list(accepted)
    changed: list[Path] = []
    for scored in scores:
        edits = [one.edit for one in chosen if one.name == scored.name and one.edit]
        if edits and _replaced(golden / scored.name, scored.golden, apply(scored.golden, edits)):
            changed.append(golden / scored.name)
    if any(one.gap for one in chosen):
        path = golden / GAPS
        listed = [replace(scored, missing=tuple(_listed(scored, chosen))) for scored in scores]
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        if _replaced(path, before, written_gaps(listed)):
            changed.append(path)
    return changed


def _listed(scored: Scored, chosen: Sequence[Hunk]) -> list[Gap]:
    """The gaps of a seed as they are to be listed: those of before, with what was accepted."""
    accepted = Counter(one.gap for one in chosen if one.name == scored.name and one.gap)
    new, gone = Counter(scored.unlisted), Counter(scored.closed)
    listed = (Counter(scored.missing) - new) + (gone - accepted) + (new & accepted)
    return sorted(listed.elements())


def _replaced(path: Path, expected: str, text: str) -> bool:
    def change(there: str) -> str:
        if there != expected:
            raise RefusedError(path, "it was changed by somebody else meanwhile; run again")
        return text

    return revise(path, change) is not None
