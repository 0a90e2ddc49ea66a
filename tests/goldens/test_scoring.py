"""Scores say what a person would say, and gaps are strict."""

from __future__ import annotations

import pytest

from cleaner.goldens import Gap, score_all
from tests.goldens.checks import score_text
from tests.samples import ROOT, SEEDS, bundled, names


@pytest.mark.parametrize(
    ("seed", "golden", "right", "missing", "harmful"),
    [
        pytest.param("Marwin fell", "Ma Yun fell", 1, 0, 0, id="right"),
        pytest.param("Ma’Marwin’", "Ma ‘Ma Yun’", 1, 1, 0, id="a gap beside a right edit"),
        pytest.param("Mawin fell", "Ma Yun fell", 0, 1, 0, id="missing"),
        pytest.param("Marwin fell", "Marwin fell", 0, 0, 1, id="harmful: nothing was wanted"),
        pytest.param(
            "Marwin fell", "Jack Ma fell", 0, 0, 1, id="harmful: something else was wanted"
        ),
        pytest.param("Marwin fell\n\nx\n", "x\n", 0, 1, 0, id="moot in a line that goes"),
        pytest.param("fine", "fine", 0, 0, 0, id="nothing to do"),
    ],
)
def test_scores(seed: str, golden: str, right: int, missing: int, harmful: int) -> None:
    scored = score_text(names("canonical: Ma Yun, variants: [Marwin]"), "a.txt", seed, golden)
    assert (scored.right, len(scored.missing), len(scored.harmful)) == (right, missing, harmful)
    assert scored.as_wanted == (not missing and not harmful)


def test_gaps_are_strict_both_ways() -> None:
    cleaner = names("canonical: Ma Yun, variants: [Marwin]")
    gap = Gap(1, 3, "’", " ‘")
    assert score_text(cleaner, "a", "Ma’Marwin’", "Ma ‘Ma Yun’", [gap]).as_wanted
    closed = score_text(cleaner, "a", "Marwin", "Ma Yun", [gap])
    assert (closed.as_wanted, closed.closed) == (False, (gap,))
    twice = score_text(cleaner, "a", "Ma’Marwin’", "Ma ‘Ma Yun’", [gap, gap])
    assert (twice.as_wanted, twice.closed) == (False, (gap,))


def test_accepting_keeps_every_wish_and_takes_what_the_tool_does() -> None:
    cleaner = names("canonical: Ma Yun, variants: [Marwin]")
    assert (
        score_text(cleaner, "a", "Marwin fell,, and", "Marwin fell, and").accepted
        == "Ma Yun fell, and"
    )
    assert score_text(cleaner, "a", "Marwin", None).accepted == "Ma Yun"


def test_the_bundled_rules_do_what_the_goldens_want() -> None:
    scores = list(score_all(bundled(), ROOT / "seeds", ROOT / "golden"))
    assert [scored.name for scored in scores if not scored.as_wanted] == []
    assert sum(scored.right for scored in scores) > 0
    assert len(scores) >= len(SEEDS) + 4
