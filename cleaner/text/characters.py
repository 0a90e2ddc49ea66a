"""Characters and patterns that more than one module needs."""

from __future__ import annotations

import re

LINE_END = re.compile(r"\r\n|\r|\n")  # the only line ends of the files that people have
HANGUL = r"\uAC00-\uD7A3"  # all Hangul syllables, as a range for use inside [...] of a pattern
APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
# Marks between two syllables of a name, as people type them: Xi'an, Hawai`i, Qur\N{MODIFIER LETTER
# APOSTROPHE}an.
SYLLABLE_MARKS = (
    f"{APOSTROPHES}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
    "\N{MODIFIER LETTER TURNED COMMA}`\N{ACUTE ACCENT}\N{FULLWIDTH APOSTROPHE}"
)
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"  # hyphens that a reader sees
# Characters without width that do not belong to the character before them: a word is the same with
# them and without.
INVISIBLE = "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
# Without width too, but part of the character before them, as in an emoji or a Persian word.
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
