"""The search for all literals of all rules at once.

A literal is text that must occur before a rule can change anything. A document is searched once,
whatever the number of rules; a rule whose literals do not occur costs nothing. How the bytes are
searched is said in `cleaner.text.automaton`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice
from operator import itemgetter
from string import ascii_letters
from typing import Literal, NamedTuple, TypeAlias

from cleaner.text.automaton import LETTERS, Beginnings, Ends, Match, beginnings, ends_of, search
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
# What a piece begins with where a space in it stands for any white space in a line, as in a word:
# one that is found only as the first word of a line, and one that is found anywhere. White space
# but the simple space is no part of a piece otherwise.
FIRST = b"\n"
ANYWHERE = b"\t"
_SIGNS = FIRST + ANYWHERE

_START, _END, _END_AND_START = itemgetter(1), itemgetter(2), itemgetter(1, 0)
_AS_SPAN = partial(tuple.__new__, Span)  # a quarter of the time of calling `Span`
_PLURAL = re.compile(rb"e?s(?![a-z])")  # in a folded text

_SPACE = re.compile(" ")
_SHORT = 20_000  # code points of a text that is searched as quickly as it is looked at
_MANY = 100  # short texts after which it pays to know what is around the spaces of all words
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
    those of pieces, of which the first have spaces that stand for any white space. See `table`,
    which makes it.
    """

    keys: Sequence[bytes]
    ends: Ends  # how each key begins and ends
    owners: Sequence[Sequence[str | bytes]]  # for each key, the literals that it finds
    words: int  # the number of keys of words
    loose: int  # the number of keys whose spaces stand for any white space
    gaps: bool  # whether the piece `GAP` is asked for
    beginnings: Beginnings | None = None  # of the words, if they are many


def table(words: Iterable[str], pieces: Iterable[bytes] = ()) -> Table:
    """Prepare literals for the search.

    Args:
        words: forms as a person writes them, which are found between name boundaries.
        pieces: UTF-8, found at any place: in any case if all their ASCII letters are small, or else
            only as they are written. See also `FIRST` and `ANYWHERE`. A piece may be the first
            bytes of a character: that is how "any Hangul syllable" is searched for.
    """
    owners: dict[bytes, list[str | bytes]] = {}
    for word in dict.fromkeys(words):
        for key in search_keys(word):
            owners.setdefault(key, []).append(word)
    wanted = sorted(dict.fromkeys(pieces), key=_is_strict)
    spellings: dict[bytes, list[str | bytes]] = {}
    for piece in wanted:
        if piece not in (ANYTHING, GAP):
            spellings.setdefault(_key(piece), []).append(piece)
    keys = sorted(owners)
    every = [*keys, *spellings]
    loose = {_key(piece) for piece in wanted if not _is_strict(piece)}
    return Table(
        keys=every,
        ends=ends_of(every),
        owners=[*map(owners.__getitem__, keys), *spellings.values()],
        words=len(keys),
        loose=len(keys) + len(loose),
        gaps=GAP in wanted,
        beginnings=beginnings(keys),
    )


def with_words(known: Table, words: Iterable[str]) -> Table:
    """Return a table that finds these words, too.

    It says what `table` would say of all words and pieces together, in a small part of the time.

    >>> with_words(table(["Ma Yun"], [b"%"]), ["Xi"]) == table(["Ma Yun", "Xi"], [b"%"])
    True
    """
    keys, owners = list(known.keys), list(known.owners)
    firsts, lasts = list(known.ends.firsts), list(known.ends.lasts)
    number = known.words
    for word in dict.fromkeys(words):
        for key in search_keys(word):
            at = bisect_left(keys, key, 0, number)
            if at < number and keys[at] == key:
                if word not in owners[at]:
                    owners[at] = [*owners[at], word]
                continue
            keys.insert(at, key)
            owners.insert(at, [word])
            ends = ends_of([key])
            firsts[at:at], lasts[at:at] = ends.firsts, ends.lasts
            number += 1
    return known._replace(
        keys=keys,
        ends=Ends(firsts, lasts),
        owners=owners,
        words=number,
        loose=known.loose + number - known.words,
        beginnings=beginnings(keys[:number]),
    )


