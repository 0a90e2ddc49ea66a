"""The harm gate: cleans good English and shows every line that would change.

    python tests/bench/fetch.py CORPORA
    python tests/bench/harm.py CORPORA --kept RESULTS [--extra FOLDER] [--corpus NAME]

A corpus is a folder of texts below CORPORA, or below a folder given with `--extra`, for texts that
were fetched by hand. Every text is cleaned as it is, with straight quotation marks, and with curly
ones, wherever that makes a difference. It is cleaned at level fix, by the bundled rules, as `fix`
would do it, but nothing is written.

Nothing in a good text may change, so the exit code is 1 if a line does or a text is refused. But
no corpus is without mistakes: `harm.yaml` lists the changes that repair one, each with the reason.
Findings that change nothing cost the reader's time. They are counted in the texts as they are,
because a program that curls marks leaves quotations unclosed; a star marks the rules that have more
of them than `MOST` allows. RESULTS keeps what was found, by text and by program, so that a run that
was stopped goes on where it was.

Some kinds of good text are in no package: RFCs, fan translations with （full-width brackets）,
scholarly transcriptions of Arabic, pages about the cities of China, subtitles. Fetch them by hand,
from wherever they are public, into a folder for `--extra`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import yaml
from docutils.utils.smartquotes import educateQuotes

from cleaner import Cleaner, CleanerError
from cleaner.formats import for_name, suffixes
from cleaner.rulebook import load_index

ROOT = Path(__file__).parents[2]
Style = Literal["found", "straight", "curly"]

MOST = {"suggest": 0.2, "report": 2.0}  # findings per MB of good text, of each level

REPAIRS = Path(__file__).with_suffix(".yaml")

_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
# A mark that docutils would take for a closing one, though a word follows: <b>"so"</b>, *'so'*.
_UNSURE = re.compile(r"""(?<=[^\w\s"'(\[{\u2013\u2014-])["'](?=\w)""")


class Task(NamedTuple):
    """A text to be cleaned in one style of quotation marks."""

    corpus: str
    name: str
    path: Path
    style: Style


class Change(NamedTuple):
    """An edit of a good text: where, by which rules, and the line before and after."""

    line: int
    rule: str
    before: str
    after: str


class Outcome(NamedTuple):
    """What cleaning a good text gave.

    Attributes:
        size: in bytes; 0 if the text does not have this style.
        changes: one for every edit.
        counts: how many findings changed nothing, by level and rule as one text.
        refusal: why the text could not be cleaned, or nothing.
    """

    size: int = 0
    changes: Sequence[Change] = ()
    counts: Sequence[tuple[str, int]] = ()
    refusal: str = ""


def straight(text: str) -> str:
    """Return a text with typewriter quotation marks.

    >>> straight("“It’s a ‘so-called’ proof”")
    '"It\\'s a \\'so-called\\' proof"'
    """
    return text.translate(_STRAIGHT)


def curly(text: str) -> str:
    """Return a text with typeset quotation marks, as docutils sets them.

    A mark stays as it is where docutils is known to set it the wrong way round.

    >>> curly("She said, \\"It's 'so-called' proof\\" <b>'so'</b>")
    "She said, “It’s ‘so-called’ proof” <b>'so’</b>"
    """
    unsure = {match.start() for match in _UNSURE.finditer(text)}
    curled: str = educateQuotes(text, "en")
    if not unsure or len(curled) != len(text):
        return curled
    return "".join(text[at] if at in unsure else char for at, char in enumerate(curled))


def styled(text: str, style: Style) -> str | None:
    """Return a text in one style, or None if that is how it was found."""
    if style == "found":
        return text
    changed = straight(text) if style == "straight" else curly(straight(text))
    return None if changed == text else changed


def tasks(folders: Iterable[Path], corpora: Sequence[str]) -> Iterator[Task]:
    """Yield what there is to clean below some folders, in order; all corpora or those named."""
    known = suffixes()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() not in known or not path.is_file():
                continue
            corpus, _, name = path.relative_to(folder).as_posix().rpartition("/")
            if not corpora or any(part in corpora for part in _above(corpus)):
                for style in get_args(Style):
                    yield Task(corpus or folder.name, name, path, style)


def _above(corpus: str) -> Iterator[str]:
    """Yield the names of a corpus and of the folders that it is in: a/b, a."""
    while corpus:
        yield corpus
        corpus = corpus.rpartition("/")[0]


@cache
def _cleaner() -> Cleaner:
    return Cleaner(load_index())


def clean(task: Task) -> Outcome:
    """Clean a text and return what happened to it."""
    try:
        text = styled(task.path.read_bytes().decode(), task.style)
    except UnicodeDecodeError as error:
        return Outcome(task.path.stat().st_size, refusal=f"not UTF-8: {error}")
    if text is None:
        return Outcome()
    size = len(text.encode())
    try:
        result = _cleaner().clean(text, for_name(task.name).read)
    except CleanerError as error:
        return Outcome(size, refusal=str(error))
    changes = list[Change]()
    counts = Counter[str]()
    for finding in result.findings:
        if finding.level != "fix":
            counts[f"{finding.level} {finding.label}"] += 1
    text = result.document.text
    for edit in result.edits:
        start = text.rfind("\n", 0, edit.span.start) + 1
        end = text.find("\n", edit.span.end)
        end = len(text) if end < 0 else end
        after = text[start : edit.span.start] + edit.replacement + text[edit.span.end : end]
        line = result.document.location(edit.span.start).line
        changes.append(Change(line, edit.label, text[start:end], after))
    return Outcome(size, changes, sorted(counts.items()))


class Kept:
    """Outcomes of earlier runs, in a file for each version of the program and its rules."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{_fingerprint()}.jsonl"
        self._outcomes: dict[str, Outcome] = {}
        if self._path.exists():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                key, size, changes, counts, refusal = json.loads(line)
                made = [Change(*change) for change in changes]
                self._outcomes[key] = Outcome(size, made, counts, refusal)

    def get(self, task: Task) -> Outcome | None:
        """Return what is known of a text in this style, wherever it lies."""
        return self._outcomes.get(_key(task))

    def add(self, task: Task, outcome: Outcome) -> None:
        """Keep an outcome."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(
                json.dumps(
                    [_key(task), *outcome],
                    ensure_ascii=False,
                )
                + "\n"
            )


def _key(task: Task) -> str:
    return f"{_digest(task.path)} {task.path.suffix} {task.style}"


@cache
def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:24]


