"""How far the rules get: the edits of a seed that are right, missing or harmful, by its golden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.engine.cleaner import Cleaner
from cleaner.engine.findings import Result
from cleaner.errors import RefusedError
from cleaner.goldens.alignment import differences
from cleaner.goldens.gaps import GAPS, Gap, read_gaps
from cleaner.project.corpus import read_file
from cleaner.project.files import File, has_reader
from cleaner.reading import is_file
from cleaner.text.edits import Edit, Origins, Span, apply
from cleaner.text.sourcemap import UnwritableError


@dataclass(frozen=True, slots=True)
class Scored:
    """One seed held against its golden.

    Attributes:
        name: the path of the seed below the folder of seeds.
        right: how many edits the golden asks for and the rules make.
        missing: what the golden asks for and no rule reaches, whether listed as a gap or not.
        harmful: edits that the golden does not want, each as one line of text.
        unlisted: what is missing and not listed in `gaps.yaml`.
        closed: what is listed in `gaps.yaml` and no longer missing.
        golden: the text of the golden; "" if there is none.
        accepted: the golden as it would be if what the rules do now were accepted.
        file: the golden; if there is none, the seed as the rules clean it.
    """

    name: str
    right: int
    missing: tuple[Gap, ...]
    harmful: tuple[str, ...]
    unlisted: tuple[Gap, ...]
    closed: tuple[Gap, ...]
    golden: str
    accepted: str
    file: File

    def data(self, text: str) -> bytes:
        """Return the bytes of the golden with another text.

        Raises:
            RefusedError: the text cannot be written in the format of the golden.
        """
        document = self.file.document
        edits = list(differences(document.text, text))
        try:
            return self.file.encoded(document.rewritten(edits))
        except UnwritableError as error:
            why = f"what was accepted cannot be written into it ({error}); edit it by hand"
            raise RefusedError(self.file.path, why) from None

    @property
    def before(self) -> bytes | None:
        """The bytes of the golden as it is; None if there is none."""
        return self.file.data if self.golden else None

    @property
    def needed(self) -> int:
        """How many edits the golden asks for."""
        return self.right + len(self.missing)

    @property
    def as_wanted(self) -> bool:
        """Whether no edit is harmful and the gaps are exactly those that are listed."""
        return not (self.harmful or self.unlisted or self.closed)


def seeds_in(folder: Path) -> Sequence[Path]:
    """Return all seeds of a folder, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if has_reader(path))


def score_all(
    cleaner: Cleaner,
    seeds: Path,
    golden: Path,
    read: Callable[[Path], File] = read_file,
) -> Iterator[Scored]:
    """Score every seed of a folder, in the order of their names.

    A page below `seeds/clean` is its own golden: no rule may change it.

    Args:
        cleaner: the rules.
        seeds: the folder of the seeds.
        golden: the folder of the goldens.
        read: reads a file.

    Raises:
        RefusedError: a seed or a golden cannot be read.
        RuleError: `gaps.yaml` is wrong.
        GuaranteeError: a seed cannot be cleaned.
    """
    gaps = read_gaps(golden / GAPS)
    for path in seeds_in(seeds):
        name = path.relative_to(seeds).as_posix()
        seed = read(path)
        wanted: File | None = None
        if is_file(golden / name):
            wanted = read(golden / name)
        elif name.startswith("clean/"):
            wanted = seed
        yield score(cleaner, name, seed, wanted, gaps.get(name, ()))


def score(
    cleaner: Cleaner, name: str, seed: File, golden: File | None, gaps: Sequence[Gap] = ()
) -> Scored:
    """Clean a seed and compare the result with its golden.

    If there is no golden (None), the seed is not as wanted, and accepting what the rules do makes
    the golden. `gaps` are those that are listed for this seed.
    """
    result = cleaner.clean(seed.source, seed.reader.read)
    if golden is None:
        harmful = ("there is no golden yet",)
        cleaned = seed._replace(kept=result.source)
        return Scored(name, 0, (), harmful, (), tuple(gaps), "", result.text, cleaned)
    wanted = golden.document.text
    comparison = _Comparison(result, wanted)
    missing = comparison.missing()
    return Scored(
        name,
        right=comparison.right(),
        missing=missing,
        harmful=comparison.harmful(),
        unlisted=tuple((Counter(missing) - Counter(gaps)).elements()),
        closed=tuple((Counter(gaps) - Counter(missing)).elements()),
        golden=wanted,
        accepted=apply(result.text, comparison.wishes),
        file=golden,
    )


