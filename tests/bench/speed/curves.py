"""Draws how the time of each shape grows with the text, as SVG.

There is a panel for each group of shapes (the first word of their names, up to a comma). Both axes
are logarithmic: a line along the dashed diagonal is a time that grows as the text does. The colours
follow the reader's choice of a light or a dark page, and the picture has a background of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import log2
from typing import NamedTuple

COLUMNS = 3
PANELS = 6
TOP, MARGIN, FOOT = 84, 24, 44  # units around the panels
WIDTH, HEIGHT = 300, 250  # of a panel, with what is written around it
LEFT, HEAD, BELOW, RIGHT = 40, 34, 34, 18  # units around the plot of a panel

STYLE = """
  .page { fill: #ffffff; stroke: #d8dee4 } text { fill: #59636e; font-size: 11px }
  .title { fill: #1f2328; font-size: 17px; font-weight: 600 }
  .head { fill: #1f2328; font-size: 13px; font-weight: 600 }
  .grid { stroke: #d8dee4; stroke-width: 1 } .linear { stroke: #59636e; stroke-width: 1.2 }
  .linear { stroke-dasharray: 5 4 } .curve { fill: none; stroke: #0969da; stroke-width: 1.4 }
  .curve { stroke-opacity: .45; stroke-linejoin: round }
  .bad { stroke: #cf222e; stroke-opacity: .95 }
  text.bad { fill: #cf222e; stroke: none }
  text { font-family: system-ui, "DejaVu Sans", sans-serif }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; stroke: #3d444d } .title, .head { fill: #f0f6fc } text { fill: #9198a1 }
    .grid { stroke: #2a313c } .linear { stroke: #9198a1 } .curve { stroke: #4493f8 }
    .bad { stroke: #f85149 } text.bad { fill: #f85149 }
  }
"""


class Curve(NamedTuple):
    """The CPU seconds of a shape at one, two, four ... times the smallest text.

    `is_bad`: it is to be marked, because it is steeper than wanted.
    """

    name: str
    factors: Sequence[int]
    seconds: Sequence[float]
    is_bad: bool = False

    @property
    def growth(self) -> Sequence[float]:
        """The times over the first one."""
        return [taken / self.seconds[0] for taken in self.seconds]


class Plot(NamedTuple):
    """Where the plot of a panel stands, and how many doublings each axis has."""

    x: float
    y: float
    width: float
    height: float
    doublings: int
    most: int

    def across(self, factor: float) -> float:
        """Return where a multiple of the text stands."""
        return self.x + self.width * log2(factor) / self.doublings

    def up(self, growth: float) -> float:
        """Return where a multiple of the time stands; what leaves the plot stays at its edge."""
        part = log2(max(growth, 0.25)) / self.most
        return self.y + self.height * (1 - min(max(part, 0), 1))


def groups(curves: Sequence[Curve]) -> Mapping[str, Sequence[Curve]]:
    """Return the largest groups of curves by the beginnings of their names, then all others."""
    counts = Counter(_beginning(curve) for curve in curves)
    largest = [name for name, _ in counts.most_common(PANELS - 1)]
    found: dict[str, list[Curve]] = {name: [] for name in (*largest, "others")}
    for curve in curves:
        name = _beginning(curve)
        found[name if name in largest else "others"].append(curve)
    return {name: inside for name, inside in found.items() if inside}


def _beginning(curve: Curve) -> str:
    return curve.name.partition(",")[0]


def draw(curves: Sequence[Curve], note: str) -> str:
    """Return a picture of curves as SVG; `note` stands below the title.

    Curves with a single point are left out.
    """
    drawn = [curve for curve in curves if len(curve.seconds) > 1]
    panels = groups(drawn)
    rows = -(-len(panels) // COLUMNS)
    width = 2 * MARGIN + COLUMNS * WIDTH
    height = TOP + rows * HEIGHT + FOOT
    doublings = round(log2(max((curve.factors[-1] for curve in drawn), default=2)))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="title">',
        f"<style>{STYLE}</style>",
        f'<rect class="page" x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8"/>',
        _text(MARGIN, 34, "How time grows with the text", "title", 'id="title"'),
        _text(MARGIN, 56, note),
    ]
    for number, (name, inside) in enumerate(panels.items()):
        row, column = divmod(number, COLUMNS)
        plot = Plot(
            MARGIN + column * WIDTH + LEFT,
            TOP + row * HEIGHT + HEAD,
            WIDTH - LEFT - RIGHT,
            HEIGHT - HEAD - BELOW,
            doublings,
            doublings + 2,
        )
        lines += _panel(plot, f"{name} ({len(inside)})", inside)
    key = "across: text, times the smallest; up: CPU time; dashed: linear; red: misses the target"
    lines += [_text(MARGIN, height - 18, key), "</svg>\n"]
    return "\n".join(lines)


def _panel(plot: Plot, name: str, curves: Sequence[Curve]) -> Iterator[str]:
    """Yield the elements of a panel: its name, grid and axes, and the curves."""
    yield _text(plot.x, plot.y - 12, name, "head")
    right, bottom = plot.x + plot.width, plot.y + plot.height
    for power in range(plot.doublings + 1):
        x = plot.across(2**power)
        yield _line(x, plot.y, x, bottom, "grid")
        yield _text(x, bottom + 16, f"{2**power}×", "", 'text-anchor="middle"')
    for power in range(plot.most + 1):
        y = plot.up(2**power)
        yield _line(plot.x, y, right, y, "grid")
        yield _text(plot.x - 6, y + 4, f"{2**power}×", "", 'text-anchor="end"')
    yield _line(plot.x, bottom, right, plot.up(2**plot.doublings), "linear")
    for curve in sorted(curves, key=lambda curve: curve.is_bad):
        points = zip(curve.factors, curve.growth, strict=True)
        way = " ".join(f"{plot.across(x):.1f},{plot.up(y):.1f}" for x, y in points)
        kind = "curve bad" if curve.is_bad else "curve"
        name = f"<title>{escape(curve.name)}</title>"
        yield f'<polyline class="{kind}" points="{way}">{name}</polyline>'
    bad = sorted((curve for curve in curves if curve.is_bad), key=lambda curve: -curve.growth[-1])
    for number, curve in enumerate(bad[:3]):
        yield _text(plot.x + 8, plot.y + 16 + 14 * number, curve.name, "bad")
    if len(bad) > 3:
        yield _text(plot.x + 8, plot.y + 58, f"and {len(bad) - 3} more", "bad")


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, words: str, kind: str = "", more: str = "") -> str:
    attributes = " ".join(filter(None, (f'class="{kind}"' if kind else "", more)))
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{escape(words)}</text>'
