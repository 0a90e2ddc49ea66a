"""The line of a text in which something was found, with carets below what is meant."""

from __future__ import annotations

from rich.cells import cell_len

from cleaner.text.cells import head, tail
from cleaner.text.edits import Span
from cleaner.text.visible import visible

_FAR = 250  # code points of a line that are looked at on each side


def excerpt(text: str, span: Span, cells: int) -> tuple[str, str]:
    r"""Return the line that a span begins in, and a line of carets to print below it.

    What does not fit is left out at both ends. A wide character of Hangul or Chinese has two
    carets. An empty span has one.

    Args:
        text: what the span is in.
        span: in code points.
        cells: the width of the screen.

    >>> print("\n".join(excerpt("Alibaba fell.\nMarwin, 마윈, ran.\n", Span(22, 24), 40)))
    Marwin, 마윈, ran.
            ^^^^
    >>> print("\n".join(excerpt("It is said that Marwin of Alibaba ran.", Span(16, 22), 20)))
    … that Marwin of Al…
           ^^^^^^
    """
    line = _line(text, span.start)
    end = min(max(span.start, span.end), line.end)
    meant = head(visible(text[span.start : end]), cells)
    after = visible(text[end : line.end].rstrip())
    room = cells - cell_len(meant)
    before = visible(text[line.start : span.start].lstrip())
    before = tail(before, max(room - cell_len(after), room // 2))
    after = head(after, room - cell_len(before))
    carets = "^" * max(cell_len(meant), 1)
    return f"{before}{meant}{after}", f"{' ' * cell_len(before)}{carets}"


def _line(text: str, at: int) -> Span:
    """Return the line that a place is in, as far as it is near."""
    near = max(at - _FAR, 0)
    start = max(text.rfind("\n", near, at) + 1, near)
    end = text.find("\n", at, at + _FAR)
    end = min(at + _FAR, len(text)) if end < 0 else end
    return Span(start, max(end - text.endswith("\r", at, end), at))
