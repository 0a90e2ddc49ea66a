"""The search for all literals of all rules at once, with one Aho-Corasick automaton.

A literal is text that must occur before a rule can change anything. A document is searched once,
whatever the number of rules; a rule whose literals do not occur costs nothing. The automaton is
that of the library ahocorasick_rs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from cleaner.text.edits import Span
from cleaner.text.folding import Folded, normal, search_keys
from cleaner.text.seen import without_invisible, without_quotation_marks

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

# The piece that asks for runs of spaces inside a line. It has no key: folding removes such runs.
GAP = b"  "

_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_PLURAL = re.compile(rb"e?s(?![a-z])")  # in a folded text
# There are two automata: the fast one searches 2.5 times as fast, but takes four times as long to
# build and more memory.
_FAST_MOST_KEYS = 200_000  # bytes of all keys; with more, the fast automaton is never built
_FAST_PAYS = 500_000  # bytes of text to search before the fast automaton is built

# The literals that occur in a text, each a word (str) or a piece (bytes), and the spans of all its
# occurrences in the order of the text. Occurrences may overlap.
Found: TypeAlias = Mapping[str | bytes, Sequence[Span]]

# An occurrence of a key: the number of the key, and the byte offsets of start and end in the
# folded text.
_Match: TypeAlias = tuple[int, int, int]


class Hit(NamedTuple):
    """One occurrence of a literal.

    `literal` is written as the fixer asked for it: a word (str) or a piece (bytes). The text at
    `span` may differ from it in case and spacing.
    """

    span: Span
    literal: str | bytes


class Table(NamedTuple):
    """The literals of a set of rules, prepared for the search: plain data that can be cached.

    `keys` holds the bytes to search a folded text for. It has three parts, in this order: keys of
    words that a rule acts on, keys of words that are only knowledge, and keys of pieces. See
    `table`, which makes it.
    """

    keys: Sequence[bytes]
    owners: Sequence[Sequence[str | bytes]]  # for each key, the literals that it finds
    acting: int  # the number of keys in the first part
    words: int  # the number of keys in the first two parts
    gaps: bool  # whether the piece `GAP` is asked for


def table(
    words: Iterable[str], pieces: Iterable[bytes] = (), knowledge: Iterable[str] = ()
) -> Table:
    """Prepare literals for the search.

    Args:
        words: forms as a person writes them, which are found between name boundaries.
        pieces: UTF-8 with small ASCII letters, found at any place. A piece may be the first bytes
            of a character: that is how "any Hangul syllable" is searched for.
        knowledge: words on which no rule acts. They are reported only for a text in which some
            other literal occurs.
    """
    owners: dict[bytes, list[str | bytes]] = {}
    for word in dict.fromkeys(words):
        for key in search_keys(word):
            owners.setdefault(key, []).append(word)
    acting = len(owners)
    for word in dict.fromkeys(knowledge):
        for key in search_keys(word):
            known = owners.setdefault(key, [])
            if word not in known:
                known.append(word)
    wanted = list(dict.fromkeys(pieces))
    searched = [piece for piece in wanted if piece != GAP]
    return Table(
        keys=[*owners, *searched],
        owners=[*owners.values(), *([piece] for piece in searched)],
        acting=acting,
        words=len(owners),
        gaps=GAP in wanted,
    )


class Literals:
    """A search for the literals of a table. It serves any number of texts."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._automaton = _build(table.keys) if table.keys else None
        self._searched = 0  # bytes of text so far
        # whether the automaton stays as it is: it is the fast one, or the fast one is too large
        self._settled = sum(map(len, table.keys)) > _FAST_MOST_KEYS

    def find(self, text: str) -> Found:
        """Return the literals that occur in `text` with the spans of their occurrences.

        The result is empty if nothing but knowledge occurs. Words are checked for ASCII letters
        beside them only; `cleaner.text.boundaries` has the exact checks. Characters without width
        inside a word do not count.

        >>> Literals(table(["Ma Yun", "Yun"])).find("Yesterday MA YUN spoke")
        {'Ma Yun': [Span(start=10, end=16)], 'Yun': [Span(start=13, end=16)]}
        """
        if self._automaton is None and not self._table.gaps:
            return {}
        folded = Folded(text)
        gaps = folded.gaps if self._table.gaps else []
        matches = self._whole_words(folded.data)
        seen = without_invisible(text)
        visible = Folded(seen.text) if seen else folded
        words = self._words_in(visible) if seen else []
        if not gaps and not self._any_acts(matches) and not self._any_acts(words):
            return {}
        found = self._map_back(folded, gaps, matches)
        if seen:
            for word, spans in self._map_back(visible, [], words).items():
                found[word] = sorted({*found.get(word, ()), *map(seen.origin, spans)})
        return found

    def find_quoted(self, text: str) -> Found:
        """Return the words that occur only if quotation marks inside them do not count.

        >>> Literals(table(["Ma Yun"])).find_quoted("Ma “Yun”")
        {'Ma Yun': [Span(start=0, end=7)]}
        """
        if self._automaton is None:
            return {}
        seen = without_quotation_marks(text)
        folded = Folded(seen.text)
        quoted: dict[str | bytes, list[Span]] = {}
        for word, spans in self._map_back(folded, [], self._words_in(folded)).items():
            cut = [seen.origin(span) for span in spans if seen.is_cut(span)]
            if cut:
                quoted[word] = cut
        return quoted

    def _words_in(self, folded: Folded) -> Sequence[_Match]:
        """Return the matches in a folded text that are words."""
        return [match for match in self._whole_words(folded.data) if match[0] < self._table.words]

    def _whole_words(self, data: bytes) -> Sequence[_Match]:
        """Return the matches in a folded text, without words that are a part of another word."""
        return _without_parts_of_words(self._matches(data), data, self._table)

    def _matches(self, data: bytes) -> Sequence[_Match]:
        """Return all matches in a folded text, ordered by their end."""
        if self._automaton is None:
            return []
        self._searched += len(data)
        if not self._settled and self._searched > _FAST_PAYS:
            self._automaton = _build(self._table.keys, fast=True)
            self._settled = True
        return self._automaton.find_matches_as_indexes(data, overlapping=True)

    def _any_acts(self, matches: Sequence[_Match]) -> bool:
        """Return whether one of the matches is more than knowledge."""
        acting, words = self._table.acting, self._table.words
        return any(key < acting or key >= words for key, _, _ in matches)

    def _map_back(
        self, folded: Folded, gaps: Sequence[int], matches: Sequence[_Match]
    ) -> dict[str | bytes, list[Span]]:
        """Return the spans in the text of gaps and matches in the folded text, by literal."""
        offsets: list[int] = []
        for gap in gaps:
            offsets += (gap, gap + 1)
        for _, start, end in matches:
            offsets += (start, end)
        points = folded.to_code_points(offsets)
        found: dict[str | bytes, list[Span]] = {}
        if gaps:
            found[GAP] = [Span(points[gap], points[gap + 1]) for gap in gaps]
        owners = self._table.owners
        for key, start, end in matches:
            span = Span(points[start], points[end])
            for literal in owners[key]:
                found.setdefault(literal, []).append(span)
        return found


