"""What all formats know about running text: the kinds of blocks, and words that are not prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.text.characters import HANGUL, LINE_END
from cleaner.text.document import BlockKind
from cleaner.text.edits import Span

SHORT = 100  # code points; neither a person nor an editor wraps lines to more than that
_LONG = 2 * SHORT  # code points; of a longer block only the end is looked at

_NOTICE = re.compile(
    r"[\N{COPYRIGHT SIGN}\N{CIRCLED LATIN CAPITAL LETTER C}]|\(c\)|All rights reserved",
    re.IGNORECASE,
)
_CREDIT_END = re.compile(rf"\[[^\][\n]*[{HANGUL}][^\][\n]*\]\s*$|\bGraphic\s*[=:][^.]*$")
_BYLINE = re.compile(r"\b(?:correspondent|reporter)\b", re.IGNORECASE)
_SENTENCE_ENDS = frozenset(".!?:;,\N{HORIZONTAL ELLIPSIS}")

_SITES = "com|net|org|info|gov|edu|cn|kr|jp|tw|hk|io"
_FILES = "txt|md|py|ya?ml|json|csv|html?|pdf|docx?|png|jpe?g"
# Each alternative starts with a look-behind that allows it to begin at one place of a word only,
# so that a very long word takes linear time.
_VERBATIM = re.compile(
    rf"""
      (?<![\w`]) (?: https?|ftp|file ) :// [^\s<>"\N{{RIGHT DOUBLE QUOTATION MARK}}]+     # a URL
    | (?<![\w.]) www \. [^\s<>"]+                                                         # a URL
    | (?<![\w.+-]) [\w.+-]+ @ [\w-]+ (?: \.[\w-]+ )+                         # an e-mail address
    | (?<![\w@\#]) [@\#] \w+ (?: [.-] \w+ )*                              # a handle, a hashtag
    | (?<![\w.-]) [\w-]+ (?: \.[\w-]+ )* \. (?: {_SITES} ) \b (?! \.\w )               # a site
    | (?<![\w.-]) [\w-]+ (?: \.[\w-]+ )* \. (?: {_FILES} ) \b (?! \.\w )          # a file name
    | (?<![\w.~/:]) (?: ~|\.{{1,2}} )? / [\w.~-]+ (?: / [\w.~-]* )*                    # a path
    | (?<!\w) [A-Za-z] : \\ [^\s"]+                                         # a path on Windows
    | (?<!`) ` (?! ` ) [^`\n\r]+ ` (?! ` )                                               # code
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Every alternative of _VERBATIM except code contains one of these.
_SIGNS = re.compile(r"[@#/\\]|\.\w|www")


def block_kind(block: str) -> BlockKind:
    """Return what a block of running text is, judged by its beginning, its end and its length.

    >>> block_kind("A gate in Hangzhou. [AP=연합뉴스]")
    'caption'
    >>> block_kind("Beijing = correspondent Lim Do-hyun")
    'byline'
    """
    block = block.rstrip()
    if len(block) > _LONG:
        return "caption" if _CREDIT_END.search(block[-SHORT:]) else "paragraph"
    if block.startswith("[") and block.endswith("]"):
        return "credit"
    if _CREDIT_END.search(block):
        return "caption"
    if _NOTICE.search(block):
        return "notice"
    if len(block) <= SHORT and _BYLINE.search(block) and not block.endswith("."):
        return "byline"
    if not LINE_END.search(block) and block[-1:] not in _SENTENCE_ENDS:
        return "headline"
    return "paragraph"


def may_hold_verbatim(text: str) -> bool:
    """Return whether `verbatim_spans` may find anything but code. This check costs little."""
    return bool(_SIGNS.search(text))


def verbatim_spans(text: str, within: Span) -> Iterator[Span]:
    """Yield the spans that must stay as they are, in order.

    These are URLs, e-mail addresses, handles, hashtags, names of sites and files, paths, and code
    between backticks.

    >>> list(verbatim_spans("see https://example.org/Marwin now", Span(0, 34)))
    [Span(start=4, end=30)]
    """
    for found in _VERBATIM.finditer(text, within.start, within.end):
        yield Span(*found.span())
