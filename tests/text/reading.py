"""A slow and plain search for names, which shares only the idea with the code.

A text is read as a reader sees it, one character after the other, and each name is compared with
the characters at each place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cleaner.text.edits import Span
from cleaner.text.folding import SPACES
from tests.text.samples import ascii_lower

SINGLE_MARKS = "'‘’`´\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}＇"
DOUBLE_MARKS = '"“”'
HYPHENS = "\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
LINE_END = re.compile("\r\n|\r|\n")
BLANK_LINE = "\n\n"

# What a reader looks through: characters without width, and quotation marks beside white space.
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
INVISIBLE = re.compile(
    f"(?<=[{_LATIN}])[\u200c\u200d\u00ad\u200b\u2060\ufeff]+(?=[{_LATIN}])"
    "|[\u00ad\u200b\u2060\ufeff]"
)
QUOTATION_MARK = re.compile(r"""["'`“”‘’](?:(?=\s)|(?<=\s.))""")

_JAMO = "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
_ACCENTED = "[^\u0300-\u036f\\s][\u0300-\u036f]+"
_CHARACTER = re.compile(f"{_JAMO}|{_ACCENTED}|(?P<space>[ \t\r\n{SPACES}]+)|.", re.DOTALL)
_LETTER = re.compile("[A-Za-z]")
_PLURAL = re.compile("e?s(?![a-z])", re.IGNORECASE)


class Character(NamedTuple):
    """A character, composed and small, and its span in the text."""

    written: str
    span: Span

    @property
    def seen(self) -> str:
        """The character with straight marks and plain hyphens."""
        return _straight(self.written)


def characters(text: str, unseen: re.Pattern[str] | None = None) -> Iterator[Character]:
    """Yield what a reader sees, one character after the other.

    A run of white space is one space or, if there is a blank line in it, one blank line.

    Args:
        text: the text.
        unseen: what the reader looks through.
    """
    hidden = (
        {at for found in unseen.finditer(text) for at in range(*found.span())} if unseen else ()
    )
    places = [at for at in range(len(text)) if at not in hidden]
    for found in _CHARACTER.finditer("".join(text[at] for at in places)):
        span = Span(places[found.start()], places[found.end() - 1] + 1)
        if found["space"]:
            written = " " if len(LINE_END.findall(found["space"])) < 2 else BLANK_LINE
        else:
            written = ascii_lower(unicodedata.normalize("NFC", found.group()))
        yield Character(written, span)


def _straight(text: str) -> str:
    """Return the text with straight quotation marks and plain hyphens."""
    text = re.sub(f"[{HYPHENS}]", "-", text)
    text = re.sub(f"[{SINGLE_MARKS}]", "'", text)
    return re.sub(f"[{DOUBLE_MARKS}]", '"', text)


@cache
def _spellings(name: str) -> list[list[str]]:
    """Return the characters of a name as it is given, in small letters, and in capitals."""
    cases = (name, name.lower(), name.upper())
    return [[one.seen for one in characters(case, INVISIBLE)] for case in cases]


class Reading:
    """A text as a reader sees it, in which names are looked for.

    Args:
        text: the text.
        unseen: what the reader looks through.
    """

    def __init__(self, text: str, unseen: re.Pattern[str] | None = None) -> None:
        self._characters = list(characters(text, unseen))
        self._seen = [one.seen for one in self._characters]
        self._joined = "".join(self._seen)
        self._beginning: dict[str, list[int]] = {}  # where each character is
        for at, seen in enumerate(self._seen):
            self._beginning.setdefault(seen, []).append(at)

    def places(self, name: str) -> list[Span]:
        """Return where `name` is as it is given, in small letters or in capitals, as a whole word.

        A whole word has no ASCII letter beside it, except the ending of a plural.
        """
        found: set[Span] = set()
        for form in _spellings(name):
            if "".join(form) not in self._joined:
                continue  # most names are nowhere
            for at in self._beginning.get(form[0], ()):
                end = at + len(form)
                if self._seen[at:end] == form and self._is_whole(at, end):
                    first, last = self._characters[at], self._characters[end - 1]
                    found.add(Span(first.span.start, last.span.end))
        return sorted(found)

    def _is_whole(self, start: int, end: int) -> bool:
        before = "".join(self._seen[:start][-1:])
        after = "".join(self._seen[end : end + 3])
        if _LETTER.match(before):
            return False
        return bool(_PLURAL.match(after) or not _LETTER.match(after))


class Pieces:
    """The bytes of a text, in which pieces are looked for: UTF-8 that may end inside a character.

    A blank line is two spaces.
    """

    def __init__(self, text: str) -> None:
        data = bytearray()
        self._spans: list[Span] = []  # for each byte, that of its character
        for one in characters(text):
            utf8 = one.written.replace(BLANK_LINE, "  ").encode()
            data += utf8
            self._spans += [one.span] * len(utf8)
        self._data = bytes(data)

    def places(self, piece: bytes) -> Iterator[Span]:
        """Yield where a piece is, which may be in any place."""
        start = self._data.find(piece)
        while start >= 0:
            last = start + len(piece) - 1
            yield Span(self._spans[start].start, self._spans[last].end)
            start = self._data.find(piece, start + 1)


def places(text: str, name: str) -> list[Span]:
    """Return where a name is in a text (see `Reading.places`)."""
    return Reading(text).places(name)
