"""Lint: notes about patterns that may be slow, judged without running them."""

from __future__ import annotations

import time

import pytest

from cleaner import RuleSet
from cleaner.rulebook.lint import lint
from tests.samples import ruleset

RULE = """\
kind: pattern
rules:
- id: r
  match: '{match}'
  replace: x
  message: m
  examples: [{{before: '{text}', after: x}}, {{same: '{text} b'}}]
"""


def rules(match: str, text: str) -> RuleSet:
    return ruleset(RULE.format(match=match, text=text))


def notes(known: RuleSet) -> list[str]:
    """Return what lint says about slow patterns."""
    return [str(problem) for problem in lint(known) if "slow" in problem.what]


@pytest.mark.parametrize(
    ("match", "text", "count"),
    [
        pytest.param(r"\w+,,$", "a,,", 1, id="begins everywhere"),
        pytest.param("^(?:a+)+,,$", "a,,", 1, id="nested"),
        pytest.param("^a,,$", "a,,", 0, id="fixed"),
    ],
)
def test_a_pattern_that_may_be_slow_is_a_note(match: str, text: str, count: int) -> None:
    said = notes(rules(match, text))
    assert len(said) == count
    assert all("mine.yaml:3:3: note: mine/r: `match` may be slow" in line for line in said)


def test_lint_looks_at_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    known = rules(r"\w+,,$", "a,,")
    for clock in (
        "time",
        "time_ns",
        "perf_counter",
        "perf_counter_ns",
        "monotonic",
        "process_time",
    ):
        monkeypatch.setattr(time, clock, lambda: pytest.fail("lint asked for the time"))
    said = notes(known)
    monkeypatch.undo()
    assert len(said) == 1
