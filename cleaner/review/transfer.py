"""What one decision changed in a file, taken back or made again after others changed the file, too.

Each file of review is a list, and a decision adds entries to it, removes some, or changes one. In a
file that is not as the decision left it, exactly these entries are changed, if they still are as
the decision left them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleaner.errors import CleanerError, UsageError
from cleaner.review.entries import with_entries
from cleaner.rules.marks import Mark, Plain, behind, in_flow, marked, plain, under, without
from cleaner.rules.shape import items_of, mapping_of

# The keys that tell an entry of each list from others.
_NAMES = {
    "rules": ("id",),
    "groups": ("id",),
    "decisions": ("form", "canonical"),
    "lookups": ("file", "place", "text"),
}


class _Entries(NamedTuple):
    """A file and the entries of its list.

    Attributes:
        text: the text of the file.
        key: the key of the list.
        file: the name of the file, for messages.
        said: what each entry says.
        lines: the lines of each entry.
    """

    text: str
    key: str
    file: str
    said: Sequence[Plain] = ()
    lines: Sequence[Sequence[str]] = ()

    def name(self, said: Plain) -> str:
        """Return what tells an entry from others, for a person and for the machine."""
        entry = said if isinstance(said, dict) else {}
        return " ".join(str(entry[part]) for part in _NAMES[self.key] if part in entry)


def transferred(text: str, source: str, target: str, key: str, file: str) -> str:
    """Return a text with the entries changed that differ between two other texts.

    Everything else stays. What is as in `target` already needs no change.

    Args:
        text: the text of the file as it is now.
        source: its text before the change that is to be made in `text`; "" if there was no file.
        target: its text after that change.
        key: the key of the list.
        file: the name of the file, for messages.

    Raises:
        UsageError: one of these entries is neither as in `source` nor as in `target`.
        RuleError: the text is not such a file.

    >>> head = "kind: decisions\\ndecisions:\\n"
    >>> a, b, c = (f"- form: {form}\\n" for form in "abc")
    >>> transferred(head + a + b + c, head + a + b, head + a, "decisions", "d.yaml") == head + a + c
    True
    """
    now, before, after = (_read(one, key, file) for one in (text, source, target))
    old, new = _differing(before.said, after.said)
    gone = [before.said[number] for number in old]
    if key != "groups":
        _refuse_what_others_changed(now, [*gone, *(after.said[number] for number in new)])
    gone = [said for said in gone if said in now.said]
    added = _missing(now, after, new)
    if not gone and not added:
        return text
    wanted = Counter(map(repr, now.said))
    wanted.subtract(map(repr, gone))
    wanted.update(repr(after.said[number]) for number in added)
    lines: list[str] = []
    for number in added:
        lines += after.lines[number]
    for changed in (_replaced(text, source, target), _with_other_entries(now, gone, lines)):
        if _says(changed, key) == +wanted:
            return changed
    raise UsageError(f"{file}: it was changed since; change it by hand")


def _read(text: str, key: str, file: str) -> _Entries:
    if not text.strip():
        return _Entries(text, key, file)
    root, mark = marked(text, file)
    said = [plain(item) for item in items_of(mapping_of(root)[key], key)]
    items: Mark = under(mark, key)
    if in_flow(items):
        return _Entries(text, key, file, said, [() for _ in said])
    return _Entries(text, key, file, said, [_lines(text, item) for item in items.value])


def _says(text: str, key: str) -> Counter[str] | None:
    """Return how often a text has each entry; None if it is no file with such a list."""
    try:
        return Counter(map(repr, _read(text, key, "").said)) if text else None
    except CleanerError:
        return None


def _lines(text: str, item: Mark) -> Sequence[str]:
    """Return the lines of an entry without the indentation of its list."""
    column = max(item.start_mark.column - 2, 0)
    start = text.rindex("-", 0, item.start_mark.index) - column
    lines = text[max(start, 0) : behind(text, item)].splitlines()
    return [line[column:] for line in lines]


def _differing(before: Sequence[object], after: Sequence[object]) -> tuple[range, range]:
    """Return the numbers of the items between those that are the same at both ends.

    >>> _differing("abcz", "abxyz")
    (range(2, 3), range(2, 4))
    """
    shorter = min(len(before), len(after))
    first = 0
    while first < shorter and before[first] == after[first]:
        first += 1
    last = 0
    while last < shorter - first and before[-1 - last] == after[-1 - last]:
        last += 1
    return range(first, len(before) - last), range(first, len(after) - last)


def _missing(now: _Entries, after: _Entries, numbers: Iterable[int]) -> list[int]:
    """Return the numbers of those entries of `after` that are not in `now`.

    A suggestion that was found again meanwhile is pending as it is now.
    """
    if now.key != "groups":
        return [number for number in numbers if after.said[number] not in now.said]
    names = set(map(now.name, now.said))
    return [number for number in numbers if after.name(after.said[number]) not in names]


def _refuse_what_others_changed(now: _Entries, ours: Sequence[Plain]) -> None:
    """Refuse a change if somebody else changed one of its entries."""
    there = {now.name(said): said for said in now.said}
    for said in ours:
        name = now.name(said)
        if name in there and there[name] not in ours:
            what = f"“{name}” was changed since by somebody else"
            raise UsageError(f"{now.file}: {what}; change it by hand, or leave it as it is")


def _replaced(text: str, source: str, target: str) -> str:
    """Return a text in which the lines that differ are replaced; "" if they are not in it once."""
    before, after = source.splitlines(keepends=True), target.splitlines(keepends=True)
    gone, added = _differing(before, after)
    old = "".join(before[gone.start : gone.stop])
    new = "".join(after[added.start : added.stop])
    return text.replace(old, new) if old and text.count(old) == 1 else ""


def _with_other_entries(now: _Entries, gone: Sequence[Plain], lines: Sequence[str]) -> str:
    """Return the text without some entries, and with other ones at the end; "" if it cannot be."""
    text: str | None = now.text
    if gone:
        numbers = [number for number, said in enumerate(now.said) if said in gone]
        text = without(now.text, marked(now.text, now.file)[1], now.key, numbers)
    if text is None or not lines:
        return text or ""
    return with_entries(text, now.key, lines, now.file) if text.strip() else ""
