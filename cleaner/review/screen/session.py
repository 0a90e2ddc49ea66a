"""A review in a terminal: where the reviewer is, and what the keys are used for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, Self

from cleaner.names.suggestion import Group
from cleaner.review.screen.effects import Effect
from cleaner.review.screen.field import Field, Phrase
from cleaner.review.session.evidence import proposals
from cleaner.review.session.model import Occurrence, Review, matches, occurrences


@dataclass(frozen=True, slots=True)
class Typing:
    """The reviewer types a canonical form or a filter.

    If `accept` is true, the group is accepted with the name that was typed.
    """

    what: Literal["name", "filter"]
    field: Field
    accept: bool = False


@dataclass(frozen=True, slots=True)
class Pointing:
    """The reviewer chooses words of a line as evidence."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Asking:
    """The reviewer is asked whether to decide all pending groups at once."""

    what: Literal["accept", "reject"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The reviewer reads the help page or a diff.

    `lines` are those of the diff, `top` is the number of the first line in view.
    """

    what: Literal["help", "diff"]
    lines: tuple[str, ...] = ()
    top: int = 0


Mode = Typing | Pointing | Asking | Reading | None


@dataclass(frozen=True, slots=True)
class Session(Review):
    """A review in a terminal. A turn of it is a key.

    Attributes:
        current: the index of the group on the screen; behind the last group is the last page.
        row: the index of the marked occurrence.
        mode: what the keys are used for; None if they are commands.
    """

    current: int = 0
    row: int = 0
    mode: Mode = None

    @property
    def group(self) -> Group | None:
        """The group on the screen; None on the last page."""
        return self.groups[self.current] if self.current < len(self.groups) else None

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """The occurrences in the group on the screen, as the reviewer named it."""
        return occurrences(self.as_named(self.group)) if self.group else ()

    @property
    def marked(self) -> Occurrence | None:
        """The occurrence that keys refer to."""
        found = self.occurrences
        return found[self.row] if self.row < len(found) else None

    def view(self) -> tuple[int, ...]:
        """Return the group and the occurrence on the screen."""
        return self.current, self.row

    def at_view(self, view: tuple[int, ...]) -> Self:
        """Return the session at what was on the screen. A filter that hides it is dropped."""
        current, row = view
        there = replace(self, current=current, row=row)
        hidden = there.group and not matches(there.group, self.filter)
        return replace(there, filter="") if hidden else there

    def at_next_pending(self) -> Self:
        """Return the session at the next group without a status, or on the last page."""
        pending = self.pending
        later = [number for number in pending if number > self.current]
        following = [*later, *pending, len(self.groups)]
        return replace(self, current=following[0], row=0)

    def with_marked_form(self, form: str) -> Self:
        """Return the session with the first line of a form marked, or the nearest row there is."""
        found = self.occurrences
        rows = [row for row, one in enumerate(found) if one.member.form == form]
        row = rows[0] if rows else max(0, min(self.row, len(found) - 1))
        return replace(self, row=row)


class Move(NamedTuple):
    """The session after a key, and the effects to carry out, in order."""

    session: Session
    effects: tuple[Effect, ...] = ()


def begin(groups: tuple[Group, ...]) -> Session:
    """Return a session at the first of some groups."""
    return Session(groups, proposals(groups))
