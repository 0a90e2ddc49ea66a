"""WebVTT subtitles, read as its specification says: https://www.w3.org/TR/webvtt1/#parsing.

A block of lines that has an arrow in its first or second line is a cue. Everything else (notes,
styles, regions) is left out, and so is a cue whose timings no browser can read.

    WEBVTT

    opening
    00:01.000 --> 00:02.500 align:start
    <v Jack Ma>I left the company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from cleaner.formats import MalformedError, _cues
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.sourcemap import Spell, UnwritableError, Way

NAME = "vtt"
SUFFIXES = (".vtt",)

_ARROW = "-->"
_SIGNATURE = re.compile(r"\uFEFF?WEBVTT(?=[ \t\r\n]|\Z)")
_STAMP = r"(?:\d+:)?[0-5]\d:[0-5]\d\.\d{3}"
_TIMING = re.compile(rf"\s*{_STAMP}\s*{_ARROW}\s*{_STAMP}(?!\d)")
_MARKUP = re.compile(
    r"""
      (?P<line_break> \r\n? | \n )
    | (?P<voice> < v (?: \. [^\s>]* )? \s [^>]* > )
    | (?P<tag> < rt [^>]* > [^<>&]* < /rt > # how a word is said
             | < [^>]* > )
    | (?P<unclosed> < .* )                  # browsers do not show it, other players do
    | (?P<reference> & (?: \#\d+ | \#[xX][0-9a-fA-F]+ | [a-zA-Z][a-zA-Z0-9]* ) ; )
    """,
    re.VERBOSE | re.DOTALL,
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*+)?\s++([^>]*+)>")
_DATA = re.compile(r"\s*(?:\{.*\}|\[\s*\{.*\}\s*\])\s*", re.DOTALL)  # JSON for a program
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def read(source: str) -> Document:
    r"""Return subtitles as a document. Each cue is a block, or one for each speaker; the names of
    speakers are blocks too.

    Raises:
        MalformedError: the source does not begin with WEBVTT, or no timing can be read.

    >>> read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ma Yun>Bread &amp; <i>but</i>ter\n").text
    'Ma Yun\n\nBread & butter'
    """
    if source.strip() and not _SIGNATURE.match(source):
        what = "the first line has to begin with WEBVTT"
        raise MalformedError(f"{what}; --read-as text reads it as plain text", 0)
    from cleaner.formats.html.references import Habits

    builder = Builder(source)
    escaped = Habits(source, is_xml=False, encoding="utf-8").spell()
    spell = partial(_spell, escaped, _cues.line_end_of(source))
    for label, text in _cues_of(source):
        if _DATA.fullmatch(source, *text):
            continue
        for name in _voices(source, text):
            passage = builder.open("voice", label=label, spell=partial(_spell_name, escaped))
            _cues.add_tokens(passage, source, _divide(source, name))
        _cues.add_cue(builder, text, _divide, label=label, spell=spell, arrow=_ARROW)
    return builder.document()


def _cues_of(source: str) -> Iterator[tuple[str, Span]]:
    """Yield the label and the text of each cue.

    Raises:
        MalformedError: there are arrows, but none between two timings.
    """
    found = list(_blocks(source))
    good = [_TIMING.match(source, *timing) is not None for _, timing, _ in found]
    if found and not any(good):
        what = "no timings read as 00:01.000 --> 00:02.500"
        start = found[0][1].start
        raise MalformedError(f"{what}; --read-as text reads it as plain text", start)
    for ordinal, (name, _, text) in enumerate(found, 1):
        if good[ordinal - 1]:
            yield f"cue {name or ordinal}", text


def _blocks(source: str) -> Iterator[tuple[str, Span, Span]]:
    """Yield the name, the line with the arrow and the text of each block that has an arrow.

    Such a line begins a block even if no blank line is before it.
    """
    lines = _cues.lines(source)
    is_blank = [line.start == line.end for line in lines]
    arrows = [at for at, line in enumerate(lines) if at and _ARROW in line.of(source)]
    for at, following in zip(arrows, [*arrows[1:], len(lines)], strict=False):
        name = lines[at - 1].of(source).strip() if at > 1 and is_blank[at - 2] else ""
        end = at + 1
        while end < following and not is_blank[end]:
            end += 1
        start = lines[at + 1].start if end > at + 1 else lines[at].end
        yield name, lines[at], Span(start, lines[end - 1].end)


def _voices(source: str, cue: Span) -> Iterator[Span]:
    """Yield the names of those who speak in a cue."""
    for token in _divide(source, cue):
        voice = _VOICE.fullmatch(source, *token.span) if token.begins else None
        if voice:
            start = voice.start(1)
            yield Span(start, start + len(voice.group(1).rstrip()))


def _divide(source: str, span: Span) -> Iterator[_cues.Token]:
    return _cues.divided(source, span, _MARKUP, _token)


def _token(found: re.Match[str]) -> _cues.Token:
    span = Span(*found.span())
    match found.lastgroup:
        case "line_break":
            return _cues.line_break(found)
        case "voice":
            return _cues.Token(span, begins=True)
        case "unclosed":
            return _cues.Token(span, found.group(), locked=True)
        case "reference":
            return _reference(span, found.group())
    return _cues.Token(span)


def _reference(span: Span, reference: str) -> _cues.Token:
    """Return the token of `&amp;` and the like. One that nobody knows is text."""
    from html import unescape

    text = unescape(reference)
    if text == reference:
        return _cues.Token(span, text)
    return _cues.Token(span, text, Way.SPELLED, spell=partial(_spell_like, reference))


def _spell(escaped: Spell, line_end: str, text: str) -> str:
    return escaped(text).replace("\n", line_end)


def _spell_name(escaped: Spell, text: str) -> str:
    if "\n" in text:
        raise UnwritableError("the name of a speaker stands in one line")
    return escaped(text)


def _spell_like(reference: str, text: str) -> str:
    """Spell a text in the place of a reference: letters beyond ASCII as references too.

    >>> _spell_like("&rsquo;", "‘x&")
    '&lsquo;x&amp;'
    >>> _spell_like("&#x2019;", "‘")
    '&#x2018;'
    """
    return "".join(_character_like(reference, char) for char in text)


def _character_like(reference: str, char: str) -> str:
    from html.entities import codepoint2name

    if char.isascii():
        return char.translate(_ESCAPES)
    if reference.startswith(("&#x", "&#X")):
        return f"&#x{ord(char):x};"
    if reference.startswith("&#"):
        return f"&#{ord(char)};"
    name = codepoint2name.get(ord(char))
    return f"&{name};" if name else char
