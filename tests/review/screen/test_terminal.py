"""Review on a real terminal: keys are sent to a process, and its screen is read."""

from __future__ import annotations

import os
import re
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest
from pytest import MonkeyPatch

from cleaner.errors import UsageError
from cleaner.names.suggestion import Place
from cleaner.review.screen import editor, terminal
from tests.samples import ROOT

SGR = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(r"\x1b\[H(.*?)(?=\x1b\[\?25l\x1b\[H|\x1b\[\?2004l|\Z)", re.DOTALL)
USUAL = {
    key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "VISUAL", "EDITOR"}
}


class Person:
    """Somebody at a terminal of 80 by 24."""

    def __init__(
        self, log: Path, *, refuses: str = "", size: tuple[int, int] = (24, 80), **env: str
    ) -> None:
        self.log = log
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "tests.review.samples", str(log), *([refuses] if refuses else [])],
            cwd=str(ROOT),
            env={**USUAL, "TERM": "xterm-256color", **env},
            dimensions=size,
            timeout=30,
            encoding="utf-8",
        )
        self.written = ""

    def sees(self, text: str) -> str:
        """Wait for a text, and return the screen."""
        self.child.expect_exact(text)
        self.written += str(self.child.before) + str(self.child.after)
        return self.screen()

    def screen(self) -> str:
        """Return the last screen that was drawn, as far as it was read, without colours."""
        drawn = FRAME.findall(self.written)[-1]
        return SGR.sub("", drawn).replace("\x1b[2K", "").replace("\r", "")

    def presses(self, keys: str) -> None:
        """Press keys."""
        self.child.send(keys)

    def decided(self) -> list[str]:
        """Return what was carried out."""
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []

    def leaves(self, keys: str = "q", code: int | None = 0) -> str:
        """Press keys that end the program, and wait for the end; see `ended`."""
        self.presses(keys)
        return self.ended(code)

    def ended(self, code: int | None = 0) -> str:
        """Wait for the end. Check the terminal, and return what was written after the screen."""
        self.child.expect(pexpect.EOF)
        self.written += str(self.child.before)
        self.child.close()
        assert "Traceback" not in self.written
        assert self.child.exitstatus == code
        assert self.written.count("\x1b[?1049h") == self.written.count("\x1b[?1049l")
        left, _, after = self.written.rpartition("\x1b[?1049l")
        assert left.endswith("\x1b[?2004l\x1b[?25h")
        return after


@contextmanager
def person(tmp_path: Path, **options: str) -> Iterator[Person]:
    """Start a review, and wait for the first screen."""
    somebody = Person(tmp_path / "log.txt", **options)  # type: ignore[arg-type]
    try:
        somebody.sees("changes 6 places")
        yield somebody
    finally:
        somebody.child.close(force=True)


def test_a_review_from_beginning_to_end(tmp_path: Path) -> None:
    with person(tmp_path) as one:
        assert "1 of 4 · 4 left" in one.screen()
        one.presses("3x1w\r")
        one.sees("only in texts that contain ")
        one.presses("\r")
        one.sees("Accepted: Ma Yun.")
        one.presses("a")
        one.sees("The right name:")
        one.presses("남궁민\r")
        one.sees("Accepted: 남궁민.")
        one.presses("r")
        one.sees("Rejected: Xi’an.")
        one.presses("uss")
        one.sees("Everything is decided.")
        assert one.leaves("f").strip() == "2 accepted, fix: True"
        assert one.decided() == [
            "accept ma-yun: Ma Yun, -Marvin, fix, Alibaba",
            "accept namgoong: 남궁민, fix",
            "reject xi-an",
            "undo",
        ]


def test_keys_that_are_pressed_ahead_are_not_lost(tmp_path: Path) -> None:
    with person(tmp_path) as one:
        assert one.leaves("arrrq").strip() == "1 accepted, fix: False"
        assert one.decided() == [
            "accept ma-yun: Ma Yun, fix",
            "reject namgoong",
            "reject xi-an",
            "reject zhang",
        ]


