"""Review in a terminal: draws the session, reads a key, has its effects carried out, until somebody
leaves.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import IO

from rich.console import Console

from cleaner.errors import CleanerError
from cleaner.review.screen.effects import (
    Accept,
    Answer,
    Desk,
    Diff,
    Effect,
    Open,
    Quit,
    Reject,
    Remark,
    Undo,
)
from cleaner.review.screen.keyboard import RESIZED, Keyboard
from cleaner.review.screen.screens import Screen, screen
from cleaner.review.screen.session import Session
from cleaner.review.screen.turn import answered, press
from cleaner.text.visible import visible

# other screen, pastes are marked
_ENTER, _LEAVE = "\x1b[?1049h\x1b[?2004h", "\x1b[?2004l\x1b[?25h\x1b[?1049l"
# cleared before it is written: behind a full line it would take the last cell
_HOME, _CLEAR = "\x1b[H", "\x1b[2K"
_SHOW, _HIDE = "\x1b[?25h", "\x1b[?25l"


def possible(environment: Mapping[str, str]) -> bool:
    """Whether stdin and stdout are a terminal that can show a screen."""
    known = environment.get("TERM", "dumb") not in ("", "dumb", "unknown")
    return known and sys.platform != "win32" and sys.stdin.isatty() and sys.stdout.isatty()


def review(session: Session, desk: Desk, *, colour: bool) -> tuple[Session, Quit]:
    """Let a person decide; the session at its end, and how it was left.

    What is decided is carried out at once, so nothing is lost if the process ends in any way. The
    terminal is given back as it was, also when an error or a signal ends this.
    """
    face = _Face(desk, sys.stdout, colour=colour)
    with face.shown():
        while True:
            face.draw(session)
            key = face.next_key(session)
            if key == "c-z":
                face.suspend()
                continue
            turn = press(session, key)
            session = turn.session
            for effect in turn.effects:
                if isinstance(effect, Quit):
                    return session, effect
                session = answered(session, effect, answer := face.carried(effect))
                if answer.refused and isinstance(effect, Undo):
                    break
                if len(turn.effects) > 1:
                    face.draw(session)
                    if face.keyboard.interrupted():
                        break


class _Face:
    """The terminal, as a screen and a keyboard, and the trials already made."""

    def __init__(self, desk: Desk, out: IO[str], *, colour: bool) -> None:
        self.keyboard = Keyboard()
        self._desk, self._out, self._colour = desk, out, colour
        self._trials: dict[tuple[object, ...], tuple[Remark, ...]] = {}

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Take the terminal, and give it back."""
        with self.keyboard.listening():
            try:
                self._write(_ENTER)
                yield
            finally:
                self._write(_LEAVE)

    def draw(self, session: Session) -> None:
        """The session as it is, with what is known of its trial."""
        width, height = os.get_terminal_size(self._out.fileno())
        drawn = screen(session, self._trials.get(_asked(session)), width, height)
        self._write(painted(drawn, width, colour=self._colour))

    def next_key(self, session: Session) -> str:
        """The next key that is one; while nobody presses any, the trial is made and shown, and new
        sizes are drawn.
        """
        if (
            session.group
            and session.mode is None
            and not self.keyboard.waiting()
            and not self._tried(session)
        ):
            self.draw(session)
        while (key := self.keyboard.key()) in (RESIZED, "c-l"):
            self.draw(session)
        return key

    def carried(self, effect: Effect) -> Answer:
        """How an effect went."""
        self._trials.clear()
        try:
            match effect:
                case Accept(group, choices):
                    return Answer(self._desk.accept(group, choices))
                case Reject(group):
                    return Answer(self._desk.reject(group))
                case Undo():
                    return Answer(self._desk.undo())
                case Diff(group, choices):
                    return Answer(lines=self._desk.diff(group, choices))
                case Open(place):
                    with self._left():
                        return Answer(self._desk.open(place))
        except (CleanerError, OSError) as error:
            return Answer(_why(error), refused=True)
        return Answer()

    def suspend(self) -> None:
        """Leave the terminal to the shell until the job is continued."""
        with self._left():
            os.kill(0, signal.SIGTSTP)  # the whole job, as the terminal itself would

    @contextlib.contextmanager
    def _left(self) -> Iterator[None]:
        self._write(_LEAVE)
        try:
            with self.keyboard.silent():
                yield
        finally:
            self._write(_ENTER)

    def _tried(self, session: Session) -> bool:
        """Make the trial of the group that is looked at; whether there was one already."""
        group = session.group
        if group is None or _asked(session) in self._trials:
            return True
        try:
            remarks = (
                self._desk.trial(group, session.chosen(group))
                if session.chosen(group).canonical
                else ()
            )
        except (CleanerError, OSError) as error:
            remarks = (Remark("bad", _why(error)),)
        self._trials[_asked(session)] = remarks
        return False

    def _write(self, text: str) -> None:
        # Linux drops output of a terminal when a signal comes amid a write (seen on 6.18: half of
        # it under many sizes)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGWINCH,))
        try:
            self._out.write(text)
            self._out.flush()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _asked(session: Session) -> tuple[object, ...]:
    return (session.group.id, session.chosen(session.group)) if session.group else ()


def _why(error: Exception) -> str:
    """What went wrong, in one line; an error of the system is told with its file."""
    if isinstance(error, OSError) and error.strerror:
        return visible(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    return visible(str(error))


def painted(drawn: Screen, width: int, *, colour: bool) -> str:
    """A screen as a terminal wants it, over whatever stands there."""
    rows = (f"{_CLEAR}{line}" for line in coloured_lines(drawn, width, colour=colour))
    cursor = f"\x1b[{drawn.cursor[0] + 1};{drawn.cursor[1] + 1}H{_SHOW}" if drawn.cursor else ""
    return _HIDE + _HOME + "\r\n".join(rows) + cursor


def coloured_lines(drawn: Screen, width: int, *, colour: bool) -> Sequence[str]:
    """The lines of a screen, in the sixteen colours that every terminal has, or in none."""
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
    lines = []
    for line in drawn.lines:
        with console.capture() as capture:
            console.print(line, end="", overflow="ignore", no_wrap=True, crop=False)
        lines.append(capture.get())
    return lines
