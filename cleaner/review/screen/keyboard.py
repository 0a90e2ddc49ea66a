"""Keys from a terminal, one at a time, and word of a new size of its window."""

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
CLOSED: Final = "c-d"  # a terminal that is gone says what a person says who has nothing more to say
_NAMES = {"c-m": "enter", "c-j": "enter", "c-i": "tab", "c-h": "backspace"}
_ESCAPE = 0.05  # seconds after which an escape is the key and not the beginning of another one


class Keyboard:
    """Reads keys while it is `listening`: nothing is echoed, nothing waits for the end of a line,
    Ctrl-C is a key.

    prompt_toolkit knows what keys send; of it only the input is used.
    """

    def __init__(self) -> None:
        self._input: Input = create_input(sys.stdin)
        self._keys: deque[str] = deque()

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Take the terminal's keys; give it back as it was, however this ends."""
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

    def silent(self) -> contextlib.AbstractContextManager[None]:
        """Let another program have the terminal for a while."""
        return self._input.cooked_mode()

    def key(self) -> str:
        """The next key by its name (see `turn.press`), or RESIZED; waits for it."""
        while not self._keys:
            self._read(None)
        return self._keys.popleft()

    def waiting(self) -> bool:
        """Whether a key was pressed that nobody has asked for yet."""
        self._read(0)
        return bool(self._keys)

    def interrupted(self) -> bool:
        """Whether Ctrl-C was pressed and nobody has asked for it yet."""
        self._read(0)
        return "c-c" in self._keys

    def _read(self, seconds: float | None) -> None:
        ready, _, _ = select.select([self._input.fileno(), self._wakeup], [], [], seconds)
        if self._wakeup in ready:
            os.read(self._wakeup, 512)
        if self._input.fileno() not in ready:
            return
        pressed = self._input.read_keys()
        if not select.select([self._input.fileno()], [], [], _ESCAPE if not pressed else 0)[0]:
            pressed += self._input.flush_keys()
        for press in pressed:
            name = press.key.value if isinstance(press.key, Keys) else press.key
            if press.key is Keys.BracketedPaste:
                self._keys.append(f"paste:{press.data}")
            elif not name.startswith("<"):  # reports of the terminal, not keys
                self._keys.append(_NAMES.get(name, name))
        if self._input.closed:
            self._keys.append(CLOSED)
