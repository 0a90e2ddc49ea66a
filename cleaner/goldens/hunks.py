"""Changed goldens, reviewed one difference at a time: the questions and what the answers do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.goldens.alignment import differences
from cleaner.goldens.gaps import GAPS, Gap, render_gaps
from cleaner.goldens.scoring import Scored
from cleaner.project import files
from cleaner.project.revision import Undo, replace_data, replace_text
from cleaner.reading import is_file
from cleaner.text.edits import Edit, Lines, Span, apply


class Hunk(NamedTuple):
    """A question about one seed.

    It is either about an edit of the golden (should the golden say what the rules write?) or about
    a gap (should it be listed, or taken off the list?).

    Attributes:
        name: the name of the seed.
        line: the number of the line, from 1.
        what: the question.
        was: the line as it is now.
        now: the line as it would be.
        edit: the edit of the golden, if it is about one.
        gap: the gap, if it is about one.
    """

    name: str
    line: int
    what: str
    was: str
    now: str
    edit: Edit | None = None
    gap: Gap | None = None


def hunks(scored: Scored) -> Iterator[Hunk]:
    """Ask about everything that is not as wanted in one seed.

    If there is no golden yet, that is a single question.
    """
    if not scored.golden:
        if scored.accepted:
            yield _missing_golden(scored)
        return
    yield from _golden_edits(scored)
    for gap in scored.unlisted:
        what = "no rule reaches this any more: list it as a gap?"
        yield Hunk(scored.name, gap.line, what, gap.after, gap.before, gap=gap)
    for gap in scored.closed:
        what = "this gap is closed: take it off the list?"
        yield Hunk(scored.name, gap.line, what, gap.before, gap.after, gap=gap)


def _missing_golden(scored: Scored) -> Hunk:
    whole = Edit(Span(0, 0), scored.accepted, ())
    return Hunk(scored.name, 1, "there is no golden yet", "", scored.accepted, whole)


def _golden_edits(scored: Scored) -> Iterator[Hunk]:
    lines = Lines(scored.golden)
    for edit in differences(scored.golden, scored.accepted):
        line, column = lines.place(edit.span.start)
        start = edit.span.start - column + 1
        end = scored.golden.find("\n", max(edit.span.end - 1, start))
        if end < 0:
            end = len(scored.golden)
        was = scored.golden[start:end]
        kept_before = was[: edit.span.start - start]
        kept_after = was[edit.span.end - start :]
        now = kept_before + edit.replacement + kept_after
        yield Hunk(scored.name, line, "the rules write something else", was, now, edit=edit)


def take(golden: Path, scores: Sequence[Scored], accepted: Iterable[Hunk]) -> list[Undo]:
    """Write what was accepted into the goldens and the list of gaps.

    Returns:
        The changes of files.

    Raises:
        RefusedError: a file was changed since the seeds were scored, or cannot be written. That
            file is then unchanged; those written before it keep what was accepted.
    """
    chosen = list(accepted)
    done: list[Undo | None] = []
    for scored in scores:
        edits = [hunk.edit for hunk in chosen if hunk.edit and hunk.name == scored.name]
        if not edits:
            continue
        path = golden / scored.name
        data = scored.data(apply(scored.golden, edits))
        done.append(replace_data(path, scored.before, data))
    if any(hunk.gap for hunk in chosen):
        path = golden / GAPS
        listed = {scored.name: _gaps_to_list(scored, chosen) for scored in scores}
        before = files.read(path).source if is_file(path) else ""
        done.append(replace_text(path, before, render_gaps(listed)))
    return [change for change in done if change]


def _gaps_to_list(scored: Scored, chosen: Sequence[Hunk]) -> list[Gap]:
    """Return the gaps that were listed for a seed, changed by what was accepted."""
    accepted = Counter(hunk.gap for hunk in chosen if hunk.gap and hunk.name == scored.name)
    new = Counter(scored.unlisted)
    closed = Counter(scored.closed)
    listed_and_missing = Counter(scored.missing) - new
    still_listed = closed - accepted
    newly_listed = new & accepted
    return sorted((listed_and_missing + still_listed + newly_listed).elements())
