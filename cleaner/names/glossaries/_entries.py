"""From the cells of an entry to a checked name, and from many entries to names.

What a format cannot say in a name is left out, and noted, so that nothing is lost in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cleaner.errors import Place, RuleError
from cleaner.names.name import KINDS, MAX_LENGTH, Name
from cleaner.rules.reader import CONTROL, INVISIBLE

KEYS = ("canonical", "kind", "zh", "ko", "aliases", "with", "variants")
LISTS = ("ko", "aliases", "with", "variants")  # keys that may have several texts

_MAX_LIST_LENGTH = 5 * MAX_LENGTH  # code points of all texts of such a key together
_SEPARATOR = re.compile(r"[|;]")
_SPACES = re.compile("[ \t\r\n\N{NO-BREAK SPACE}\u2000-\u200a\u202f\u205f\u3000]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass
class Notes:
    """What could not be read into a name: how often, and where first.

    >>> notes = Notes()
    >>> notes.add("rows without an English form", "line 3")
    >>> notes.add("rows without an English form", "line 7")
    >>> list(notes.lines())
    ['rows without an English form: 2 (first: line 3)']
    """

    _counts: Counter[str] = field(default_factory=Counter)
    _first: dict[str, str] = field(default_factory=dict)

    def add(self, what: str, where: str) -> None:
        """Count something that is left out."""
        self._counts[what] += 1
        self._first.setdefault(what, where)

    def lines(self) -> Iterator[str]:
        """Yield a line for each kind of thing that is left out."""
        for what, count in self._counts.items():
            yield f"{what}: {count:,} (first: {self._first[what]})"


@dataclass(frozen=True)
class Entry:
    """A name, and where in a file it stands.

    Attributes:
        place: where it stands.
        name: the name.
        is_ours: whether the file is in our own format, so that it is mended if it contradicts
            itself. In a list of somebody else the first of two entries counts.
    """

    place: Place
    name: Name
    is_ours: bool = False


def checked_entry(
    place: Place, cells: Mapping[str, str | Sequence[str]], *, ours: bool = False
) -> Entry:
    """Return the name of an entry, after a check of all its cells.

    Args:
        place: where the entry is, for errors.
        cells: texts by key. What may be several texts is a sequence, or one text with `|` or `;`
            between them.
        ours: whether the file is in our own format.

    Raises:
        RuleError: there is no canonical form, or a cell is wrong.
    """
    canonical = unicodedata.normalize("NFC", _joined(cells.get("canonical", "")))
    kind = _joined(cells.get("kind", ""))
    if not canonical:
        raise RuleError(
            place, "the canonical form is missing", "write the right Latin form of the name"
        )
    for key, value in cells.items():
        _check_cell(place, key, _joined(value))
    if not has_latin_letter(canonical):
        raise RuleError(
            place,
            f"“{canonical}” has no Latin letter",
            "write the form that is used in English, and other forms as zh or ko",
        )
    if kind and kind not in KINDS:
        raise RuleError(
            place, f"“{kind}” is not a kind of name", f"write {', '.join(KINDS)}, or nothing"
        )
    several = {key: tuple(several_texts(cells.get(key, ""))) for key in LISTS}
    right = {canonical, *several["aliases"]}
    name = Name(
        canonical,
        kind,
        hanzi=_joined(cells.get("zh", "")),
        hangul=tuple(unicodedata.normalize("NFC", text) for text in several["ko"]),
        aliases=several["aliases"],
        companions=several["with"],
        variants=tuple(form for form in several["variants"] if form not in right),
    )
    return Entry(place, name, ours)


def several_texts(value: str | Sequence[str]) -> Iterator[str]:
    """Yield the texts of a cell that may have several, each once.

    >>> list(several_texts("Jack Ma; Ma | Jack Ma"))
    ['Jack Ma', 'Ma']
    """
    texts = _SEPARATOR.split(value) if isinstance(value, str) else value
    yield from dict.fromkeys(filter(None, map(_joined, texts)))


def _joined(value: str | Sequence[str]) -> str:
    text = value if isinstance(value, str) else "|".join(value)
    return _SPACES.sub(" ", text).strip()


def _check_cell(place: Place, key: str, text: str) -> None:
    """Check the length of a cell, and that it has no invisible character."""
    limit = _MAX_LIST_LENGTH if key in LISTS else MAX_LENGTH
    if len(text) > limit:
        raise RuleError(
            place,
            f"{key} is {len(text):,} characters long",
            f"a name has at most {MAX_LENGTH}; is this a list of names, one a line?",
        )
    invisible = INVISIBLE.search(text) or CONTROL.search(text) or _SURROGATE.search(text)
    if invisible:
        char = invisible.group()
        name = unicodedata.name(char, f"U+{ord(char):04X}")
        raise RuleError(place, f"{key} has an invisible {name}", "remove it")


def has_latin_letter(text: str) -> bool:
    """Return whether a text has a letter of the Latin script.

    >>> has_latin_letter("Lü"), has_latin_letter("마윈"), has_latin_letter("1953")
    (True, False, False)
    """
    if text.isascii():
        return any(map(str.isalpha, text))
    return any(char.isalpha() and "LATIN" in unicodedata.name(char, "") for char in text)


def merge_entries(entries: Iterable[Entry], notes: Notes) -> list[Name]:
    """Merge entries with the same canonical form and kind, and keep what either of them knows.

    Entries of different kinds (a city and its football club) stay separate, but one without a kind
    joins another. A form that is right for one name of the list is a variant of none.

    Args:
        entries: the entries of one list.
        notes: where to note what of an entry is left out.

    Raises:
        RuleError: two entries of one name have different Hanzi, in a file of our own format.
    """
    merged: dict[tuple[str, str], Name] = {}
    for entry in entries:
        key = (entry.name.canonical, entry.name.kind)
        earlier = merged.get(key)
        merged[key] = entry.name if earlier is None else _merged(entry, earlier, notes)
    names = _with_kindless_joined(merged.values())
    if not any(name.variants for name in names):
        return names
    right = {form for name in names for form in name.right}
    return [_without_right_variants(name, right) for name in names]


def _with_kindless_joined(names: Iterable[Name]) -> list[Name]:
    """Return names; one without a kind becomes part of the first that is written the same."""
    groups: dict[str, list[Name]] = {}
    for name in names:
        groups.setdefault(name.canonical, []).append(name)
    joined: list[Name] = []
    for group in groups.values():
        group.sort(key=lambda name: not name.kind)
        *others, last = group
        if others and not last.kind and not _contradict(others[0], last):
            group = [_with(others[0], last), *others[1:]]
        joined += group
    return joined


def _without_right_variants(name: Name, right: set[str]) -> Name:
    variants = tuple(form for form in name.variants if form not in right)
    return name if variants == name.variants else replace(name, variants=variants)


def _merged(entry: Entry, earlier: Name, notes: Notes) -> Name:
    later = entry.name
    if _contradict(earlier, later):
        if entry.is_ours:
            raise _two_hanzi(entry, earlier)
        notes.add("other characters of a name", f"line {entry.place.line}, {later.hanzi}")
    return _with(earlier, later)


def _contradict(one: Name, other: Name) -> bool:
    return bool(one.hanzi and other.hanzi) and one.hanzi != other.hanzi


def _with(earlier: Name, later: Name) -> Name:
    """Return a name with what another entry of it knows besides."""
    return replace(
        earlier,
        hanzi=earlier.hanzi or later.hanzi,
        hangul=_all(earlier.hangul, later.hangul),
        aliases=_all(earlier.aliases, later.aliases),
        companions=_all(earlier.companions, later.companions),
        variants=_all(earlier.variants, later.variants),
    )


def _all(earlier: tuple[str, ...], later: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*earlier, *later)))


def _two_hanzi(entry: Entry, earlier: Name) -> RuleError:
    one, other = earlier.hanzi, entry.name.hanzi
    return RuleError(
        entry.place,
        f"“{earlier.canonical}” has zh {one} in another entry and {other} here",
        "keep one, or give the two different kinds",
    )
