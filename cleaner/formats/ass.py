r"""Subtitles of Advanced SubStation Alpha, and of SubStation Alpha (v4), read as libass does.

The text of a file is what its `Dialogue:` lines show, and the names of those who speak. Comments,
styles, fonts, drawings and the information about the script are left out, its title too: it is
shown to nobody.

    [Events]
    Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
    Dialogue: 0,0:00:01.00,0:00:02.50,Default,Ma Yun,0,0,0,,{\i1}I left{\i0}\Nthe company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from cleaner.formats import MalformedError, _cues
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.sourcemap import UnwritableError, Way

NAME = "ass"
SUFFIXES = (".ass", ".ssa")

_SECTION = re.compile(r"\uFEFF?\s*\[([^\]]*)\]\s*")
_FIELD = re.compile(r"\s*(\w+)[ \t]*:[ \t]*")
_NAMES = frozenset({"name", "actor"})
_TEXT = "text"
# The columns before the first Format line. Those that hold no text have no name here.
_COLUMNS = ("", "", "", "", "name", "", "", "", "", _TEXT)
# libass shows the braces of \{…} and what is between them, other players do not: it stays.
_ESCAPES = r"(?P<hard_break>\\N)|(?P<soft_break>\\n)|(?P<space>\\h)|(?P<brace>\\\{[^}]*\}?|\\\})"
_MARKUP = re.compile(rf"(?P<override>\{{[^}}]*\}})|{_ESCAPES}")
_UNCLOSED = re.compile(_ESCAPES)  # behind the last closing brace
_DRAWING = re.compile(r"\\p(\d*)(?![\da-zA-Z])")  # \p1 and \p0, but not \pos
_ALL_BREAK = "2"  # the WrapStyle in which \n is a line break as \N is


class _Line(NamedTuple):
    """A line of dialogue: the span of the name of who speaks, if there is one, and of the text."""

    name: Span | None
    text: Span


def read(source: str) -> Document:
    r"""Return subtitles as a document. Each line of dialogue is a block, or one for each of two
    speakers; the names of speakers are blocks too.

    Raises:
        MalformedError: there is no section [Events], or its text is not in the last column.

    >>> head = "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,Ma Yun,0,0,0,,"
    >>> read(head + r"{\i1}I le{\i0}ft\N- No!").text
    'Ma Yun\n\nI left\n\n- No!'
    """
    builder = Builder(source)
    dialogue, wrap_style = _dialogue(source)
    divide = partial(_divide, wrap_style)
    for ordinal, line in enumerate(dialogue, 1):
        if line is None:
            continue
        label = f"cue {ordinal}"
        if line.name:
            passage = builder.open("voice", label=label, spell=_spell_name)
            passage.verbatim(source, line.name)
        _cues.add_cue(builder, line.text, divide, label=label, spell=_spell)
    return builder.document()


def _dialogue(source: str) -> tuple[Sequence[_Line | None], str]:
    """Return the lines of dialogue, None for one with too few columns, and the style of wrapping.

    Raises:
        MalformedError: see `read`.
    """
    found: list[_Line | None] = []
    wrap_style = section = ""
    columns: Sequence[str] = _COLUMNS
    has_events = not source.strip()
    for line in _cues.lines(source):
        heading = _SECTION.fullmatch(source, *line)
        field = _FIELD.match(source, *line)
        if heading:
            section = heading.group(1).strip().lower()
            has_events = has_events or section == "events"
        elif not field:
            continue
        elif section == "events" and field.group(1).lower() == "format":
            columns = _columns(source, Span(field.end(), line.end))
        elif section == "events" and field.group(1).lower() == "dialogue":
            found.append(_line(source, Span(field.end(), line.end), columns))
        elif section == "script info" and field.group(1).lower() == "wrapstyle":
            wrap_style = source[field.end() : line.end].strip()
    if not has_events:
        what = "there is no section [Events]"
        raise MalformedError(f"{what}; --read-as text reads it as plain text", 0)
    return found, wrap_style


def _columns(source: str, names: Span) -> Sequence[str]:
    """Return the names of the columns, in small letters."""
    columns = [name.strip().lower() for name in names.of(source).split(",")]
    if columns[-1] != _TEXT:
        what = "Text has to be the last column of the format, since only there may commas stand"
        raise MalformedError(f"{what}; change the order of the columns", names.start)
    return columns


def _line(source: str, values: Span, columns: Sequence[str]) -> _Line | None:
    name: Span | None = None
    start = values.start
    for column in columns[:-1]:
        comma = source.find(",", start, values.end)
        if comma < 0:
            return None
        if column in _NAMES:
            name = Span(start, comma)
        start = comma + 1
    return _Line(name, Span(start, values.end))


def _divide(wrap_style: str, source: str, span: Span) -> Iterator[_cues.Token]:
    """Yield the tokens of a text, those of drawings without text."""
    token_of = partial(_token, wrap_style)
    end = max(source.rfind("}", *span) + 1, span.start)
    tokens = _cues.divided(source, Span(span.start, end), _MARKUP, token_of)
    is_drawing = False
    for token in chain(tokens, _cues.divided(source, Span(end, span.end), _UNCLOSED, token_of)):
        if not token.text:
            for found in _DRAWING.finditer(source, *token.span):
                is_drawing = bool(found.group(1).strip("0"))
        yield _cues.Token(token.span) if is_drawing else token


def _token(wrap_style: str, found: re.Match[str]) -> _cues.Token:
    span = Span(*found.span())
    match found.lastgroup:
        case "soft_break" if wrap_style != _ALL_BREAK:
            return _cues.Token(span, " ", Way.SPELLED)
        case "hard_break" | "soft_break":
            return _cues.Token(span, "\n", Way.FIXED)
        case "space":
            return _cues.Token(span, "\N{NO-BREAK SPACE}", Way.SPELLED)
        case "brace":
            return _cues.Token(span, found.group(), locked=True)
    return _cues.Token(span)


def _spell(text: str) -> str:
    if "{" in text or "}" in text or "\r" in text:
        raise UnwritableError("braces and line ends cannot be written")
    return text.replace("\n", r"\N").replace("\N{NO-BREAK SPACE}", r"\h")


def _spell_name(text: str) -> str:
    if "," in text or "\n" in text or "\r" in text:
        raise UnwritableError("a comma or a line end would begin the next column")
    return text
