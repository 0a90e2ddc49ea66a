"""The table of targets: what was measured beside what is wanted, and what is missed first."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

STEADY = 0.2  # a row whose figures differ by more than this part of their median says so
HEADS = ("what", "ours", "peer", "ratio", "at least", "aim", "now ok?")


class Figure(NamedTuple):
    """What was measured in each run, in one unit.

    >>> str(Figure([0.5, 0.25, 0.75], "s"))
    '0.500 s (0.250–0.750)'
    >>> str(Figure([1234.5], "MB"))
    '1,234 MB'
    """

    values: Sequence[float]
    unit: str = ""

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def spread(self) -> float:
        """The difference between the highest and the lowest value, over the median."""
        return (max(self.values) - min(self.values)) / self.middle if self.middle else 0.0

    def __str__(self) -> str:
        lowest, highest = (number(bound) for bound in (min(self.values), max(self.values)))
        unit = f" {self.unit}" if self.unit else ""
        span = f" ({lowest}–{highest})" if lowest != highest else ""
        return f"{number(self.middle)}{unit}{span}"


class Target(NamedTuple):
    """What a row must reach at least and what is aimed at; `most`: a lower value is better.

    >>> Target(4, 15).verdict(5)
    'yes'
    >>> Target(12, 4, most=True).verdict(13)
    'MISSED'
    """

    least: float
    aim: float
    most: bool = False
    unit: str = ""

    def verdict(self, value: float) -> str:
        """Return `aim` if it is reached, `yes` if the other bound is, else `MISSED`."""
        if self._reaches(value, self.aim):
            return "aim"
        return "yes" if self._reaches(value, self.least) else "MISSED"

    def cells(self) -> tuple[str, str]:
        """Return the two bounds as a table shows them."""
        sign = "≤ " if self.most else "≥ "
        unit = f" {self.unit}" if self.unit else ""
        return f"{sign}{self.least:g}{unit}", f"{sign}{self.aim:g}{unit}"

    def _reaches(self, value: float, bound: float) -> bool:
        return value <= bound if self.most else value >= bound


class Row(NamedTuple):
    """A line of the table; without a ratio, `note` says why nothing was measured."""

    what: str
    target: Target | None = None
    ours: Figure | None = None
    peer: Figure | None = None
    ratio: Figure | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """What the last column says first."""
        if self.ratio is None:
            return "not measured"
        return self.target.verdict(self.ratio.middle) if self.target else ""

    def cells(self) -> tuple[str, ...]:
        """Return the cells of the row."""
        measured = [str(figure) if figure else "" for figure in (self.ours, self.peer, self.ratio)]
        bounds = self.target.cells() if self.target else ("", "")
        remarks = [self.verdict]
        figures = [figure for figure in (self.ours, self.peer, self.ratio) if figure]
        if any(figure.spread > STEADY for figure in figures):
            remarks.append("unsteady")
        if self.note:
            remarks.append(self.note)
        return (self.what, *measured, *bounds, "; ".join(filter(None, remarks)))


def compared(
    what: str, target: Target | None, ours: Figure, peer: Figure, *, note: str = ""
) -> Row:
    """Return the row of a comparison.

    Its ratio is ours over the peer if the target is an upper bound, else the peer over ours.
    """
    over = ours if target is None or target.most else peer
    under = peer if over is ours else ours
    ratios = [one / other for one, other in zip(over.values, under.values, strict=True)]
    return Row(what, target, ours, peer, Figure(ratios), note)


def alone(what: str, target: Target | None, ours: Figure, *, note: str = "") -> Row:
    """Return the row of a figure that has no peer."""
    return Row(what, target, ours, None, ours._replace(unit=""), note)


def ordered(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with those first that miss what they must reach at least."""
    return sorted(rows, key=lambda row: row.verdict != "MISSED")


def render(rows: Sequence[Row]) -> str:
    """Return the table in Markdown, what is missed first."""
    cells = [HEADS, *(row.cells() for row in ordered(rows))]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, tuple("-" * width for width in widths))
    lines = []
    for line in cells:
        padded = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        lines.append(f"| {' | '.join(padded)} |\n")
    return "".join(lines)


def number(value: float) -> str:
    """Return a number with three digits, as far as it needs them.

    >>> number(0.01234), number(1.5), number(56.25), number(12345.6)
    ('0.012', '1.500', '56.2', '12,346')
    """
    places = 3 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{places}f}"
