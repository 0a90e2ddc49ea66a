"""One automaton for every literal that any rule waits for (Aho-Corasick, by ahocorasick_rs).

A document is read once, whatever the number of rules; a rule whose literals do not occur costs
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cleaner.text.edits import Span
from cleaner.text.folding import Folded, keys, normal

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

GAP = b"  "  # the piece that stands for a run of spaces inside a line
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
# The quicker of two automata (2.5 times as fast) takes four times as long to build, and more room.
_DFA_LIMIT = 200_000  # bytes of keys beyond which it is not built
_DFA_PAYS = 500_000  # bytes of text before it is built


# literals (words or pieces) and where they stand
Found: TypeAlias = Mapping[str | bytes, Sequence[Span]]


class Hit(NamedTuple):
    """An occurrence of `literal` (as a fixer asked for it) at `span`, in any case and spacing."""

    span: Span
    literal: str | bytes


class Table(NamedTuple):
    """What an automaton is built from, as plain data that can be kept: see `table`."""

    keys: Sequence[bytes]  # what is looked for in the folded text
    owners: Sequence[Sequence[str | bytes]]  # the literals that each key stands for
    acting: int  # keys below this number are words that a rule acts on
    words: int  # keys below this number are words, the others pieces
    gaps: bool  # whether somebody waits for runs of spaces, which folding takes away


def table(
    words: Iterable[str], pieces: Iterable[bytes] = (), knowledge: Iterable[str] = ()
) -> Table:
    """The keys for `words` (forms between name boundaries) and `pieces` (bytes at any place).

    Words are forms as a person writes them; `knowledge` are words that no rule acts on. Pieces are
    UTF-8, lower-case where ASCII, and may be the beginning of a character: that is how "any Hangul
    syllable" is looked for.
    """
    owners: dict[bytes, list[str | bytes]] = {}
    for word in dict.fromkeys(words):
        for key in keys(word):
            owners.setdefault(key, []).append(word)
    acting = len(owners)
    for word in dict.fromkeys(knowledge):
        for key in keys(word):
            if word not in owners.setdefault(key, []):
                owners[key].append(word)
    wanted = list(dict.fromkeys(pieces))
    found = [piece for piece in wanted if piece != GAP]
    return Table(
        [*owners, *found],
        [*owners.values(), *([piece] for piece in found)],
        acting,
        len(owners),
        GAP in wanted,
    )


class Literals:
    """What occurs in a text, out of the literals of a table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._automaton = _automaton(table.keys)
        self._quick = sum(map(len, table.keys)) > _DFA_LIMIT  # whether it will not get any quicker
        self._read = 0  # bytes so far

    def find(self, text: str) -> Found:
        """Each literal that occurs, with its places in the order of the text; overlapping ones all
        count.

        >>> Literals(table(["Ma Yun", "Yun"])).find("Yesterday MA YUN spoke")
        {'Ma Yun': [Span(start=10, end=16)], 'Yun': [Span(start=13, end=16)]}
        """
        _, owners, acting, words, wants_gaps = self._table
        if self._automaton is None and not wants_gaps:
            return {}
        folded = Folded(text)
        data, size = folded.data, len(folded.data)
        self._read += size
        if not self._quick and self._read > _DFA_PAYS:
            self._automaton, self._quick = _automaton(self._table.keys, quick=True), True
        gaps = folded.gaps if wants_gaps else []
        matches = (
            self._automaton.find_matches_as_indexes(data, overlapping=True)
            if self._automaton
            else []
        )
        # A cheap first look at the boundary; the exact one (hyphens, accents, other scripts) sees
        # only what is left.
        raw = [
            (key, start, end)
            for key, start, end in matches
            if key >= words
            or not ((start and data[start - 1] in _WORD) or (end < size and data[end] in _WORD))
        ]
        if not gaps and not any(key < acting or key >= words for key, _, _ in raw):
            return {}
        points = folded.back(
            [*(at for _, start, end in raw for at in (start, end)), *gaps, *(at + 1 for at in gaps)]
        )
        found: dict[str | bytes, list[Span]] = {}
        if gaps:
            found[GAP] = [Span(points[at], points[at + 1]) for at in gaps]
        for key, start, end in raw:
            span = Span(points[start], points[end])
            for owner in owners[key]:
                found.setdefault(owner, []).append(span)
        return found


def _automaton(keys: Sequence[bytes], *, quick: bool = False) -> BytesAhoCorasick | None:
    from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

    kind = Implementation.DFA if quick else Implementation.ContiguousNFA
    return BytesAhoCorasick(keys, MatchKind.Standard, kind) if keys else None


def spelled(text: str, span: Span, form: str) -> str | None:
    """How the text writes `form` at `span`: "exact", "capitals", or None where only the case is
    alike.

    >>> spelled("MA WIN won", Span(0, 6), "Ma Win"), spelled("ma win won", Span(0, 6), "Ma Win")
    ('capitals', None)
    """
    there = text[span.start : span.end]
    if there == form:
        return "exact"
    there, form = normal(there), normal(form)
    if there == form:
        return "exact"
    return "capitals" if there == form.upper() else None
