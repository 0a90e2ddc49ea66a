"""Screens as a person sees them, kept in screens/; SCREENS=write makes them anew, to be looked at
and committed.

A file ending in .txt is a screen without colour, one ending in .ansi shows its colours with `cat`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len

from cleaner.review.screen.effects import Remark
from cleaner.review.screen.screens import screen
from cleaner.review.screen.session import Session, begin
from cleaner.review.screen.terminal import coloured_lines
from tests.review.samples import GROUPS, TRIAL
from tests.review.screen.test_session import play
from tests.samples import ROOT

SCREENS = Path(__file__).parent / "screens"
SIZES = ((80, 24), (120, 40))
KEPT: dict[str, tuple[Sequence[str], Sequence[Remark] | None]] = {
    "name": ("", TRIAL),
    "trying": ("", None),
    "dropped-and-kept": (["2", "x", "3", "n", "1", "w", "enter", "l"], TRIAL),
    "evidence": ("w", TRIAL),
    "edited": (["e", "down", "enter"], TRIAL),
    "typing": (["e", "down"], TRIAL),
    "unknown": ("j", ()),
    "hostile": ("jj", (Remark("plain", "changes 2 places"),)),
    "many": (["j", "j", "j", *["down"] * 17], (Remark("plain", "changes 165 places"),)),
    "decided": ("ak", TRIAL),
    "question": ("A", TRIAL),
    "filtered": (["/", *"jang", "enter"], ()),
    "help": ("?", None),
    "goldens": ("g", None),
    "end": (["a", "r", "s", "s"], None),
}


@pytest.mark.parametrize("colour", [False, True], ids=["none", "colour"])
@pytest.mark.parametrize("size", SIZES, ids=[f"{width}x{height}" for width, height in SIZES])
@pytest.mark.parametrize("name", KEPT)
def test_screens_are_as_they_were_seen(name: str, size: tuple[int, int], colour: bool) -> None:
    keys, trial = KEPT[name]
    drawn = screen(play(keys)[0], trial, *size)
    lines = coloured_lines(drawn, size[0], colour=colour)
    text = "".join(f"{line.rstrip()}\n" for line in lines)
    file = SCREENS / f"{name}.{size[0]}x{size[1]}.{'ansi' if colour else 'txt'}"
    if os.environ.get("SCREENS") == "write":
        SCREENS.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
    assert ("\x1b" in text) == colour


def test_no_screen_is_kept_that_nobody_sees() -> None:
    assert {file.name.partition(".")[0] for file in SCREENS.iterdir()} == set(KEPT)


def test_the_screen_of_the_readme_is_true() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"```text\n{(SCREENS / 'name.80x24.txt').read_text(encoding='utf-8')}```\n" in readme


def plain(session: Session, width: int = 80, height: int = 24) -> str:
    """A screen without colour."""
    return "\n".join(coloured_lines(screen(session, TRIAL, width, height), width, colour=False))


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_columns_stand_under_one_another_whatever_the_script(width: int) -> None:
    """The text of each line begins at the same cell, though some file names are in Hangul."""
    rows = [row for row in plain(begin(GROUPS), width).splitlines() if ".txt:" in row]
    texts = ("“마윈", "It is said", "Marwin said", "[Marvin")
    starts = {cell_len(row[: row.index(text)]) for row in rows for text in texts if text in row}
    assert len(rows) > 3
    assert len(starts) == 1


@pytest.mark.parametrize("at", range(len(GROUPS)))
@pytest.mark.parametrize("size", [(60, 20), *SIZES])
def test_progress_and_the_marked_line_are_always_in_sight(at: int, size: tuple[int, int]) -> None:
    session = play("j" * at)[0]
    for _ in session.lines:
        text = plain(session, *size)
        assert f"{at + 1} of {len(GROUPS)}" in text
        assert "\n > " in text
        session = play(["down"], session)[0]


@pytest.mark.parametrize("keys", ["", "e", "w", "A", "/", "?", "g", "S"])
def test_every_screen_says_how_to_leave_it(keys: str) -> None:
    text = plain(play(keys)[0])
    assert any(way in text for way in ("q quit", "Esc leaves it", "any other key"))
