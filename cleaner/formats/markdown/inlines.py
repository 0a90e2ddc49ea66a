"""What is protected inside a paragraph of Markdown: code, link targets, tags, line breaks.

markdown-it says which lines belong to a paragraph, but not where in them its code spans and links
are. So this module reads the source of a paragraph once more. It follows the algorithm of the
CommonMark specification (a stack of brackets, appendix “A parsing strategy”) and takes linear
time. It also knows what other dialects write: math, Liquid, wiki links, footnotes. In doubt a span
is protected, which costs no more than a fix that is not made.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import NamedTuple

from cleaner.text import prose
from cleaner.text.edits import Span, merge_spans

_EVENT = re.compile(
    r"""
      (?P<escape> \\ (?: [!-/:-@\[-`{-~] | (?: \r\n? | \n ) [\ \t]* ) )
    | (?P<code> `+ )
    | (?P<break> (?<!\ ) \ {2,}+ (?: \r\n? | \n ) )
    | (?P<entity> & (?: \#[0-9]{1,7} | \#[xX][0-9a-fA-F]{1,6} | [A-Za-z][A-Za-z0-9]{1,31} ) ; )
    | (?P<angle> < ) | (?P<image> !\[ ) | (?P<open> \[ ) | (?P<close> \] )
    """,
    re.VERBOSE,
)
_ATTRIBUTE = r"""
    \s++ [A-Za-z_:][\w.:-]*+ (?: \s*= \s*(?: [^\s"'=<>`]++ | '[^']*+' | "[^"]*+" ) )?+
"""
# The last alternative matches autolinks, addresses, and what would be a tag in another language.
_TAG = re.compile(
    rf"""
      < [A-Za-z][A-Za-z0-9-]*+ (?: {_ATTRIBUTE} )*+ \s*+ /?>        # an opening tag
    | </ [A-Za-z][A-Za-z0-9-]*+ \s*+ >                               # a closing tag
    | < [^<>\r\n]{{1,200}} >
    """,
    re.VERBOSE,
)
_CLOSERS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<!": ">"}
_VERBATIM_TAG = re.compile(
    r"<(code|kbd|samp|tt|var|pre|script|style|textarea|svg|math)\b", re.IGNORECASE
)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.DOTALL)
_LONGEST_LABEL = 999  # code points, according to the CommonMark specification
_SPACE = re.compile(r"[ \t\r\n]*+")
_DIALECTS = re.compile(
    r"""
      \{\{ [^{}]* \}\} | \{% [^{}%]* %\}                                    # Liquid
    | \{ [^{}\r\n]* \}                                          # attributes, expressions
    | \$\$ [^$]+ \$\$                                                      # displayed math
    | (?<![\w$\\]) \$ (?![\s$]) [^$\r\n]{0,199} (?<![\s\\]) \$ (?![\d$])    # inline math
    | \[\[ [^\[\]\r\n|]+ (?= \]\] | \| )                     # the target of a wiki link
    | \[\^ [^\[\]\s]+ \] :?                                                # a footnote
    | \[! [A-Za-z]+ \]                                                      # a callout
    | \A \[ [ xX] \] (?= \s )                                             # a check box
    """,
    re.VERBOSE,
)


def protected(text: str, references: Collection[str] = ()) -> list[Span]:
    """Return the protected spans of a paragraph, in order. They may touch, but do not overlap.

    Args:
        text: the source of the paragraph, with spaces instead of the markers of quotes and lists
            around it.
        references: the labels of link reference definitions, as markdown-it normalises them.

    >>> text = "Read [Marwin](marwin.html) in `Marwin`"
    >>> [span.of(text) for span in protected(text)]
    ['](marwin.html)', '`Marwin`']
    """
    found = list(_Scan(text, references).spans())
    found += (Span(*match.span()) for match in _DIALECTS.finditer(text))
    if "`" in text or prose.may_hold_verbatim(text):
        found += prose.verbatim_spans(text, Span(0, len(text)))
    return merge_spans(found)


class _Opener(NamedTuple):
    """A bracket that may open the text of a link or, behind an exclamation mark, of an image."""

    end: int  # where the text begins
    is_image: bool


class _Scan:
    """One reading of a paragraph from its beginning to its end."""

    def __init__(self, text: str, references: Collection[str]) -> None:
        self._text = text
        self._references = references
        self._ticks: dict[int, list[int]] = {}  # where runs of backticks begin, by their length
        for run in re.finditer("`+", text):
            self._ticks.setdefault(len(run.group()), []).append(run.start())
        self._missing: set[str] = set()  # marks that do not occur in the rest of the paragraph
        self._openers: list[_Opener] = []
        # A link cannot contain a link. So many of the openers are before a link that was found,
        # and only images can begin there.
        self._inactive = 0

    def spans(self) -> Iterator[Span]:
        """Yield what is protected by CommonMark, in order."""
        event = _EVENT.search(self._text)
        while event:
            at = event.end()
            if event.lastgroup in {"image", "open"}:
                self._openers.append(_Opener(at, event.lastgroup == "image"))
            else:
                span = self._protected_at(event)
                if span:
                    yield span
                    at = span.end
            event = _EVENT.search(self._text, at)

    def _protected_at(self, event: re.Match[str]) -> Span | None:
        """Return the protected span that begins with an event, if there is one."""
        match event.lastgroup:
            case "close":
                return self._link_end(event.start())
            case "code":
                return self._code(event.start(), event.end())
            case "angle":
                return self._angle(event.start())
            case _:
                return Span(*event.span())

    def _code(self, start: int, end: int) -> Span | None:
        """Return the code span that a run of backticks opens, if it is closed."""
        length = end - start
        closers = self._ticks.get(length, [])
        number = bisect_left(closers, end)
        return Span(start, closers[number] + length) if number < len(closers) else None

    def _angle(self, start: int) -> Span | None:
        """Return the tag, comment or autolink that begins at `start`.

        A tag around code goes up to its closing tag.
        """
        text = self._text
        for opener, closer in _CLOSERS.items():
            if text.startswith(opener, start):
                end = self._end_of(closer, start + 2)
                if end:
                    return Span(start, end)
        tag = _TAG.match(text, start)
        if not tag:
            return None
        end = tag.end()
        verbatim = _VERBATIM_TAG.match(text, start)
        if verbatim:
            end = self._end_of(f"</{verbatim.group(1)}>", end) or end
        return Span(start, end)

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

    def _link_end(self, close: int) -> Span | None:
        """Return what follows the text of a link and is not prose.

        Return None if the bracket at `close` does not end the text of a link or an image.
        """
        if not self._openers:
            return None
        opener = self._openers.pop()
        is_active = opener.is_image or len(self._openers) >= self._inactive
        self._inactive = min(self._inactive, len(self._openers))
        if not is_active:
            return None
        span = self._target(opener.end, close)
        if span and not opener.is_image:
            self._inactive = len(self._openers)
        return span

    def _target(self, begin: int, close: int) -> Span | None:
        """Return the target or the label of a link whose text goes from `begin` to `close`."""
        text = self._text
        end = _destination_end(text, close + 1)
        if end:
            return Span(close, end)
        label = _LABEL.match(text, close + 1, close + 3 + _LONGEST_LABEL)
        if label and self._is_defined(label.group(1)):
            return Span(close, label.end())
        if close - begin <= _LONGEST_LABEL and self._is_defined(text[begin:close]):
            return Span(begin, close + 1)  # the text is the label
        return None

    def _is_defined(self, label: str) -> bool:
        from markdown_it.common.utils import normalizeReference

        return bool(self._references) and normalizeReference(label) in self._references


def _destination_end(text: str, at: int) -> int:
    """Return the end of `(target "title")` at `at`, or 0 if there is none."""
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle

    if not text.startswith("(", at):
        return 0
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
