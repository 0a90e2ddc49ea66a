"""Proves the formats over real files: what is read is right, and what is written loses nothing.

    python tests/bench/fetch.py CORPORA --samples
    python tests/bench/made.py CORPORA
    python tests/bench/formats.py CORPORA [--format NAME] [--only GLOB] [--largest BYTES]
        [--most NUMBER] [--rules]

CORPORA/formats/FORMAT/* are the files. Each is read as `fix` would read it, and

- nothing: without any edit, its bytes stay as they are;
- letters: every letter that may be changed becomes another one. What is written, read again, gives
  exactly the changed text and the same structure, and the way back gives the same bytes;
- edits: the same for edits at random, also across markup;
- oracle: to a library of other people's (`tests/oracles.py`), the structure of what these two wrote
  is that of the file.

A failure of one of these makes the exit code 1. What else is shown is for a person to judge:
refusals, grouped; which share of the words the oracle reads and we do not, and the other way
round; and, with `--rules`, every line that the bundled rules would change: the files are good
ones, so most of that is harm. In JSON and tables every field with words in it is text here.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from types import FrameType
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cleaner import Cleaner, CleanerError  # noqa: E402
from cleaner.formats import MalformedError, Reader, for_name  # noqa: E402
from cleaner.project import files  # noqa: E402
from cleaner.rulebook import load_index  # noqa: E402
from cleaner.text.document import Document  # noqa: E402
from cleaner.text.edits import Edit, Span, apply  # noqa: E402
from cleaner.text.sourcemap import UnwritableError  # noqa: E402
from tests import oracles  # noqa: E402

LONGEST = 60  # seconds of processor time for one file
LARGEST = 20_000_000  # bytes
RANDOM_EDITS = 40  # in a file
TOLD = 5  # files named for each kind of failure

_WORD = re.compile(r"[^\W\d_]+")
_RULE = ("bench/formats",)
_PARTICULARS = re.compile(r"\(fields: .*\)|“[^”]*”|'[^']*'|\d[\d,.]*|0x\w+|\S*/\S*:")


class Task(NamedTuple):
    """A file to prove, and whether to clean it with the bundled rules as well."""

    path: Path
    with_rules: bool


class Outcome(NamedTuple):
    """What became of a file.

    Attributes:
        size: in bytes.
        seconds: how long it took to read once.
        refusal: why it was not read, or nothing.
        left_out: why nothing of it is text, or nothing.
        failures: what went wrong, each behind the name of a check.
        letters: how many letters its text has, and how many of them were changed.
        missing, extra: words that only the oracle reads, and words that only we read.
        words: how many words the oracle reads; 0 if it cannot read the file.
        unread: why the oracle cannot read the file, or nothing.
        cleaned: what the bundled rules would change: the place, the rule, before and after.
    """

    size: int = 0
    seconds: float = 0.0
    refusal: str = ""
    left_out: str = ""
    failures: Sequence[tuple[str, str]] = ()
    letters: tuple[int, int] = (0, 0)
    missing: Sequence[tuple[str, int]] = ()
    extra: Sequence[tuple[str, int]] = ()
    words: int = 0
    unread: str = ""
    cleaned: Sequence[tuple[str, str, str, str]] = ()


class OpenFile:
    """A file, its source, and how to write another source into it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = path.read_bytes()
        self.kind = path.suffix.lower().removeprefix(".")
        self.fields = fields_of(self.kind, self.data)
        self.reader: Reader = for_name(path.name, fields=self.fields)
        if self.reader.unpack:
            self.source = self.reader.unpack(self.data)
        else:
            encoding = self.reader.declared_encoding(self.data) or "utf-8"
            self._file = files.decode(self.data, path, encoding, self.reader)
            self.source = self._file.source
        self._structure: list[oracles.Part] | None = None

    def written(self, source: str) -> bytes:
        """Return the bytes of the file with this source in it."""
        if self.reader.pack:
            return self.reader.pack(self.data, source)
        return self._file.encoded(source)

    def structure(self) -> list[oracles.Part]:
        """Return what the oracle says of the structure of the file; it is asked once.

        Raises:
            UnreadableError: it cannot read the file.
        """
        if self._structure is None:
            self._structure = oracles.structure(self.kind, self.data, fields=self.fields)
        return self._structure

    def reread(self, data: bytes) -> Document:
        """Return the document in what was written."""
        if self.reader.unpack:
            return self.reader.read(self.reader.unpack(data))
        return self.reader.read(files.decode(data, self.path, self._file.encoding).source)


