"""kind: furniture. Deletes what belongs to a web page and not to the article on it: notices,
buttons, tokens, labels.

The key `where` says what a match must be:

- `line` (the default): a whole line;
- `start`, `end`: the first or the last line of the text;
- `inside`: any part of a line, which is deleted with the white space before it.

A line is deleted with one blank line next to it, so that no gap remains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from cleaner.fixers import Hits, options_of
from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import check, is_whole_match, matches
from cleaner.rules.patterns import literals as literals
from cleaner.text.characters import LINE_END
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Hit

Where = Literal["line", "start", "end", "inside"]

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

# The end of a line, and the blank line behind it if there is one.
_LINE_END_AND_BLANK = rf"(?:{LINE_END.pattern})(?:[^\S\r\n]*(?:{LINE_END.pattern}))?"
_ENDS_BEFORE = re.compile(rf"{_LINE_END_AND_BLANK}\Z")
_ENDS_BEHIND = re.compile(_LINE_END_AND_BLANK)
_NEXT_LINE_END = re.compile(r"[\r\n]|\Z")
_VISIBLE = re.compile(r"\S")
_SPACES = " \t\N{NO-BREAK SPACE}"
_LONGEST_BLANK = 200  # code points before a line that are searched for a blank one


class Options(NamedTuple):
    """The keys of a rule of this kind: what to delete, and where it may be."""

    match: str
    message: str
    where: Where = "line"

    def check(self) -> None:
        """Refuse a pattern that no rule may have (see `cleaner.rules.patterns.check`)."""
        check(self.match)


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield deletions, first those inside lines, then those of lines."""
    lines: dict[Span, str] = {}  # each line to delete, with the id of the first rule that says so
    for rule in rules:
        if options_of(rule, Options).where == "inside":
            yield from _inside_lines(document, rule, hits[rule.id])
        else:
            for line in _matching_lines(document, rule, hits[rule.id]):
                lines.setdefault(line, rule.id)
    yield from _lines(document.text, lines)


def _inside_lines(document: Document, rule: Rule, hits: Sequence[Hit]) -> Iterator[Edit]:
    """Yield deletions of matches with the spaces before them."""
    line = _Line(document, Span(-1, -1))
    for block_start, match in matches(options_of(rule, Options).match, document, hits, rule.id):
        start = block_start + match.start()
        while start and document.text[start - 1] in _SPACES:
            start -= 1
        span = Span(start, block_start + match.end())
        if not line.span.start < span.end <= line.span.end:
            line = _Line(document, _line_around(document.text, span.end - 1))
        if not line.carries_markup(span):
            yield Edit(span, "", (rule.id,))


def _matching_lines(document: Document, rule: Rule, hits: Sequence[Hit]) -> Iterator[Span]:
    """Yield the lines that a rule matches as a whole, where its `where` allows them."""
    options = options_of(rule, Options)
    text = document.text
    first, last = _visible_part(text, Span(0, len(text)))
    for line in _lines_with_hits(text, hits):
        if options.where == "start" and line.start > first:
            continue
        if options.where == "end" and line.end < last:
            continue
        if is_whole_match(options.match, line.of(text).strip(), document, rule.id):
            yield line


def _lines_with_hits(text: str, hits: Sequence[Hit]) -> Iterable[Span]:
    """Return the lines in which hits begin, without repetition."""
    lines: dict[Span, None] = {}
    line = Span(-1, -1)
    for span, _ in hits:
        if not line.start <= span.start <= line.end:  # a long line is measured once
            line = _line_around(text, span.start)
            lines[line] = None
    return lines


def _lines(text: str, lines: Mapping[Span, str]) -> Iterator[Edit]:
    """Yield deletions of lines, each with one blank line.

    The lines of all rules are treated together, so that two neighbours never claim the same blank
    line.
    """
    # Only lines at the top of the text, with nothing kept before them, take the blank line behind
    # them. All others take the one before.
    is_top = True
    last_end = 0
    for line in sorted(lines):
        is_top = is_top and not text[last_end : line.start].strip()
        if is_top:
            span = _with_blank_behind(text, line)
            last_end = line.end
        else:
            span = _with_blank_before(text, line)
        yield Edit(span, "", (lines[line],))


def _with_blank_behind(text: str, line: Span) -> Span:
    found = _ENDS_BEHIND.match(text, line.end)
    return Span(line.start, found.end() if found else line.end)


def _with_blank_before(text: str, line: Span) -> Span:
    nearby = Span(max(0, line.start - _LONGEST_BLANK), line.start).of(text)
    found = _ENDS_BEFORE.search(nearby)
    length = len(found.group()) if found else 0
    return Span(line.start - length, line.end)


class _Line:
    """A line in which parts are to be deleted, and where its first and last letters are.

    They are looked up once, because a line may be very long and have very many such parts.
    """

    def __init__(self, document: Document, span: Span) -> None:
        self._document = document
        self.span = span

    @cached_property
    def _visible(self) -> Span:
        return _visible_part(self._document.text, self.span)

    @cached_property
    def _prose(self) -> Span:
        """From the first to the last visible character that is prose; (end, start) if none is."""
        text, document = self._document.text, self._document
        visible = [at for at in range(*self.span) if not text[at].isspace()]
        first = next((at for at in visible if document.is_prose(at)), self.span.end)
        last = next((at for at in reversed(visible) if document.is_prose(at)), self.span.start - 1)
        return Span(first, last + 1)

    def carries_markup(self, span: Span) -> bool:
        """Return whether markup would lose its text if `span`, which ends here, were deleted.

        That is so where the span is all the prose of the line, and the line begins with the marker
        of a list or is underlined as a heading. Without their text both would mean something else.
        """
        if not span.covers(self._prose):
            return False
        return not span.covers(self._visible) or _is_underlined(self._document, self.span)


def _visible_part(text: str, line: Span) -> Span:
    """Return the span without white space at its ends; (end, start) if there is nothing else."""
    there = line.of(text)
    if not there.strip():
        return Span(line.end, line.start)
    head = len(there) - len(there.lstrip())
    return Span(line.start + head, line.start + len(there.rstrip()))


def _is_underlined(document: Document, line: Span) -> bool:
    """Return whether the next line begins with markup."""
    text = document.text
    next_line = _line_around(text, min(line.end + 1, len(text)))
    found = _VISIBLE.search(text, next_line.start, next_line.end)
    return found is not None and not document.is_prose(found.start())


def _line_around(text: str, at: int) -> Span:
    """Return the line that holds the position `at`, without its line end."""
    start = text.rfind("\n", 0, at) + 1
    # Searched only from there: in a long text without "\r" the whole text would be searched.
    start = max(start, text.rfind("\r", start, at) + 1)
    end = _NEXT_LINE_END.search(text, at)
    return Span(start, end.start() if end else len(text))
