"""A long text is cleaned like any other, and in memory that its size limits."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.project import files
from cleaner.project.corpus import Cleaned, clean_path
from cleaner.reports.tally import edit_lines, lookup_lines
from tests.samples import engine_for

RULES = """kind: pattern
rules:
- {id: comma, match: ",,+", replace: ",", message: doubled comma, report: something was lost}
"""
# Four bytes a code point as a `str`: the emoji.
PARAGRAPH = "The “sea” froze in May,, and it’s white. Nobody – not even I – had seen that.\r\n\r\n"
TEXT = "One \N{GRINNING FACE}.\r\n\r\n" + PARAGRAPH


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return engine_for(RULES)


def cleaned(cleaner: Cleaner, path: Path) -> Cleaned:
    outcome = clean_path(cleaner, path)
    assert isinstance(outcome, Cleaned), outcome
    return outcome


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT, id="changed"),
        pytest.param("\N{BYTE ORDER MARK}" + TEXT * 3, id="a byte order mark"),
        pytest.param("The “sea” froze.\n", id="unchanged"),
        pytest.param("", id="empty"),
    ],
)
def test_packed_or_not(
    cleaner: Cleaner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    plain = cleaned(cleaner, path)
    monkeypatch.setattr(files, "_LONG", -1)
    packed = cleaned(cleaner, path)
    assert packed.data == plain.data
    assert list(edit_lines(packed)) == list(edit_lines(plain))
    assert list(lookup_lines(packed)) == list(lookup_lines(plain))
    assert packed.result == plain.result
    assert list(packed.result.document.blocks()) == list(plain.result.document.blocks())


def test_memory_for_a_long_text(
    cleaner: Cleaner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For each byte that a text is longer, there are at most so many bytes more in memory.

    They are one for the file, one for the text that the next pass reads, and up to four for each
    code point of the text.
    """
    monkeypatch.setattr(files, "_LONG", 100_000)
    monkeypatch.setattr(files, "MAX_BYTES", 1_000_000)
    path = tmp_path / "a.txt"
    clean = PARAGRAPH.replace(",,", ",")
    peaks: list[int] = []
    size = 4_000  # paragraphs; fewer are searched all together, which takes more
    for number in (1, size, 2 * size):
        path.write_bytes((TEXT + clean * number).encode())
        tracemalloc.start()
        cleaned(cleaner, path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    more = (peaks[2] - peaks[1]) / (size * len(clean.encode()))
    assert more < 7, peaks
