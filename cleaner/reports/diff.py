"""The difference of two texts as a unified diff, as `git apply` and `patch` read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.text.matching import Matcher
from cleaner.text.visible import visible

_CONTEXT = 3  # lines shown before and behind a change
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
    hunks = Matcher(old, new).get_grouped_opcodes(_CONTEXT)
    for number, hunk in enumerate(hunks):
        if not number:
            yield f"--- {_header(f'a/{name}')}\n"
            yield f"+++ {_header(f'b/{name}')}\n"
        first, last = hunk[0], hunk[-1]
        yield f"@@ -{_place(first[1], last[2])} +{_place(first[3], last[4])} @@\n"
        for tag, old_start, old_end, new_start, new_end in hunk:
            if tag == "equal":
                yield from _marked(" ", old[old_start:old_end])
            else:
                yield from _marked("-", old[old_start:old_end])
                yield from _marked("+", new[new_start:new_end])


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


def _marked(mark: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if line.endswith("\n"):
            yield f"{mark}{line}"
        else:
            yield f"{mark}{line}\n"
            yield "\\ No newline at end of file\n"


def _place(start: int, end: int) -> str:
    """Return the first line of a hunk, counted from 1, and how many lines it has.

    >>> _place(4, 5), _place(4, 6), _place(4, 4)
    ('5', '5,2', '4,0')
    """
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"
