"""The state of a review: what is suggested, and what was chosen and decided about it.

An action (see `actions`) returns the next review, and the deeds that it asks for. Whoever carries
them out reports with `answers.answered` how each one went. A decision counts only once it was
carried out, so nothing that is shown as decided can be lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, NamedTuple, Self, TypeVar

from cleaner.names.suggestion import Group, Member, Place
from cleaner.review.session.effects import Choices, Deed
from cleaner.review.session.evidence import proposals

Status = Literal["accepted", "rejected", "skipped"]
STATUSES: tuple[Status, ...] = ("accepted", "rejected", "skipped")


class Message(NamedTuple):
    """One line for the reviewer.

    Attributes:
        text: the line.
        bad: whether something was refused.
        turn: the number of the turn that it belongs to.
    """

    text: str = ""
    bad: bool = False
    turn: int = 0


NO_MESSAGE = Message()


class State(NamedTuple):
    """What was chosen for one group, and decided about it; None for nothing."""

    choices: Choices | None
    status: Status | None


class Step(NamedTuple):
    """A step that can be taken back, and done again.

    Attributes:
        turn: the number of the turn in which it was taken.
        title: what it did, as in “Accept Ma Yun”.
        carried_out: whether files were changed, which must be undone, too.
        before: the state of the groups that it changed, by their ids.
        after: their state after it.
        view: what was on the screen; see `Review.view`.
        holds: what holds before it and after it, if it changes no group.
    """

    turn: int
    title: str
    carried_out: bool
    before: Mapping[str, State]
    after: Mapping[str, State]
    view: tuple[int, ...] = ()
    holds: tuple[str, str] = ("", "")


class Occurrence(NamedTuple):
    """A form and one place where it was found. A form that was found nowhere has no place."""

    member: Member
    place: Place | None


@dataclass(frozen=True, slots=True)
class Review:
    """A review.

    Attributes:
        groups: all suggestions of the review.
        proposals: phrases that are proposed as evidence for groups, by their ids.
        choices: what the reviewer changed about groups, by their ids.
        statuses: what was decided about groups, by their ids.
        filter: words that a group must contain to be shown.
        message: what to tell the reviewer.
        history: the steps that can be taken back, the last one last.
        undone: the steps that can be done again, the next one last.
        turns: how often the reviewer did something. What one turn decides is undone together.
    """

    groups: tuple[Group, ...]
    proposals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: Mapping[str, Choices] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)
    filter: str = ""
    message: Message = NO_MESSAGE
    history: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    turns: int = 0

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

    def chosen(self, group: Group) -> Choices:
        """Return what holds for a group so far: what was proposed, or what the reviewer chose."""
        proposed = Choices(group.canonical, when=self.proposals.get(group.id, ()))
        return self.choices.get(group.id, proposed)

    def as_named(self, group: Group) -> Group:
        """Return a group with the canonical form that the reviewer has chosen."""
        return group.renamed(self.chosen(group).canonical)

    def is_settled(self, group: Group) -> bool:
        """Return whether a group was accepted or rejected."""
        return self.statuses.get(group.id) in ("accepted", "rejected")

    def count(self, status: Status) -> int:
        """Return how many groups have a status."""
        return sum(one == status for one in self.statuses.values())

    def view(self) -> tuple[int, ...]:
        """Return what is on the screen, for a face that shows it again when a step is undone."""
        return ()

    def next_turn(self) -> Self:
        """Return the review at the beginning of the next turn, without a message."""
        return replace(self, turns=self.turns + 1, message=NO_MESSAGE)

    def with_message(self, text: str, *, bad: bool = False) -> Self:
        """Return the review with a message.

        A refusal stays until the next turn: a good message does not replace it before that.
        """
        if self.message.bad and self.message.turn == self.turns and not bad:
            return self
        return replace(self, message=Message(text, bad, self.turns))

    def state(self, id_: str) -> State:
        """Return the state of a group."""
        return State(self.choices.get(id_), self.statuses.get(id_))

    def with_step(
        self,
        title: str,
        changes: Mapping[str, State],
        *,
        carried_out: bool = False,
        holds: tuple[str, str] = ("", ""),
    ) -> Self:
        """Return the review after a step that gives these groups a new state."""
        before = {id_: self.state(id_) for id_ in changes}
        step = Step(self.turns, title, carried_out, before, dict(changes), self.view(), holds)
        return replace(self._with_states(changes), history=(*self.history, step), undone=())

    def with_choices(self, group: Group, choices: Choices) -> Self:
        """Return the review with other choices for a group. They can be taken back."""
        state = self.state(group.id)._replace(choices=choices)
        return self.with_step(f"Change {title(group)}", {group.id: state})

    def with_status(self, groups: Sequence[Group], status: Status, what: str) -> Self:
        """Return the review after a step that gives groups a status and changes no file."""
        changes = {group.id: self.state(group.id)._replace(status=status) for group in groups}
        return self.with_step(what, changes)

    def before_last_step(self) -> Self:
        """Return the review as it was before the last step."""
        *earlier, last = self.history
        before = self._with_states(last.before)
        return replace(before, history=tuple(earlier), undone=(*self.undone, last))

    def after_next_step(self) -> Self:
        """Return the review with the step that was taken back last done again."""
        *later, step = self.undone
        after = self._with_states(step.after)
        return replace(after, history=(*self.history, step), undone=tuple(later))

    def _with_states(self, states: Mapping[str, State]) -> Self:
        choices, statuses = dict(self.choices), dict(self.statuses)
        for id_, state in states.items():
            choices.pop(id_, None)
            statuses.pop(id_, None)
            if state.choices is not None:
                choices[id_] = state.choices
            if state.status is not None:
                statuses[id_] = state.status
        return replace(self, choices=choices, statuses=statuses)


R = TypeVar("R", bound=Review)


class Turn(NamedTuple, Generic[R]):
    """The review after an action, and the deeds to carry out, in order."""

    review: R
    deeds: tuple[Deed, ...] = ()


def begin(groups: tuple[Group, ...]) -> Review:
    """Return a review of some groups, each with the evidence that is proposed for it."""
    return Review(groups, proposals(groups))


def title(group: Group) -> str:
    """Return what to call a group: its canonical form or, if it has none, its forms."""
    return group.canonical or " / ".join(member.form for member in group.members[:2])


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
