"""What a review asks of the world: effects as data, and what carries them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from cleaner.names.suggestion import Group, Place
from cleaner.rules.model import Level

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report")


class Choices(NamedTuple):
    """What a person makes of a proposal: the name, forms left out, the level, phrases that a
    document must hold (`when`), lines that must never change (`same`).
    """

    canonical: str
    dropped: frozenset[str] = frozenset()
    level: Level = "fix"
    when: tuple[str, ...] = ()
    same: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Accept:
    """Make a rule of a group."""

    group: Group
    choices: Choices


@dataclass(frozen=True, slots=True)
class Reject:
    """Never propose a group again."""

    group: Group


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last `Accept` or `Reject` that stands."""


@dataclass(frozen=True, slots=True)
class Open:
    """Show a place in the person's editor."""

    place: Place


@dataclass(frozen=True, slots=True)
class Diff:
    """Show what would change in the goldens."""

    group: Group
    choices: Choices


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave; `fix`: and clean the files."""

    fix: bool = False


Effect = Accept | Reject | Undo | Open | Diff | Quit


@dataclass(frozen=True, slots=True)
class Answer:
    """How an effect went: what to say about it, whether it was refused, and (for a diff) lines to
    read.
    """

    said: str = ""
    refused: bool = False
    lines: tuple[str, ...] = ()


class Remark(NamedTuple):
    """One thing a trial says: something gets better, something breaks, or it is just so."""

    tone: Literal["good", "bad", "plain"]
    text: str


class Desk(Protocol):
    """Carries out what a reviewer decides; each method says in one line what it did, and raises
    `CleanerError` or `OSError` if it could not: then nothing has changed.
    """

    def accept(self, group: Group, choices: Choices) -> str:
        """Make a rule of a group."""

    def reject(self, group: Group) -> str:
        """Never propose a group again."""

    def undo(self) -> str:
        """Take back the last of what was accepted or rejected and still stands."""

    def trial(self, group: Group, choices: Choices) -> tuple[Remark, ...]:
        """What the rule would do; the most important first."""

    def diff(self, group: Group, choices: Choices) -> tuple[str, ...]:
        """What the rule would change in the goldens, as the lines of a diff."""

    def open(self, place: Place) -> str:
        """Show a place in the person's editor, and come back when that is closed."""
