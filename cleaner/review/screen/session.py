"""A review as data: what is looked at, what was chosen and decided, and what a key makes of it. It
reads and writes nothing.

`press` gives the next session and the effects that a key asks for; whoever carries them out says
with `answered` how each went. A decision counts only when it was carried out, so nothing the screen
says was decided can be lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from cleaner.names.suggestion import Group, Member, Place
from cleaner.review.screen.effects import Choices, Effect
from cleaner.review.screen.field import Field, Phrase

Status = Literal["accepted", "rejected", "skipped"]


@dataclass(frozen=True, slots=True)
class Typing:
    """A person types the canonical form or a filter; `accept`: the group is accepted with what is
    typed.
    """

    what: Literal["name", "filter"]
    field: Field
    accept: bool = False


@dataclass(frozen=True, slots=True)
class Pointing:
    """A person chooses words of a line as evidence."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Asking:
    """A person is asked whether all the rest is meant."""

    what: Literal["accept", "reject"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A person reads something long; `top` is the first line shown. The page of help has no lines
    of its own.
    """

    what: Literal["help", "diff"]
    lines: tuple[str, ...] = ()
    top: int = 0


Mode = Typing | Pointing | Asking | Reading | None


class Message(NamedTuple):
    """One line for the person, and the turn it belongs to."""

    text: str = ""
    bad: bool = False
    turn: int = 0


SILENCE = Message()


class Step(NamedTuple):
    """What `undo` goes back to; `carried`: outside the session something has to be taken back, too."""

    turn: int
    carried: bool
    at: int
    line: int
    choices: Mapping[str, Choices]
    verdicts: Mapping[str, Status]


@dataclass(frozen=True, slots=True)
class Session:
    """A review: `at` is the group looked at, behind the last one stands the last page; `line` is
    the marked line.
    """

    groups: tuple[Group, ...]
    at: int = 0
    line: int = 0
    choices: Mapping[str, Choices] = field(default_factory=dict)
    verdicts: Mapping[str, Status] = field(default_factory=dict)
    filter: str = ""
    mode: Mode = None
    message: Message = SILENCE
    history: tuple[Step, ...] = ()
    turn: int = 0

    @property
    def group(self) -> Group | None:
        """The group looked at; None on the last page."""
        return self.groups[self.at] if self.at < len(self.groups) else None

    @property
    def shown(self) -> tuple[int, ...]:
        """The groups that the filter lets through, by number."""
        return tuple(
            number for number, group in enumerate(self.groups) if matches(group, self.filter)
        )

    @property
    def pending(self) -> tuple[int, ...]:
        """Those of them nothing was said about."""
        return tuple(number for number in self.shown if self.groups[number].id not in self.verdicts)

    @property
    def lines(self) -> tuple[tuple[Member, Place | None], ...]:
        """The lines of the group, so ordered that the first ones show every form."""
        return lines(self.group) if self.group else ()

    @property
    def marked(self) -> tuple[Member, Place | None] | None:
        """The form and the line that keys speak about."""
        return self.lines[self.line] if self.line < len(self.lines) else None

    def chosen(self, group: Group) -> Choices:
        """What the person made of a group so far."""
        return self.choices.get(group.id) or Choices(group.canonical)

    def count(self, verdict: Status) -> int:
        """How many groups were decided so."""
        return sum(one == verdict for one in self.verdicts.values())

    def turned(self, **changes: object) -> Session:
        """The session with some of its fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def say(self, text: str, *, bad: bool = False) -> Session:
        """The session with something to tell; within one turn a refusal is not talked over."""
        if self.message.bad and self.message.turn == self.turn and not bad:
            return self
        return replace(self, message=Message(text, bad, self.turn))

    def kept(self, *, carried: bool = False) -> Session:
        """The session with a step back to what it is now."""
        step = Step(self.turn, carried, self.at, self.line, self.choices, self.verdicts)
        return replace(self, history=(*self.history, step))

    def choosing(self, group: Group, choices: Choices) -> Session:
        """The session with other choices for a group; undo brings the old ones back."""
        return replace(self.kept(), choices={**self.choices, group.id: choices})

    def deciding(self, group: Group, verdict: Status) -> Session:
        """The session with a verdict on a group."""
        return replace(self, verdicts={**self.verdicts, group.id: verdict})

    def onwards(self) -> Session:
        """At the next group nothing was said about; where there is none, on the last page."""
        later = [number for number in self.pending if number > self.at] or list(self.pending)
        return replace(self, at=later[0] if later else len(self.groups), line=0)

    def back(self) -> Session:
        """The session before the last step."""
        last = self.history[-1]
        before = replace(
            self,
            at=last.at,
            line=last.line,
            choices=last.choices,
            verdicts=last.verdicts,
            history=self.history[:-1],
        )
        hidden = before.group and not matches(before.group, self.filter)
        return replace(before, filter="") if hidden else before


class Turn(NamedTuple):
    """A session after a key, and what is to be carried out, in order."""

    session: Session
    effects: tuple[Effect, ...] = ()


def title(group: Group) -> str:
    """What to call a group: its name or, where nobody knows it, the forms."""
    return group.canonical or " / ".join(member.form for member in group.members[:2])


def begin(groups: tuple[Group, ...]) -> Session:
    """A review of some groups, at the first of them."""
    return Session(groups)


def lines(group: Group) -> tuple[tuple[Member, Place | None], ...]:
    """The lines of a group: the first of each form, then the second of each, and so on. A form that
    was seen nowhere has one without a place.
    """
    first = [(member, member.places[0] if member.places else None) for member in group.members]
    depth = max((len(member.places) for member in group.members), default=0)
    later = [
        (m, m.places[row]) for row in range(1, depth) for m in group.members if row < len(m.places)
    ]
    return (*first, *later)


def matches(group: Group, wanted: str) -> bool:
    """Whether every word of a filter occurs in the names, forms or files of a group, in whatever
    case.

    >>> matches(Group("ma-yun", "Ma Yun", (Member("Marwin", 1),)), "ma YUN"), matches(Group("x", "", ()), "ma")
    (True, False)
    """
    files = {place.file for member in group.members for place in member.places}
    forms = (member.form for member in group.members)
    text = "\n".join(
        (group.canonical, group.type, *group.aliases, *group.source.values(), *forms, *files)
    ).casefold()
    return all(word in text for word in wanted.casefold().split())
