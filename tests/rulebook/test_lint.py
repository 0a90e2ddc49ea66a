"""Lint: notes about patterns that may be slow, judged without running them."""

from __future__ import annotations

import time

import pytest

from cleaner import RuleSet
from cleaner.rulebook.frequent import of_one, share
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


@pytest.mark.parametrize(
    ("match", "text", "said"),
    [
        pytest.param("[Tt]he$", "the", "looks for “the”", id="a common word"),
        pytest.param(", $", ", ", "looks for “, ”", id="a common mark"),
        pytest.param("[Tt]he Chairman$", "the Chairman", "", id="a rare word behind a common one"),
        pytest.param(",,$", ",,", "", id="rare marks"),
        pytest.param("가$", "가", "", id="another script"),
    ],
)
def test_a_pattern_that_is_tried_everywhere_is_a_note(match: str, text: str, said: str) -> None:
    notes = [str(problem) for problem in lint(rules(match, text)) if "tried in" in problem.what]
    assert len(notes) == bool(said)
    for note in notes:
        assert "mine.yaml:3:3: note: mine/r: it is tried in up to " in note
        assert said in note


def test_a_literal_is_in_no_more_paragraphs_than_its_parts() -> None:
    assert of_one(b"the") >= of_one(b" the ") > of_one(b"the chairman") == 0
    assert share([b"the", b"chairman"]) >= of_one(b"the")
    assert share([]) == 0
    assert share([b""]) == 1


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