class Literals:
    """A search for the literals of a table. It serves any number of texts."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._search = (
            search(table.keys, table.ends, table.loose, table.beginnings) if table.keys else None
        )
        self._meanings: dict[int, _Meaning] = {}  # of the keys that were met
        self._short_texts = 0  # that were searched across quotation marks

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
            folded = self._folded(part.of(text))
            gaps = folded.gaps if self._table.gaps else []
            matches = self._matches(folded)
            for literal, spans in self._map_back(folded, gaps, matches, part.start).items():
                found.setdefault(literal, []).extend(spans)
        for word, hidden in self._find_hidden(text).items():
            found[word] = sorted({*found.get(word, ()), *hidden})
        return found

    def _folded(self, text: str) -> Folded:
        """Return the folded copy of a part of a text, with runs of spaces if that will do."""
        search = self._search
        runs = search is not None and not self._table.gaps and search.sees_runs(len(text))
        return Folded(text, runs=runs)

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
                    cut = [span for span in spans if seen.is_cut(span)]
                    if cut:
                        there = (seen.origin(span).moved(part.start) for span in cut)
                        quoted.setdefault(word, []).extend(there)
        return quoted

    def _cuts_inside_words(self, seen: Seen) -> Iterator[int]:
        """Yield the places where a quotation mark was removed, but for those inside no word.

        White space is beside each of them. In a long text, or in many, it is worthwhile to look at
        what is around it, because it is rarely inside a word.
        """
        text = seen.text
        self._short_texts += len(text) < _SHORT
        # A letter that is composed with the accent behind it is another one in a word.
        is_composed = unicodedata.is_normalized("NFC", text)
        is_short = len(text) < _SHORT and self._short_texts < _MANY
        if is_short or self._table.beginnings or not is_composed:
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
        return [match for match in self._matches(folded) if match[0] < self._table.words]

    def _matches(self, folded: Folded) -> Sequence[Match]:
        """Return all matches in a folded text, ordered by their end."""
        if self._search is None:
            return ()
        return self._search.matches(folded.data, folded.is_one_space)

    def _map_back(
        self, folded: Folded, gaps: Sequence[int], matches: Sequence[Match], begin: int = 0
    ) -> dict[str | bytes, list[Span]]:
        """Return the spans in the text of gaps and matches in a folded part of it, by literal.

        The part begins at `begin`. Words that are a part of another word are left out.
        """
        by_key: defaultdict[int, list[Match]] = defaultdict(list)
        for match in matches:
            by_key[match[0]].append(match)
        meant: list[_Meant] = []
        for key, found_there in by_key.items():
            meant += self._meant(key, found_there, folded)
        meant.sort(key=_first_end_and_start)
        if gaps:
            meant.insert(0, _Meant((GAP,), [(-1, gap, gap + 1) for gap in gaps], 0))
        return _spans(folded, meant, begin)

    def _meant(self, key: int, matches: Sequence[Match], folded: Folded) -> Iterator[_Meant]:
        """Yield the literals that the matches of a key find, and which of the matches find them."""
        meaning = self._meanings.get(key)
        if meaning is None:
            owners, data = self._table.owners[key], self._table.keys[key]
            meaning = self._meanings[key] = _meaning(owners, data)
        if key < self._table.words:
            matches = _without_parts_of_words(matches, folded.data)
        if meaning.always and matches:
            yield _Meant(meaning.always, matches, meaning.length)
        for literal, demand in meaning.demands:
            there = demand.met(matches, folded)
            if there:
                yield _Meant((literal,), there, meaning.length)


class _Meant(NamedTuple):
    """Literals, the matches that find them, and their length as in `_Meaning`."""

    literals: Sequence[str | bytes]
    matches: Sequence[Match]
    length: int


def _first_end_and_start(meant: _Meant) -> tuple[int, int]:
    _, start, end = meant.matches[0]
    return end, start


def _spans(folded: Folded, meant: Sequence[_Meant], begin: int) -> dict[str | bytes, list[Span]]:
    """Return where literals are in a text, given the matches in a folded part of it.

    What can be done for a whole list is not done one by one: there are thousands of matches.
    """
    starts: list[int] = []
    ends: list[int] = []  # of those whose length is not known
    for _, matches, length in meant:
        starts += map(_START, matches)
        if not length:
            ends += map(_END, matches)
    points = folded.code_points([*starts, *ends])
    firsts, lasts = iter(points), islice(points, len(starts), None)
    found: dict[str | bytes, list[Span]] = {}
    for literals, matches, length in meant:
        first = [begin + at for at in islice(firsts, len(matches))]
        if length:
            last = [at + length for at in first]
        else:
            last = [begin + at for at in islice(lasts, len(matches))]
        spans = list(map(_AS_SPAN, zip(first, last, strict=True)))
        for literal in literals:
            known = found.get(literal)
            found[literal] = sorted([*known, *spans], key=_END_AND_START) if known else spans
    return found


class _Demand(NamedTuple):
    """What a piece demands of the place where it is found.

    Attributes:
        first: whether it must be the first word of its line.
        written: how it must be written; empty if the case does not count.
    """

    first: bool
    written: bytes

    def met(self, matches: Sequence[Match], folded: Folded) -> Sequence[Match]:
        """Return the matches in a folded text that are as demanded.

        White space around a piece may be longer in the text. Inside of it, it is as in the piece: a
        pattern that requires a space matches nothing else.
        """
        if self.written:
            written = self.written
            matches = [match for match in matches if folded.writes(written, match[1], match[2])]
        if self.first:
            matches = [match for match in matches if folded.is_first_in_line(match[1])]
        return matches


class _Meaning(NamedTuple):
    """What a key means.

    Attributes:
        always: the literals that are found wherever it is.
        demands: the other literals, and what they demand.
        length: how long the text is that it finds; 0 if that may differ from place to place. Where
            ASCII without a space is found, the text is as long as it is in the folded copy.
    """

    always: Sequence[str | bytes]
    demands: Sequence[tuple[bytes, _Demand]]
    length: int


def _meaning(literals: Iterable[str | bytes], key: bytes) -> _Meaning:
    """Return what a key means that finds these literals."""
    always: list[str | bytes] = []
    demands: list[tuple[bytes, _Demand]] = []
    for literal in literals:
        if isinstance(literal, str) or literal == key:
            always.append(literal)
        else:
            text = literal.lstrip(_SIGNS)
            demand = _Demand(literal.startswith(FIRST), b"" if text == key else text)
            demands.append((literal, demand))
    is_as_long = key.isascii() and b" " not in key
    return _Meaning(always, demands, len(key) if is_as_long else 0)


def _key(piece: bytes) -> bytes:
    """Return the bytes to search a folded text for in order to find a piece."""
    return piece.lstrip(_SIGNS).lower()


def _is_strict(piece: bytes) -> bool:
    """Return whether a space in a piece stands for nothing but a space."""
    return not piece.startswith((FIRST, ANYWHERE))


def _without_parts_of_words(matches: Sequence[Match], data: bytes) -> Sequence[Match]:
    """Drop matches of a word that have an ASCII letter beside them in the folded text.

    The ending of a plural does not count. This costs little and drops nearly all parts of longer
    words. The exact check of the boundaries, which knows hyphens, accents and other scripts, then
    has little to do.
    """
    kept: list[Match] = []
    for match in matches:
        _, start, end = match
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
