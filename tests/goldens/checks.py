"""Scoring texts as if they were files."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner import Cleaner
from cleaner.goldens import Gap, Scored, score
from tests.samples import as_file


def score_text(
    cleaner: Cleaner, name: str, seed: str, golden: str | None, gaps: Sequence[Gap] = ()
) -> Scored:
    """Score a seed against its golden, both given as texts."""
    wanted = None if golden is None else as_file(golden, name)
    return score(cleaner, name, as_file(seed, name), wanted, gaps)
