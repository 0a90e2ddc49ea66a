"""The text of a page, block by block.

White space, line ends and pictures belong to a block only if text follows them in it.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from cleaner.formats.html.comments import Comments
from cleaner.formats.html.references import Habits, reference_at, spell_cdata
from cleaner.formats.html.stack import Stack
from cleaner.text.builder import Builder
from cleaner.text.edits import Span
from cleaner.text.passage import OBJECT, Passage

# Text up to white space that is not one space, or to a reference.
PLAIN = re.compile(r"[^\t\n\f\r &]+(?: [^\t\n\f\r &]+)*+")
_PLAIN_CDATA = re.compile(r"[^\t\n\f\r ]+(?: [^\t\n\f\r ]+)*+")
SPACE = re.compile(r"[\t\n\f\r ]+")
_FIXED = {"wide space": " ", "break": "\n", "object": OBJECT}
_TRIMMED = f"\n{OBJECT}"  # what is no part of a block at its edges


class _Pending(NamedTuple):
    """What is added to a block only if text follows: white space, a line end, a picture.

    White space that continues behind a tag is a "wide space". It must stay: if its first part were
    deleted, a reader would see the second.
    """

    kind: Literal["space", "wide space", "break", "object"]
    span: Span


class Blocks:
    """The blocks of a page, of which one may be open.

    Attributes:
        open: the block that is open.
        last: the block that was opened last.
        start: where it begins.
        count: how many were opened.
    """

    def __init__(
        self, builder: Builder, habits: Habits, stack: Stack, comments: Comments, *, is_xml: bool
    ) -> None:
        self._builder, self._source = builder, builder.source
        self._habits, self._spell, self._is_xml = habits, habits.spell(), is_xml
        self._stack, self._comments = stack, comments
        self._pending: list[_Pending] = []
        self._interrupted: list[tuple[Passage, list[_Pending]]] = []
        self.open: Passage | None = None
        self.last: Passage | None = None
        self.start = 0
        self.count = 0

    def end(self, at: int) -> None:
        """End the block that is open, if there is one."""
        self.open, self._pending = None, []
        self._comments.end_block(at)

    def interrupt(self) -> bool:
        """Let the block that is open go on later; return whether there is one."""
        if self.open is None:
            return False
        self._interrupted.append((self.open, self._pending))
        self.open, self._pending = None, []
        return True

    def resume(self) -> None:
        """Let the block that was interrupted last go on."""
        self.open, self._pending = self._interrupted.pop()

    def add_picture(self, tag: Span) -> None:
        """Add what stands for a picture. It is the first mark of the tag: a text may be in it."""
        self._pending.append(_Pending("object", Span(tag.start, tag.start + 1)))

    def add_line_break(self, span: Span) -> None:
        """Add a line break. A second one ends the block, as authors mean it."""
        if any(one.kind == "break" for one in self._pending):
            self.end(span.start)
        elif self.open:
            if self._pending and self._pending[-1].kind != "object":
                self._pending.pop()
            self._pending.append(_Pending("break", span))

    def add_text(self, span: Span, *, is_cdata: bool) -> None:
        """Add text with its references and white space; a CDATA section has no references."""
        source, end = self._source, span.end
        plain = _PLAIN_CDATA if is_cdata else PLAIN
        spell = spell_cdata if is_cdata else self._spell
        at = span.start
        while at < end:
            found = SPACE.match(source, at, end)
            if found:
                self._add_space(Span(*found.span()))
            else:
                found = plain.match(source, at, end)
                if found:
                    passage = self._opened(at)
                    passage.spell = spell
                    passage.verbatim(source, Span(*found.span()))
            at = found.end() if found else self._add_reference(at, end)

    def _add_space(self, span: Span) -> None:
        last = self._pending[-1].kind if self._pending else "object"
        if last == "space":
            self._pending[-1] = self._pending[-1]._replace(kind="wide space")
        elif last == "object" and self.open:
            self._pending.append(_Pending("space", span))

    def _add_reference(self, at: int, end: int) -> int:
        """Add the reference that begins at `at`; return where it ends."""
        span, text = reference_at(self._source, at, end, in_value=False, is_xml=self._is_xml)
        if text is not None and SPACE.fullmatch(text):
            self._add_space(span)
            return span.end
        passage = self._opened(at)
        if text is None:
            passage.fixed(span, OBJECT)
        else:
            passage.spell = self._habits.spell_as(span.of(self._source))
            passage.spelled(span, text)
        return span.end

    def _opened(self, at: int) -> Passage:
        """Return the block that is open, ready for text; open one if there is none."""
        passage = self.open or self._new(at)
        passage.locked = self._stack.is_locked
        if self._pending:
            passage.spell = self._spell
            for kind, span in self._pending:
                if kind == "space":
                    passage.space(self._source, span)
                else:
                    passage.fixed(span, _FIXED[kind])
            self._pending.clear()
        return passage

    def _new(self, at: int) -> Passage:
        top = self._stack.top
        passage = self._builder.open(top.kind if top else None)
        passage.trimmed = _TRIMMED
        passage.language = top.language if top else ""
        self.open = self.last = passage
        self.start = at
        self.count += 1
        self._pending = []
        self._comments.begin_block()
        return passage
