"""Prints the table of targets: ours, the peer, their ratio, at least, aim, and whether it is met.

    pip install -e '.[dev,bench]'
    python -m tests.bench.speed --corpora CORPORA
    python -m tests.bench.speed --corpora CORPORA --rows clean damaged --runs 5
    python -m tests.bench.speed --rows shapes --shapes Markdown spaces
    python -m tests.bench.speed --rows shapes --draw
    python -m tests.bench.speed --quick

What misses its target is listed first. Every contender is a process of its own; those of a row take
turns (A B A B), so that a busy machine slows all alike. What is compared is CPU time (user and
system), as medians; the lowest and highest values stand beside them, and a row whose values differ
by more than a fifth of the median is `unsteady`. Ratios hold, absolute times do not. Where a row is
about texts, the start and the loading of rules are left out: they have rows of their own.

With --quick, all rows are measured once at small sizes: this shows that they work, nothing else.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from tests.bench.speed import rows
from tests.bench.speed.processes import ROOT, Arena, load
from tests.bench.speed.rows import ROWS, Bench, Sizes
from tests.bench.speed.table import Row, render

SHAPES = "shapes"
PICTURE = ROOT / ".github" / "images" / "growth.svg"


def main() -> None:
    """Measure what was asked for and print the table."""
    asked = _parser().parse_args()
    missing = rows.missing_peers(asked.rows)
    if missing:
        raise SystemExit(f"no {' and no '.join(missing)}: pip install -e '.[bench]'")
    print(machine(), flush=True)
    found: list[Row] = []
    for row in measured(asked):
        found.append(row)
        print(f"  {row.what}: {' | '.join(filter(None, row.cells()[1:]))}", flush=True)
    print()
    print(render(found), end="")


def measured(asked: Namespace) -> Iterator[Row]:
    """Yield the rows that were asked for."""
    sizes = rows.QUICK
    if not asked.quick:
        corpus = int(asked.corpus * 1_000_000)
        sizes = Sizes(runs=asked.runs, corpus=corpus).scaled(asked.scale)
    with tempfile.TemporaryDirectory() as scratch:
        folder = (asked.keep or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        arena = Arena(folder, product=asked.product.resolve())
        bench = Bench(arena, asked.corpora.expanduser().resolve(), sizes)
        for name in asked.rows:
            yield from shapes(asked) if name == SHAPES else ROWS[name](bench)


def shapes(asked: Namespace) -> Iterator[Row]:
    """Measure shapes in processes forked from this one, print each, and draw them all."""
    sys.path.insert(0, str(asked.product.resolve()))
    from tests.bench.speed import growth

    effort = growth.QUICK if asked.quick else growth.Effort(asked.runs)
    if asked.draw:
        effort = growth.DRAWN._replace(runs=asked.runs)
    found = []
    print(f"{'shape':36} {'length':>10}  CPU seconds at n, 2n ..., a million characters, 2n / n")
    for one in growth.measure_all(asked.shapes, effort):
        found.append(one)
        print(growth.describe(one), flush=True)
    if asked.draw:
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_text(growth.drawn(found, machine()), encoding="utf-8")
    yield from growth.rows(found)


def machine() -> str:
    """Say what the figures are measured on."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, load {load():.1f}; "
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}"
    )


def _processor() -> str:
    """Return the name of the processor, which only Linux says in full."""
    listing = Path("/proc/cpuinfo")
    lines = listing.read_text(encoding="utf-8").splitlines() if listing.exists() else []
    for line in lines:
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m tests.bench.speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = [*ROWS, SHAPES]
    corpora = Path("~/corpora")
    which = f"only these of {', '.join(names)}"
    where = f"where fetch.py puts real texts; what is missing is fetched ({corpora})"
    option = parser.add_argument
    option("--rows", nargs="+", choices=names, default=names, metavar="ROW", help=which)
    option("--runs", type=int, default=3, help="runs of each contender (3)")
    option("--corpora", type=Path, default=corpora, help=where)
    option("--scale", type=float, default=1, metavar="PART", help="only this part of each text (1)")
    option("--corpus", type=float, default=100, metavar="MB", help="JSON Lines to clean (100)")
    option("--shapes", nargs="+", default=(), metavar="WORD", help="only shapes with such a name")
    option("--draw", action="store_true", help=f"draw the shapes: {PICTURE.relative_to(ROOT)}")
    option("--quick", action="store_true", help="everything once, at small sizes")
    option("--keep", type=Path, metavar="FOLDER", help="leave texts and rules here")
    option("--product", type=Path, default=ROOT, metavar="FOLDER", help="another checkout")
    return parser


if __name__ == "__main__":
    main()