def fields_of(kind: str, data: bytes) -> list[str]:
    """Return some fields of JSON or of a table in which words stand; none for other formats."""
    try:
        return list(islice(oracles.fields_with_words(kind, data), 10))
    except oracles.UnreadableError:
        return []


def other_letters(text: str) -> str:
    """Return a text with another letter for each letter; done twice it gives the text again.

    >>> other_letters("Café 9"), other_letters(other_letters("Café 9"))
    ('Pnsè 9', 'Café 9')
    """
    return "".join(map(_other_letter, text))


def _other_letter(char: str) -> str:
    if char.isascii() and char.isalpha():
        first = ord("a") if char.islower() else ord("A")
        return chr(first + (ord(char) - first + 13) % 26)
    other = chr(ord(char) ^ 1)
    return other if char.isalpha() and other.isalpha() else char


def letter_edits(document: Document) -> list[Edit]:
    """Return edits that replace every letter that may be changed.

    A word that stands in the source as it is has one edit. In any other word, each letter has an
    edit of its own, so that it stays in its place beside the markup in the word.
    """
    found: list[Edit] = []
    for word in _WORD.finditer(document.text):
        span = Span(*word.span())
        is_whole = document.source_span(span).of(document.source) == word[0]
        edits = _letters_changed(document, span) if is_whole else []
        if not edits:
            for at in range(span.start, span.end):
                edits += _letters_changed(document, Span(at, at + 1))
        found += edits
    return found


def _letters_changed(document: Document, span: Span) -> list[Edit]:
    """Return the edit that changes the letters in a span; none if it may not be made."""
    edit = Edit(span, other_letters(span.of(document.text)), _RULE)
    may_be_made = edit.replacement != span.of(document.text) and document.fit(edit) == edit
    return [edit] if may_be_made else []


def random_edits(document: Document, random: Random) -> list[Edit]:
    """Return edits inside blocks, also across markup; none deletes or touches another one."""
    blocks = list(document.spans())
    edits: list[Edit] = []
    for _ in range(RANDOM_EDITS if blocks else 0):
        block = random.choice(blocks)
        start = random.randrange(block.start, block.end)
        span = Span(start, min(start + random.randrange(12), block.end))
        edit = Edit(span, random.choice(("Yun", "Q q", "some longer words")), _RULE)
        around = Span(span.start - 1, span.end + 1)
        is_free = not any(around.overlaps(other.span) for other in edits)
        if is_free and document.fit(edit) == edit:
            edits.append(edit)
    return sorted(edits)


def prove(task: Task) -> Outcome:
    """Run all checks on one file."""
    size = task.path.stat().st_size

    def too_long(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"more than {LONGEST} seconds")

    signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        start = time.perf_counter()
        file = OpenFile(task.path)
        document = file.reader.read(file.source)
        seconds = time.perf_counter() - start
        return _proven(file, document, Outcome(size, seconds), with_rules=task.with_rules)
    except (CleanerError, MalformedError) as error:
        return Outcome(size, refusal=str(error).removeprefix(f"{task.path}"))
    except Exception as error:  # a defect, which must not stop the others from being proven
        return Outcome(size, failures=[("crash", _described(error))])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _described(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}: {error} ({where})"[:300]


def _proven(file: OpenFile, document: Document, outcome: Outcome, *, with_rules: bool) -> Outcome:
    if document.left_out:
        return outcome._replace(left_out=document.left_out)
    failures: list[tuple[str, str]] = []
    if file.written(document.rewritten([])) != file.data:
        failures.append(("nothing", "bytes change though nothing is edited"))
    there = letter_edits(document)
    letters = sum(map(str.isalpha, document.text))
    changed = sum(edit.span.end - edit.span.start for edit in there)
    unread = _unread(file)
    failures += _edited(file, document, there, "letters", is_read=not unread)
    edits = random_edits(document, Random(len(file.data)))
    failures += _edited(file, document, edits, "edits", is_read=not unread)
    outcome = outcome._replace(failures=failures, letters=(letters, changed), unread=unread)
    if not unread:
        outcome = _compared(file, document, outcome)
    return outcome._replace(cleaned=list(_cleaned(file, document)) if with_rules else ())