@pytest.mark.parametrize("keys", ["\x03", "e\x03", "w\x03", "?\x03", "A\x03", "\x04"])
def test_ctrl_c_leaves_and_keeps_what_was_decided(tmp_path: Path, keys: str) -> None:
    with person(tmp_path) as one:
        assert one.leaves(f"a{keys}").strip() == "1 accepted, fix: False"
        assert one.decided() == ["accept ma-yun: Ma Yun, fix"]


def test_a_signal_gives_the_terminal_back(tmp_path: Path) -> None:
    with person(tmp_path) as one:
        one.presses("a")
        one.sees("Accepted")
        one.child.kill(signal.SIGTERM)
        assert one.ended(143) == ""
        assert one.decided() == ["accept ma-yun: Ma Yun, fix"]


def test_a_terminal_that_goes_away_ends_it(tmp_path: Path) -> None:
    with person(tmp_path) as one:
        one.child.sendeof()
        assert "0 accepted" in one.ended()


def test_arrows_escape_and_paste(tmp_path: Path) -> None:
    with person(tmp_path) as one:
        one.presses("\x1b[C")
        one.sees("2 of 4")
        one.presses("\x1b[D")
        one.sees("1 of 4")
        one.presses("e\x1b")
        one.sees("The right name:")
        one.sees(" quit  ")
        one.presses("\x1b[200~arA\x1b[201~")
        one.sees("The pasted text was ignored.")
        one.presses("e\x15\x1b[200~Jack\nMa\x1b[201~\ra")
        one.sees("Accepted: Jack Ma.")
        one.leaves()
        assert one.decided() == ["accept ma-yun: Jack Ma, fix"]


@pytest.mark.parametrize(("rows", "columns"), [(40, 120), (12, 50), (5, 20), (24, 80)])
def test_a_window_of_another_size_is_drawn_at_once(tmp_path: Path, rows: int, columns: int) -> None:
    with person(tmp_path) as one:
        one.child.setwinsize(rows + 1, columns + 1)
        one.sees("\x1b[H")
        one.child.setwinsize(rows, columns)
        one.sees("\x1b[H")
        one.presses("j")
        one.sees("2 of 4")
        one.leaves("q")
        lines = one.screen().split("\n")
        assert len(lines) == rows
        assert max(map(len, lines)) <= columns


def test_a_window_that_is_dragged_loses_nothing_of_what_is_drawn(tmp_path: Path) -> None:
    with person(tmp_path) as one:
        one.sees(" quit  ")
        for step in range(300):  # while what is drawn is read, bit by bit
            one.child.setwinsize(24, 80 + step % 40)
            one.presses("jk"[step % 2])
            one.written += str(one.child.read_nonblocking(2000))
        one.child.setwinsize(24, 80)
        one.leaves()
        frames = FRAME.findall(one.written)
        assert len(frames) > 100
        assert {frame.count("\x1b[2K") for frame in frames} == {24}


def test_no_color_is_respected(tmp_path: Path) -> None:
    with person(tmp_path, NO_COLOR="1") as one:
        one.leaves("aq")
        assert not SGR.search(one.written)


def test_colours(tmp_path: Path) -> None:
    with person(tmp_path) as one:
        one.leaves()
        assert "\x1b[1;31mMarwin" in one.written


def test_a_refusal_is_shown_and_decides_nothing(tmp_path: Path) -> None:
    with person(tmp_path, refuses="Ma Yun") as one:
        one.presses("a")
        one.sees("rules/accepted.yaml:3: “Ma Yun” is both a variant and a right form")
        one.leaves()
        assert one.decided() == []


def test_nothing_of_a_file_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    with person(tmp_path) as one:
        one.presses("jj")
        one.sees("<U+001B>[31mIn <U+0009>")
        one.leaves()
        assert not re.search("[\u202e\u200b\t]", one.written)


