"""kind: furniture. Takes away what belongs to a page and not to the article: notices, buttons,
tokens, labels.

With `where: line` the pattern has to match a whole line, which goes together with one adjoining
blank line; with `where: start` or `where: end` only a line at that end of the text counts. With
`where: inside` the match goes with the white space before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, cast

from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import check, compiled, matches
from cleaner.rules.patterns import literals as literals
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Hit

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

_BLANK_BEFORE = re.compile(r"(?:\r\n|\r|\n)(?:[^\S\r\n]*(?:\r\n|\r|\n))?\Z")
_BLANK_AFTER = re.compile(r"(?:\r\n|\r|\n)(?:[^\S\r\n]*(?:\r\n|\r|\n))?")
_END = re.compile(r"[\r\n]|\Z")
_INK = re.compile(r"\S")
_NEAR = 200  # code points looked at for a blank line before


class Options(NamedTuple):
    """What to take away, and where it may stand."""

    match: str
    message: str
    where: Literal["line", "start", "end", "inside"] = "line"

    def check(self) -> None:
        """Refuse a pattern that cannot be a rule's (see `cleaner.rules.patterns.check`)."""
        check(self.match)


def edits(
    document: Document, rules: Iterable[Rule], hits: Mapping[str, Sequence[Hit]]
) -> Iterator[Edit]:
    """Deletions. Lines of all rules are looked at together, so that neighbours do not claim one
    blank line.
    """
    text = document.text
    going: dict[Span, str] = {}
    for rule in rules:
        options = cast(Options, rule.options)
        if options.where == "inside":
            for block, match in matches(options.match, document, hits[rule.id], rule.id):
                start = block + match.start()
                while start and text[start - 1] in " \t\N{NO-BREAK SPACE}":
                    start -= 1
                span = Span(start, block + match.end())
                if not _carries_markup(document, span):
                    yield Edit(span, "", (rule.id,))
            continue
        for line in dict.fromkeys(_line(text, span.start) for span, _ in hits[rule.id]):
            if compiled(options.match).fullmatch(line.of(text).strip()) and _stands(
                text, line, options.where
            ):
                going.setdefault(line, rule.id)
    end, first = 0, True  # of the last line that goes, as long as nothing before it stays
    for line in sorted(going):
        if first := first and not text[end : line.start].strip():
            end = line.end
        yield Edit(_with_blank(text, line, first=first), "", (going[line],))


def _carries_markup(document: Document, span: Span) -> bool:
    """Whether markup hangs on a span: it is all the prose of its line, and a marker stands there or
    underlines it.

    Without its text the marker of a list, or the line under a heading, would come to mean something
    else.
    """
    text = document.text
    start, end = _line(text, span.end - 1)
    rest = [
        at
        for at in (*range(start, max(start, span.start)), *range(span.end, end))
        if not text[at].isspace()
    ]
    if any(map(document.is_prose, rest)):
        return False
    after = _line(text, min(end + 1, len(text)))
    below = _INK.search(text, after.start, after.end)
    return bool(rest) or bool(below and not document.is_prose(below.start()))


def _line(text: str, at: int) -> Span:
    start = text.rfind("\n", 0, at) + 1
    # from there: "\r" may be nowhere in the text
    start = max(start, text.rfind("\r", start, at) + 1)
    end = _END.search(text, at)
    return Span(start, end.start() if end else len(text))


def _stands(text: str, line: Span, where: str) -> bool:
    if where == "start":
        return not _INK.search(text, 0, line.start)
    return where == "line" or not _INK.search(text, line.end)


def _with_blank(text: str, line: Span, *, first: bool) -> Span:
    """The line and a blank one: the one behind it at the beginning of a text, elsewhere the one
    before it.
    """
    if first:
        after = _BLANK_AFTER.match(text, line.end)
        return Span(line.start, after.end() if after else line.end)
    before = _BLANK_BEFORE.search(text[max(0, line.start - _NEAR) : line.start])
    return Span(line.start - len(before.group()) if before else line.start, line.end)
