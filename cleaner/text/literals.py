"""The search for all literals of all rules at once.

A literal is text that must occur before a rule can change anything. A document is searched once,
whatever the number of rules; a rule whose literals do not occur costs nothing. How the bytes are
searched is said in `cleaner.text.automaton`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from string import ascii_letters
from typing import Literal, NamedTuple, TypeAlias

from cleaner.text.automaton import LETTERS, Beginnings, Match, beginnings, first_bytes, search
from cleaner.text.edits import Span
from cleaner.text.folding import Folded, normal, search_keys
from cleaner.text.seen import (
    Seen,
    parts_around,
    parts_of,
    parts_with_invisible,
    without_invisible,
    without_quotation_marks,
)

# The piece that asks for runs of spaces inside a line. It has no key: folding removes such runs.
GAP = b"  "
# The piece that is in every text, for rules that look at a text as a whole. It has no key, and
# `Literals` does not report it.
ANYTHING = b""

_PLURAL = re.compile(rb"e?s(?![a-z])")  # in a folded text

_SPACE = re.compile(" ")
_SHORT = 20_000  # code points of a text that is searched as quickly as it is looked at
_WIDEST = 40  # code points of white space in which no word is looked for
_TOGETHER = 200_000  # code points of a long text that are searched together, to save memory

# The literals that occur in a text, each a word (str) or a piece (bytes), and the spans of all its
# occurrences in the order of the text. Occurrences may overlap.
Found: TypeAlias = Mapping[str | bytes, Sequence[Span]]


class Hit(NamedTuple):
    """One occurrence of a literal.

    `literal` is written as the fixer asked for it: a word (str) or a piece (bytes). The text at
    `span` may differ from it in case and spacing.
    """

    span: Span
    literal: str | bytes


class Table(NamedTuple):
    """The literals of a set of rules, prepared for the search: plain data that can be cached.

    `keys` holds the bytes to search a folded text for: first those of words, which are sorted, then
    those of pieces. See `table`, which makes it.
    """

    keys: Sequence[bytes]
    firsts: Sequence[int]  # for each key, its first bytes as `first_bytes` gives them
    owners: Sequence[Sequence[str | bytes]]  # for each key, the literals that it finds
    words: int  # the number of keys of words
    gaps: bool  # whether the piece `GAP` is asked for
    beginnings: Beginnings | None = None  # of the words, if they are many


def table(words: Iterable[str], pieces: Iterable[bytes] = ()) -> Table:
    """Prepare literals for the search.

    Args:
        words: forms as a person writes them, which are found between name boundaries.
        pieces: UTF-8 with small ASCII letters, found at any place. A piece may be the first bytes
            of a character: that is how "any Hangul syllable" is searched for.
    """
    owners: dict[bytes, list[str | bytes]] = {}
    for word in dict.fromkeys(words):
        for key in search_keys(word):
            owners.setdefault(key, []).append(word)
    wanted = list(dict.fromkeys(pieces))
    searched = [piece for piece in wanted if piece not in (ANYTHING, GAP)]
    keys = sorted(owners)
    every = [*keys, *searched]
    return Table(
        keys=every,
        firsts=list(map(first_bytes, every)),
        owners=[*map(owners.__getitem__, keys), *([piece] for piece in searched)],
        words=len(keys),
        gaps=GAP in wanted,
        beginnings=beginnings(keys),
    )


class Literals:
    """A search for the literals of a table. It serves any number of texts."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._search = search(table.keys, table.firsts, table.beginnings) if table.keys else None

    def find(self, text: str) -> Found:
        """Return the literals that occur in `text` with the spans of their occurrences.

        Words are checked for ASCII letters beside them only; `cleaner.text.boundaries` has the
        exact checks. Characters without width inside a word do not count.

        >>> Literals(table(["Ma Yun", "Yun"])).find("Yesterday MA YUN spoke")
        {'Ma Yun': [Span(start=10, end=16)], 'Yun': [Span(start=13, end=16)]}
        """
        if self._search is None and not self._table.gaps:
            return {}
        found: dict[str | bytes, list[Span]] = {}
        for part in parts_of(text, _TOGETHER):
            folded = Folded(part.of(text))
            gaps = folded.gaps if self._table.gaps else []
            matches = self._whole_words(folded.data)
            for literal, spans in self._map_back(folded, gaps, matches, part.start).items():
                found.setdefault(literal, []).extend(spans)
        for word, hidden in self._find_hidden(text).items():
            found[word] = sorted({*found.get(word, ()), *hidden})
        return found

    def _find_hidden(self, text: str) -> Found:
        """Return the words in those parts of a text that have characters without width."""
        hidden: dict[str | bytes, list[Span]] = {}
        for part in parts_with_invisible(text) if self._table.words else ():
            seen = without_invisible(part.of(text))
            if seen is None:
                continue
            visible = Folded(seen.text)
            for word, spans in self._map_back(visible, (), self._words_in(visible)).items():
                there = (seen.origin(span).moved(part.start) for span in spans)
                hidden.setdefault(word, []).extend(there)
        return hidden

    def find_quoted(self, text: str) -> Found:
        """Return the words that occur only if quotation marks inside them do not count.

        >>> Literals(table(["Ma Yun"])).find_quoted("Ma “Yun”")
        {'Ma Yun': [Span(start=0, end=7)]}
        """
        quoted: dict[str | bytes, list[Span]] = {}
        if self._search is None:
            return quoted
        for part in parts_of(text, _TOGETHER):
            seen = without_quotation_marks(part.of(text))
            for around in parts_around(seen.text, self._cuts_inside_words(seen)):
                folded = Folded(around.of(seen.text))
                found = self._map_back(folded, (), self._words_in(folded), around.start)
                for word, spans in found.items():
                    for span in spans:
                        if seen.is_cut(span):
                            quoted.setdefault(word, []).append(seen.origin(span).moved(part.start))
        return quoted

    def _cuts_inside_words(self, seen: Seen) -> Iterator[int]:
        """Yield the places where a quotation mark was removed, but for those inside no word.

        White space is beside each of them. In a long text it is worthwhile to look at what is
        around it, because it is rarely inside a word.
        """
        text = seen.text
        # A letter that is composed with the accent behind it is another one in a word.
        is_composed = unicodedata.is_normalized("NFC", text)
        if len(text) < _SHORT or self._table.beginnings or not is_composed:
            yield from seen.cuts
            return
        longest, spaces = self._spaces_in_words
        reach = longest + _WIDEST
        for cut in seen.cuts:
            before, behind = text[max(0, cut - reach) : cut], text[cut : cut + reach]
            is_wide = before[-_WIDEST:].isspace() or behind[:_WIDEST].isspace()
            if is_wide or _around_space(before, behind) in spaces:
                yield cut

    @cached_property
    def _spaces_in_words(self) -> tuple[int, frozenset[str]]:
        """The length of the longest word, and what is around the spaces inside words."""
        words = [key.decode() for key in self._table.keys[: self._table.words] if b" " in key]
        around: set[str] = set()
        for word in words:
            for space in _SPACE.finditer(word):
                around.add(_around_space(word[: space.start()], word[space.end() :]))
        return max(map(len, words), default=0), frozenset(around)

    def _words_in(self, folded: Folded) -> Sequence[Match]:
        """Return the matches in a folded text that are words."""
        return [match for match in self._whole_words(folded.data) if match[0] < self._table.words]

    def _whole_words(self, data: bytes) -> Sequence[Match]:
        """Return the matches in a folded text, without words that are a part of another word."""
        return _without_parts_of_words(self._matches(data), data, self._table)

    def _matches(self, data: bytes) -> Sequence[Match]:
        """Return all matches in a folded text, ordered by their end."""
        if self._search is None:
            return ()
        return self._search.matches(data)

    def _map_back(
        self, folded: Folded, gaps: Sequence[int], matches: Sequence[Match], begin: int = 0
    ) -> dict[str | bytes, list[Span]]:
        """Return the spans in the text of gaps and matches in a folded part of it, by literal.

        The part begins at `begin`.
        """
        offsets = {*gaps, *(gap + 1 for gap in gaps)}
        # Where ASCII without a space was found, the text is as long as it is in the folded copy.
        lengths: dict[int, int] = {}  # by key
        for key, start, end in matches:
            offsets.add(start)
            if key not in lengths:
                there = folded.data[start:end]
                is_as_long = there.isascii() and b" " not in there
                lengths[key] = len(there) if is_as_long else 0
            if not lengths[key]:
                offsets.add(end)
        points = folded.code_points(offsets)
        found: dict[str | bytes, list[Span]] = {}
        if gaps:
            found[GAP] = [Span(begin + points[gap], begin + points[gap + 1]) for gap in gaps]
        owners = self._table.owners
        for key, start, end in matches:
            first = begin + points[start]
            length = lengths[key]
            span = Span(first, first + length if length else begin + points[end])
            for literal in owners[key]:
                found.setdefault(literal, []).append(span)
        return found


def _without_parts_of_words(matches: Sequence[Match], data: bytes, table: Table) -> Sequence[Match]:
    """Drop matches of words that have an ASCII letter beside them in the folded text.

    The ending of a plural does not count. This costs little and drops nearly all parts of longer
    words. The exact check of the boundaries, which knows hyphens, accents and other scripts, then
    has little to do.
    """
    words = table.words
    kept: list[Match] = []
    for match in matches:
        key, start, end = match
        if key < words:
            if start and data[start - 1] in LETTERS:
                continue
            if data[end : end + 1].isalpha() and not _PLURAL.match(data, end):
                continue
        kept.append(match)
    return kept


def _around_space(before: str, behind: str) -> str:
    """Return the last letters before a space and the character behind it, in small letters.

    >>> _around_space("the Ant ", " Group")
    'ant g'
    """
    head = before.rstrip()
    letters = head[len(head.rstrip(ascii_letters)) :]
    return f"{letters} {behind.lstrip()[:1]}".lower()


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
