"""SubRip subtitles: cues of a number, a line with two timings, and lines of text.

Only the lines with timings are relied on, as players do: numbers may be missing or in disorder, and
so may the blank lines between two cues. Whatever is between two lines with timings is the text of
the first one, but for the number of the second. Text that may be a broken cue is left out.

    1
    00:00:01,000 --> 00:00:02,500
    <i>Marwin</i> left the company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from cleaner.formats import MalformedError, _cues
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.sourcemap import Way

NAME = "srt"
SUFFIXES = (".srt",)

_STAMP = r"-?\d+(?:\s?[:.,\uFF1A\uFF0C\uFF0E\u3002]\s?-?\d+){1,3}"
_TIMING = re.compile(rf"\uFEFF?\s*{_STAMP}\s*-[ -]*+>\s*{_STAMP}(?!\d)")
_NUMBER = re.compile(r"\uFEFF?\s*+(-?\d++)(?:\.\d*+)?\s*+")
# Signs of a cue whose own timings nobody can read.
_BROKEN = re.compile(r"- {0,3}>|\d:\d\d?:\d\d?[.,]\d")
_TAGS = "i|b|u|s|em|strong|font|span|c|v|lang|ruby|rt|rp"
# Tags of HTML, of WebVTT and of ASS, and the line break and the space of ASS, as players know them.
# `<3` and `a < b` are text. What only
# looks like a tag is shown by some players and not by others: it is left as it is.
_MARKUP = re.compile(
    rf"""
      (?P<line_break> \r\n? | \n )
    | (?P<br> <br\s*/?> | (?-i: \\N ) )
    | (?P<space> (?-i: \\h ) )
    | (?P<tag> </? (?: {_TAGS} ) (?: [\s.=] [^<>\r\n]* )? /? >
             | < \d [\d:.]* >
             | \{{ (?: \\ | [cfopsy]: ) [^{{}}\r\n]* \}}
             | \{{ /? [bisu] \}} )
    | (?P<unknown> </? [a-z] [^<>\r\n]* > )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def read(source: str) -> Document:
    r"""Return subtitles as a document. Each cue is a block, or one for each of two speakers.

    Raises:
        MalformedError: there is text but no line with timings.

    >>> read("1\n00:00:01,000 --> 00:00:02,500\n<i>Mar</i>win left.\n").text
    'Marwin left.'
    """
    builder = Builder(source)
    lines = _cues.lines(source)
    timings = [at for at, line in enumerate(lines) if _TIMING.match(source, *line)]
    _check(source, timings)
    numbers = [_number(source, lines, at) for at in timings]
    starts: list[int] = []
    for at, number in zip(timings, numbers, strict=True):
        starts.append(at if number is None else at - 1)
    ends = [*starts[1:], len(lines)]
    spell = partial(_spell, _cues.line_end_of(source))
    for ordinal, (at, number, end) in enumerate(zip(timings, numbers, ends, strict=False), 1):
        label = f"cue {ordinal if number is None else number}"
        for text in _texts(source, lines[at + 1 : end]):
            _cues.add_cue(builder, text, _divide, label=label, spell=spell, arrow="->")
    return builder.document()


def _check(source: str, timings: Sequence[int]) -> None:
    start = len(source) - len(source.lstrip("\N{ZERO WIDTH NO-BREAK SPACE} \t\r\n"))
    if source.startswith("WEBVTT", start):
        raise MalformedError("this is WebVTT; rename it to .vtt, or pass --read-as vtt", start)
    if not timings and start < len(source):
        what = "no line has timings such as 00:00:01,000 --> 00:00:02,500"
        raise MalformedError(f"{what}; --read-as text reads it as plain text", start)


def _number(source: str, lines: Sequence[Span], timing: int) -> str | None:
    """Return the number before a line with timings, or None if there is none."""
    found = _NUMBER.fullmatch(source, *lines[timing - 1]) if timing else None
    return found.group(1) if found else None


def _texts(source: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Yield the texts of a cue between blank lines, without those that may be broken cues."""
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and lines[at].of(source).strip():
            continue
        if start < at:
            text = Span(lines[start].start, lines[at - 1].end)
            is_numbered = start > 0 and _NUMBER.fullmatch(source, *lines[start])
            if not is_numbered and not _BROKEN.search(source, *text):
                yield text
        start = at + 1


def _divide(source: str, span: Span) -> Iterator[_cues.Token]:
    return _cues.divided(source, span, _MARKUP, _token)


def _token(found: re.Match[str]) -> _cues.Token:
    span = Span(*found.span())
    match found.lastgroup:
        case "line_break":
            return _cues.line_break(found)
        case "br":
            return _cues.Token(span, "\n", Way.FIXED)
        case "space":
            return _cues.Token(span, "\N{NO-BREAK SPACE}", Way.SPELLED)
        case "unknown":
            return _cues.Token(span, found.group(), locked=True)
    return _cues.Token(span)


def _spell(line_end: str, text: str) -> str:
    return text.replace("\n", line_end)
