"""Whole lines as rules list them: words, with slots for what differs from page to page.

`Input {date}` is a line of a page, and `Phone {phone}` another one. A line may be several of the
listed ones, as in `Input 2021-03-02 | Modified 2021-03-03`. What counts is neither the case nor the
marks around it: `▶ [RELATED ARTICLES]:` is the line “Related articles”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from cleaner.errors import OptionError
from cleaner.rules.patterns import requirement
from cleaner.text.folding import normal
from cleaner.text.literals import ANYWHERE, FIRST

LONGEST = 300  # code points; a longer line is none that a rule lists

_FREE = ("text", "title")  # slots for anything: any text, and any text that is no sentence
_NUMBER = "[0-9]{1,2}"
_TIME = (
    r"\(?(?:[ap]\.?m\.? ?|오전 ?|오후 ?)?[0-9]{1,2}: ?[0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\.?)?\)?"
)
_SLOTS = {
    "text": r"[^\r\n]{1,150}",
    "title": r"[^\r\n]{1,200}[^\r\n.]",
    "date": (
        rf"(?:19|20)[0-9]{{2}}(?:[-./] ?{_NUMBER}[-./] ?{_NUMBER}\.?|년 ?{_NUMBER}월 ?{_NUMBER}일)"
        rf"(?:[ ,]{{1,2}}{_TIME})?"
    ),
    "number": "[0-9]{1,3}(?:,?[0-9]{3}){0,3}(?:[.][0-9][km]|[km])?",
    "phone": r"\(?0[0-9]{1,2}[-). ]{1,2}[0-9]{3,4}[- .][0-9]{4}",
    "name": r"(?-i:[A-Z][a-z]+(?: [A-Z][a-z]+|-[A-Za-z][a-z]+){1,3})",
    "capitals": "(?-i:[A-Z]{2,5})",
}
# What the text in a slot begins with; in the other slots that is any letter.
_SLOT_BEGINNINGS = {"date": ("19", "20"), "number": tuple("0123456789"), "phone": ("0", "(0")}
_SLOT = re.compile(r"\{([a-z]+)\}")
# What pages print around a line that is a button, a label or a notice.
_MARKS = (
    " \t[](){}<>|:;*+-_=~"
    "\N{EN DASH}\N{EM DASH}\N{MIDDLE DOT}\N{BULLET}\N{REFERENCE MARK}"
    "\N{LEFTWARDS ARROW}\N{RIGHTWARDS ARROW}\N{DOWNWARDS ARROW}"
    "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{BLACK SQUARE}\N{WHITE SQUARE}\N{BLACK CIRCLE}\N{WHITE CIRCLE}\N{BLACK DIAMOND}"
    "\N{WHITE DIAMOND}\N{BLACK STAR}\N{WHITE STAR}\N{HEAVY CHECK MARK}"
    "\N{BLACK RIGHT-POINTING TRIANGLE}\N{WHITE RIGHT-POINTING TRIANGLE}"
    "\N{BLACK RIGHT-POINTING POINTER}\N{BLACK LEFT-POINTING TRIANGLE}"
    "\N{WHITE LEFT-POINTING TRIANGLE}\N{BLACK DOWN-POINTING TRIANGLE}"
    "\N{BLACK UP-POINTING TRIANGLE}\N{WHITE UP-POINTING TRIANGLE}"
    "\N{BLACK RIGHT POINTING INDEX}\N{WHITE RIGHT POINTING INDEX}"
    "\N{LEFT BLACK LENTICULAR BRACKET}\N{RIGHT BLACK LENTICULAR BRACKET}"
    "\N{HANGUL LETTER EU}\N{HANGUL LETTER I}"
)
_BETWEEN = r"[\])> ]{0,2}[ |/,:\N{MIDDLE DOT}\N{HANGUL LETTER I}-]{1,3}[\[(<]?"
# Marks in a listed line for which a page may have others of their kind, in a regular expression.
_VARYING = re.compile(r"""\\?-|['"]""")
_SHORTEST_PIECE = 4  # bytes of a literal that may be a part of a word
_MOST = 8  # listed lines in one line of a page


def bare(line: str) -> str:
    """Return a line without the marks around it.

    >>> bare("▶ [RELATED  ARTICLES]:")
    'RELATED ARTICLES'
    """
    return normal(line).strip(_MARKS)


def check(lines: Iterable[str], words: Mapping[str, str]) -> None:
    """Refuse a line without a fixed word, and a slot that nobody knows.

    Raises:
        OptionError: about the key `lines`.
    """
    known = {*_SLOTS, *words}
    for line in lines:
        for slot in _SLOT.findall(line):
            if slot not in known:
                what = f"there is no slot “{{{slot}}}”"
                raise OptionError("lines", what, f"use one of {', '.join(sorted(known))}")
        if not any(pieces(line, words)):
            raise OptionError("lines", f"“{line}” has no fixed word", "use `match`")


def pieces(line: str, words: Mapping[str, str]) -> Iterator[str | bytes]:
    """Yield literals of which one must occur where a listed line is (see `cleaner.fixers`).

    Quotation marks and hyphens are no part of them: a page may have any kind of these. What a
    listed line begins with is the first word of a line, or stands behind another listed one.

    >>> list(pieces("By {text}", {})), list(pieces("{text} seen by", {}))
    ([b'\\nby '], [b'\\t seen by'])
    >>> list(pieces("'Your report is news'", {})), list(pieces("AD", {}))
    ([b'\\tyour report is news'], ['ad'])
    """
    source = _source(_bare_template(line).lower(), words, escaped=_without_marks).lower()
    literals, reach = requirement(source)
    for literal in sorted(literals):
        # A short one is found in many words, so it has to be a word itself.
        if literal.isalpha() and len(literal) < _SHORTEST_PIECE:
            yield literal.decode()
        else:
            yield (FIRST if reach == 0 else ANYWHERE) + literal


def _bare_template(line: str) -> str:
    """Return a listed line without the marks around it; the braces of a slot are no marks."""
    return normal(line).strip(_MARKS.replace("{", "").replace("}", ""))


@lru_cache(maxsize=512)
def pattern(lines: Sequence[str], words: frozenset[tuple[str, str]]) -> str:
    """Return a regular expression for lines without their marks that a list of lines means."""
    by_slot = dict(words)
    alone: list[str] = []
    others: list[str] = []
    for line in lines:
        source = _source(_bare_template(line), by_slot)
        is_free = any(f"{{{slot}}}" in line for slot in _FREE)
        (alone if is_free else others).append(source)
    if others:
        # The lines stand in it once, because it takes long to compile.
        item = f"(?:{'|'.join(others)})\\.?"
        alone.append(f"(?:{item}(?:{_BETWEEN}(?!\\Z)|\\Z)){{1,{_MOST}}}")
    return f"(?i:{'|'.join(alone)})"


def may_be_listed(line: str, lines: Sequence[str], words: frozenset[tuple[str, str]]) -> bool:
    """Return whether a line of a page without its marks begins as one of the listed lines may.

    A sentence with a word of a listed line mostly does not; so it is not compared with them all.

    >>> lines = ("Share this", "Phone {phone}")
    >>> may_be_listed("Share it", lines, frozenset()), may_be_listed("PHONE", lines, frozenset())
    (False, False)
    >>> may_be_listed("Phone and fax", lines, frozenset())
    True
    """
    # Beyond ASCII there are other spellings of the same small letters.
    return not line.isascii() or line.lower().startswith(_beginnings(lines, words))


@lru_cache(maxsize=512)
def _beginnings(lines: Sequence[str], words: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    """Return what the listed lines begin with, in small letters; "" for any letter."""
    by_slot = {slot: tuple(_listed(listed)) for slot, listed in words}
    beginnings: set[str] = set()
    for line in lines:
        first, slot, *_ = [*_SLOT.split(_bare_template(line)), ""]
        if first:
            beginnings.add(first.lower())
        else:
            in_slot = by_slot.get(slot) or _SLOT_BEGINNINGS.get(slot, ("",))
            beginnings.update(map(str.lower, in_slot))
    return tuple(beginnings)


def _without_marks(words: str) -> str:
    """Return a regular expression for words, with any character for each mark that varies."""
    return _VARYING.sub(".", re.escape(words))


def _source(line: str, words: Mapping[str, str], escaped: Callable[[str], str] = re.escape) -> str:
    """Return the regular expression for one listed line.

    Args:
        line: the line.
        words: the words for each slot of the rule.
        escaped: returns the regular expression for words.
    """
    parts: list[str] = []
    for number, part in enumerate(_SLOT.split(line)):
        if not number % 2:
            parts.append(escaped(part))
        elif part in words:
            parts.append(f"(?:{'|'.join(map(escaped, _listed(words[part])))})")
        else:
            parts.append(_SLOTS[part])
    return "".join(parts)


def _listed(words: str) -> list[str]:
    """Return the words of a list with commas.

    >>> _listed("Naver, Daum")
    ['Naver', 'Daum']
    """
    return [word.strip() for word in words.split(",") if word.strip()]
