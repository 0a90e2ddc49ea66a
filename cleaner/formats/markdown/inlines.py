"""The marks inside a paragraph of Markdown: emphasis, links, code, tags, escapes, line breaks.

markdown-it says which lines belong to a paragraph, but not where in them its code spans and links
are. So this module reads the source of a paragraph once more. It follows the algorithm of the
CommonMark specification (a stack of brackets and a list of delimiters, appendix “A parsing
strategy”) and takes linear time. It also knows what other dialects write: math, Liquid, wiki links,
footnotes. In doubt a span is locked, which costs no more than a fix that is not made.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from cleaner.formats.markdown.emphasis import Run, markers
from cleaner.text.edits import Span, merge_spans

PUNCTUATION = r"!-/:-@\[-`{-~"  # of ASCII, as a set in a pattern: what a backslash may escape
ENTITY = re.compile(r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# The look-ahead makes the search four times as fast, as most characters begin nothing.
_EVENT = re.compile(
    rf"""(?= [\\\ \t\r\n`&<!\[\]*_~] ) (?:
      (?P<break> (?: \\ | (?<![\ \t]) [\ \t]++ )? (?: \r\n? | \n ) [\ \t]*+ )
    | (?P<escape> \\ [{PUNCTUATION}] )
    | (?P<code> `+ )
    | (?P<entity> {ENTITY.pattern} )
    | (?P<angle> < ) | (?P<image> !\[ ) | (?P<open> \[ ) | (?P<close> \] )
    | (?P<run> \*+ | _+ | ~~+ )
    )""",
    re.VERBOSE,
)
_ATTRIBUTE = r"""
    \s++ [A-Za-z_:][\w.:-]*+ (?: \s*= \s*(?: [^\s"'=<>`]++ | '[^']*+' | "[^"]*+" ) )?+
"""
_TAG = re.compile(
    rf"< ([A-Za-z][A-Za-z0-9-]*+) (?: {_ATTRIBUTE} )*+ \s*+ /?> | </ [A-Za-z][A-Za-z0-9-]*+ \s*+ >",
    re.VERBOSE,
)
_AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[\w.!#$%&'*+/=?^`{|}~-]++@[\w.-]++)>", re.ASCII
)
_ANGLES = re.compile(r"<[^<>\r\n]{1,200}>")  # what would be a tag in another language
_CLOSERS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<!": ">"}
_CODE_TAGS = frozenset(["code", "kbd", "samp", "tt", "var", "pre", "math", "textarea"])
_HIDDEN_TAGS = frozenset(["script", "style", "svg"])
# A target as most are written. All others are left to markdown-it.
_SIMPLE_TARGET = re.compile(r'\([^\0-\x20\x7f<>()\\&]++(?: "[^"\\\r\n&]*+")?\)')
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.DOTALL)
_LONGEST_LABEL = 999  # code points, according to the CommonMark specification
_SPACE = re.compile(r"[ \t\r\n]*+")
_LINE_BREAK = re.compile(r"(?:\r\n?|\n)[ \t]*+")
_DIALECTS = re.compile(
    r"""
      \{\{ [^{}]* \}\} | \{% [^{}%]* %\}                                    # Liquid
    | \{ [^{}\r\n]* \}                                          # attributes, expressions
    | \$\$ [^$]+ \$\$                                                      # displayed math
    | (?<![\w$\\]) \$ (?![\s$]) [^$\r\n]{0,199} (?<![\s\\]) \$ (?![\d$])    # inline math
    | \[\[ [^\[\]\r\n|]+ (?= \]\] | \| )                     # the target of a wiki link
    | \[\^ [^\[\]\s]+ \] :?                                                # a footnote
    | \[! [A-Za-z]+ \]                                                      # a callout
    """,
    re.VERBOSE,
)
_TICKS = re.compile("`+")
_CHECK_BOX = re.compile(r"\[[ xX]\]\s+")
_SIGNS_OF_DIALECTS = re.compile(r"[{$]|\[[\[^!]")


class Mark(NamedTuple):
    """A part of a paragraph that is not read as it stands.

    Attributes:
        span: where it is.
        text: what a reader sees instead; "" for what only a renderer reads.
        is_tag: whether it is a tag, whatever a reader sees instead.
    """

    span: Span
    text: str = ""
    is_tag: bool = False


class Marks(NamedTuple):
    """What is special in a paragraph.

    Attributes:
        marks: in order; they do not overlap.
        locked: what must not be changed, in order, without overlaps.
        pictures: where pictures are, from the exclamation mark to the end of the target.
        is_simple: whether all of it is emphasis, escapes, entities and line breaks.
    """

    marks: Sequence[Mark]
    locked: Sequence[Span]
    pictures: Sequence[Span]
    is_simple: bool


NO_MARKS = Marks((), (), (), is_simple=True)


class Labels(NamedTuple):
    """What links and footnotes may refer to: the labels that are defined in the whole text.

    Attributes:
        references: of link reference definitions, as markdown-it normalises them.
        footnotes: of footnotes.
    """

    references: Collection[str] = ()
    footnotes: Collection[str] = ()


NO_LABELS = Labels()


def read_marks(text: str, labels: Labels = NO_LABELS) -> Marks:
    """Return what is special in a paragraph.

    Args:
        text: the source of the paragraph, with spaces instead of the markers of quotes and lists
            around it.
        labels: the labels that are defined.

    >>> text = "Read **Ma**rwin in [the](paper.html) or `Marwin`"
    >>> found = read_marks(text)
    >>> [mark.span.of(text) for mark in found.marks], [span.of(text) for span in found.locked]
    (['**', '**', '[', '](paper.html)'], ['`Marwin`'])
    """
    scan = _Scan(text, labels.references)
    scan.read()
    marks = scan.marks
    locked = scan.locked
    footnotes: list[Mark] = []
    if _SIGNS_OF_DIALECTS.search(text):
        for found in _DIALECTS.finditer(text):
            span = Span(*found.span())
            if (
                found.group().startswith("[^")
                and found.group()[2:].rstrip(":]") in labels.footnotes
            ):
                footnotes.append(Mark(Span(span.start, text.index("]", span.start) + 1)))
            else:
                locked.append(span)
    box = _CHECK_BOX.match(text)
    if box:
        footnotes.append(Mark(Span(*box.span())))
    is_simple = scan.is_simple and not locked and not footnotes
    marks.sort()
    return Marks(_with(marks, footnotes), merge_spans(locked), scan.pictures, is_simple)


def _with(marks: Sequence[Mark], others: Iterable[Mark]) -> Sequence[Mark]:
    """Return marks with other ones, which win where they overlap."""
    for other in others:
        first = bisect_left(marks, other.span.start, key=lambda mark: mark.span.end - 1)
        end = bisect_left(marks, other.span.end, key=lambda mark: mark.span.start)
        if all(other.span.covers(mark.span) for mark in marks[first:end]):
            marks = [*marks[:first], other, *marks[end:]]
    return marks


class _Opener(NamedTuple):
    """A bracket that may open the text of a link or, behind an exclamation mark, of an image."""

    start: int
    end: int  # where the text begins
    is_image: bool
    runs: int  # how many runs of emphasis are before it


class _Scan:
    """One reading of a paragraph from its beginning to its end."""

    def __init__(self, text: str, references: Collection[str]) -> None:
        self._text = text
        self._references = references
        self._ticks: dict[int, list[int]] = {}  # where runs of backticks begin, by their length
        if "`" in text:
            for run in _TICKS.finditer(text):
                self._ticks.setdefault(len(run.group()), []).append(run.start())
        self._missing: set[str] = set()  # marks that do not occur in the rest of the paragraph
        self._openers: list[_Opener] = []
        # A link cannot contain a link. So many of the openers are before a link that was found,
        # and only images can begin there.
        self._inactive = 0
        self._runs: list[Run] = []
        self.marks: list[Mark] = []
        self.locked: list[Span] = []
        self.pictures: list[Span] = []
        self.is_simple = True

    def read(self) -> None:
        """Find all marks."""
        event = _EVENT.search(self._text)
        while event:
            event = _EVENT.search(self._text, self._read(event))
        self._end_emphasis(0)

    def _read(self, event: re.Match[str]) -> int:
        """Read what begins with an event; return where it ends."""
        start, end = event.span()
        match event.lastgroup:
            case "image" | "open":
                is_image = event.lastgroup == "image"
                self._openers.append(_Opener(start, end, is_image, len(self._runs)))
            case "close":
                end = self._link(start) or end
            case "code":
                end = self._code(start, end) or end
            case "angle":
                end = self._angle(start) or end
            case "run":
                self._runs.append(Run.of(self._text, start, end))
            case "escape":
                self._mark(start, end, event.group()[1])
            case "entity":
                text = decoded(event.group())
                if text:
                    self._mark(start, end, text)
            case _:
                self._mark(start, end, "\n")
        return end

    def _mark(self, start: int, end: int, text: str = "", *, is_tag: bool = False) -> None:
        self.marks.append(Mark(Span(start, end), text, is_tag))

    def _end_emphasis(self, first: int) -> None:
        """Find the emphasis that begins and ends between the run `first` and here."""
        if len(self._runs) > first + 1:
            self.marks += map(Mark, markers(self._runs[first:]))
        del self._runs[first:]

    def _code(self, start: int, end: int) -> int:
        """Read the code span that a run of backticks opens; return its end, 0 if it has none."""
        length = end - start
        closers = self._ticks.get(length, [])
        number = bisect_left(closers, end)
        if number == len(closers):
            return 0
        self._lock(start, closers[number] + length)
        return closers[number] + length

    def _lock(self, start: int, end: int) -> None:
        """Keep a span as it stands, its marks included.

        Without them, a full stop that is code would be that of the sentence around it.
        """
        self.is_simple = False
        self.locked.append(Span(start, end))
        for line_end in _LINE_BREAK.finditer(self._text, start, end):
            self._mark(*line_end.span(), "\n")

    def _angle(self, start: int) -> int:
        """Read the tag, comment or autolink that begins at `start`; return its end or 0."""
        text = self._text
        for opener, closer in _CLOSERS.items():
            if text.startswith(opener, start):
                end = self._end_of(closer, start + 2)
                if end:
                    self._hide_tag(start, end)
                    return end
        tag = _TAG.match(text, start)
        if tag:
            return self._tag(tag)
        autolink = _AUTOLINK.match(text, start)
        if autolink:
            self.is_simple = False
            self.locked.append(Span(*autolink.span()))
            self._mark(start, start + 1)
            self._mark(autolink.end() - 1, autolink.end())
            return autolink.end()
        angles = _ANGLES.match(text, start)
        if angles:
            self._lock(*angles.span())
        return 0

    def _tag(self, tag: re.Match[str]) -> int:
        """Read a tag; return its end. What stands between tags of code is locked."""
        start, end = tag.span()
        name = (tag.group(1) or "").lower()
        if name in _HIDDEN_TAGS:
            end = self._end_of(f"</{tag.group(1)}>", end) or end
        elif name in _CODE_TAGS:
            close = self._end_of(f"</{tag.group(1)}>", end)
            if close:
                self._lock(start, close)
                return close
        elif name == "img":
            self.pictures.append(Span(start, end))
        self.is_simple = False
        self._mark(start, end, "\n" if name == "br" else "", is_tag=True)
        return end

    def _hide_tag(self, start: int, end: int) -> None:
        self.is_simple = False
        self._mark(start, end, is_tag=True)

    def _end_of(self, mark: str, at: int) -> int:
        """Return the end of the next `mark`, or 0 if there is none.

        A mark that is missing is not searched for again, so that the time stays linear.
        """
        if mark in self._missing:
            return 0
        found = self._text.find(mark, at)
        if found < 0:
            self._missing.add(mark)
            return 0
        return found + len(mark)

    def _link(self, close: int) -> int:
        """Read the link or the image whose text a bracket ends; return its end.

        Return 0 if the bracket at `close` does not end the text of a link or an image.
        """
        if not self._openers:
            return 0
        opener = self._openers.pop()
        is_active = opener.is_image or len(self._openers) >= self._inactive
        self._inactive = min(self._inactive, len(self._openers))
        if not is_active:
            return 0
        end = self._target(opener.end, close)
        if not end:
            return 0
        self.is_simple = False
        self._mark(opener.start, opener.end)
        self._mark(close, end)
        self._end_emphasis(opener.runs)
        if opener.is_image:
            self.pictures.append(Span(opener.start, end))
        else:
            self._inactive = len(self._openers)
        return end

    def _target(self, begin: int, close: int) -> int:
        """Return the end of the target or label of a link whose text is from `begin` to `close`.

        Return 0 if it has none. A text that is the label too is locked.
        """
        text = self._text
        end = _destination_end(text, close + 1)
        if end:
            return end
        label = _LABEL.match(text, close + 1, close + 3 + _LONGEST_LABEL)
        if label and self._is_defined(label.group(1)):
            return label.end()
        if label and label.group(1).strip():
            return 0  # what is before another label is no label
        if close - begin <= _LONGEST_LABEL and self._is_defined(text[begin:close]):
            self.locked.append(Span(begin, close + 1))
            return label.end() if label and not label.group(1) else close + 1
        return 0

    def _is_defined(self, label: str) -> bool:
        if not self._references:
            return False
        from markdown_it.common.utils import normalizeReference

        return normalizeReference(label) in self._references


def decoded(entity: str) -> str:
    """Return what an entity stands for; "" if there is no such entity.

    >>> decoded("&rsquo;"), decoded("&#8217;"), decoded("&nothing;")
    ('’', '’', '')
    """
    if not entity.startswith("&#"):
        return _named().get(entity[1:], "")
    digits = entity[2:-1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    is_valid = 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if is_valid else "\N{REPLACEMENT CHARACTER}"


@cache
def _named() -> dict[str, str]:
    from html.entities import html5

    return html5


def _destination_end(text: str, at: int) -> int:
    """Return the end of `(target "title")` at `at`, or 0 if there is none."""
    if not text.startswith("(", at):
        return 0
    simple = _SIMPLE_TARGET.match(text, at)
    if simple:
        return simple.end()
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle

    at = _skip_space(text, at + 1)
    target = parseLinkDestination(text, at, len(text))
    if target.ok:
        at = _skip_space(text, target.pos)
        title = parseLinkTitle(text, at, len(text)) if at > target.pos else None
        if title and title.ok:
            at = _skip_space(text, title.pos)
    return at + 1 if text.startswith(")", at) else 0


def _skip_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
