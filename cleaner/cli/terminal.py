"""What a person sees of a command: colours where they are wanted, and progress if it takes long."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from time import monotonic
from typing import IO, TYPE_CHECKING, TypeVar

from cleaner.text.visible import visible

if TYPE_CHECKING:  # the version and the help need no engine
    from cleaner.project.corpus import Cleaned

T = TypeVar("T")
_MANY = 40  # files from which on it is shown at once how far the work is
_LONG = 1.0  # seconds after which it is shown otherwise
_USUAL_COLUMNS = 80
_OFTEN = 0.1  # seconds until that is shown again
_COLOURS = {
    "fix": "green",
    "suggest": "yellow",
    "report": "cyan",
    "name": "green",
    "form": "red",
    "strong": "green",
    "accept": "green",
    "reject": "red",
}


def wants_colour(stream: IO[str]) -> bool:
    """Return whether to write colours: only to a terminal, without NO_COLOR and TERM=dumb."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Return how wide a line on stdout may be: 80 columns where it is no terminal."""
    return get_terminal_size().columns if sys.stdout.isatty() else _USUAL_COLUMNS


def paint(text: str, role: str) -> str:
    """Return a text for stdout in the colour of its role (a level, a name, a form, ...)."""
    return _coloured(text, _COLOURS.get(role, ""))


def _coloured(text: str, colour: str) -> str:
    if not (colour and wants_colour(sys.stdout)):
        return text
    import typer

    return typer.style(text, fg=colour)


def show(text: str) -> None:
    """Print a text at once, with its colours as the terminal understands them."""
    if not sys.stdout.isatty():
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    import typer

    typer.echo(text, nl=False)


def print_difference(cleaned: Cleaned) -> None:
    """Print what changes in a file; of a container, what changes in its text."""
    for line in difference(cleaned):
        print_diff_line(line)


def difference(cleaned: Cleaned) -> Iterator[str]:
    """Yield the lines that `print_diff_line` takes about a file."""
    path, file, result = cleaned.file.path.as_posix(), cleaned.file, cleaned.result
    if result.document.is_container:
        return _diff_lines(path, result.document.text.encode(), result.text.encode())
    return _diff_lines(path, file.data, cleaned.data, file.encoding)


def print_diff(path: str, before: bytes, after: bytes) -> None:
    """Print the difference of the bytes of two files.

    On a terminal it has colours, and no character of the texts can do harm; anything else gets it
    byte for byte, so that `git apply` and `patch` can read it.
    """
    for line in _diff_lines(path, before, after):
        print_diff_line(line)


def _diff_lines(path: str, before: bytes, after: bytes, encoding: str = "utf-8") -> Iterator[str]:
    from cleaner.reports.diff import unified  # it imports difflib

    if sys.stdout.isatty():
        old, new = before.decode(encoding), after.decode(encoding)
    else:
        old, new = (data.decode("utf-8", "surrogateescape") for data in (before, after))
    return unified(path, old, new)


def print_diff_line(line: str) -> None:
    """Print one line of a diff, which has its line end.

    Bytes that are not UTF-8 are lone surrogates in it.
    """
    if not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(line.encode("utf-8", "surrogateescape"))
        return
    harmless = visible(line.removesuffix("\n")) + "\n"
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
    if line.startswith(("+++", "---")):
        colour = ""
    show(_coloured(harmless, colour))


def confirmed(question: str, *, default: bool = False) -> bool:
    """Ask a question on stderr and return the answer; the end of stdin (Ctrl-D) is a no.

    Raises:
        KeyboardInterrupt: somebody pressed Ctrl-C.
    """
    import typer

    try:
        return typer.confirm(question, default=default, err=True)
    except typer.Abort as aborted:
        raise_interrupt(aborted)
        sys.stderr.write("\n")
        return False


def prompted(question: str, *, default: str, at_end: str) -> str:
    """Ask for a word and return it; `at_end` if stdin ends (Ctrl-D).

    Raises:
        KeyboardInterrupt: somebody pressed Ctrl-C.
    """
    import typer

    try:
        return str(typer.prompt(question, default=default))
    except typer.Abort as aborted:
        raise_interrupt(aborted)
        return at_end


def raise_interrupt(aborted: BaseException) -> None:
    """Raise what typer made an `Abort` of, if that was Ctrl-C."""
    if isinstance(aborted.__context__, KeyboardInterrupt):
        raise KeyboardInterrupt from None


