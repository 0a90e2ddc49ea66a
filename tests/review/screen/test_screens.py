"""Screens as a person sees them. Reviewed ones are kept in screens/.

SCREENS=write writes these files again; look at them before you commit them. A file that ends in
.txt is a screen without colour; `cat` shows the colours of one that ends in .ansi.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len

from cleaner.review.screen.screens import screen
from cleaner.review.screen.session import Session, begin
from cleaner.review.screen.terminal import coloured_lines
from cleaner.review.session.effects import Remark
from tests.review.samples import GROUPS, SPELLINGS, TRIAL
from tests.review.screen.test_session import play
from tests.samples import ROOT

SCREENS = Path(__file__).parent / "screens"
KEYS: dict[str, tuple[Sequence[str], Sequence[Remark] | None]] = {
    "name": ("", TRIAL),
    "dropped-and-kept": (["2", "x", "3", "n", "1", "w", "enter", "l"], TRIAL),
    "evidence": ("w", TRIAL),
    "typing": (["e", "down"], TRIAL),
    "unknown": ("j", ()),
    "hostile": ("jj", (Remark("plain", "changes 2 places"),)),
    "many": (["j", "j", "j", *["down"] * 17], (Remark("plain", "changes 165 places"),)),
    "help": ("?", None),
    "goldens": ("g", None),
    "end": (["a", "r", "s", "s"], None),
    "spelling": ("", TRIAL[2:]),
    "swapped": ("c", TRIAL[2:]),
    "case": ("j", TRIAL[2:]),
}
# Each layout once, and the page of a name in every size: what differs elsewhere is only wording,
# and `test_any_screen_fits` draws every page in every size.
KEPT = [
    ("name", 80, 24, "txt"),
    ("name", 50, 20, "txt"),
    ("name", 120, 40, "txt"),
    ("name", 80, 24, "ansi"),
    ("dropped-and-kept", 80, 24, "ansi"),
    ("evidence", 80, 24, "txt"),
    ("typing", 80, 24, "txt"),
    ("unknown", 80, 24, "txt"),
    ("hostile", 80, 24, "txt"),
    ("many", 80, 24, "txt"),
    ("help", 80, 24, "txt"),
    ("goldens", 80, 24, "ansi"),
    ("end", 80, 24, "txt"),
    ("spelling", 80, 24, "txt"),
    ("swapped", 80, 24, "txt"),
    ("case", 80, 24, "txt"),
]


def file_name(name: str, width: int, height: int, form: str) -> str:
    return f"{name}.{width}x{height}.{form}"


@pytest.mark.parametrize(
    ("name", "width", "height", "form"), KEPT, ids=[file_name(*kept) for kept in KEPT]
)
def test_a_screen_looks_as_it_was_reviewed(name: str, width: int, height: int, form: str) -> None:
    keys, trial = KEYS[name]
    groups = SPELLINGS if name in ("spelling", "swapped", "case") else GROUPS
    drawn = screen(play(keys, begin(groups))[0], trial, width, height)
    lines = coloured_lines(drawn, width, colour=form == "ansi")
    text = "".join(f"{line.rstrip()}\n" for line in lines)
    file = SCREENS / file_name(name, width, height, form)
    if os.environ.get("SCREENS") == "write":
        SCREENS.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
    assert ("\x1b" in text) == (form == "ansi")


def test_every_kept_screen_is_compared() -> None:
    assert {file.name for file in SCREENS.iterdir()} == {file_name(*kept) for kept in KEPT}


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        pytest.param("ak", "Is this Ma Yun?   accepted", id="the status beside the name"),
        pytest.param("a", "2 of 4 · 1 accepted · 3 left", id="the statuses in the head"),
        pytest.param(["/", *"jang", "enter"], "only “jang”", id="the filter"),
        pytest.param(["e", "down", "enter"], "suggested: Ma Yun", id="the name that was suggested"),
        pytest.param("A", "Accept all 3 that are left?", id="a question"),
    ],
)
def test_the_state_of_a_review_is_in_sight(keys: Sequence[str], text: str) -> None:
    assert text in plain(play(keys)[0])


def test_the_screen_of_the_manual_is_true() -> None:
    page = (ROOT / "cleaner" / "manual" / "review.md").read_text(encoding="utf-8")
    assert f"```text\n{(SCREENS / 'name.80x24.txt').read_text(encoding='utf-8')}```\n" in page


def plain(session: Session, width: int = 80, height: int = 24) -> str:
    """Return a screen without colour."""
    return "\n".join(coloured_lines(screen(session, TRIAL, width, height), width, colour=False))


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_columns_are_aligned_in_every_script(width: int) -> None:
    """The text of each line begins at the same cell, though some file names are in Hangul."""
    rows = [row for row in plain(begin(GROUPS), width).splitlines() if ".txt:" in row]
    texts = ("“마윈", "It is said", "Marwin said", "[Marvin")
    starts = {cell_len(row[: row.index(text)]) for row in rows for text in texts if text in row}
    assert len(rows) > 3
    assert len(starts) == 1


@pytest.mark.parametrize("at", range(len(GROUPS)))
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
def test_progress_and_the_marked_line_are_always_in_sight(at: int, size: tuple[int, int]) -> None:
    session = play("j" * at)[0]
    for _ in session.occurrences:
        text = plain(session, *size)
        assert f"{at + 1} of {len(GROUPS)}" in text
        assert "\n > " in text
        session = play(["down"], session)[0]


@pytest.mark.parametrize("keys", ["", "e", "w", "A", "/", "?", "g", "S"])
def test_every_screen_says_how_to_leave_it(keys: str) -> None:
    text = plain(play(keys)[0])
    assert any(way in text for way in ("q quit", "Esc cancels", "any other key"))
