"""How much time one kind of work has taken, in very many short stretches."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, process_time
from typing import TypeVar

T = TypeVar("T")

_SHORT = 0.01  # seconds; a longer stretch is checked against the CPU time


class Stopwatch:
    """Adds up the time of short stretches of work.

    The clock on the wall costs a tenth of a microsecond to read, the CPU time some microseconds.
    So only a stretch that seems long is checked against the CPU time: on a busy machine, or while
    the process was stopped, the clock on the wall has gone further.

    Attributes:
        seconds: how long all stretches took so far.
    """

    __slots__ = ("_cpu", "seconds")

    def __init__(self) -> None:
        self.seconds = 0.0
        self._cpu: float | None = None  # when the CPU time was last read

    def time(self, work: Callable[[], T]) -> T:
        """Return what `work` returns, or raise what it raises, and add the time that it took.

        >>> watch = Stopwatch()
        >>> watch.time(lambda: "done"), watch.seconds > 0
        ('done', True)
        """
        if self._cpu is None:
            self._cpu = process_time()
        begin = monotonic()
        try:
            return work()
        finally:
            taken = monotonic() - begin
            if taken > _SHORT:
                cpu = process_time()
                taken = min(taken, cpu - self._cpu)
                self._cpu = cpu
            self.seconds += taken