def say(line: str) -> None:
    """Print one line on stderr, harmless for a terminal."""
    sys.stderr.write(f"{visible(line)}\n")


def progress(
    results: Iterable[T],
    what: str,
    total: int,
    *,
    things: str = "files",
    size: Callable[[T], int] = lambda _: 0,
    speaks: Callable[[T], bool] = lambda _: False,
    quiet: bool = False,
) -> Iterator[T]:
    """Yield results; if that takes long, show on stderr how far it is, if that is a terminal.

    Args:
        results: one for each thing.
        what: what is done with the things, as in "Cleaning".
        total: how many things there are.
        things: what they are called.
        size: returns the bytes that were read for a result.
        speaks: whether something is printed about a result; then nothing must be in its way.
        quiet: show nothing.
    """
    meter = Meter(what, at_once=things == "files" and total >= _MANY, quiet=quiet)
    if not meter.is_shown:
        yield from results
        return
    read = 0
    try:
        for done, result in enumerate(results, start=1):
            read += size(result)
            if speaks(result):
                meter.clear()
            yield result
            meter.show(f"{done:,} of {total:,} {things}", read, done / total)
    finally:
        meter.clear()


@contextmanager
def waiting(what: str, *, quiet: bool = False) -> Iterator[None]:
    """Show on stderr what is being done, if that takes long and stderr is a terminal.

    It is for work of which nobody can say how far it is. `what` is as in "Reading the rules".
    """
    if not _shows_progress(quiet=quiet):
        yield
        return
    from threading import Timer

    line = _Line()
    timer = Timer(_LONG, line.show, [f"{what} …"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        line.show("")


def _shows_progress(*, quiet: bool) -> bool:
    return not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


class Meter:
    """How far some work is, on a line of stderr. It is shown on a terminal, if that takes long.

    Args:
        what: what is done, as in "Cleaning".
        at_once: whether to show it from the beginning, since it will take long.
        quiet: show nothing.
    """

    def __init__(self, what: str, *, at_once: bool = False, quiet: bool = False) -> None:
        self.is_shown = _shows_progress(quiet=quiet)
        self._what = what
        self._line = _Line()
        self._began = monotonic()
        self._again = self._began if at_once else self._began + _LONG
        self._share_before = 0.0

    def skip(self, share: float) -> None:
        """Say how much of the work was done before it began."""
        self._share_before = share

    def show(self, done: str, read: int, share: float) -> None:
        """Show how far it is, unless that was shown a moment ago.

        Args:
            done: what is done so far, in words.
            read: how many bytes were read.
            share: which part of the work is done, from 0 to 1.
        """
        now = monotonic()
        if self.is_shown and now >= self._again:
            seconds = now - self._began
            here = share - self._share_before  # of the work, done since it began
            left = seconds * (1 - share) / here if here > 0 else None
            self._line.show(f"{self._what} {done}, {said_of(read, seconds, left)}")
            self._again = now + _OFTEN

    def clear(self) -> None:
        """Take the line away, so that something else can be printed."""
        self._line.show("")


class _Line:
    """A line on stderr that is written again and again. rich would take 68 ms to import for it."""

    def __init__(self) -> None:
        self._shown = ""

    def show(self, text: str) -> None:
        """Replace what the line shows."""
        if text != self._shown:
            text = text[: get_terminal_size().columns - 1]  # else it would become two lines
            blanks = " " * (len(self._shown) - len(text))
            sys.stderr.write(f"\r{text}{blanks}" if text else f"\r{blanks}\r")
            sys.stderr.flush()
            self._shown = text


def said_of(read: int, seconds: float, left: float | None) -> str:
    """Say how fast some work is, and how long it will take, if that is known.

    >>> said_of(3_000_000, seconds=2, left=6), said_of(3_000_000, seconds=2, left=None)
    ('1.5 MB/s, 0:06 left', '1.5 MB/s')
    >>> said_of(0, seconds=2, left=7_384)
    '2:03:04 left'
    """
    said = [f"{read / seconds / 1_000_000:.1f} MB/s"] if read else []
    if left is not None:
        minutes, rest = divmod(round(left), 60)
        hours, minutes = divmod(minutes, 60)
        time = f"{hours:,}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
        said.append(f"{time} left")
    return ", ".join(said)
