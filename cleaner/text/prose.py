"""What all formats know about running text: the kinds of blocks, and words that are not prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.text.characters import APOSTROPHES, HANGUL, LINE_END
from cleaner.text.edits import Span, merge_spans
from cleaner.text.layout import BlockKind
from cleaner.text.lazy import lazy_pattern

SHORT = 100  # code points; neither a person nor an editor wraps lines to more than that
_LONG = 2 * SHORT  # code points; of a longer block only the end is looked at

_NOTICE = lazy_pattern(
    r"[\N{COPYRIGHT SIGN}\N{CIRCLED LATIN CAPITAL LETTER C}]|\(c\)|All rights reserved",
    re.IGNORECASE,
)
_CREDIT_END = lazy_pattern(rf"\[[^\][\n]*[{HANGUL}][^\][\n]*\]\s*$|\bGraphic\s*[=:][^.]*$")
_BYLINE = lazy_pattern(r"\b(?:correspondent|reporter)\b", re.IGNORECASE)
_SENTENCE_ENDS = frozenset(".!?:;,\N{HORIZONTAL ELLIPSIS}")

_SITES = "com|net|org|info|gov|edu|cn|kr|jp|tw|hk|io"
_FILES = (
    "txt|md|rst|tex|py|js|ts|css|xml|sh|sql|ya?ml|jsonl?|toml|ini|csv|tsv|html?|pdf|docx?|xlsx?"
    "|pptx?|hwpx?|epub|srt|vtt|png|jpe?g|gif|svg|webp|mp[34]|zip|gz|exe"
)
_SCHEMES = "mailto|tel|sms|urn|doi|magnet|sips?|xmpp|javascript|git|ssh"
_MARKS = (
    r"""\s<>"'()\[\],;.!?\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"""
    r"""\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"""
)
# The rest of an address: a full stop or a comma belongs to it only if more of it follows.
_TAIL = rf"(?: [^{_MARKS}]++ | [,;.!?]++ (?= [\w/?&=%\#] ) )*+"
_HEX = "[0-9a-f]{1,4}"
_BEHIND_IPV6 = rf"(?: \]:\d++ )? (?: \]?/ {_TAIL} )?"
_TAGS = r"@\#\N{FULLWIDTH COMMERCIAL AT}\N{FULLWIDTH NUMBER SIGN}"
# All of these are inside one word between white space. Each alternative starts with a look-behind
# that allows it to begin at one place of a word only, so that a very long word takes linear time.
_VERBATIM = lazy_pattern(
    rf"""
      (?<![\w`]) [a-z] [a-z0-9+.-]{{1,20}}+ :// [^\s<>"\N{{RIGHT DOUBLE QUOTATION MARK}}]+   # URL
    | (?<![\w.]) www \. [^\s<>"]+                                                         # URL
    | (?<!\w) (?: {_SCHEMES} ) : [^\s<>"]+                                   # mailto:, tel:, doi:
    | (?<![\w.+-]) [\w.+-]++ @ [\w-]++ (?: \.[\w-]++ )*+ (?: : (?=\w) {_TAIL} )?     # an address
    | (?<![\w{_TAGS}]) @ (?-i: [a-z] ) [\w-]*+ / [\w.-]+              # a package in its scope
    | (?<![\w{_TAGS}&]) [{_TAGS}]++ \w+ (?: [.-] \w+ )*          # a handle, a hashtag; not &#39;
    | (?<![\w.-]) [\w-]+ (?: \.[\w-]+ )* \. (?: {_SITES} ) \b (?! \.\w )
      (?: :\d++ )? (?: [/?\#] {_TAIL} )?                               # a site, or a page of it
    | (?<![\w.-]) [\w-]+ (?: \.[\w-]+ )* \. (?-i: [a-z]{{2,}} ) (?: :\d++ )? / (?=\w) {_TAIL}
                                                                           # a page of any site
    | (?<![\w.-]) [\w-]+ (?: \.[\w-]+ )* \. (?: {_FILES} ) \b (?! \.\w )
      (?: [?\#] (?=\w) {_TAIL} )?                                # a file name, or a place in it
    | (?<![\w.:-]) [a-z] [\w-]*+ (?: \.[\w-]++ )*+ : \d{{2,5}}+ (?! [:.]?\w ) (?: / {_TAIL} )?
                                                                           # host:port
    | (?<![\w.:-]) [\w-]++ (?: \.[\w-]++ )*+ : ~?/ (?=\w) {_TAIL}                      # host:/path
    | (?<![\w.]) \d{{1,3}} (?: \.\d{{1,3}} ){{3}} (?: :\d++ )? (?: / {_TAIL} )?           # IPv4
    | (?<![\w:.]) (?: {_HEX} : ){{3,7}} {_HEX} (?! [\w:] ) {_BEHIND_IPV6}                 # IPv6
    | (?<![\w:.]) {_HEX} (?: :{_HEX} )* :: {_HEX} (?: :{_HEX} )* (?! [\w:] ) {_BEHIND_IPV6}
    | (?<!\S) [^\s?]*+ \? [\w.-]++ = \S*+                                              # a query
    | (?<![\w.&=-]) [\w.-]++ = [^\s&=]++ (?: & [\w.-]++ = [^\s&=]*+ )++                # its fields
    | (?<![\w.~/:]) (?: ~|\.{{1,2}}|/ )? / [\w.~-]+ (?: / [\w.~-]* )*                     # a path
    | (?<!\w) [a-z] : [\\/] [^\s"]+                                          # a path on Windows
    | (?<![\w\\.$-]) (?: \\\\ )? [\w.$-]++ (?: \\ [\w.~$-]++ )++                 # a part of one
    | (?<![\w$]) \$ (?: env: )? (?: [a-z_] \w*+ | \{{ [^{{}}\s]*+ \}} | \( \w++ \) )
                                                                           # $NAME, ${{name}}
    | (?<![\w%]) %{{1,2}} [a-z_] \w*+ %{{1,2}}                                # %NAME%, %%NAME%%
    | (?<![\w%]) % \( \w++ \) [a-z]                                                   # %(name)s
    | (?<![\w\\]) \\ [a-z]++ (?! [\w\\] )                                       # \name, as in TeX
    | (?<![\w:]) : [a-z_] [\w+-]*+ : (?! [\w:] )                                        # :smile:
    | \{{ [a-z_] [\w.]*+ \}}                                                           # {{name}}
    | (?<![\w:]) \w*+ (?: :: \w++ )++                                              # space::name
    | (?<![\w.]) \w++ (?: \.\w++ )*+ \( \)                                              # name()
    | (?<!\S) -- (?-i: [a-z] ) [\w-]*+ (?: = \S*+ )?                                  # --option
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CODE = lazy_pattern(r"(?<!`)`(?!`)[^`\n\r]+`(?!`)")
# Every alternative of _VERBATIM contains one of these, and so does a path. A sum ($5), a share
# (5%), a decimal number and a sign of equality (AP=Yonhap) have none.
_SIGNS = lazy_pattern(
    r"[@#/\\{\N{FULLWIDTH COMMERCIAL AT}\N{FULLWIDTH NUMBER SIGN}]"
    r"|\.(?:[^\W\d]|\d{1,3}\.\d)|[$%](?:[^\W\d]|\()|\?[\w.-]++=|=[^\s&=]++&"
    r"|www|:\S|\(\)|(?<!\S)--[a-z]"
)
_SPACE = lazy_pattern(r"\s")
# Words with slashes between them, which may be a path or prose: `Antgroup/readme.md`, “Ma Win/AP”.
_SLASHED = lazy_pattern(rf"(?<![\w./~{APOSTROPHES}-])[\w.~-]++(?:/[\w.~-]++)++/?")
_FILE_END = lazy_pattern(
    rf"\w\.(?:{_FILES})\Z|/(?:readme|licen[cs]e|changelog|contributing|makefile|dockerfile)\Z",
    re.IGNORECASE,
)
# The name of a folder, `Antgroup/`, or of somebody whose photograph it is: “Marwin/ Newsis”.
_FOLDER = lazy_pattern(r"(?<![\w./~-])[\w.-]++/(?![\w/])")
_NEXT_LETTER = lazy_pattern(r"\s{0,3}\w")
_SMALL = lazy_pattern(r"[a-z][a-z0-9-]*")


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

    These are URLs, addresses, handles, hashtags, names of sites, hosts and files, paths, variables,
    and code between backticks.

    >>> list(verbatim_spans("see https://example.org/Marwin now", Span(0, 34)))
    [Span(start=4, end=30)]
    """
    found: list[Span] = []
    if text.find("`", *within) >= 0:
        found += (Span(*match.span()) for match in _CODE.finditer(text, *within))
    for word in _words_with_signs(text, within):
        found += _verbatim_in(text, word)
    yield from merge_spans(found)


def _words_with_signs(text: str, within: Span) -> Iterator[Span]:
    """Yield the words between white space that have one of the signs."""
    at = within.start
    sign = _SIGNS.search(text, *within)
    while sign:
        before = text[at : sign.start()]
        head = before.rsplit(None, 1)[-1] if before[-1:].strip() else ""
        space = _SPACE.search(text, sign.end(), within.end)
        at = space.start() if space else within.end
        yield Span(sign.start() - len(head), at)
        sign = _SIGNS.search(text, at, within.end)


def _verbatim_in(text: str, word: Span) -> Iterator[Span]:
    """Yield what must stay as it is, except code, in a word between white space."""
    for match in _VERBATIM.finditer(text, *word):
        yield Span(*match.span())
    if text.find("/", *word) >= 0:
        for match in _FOLDER.finditer(text, *word):
            following = _NEXT_LETTER.match(text, match.end())
            if match.group()[0].isupper() and not (following and following.group()[-1].isupper()):
                yield Span(*match.span())
        for match in _SLASHED.finditer(text, *word):
            slashed = match.group().rstrip(".")  # without the full stop of the sentence
            if _is_path(slashed):
                yield Span(match.start(), match.start() + len(slashed))


def _is_path(slashed: str) -> bool:
    """Return whether words with slashes between them are certainly a path.

    That is so if the last one is the name of a file, if one has an underscore, or if one is
    capitalised and the others are in small letters: two or more of them, or one that is not
    English.

    >>> _is_path("Antgroup/readme.md"), _is_path("Antgroup/antchain"), _is_path("Antgroup/a/b")
    (True, True, True)
    >>> _is_path("Marwin/AP"), _is_path("Marwin/founder"), _is_path("and/or")
    (False, False, False)
    """
    words = slashed.rstrip("/").split("/")
    if "_" in slashed or _FILE_END.search(slashed):
        return True
    small = [word for word in words if _SMALL.fullmatch(word)]
    if len(words) - len(small) != 1 or all(word.islower() for word in words):
        return False
    return len(small) > 1 or slashed.endswith("/") or not all(map(_is_english, small))


def _is_english(word: str) -> bool:
    """Return whether all parts of a word with hyphens are ordinary English words."""
    from cleaner.text.words import is_ordinary

    return all(len(part) > 1 and is_ordinary(part) for part in word.split("-"))
