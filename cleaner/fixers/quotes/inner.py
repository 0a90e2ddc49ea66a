"""Spaces inside a pair of straight double quotation marks: " X "."""

from __future__ import annotations

import re

# A pair of straight double marks with spaces inside, and white space or punctuation around it.
_SPACED_PAIR = re.compile(r'[\s(]?" (?=.*\w)\S(?:.*\S)? "[\s.,;:!?)]?', re.DOTALL)


def inner_spaces(text: str) -> list[int]:
    """Return the positions of spaces just inside a pair of straight double quotation marks.

    A pair counts only with a space on both inner sides, and with white space or punctuation around
    it. The marks of the paragraph must be even in number.

    >>> inner_spaces('the " X " and "Y"'), inner_spaces('an " X " and a "')
    ([5, 7], [])
    >>> inner_spaces('"No," she said, "no."')
    []
    """
    marks = [found.start() for found in re.finditer('"', text)]
    if len(marks) % 2:
        return []
    spaces: list[int] = []
    for opener, closer in zip(marks[::2], marks[1::2], strict=True):
        is_inch_mark = text[max(0, opener - 2) : max(0, opener - 1)].isdigit()  # 5' 10 "
        pair = text[max(0, opener - 1) : closer + 2]
        if not is_inch_mark and _SPACED_PAIR.fullmatch(pair):
            spaces += [opener + 1, closer - 1]
    return spaces
