"""Character references such as `&rsquo;` and `&#8217;`: read, and written as the source does."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html import unescape
from html.entities import codepoint2name
from typing import NamedTuple
from unicodedata import category

from cleaner.text.edits import Span
from cleaner.text.sourcemap import Spell, UnwritableError

_REFERENCE = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|[A-Za-z][A-Za-z0-9]*;?)")
_NUMERIC = re.compile(r"&#(?:([xX])([0-9a-fA-F]+)|([0-9]+))")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# What has to be a reference in text, and in a value between these quotation marks.
_ESCAPES = {
    "": {"&": "&amp;", "<": "&lt;", ">": "&gt;"},
    '"': {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"},
    "'": {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;"},
}
_ENOUGH = 2_000  # references of a source that are looked at to know its habits


class Reference(NamedTuple):
    """A character reference in a text.

    Attributes:
        span: where it stands.
        text: what a reader sees; None if only a definition in the source could tell.
    """

    span: Span
    text: str | None


def reference_at(source: str, at: int, end: int, *, in_value: bool, is_xml: bool) -> Reference:
    """Return the reference that begins at `at`, or the mark & alone if none does.

    >>> reference_at("&copyB", 0, 6, in_value=False, is_xml=False)
    Reference(span=Span(start=0, end=5), text='©')
    >>> reference_at("&copy=1", 0, 7, in_value=True, is_xml=False)
    Reference(span=Span(start=0, end=1), text='&')
    """
    alone = Reference(Span(at, at + 1), "&")
    found = _REFERENCE.match(source, at, end)
    if found is None:
        return alone
    text, rest = _decoded(found.group())
    if text is None:
        return Reference(Span(*found.span()), None) if is_xml else alone
    stop = found.end() - len(rest)
    is_closed = source[stop - 1] == ";"
    if in_value and not is_closed and source[at + 1] != "#":
        following = source[stop : min(stop + 1, end)]
        if following == "=" or following.isalnum():
            return alone
    return Reference(Span(at, stop), text)


@lru_cache(maxsize=1_000)
def _decoded(written: str) -> tuple[str | None, str]:
    """Return what a reference stands for, and what of it is text behind the reference.

    Without a semicolon, the longest name that HTML knows is the reference.

    >>> _decoded("&rsquo;"), _decoded("&copyB"), _decoded("&foo;")
    (('’', ''), ('©', 'B'), (None, ''))
    """
    from html.entities import html5

    if written[1] == "#" or written[1:] in html5:
        return unescape(written), ""
    for stop in range(len(written) - 1, 2, -1):
        if written[1:stop] in html5:
            return html5[written[1:stop]], written[stop:]
    return None, ""


class Habits:
    """How a source writes characters: what it has as references, and how these look.

    Args:
        source: the source.
        is_xml: whether it follows the rules of XML, where most names need a definition.
        encoding: that which the source declares, or "".
    """

    def __init__(self, source: str, *, is_xml: bool, encoding: str) -> None:
        is_unicode = encoding.startswith("utf")
        styles: Counter[str] = Counter()
        written: Counter[bool] = Counter()  # marks and letters that are written as references
        capitals: Counter[bool] = Counter()
        names = False
        for number, found in enumerate(_REFERENCE.finditer(source)):
            if number == _ENOUGH:
                break
            text = unescape(found.group())
            if text.isascii():
                continue
            styles[_style_name(found.group())] += 1
            if _tells(text[0]):
                written[text[0].isalpha()] += 1
            names = names or found.group()[1] != "#"
            digits = found.group()[3:]
            if _style_name(found.group()) == "hex" and digits.lower() != digits.upper():
                capitals[digits == digits.upper()] += 1
        raw: Counter[bool] = Counter()
        for number, run in enumerate(_NOT_ASCII.finditer(source)):
            if number == _ENOUGH:
                break
            for char in filter(_tells, run.group()):
                raw[char.isalpha()] += 1
        self._spells: dict[tuple[str, str], Spell] = {}  # in place of references, by reference
        self._capitals = capitals[True] >= capitals[False]
        self._has_names = names or not is_xml
        is_ascii = source.isascii()
        self._raw = {}
        for is_letter in (True, False):
            if written[is_letter] or raw[is_letter]:
                self._raw[is_letter] = raw[is_letter] > written[is_letter]
            else:
                self._raw[is_letter] = not is_ascii or (is_unicode and not styles)
        self._encoding = encoding
        self._style = styles.most_common(1)[0][0] if styles else "decimal"

    def spell(self, quote: str = "") -> Spell:
        """Return how text is written in a value between these quotation marks, or as content."""
        escapes = _ESCAPES[quote]

        def spell(text: str) -> str:
            return "".join(escapes.get(char) or self._plain(char) for char in text)

        return spell

    def _plain(self, char: str) -> str:
        if char.isascii() or (self._raw[char.isalpha()] and self._can_hold(char)):
            return char
        return self._written(char, self._style)

    def _can_hold(self, char: str) -> bool:
        """Return whether the declared encoding has a character."""
        try:
            char.encode(self._encoding or "utf-8")
        except UnicodeEncodeError:
            return False
        return True

    def spell_as(self, reference: str, quote: str = "") -> Spell:
        """Return how text is written in place of a reference (or a bare &): as one like it."""
        known = self._spells.get((reference, quote))
        if known is None:
            known = self._new_spell(reference, quote)
            self._spells[reference, quote] = known
        return known

    def _new_spell(self, reference: str, quote: str) -> Spell:
        if reference == "&":
            return self.spell(quote)
        escapes = _ESCAPES[quote]
        style = _style_name(reference)
        numeric = _NUMERIC.match(reference)
        there = unescape(reference)
        kind = there.isalnum() if there.isascii() and numeric else None

        def spell(text: str) -> str:
            written: list[str] = []
            for char in text:
                if char in escapes and style == "name":
                    written.append(escapes[char])
                elif not char.isascii() or (char.isalnum() is kind and not char.isspace()):
                    written.append(self._written(char, style, numeric))
                else:
                    written.append(escapes.get(char, char))
            return "".join(written)

        return spell

    def _written(self, char: str, style: str, like: re.Match[str] | None = None) -> str:
        """Return a reference to a character, with as many digits as another one."""
        name = codepoint2name.get(ord(char))
        if style == "name" and name and self._has_names:
            return f"&{name};"
        if style == "hex":
            digits = f"{ord(char):X}" if self._is_capital(like) else f"{ord(char):x}"
            width, x = (len(like.group(2)), like.group(1)) if like else (0, "x")
            padded = digits.zfill(width) if like and like.group(2).startswith("0") else digits
            return f"&#{x}{padded};"
        digits = str(ord(char))
        if like and like.group(3) and like.group(3).startswith("0"):
            digits = digits.zfill(len(like.group(3)))
        return f"&#{digits};"

    def _is_capital(self, like: re.Match[str] | None) -> bool:
        digits = like.group(2) if like else ""
        if digits and digits.lower() != digits.upper():
            return digits == digits.upper()
        return self._capitals


def _tells(char: str) -> bool:
    """Return whether a character tells how others are written; &nbsp; and &copy; do not."""
    return category(char)[0] in "LMNP"


def _style_name(reference: str) -> str:
    if reference[1] != "#":
        return "name"
    return "hex" if reference[2] in "xX" else "decimal"


def spell_cdata(text: str) -> str:
    """Return a text as it is written in a CDATA section."""
    if "]]>" in text:
        raise UnwritableError("“]]>” would end the CDATA section")
    return text
