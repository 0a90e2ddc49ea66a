"""What the formats of translated messages share: which parts of a message are no text.

A message is a short text of a program. Its placeholders (`%s`, `{name}`) and tags are read by the
program, so they must stay. Tags that only change the look of the words between them (`<b>`) are
invisible to rules, so that a name is found through them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from cleaner.text.edits import Span, merge_spans
from cleaner.text.passage import Passage
from cleaner.text.sourcemap import Spell, Way

_FORMATTING = "a b big em emph emphasis font i mark s small span strong sub sup u"
_CODE = "code command envar filename function kbd literal option pre samp tt userinput varname"

_CODE_ELEMENT = re.compile(rf"<({'|'.join(_CODE.split())})\b[^<>]*>.{{0,1000}}?</\1\s*>", re.DOTALL)
_TAG = re.compile(r"<(?P<end>/?)(?:(?P<name>[A-Za-z_][\w:.-]*)[^<>]*|(?P<number>\d+)/?)>")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"""
      [%$\#]\{[^{}<]*\}       # Ruby, shells, JavaScript
    | \{\{[^{}<]*\}\}         # templates
    | %(?:\(\w+\)|\d+\$)?                # C and many others: the argument,
      [-\#0+'I]*(?:\*(?:\d+\$)?|\d+)?(?:\.(?:\*|\d+)?)?  # the width,
      (?:<PRI\w+>|[A-Za-z]\w*|%|@)?      # the kind
    | \$\(\w+\) | \$\w+\$?
    | @\w+@? | (?<!\w)![a-z_]\w*
    | &(?:\#\d+|\#[xX][0-9A-Fa-f]+|[A-Za-z]\w*);
    """,
    re.VERBOSE,
)
# What only a format string holds: C takes a blank instead of +, Scheme and Lisp write ~a.
_DIRECTIVE = re.compile(
    r"%[ ][-\#0+'\ ]*\d*(?:\.\d+)?[a-zA-Z] | ~[\d,]*[@:]*[A-Za-z%~]", re.VERBOSE
)

# Messages in the syntax of ICU: {count, plural, one {# page} other {# pages}}.
_ARGUMENT = re.compile(r"\{\s*+[\w.\[\]-]*+\s*+(?:[,!:|](?:[^{}<]|<(?![A-Za-z_/]))*)?\}")
_CHOICE = re.compile(
    r"\{\s*\w+\s*,\s*(?:plural|select|selectordinal)\s*,(?:\s*offset:\d+)?", re.IGNORECASE
)
_SELECTOR = re.compile(r"\s*(?:=\d+|[\w-]+)\s*\{")
_END = re.compile(r"\s*\}")
_MARK = re.compile("[}#]")

_ENGLISH = re.compile(r"en(?![a-z])|english", re.IGNORECASE)
_LONGEST_LABEL = 30  # code points of a source text that say which message it is


class Mark(NamedTuple):
    """A part of a message that is no text.

    Attributes:
        span: where it is in the message.
        meaning: "locked" is seen but must stay; "hidden" is not seen; "break" is seen as the end
            of a line.
    """

    span: Span
    meaning: Literal["locked", "hidden", "break"]


class _Part(NamedTuple):
    text: str
    start: int  # in the message
    source: Span
    way: Way
    spell: Spell
    locked: bool

    def source_of(self, span: Span) -> Span:
        """Return where a span of the message, inside this part, stands in the source."""
        if self.way is not Way.VERBATIM:
            return self.source
        return span.moved(self.source.start - self.start)


class Message:
    """The text of a message while it is read; what of it is no text is found out at the end.

    Attributes:
        spell: spells what is written into this message, from the next part on.
        locked: whether the parts that are added from now on must not be changed.
    """

    def __init__(self, source: str, spell: Spell) -> None:
        self.spell = spell
        self.locked = False
        self._source = source
        self._parts: list[_Part] = []
        self._texts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """The message as the program shows it."""
        return "".join(self._texts)

    def verbatim(self, span: Span) -> None:
        """Add text that stands in the source as it is."""
        if span.start < span.end:
            self._add(span.of(self._source), span, Way.VERBATIM)

    def spelled(self, span: Span, text: str) -> None:
        """Add text that the source spells in another way."""
        self._add(text, span, Way.SPELLED)

    def fixed(self, span: Span, text: str) -> None:
        """Add what stands for a tag or an escape that must stay."""
        self._add(text, span, Way.FIXED)

    def _add(self, text: str, source: Span, way: Way) -> None:
        start = self._length
        self._length += len(text)
        self._texts.append(text)
        self._parts.append(_Part(text, start, source, way, self.spell, self.locked))

    def write(self, passage: Passage, marks: Sequence[Mark]) -> None:
        """Add the message to a passage.

        White space at its ends is no text: programs rely on it, and it is never changed.

        Args:
            passage: a new passage.
            marks: what is no text, sorted, without overlaps (see `marks_in`).
        """
        text = self.text
        start = len(text) - len(text.lstrip())
        end = max(len(text.rstrip()), start)
        starts = [mark.span.start for mark in marks]
        broken = -1  # where the last mark begins whose line break was added
        for part in self._parts:
            at = max(part.start, start)
            stop = min(part.start + len(part.text), end)
            while at < stop:
                number = bisect_right(starts, at)
                mark = marks[number - 1] if number and marks[number - 1].span.end > at else None
                to = mark.span.end if mark else min([stop, *starts[number : number + 1]])
                here = Span(at, min(to, stop))
                at = here.end
                if mark is None or mark.meaning == "locked":
                    passage.locked = part.locked or mark is not None
                    self._write(passage, part, here)
                elif mark.meaning == "break" and mark.span.start != broken:
                    broken = mark.span.start
                    passage.fixed(part.source_of(here), "\n")

    def _write(self, passage: Passage, part: _Part, span: Span) -> None:
        passage.spell = part.spell
        if part.way is Way.VERBATIM:
            passage.verbatim(self._source, part.source_of(span))
        elif part.way is Way.SPELLED:
            passage.spelled(part.source, part.text)
        else:
            passage.fixed(part.source, part.text)


def is_english_tag(language: str) -> bool:
    """Return whether the name of a language says that it is English.

    >>> is_english_tag("en_GB"), is_english_tag("en"), is_english_tag("enm")
    (True, True, False)
    """
    return bool(_ENGLISH.match(language.strip()))


def label(name: str, text: str) -> str:
    r"""Return words that say which message it is, for people.

    >>> label("msgid", "Ready.\nPress any key to go on reading.")
    'msgid “Ready. Press any key to go on…”'
    """
    short = " ".join(text.split())
    if len(short) > _LONGEST_LABEL:
        short = short[: _LONGEST_LABEL - 1] + "…"
    return f"{name} “{short}”" if short else ""


def marks_in(text: str, *, is_format: bool = False) -> Sequence[Mark]:
    """Return what of a message is no text, sorted and without overlaps.

    Args:
        text: the message.
        is_format: whether the message is known to be a format string of C or a similar language.

    >>> message = "<b>Marwin</b> has %d pages"
    >>> [(mark.span.of(message), mark.meaning) for mark in marks_in(message)]
    [('<b>', 'hidden'), ('</b>', 'hidden'), ('%d', 'locked')]
    """
    code = [Span(*found.span()) for found in _CODE_ELEMENT.finditer(text)]
    unseen: list[Mark] = []  # they may hold placeholders themselves
    locked = list(code)
    for tag in _tags(text):
        if tag.meaning == "locked":
            locked.append(tag.span)
        elif not _is_inside(tag.span, code):
            unseen.append(tag)
    tags = [tag.span for tag in unseen]
    for span in _placeholders(text, is_format=is_format):
        if not _is_inside(span, tags):
            locked.append(span)
    return sorted([*unseen, *(Mark(span, "locked") for span in merge_spans(locked))])


def _placeholders(text: str, *, is_format: bool) -> Iterator[Span]:
    for found in _PLACEHOLDER.finditer(text):
        yield Span(*found.span())
    if is_format:
        for found in _DIRECTIVE.finditer(text):
            yield Span(*found.span())
    if "{" in text:
        yield from _arguments(text)


def _is_inside(span: Span, others: Sequence[Span]) -> bool:
    """Return whether a span overlaps one of some sorted ones."""
    number = bisect_right(others, span.start, key=lambda other: other.end)
    return number < len(others) and others[number].overlaps(span)


def _tags(text: str) -> Iterator[Mark]:
    """Yield the tags of a message; those that only format the words between them are hidden."""
    open_tags: list[re.Match[str]] = []
    hidden: set[int] = set()  # where they begin
    tags = list(_TAG.finditer(text))
    for tag in tags:
        formats = tag["number"] or tag["name"].lower() in _FORMATTING.split()
        if not formats or tag.group().endswith("/>"):
            continue
        if not tag["end"]:
            open_tags.append(tag)
        elif open_tags and _name(open_tags[-1]) == _name(tag):
            hidden |= {open_tags.pop().start(), tag.start()}
    for tag in tags:
        span = Span(*tag.span())
        if tag.start() in hidden:
            yield Mark(span, "hidden")
        else:
            yield Mark(span, "break" if _LINE_BREAK.fullmatch(tag.group()) else "locked")


def _name(tag: re.Match[str]) -> str:
    return tag["number"] or tag["name"].lower()


def _arguments(text: str) -> Iterator[Span]:
    """Yield what programs read in braces: arguments, and the syntax of ICU around its choices."""
    inside: list[Literal["choice", "message"]] = []
    at = 0
    while at < len(text):
        if inside and inside[-1] == "choice":
            found = _SELECTOR.match(text, at)
            if found:
                inside.append("message")
            else:
                found = _END.match(text, at)
                inside.pop()
        elif text[at] == "{":
            found = _CHOICE.match(text, at)
            if found:
                inside.append("choice")
            else:
                found = _ARGUMENT.match(text, at)
        elif inside and text[at] in "}#":
            found = _MARK.match(text, at)
            if text[at] == "}":
                inside.pop()
        else:
            found = None
        if found:
            yield Span(*found.span())
        at = max(found.end(), at + 1) if found else at + 1
