"""The matcher on forms seen on public pages: how many are found, and whether scores are honest.

The weights were learned with these rows too, so the figures say that nothing broke, and not how the
matcher does on new pages; tests/bench/names/targets.py says that.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner import Matcher, Name
from cleaner.names.match import Candidate

ROWS = Path(__file__).parents[1] / "bench" / "names" / "real_rows.jsonl"
Answer = tuple[dict[str, Any], list[Candidate]]


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    """The rows that came through Korean or must be left alone, and what is proposed for them."""
    rows = [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]
    names = {row["right"]: Name(row["right"]) for row in rows if row["right"]}
    chosen = [row for row in rows if row["pivot"] == "ko" or not row["right"]]
    matcher = Matcher(names.values(), pivot="ko")
    return list(zip(chosen, matcher.link_all(row["form"] for row in chosen), strict=True))


def is_right(row: dict[str, Any], found: list[Candidate]) -> bool:
    return bool(found) and found[0].canonical == row["right"]


def test_most_garbles_are_found(answers: list[Answer]) -> None:
    garbles = [is_right(row, found) for row, found in answers if row["right"]]
    assert sum(garbles) >= 0.8 * len(garbles)


def test_few_forms_are_proposed_that_must_be_left_alone(answers: list[Answer]) -> None:
    alone = [found for row, found in answers if not row["right"]]
    assert sum(map(bool, alone)) <= 0.1 * len(alone)


def test_what_is_certain_is_right(answers: list[Answer]) -> None:
    strong = [(row, found) for row, found in answers if found and found[0].strong]
    assert len(strong) > 50
    assert [row["form"] for row, found in strong if not is_right(row, found)] == []


@pytest.mark.parametrize(
    ("low", "high"),
    [
        pytest.param(0.3, 0.7, id="doubtful"),
        pytest.param(0.7, 0.9, id="likely"),
        pytest.param(0.9, 1.01, id="very-likely"),
    ],
)
def test_scores_are_as_high_as_they_are_right(
    low: float, high: float, answers: list[Answer]
) -> None:
    between = [(row, found) for row, found in answers if found and low <= found[0].score < high]
    right = sum(is_right(row, found) for row, found in between) / len(between)
    mean = sum(found[0].score for _, found in between) / len(between)
    assert right >= mean - 0.05
