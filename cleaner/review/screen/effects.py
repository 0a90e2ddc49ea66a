"""What a review asks of the outside world: effects as data, and who carries them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from cleaner.names.suggestion import Group, Place
from cleaner.rules.model import Level

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report")


class Choices(NamedTuple):
    """What the reviewer chose for a group.

    Attributes:
        canonical: the canonical form; "" if it is not known.
        dropped: forms that are left out.
        level: the level of the rule.
        when: phrases; the rule acts only in texts that contain one of them.
        same: places whose lines the rule must not change.
    """

    canonical: str
    dropped: frozenset[str] = frozenset()
    level: Level = "fix"
    when: tuple[str, ...] = ()
    same: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Accept:
    """Make a rule from a group."""

    group: Group
    choices: Choices


@dataclass(frozen=True, slots=True)
class Reject:
    """Never suggest a group again."""

    group: Group


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last `Accept` or `Reject` that was not taken back yet."""


@dataclass(frozen=True, slots=True)
class Open:
    """Open a place in the reviewer's editor."""

    place: Place


@dataclass(frozen=True, slots=True)
class Diff:
    """Show what the rule would change in texts that have goldens."""

    group: Group
    choices: Choices


@dataclass(frozen=True, slots=True)
class Quit:
    """End the review. If `fix` is true, clean the files afterwards."""

    fix: bool = False


Effect = Accept | Reject | Undo | Open | Diff | Quit


@dataclass(frozen=True, slots=True)
class Answer:
    """How an effect went.

    Attributes:
        said: what to tell the reviewer; "" for the usual message.
        refused: whether the effect was not carried out.
        lines: the lines of a diff.
    """

    said: str = ""
    refused: bool = False
    lines: tuple[str, ...] = ()


class Remark(NamedTuple):
    """One result of a trial: something gets worse, something gets better, or neither."""

    tone: Literal["good", "bad", "plain"]
    text: str


class Desk(Protocol):
    """Carries out what a reviewer decides.

    A method that returns a text says in one line what it did. Every method raises `CleanerError`
    or `OSError` if it fails; then nothing has changed.
    """

    def accept(self, group: Group, choices: Choices) -> str:
        """Make a rule from a group."""

    def reject(self, group: Group) -> str:
        """Never suggest a group again."""

    def undo(self) -> str:
        """Take back the last decision that was not taken back yet."""

    def trial(self, group: Group, choices: Choices) -> tuple[Remark, ...]:
        """Return what the rule would do, the most important first."""

    def diff(self, group: Group, choices: Choices) -> tuple[str, ...]:
        """Return what the rule would change in texts that have goldens, as the lines of a diff."""

    def open(self, place: Place) -> str:
        """Open a place in the reviewer's editor. Return when the editor is closed."""
