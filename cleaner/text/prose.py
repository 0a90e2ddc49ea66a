"""What formats know of running text: what kind of block it is, and which of its words are no prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.text.document import BlockKind
from cleaner.text.edits import Span

SHORT = 100  # code points: a longer line was not wrapped by a person or an editor

_NOTICE = re.compile(
    r"[\N{COPYRIGHT SIGN}\N{CIRCLED LATIN CAPITAL LETTER C}]|\(c\)|All rights reserved",
    re.IGNORECASE,
)
_CREDIT_END = re.compile(r"\[[^\][\n]*[\uAC00-\uD7A3][^\][\n]*\]\s*$|\bGraphic\s*[=:][^.]*$")
_BYLINE = re.compile(r"\b(?:correspondent|reporter)\b", re.IGNORECASE)
_LINE_END = re.compile(r"[\r\n]")
# Each alternative begins with a look-behind that allows one start a word, so that a very long word
# stays linear.
_VERBATIM = re.compile(
    r"""
      (?<![\w`]) (?: https?|ftp|file ) :// [^\s<>"\N{RIGHT DOUBLE QUOTATION MARK}]+
    | (?<![\w.]) www \. [^\s<>"]+
    | (?<![\w.+-]) [\w.+-]+ @ [\w-]+ (?: \.[\w-]+ )+          # an address
    | (?<![\w@\#]) [@\#] \w+ (?: [.-] \w+ )*                  # a handle, a hashtag
    | (?<![\w.-]) [\w-]+ (?: \.[\w-]+ )* \. (?: com|net|org|info|gov|edu|cn|kr|jp|tw|hk|io ) \b (?! \.\w )
    | (?<![\w.-]) [\w-]+ (?: \.[\w-]+ )* \. (?: txt|md|py|ya?ml|json|csv|html?|pdf|docx?|png|jpe?g ) \b (?! \.\w )
    | (?<![\w.~/:]) (?: ~|\.{1,2} )? / [\w.~-]+ (?: / [\w.~-]* )*   # a path
    | (?<!\w) [A-Za-z] : \\ [^\s"]+                           # a path on Windows
    | (?<!`) ` (?! ` ) [^`\n\r]+ ` (?! ` )                    # code
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS = re.compile(r"[@#/\\]|\.\w|www")


def kind(block: str) -> BlockKind:
    """What a block of running text is, by how it begins, how it ends and how long it is.

    >>> kind("A gate in Hangzhou. [AP=연합뉴스]"), kind("Beijing = correspondent Lim Do-hyun")
    ('caption', 'byline')
    """
    block = block.rstrip()
    if len(block) > 2 * SHORT:
        return "caption" if _CREDIT_END.search(block[-SHORT:]) else "paragraph"
    if block.startswith("[") and block.endswith("]"):
        return "credit"
    if _CREDIT_END.search(block):
        return "caption"
    if _NOTICE.search(block):
        return "notice"
    if len(block) <= SHORT and _BYLINE.search(block) and not block.endswith("."):
        return "byline"
    if not _LINE_END.search(block) and block[-1:] not in set(".!?:;,\N{HORIZONTAL ELLIPSIS}"):
        return "headline"
    return "paragraph"


def may_hold_verbatim(text: str) -> bool:
    """Whether there can be such a word, code aside: a look at little cost."""
    return bool(_SIGNS.search(text))


def verbatim(text: str, start: int, end: int) -> Iterator[Span]:
    """What nobody may touch between two places: URLs, addresses, handles, sites, file names, paths,
    code.

    >>> [*verbatim("see https://example.org/Marwin now", 0, 34)]
    [Span(start=4, end=30)]
    """
    for found in _VERBATIM.finditer(text, start, end):
        yield Span(*found.span())
