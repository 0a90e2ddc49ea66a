"""A result as a unified diff, as `git apply` and `patch` read it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator


def unified(path: str, before: str, after: str) -> Iterator[str]:
    """The lines of the diff, each with its line end.

    >>> print("".join(unified("a.txt", "Marwin\\n", "Ma Yun\\n")), end="")
    --- a/a.txt
    +++ b/a.txt
    @@ -1 +1 @@
    -Marwin
    +Ma Yun
    """
    old, new = _lines(before), _lines(after)
    name = path.lstrip("/")
    for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines as diff knows them: LF ends one, and nothing else does."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + (
        [last] if (last := text.rpartition("\n")[2]) else []
    )
