"""One block of text while it is read: the pieces that a reader adds, and what it says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from cleaner.text.edits import Span
from cleaner.text.layout import BlockKind, Layout
from cleaner.text.sourcemap import SourceEdit, Spell, Way

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for a picture or a placeholder in the text

# Returns edits of the source, all inside one block, as they have to be: in some formats it depends
# on what stands beside new text whether it is read as text. Raises UnwritableError if it never is.
Settle: TypeAlias = Callable[[Sequence[SourceEdit]], Sequence[SourceEdit]]


def as_it_is(text: str) -> str:
    """Spell a text as it is."""
    return text


class Part(NamedTuple):
    """A part of a passage: what a reader sees, and where it stands in the source."""

    text: str
    source: Span
    way: Way
    spell: Spell
    locked: bool
    collapses: bool  # whether it is white space that a reader does not see at the end

    def continues(self, last: Part) -> bool:
        """Return whether it is one piece with the part before it."""
        return (
            self.way is last.way is Way.VERBATIM
            and self.source.start == last.source.end
            and self.spell == last.spell
            and self.locked == last.locked
        )


class Passage:
    """One block of text while it is read.

    Attributes:
        kind: what the block is; None means running text that tells it by itself.
        enclosure: what is deleted from the source with the whole block, for example the element
            from its start tag to its end tag. None means that the block must not be deleted. It
            may be set at any time before the document is made.
        gap: white space behind the enclosure that is deleted with it if nothing is left before it.
        label: says where it is, in words that a person understands: “cue 4”.
        number: in formats whose lines nobody sees, the number of the block in its member; a place
            in it is said by this number instead of its line.
        language: the language that it is declared to be in, "" if none is.
        spell: spells what is written into this passage, from the next piece on.
        locked: whether the pieces that are added from now on must not be changed.
        settle: returns the edits of the source that make one edit of the text as they have to be
            beside what stands there; see `Settle`.
        check: is given the source of the block before and after edits, and the text that the latter
            should read as; it raises `UnwritableError` if it does not, or if markup would change.
            It may be left out where what `spell` writes is text, whatever is beside it.
        trimmed: the characters that are no part of the text at its beginning and its end, such as
            a line break, so that no edit may bring one there.
        inner: makes the layout of the text in the block, if that is a text of several blocks.
    """

    def __init__(
        self,
        kind: BlockKind | None,
        enclosure: Span | None,
        label: str,
        number: int,
        spell: Spell,
    ) -> None:
        self.kind = kind
        self.enclosure = enclosure
        self.label = label
        self.number = number
        self.language = ""
        self.spell = spell
        self.locked = False
        self.gap: Span | None = None
        self.settle: Settle | None = None
        self.check: Callable[[str, str, str], None] | None = None
        self.trimmed = ""
        self.inner: Callable[[str], Layout] | None = None
        self._parts: list[Part] = []

    def verbatim(self, source: str, span: Span) -> None:
        """Add text that stands in the source as it is. The spans of a passage must be in order."""
        if span.start == span.end:
            return
        last = self._parts[-1] if self._parts else None
        if (
            last
            and last.way is Way.VERBATIM
            and last.source.end == span.start
            and (last.spell, last.locked, last.collapses) == (self.spell, self.locked, False)
        ):
            whole = Span(last.source.start, span.end)
            self._parts[-1] = last._replace(text=whole.of(source), source=whole)
            return
        self._add(span.of(source), span, Way.VERBATIM)

    def spelled(self, span: Span, text: str) -> None:
        """Add text that the source spells in another way, such as `&` for `&amp;`."""
        if text:
            self._add(text, span, Way.SPELLED)

    def fixed(self, span: Span, text: str) -> None:
        """Add what stands for a tag that must stay: a line break, or `OBJECT`."""
        self._add(text, span, Way.FIXED)

    def space(self, source: str, span: Span) -> None:
        """Add white space that a reader sees as one space, and not at all where a line begins."""
        if not self._parts or self._parts[-1].text[-1:] in {" ", "\n"}:
            return
        way = Way.VERBATIM if span.of(source) == " " else Way.SPELLED
        self._parts.append(Part(" ", span, way, self.spell, self.locked, collapses=True))

    def _add(self, text: str, span: Span, way: Way) -> None:
        self._parts.append(Part(text, span, way, self.spell, self.locked, collapses=False))

    def take(self) -> Sequence[Part]:
        """Return what was added, without white space at the end that nobody sees.

        Nothing of it is kept, since a long source has a lot of parts.
        """
        parts, self._parts = self._parts, []
        while parts and parts[-1].collapses:
            parts.pop()
        return parts

    @property
    def is_visible(self) -> bool:
        """Whether a reader sees any text in it."""
        return any(part.text.replace(OBJECT, "").strip() for part in self._parts)
