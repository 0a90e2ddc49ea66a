"""How new text is written in Markdown so that it is read as text and not as markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from cleaner.formats.markdown.blocks import Block
from cleaner.formats.markdown.inlines import ENTITY, PUNCTUATION, Mark, decoded
from cleaner.text.characters import LINE_END
from cleaner.text.edits import Span
from cleaner.text.passage import Part
from cleaner.text.sourcemap import SourceEdit, Spell, UnwritableError, Way, apply_to_source

_TYPOGRAPHIC = frozenset(
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"
    "\N{RIGHT DOUBLE QUOTATION MARK}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}"
)
# What is another character when it is read, wherever it stands.
_SPELLED = re.compile(rf"\\(?=[{PUNCTUATION}\r\n]|\Z)|&(?={ENTITY.pattern[1:]})|\n|[^\0-\x7f]|\|")
_MARKUP = frozenset("*_`~[]()<>&\\!|$#")  # what may be markup, or decide what is
_MAY_BE_MARKUP = re.compile(rf"(?P<done>\\.|{ENTITY.pattern})|[*_`~\[\]<&!#]", re.DOTALL)
# The beginning of a line that begins a block, up to the character that makes it one. Where the
# whole line decides that, it is the group "line".
_BLOCK_BEGINS = re.compile(
    r"""
      \d{1,9}[.)] (?= \s|\Z ) | [-+*] (?= \s|\Z ) | \# (?= \#{0,5} (?: \s|\Z ) ) | >
    | (?P<line> = (?= =*\s*\Z ) | [-_*] (?= [-_*\ ]*\Z ) | : (?= [-:|\ ]*\Z ) )
    | ` (?= `` ) | ~ (?= ~~ )
    | \[ (?= [^\]]*\]: ) | < (?= [A-Za-z/!?] )
    """,
    re.VERBOSE,
)
_LINE_BREAK = re.compile(r"(?:\r\n?|\n)[ \t>]*+")
_READ_BACK = re.compile(rf"\\[{PUNCTUATION}]|{ENTITY.pattern}|{_LINE_BREAK.pattern}")
_MARKERS = frozenset("0123456789+-=:#")  # with which what begins a block may begin
_LONGEST_MARKER = 12  # code points, as in a list from number 123456789 on
_CLOSES_HEADING = re.compile(r"(?:\A|(?<=[ \t]))#+[ \t]*\Z")
_FAR = 1_000  # code points beside an edit in which markup is looked for


class Speller:
    """Spells new text in a block.

    Typographic marks are written as entities if the block writes all of them so.

    Args:
        source: the whole source.
        raw: the source of the block without the markers of quotes and lists.
        block: the block.
    """

    def __init__(self, source: str, raw: str, block: Block) -> None:
        self._source, self._raw, self._block = source, raw, block

    def __call__(self, text: str) -> str:
        """Spell a text.

        Raises:
            UnwritableError: it has a line break, and no line can begin there.
        """
        return _SPELLED.sub(self._spelled, text)

    def _spelled(self, found: re.Match[str]) -> str:
        char = found.group()
        if char == "\n":
            return self._line_break()
        if not char.isascii():
            return _entity(char, self._model) if char in _TYPOGRAPHIC and self._model else char
        return char if char == "|" and self._block.type != "td_open" else f"\\{char}"

    @cached_property
    def _model(self) -> str:
        """The first entity of the block for a typographic mark; "" if it has such marks itself."""
        if not _TYPOGRAPHIC.isdisjoint(self._raw):
            return ""
        entities = (found.group() for found in ENTITY.finditer(self._raw))
        return next((entity for entity in entities if decoded(entity) in _TYPOGRAPHIC), "")

    def _line_break(self) -> str:
        """Return what begins a new line in the block."""
        lines, source = self._block.lines, self._source
        if len(lines) > 1:
            end = LINE_END.search(source, *lines[0])
            if end:
                return source[end.start() : lines[1].start]
        start = self._block.span.start
        if self._block.type != "paragraph_open" or source[start - 1 : start] not in {
            "",
            "\r",
            "\n",
        }:
            raise UnwritableError("no line can begin there")
        end = LINE_END.search(source)
        return end.group() if end else "\n"


def as_entity(model: str, usual: Spell) -> Spell:
    """Return what spells text in the place of an entity: signs beyond ASCII as entities too."""

    def spell(text: str) -> str:
        return "".join(usual(c) if c.isascii() else _entity(c, model) for c in text)

    return spell


def _entity(char: str, model: str) -> str:
    """Spell a character as an entity, in the manner of another one.

    >>> _entity("‘", "&rsquo;"), _entity("‘", "&#8217;"), _entity("‘", "&#x2019;")
    ('&lsquo;', '&#8216;', '&#x2018;')
    """
    from html.entities import codepoint2name

    if model[1:3] in {"#x", "#X"}:
        return f"&{model[1:3]}{ord(char):{'X' if model.isupper() else 'x'}};"
    name = codepoint2name.get(ord(char))
    return f"&#{ord(char)};" if model[1] == "#" or name is None else f"&{name};"


class Seen(NamedTuple):
    """What a reader sees of a block: its marks, its locked spans, and the parts of its text."""

    marks: Sequence[Mark]
    locked: Sequence[Span]
    parts: Sequence[Part]

    def text(self, start: int, end: int) -> str:
        """Return the text that stands between two places in the source."""
        inside = Span(start, end)
        shown: list[str] = []
        for part in self.parts:
            if inside.covers(part.source):
                shown.append(part.text)
            elif part.way is Way.VERBATIM and inside.overlaps(part.source):
                low = max(start - part.source.start, 0)
                shown.append(part.text[low : max(end - part.source.start, 0)])
        return "".join(shown)


class Settling:
    """Makes sure that the edits of a block are read as text.

    Args:
        raw: the source of the block without the markers of quotes and lists.
        block: the block.
        is_delicate: whether any word may be the label of a link.
        look: returns what a reader sees of such a source, or of a part of it.
    """

    def __init__(
        self, raw: str, block: Block, look: Callable[[str], Seen], *, is_delicate: bool
    ) -> None:
        self._raw, self._start, self._look = raw, block.span.start, look
        self._is_heading = block.type == "heading_open"
        self._is_delicate = is_delicate
        self._looked_at: tuple[str, Seen] | None = None  # the latest part that an edit is in

    def __call__(self, edits: Sequence[SourceEdit]) -> Sequence[SourceEdit]:
        """Return edits of the source of the block as they have to be.

        Characters are escaped only if they would be markup without.

        Raises:
            UnwritableError: markup would come or go whatever is escaped.
        """
        inside = [_moved(edit, -self._start) for edit in edits]
        if not self._is_delicate and all(map(self._is_harmless, inside)):
            return edits
        for candidate in (inside, [_escaped(edit) for edit in inside]):
            settled = [self._at_line_start(edit) for edit in candidate]
            if self._keeps_markup(settled):
                return [_moved(edit, self._start) for edit in settled]
        raise UnwritableError("it would be markup there")

    def _is_harmless(self, edit: SourceEdit) -> bool:
        """Return whether an edit certainly makes no markup and breaks none."""
        (start, end), replacement = edit
        raw = self._raw
        there = raw[max(start - 1, 0) : end + 1]
        if not _MARKUP.isdisjoint(there) or not _MARKUP.isdisjoint(replacement):
            return False
        beside = (raw[max(start - 1, 0) : start], raw[end : end + 1])
        is_edge = any(not char or char.isspace() for char in beside)
        if is_edge and replacement.strip() != (replacement or " "):
            return False  # white space that a reader may not see
        if _has_line_end(replacement + edit.span.of(raw)):
            return False
        begun = raw[max(start - _LONGEST_MARKER, 0) : start]
        begun = begun[_line_start(begun, len(begun)) :].lstrip()
        if begun:
            return begun[0] not in _MARKERS
        return replacement[:1].isalpha()  # a word begins the line, and no block

    def _is_at_line_start(self, at: int) -> bool:
        while at and self._raw[at - 1] in " \t":
            at -= 1
        return not at or self._raw[at - 1] in "\r\n"

    def _at_line_start(self, edit: SourceEdit) -> SourceEdit:
        """Return an edit that begins no block at the beginning of a line."""
        (start, end), new = edit
        if not new or not self._is_at_line_start(start):
            return edit
        rest = re.match("[^\r\n]*", self._raw[end : end + _FAR])
        begins = _BLOCK_BEGINS.match(new + (rest.group() if rest else ""))
        if begins and begins.end() <= len(new):
            new = f"{new[: begins.end() - 1]}\\{new[begins.end() - 1 :]}"
        return edit._replace(replacement=new)

    def _keeps_markup(self, edits: Sequence[SourceEdit]) -> bool:
        """Return whether edits leave all markup as it is, and make none."""
        low = max(min(edit.span.start for edit in edits) - _FAR, 0)
        high = max(edit.span.end for edit in edits) + _FAR
        old = self._raw[low:high]
        edits = [_moved(_without_markers(edit), -low) for edit in edits]
        new = apply_to_source(old, edits)
        written = list(_written(edits))
        if self._is_heading and high > len(self._raw) and _CLOSES_HEADING.search(new):
            return False
        if not all(map(partial(_are_lines_of_text, old, new), edits, written)):
            return False
        before, after = self._seen_before(old), self._look(new)
        kept = _moved_marks(before.marks, edits)
        if list(kept) != [mark for mark in after.marks if not _is_spelling(mark, written)]:
            return False
        if [mark.span for mark in _moved_marks(map(Mark, before.locked), edits)] != after.locked:
            return False
        expected: list[str] = []
        at = 0
        for (start, end), replacement in edits:
            expected += (before.text(at, start), _read_back(replacement))
            at = end
        expected.append(before.text(at, len(old)))
        return after.text(0, len(new)) == "".join(expected)

    def _seen_before(self, old: str) -> Seen:
        """Return what a reader sees without edits: of a short block the same for each of them."""
        if self._looked_at is None or self._looked_at[0] != old:
            self._looked_at = old, self._look(old)
        return self._looked_at[1]


def _moved(edit: SourceEdit, by: int) -> SourceEdit:
    return edit._replace(span=edit.span.moved(by))


def _without_markers(edit: SourceEdit) -> SourceEdit:
    """Return an edit with spaces for the markers of quotes at the beginning of its lines."""
    if not _has_line_end(edit.replacement):
        return edit
    new = _LINE_BREAK.sub(lambda found: found.group().replace(">", " "), edit.replacement)
    return edit._replace(replacement=new)


def _read_back(spelled: str) -> str:
    """Return what new text is when it is read.

    >>> _read_back(r"\\*so\\* &lsquo;")
    '*so* ‘'
    """
    return _READ_BACK.sub(_read_character, spelled)


def _read_character(found: re.Match[str]) -> str:
    there = found.group()
    if there[0] == "\\":
        return there[1]
    return decoded(there) or there if there[0] == "&" else "\n"


def _has_line_end(text: str) -> bool:
    return "\n" in text or "\r" in text


def _escaped(edit: SourceEdit) -> SourceEdit:
    """Return an edit with everything escaped that may be markup."""

    def escape(found: re.Match[str]) -> str:
        return found.group() if found.group("done") else f"\\{found.group()}"

    return edit._replace(replacement=_MAY_BE_MARKUP.sub(escape, edit.replacement))


def _written(edits: Iterable[SourceEdit]) -> Iterator[Span]:
    """Yield where the replacements of edits stand when all are made."""
    shift = 0
    for (start, end), replacement in edits:
        yield Span(start + shift, start + shift + len(replacement))
        shift += len(replacement) - (end - start)


def _moved_marks(marks: Iterable[Mark], edits: Sequence[SourceEdit]) -> Iterator[Mark]:
    """Yield the marks that edits do not touch, where they stand when all edits are made."""
    number = shift = 0
    for mark in marks:
        while number < len(edits) and edits[number].span.end <= mark.span.start:
            (start, end), replacement = edits[number]
            shift += len(replacement) - (end - start)
            number += 1
        if number == len(edits) or not edits[number].span.overlaps(mark.span):
            yield mark._replace(span=mark.span.moved(shift))


def _is_spelling(mark: Mark, written: Iterable[Span]) -> bool:
    """Return whether a mark is how a character of new text is spelled."""
    return bool(mark.text) and not mark.is_tag and any(span.covers(mark.span) for span in written)


def _are_lines_of_text(old: str, new: str, edit: SourceEdit, written: Span) -> bool:
    """Return whether the lines in which something was written begin no other block than before."""
    start = _line_start(new, written.start)
    end = LINE_END.search(new, written.end)
    lines = LINE_END.split(new[start : end.start() if end else len(new)])
    if not all(map(str.strip, lines)):
        return False
    text = old[_line_start(old, edit.span.start) :].lstrip()
    old_begins, begins = _BLOCK_BEGINS.match(text), _BLOCK_BEGINS.match(lines[0].lstrip())
    is_same = old_begins and begins and old_begins.group() == begins.group()
    if is_same and old_begins and not old_begins["line"]:
        lines = lines[1:]  # it began no block before
    return not any(_BLOCK_BEGINS.match(line.lstrip()) for line in lines)


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
