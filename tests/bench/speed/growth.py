"""How the cost of each shape of input grows: CPU time of twice the text over that of the text.

Every measurement is a process of its own, forked from one that holds text and rules, so that none
profits from what another has kept in memory. The sizes take turns.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import traceback
from collections.abc import Iterator, Sequence
from statistics import median
from time import process_time
from typing import NamedTuple

from tests.bench.speed import curves
from tests.bench.speed.shapes import SHAPES, Shape, Work
from tests.bench.speed.table import STEADY, Figure, Row, Target, compared

TARGET = Target(2.3, 2.1, most=True)
LARGEST = 4_000_000  # code points of a text; what is quick even then is not worth a larger one


class Measured(NamedTuple):
    """What a shape took at a size and at multiples of it, in CPU seconds.

    `seconds` has a figure for each of the multiples in `factors` that did not take too long.
    `length` is that of the smallest text, in code points.
    """

    name: str
    length: int
    factors: Sequence[int]
    seconds: Sequence[Figure]

    @property
    def doubled(self) -> float:
        """The time for twice the text over the time for the text; infinite if it took too long.

        The two largest texts count.
        """
        if len(self.seconds) < 2:
            return float("inf")
        return self.seconds[-1].middle / self.seconds[-2].middle

    @property
    def misses(self) -> bool:
        """Whether it grows faster than it may."""
        return TARGET.verdict(self.doubled) == "MISSED"

    @property
    def a_megabyte(self) -> float:
        """CPU seconds for a million code points, at the smallest size."""
        return self.seconds[0].middle / self.length * 1e6 if self.seconds else float("inf")


class Effort(NamedTuple):
    """How carefully shapes are measured.

    `seconds` is what the smallest text should take at least, `limit` what any may take at most,
    both in CPU seconds.
    """

    runs: int = 3
    seconds: float = 0.2
    limit: int = 20
    factors: Sequence[int] = (1, 2)


QUICK = Effort(1, 0.02, 5)
DRAWN = Effort(3, 0.02, 20, (1, 2, 4, 8))


def cpu(work: Work, limit: int) -> float | None:
    """Return the CPU seconds that some work takes in a process of its own, or None.

    None means that it takes more than `limit`, or fails.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _report(work, writer, limit)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return float(json.loads(said)) if said else None


def _report(work: Work, writer: int, limit: int) -> None:
    """Do the work in this process, write the seconds it takes, and end the process."""
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        gc.disable()  # its share grows in steps, which would hide how the rest grows
        begun = process_time()
        work.run()
        os.write(writer, json.dumps(process_time() - begun).encode())
    except Exception:  # nothing may return from here to the code of the parent
        traceback.print_exc()
    finally:
        os._exit(0)


def first_size(shape: Shape, effort: Effort) -> int:
    """Return a size of a shape that takes long enough to be measured, but hardly longer.

    The search begins with a small part of the size that the shape proposes.
    """
    size = max(1, shape.size // 16)
    while True:
        work = shape.work(size)
        took = cpu(work, effort.limit)
        if took is None or took >= effort.seconds:
            return size
        larger = 4 if took < effort.seconds / 16 else 2
        if work.length * larger > LARGEST:
            return size
        size *= larger


def measure(name: str, shape: Shape, effort: Effort) -> Measured:
    """Measure a shape; once more, with more runs, if it seems to miss its target.

    The least text is worked on in this process first, so that what is only loaded when it is needed
    is there, and no size pays for it.
    """
    shape.work(1).run()
    size = first_size(shape, effort)
    works = [shape.work(size * factor) for factor in effort.factors]
    times: list[list[float]] = [[] for _ in works]
    for _ in range(effort.runs):
        _turn(works, times, effort.limit)
    if len(times[-1]) == effort.runs and not _is_linear(times):
        for _ in range(effort.runs + 2):
            _turn(works, times, effort.limit)
    seconds = [Figure(taken, "s") for taken in times if len(taken) == len(times[0]) > 0]
    return Measured(name, works[0].length, effort.factors[: len(seconds)], seconds)


def _turn(works: Sequence[Work], times: Sequence[list[float]], limit: int) -> None:
    """Let the sizes take a turn each, the larger ones only if the smaller did not take too long."""
    for work, taken in zip(works, times, strict=True):
        took = cpu(work, limit)
        if took is None:
            return
        taken.append(took)


def _is_linear(times: Sequence[Sequence[float]]) -> bool:
    """Return whether twice the text takes about twice the time."""
    return TARGET.verdict(median(times[-1]) / median(times[-2])) != "MISSED"


def measure_all(words: Sequence[str], effort: Effort) -> Iterator[Measured]:
    """Measure the shapes whose names contain one of the words, or all of them."""
    for name, shape in SHAPES.items():
        if not words or any(word in name for word in words):
            yield measure(name, shape, effort)


def rows(measured: Sequence[Measured]) -> Iterator[Row]:
    """Yield a row for each shape that misses the target, and one for the worst of the others."""
    missed = [one for one in measured if one.misses]
    others = [one for one in measured if not one.misses]
    for one in sorted(missed, key=lambda one: -one.doubled):
        yield _row(f"shape “{one.name}”: 2n / n", one)
    if others:
        worst = max(others, key=lambda one: one.doubled)
        yield _row(f"{len(others)} other shapes: 2n / n", worst, f"the worst is “{worst.name}”")


def _row(what: str, measured: Measured, note: str = "") -> Row:
    if len(measured.seconds) < 2:
        took = measured.seconds[0] if measured.seconds else None
        ratio = Figure([float("inf")])
        return Row(what, TARGET, None, took, ratio, "twice the text takes too long")
    once, twice = measured.seconds[-2:]
    return compared(what, TARGET, twice, once, note=note)


def describe(measured: Measured) -> str:
    """Return a line about a shape: its length, its cost, and how this grows."""
    middles = " ".join(f"{figure.middle:8.3f}" for figure in measured.seconds)
    unsteady = any(figure.spread > STEADY for figure in measured.seconds)
    marks = ("  <--" if measured.misses else "") + ("  unsteady" if unsteady else "")
    return (
        f"{measured.name:36} {measured.length:>10,} {middles}"
        f" {measured.a_megabyte:9.2f} s/MB {measured.doubled:6.2f}{marks}"
    )


def drawn(measured: Sequence[Measured], note: str) -> str:
    """Return a picture of how the shapes grow, as SVG."""
    found = []
    for one in measured:
        seconds = [figure.middle for figure in one.seconds]
        found.append(curves.Curve(one.name, one.factors, seconds, one.misses))
    return curves.draw(found, note)
