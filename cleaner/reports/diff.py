"""The difference of two texts as a unified diff, as `git apply` and `patch` read it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from cleaner.text.visible import visible

_ESCAPES = dict(zip('\a\b\t\n\v\f\r"\\', 'abtnvfr"\\', strict=True))


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
    for line in difflib.unified_diff(old, new, _header(f"a/{name}"), _header(f"b/{name}")):
        if line.endswith("\n"):
            yield line
        else:
            yield f"{line}\n"
            yield "\\ No newline at end of file\n"


def _header(name: str) -> str:
    r"""Return a name of a file as git writes it, so that no name can pass for a line of the diff.

    A tab tells `patch` that a space is part of the name.

    >>> print(_header("a/one.txt"), _header("a/tw\no.txt"))
    a/one.txt "a/tw\no.txt"
    """
    quoted = "".join(map(_quoted, name))
    written = name if quoted == name else f'"{quoted}"'
    return f"{written}\t" if " " in name else written


def _quoted(char: str) -> str:
    if char in _ESCAPES:
        return f"\\{_ESCAPES[char]}"
    if visible(char) == char:
        return char
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))


def _lines(text: str) -> list[str]:
    """Split a text into lines as diff does: only LF ends a line."""
    *whole, rest = text.split("\n")
    lines = [f"{line}\n" for line in whole]
    if rest:
        lines.append(rest)
    return lines
