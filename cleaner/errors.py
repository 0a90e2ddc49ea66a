"""Everything that can go wrong, each as one line that says what is wrong and what to do.

An error knows the exit code that a command ends with (the README has the table): 2 for what the
user can mend in a file or on the command line, 3 for a file that was left alone because a
guarantee could not be kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """A place in a rule file. Lines and columns count from 1, columns in code points.

    >>> str(Place("rules/names/people.yaml", 12, 5))
    'rules/names/people.yaml:12:5'
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class CleanerError(Exception):
    """The parent of every error that `cleaner` raises on purpose. Its text is one line."""

    exit_code = 2


class UsageError(CleanerError):
    """The command line, or a caller, asks for something that makes no sense.

    `about` is the key of the configuration that may have asked for it, and the item in it, as in
    `("prefer", "Ma Yun")`. If a file asked for it, the message can then name the line.

    >>> UsageError("there is no such rule", "select", "nmaes/*").exit_code
    2
    """

    def __init__(self, what: str, *about: str | int) -> None:
        super().__init__(what)
        self.about = about


class ConfigError(CleanerError):
    """The configuration is wrong: `file:line: what is wrong; what to do`.

    >>> print(ConfigError("cleaner.toml:3", "`select` is text, not a list", "write [...]"))
    cleaner.toml:3: `select` is text, not a list; write [...]
    """

    def __init__(self, place: str, what: str, remedy: str = "") -> None:
        line = f"{place}: {what}; {remedy}" if remedy else f"{place}: {what}"
        super().__init__(_one_line(line))
        self.place = place


class RuleError(CleanerError):
    """A rule file is wrong: `file:line:column: what is wrong; what to do`.

    >>> print(RuleError(Place("mine.yaml", 3, 5), "`id` is empty", "write it out"))
    mine.yaml:3:5: `id` is empty; write it out
    """

    def __init__(self, place: Place, what: str, remedy: str) -> None:
        super().__init__(_one_line(f"{place}: {what}; {remedy}"))
        self.place, self.what, self.remedy = place, what, remedy


class OptionError(ValueError):
    """An option of a rule has a value that its kind cannot use.

    The rule reader turns it into a `RuleError` at that key, so a user never sees it.

    >>> print(OptionError("match", "this can match an empty text", "make it match a character"))
    match: this can match an empty text; make it match a character
    """

    def __init__(self, key: str, what: str, remedy: str) -> None:
        super().__init__(f"{key}: {what}; {remedy}")
        self.key, self.what, self.remedy = key, what, remedy


class UnreadableError(ValueError):
    """The bytes of a file are not what its format asks for, or more than may be read.

    Whoever knows the path turns it into a `RefusedError`, so the message is one line.

    >>> print(UnreadableError("this is not a zip file", "get a whole copy of it"))
    this is not a zip file; get a whole copy of it
    """

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(_one_line(f"{what}; {remedy}"))


class RefusedError(CleanerError):
    """A file was left untouched, and this is the reason.

    >>> error = RefusedError("a.txt", "there is no such file")
    >>> str(error), error.exit_code
    ('a.txt: there is no such file', 3)
    """

    exit_code = 3

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


class UnsyncedError(CleanerError):
    """A file was written, but the disk did not confirm its new name.

    The file has its new bytes, whole. Only the guarantee that they last is missing, so this is
    exit code 3.

    >>> print(UnsyncedError("a.txt", "Input/output error"))
    a.txt: written, but a power cut may bring the old file back (Input/output error); run sync
    """

    exit_code = 3

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(f"{path}: {unsynced(why)}")


def unsynced(why: str) -> str:
    """Return what to say about a file that is written but may not last, and why."""
    return f"written, but a power cut may bring the old file back ({why}); run sync"


class GuaranteeError(CleanerError):
    """Cleaning could not be proven harmless, so nothing is written.

    The rules never came to rest, a pattern took too long, or replaying the edits gave another
    text.

    >>> GuaranteeError("replaying the edits does not give the output").exit_code
    3
    """

    exit_code = 3


def fault(error: BaseException) -> str:
    """Return what to say about an error that no test has found yet, and where it was raised."""
    place = "?"
    trace = error.__traceback__
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if Path(__file__).parent in path.parents:  # the innermost place in our own code
            place = f"{path.relative_to(Path(__file__).parents[1]).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    what = f"{type(error).__name__} in {place}"
    return f"this is a fault of the program ({what}); please report it"


def _one_line(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return what to say about a word that is not a known one.

    >>> did_you_mean("selct", ["select", "ignore"])
    'did you mean `select`?'
    >>> did_you_mean("colour", ["select", "ignore"])
    'known are: select, ignore'
    """
    choices = list(known)
    close = closest(word, choices)
    return f"did you mean `{close}`?" if close else f"known are: {', '.join(choices)}"


def closest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word that is most like another one; "" if none is like it.

    `cutoff` is how like it must be, from 0 to 1, as difflib measures that.

    >>> closest("selct", ["select", "ignore"]), closest("colour", ["select", "ignore"])
    ('select', '')
    """
    from difflib import get_close_matches

    return next(iter(get_close_matches(word.lower(), list(known), n=1, cutoff=cutoff)), "")


def closest_option(word: str, known: Iterable[str]) -> str:
    """Return the known option that is most like another one; "" if none is like it.

    >>> closest_option("--leve", ["--level", "-q"]), closest_option("--nonsense", ["--baseline"])
    ('--level', '')
    """
    by_name = {option.lstrip("-"): option for option in known}
    return by_name.get(closest(word.partition("=")[0].lstrip("-"), by_name), "")
