"""Everything that can go wrong, as one line that says what to do.

Each error knows the exit code that a command ends with (the table stands in the README): 2 for what
the user can mend in a rule file or on the command line, 3 for a file that was left alone because a
guarantee could not be kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """Where something stands in a rule file: lines and columns count from 1, columns in code
    points.

    >>> str(Place("rules/names/people.yaml", 12, 5))
    'rules/names/people.yaml:12:5'
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class CleanerError(Exception):
    """The parent of every error that `cleaner` raises on purpose; its text is one line."""

    exit_code = 2


class UsageError(CleanerError):
    """The command line, or a caller, asks for something that makes no sense.

    `about` is the key of the configuration that may have asked, and the item in it, as in
    `("prefer", "Ma Yun")`: where a file said so, the message can name the line.
    """

    def __init__(self, what: str, *about: str | int) -> None:
        super().__init__(what)
        self.about = about


class ConfigError(CleanerError):
    """The configuration is wrong: `file:line: what is wrong; what would be right`."""

    def __init__(self, place: str, what: str, remedy: str = "") -> None:
        line = f"{place}: {what}; {remedy}" if remedy else f"{place}: {what}"
        super().__init__(line.replace("\r", "\\r").replace("\n", "\\n"))
        self.place = place


class RuleError(CleanerError):
    """A rule file is wrong: `file:line:column: what is wrong; what would be right`."""

    def __init__(self, place: Place, what: str, remedy: str) -> None:
        line = f"{place}: {what}; {remedy}"
        super().__init__(line.replace("\r", "\\r").replace("\n", "\\n"))
        self.place, self.what, self.remedy = place, what, remedy


class OptionError(ValueError):
    """A rule's option has a value that its kind cannot use; the loader turns it into a `RuleError`
    at that key.
    """

    def __init__(self, key: str, what: str, remedy: str) -> None:
        super().__init__(f"{key}: {what}; {remedy}")
        self.key, self.what, self.remedy = key, what, remedy


class RefusedError(CleanerError):
    """A file was left untouched, and this is the reason."""

    exit_code = 3

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


class GuaranteeError(CleanerError):
    """Cleaning could not be proven harmless (no fixed point, a time-out, a replay that differs):
    nothing is written.
    """

    exit_code = 3


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """What to say about a word that is not among those known.

    >>> did_you_mean("selct", ["select", "ignore"])
    'did you mean `select`?'
    >>> did_you_mean("colour", ["select", "ignore"])
    'known are: select, ignore'
    """
    from difflib import get_close_matches

    choices = list(known)
    close = get_close_matches(word.lower(), choices, n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else f"known are: {', '.join(choices)}"
