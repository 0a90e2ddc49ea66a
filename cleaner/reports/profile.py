"""How long kinds and rules take, as lines for people who write rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleaner.engine.profile import Cost, Profile

_MOST = 20  # rows of a table; the others are added up


def lines(profile: Profile, seconds: float) -> Iterator[str]:
    """Yield the table of kinds and that of rules; `seconds` is the CPU time of the whole run."""
    total = seconds - profile.overhead
    by_fixers = sum(cost.seconds for cost in profile.kinds.values())
    yield from _table("kind", profile.kinds)
    yield _whole(total - by_fixers, "everything else: start, reading, searching, reports")
    yield _whole(total, "in all")
    yield from _table("rule, alone", profile.rules)


def _table(title: str, costs: Mapping[str, Cost]) -> Iterator[str]:
    """Yield a head, and a row for each name, the most expensive one first."""
    yield f"{'CPU':>10}     {'hits':>9}  {'edits':>9}  {title}"
    rows = sorted(costs.items(), key=lambda item: (-item[1].seconds, item[0]))
    for name, cost in rows[:_MOST]:
        yield _row(cost, name)
    rest = Cost()
    for _, cost in rows[_MOST:]:
        rest.add(cost.seconds, cost.hits, cost.edits)
    if len(rows) > _MOST:
        yield _row(rest, f"{len(rows) - _MOST:,} others")


def _whole(seconds: float, what: str) -> str:
    return f"{seconds * 1000:10,.1f} ms  {what}"


def _row(cost: Cost, name: str) -> str:
    return f"{cost.seconds * 1000:10,.1f} ms  {cost.hits:9,}  {cost.edits:9,}  {name}"
