"""What a review asks of the outside world: effects as data, and who carries them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, TypeAlias

from cleaner.names.suggestion import Group, Place
from cleaner.review.lookups import Lookup
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
        everywhere: whether the rule acts in every text, whatever `when` says.
    """

    canonical: str
    dropped: frozenset[str] = frozenset()
    level: Level = "fix"
    when: tuple[str, ...] = ()
    same: tuple[Place, ...] = ()
    everywhere: bool = False

    @property
    def evidence(self) -> tuple[str, ...]:
        """The phrases that the rule gets; none if it acts in every text."""
        return () if self.everywhere else self.when


@dataclass(frozen=True, slots=True)
class Accept:
    """Make a rule from a group.

    If `only_if_safe` is true, it stays as it is when something speaks against the rule.
    """

    group: Group
    choices: Choices
    only_if_safe: bool = False


@dataclass(frozen=True, slots=True)
class Reject:
    """Never suggest a group again."""

    group: Group


@dataclass(frozen=True, slots=True)
class LookUp:
    """Tick off what was looked up in the source, or say that it was not looked up after all."""

    lookup: Lookup
    done: bool = True


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last deed that was not taken back yet."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again what was taken back last."""


Deed: TypeAlias = Accept | Reject | LookUp | Undo | Redo
"""An effect that changes files."""


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

    def look_up(self, lookup: Lookup, *, done: bool) -> str:
        """Tick off what was looked up in the source, or say that it was not after all."""

    def undo(self) -> str:
        """Take back the last deed that was not taken back yet."""

    def redo(self) -> str:
        """Do again what was taken back last."""

    def trial(self, group: Group, choices: Choices) -> tuple[Remark, ...]:
        """Return what the rule would do, the most important first."""

    def diff(self, group: Group, choices: Choices) -> tuple[str, ...]:
        """Return what the rule would change in texts that have goldens, as the lines of a diff."""


def carry_out(deed: Deed, desk: Desk) -> Answer:
    """Let a desk carry out a deed; return how it went.

    Raises:
        CleanerError, OSError: it failed, and nothing has changed.
    """
    match deed:
        case Accept(group, choices, only_if_safe):
            against = _against(desk.trial(group, choices)) if only_if_safe else ""
            if against:
                what = f"{choices.canonical} is left for you to decide: {against}"
                return Answer(what, refused=True)
            return Answer(desk.accept(group, choices))
        case Reject(group):
            return Answer(desk.reject(group))
        case LookUp(lookup, done):
            return Answer(desk.look_up(lookup, done=done))
        case Undo():
            return Answer(desk.undo())
        case Redo():
            return Answer(desk.redo())


def _against(remarks: Iterable[Remark]) -> str:
    """Return the first remark that speaks against a rule; "" if none does."""
    return next((remark.text for remark in remarks if remark.tone == "bad"), "")