def _unread(file: OpenFile) -> str:
    """Return why the oracle cannot read a file; nothing if it can."""
    if file.kind not in oracles.ORACLES:
        return f"no oracle for .{file.kind}"
    try:
        file.structure()
    except oracles.UnreadableError as error:
        return str(error)
    return ""


def _edited(
    file: OpenFile, document: Document, edits: Sequence[Edit], check: str, *, is_read: bool
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the way there, and for letters with the way back."""
    try:
        data = file.written(document.rewritten(edits))
    except (UnwritableError, CleanerError) as error:
        yield check, f"cannot be written: {_described(error)}"
        return
    again = file.reread(data)
    if again.left_out:  # a language that is not declared is guessed by words, which are gone
        return
    wanted = apply(document.text, edits)
    if again.text != wanted:
        yield check, f"another text is read again: {_difference(wanted, again.text)}"
    elif again.structure() != document.structure(edits):
        yield check, f"structure: {_difference(document.structure(edits), again.structure())}"
    elif check == "letters" and file.written(again.rewritten(list(_back(edits)))) != file.data:
        yield check, "the way back gives other bytes"
    if is_read:
        try:
            before = file.structure()
            after = oracles.structure(file.kind, data, fields=file.fields)
        except oracles.UnreadableError as error:
            yield "oracle", f"{check}: it cannot read what is written: {error}"
            return
        if before != after:
            pairs = zip(before, after, strict=False)
            unlike = next((f"{one} / {other}" for one, other in pairs if one != other), "length")
            yield "oracle", f"{check}: {unlike[:300]}"


def _back(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits that undo those of letters, which do not move anything."""
    for edit in edits:
        yield edit._replace(replacement=other_letters(edit.replacement))


def _difference(one: str, other: str) -> str:
    """Return the first place where two texts differ."""
    shorter = min(len(one), len(other))
    at = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    start = max(at - 30, 0)
    return f"{one[start : at + 30]!r} / {other[start : at + 30]!r}"


def _compared(file: OpenFile, document: Document, outcome: Outcome) -> Outcome:
    """Compare the words that we read with those that the oracle reads."""
    theirs = _words(oracles.texts(file.kind, file.data, fields=file.fields))
    ours = _words([document.text])
    return outcome._replace(
        words=theirs.total(),
        missing=(theirs - ours).most_common(),
        extra=(ours - theirs).most_common(),
    )


def _words(texts: Iterable[str]) -> Counter[str]:
    counts = Counter[str]()
    for text in texts:
        counts.update(_WORD.findall(text.replace("\xad", "")))
    return counts


@cache
def _cleaner() -> Cleaner:
    return Cleaner(load_index())


def _cleaned(file: OpenFile, document: Document) -> Iterator[tuple[str, str, str, str]]:
    """Yield what the bundled rules would change in a file."""
    result = _cleaner().clean(file.source, file.reader.read)
    for edit in result.edits:
        block = document.block(edit.span.start)
        start = max(block.start, edit.span.start - 40)
        end = min(max(block.end, edit.span.end), edit.span.end + 40)
        before = document.text[start:end]
        after = document.text[start : edit.span.start] + edit.replacement
        after += document.text[edit.span.end : end]
        yield str(document.location(edit.span.start)), edit.label, before, after


class Tally:
    """What was proven of one format so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.files = self.size = self.words = self.letters = self.changed = self.cleaned = 0
        self.seconds = 0.0
        self.refusals: dict[str, list[str]] = {}
        self.left_out: dict[str, list[str]] = {}
        self.unread: dict[str, list[str]] = {}
        self.failures: dict[str, list[str]] = {}
        self.missing = Counter[str]()
        self.extra = Counter[str]()
        self.worst: list[tuple[int, str]] = []  # files in which words are missing or extra

    def add(self, name: str, outcome: Outcome) -> None:
        """Count one file."""
        self.files += 1
        self.size += outcome.size
        self.seconds += outcome.seconds
        self.words += outcome.words
        self.letters += outcome.letters[0]
        self.changed += outcome.letters[1]
        self.cleaned += len(outcome.cleaned)
        for reason, group in (
            (outcome.refusal, self.refusals),
            (outcome.left_out, self.left_out),
            (outcome.unread, self.unread),
        ):
            if reason:
                group.setdefault(_PARTICULARS.sub("…", reason), []).append(f"{name}: {reason}")
        for check, what in outcome.failures:
            self.failures.setdefault(check, []).append(f"{name}: {what}")
        self.missing.update(dict(outcome.missing))
        self.extra.update(dict(outcome.extra))
        unlike = sum(count for _, count in (*outcome.missing, *outcome.extra))
        self.worst = sorted([*self.worst, (unlike, name)], reverse=True)[:TOLD]

    def row(self) -> str:
        """Return a line of the table of formats."""
        failed = " ".join(f"{check} {len(what)}" for check, what in sorted(self.failures.items()))
        return (
            f"{self.name:6} {self.files:5} files {self.size / 1e6:6.1f} MB {self.seconds:6.1f} s "
            f"{_count(self.refusals):4} refused {_count(self.left_out):4} left out "
            f"{_percent(self.changed, self.letters)} of letters changed "
            f"{_percent(self.missing.total(), self.words)} words missing "
            f"{_percent(self.extra.total(), self.words)} extra "
            f"{_count(self.unread):4} unread by the oracle {self.cleaned:4} cleaned; "
            f"failed: {failed or 'nothing'}"
        )

    def details(self) -> Iterator[str]:
        """Yield lines about refusals, failures, and words that only one side reads."""
        for title, groups in (
            ("refused", self.refusals),
            ("left out", self.left_out),
            ("unread by the oracle", self.unread),
        ):
            for reason, names in sorted(groups.items(), key=lambda item: -len(item[1])):
                yield f"{self.name}: {title}: {len(names)} × {reason[:200]}"
                yield f"    {names[0][:250]}"
        for check, what in sorted(self.failures.items()):
            yield f"{self.name}: FAILED: {check}: {len(what)} files"
            yield from (f"    {line}" for line in what[:TOLD])
        for title, words in (("missing", self.missing), ("extra", self.extra)):
            if words:
                yield f"{self.name}: {title}: {dict(words.most_common(15))}"
        for unlike, name in self.worst:
            if unlike:
                yield f"{self.name}: {unlike} words unlike in {name}"


def _count(groups: dict[str, list[str]]) -> int:
    return sum(map(len, groups.values()))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):6.2f} %"


def tasks(
    folder: Path, *, formats: Sequence[str], only: str, largest: int, most: int, with_rules: bool
) -> list[Task]:
    """Return the files to prove, in order."""
    found: list[Task] = []
    for kind in sorted(path for path in folder.iterdir() if path.is_dir()):
        if formats and kind.name not in formats:
            continue
        paths = sorted(path for path in kind.glob(only) if path.stat().st_size <= largest)
        step = max(1, len(paths) // most) if most else 1
        found += [Task(path, with_rules) for path in paths[::step]]
    return found


def main() -> int:
    """Prove what is asked for and return the exit code."""
    parser = argparse.ArgumentParser(description="Prove the formats over real files.")
    parser.add_argument("corpora", type=Path, help="the folder that fetch.py filled")
    parser.add_argument("--format", action="append", default=[], help="only this folder")
    parser.add_argument("--only", default="*", help="only files whose names match")
    parser.add_argument("--largest", type=int, default=LARGEST, help="only files up to these bytes")
    parser.add_argument("--most", type=int, default=0, help="about as many files of each format")
    parser.add_argument("--rules", action="store_true", help="clean them with the bundled rules")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()

    todo = tasks(
        arguments.corpora / "formats",
        formats=arguments.format,
        only=arguments.only,
        largest=arguments.largest,
        most=arguments.most,
        with_rules=arguments.rules,
    )
    tallies: list[Tally] = []
    with get_context("fork").Pool(arguments.processes) as pool:
        proven = zip(todo, pool.imap(prove, todo), strict=True)
        for name, group in groupby(proven, key=lambda pair: pair[0].path.parent.name):
            tally = Tally(name)
            for task, outcome in group:
                tally.add(task.path.name, outcome)
                for place, rule, before, after in outcome.cleaned:
                    print(f"{name}/{task.path.name}:{place}: {rule}\n  - {before!r}\n  + {after!r}")
            print(*tally.details(), tally.row(), sep="\n", flush=True)
            tallies.append(tally)
    print("Together:", *(tally.row() for tally in tallies), sep="\n")
    return 1 if any(tally.failures for tally in tallies) else 0


if __name__ == "__main__":
    raise SystemExit(main())
