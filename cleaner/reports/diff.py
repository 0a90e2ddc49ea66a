"""The difference of two texts as a unified diff, as `git apply` and `patch` read it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator


def unified(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of the diff, each with its line end; nothing if the texts are the same.

    >>> print("".join(unified("a.txt", "Marwin\\n", "Ma Yun\\n")), end="")
    --- a/a.txt
    +++ b/a.txt
    @@ -1 +1 @@
    -Marwin
    +Ma Yun
    """
    name = path.lstrip("/")
    old, new = _lines(before), _lines(after)
    for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}"):
        if line.endswith("\n"):
            yield line
        else:
            yield f"{line}\n"
            yield "\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Split a text into lines as diff does: only LF ends a line."""
    *whole, rest = text.split("\n")
    lines = [f"{line}\n" for line in whole]
    if rest:
        lines.append(rest)
    return lines
