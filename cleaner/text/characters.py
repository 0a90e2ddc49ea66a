"""Characters and patterns that more than one module needs."""

from __future__ import annotations

import re

LINE_END = re.compile(r"\r\n|\r|\n")  # the only line ends of the files that people have
HANGUL = r"\uAC00-\uD7A3"  # all Hangul syllables, as a range for use inside [...] of a pattern
APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"  # hyphens that a reader sees
