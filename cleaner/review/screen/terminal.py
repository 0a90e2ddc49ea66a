"""Review in a terminal: draw the session, read a key, carry out its effects, and repeat."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Hashable, Iterator, Mapping, Sequence
from io import StringIO
from typing import IO

from rich.console import Console

from cleaner.errors import CleanerError
from cleaner.review.screen.effects import Diff, Effect, Open, Quit, ScreenDesk
from cleaner.review.screen.keyboard import RESIZED, Keyboard
from cleaner.review.screen.screens import Screen, screen
from cleaner.review.screen.session import Move, Session
from cleaner.review.screen.turn import answered, press
from cleaner.review.session.effects import Answer, Redo, Remark, Undo, carry_out
from cleaner.text.visible import visible

# The alternate screen keeps what was on the terminal before. Pasted text is marked as such.
_ENTER = "\x1b[?1049h\x1b[?2004h"
_LEAVE = "\x1b[?2004l\x1b[?25h\x1b[?1049l"
_HOME = "\x1b[H"
# A line is cleared before it is written: behind a full line, this would delete its last cell.
_CLEAR_LINE = "\x1b[2K"
_SHOW_CURSOR = "\x1b[?25h"
_HIDE_CURSOR = "\x1b[?25l"


def possible(environment: Mapping[str, str]) -> bool:
    """Return whether stdin and stdout are a terminal that can show a screen."""
    has_screen = environment.get("TERM", "dumb") not in ("", "dumb", "unknown")
    has_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return has_screen and has_terminal and sys.platform != "win32"


def review(session: Session, desk: ScreenDesk, *, colour: bool) -> tuple[Session, Quit]:
    """Let a person decide.

    Every decision is carried out at once, so nothing is lost however the process ends. The
    terminal is as it was before, also after an error or a signal.

    Returns:
        The session at its end, and how it was left.
    """
    display = _Display(sys.stdout, colour=colour)
    safe_desk = _SafeDesk(desk, display)
    with display.opened():
        while True:
            display.draw(session, safe_desk.known_trial(session))
            key = _next_key(session, display, safe_desk)
            if key == "c-z":
                display.suspend()
                continue
            session, left = _carry_out(press(session, key), display, safe_desk)
            if left:
                return session, left


def _next_key(session: Session, display: _Display, desk: _SafeDesk) -> str:
    """Return the next key. While none is pressed, make the trial; after a resize, draw again."""
    is_idle = session.mode is None and not display.keyboard.is_waiting()
    if is_idle and session.group and desk.known_trial(session) is None:
        desk.make_trial(session)
        display.draw(session, desk.known_trial(session))
    while True:
        key = display.keyboard.key()
        if key not in (RESIZED, "c-l"):
            return key
        display.draw(session, desk.known_trial(session))


def _carry_out(move: Move, display: _Display, desk: _SafeDesk) -> tuple[Session, Quit | None]:
    """Carry out the effects of a key.

    Several effects (all the rest) are shown one by one, and Ctrl-C stops between them. A refused
    undo stops them, too: decisions can only be taken back in their order.

    Returns:
        The session after them, and how it was left, if it was.
    """
    session = move.session
    for effect in move.effects:
        if isinstance(effect, Quit):
            return session, effect
        answer = desk.answer(effect)
        session = answered(session, effect, answer)
        if answer.refused and isinstance(effect, Undo | Redo):
            break
        if len(move.effects) > 1:
            display.draw(session, desk.known_trial(session))
            if display.keyboard.is_interrupted():
                break
    return session, None


class _Display:
    """The terminal: its screen and its keyboard."""

    def __init__(self, out: IO[str], *, colour: bool) -> None:
        self.keyboard = Keyboard()
        self._out = out
        self._colour = colour

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """Take the terminal, and give it back."""
        with self.keyboard.listening():
            try:
                self._write(_ENTER)
                yield
            finally:
                self._write(_LEAVE)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Give the terminal to another program for a while."""
        self._write(_LEAVE)
        try:
            with self.keyboard.paused():
                yield
        finally:
            self._write(_ENTER)

    def suspend(self) -> None:
        """Give the terminal to the shell until the job is continued."""
        with self.paused():
            os.kill(0, signal.SIGTSTP)  # to the whole job, as the terminal itself would send it

    def draw(self, session: Session, trial: Sequence[Remark] | None) -> None:
        """Draw a session, with the trial of its group if that is known."""
        width, height = os.get_terminal_size(self._out.fileno())
        drawn = screen(session, trial, width, height)
        self._write(painted(drawn, width, colour=self._colour))

    def _write(self, text: str) -> None:
        # Linux drops output of a terminal if a signal arrives during a write (seen on 6.18: half
        # of it while a window is resized). So the signal has to wait.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGWINCH,))
        try:
            self._out.write(text)
            self._out.flush()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _SafeDesk:
    """A desk whose errors become answers, and the trials that it has made since the last effect."""

    def __init__(self, desk: ScreenDesk, display: _Display) -> None:
        self._desk = desk
        self._display = display
        self._trials: dict[Hashable, tuple[Remark, ...]] = {}

    def answer(self, effect: Effect) -> Answer:
        """Carry out an effect, and return how it went."""
        self._trials.clear()
        try:
            return self._carry_out(effect)
        except (CleanerError, OSError) as error:
            return Answer(_one_line(error), refused=True)

    def _carry_out(self, effect: Effect) -> Answer:
        match effect:
            case Diff(group, choices):
                return Answer(lines=self._desk.diff(group, choices))
            case Open(place):
                with self._display.paused():
                    return Answer(self._desk.open(place))
            case Quit():
                return Answer()
        return carry_out(effect, self._desk)

    def known_trial(self, session: Session) -> tuple[Remark, ...] | None:
        """Return the trial of the group on the screen, as it was chosen; None if none was made."""
        return self._trials.get(_trial_key(session))

    def make_trial(self, session: Session) -> None:
        """Make the trial of the group on the screen. A group without a name has no trial."""
        group = session.group
        if group is None:
            return
        choices = session.chosen(group)
        remarks: tuple[Remark, ...] = ()
        try:
            if choices.canonical:
                remarks = self._desk.trial(group, choices)
        except (CleanerError, OSError) as error:
            remarks = (Remark("bad", _one_line(error)),)
        self._trials[_trial_key(session)] = remarks


