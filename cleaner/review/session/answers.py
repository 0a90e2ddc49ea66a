"""What the outcome of a deed does to a review."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.names.suggestion import Group
from cleaner.review.session.effects import Accept, Answer, Deed, LookUp, Redo, Reject, Undo
from cleaner.review.session.model import R, Review, Status, Step, title
from cleaner.text.counting import count, listed

_NAMED = 3  # names that are told; of more, only the number


def answered(review: R, deed: Deed, answer: Answer) -> R:
    """Return the review after a deed was carried out or refused."""
    if answer.refused:
        return review.with_message(answer.said, bad=True)
    match deed:
        case Accept(group, choices):
            message = answer.said or f"Accepted: {choices.canonical}. Press u to take it back."
            return _decided(review, group, "accepted", f"Accept {choices.canonical}", message)
        case Reject(group):
            message = answer.said or f"Rejected: {title(group)}. Press u to take it back."
            return _decided(review, group, "rejected", f"Reject {title(group)}", message)
        case LookUp(lookup, done):
            what = f"Tick off “{lookup.text}”" if done else f"Put “{lookup.text}” back on the list"
            waits, ticked = f"“{lookup.text}” is not ticked off", f"“{lookup.text}” is ticked off"
            holds = (waits, ticked) if done else (ticked, waits)
            step = review.with_step(what, {}, carried_out=True, holds=holds)
            return step.with_message(answer.said)
        case Undo():
            what = taken_back(review, review.history[-1])
            return review.before_last_step().with_message(answer.said or what)
        case Redo():
            what = done_again(review, review.undone[-1])
            return review.after_next_step().with_message(answer.said or what)


def taken_back(review: Review, step: Step) -> str:
    """Return what to say after a step was taken back."""
    names = _names(review, step)
    if names:
        return f"Taken back: {_counted(names)} not decided."
    return f"Taken back: {step.holds[0] or _changed(review, step)}."


def done_again(review: Review, step: Step) -> str:
    """Return what to say after a step was done again."""
    names = _names(review, step)
    if names:
        statuses = {state.status for state in step.after.values() if state.status}
        return f"Done again: {_counted(names)} {' or '.join(sorted(statuses))}."
    return f"Done again: {step.holds[1] or _changed(review, step)}."


def _counted(names: Sequence[str]) -> str:
    """Return names, or how many they are, with the verb."""
    if len(names) == 1:
        return f"{names[0]} is"
    return f"{listed(names) if len(names) <= _NAMED else count(len(names), 'name')} are"


def _changed(review: Review, step: Step) -> str:
    """Return what a step changed that decided nothing."""
    changed = [title(group) for group in review.groups if group.id in step.after]
    return f"what was changed about {listed(changed)}"


def _names(review: Review, step: Step) -> list[str]:
    """Return what to call the groups that a step decided."""
    names: list[str] = []
    for group in review.groups:
        after = step.after.get(group.id)
        if after and after.status:
            names.append(after.choices.canonical if after.choices else title(group))
    return names


def _decided(review: R, group: Group, status: Status, step: str, message: str) -> R:
    """Return the review with a decision that was carried out.

    If one turn decided several groups, the message counts them.
    """
    state = review.state(group.id)._replace(status=status)
    decided = review.with_step(step, {group.id: state}, carried_out=True)
    together = _in_this_turn(decided)
    if together > 1:
        message = f"{together} {status}. Press u to take them back."
    return decided.with_message(message)


def _in_this_turn(review: Review) -> int:
    """Return how many decisions were carried out in this turn."""
    return sum(step.carried_out and step.turn == review.turns for step in review.history)
