"""Goldens: how a person wants a seed to come out, and how far the rules get.

A golden is not what the tool does but what it should do. Where no rule reaches yet, the difference
is listed in `golden/gaps.yaml`, and that list is strict: a difference that is not listed fails, and
so does a listed one that is gone. So neither a lost repair nor a new one goes unnoticed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cleaner import formats
from cleaner.engine.cleaner import Cleaner
from cleaner.errors import RuleError
from cleaner.goldens.alignment import differences
from cleaner.project.files import read_source
from cleaner.rules.reader import Node
from cleaner.rules.reader import read_yaml as read_yaml
from cleaner.rules.writer import quoted
from cleaner.text.edits import Edit, Lines, Origins, Span, apply

GAPS = "gaps.yaml"


class Gap(NamedTuple):
    """A difference that no rule reaches yet: line and column of the seed, what the tool leaves,
    what is wanted.
    """

    line: int
    column: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.before!r} -> {self.after!r}"


@dataclass(frozen=True, slots=True)
class Scored:
    """One seed against its golden: edits that are right, harmful ones (as text), gaps new and
    closed.
    """

    name: str
    right: int
    missing: tuple[Gap, ...]  # differences left, listed or not
    harmful: tuple[str, ...]
    unlisted: tuple[Gap, ...]  # missing, but not in gaps.yaml
    closed: tuple[Gap, ...]  # in gaps.yaml, but not missing any more
    golden: str  # the golden as it stands ("" if there is none)
    accepted: str  # the golden if what the tool does now were accepted

    @property
    def needed(self) -> int:
        """How many edits the golden asks for."""
        return self.right + len(self.missing)

    @property
    def as_wanted(self) -> bool:
        """Whether nothing is harmful, lost or newly gained."""
        return not (self.harmful or self.unlisted or self.closed)


def score_all(cleaner: Cleaner, seeds: Path, golden: Path) -> Iterator[Scored]:
    """Every seed, in order of its name. Pages under `seeds/clean` are their own goldens.

    Raises:
        RefusedError: a seed or a golden cannot be read.
        RuleError: gaps.yaml is wrong.
        GuaranteeError: a seed could not be cleaned.
    """
    gaps = read_gaps(golden / GAPS)
    for path in sorted(path for path in seeds.rglob("*") if path.suffix in formats.suffixes()):
        name = path.relative_to(seeds).as_posix()
        text = read_source(path).text
        if (wanted := golden / name).is_file():
            yield score(cleaner, name, text, read_source(wanted).text, gaps.get(name, ()))
        else:
            yield score(
                cleaner, name, text, text if name.startswith("clean/") else None, gaps.get(name, ())
            )


def score(
    cleaner: Cleaner, name: str, seed: str, golden: str | None, gaps: Sequence[Gap] = ()
) -> Scored:
    """One seed. Without a golden everything the tool does is unlisted, and accepting it makes the
    golden.
    """
    result = cleaner.clean(seed, formats.for_name(name))
    if golden is None:
        return Scored(name, 0, (), ("there is no golden yet",), (), tuple(gaps), "", result.text)
    left = list(differences(result.text, golden))
    written = _written(result.edits)
    lines, trace = Lines(seed), Origins(result.edits)
    dropped = [
        edit
        for edit in left
        if not edit.replacement and result.text[: edit.span.start][-1:] in {"", "\n"}
    ]
    disputed = {
        number
        for number, span in enumerate(written)
        for edit in left
        if edit not in dropped and _disputes(edit, span, result.edits[number].span.of(seed))
    }
    beside = [Span(written[number].start - 1, written[number].end + 1) for number in disputed]
    wished = [
        edit
        for edit in left
        if edit in dropped or not any(edit.span.overlaps(span) for span in beside)
    ]
    missing = [
        Gap(
            *lines.place(trace.origin(edit.span).start),
            edit.span.of(result.text),
            edit.replacement,
        )
        for edit in wished
    ]
    moot = {
        number for edit in wished for number, span in enumerate(written) if edit.span.covers(span)
    }
    harmful = tuple(
        f"{':'.join(map(str, lines.place(edit.span.start)))}: {edit.label}: "
        f"{edit.span.of(seed)!r} -> {edit.replacement!r}"
        for number, edit in enumerate(result.edits)
        if number in disputed
    )
    right = len(result.edits) - len(harmful) - len(moot)
    new, gone = Counter(missing) - Counter(gaps), Counter(gaps) - Counter(missing)
    return Scored(
        name,
        right,
        tuple(missing),
        harmful,
        tuple(new.elements()),
        tuple(gone.elements()),
        golden,
        apply(result.text, wished),
    )


def _written(edits: Iterable[Edit]) -> list[Span]:
    """Where the replacements stand in the output."""
    spans: list[Span] = []
    shift = 0
    for (start, end), replacement, _ in edits:
        spans.append(Span(start + shift, start + shift + len(replacement)))
        shift += len(replacement) - (end - start)
    return spans


def _disputes(difference: Edit, written: Span, was: str) -> bool:
    """Whether a difference reaches into what an edit wrote, or brings back what it deleted."""
    if written.start < written.end:
        return difference.span.overlaps(written)
    start, end = difference.span
    return start < written.start < end or (
        start == end == written.start and was in difference.replacement
    )


def read_gaps(path: Path) -> Mapping[str, Sequence[Gap]]:
    """The gaps by file; none if there is no such file.

    Raises:
        RuleError: it is not as `written_gaps` writes it.
    """
    if not path.is_file():
        return {}
    root = read_yaml(path.read_bytes(), path.as_posix())
    files = root.value.get("files") if isinstance(root.value, dict) else None
    if files is None or not isinstance(files.value, dict):
        raise RuleError(
            root.place, "there is no mapping `files`", "write it anew with `cleaner test --update`"
        )
    return {name: [_gap(entry) for entry in _entries(node)] for name, node in files.value.items()}


def _entries(node: Node) -> Sequence[Node]:
    if not isinstance(node.value, list):
        raise RuleError(
            node.place, f"the gaps of a file are {node.shape}, not a list", "write `- {at: ...}`"
        )
    return node.value


def _gap(node: Node) -> Gap:
    values = (
        {key: value.value for key, value in node.value.items()}
        if isinstance(node.value, dict)
        else {}
    )
    at, before, after = (str(values.get(key, "")) for key in ("at", "before", "after"))
    if set(values) != {"at", "before", "after"} or not re.fullmatch(r"[0-9]+:[0-9]+", at):
        raise RuleError(
            node.place, "this is no gap", 'write {at: "line:column", before: "...", after: "..."}'
        )
    line, column = map(int, at.split(":"))
    return Gap(line, column, before, after)


def written_gaps(scores: Iterable[Scored]) -> str:
    """gaps.yaml for what is missing now, a line a gap."""
    out = [
        "# What the goldens ask for and no rule reaches yet. Written by `cleaner test --update`; strict: a gap that is",
        "# not listed fails the test, and so does one that is closed.",
        "kind: gaps",
        "files:",
    ]
    for scored in scores:
        if scored.missing:
            out.append(f"  {quoted(scored.name)}:")
            out += [
                f'  - {{at: "{gap.line}:{gap.column}", before: {quoted(gap.before)}, after: {quoted(gap.after)}}}'
                for gap in scored.missing
            ]
    return "\n".join([*out, ""]) if len(out) > 4 else "\n".join([*out[:-1], "files: {}", ""])