def _trial_key(session: Session) -> Hashable:
    """Return what a trial depends on: the group, and what was chosen for it."""
    group = session.group
    return (group.id, session.chosen(group)) if group else None


def _one_line(error: Exception) -> str:
    """Return what went wrong in one line. An error of the system is told with its file."""
    if isinstance(error, OSError) and error.strerror:
        file = f"{error.filename}: " if error.filename else ""
        return visible(f"{file}{error.strerror}")
    return visible(str(error))


def painted(drawn: Screen, width: int, *, colour: bool) -> str:
    """Return what to write to a terminal to draw a screen over whatever it shows."""
    rows = [f"{_CLEAR_LINE}{line}" for line in coloured_lines(drawn, width, colour=colour)]
    cursor = ""
    if drawn.cursor:
        row, cell = drawn.cursor
        cursor = f"\x1b[{row + 1};{cell + 1}H{_SHOW_CURSOR}"
    return _HIDE_CURSOR + _HOME + "\r\n".join(rows) + cursor


def coloured_lines(drawn: Screen, width: int, *, colour: bool) -> Sequence[str]:
    """Return the lines of a screen, in the sixteen colours that every terminal has, or in none."""
    console = Console(
        file=StringIO(),
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
        soft_wrap=True,
        _environ={},
    )
    lines: list[str] = []
    for line in drawn.lines:
        with console.capture() as capture:
            console.print(line, end="", overflow="ignore", no_wrap=True, crop=False)
        lines.append(capture.get())
    return lines
