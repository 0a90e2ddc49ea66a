"""What formats of subtitles have in common: cues, and the markup in their text.

A format divides the source of a cue into tokens. Here its text is put together from them. Two
people who speak in one cue are two blocks, so that no name and no quotation reaches from the words
of one into those of the other:

    - What does Marwin say?
    - Nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from cleaner.text.builder import Builder
from cleaner.text.characters import LINE_END
from cleaner.text.edits import Span
from cleaner.text.passage import Passage
from cleaner.text.sourcemap import Spell, UnwritableError, Way

_LONGEST = 10_000  # code points of what one person says in a cue; what is longer is data, not text
# A dash that begins a line, behind marks without width. Two dashes are no sign of a speaker, nor
# is a minus.
_SPEAKER = re.compile(
    r"[\s\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]*+"
    r"[-\N{HYPHEN}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}]"
    r"(?![-\N{HYPHEN}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\d])"
)


class Token(NamedTuple):
    """A part of the source of a cue.

    Attributes:
        span: its span in the source.
        text: what a viewer sees: nothing for a tag, "\\n" for a line break.
        way: how the text stands in the source.
        locked: whether it must not be changed.
        begins: whether somebody else speaks from here on.
        spell: spells what is written in its place; None means as in the rest of the cue.
    """

    span: Span
    text: str = ""
    way: Way = Way.VERBATIM
    locked: bool = False
    begins: bool = False
    spell: Spell | None = None


# A function that divides a span of a source into tokens that leave no gap.
Divide: TypeAlias = Callable[[str, Span], Iterable[Token]]


def lines(source: str) -> list[Span]:
    r"""Return the lines of a source without their ends, the last one also if it is empty.

    >>> lines("1\r\n\r\n")
    [Span(start=0, end=1), Span(start=3, end=3), Span(start=5, end=5)]
    """
    found: list[Span] = []
    start = 0
    for line_end in LINE_END.finditer(source):
        found.append(Span(start, line_end.start()))
        start = line_end.end()
    return [*found, Span(start, len(source))]


def line_end_of(source: str) -> str:
    """Return how lines of a source end, judged by its first one."""
    found = LINE_END.search(source)
    return found.group() if found else "\n"


def divided(
    source: str, span: Span, markup: re.Pattern[str], token: Callable[[re.Match[str]], Token]
) -> Iterator[Token]:
    """Yield a token for each match of a pattern, and for the text between two matches."""
    at = span.start
    for found in markup.finditer(source, *span):
        if at < found.start():
            between = Span(at, found.start())
            yield Token(between, between.of(source))
        yield token(found)
        at = found.end()
    if at < span.end:
        yield Token(Span(at, span.end), Span(at, span.end).of(source))


def line_break(found: re.Match[str]) -> Token:
    """Return the token of a line end of the source."""
    way = Way.VERBATIM if found.group() == "\n" else Way.SPELLED
    return Token(Span(*found.span()), "\n", way)


def add_cue(
    builder: Builder, span: Span, divide: Divide, *, label: str, spell: Spell, arrow: str = ""
) -> None:
    """Add the text of a cue to a document: a block for each person who speaks.

    Args:
        builder: what the document is made with.
        span: the text of the cue in the source.
        divide: divides it into tokens.
        label: which cue it is.
        spell: spells what is written into it.
        arrow: what must not be written into it, because it stands between two timings.
    """
    for tokens in _speeches(divide(builder.source, span)):
        if tokens[-1].span.end - tokens[0].span.start > _LONGEST:
            continue
        passage = builder.open("cue", label=label, spell=spell)
        passage.check = partial(_check, divide, arrow)
        add_tokens(passage, builder.source, tokens)


def add_tokens(passage: Passage, source: str, tokens: Iterable[Token]) -> None:
    """Add the text of tokens to a passage."""
    usual = passage.spell
    for token in tokens:
        if not token.text:
            continue
        passage.locked = token.locked
        passage.spell = token.spell or usual
        if token.way is Way.VERBATIM:
            passage.verbatim(source, token.span)
        elif token.way is Way.SPELLED:
            passage.spelled(token.span, token.text)
        else:
            passage.fixed(token.span, token.text)


def _speeches(tokens: Iterable[Token]) -> Iterator[Sequence[Token]]:
    """Yield what each speaker in a cue says. Blank lines, too, are between two speeches."""
    speech: list[Token] = []
    for line_end, line in _lines(tokens):
        seen = _text(line)
        begins = line_end is None or not seen.strip() or _is_marked(seen)
        if begins and speech:
            yield speech
            speech = []
        if not seen.strip():
            continue
        if speech and line_end:
            speech.append(line_end)
        speech += line
    if speech:
        yield speech


def _lines(tokens: Iterable[Token]) -> Iterator[tuple[Token | None, Sequence[Token]]]:
    """Yield each line with the line break before it; None where a speaker begins."""
    line_end: Token | None = None
    line: list[Token] = []
    for token in tokens:
        if token.text == "\n" or token.begins:
            yield line_end, line
            line_end = None if token.begins else token
            line = []
        else:
            line.append(token)
    yield line_end, line


def _check(divide: Divide, arrow: str, before: str, after: str, text: str) -> None:
    """Check that a speech, as it would be written, reads as it should and has the same tags.

    Args:
        divide: divides a source into tokens.
        arrow: what must not be written.
        before: the source of the speech as it is.
        after: the source of the speech as it would be.
        text: what the latter should read as.
    """
    if arrow and arrow in after:
        raise UnwritableError(f"{arrow} stands between two timings")
    speeches = list(_speeches(divide(after, Span(0, len(after)))))
    if len(speeches) != 1 or _text(speeches[0]) != text:
        raise UnwritableError("it would not read as this text")
    [was] = _speeches(divide(before, Span(0, len(before))))
    if _tags(after, speeches[0]) != _tags(before, was):
        raise UnwritableError("it would change the tags of the cue")
    if _is_marked(text) != _is_marked(_text(was)):
        raise UnwritableError("it would change who speaks")


def _is_marked(text: str) -> bool:
    return _SPEAKER.match(text) is not None


def _text(tokens: Iterable[Token]) -> str:
    return "".join(token.text for token in tokens)


def _tags(source: str, tokens: Iterable[Token]) -> list[str]:
    return [token.span.of(source) for token in tokens if not token.text]
