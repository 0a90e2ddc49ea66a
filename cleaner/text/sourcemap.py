"""The way back from the text that a reader sees to the source of a file.

The text is made of pieces. A piece stands in the source verbatim, or is spelled in another way
(`&rsquo;` for a mark, a line break with the marker of a quote behind it). What is between two
pieces in the source is structure: tags, markers, timings. Edits of the text become edits of the
source that touch pieces only, so the structure stays.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from cleaner.text.edits import Edit, Span, same_ends

# A function that spells a text as the source does: & as &amp;, for example.
Spell: TypeAlias = Callable[[str], str]

_WAYS = 4  # to write an edit that are tried; names are seldom in more than three pieces
_MOST = 1_000_000  # pairs of characters that difflib may compare


class Way(Enum):
    """How a piece of the text stands in the source."""

    VERBATIM = "verbatim"  # character for character
    SPELLED = "spelled"  # in another way, and may be changed
    FIXED = "fixed"  # as a tag, such as <br>, which must stay


class Piece(NamedTuple):
    """A part of the text and where it stands in the source.

    Attributes:
        text: its span in the text; it is not empty.
        source: its span in the source.
        way: how it stands there.
        spell: spells what is written in its place.
    """

    text: Span
    source: Span
    way: Way
    spell: Spell


class Frame(NamedTuple):
    """A part of the source that is respelled as a whole when the text in it changes.

    Attributes:
        source: its span, for example that of the value of an attribute with its quotation marks.
        respell: returns the part as it has to be, given the part with the new text in it.
    """

    source: Span
    respell: Callable[[str], str]


class SourceEdit(NamedTuple):
    """Replace `span` of the source, in code points, by `replacement`."""

    span: Span
    replacement: str


class UnwritableError(ValueError):
    """An edit of the text cannot be written into the source."""


def apply_to_source(source: str, edits: Iterable[SourceEdit]) -> str:
    """Return the source after edits, which must be sorted and must not overlap.

    >>> apply_to_source("<p>Marwin</p>", [SourceEdit(Span(3, 9), "Ma Yun")])
    '<p>Ma Yun</p>'
    """
    written: list[str] = []
    end = 0
    for (start, stop), replacement in edits:
        written += (source[end:start], replacement)
        end = stop
    return "".join((*written, source[end:]))


class SourceMap:
    """Where each part of a text stands in its source.

    Args:
        text: the text.
        source: the source.
        pieces: the pieces of the text in order. Between two of them the text may have characters
            that stand in no source (the blank line between two blocks).
        frames: the frames, sorted; none overlaps another.
    """

    def __init__(
        self, text: str, source: str, pieces: Sequence[Piece], frames: Sequence[Frame] = ()
    ) -> None:
        self.source = source
        self._text = text
        self._pieces = pieces
        self._starts = [piece.text.start for piece in pieces]
        self._frames = frames

    def edits(self, edits: Iterable[Edit]) -> Iterator[SourceEdit]:
        """Yield the edits of the source that make these edits of the text; no frame is respelled.

        Each edit must stay inside one block. Characters that do not differ stay in their piece.

        Raises:
            UnwritableError: an edit would change what is fixed, or what stands in no source.
        """
        for edit in edits:
            yield from self._way(edit, 0)

    def ways(self, edit: Edit) -> Iterator[Sequence[SourceEdit]]:
        """Yield edits of the source that make an edit inside a block, the best ones first.

        They differ in the pieces in which new text is written.

        Raises:
            UnwritableError: see `edits`.
        """
        known: list[Sequence[SourceEdit]] = []
        for number in range(_WAYS):
            way = list(self._way(edit, number))
            if way not in known:
                known.append(way)
                yield way

    def _way(self, edit: Edit, number: int) -> Iterator[SourceEdit]:
        """Yield the edits of the source for an edit, in one of several ways."""
        for there, replacement in _changes(edit.span.of(self._text), edit.replacement):
            span = there.moved(edit.span.start)
            if span.start < span.end:
                yield from self._change(span, replacement, number)
            else:
                is_first = span.start == edit.span.start < edit.span.end
                before_word = is_first != (number == 1)
                yield self._insertion(span.start, replacement, before_word=before_word)

    def _change(self, span: Span, replacement: str, number: int) -> Iterator[SourceEdit]:
        """Yield the source edits that replace one span, all of whose characters differ.

        The new text stands in one piece: the first way is the one that had most of the old text.
        In the second way each character stands in the place of an old one, if there are as many. In
        the last way a space at its beginning stands in the piece before.
        """
        shares = list(self._shares(span))
        if sum(share.end - share.start for share, _ in shares) < span.end - span.start:
            raise UnwritableError("this is the blank line between two blocks")
        homes = sorted((share for share, _ in shares), key=lambda share: share.start - share.end)
        is_aligned = number == 1 and len(replacement) == span.end - span.start
        home = homes[min(number, len(homes) - 1)]
        if number == _WAYS - 1 and replacement[:1] == " ":
            before = self._insertion(span.start, " ", before_word=False)
            if before.span.end < self.origin(span.start):  # it is in another piece
                yield before
                replacement = replacement[1:]
        for share, piece in shares:
            if is_aligned:  # each character in the place of an old one
                new = share.moved(-span.start).of(replacement)
            else:
                new = replacement if share == home else ""
            yield self._rewritten(piece, share, new)

    def _shares(self, span: Span) -> Iterator[tuple[Span, Piece]]:
        """Yield the pieces that a span of the text touches, each with the part that it touches."""
        number = max(bisect_right(self._starts, span.start) - 1, 0)
        while number < len(self._pieces) and self._pieces[number].text.start < span.end:
            piece = self._pieces[number]
            start, end = max(piece.text.start, span.start), min(piece.text.end, span.end)
            if start < end:
                yield Span(start, end), piece
            number += 1

    def _rewritten(self, piece: Piece, share: Span, new: str) -> SourceEdit:
        """Return the source edit that replaces a part of a piece."""
        if piece.way is Way.FIXED:
            raise UnwritableError("a tag stands there")
        if piece.way is Way.VERBATIM:
            shift = piece.source.start - piece.text.start
            return SourceEdit(Span(share.start + shift, share.end + shift), piece.spell(new))
        head = Span(piece.text.start, share.start).of(self._text)
        tail = Span(share.end, piece.text.end).of(self._text)
        return SourceEdit(piece.source, piece.spell(head + new + tail))

    def _insertion(self, at: int, new: str, *, before_word: bool) -> SourceEdit:
        """Return the source edit that inserts a text: behind the piece before it, if it can.

        What comes before a word that stays (Jack before Ma) is inserted into the piece of the word.
        """
        number = bisect_left(self._starts, at)
        before = self._pieces[number - 1] if number else None
        if before and at < before.text.end:  # inside a piece
            if before.way is Way.VERBATIM:
                place = at - before.text.start + before.source.start
                return SourceEdit(Span(place, place), before.spell(new))
            return self._rewritten(before, Span(at, at), new)
        if before and before.text.end < at:
            before = None
        behind = self._pieces[number] if number < len(self._pieces) else None
        if behind and at < behind.text.start:
            behind = None
        if before_word and behind and behind.way is not Way.FIXED:
            before = None
        if before and before.way is not Way.FIXED:
            return SourceEdit(Span(before.source.end, before.source.end), before.spell(new))
        if behind and behind.way is not Way.FIXED:
            return SourceEdit(Span(behind.source.start, behind.source.start), behind.spell(new))
        raise UnwritableError("there is no text beside the place")

    def framed(self, edits: Iterable[SourceEdit], most: int | None = None) -> list[SourceEdit]:
        """Return edits of the source in order, with every frame respelled in which they are.

        A frame with more than `most` code points stays as it is.
        """
        in_order = sorted(edits, key=attrgetter("span"))
        framed: list[SourceEdit] = []
        at = 0
        while at < len(in_order):
            frame = self._frame_around(in_order[at].span)
            if frame is None or (most is not None and frame.source.end - frame.source.start > most):
                framed.append(in_order[at])
                at += 1
                continue
            end = at
            while end < len(in_order) and frame.source.covers(in_order[end].span):
                end += 1
            shift = frame.source.start
            inside = [_moved(edit, -shift) for edit in in_order[at:end]]
            old = frame.source.of(self.source)
            new = frame.respell(apply_to_source(old, inside))
            framed += [_moved(edit, shift) for edit in _smallest(old, new)]
            at = end
        return framed

    def _frame_around(self, span: Span) -> Frame | None:
        starts = bisect_right(self._frames, span.start, key=lambda frame: frame.source.start)
        frame = self._frames[starts - 1] if starts else None
        return frame if frame and frame.source.covers(span) else None

    def origin(self, at: int) -> int:
        """Return where in the source the code point `at` of the text stands.

        For the blank line between two blocks, and for the end of the text, it is the end of the
        piece before it.
        """
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return self._pieces[0].source.start if self._pieces else 0
        piece = self._pieces[number]
        if at >= piece.text.end:
            return piece.source.end
        if piece.way is Way.VERBATIM:
            return at - piece.text.start + piece.source.start
        return piece.source.start

    def end(self, at: int) -> int:
        """Return where in the source the character before the code point `at` ends."""
        piece = self._pieces[max(bisect_left(self._starts, at) - 1, 0)]
        if piece.way is Way.VERBATIM and at < piece.text.end:
            return at - piece.text.start + piece.source.start
        return piece.source.end

    def within(self, source: Span) -> list[Span]:
        """Return the spans of the text that stand in a span of the source, in order.

        Spans with nothing but a blank line between them are one.
        """
        found: list[Span] = []
        for piece in self._standing_in(source):
            start, end = piece.text
            if piece.way is Way.VERBATIM:
                start += max(source.start - piece.source.start, 0)
                end -= max(piece.source.end - source.end, 0)
            if found and not Span(found[-1].end, start).of(self._text).strip():
                found[-1] = Span(found[-1].start, end)
            else:
                found.append(Span(start, end))
        return found

    def _standing_in(self, source: Span) -> Iterable[Piece]:
        """Return the pieces of which a span of the source has a part, in the order of the text.

        In a text without gaps the first and the last of them are enough: thousands of comments may
        each reach to the end of the text.
        """
        pieces = self._in_source
        first = bisect_left(pieces, source.start, key=lambda piece: piece.source.end)
        behind = bisect_right(pieces, source.end, key=lambda piece: piece.source.start)
        while first < behind and not source.overlaps(pieces[first].source):
            first += 1
        while first < behind and not source.overlaps(pieces[behind - 1].source):
            behind -= 1
        if self._has_no_gaps and behind - first > 2:
            return [pieces[first], pieces[behind - 1]]
        overlapping = (piece for piece in pieces[first:behind] if source.overlaps(piece.source))
        return sorted(overlapping, key=attrgetter("text"))

    @cached_property
    def _has_no_gaps(self) -> bool:
        """Whether the pieces have the order of the text, and nothing visible is between them."""
        between = [Span(one.text.end, other.text.start) for one, other in pairwise(self._in_source)]
        return all(gap.start <= gap.end and not gap.of(self._text).strip() for gap in between)

    @cached_property
    def _in_source(self) -> Sequence[Piece]:
        """The pieces in the order of the source, in which none overlaps another."""
        return sorted(self._pieces, key=attrgetter("source"))

    def structure(self, deleted: Iterable[Span] = ()) -> str:
        """Return the source without its text, without frames, and without what was deleted."""
        covered = [*deleted, *(frame.source for frame in self._frames)]
        covered += [piece.source for piece in self._pieces]
        kept: list[str] = []
        end = 0
        for start, stop in sorted(covered):
            kept.append(self.source[end:start])
            end = max(end, stop)
        return "".join((*kept, self.source[end:]))


def _moved(edit: SourceEdit, by: int) -> SourceEdit:
    return edit._replace(span=edit.span.moved(by))


def _smallest(old: str, new: str) -> list[SourceEdit]:
    """Return the edit that makes one text of another, without what both begin and end with.

    >>> _smallest("Marwin", '"Ma Yun"')
    [SourceEdit(span=Span(start=0, end=6), replacement='"Ma Yun"')]
    """
    if old == new:
        return []
    head, tail = same_ends(old, new)
    return [SourceEdit(Span(head, len(old) - tail), new[head : len(new) - tail])]


def _changes(old: str, new: str) -> Iterator[tuple[Span, str]]:
    """Yield the spans of a text that differ from another one, each with what is there instead.

    >>> list(_changes("Marwin", "Ma Yun"))
    [(Span(start=2, end=5), ' Yu')]
    """
    from difflib import SequenceMatcher  # plain text never comes here

    head, tail = same_ends(old, new)
    ours, theirs = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(ours) * len(theirs) > _MOST:
        yield Span(head, len(old) - tail), theirs
        return
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield Span(head + start, head + end), theirs[new_start:new_end]
