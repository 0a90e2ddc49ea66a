"""Where inside a paragraph of Markdown nobody may write: code, targets of links, tags, escapes,
hard line breaks.

markdown-it says which lines a paragraph has, but not where in them its code spans and links are; so
this reads the source once more, by the algorithm of the CommonMark specification (a stack of
brackets, appendix “A parsing strategy”), in time linear in its length. What other dialects write
(math, Liquid, wiki links, footnotes) is added; in doubt a span is protected, which costs no more
than a fix.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

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
_TAG = re.compile(
    r"""
      < [A-Za-z][A-Za-z0-9-]*+                                                                 # an opening tag
        (?: \s++ [A-Za-z_:][\w.:-]*+ (?: \s*= \s*(?: [^\s"'=<>`]++ | '[^']*+' | "[^"]*+" ) )?+ )*+ \s*+ /?>
    | </ [A-Za-z][A-Za-z0-9-]*+ \s*+ >
    | < [^<>\r\n]{1,200} >        # an autolink, an address, or what would become a tag if it were translated
    """,
    re.VERBOSE,
)
_CLOSERS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<!": ">"}
_VERBATIM_TAG = re.compile(
    r"<(code|kbd|samp|tt|var|pre|script|style|textarea|svg|math)\b", re.IGNORECASE
)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.DOTALL)
_LONGEST_LABEL = 999  # code points, by the specification
_SPACE = re.compile(r"[ \t\r\n]*+")
_DIALECTS = re.compile(
    r"""
      \{\{ [^{}]* \}\} | \{% [^{}%]* %\} | \{ [^{}\r\n]* \}                  # Liquid, attributes, expressions
    | \$\$ [^$]+ \$\$ | (?<![\w$\\]) \$ (?![\s$]) [^$\r\n]{0,199} (?<![\s\\]) \$ (?![\d$])    # math
    | \[\[ [^\[\]\r\n|]+ (?= \]\] | \| )                                     # the target of a wiki link
    | \[\^ [^\[\]\s]+ \] :? | \[! [A-Za-z]+ \] | \A \[ [ xX] \] (?= \s )     # footnotes, callouts, check boxes
    """,
    re.VERBOSE,
)


def protected(text: str, references: Collection[str] = ()) -> list[Span]:
    """What must stay in a paragraph, in order; two spans may touch, but not overlap.

    Args:
        text: the source of the paragraph, with spaces for the markers of the quotes and lists that
            it stands in.
        references: the labels of link reference definitions, as markdown-it normalises them.

    >>> text = "Read [Marwin](marwin.html) in `Marwin`"
    >>> [span.of(text) for span in protected(text)]
    ['](marwin.html)', '`Marwin`']
    """
    found = [
        *_Scan(text, references).spans(),
        *(Span(*match.span()) for match in _DIALECTS.finditer(text)),
    ]
    if "`" in text or prose.may_hold_verbatim(text):
        found += prose.verbatim(text, 0, len(text))
    return merge_spans(found)


class _Scan:
    """One walk through a paragraph."""

    def __init__(self, text: str, references: Collection[str]) -> None:
        self._text, self._references = text, references
        self._ticks: dict[int, list[int]] = {}  # where runs of backticks begin, by their length
        for run in re.finditer("`+", text):
            self._ticks.setdefault(len(run.group()), []).append(run.start())
        self._lost: set[str] = set()  # what was looked for and stands nowhere further on
        self._openers: list[tuple[int, bool]] = []  # where the text of a link or an image may begin
        # so many of the openers stand before a link, and can only be those of images
        self._dead = 0

    def spans(self) -> Iterator[Span]:
        at = 0
        while event := _EVENT.search(self._text, at):
            start, at = event.span()
            match event.lastgroup:
                case "image" | "open":
                    self._openers.append((at, event.lastgroup == "image"))
                    continue
                case "close":
                    span = self._link(start)
                case "code":
                    span = self._code(start, at)
                case "angle":
                    span = self._angle(start)
                case _:
                    span = Span(start, at)
            if span:
                yield span
                at = span.end

    def _code(self, start: int, end: int) -> Span | None:
        closers = self._ticks.get(end - start, [])
        after = bisect_left(closers, end)
        return Span(start, closers[after] + end - start) if after < len(closers) else None

    def _angle(self, start: int) -> Span | None:
        text = self._text
        for opener, closer in _CLOSERS.items():
            if text.startswith(opener, start) and (end := self._find(closer, start + 2)):
                return Span(start, end)
        if not (tag := _TAG.match(text, start)):
            return None
        end = tag.end()
        if verbatim := _VERBATIM_TAG.match(text, start):
            end = self._find(f"</{verbatim.group(1)}>", end) or end
        return Span(start, end)

    def _find(self, mark: str, at: int) -> int:
        """Where `mark` ends, or 0; what is not found is not looked for again."""
        if mark in self._lost:
            return 0
        if (found := self._text.find(mark, at)) < 0:
            self._lost.add(mark)
            return 0
        return found + len(mark)

    def _link(self, close: int) -> Span | None:
        """What is no prose at the end of a link, if the bracket at `close` ends the text of one."""
        if not self._openers:
            return None
        begin, image = self._openers.pop()
        live = image or len(self._openers) >= self._dead
        self._dead = min(self._dead, len(self._openers))
        if not live or not (span := self._target(begin, close)):
            return None
        if not image:
            self._dead = len(self._openers)
        return span

    def _target(self, begin: int, close: int) -> Span | None:
        text = self._text
        if end := _destination(text, close + 1):
            return Span(close, end)
        label = _LABEL.match(text, close + 1, close + 3 + _LONGEST_LABEL)
        if label and self._defined(label.group(1)):
            return Span(close, label.end())
        if close - begin <= _LONGEST_LABEL and self._defined(text[begin:close]):
            return Span(begin, close + 1)  # the text is the label
        return None

    def _defined(self, label: str) -> bool:
        from markdown_it.common.utils import normalizeReference

        return bool(self._references) and normalizeReference(label) in self._references


def _destination(text: str, at: int) -> int:
    """Where `(target "title")` ends, or 0 if there is none."""
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle

    def skip(at: int) -> int:
        space = _SPACE.match(text, at)
        return space.end() if space else at

    if not text.startswith("(", at):
        return 0
    at = skip(at + 1)
    target = parseLinkDestination(text, at, len(text))
    if target.ok:
        at = skip(target.pos)
        title = parseLinkTitle(text, at, len(text)) if at > target.pos else None
        if title and title.ok:
            at = skip(title.pos)
    return at + 1 if text.startswith(")", at) else 0