def test_a_job_that_is_stopped_gives_the_terminal_back_and_goes_on(tmp_path: Path) -> None:
    with person(tmp_path) as one:
        shell = f"{sys.executable} -m tests.review.samples {tmp_path / 'log.txt'}"
        one.leaves()
        one.child = pexpect.spawn(
            "bash",
            ["--norc", "-i"],
            cwd=str(ROOT),
            env={**USUAL, "TERM": "xterm", "PS1": "$ "},
            dimensions=(24, 80),
            timeout=30,
            encoding="utf-8",
        )
        one.written = ""
        one.presses(f"{shell}\r")
        one.sees("changes 6 places")
        one.presses("\x1a")
        one.sees("Stopped")
        assert one.written.rindex("\x1b[?1049l") > one.written.rindex("\x1b[?1049h")
        one.presses("fg\r")
        one.sees("1 of 4")
        one.presses("aq")
        one.sees("1 accepted, fix: False")
        assert one.decided() == ["accept ma-yun: Ma Yun, fix"]


def script(tmp_path: Path, text: str) -> Path:
    """Write an executable shell script."""
    path = tmp_path / "edit.sh"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_editor_has_the_terminal_and_gives_it_back(tmp_path: Path) -> None:
    """The files of the samples do not exist, so the review says so."""
    with person(tmp_path, EDITOR="true") as one:
        one.presses("o")
        one.sees("articles/alibaba.txt is gone; run cleaner suggest again")
        one.leaves()


@pytest.mark.parametrize(
    ("called", "wanted"),
    [
        pytest.param("vim", ["vim", "+3", "a b.txt"], id="vim"),
        pytest.param(
            "/usr/bin/emacs -nw", ["/usr/bin/emacs", "-nw", "+3:5", "a b.txt"], id="emacs"
        ),
        pytest.param("code", ["code", "--wait", "--goto", "a b.txt:3:5"], id="code"),
        pytest.param("subl -n", ["subl", "-n", "--wait", "a b.txt:3:5"], id="subl"),
        pytest.param("hx", ["hx", "a b.txt:3:5"], id="helix"),
        pytest.param("'my editor'", ["my editor", "+3", "a b.txt"], id="quoted"),
    ],
)
def test_editors(called: str, wanted: list[str]) -> None:
    assert editor.command(called, Place("a b.txt", 3, 5, "", 0)) == wanted


def test_an_editor_is_called_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "-a b.txt").write_text("Marwin\n", encoding="utf-8")
    program = script(tmp_path, f'printf "%s|" "$@" > "{tmp_path}/called"')
    place = Place(str(tmp_path / "-a b.txt"), 1, 1, "Marwin", 0)
    assert editor.show(place, {"EDITOR": str(program)}).startswith("-a b.txt was open in edit.sh.")
    assert (tmp_path / "called").read_text(encoding="utf-8") == f"+1|{tmp_path}/-a b.txt|"


@pytest.mark.parametrize(
    ("called", "said"),
    [
        pytest.param(
            "no-such-editor",
            "does not start (No such file or directory); set EDITOR to another",
            id="none",
        ),
        pytest.param(
            "vim 'x", "does not start (No closing quotation); set EDITOR to another", id="quotes"
        ),
        pytest.param("false", "the editor “false” ended with code 1", id="fails"),
        pytest.param(" ", "no editor is named; set EDITOR, as in EDITOR=nano", id="blank"),
    ],
)
def test_an_editor_that_does_not_work_is_told(tmp_path: Path, called: str, said: str) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        editor.show(Place(str(tmp_path / "a.txt"), 1, 1, "x", 0), {"EDITOR": called})
    assert said in str(caught.value)


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_can_show_no_screen_is_known(term: str, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert not terminal.possible({"TERM": term})
    assert terminal.possible({"TERM": "xterm"})
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert not terminal.possible({"TERM": "xterm"})
