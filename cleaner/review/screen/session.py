"""A review as data: where the reviewer is, and what was chosen and decided.

`turn.press` returns the next session, and the effects that a key asks for. Whoever carries them
out reports with `turn.answered` how each one went. A decision counts only once it was carried out,
so nothing that the screen shows as decided can be lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from cleaner.names.suggestion import Group, Member, Place
from cleaner.review.screen.effects import Choices, Effect
from cleaner.review.screen.field import Field, Phrase

Status = Literal["accepted", "rejected", "skipped"]
STATUSES: tuple[Status, ...] = ("accepted", "rejected", "skipped")


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


class Message(NamedTuple):
    """One line for the reviewer.

    Attributes:
        text: the line.
        bad: whether something was refused.
        press: the number of the key press that it belongs to.
    """

    text: str = ""
    bad: bool = False
    press: int = 0


NO_MESSAGE = Message()


class Step(NamedTuple):
    """What the session was before a step, for `undo`.

    Attributes:
        press: the number of the key press that took the step.
        carried_out: whether files were changed, which must be undone, too.
        current, row, choices, statuses: see `Session`.
    """

    press: int
    carried_out: bool
    current: int
    row: int
    choices: Mapping[str, Choices]
    statuses: Mapping[str, Status]


class Occurrence(NamedTuple):
    """A form and one place where it was found. A form that was found nowhere has no place."""

    member: Member
    place: Place | None


@dataclass(frozen=True, slots=True)
class Session:
    """A review.

    Attributes:
        groups: all suggestions of the review.
        current: the index of the group on the screen; behind the last group is the last page.
        row: the index of the marked occurrence.
        choices: what the reviewer changed about groups, by their ids.
        statuses: what was decided about groups, by their ids.
        filter: words that a group must contain to be on the screen.
        mode: what the keys are used for; None if they are commands.
        message: what to tell the reviewer.
        history: the steps that can be taken back, the last one last.
        presses: how many keys were pressed.
    """

    groups: tuple[Group, ...]
    current: int = 0
    row: int = 0
    choices: Mapping[str, Choices] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)
    filter: str = ""
    mode: Mode = None
    message: Message = NO_MESSAGE
    history: tuple[Step, ...] = ()
    presses: int = 0

    @property
    def group(self) -> Group | None:
        """The group on the screen; None on the last page."""
        return self.groups[self.current] if self.current < len(self.groups) else None

    @property
    def filtered(self) -> tuple[int, ...]:
        """The indexes of the groups that match the filter."""
        return tuple(
            number for number, group in enumerate(self.groups) if matches(group, self.filter)
        )

    @property
    def pending(self) -> tuple[int, ...]:
        """The indexes of those groups that match the filter and have no status."""
        return tuple(
            number for number in self.filtered if self.groups[number].id not in self.statuses
        )

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """The occurrences in the group on the screen, as the reviewer named it."""
        return occurrences(self.as_named(self.group)) if self.group else ()

    @property
    def marked(self) -> Occurrence | None:
        """The occurrence that keys refer to."""
        found = self.occurrences
        return found[self.row] if self.row < len(found) else None

    def chosen(self, group: Group) -> Choices:
        """Return what the reviewer has chosen for a group so far."""
        return self.choices.get(group.id) or Choices(group.canonical)

    def as_named(self, group: Group) -> Group:
        """Return a group with the canonical form that the reviewer has chosen."""
        return group.renamed(self.chosen(group).canonical)

    def count(self, status: Status) -> int:
        """Return how many groups have a status."""
        return sum(one == status for one in self.statuses.values())

    def with_message(self, text: str, *, bad: bool = False) -> Session:
        """Return the session with a message.

        A refusal stays until the next key: a good message does not replace it before that.
        """
        if self.message.bad and self.message.press == self.presses and not bad:
            return self
        return replace(self, message=Message(text, bad, self.presses))

    def with_step(self, *, carried_out: bool = False) -> Session:
        """Return the session with a step in its history that leads back to it as it is now."""
        step = Step(self.presses, carried_out, self.current, self.row, self.choices, self.statuses)
        return replace(self, history=(*self.history, step))

    def with_choices(self, group: Group, choices: Choices) -> Session:
        """Return the session with other choices for a group. They can be taken back."""
        return replace(self.with_step(), choices={**self.choices, group.id: choices})

    def with_status(self, group: Group, status: Status) -> Session:
        """Return the session with a status for a group."""
        return replace(self, statuses={**self.statuses, group.id: status})

    def at_next_pending(self) -> Session:
        """Return the session at the next group without a status, or on the last page."""
        pending = self.pending
        later = [number for number in pending if number > self.current]
        following = [*later, *pending, len(self.groups)]
        return replace(self, current=following[0], row=0)

    def before_last_step(self) -> Session:
        """Return the session as it was before the last step. A filter that hides it is dropped."""
        last = self.history[-1]
        before = replace(
            self,
            current=last.current,
            row=last.row,
            choices=last.choices,
            statuses=last.statuses,
            history=self.history[:-1],
        )
        hidden = before.group and not matches(before.group, self.filter)
        return replace(before, filter="") if hidden else before


class Turn(NamedTuple):
    """The session after a key, and the effects to carry out, in order."""

    session: Session
    effects: tuple[Effect, ...] = ()


def title(group: Group) -> str:
    """Return what to call a group: its canonical form or, if it has none, its forms."""
    return group.canonical or " / ".join(member.form for member in group.members[:2])


def begin(groups: tuple[Group, ...]) -> Session:
    """Return a session at the first of some groups."""
    return Session(groups)


def occurrences(group: Group) -> tuple[Occurrence, ...]:
    """Return the occurrences in a group: the first of each form, then the second of each, etc.

    So the first rows show every form. A form that was found nowhere has one row without a place.
    """
    found = [
        Occurrence(member, member.places[0] if member.places else None) for member in group.members
    ]
    most = max((len(member.places) for member in group.members), default=0)
    for number in range(1, most):
        with_place = [member for member in group.members if number < len(member.places)]
        found += [Occurrence(member, member.places[number]) for member in with_place]
    return tuple(found)


def matches(group: Group, wanted: str) -> bool:
    """Return whether each word of a filter occurs in the names, forms or files of a group.

    Case makes no difference.

    >>> group = Group("ma-yun", "Ma Yun", (Member("Marwin", 1),))
    >>> matches(group, "ma YUN"), matches(group, "xi")
    (True, False)
    """
    parts = [group.canonical, group.type, *group.aliases, *group.source.values()]
    for member in group.members:
        parts.append(member.form)
        parts += [place.file for place in member.places]
    text = "\n".join(parts).casefold()
    return all(word in text for word in wanted.casefold().split())