class _Comparison:
    """The edits of a seed, and the differences that are left between its result and the golden.

    Attributes:
        disputed: the indexes of edits that the golden does not want.
        wishes: the differences that ask for something no rule did; the others only dispute what
            an edit did.
    """

    def __init__(self, result: Result, golden: str) -> None:
        self._document = result.document
        self._result = result
        self._replacements = _replacement_spans(result.edits)
        left = list(differences(result.text, golden))
        self.disputed = {
            number
            for number, edit in enumerate(result.edits)
            if any(self._disputes(difference, number, edit) for difference in left)
        }
        self.wishes = [difference for difference in left if self._is_wish(difference)]

    def missing(self) -> tuple[Gap, ...]:
        """Return the wishes as gaps, at their places in the seed."""
        origins = Origins(self._result.edits)
        gaps: list[Gap] = []
        for wish in self.wishes:
            place = self._document.location(origins.origin(wish.span).start)
            gaps.append(
                Gap(place.line, place.column, wish.span.of(self._result.text), wish.replacement)
            )
        return tuple(gaps)

    def harmful(self) -> tuple[str, ...]:
        """Describe each disputed edit in one line: its place, its rules, and what it does."""
        told: list[str] = []
        for number in sorted(self.disputed):
            edit = self._result.edits[number]
            place = self._document.location(edit.span.start)
            change = f"{edit.span.of(self._document.text)!r} -> {edit.replacement!r}"
            told.append(f"{place}: {edit.label}: {change}")
        return tuple(told)

    def right(self) -> int:
        """Count the edits that the golden wants and that no wish deletes again."""
        right = 0
        for number, written in enumerate(self._replacements):
            overwritten = any(wish.span.covers(written) for wish in self.wishes)
            right += number not in self.disputed and not overwritten
        return right

    def _drops_lines(self, difference: Edit) -> bool:
        """Return whether the golden leaves out text from the beginning of a line on."""
        before = self._result.text[: difference.span.start][-1:]
        return not difference.replacement and before in {"", "\n"}

    def _disputes(self, difference: Edit, number: int, edit: Edit) -> bool:
        """Return whether a difference takes back what an edit did.

        It does if it changes what the edit wrote, or brings back what the edit deleted. Lines that
        the golden leaves out say nothing about the edits in them.
        """
        if self._drops_lines(difference):
            return False
        span = difference.span
        written = self._replacements[number]
        if written.start < written.end:
            return span.overlaps(written)
        if span.start == span.end:
            deleted = edit.span.of(self._document.text)
            return span.start == written.start and deleted in difference.replacement
        return span.start < written.start < span.end

    def _is_wish(self, difference: Edit) -> bool:
        """Return whether a difference lies apart from every disputed edit, or drops lines."""
        if self._drops_lines(difference):
            return True
        for number in self.disputed:
            start, end = self._replacements[number]
            if difference.span.overlaps(Span(start - 1, end + 1)):
                return False
        return True


def _replacement_spans(edits: Iterable[Edit]) -> list[Span]:
    """Return where the replacements of sorted edits are in the text after them.

    >>> _replacement_spans([Edit(Span(0, 6), "Ma Yun", ()), Edit(Span(7, 9), ",", ())])
    [Span(start=0, end=6), Span(start=7, end=8)]
    """
    spans: list[Span] = []
    shift = 0
    for (start, end), replacement, _ in edits:
        begin = start + shift
        spans.append(Span(begin, begin + len(replacement)))
        shift += len(replacement) - (end - start)
    return spans
