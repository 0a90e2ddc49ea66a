"""Counts the steps of a piece of work, so that growth is tested without a clock.

A step is a line of the program that is run, or a code point of a text that is copied or searched by
a method of `str`. What a regular expression does is not seen; `tests/bench/speed` measures it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, SupportsIndex

from tests.samples import ROOT

_PACKAGE = str(ROOT / "cleaner") + "/"


class Counted(str):
    """A text that counts how many code points of it are looked at."""

    looked_at = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        return _counted(super().__getitem__(key))

    def strip(self, *args: Any) -> str:
        return self._copied(super().strip(*args))

    def lstrip(self, *args: Any) -> str:
        return self._copied(super().lstrip(*args))

    def rstrip(self, *args: Any) -> str:
        return self._copied(super().rstrip(*args))

    def find(self, *args: Any) -> int:
        return self._searched(super().find(*args), *args)

    def rfind(self, *args: Any) -> int:
        start = args[1] if len(args) > 1 else 0
        end = args[2] if len(args) > 2 else len(self)
        at = super().rfind(*args)
        Counted.looked_at += end - max(at, start)
        return at

    def count(self, *args: Any) -> int:
        Counted.looked_at += len(range(len(self))[slice(*args[1:] or [None])])
        return super().count(*args)

    def _copied(self, copy: str) -> str:
        Counted.looked_at += len(self)
        return Counted(copy)

    def _searched(self, at: int, _sub: str, start: int = 0, end: int | None = None) -> int:
        last = len(self) if end is None else min(end, len(self))
        Counted.looked_at += (last if at < 0 else at) - start
        return at


def _counted(copy: str) -> str:
    Counted.looked_at += len(copy)
    return Counted(copy)


def steps(work: Callable[[], object]) -> int:
    """Return how many steps a piece of work takes in the package."""
    lines = 0

    def local(_frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return local

    def every(frame: FrameType, _event: str, _: Any) -> Any:
        return local if frame.f_code.co_filename.startswith(_PACKAGE) else None

    Counted.looked_at = 0
    before = sys.gettrace()
    sys.settrace(every)
    try:
        work()
    finally:
        sys.settrace(before)
    return lines + Counted.looked_at


def assert_linear(make: Callable[[int], Callable[[], object]], size: int) -> None:
    """Check that twice the text takes about twice the steps.

    `make` returns the work for a size. It is done once before it is counted, so that what is read
    or imported only once does not count.
    """
    make(2)()
    one, two = (steps(make(n)) for n in (size, 2 * size))
    assert two < 2.4 * one, f"{one:,} steps for {size:,}, {two:,} for twice as many"