def _fingerprint() -> str:
    """Return a hash of the program, this one included, and of its rules."""
    digest = sha256(Path(__file__).read_bytes())
    for folder in (ROOT / "cleaner", ROOT / "rules"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".yaml"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def outcomes(todo: Sequence[Task], kept: Kept, processes: int) -> Iterator[tuple[Task, Outcome]]:
    """Yield the outcome of each task, in order."""
    known = [kept.get(task) for task in todo]
    fresh = [task for task, outcome in zip(todo, known, strict=True) if outcome is None]
    with get_context("fork").Pool(processes, initializer=_cleaner) as pool:
        cleaned = pool.imap(clean, fresh, chunksize=4)
        for task, outcome in zip(todo, known, strict=True):
            if outcome is None:
                outcome = next(cleaned)
                kept.add(task, outcome)
            yield task, outcome


class Repair(NamedTuple):
    """A mistake of a corpus that a rule rightly repairs, with straight quotation marks."""

    rule: str
    before: str
    after: str
    why: str


def repairs() -> list[Repair]:
    """Return the repairs that `harm.yaml` lists."""
    return [Repair(**entry) for entry in yaml.safe_load(REPAIRS.read_text("utf-8"))]


def repairing(change: Change, known: Iterable[Repair]) -> Repair | None:
    """Return the listed repair that a change is, or None."""
    before, after = straight(change.before), straight(change.after)
    for repair in known:
        if repair.rule in change.rule and repair.before in before and repair.after in after:
            return repair
    return None


class Tally:
    """What was cleaned so far, and what came of it."""

    def __init__(self) -> None:
        self.size = self.found = self.texts = self.lines = self.repaired = self.refusals = 0
        self.changed = Counter[str]()  # rule -> lines
        self.counts = Counter[str]()  # level and rule -> findings that change nothing

    def add(self, style: Style, outcome: Outcome, harmful: Sequence[Change]) -> None:
        """Count one text; `harmful` are its changes that repair nothing."""
        if not outcome.size:
            return
        self.size += outcome.size
        self.texts += 1
        self.refusals += bool(outcome.refusal)
        self.lines += len({change.line for change in harmful})
        self.repaired += len(outcome.changes) - len(harmful)
        self.changed.update(rule for rule, _ in {(c.rule, c.line) for c in harmful})
        if style == "found":
            self.found += outcome.size
            self.counts.update(dict(outcome.counts))

    def row(self, name: str) -> str:
        """Return a line of the table of corpora."""
        levels = Counter[str]()
        for key, count in self.counts.items():
            levels[key.partition(" ")[0]] += count
        suggested = _per_mb(levels["suggest"], self.found)
        reported = _per_mb(levels["report"], self.found)
        changed = _per_mb(self.lines, self.size)
        return (
            f"{name:32} {self.size / 1e6:7.1f} MB {self.texts:6} texts {self.lines:6} lines "
            f"{changed:8.2f}/MB {self.repaired:4} repairs {suggested:7.2f} suggestions/MB "
            f"{reported:7.2f} reports/MB {self.refusals:3} refused"
        )

    def summary(self) -> Iterator[str]:
        """Yield the lines that say which rules did what."""
        yield "Changed lines by rule:"
        for rule, count in _ranked(self.changed):
            yield f"  {count:6} {_per_mb(count, self.size):9.3f}/MB  {rule}"
        yield "Findings that change nothing, by rule (* more than allowed):"
        for key, count in _ranked(self.counts):
            rate = _per_mb(count, self.found)
            mark = "*" if rate > MOST.get(key.partition(" ")[0], 0) else " "
            yield f"{mark} {count:6} {rate:9.3f}/MB  {key}"


def _per_mb(count: int, size: int) -> float:
    return count * 1e6 / max(size, 1)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def excerpt(before: str, after: str, around: int = 50) -> tuple[str, str]:
    """Return the places where two lines differ, with some characters around them.

    >>> excerpt("We saw the’dog’.", "We saw the ‘dog’.", 4)
    ('the’dog’', 'the ‘dog’')
    """
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    left = max(0, start - around)
    right = max(0, end - around)
    return before[left : len(before) - right], after[left : len(after) - right]


def main() -> int:
    """Run the gate and return its exit code."""
    parser = argparse.ArgumentParser(description="Clean good English and show what would change.")
    parser.add_argument("corpora", type=Path, nargs="*", help="folders of corpora")
    parser.add_argument("--extra", type=Path, action="append", default=[], help="corpora by hand")
    parser.add_argument("--corpus", action="append", default=[], help="only this corpus")
    parser.add_argument("--kept", type=Path, required=True, help="where results are kept")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()

    todo = list(tasks([*arguments.corpora, *arguments.extra], arguments.corpus))
    done = outcomes(todo, Kept(arguments.kept), arguments.processes)
    known = repairs()
    total = Tally()
    rows: list[str] = []
    for corpus, group in groupby(done, key=lambda pair: pair[0].corpus):
        tally = Tally()
        for task, outcome in group:
            where = f"{corpus}/{task.name}"
            harmful = [change for change in outcome.changes if not repairing(change, known)]
            for change in harmful:
                before, after = excerpt(change.before, change.after)
                print(f"{where}:{change.line}: {task.style}: {change.rule}")
                print(f"  - {before!r}\n  + {after!r}")
            if outcome.refusal:
                print(f"{where}: {task.style}: refused: {outcome.refusal}")
            tally.add(task.style, outcome, harmful)
            total.add(task.style, outcome, harmful)
        rows.append(tally.row(corpus))
    print(*rows, total.row("together"), *total.summary(), sep="\n")
    return 1 if total.lines or total.refusals else 0


if __name__ == "__main__":
    raise SystemExit(main())
