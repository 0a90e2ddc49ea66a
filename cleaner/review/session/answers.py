"""What the outcome of a deed does to a review."""

from __future__ import annotations

from cleaner.names.suggestion import Group
from cleaner.review.session.effects import Accept, Answer, Deed, LookUp, Redo, Reject, Undo
from cleaner.review.session.model import R, Review, Status, Step, title


def answered(review: R, deed: Deed, answer: Answer) -> R:
    """Return the review after a deed was carried out or refused."""
    if answer.refused:
        return review.with_message(answer.said, bad=True)
    match deed:
        case Accept(group, choices):
            message = answer.said or f"Accepted: {choices.canonical}. u takes it back."
            return _decided(review, group, "accepted", f"Accept {choices.canonical}", message)
        case Reject(group):
            message = answer.said or f"Rejected: {title(group)}. u takes it back."
            return _decided(review, group, "rejected", f"Reject {title(group)}", message)
        case LookUp(lookup, done):
            what = "Tick off" if done else "Put back"
            step = review.with_step(f"{what} “{lookup.text}”", {}, carried_out=True)
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
    if not names:
        return f"Taken back: {_what(review, step)}."
    are = "is" if len(names) == 1 else "are"
    return f"Taken back: {', '.join(names)} {are} not decided."


def done_again(review: Review, step: Step) -> str:
    """Return what to say after a step was done again."""
    names = _names(review, step)
    if not names:
        return f"Done again: {_what(review, step)}."
    statuses = {state.status for state in step.after.values()}
    are = "is" if len(names) == 1 else "are"
    return f"Done again: {', '.join(names)} {are} {' or '.join(filter(None, statuses))}."


def _what(review: Review, step: Step) -> str:
    """Return what to call a step that decided no group."""
    changed = [title(group) for group in review.groups if group.id in step.after]
    return f"what was changed about {', '.join(changed)}" if changed else step.title


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
        message = f"{together} {status}. u takes them back."
    return decided.with_message(message)


def _in_this_turn(review: Review) -> int:
    """Return how many decisions were carried out in this turn."""
    return sum(step.carried_out and step.turn == review.turns for step in review.history)
