"""The list of gaps: it comes back as it was written, and what is broken is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import RuleError
from cleaner.goldens import read_gaps, render_gaps
from tests.goldens.checks import score_text
from tests.samples import names


def test_gaps_come_back_as_they_were_written(tmp_path: Path) -> None:
    cleaner = names("canonical: Ma Yun, variants: [Marwin]")
    seed, golden = 'a "b" \N{NO-BREAK SPACE}\n\\ x\u2028', "c\n"
    scored = score_text(cleaner, "sub/a: b.txt", seed, golden)
    (tmp_path / "gaps.yaml").write_text(
        render_gaps({scored.name: scored.missing}), encoding="utf-8"
    )
    assert read_gaps(tmp_path / "gaps.yaml") == {"sub/a: b.txt": list(scored.missing)}
    (tmp_path / "gaps.yaml").write_text(render_gaps({}), encoding="utf-8")
    assert read_gaps(tmp_path / "gaps.yaml") == {}
    assert read_gaps(tmp_path / "none.yaml") == {}


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        pytest.param("kind: gaps", "1:1: there is no mapping `files`", id="no files"),
        pytest.param(
            "files: {a: x}", "1:12: the gaps of a file are text, not a list", id="no list"
        ),
        pytest.param(
            "files: {a: [{at: x, before: a, after: b}]}", "1:13: this is not a gap", id="no place"
        ),
        pytest.param(
            "files: {a: [{at: '1:2', before: a}]}", "1:13: this is not a gap", id="no after"
        ),
    ],
)
def test_a_broken_gaps_file_is_named(yaml: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "gaps.yaml").write_text(yaml)
    with pytest.raises(RuleError) as caught:
        read_gaps(tmp_path / "gaps.yaml")
    assert f"gaps.yaml:{message}" in str(caught.value)
