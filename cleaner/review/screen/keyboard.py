"""Keys from a terminal, one at a time, and notice of a new size of its window."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections import deque
from collections.abc import Iterator
from typing import Final

from prompt_toolkit.input import Input, create_input
from prompt_toolkit.keys import Keys

RESIZED: Final = "<resized>"
CLOSED: Final = "c-d"  # a terminal that was closed counts as one where Ctrl-D was pressed
_NAMES = {"c-m": "enter", "c-j": "enter", "c-i": "tab", "c-h": "backspace"}
_ESCAPE = 0.05  # seconds after which an escape is a key, not the beginning of another key


class Keyboard:
    """Reads keys while it is `listening`: nothing is echoed, and Ctrl-C is a key like any other.

    Of prompt_toolkit only the input is used, because it knows what terminals send for each key.
    """

    def __init__(self) -> None:
        self._input: Input = create_input(sys.stdin)
        self._keys: deque[str] = deque()

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Take the keys of the terminal. However this ends, the terminal is as it was before."""
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        wakeup = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        before = signal.signal(signal.SIGWINCH, lambda *_: self._keys.append(RESIZED))
        try:
            with self._input.raw_mode():
                self._wakeup = reader
                yield
        finally:
            signal.signal(signal.SIGWINCH, before)
            signal.set_wakeup_fd(wakeup)
            os.close(reader)
            os.close(writer)

    def paused(self) -> contextlib.AbstractContextManager[None]:
        """Let another program use the terminal for a while."""
        return self._input.cooked_mode()

    def key(self) -> str:
        """Wait for the next key. Return its name (see `turn.press`), or RESIZED."""
        while not self._keys:
            self._read(None)
        return self._keys.popleft()

    def is_waiting(self) -> bool:
        """Return whether a key was pressed that nobody has asked for yet."""
        self._read(0)
        return bool(self._keys)

    def is_interrupted(self) -> bool:
        """Return whether Ctrl-C was pressed and nobody has asked for it yet."""
        self._read(0)
        return "c-c" in self._keys

    def _read(self, seconds: float | None) -> None:
        """Wait for keys or a signal, at most so many seconds; None waits for ever."""
        terminal = self._input.fileno()
        ready, _, _ = select.select([terminal, self._wakeup], [], [], seconds)
        if self._wakeup in ready:
            os.read(self._wakeup, 512)
        if terminal not in ready:
            return
        pressed = self._input.read_keys()
        # No key so far: an escape may be the beginning of one. Wait for the rest of it.
        wait = 0 if pressed else _ESCAPE
        more, _, _ = select.select([terminal], [], [], wait)
        if not more:
            pressed += self._input.flush_keys()
        for press in pressed:
            name = press.key.value if isinstance(press.key, Keys) else press.key
            if press.key is Keys.BracketedPaste:
                self._keys.append(f"paste:{press.data}")
            elif not name.startswith("<"):  # these are reports of the terminal, not keys
                self._keys.append(_NAMES.get(name, name))
        if self._input.closed:
            self._keys.append(CLOSED)