def _without_parts_of_words(
    matches: Sequence[_Match], data: bytes, table: Table
) -> Sequence[_Match]:
    """Drop matches of words that have an ASCII letter beside them in the folded text.

    The ending of a plural does not count. This costs little and drops nearly all parts of longer
    words. The exact check of the boundaries, which knows hyphens, accents and other scripts, then
    has little to do.
    """
    words = table.words
    kept: list[_Match] = []
    for match in matches:
        key, start, end = match
        if key < words:
            if start and data[start - 1] in _LETTERS:
                continue
            if data[end : end + 1].isalpha() and not _PLURAL.match(data, end):
                continue
        kept.append(match)
    return kept


def occurrences(text: str, wanted: Iterable[str]) -> Mapping[str, Sequence[Span]]:
    """Return where each of the wanted texts occurs exactly as it is. They may overlap.

    An empty text occurs nowhere.

    >>> occurrences("Ma Ma Ma", ["Ma Ma", "Win"])
    {'Ma Ma': [Span(start=0, end=5), Span(start=3, end=8)], 'Win': []}
    """
    found: dict[str, list[Span]] = {each: [] for each in wanted}
    keys = [each for each in found if each]
    if keys:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        # By default few keys get an automaton that takes 16 s to build for a key of 64,000 letters.
        automaton = AhoCorasick(
            keys, MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )
        for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            found[keys[number]].append(Span(start, end))
    return found


def _build(keys: Sequence[bytes], *, fast: bool = False) -> BytesAhoCorasick:
    """Return an automaton that searches for `keys`."""
    from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

    implementation = Implementation.DFA if fast else Implementation.ContiguousNFA
    return BytesAhoCorasick(keys, MatchKind.Standard, implementation)


def spelled(text: str, span: Span, form: str) -> Literal["exact", "capitals"] | None:
    """Return how the text at `span` writes `form`, which was found there in any case.

    Returns:
        "exact" for the form in its own case, "capitals" for the form in capitals, and None for any
        other case. Differences in spacing, quotation marks and composition do not count.

    >>> spelled("MA WIN won", Span(0, 6), "Ma Win"), spelled("ma win won", Span(0, 6), "Ma Win")
    ('capitals', None)
    """
    written = span.of(text)
    if written == form:
        return "exact"
    written, form = normal(written), normal(form)
    if written == form:
        return "exact"
    if written == form.upper():
        return "capitals"
    return None
