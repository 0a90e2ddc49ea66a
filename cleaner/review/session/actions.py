"""What a reviewer can do: each action returns the next review, and the deeds that it asks for.

The terminal and the page call the same actions. What cannot be done changes nothing and says why in
the message of the review.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Concatenate, ParamSpec

from cleaner.names.suggestion import Group, Place
from cleaner.review.lookups import Lookup
from cleaner.review.session.answers import done_again, taken_back
from cleaner.review.session.effects import (
    Accept,
    Choices,
    Deed,
    LookUp,
    Redo,
    Reject,
    Undo,
)
from cleaner.review.session.model import R, Review, Step, Turn, matches, title
from cleaner.rules.model import Level

P = ParamSpec("P")
_SAID_OF_LEVELS: Mapping[Level, str] = {
    "fix": "The rule corrects what it finds.",
    "suggest": "The rule only suggests a correction.",
    "report": "The rule only reports what it finds.",
}
NOTHING_LEFT = "Nothing is left to decide."
NO_NAME = "It has no name yet. Press e and type one."
NO_EVIDENCE = (
    "The rule needs words to go by. Press w to choose some, or E to let it act in every text."
)


def tell(review: R, text: str, *, bad: bool = False) -> Turn[R]:
    """Return a turn that only shows a message."""
    return Turn(review.with_message(text, bad=bad))


def unless_settled(
    act: Callable[Concatenate[R, Group, P], Turn[R]],
) -> Callable[Concatenate[R, Group, P], Turn[R]]:
    """Return an action that is refused for a group that was accepted or rejected."""

    def guarded(review: R, group: Group, /, *args: P.args, **more: P.kwargs) -> Turn[R]:
        if review.is_settled(group):
            return refused_as_settled(review, group)
        return act(review, group, *args, **more)

    return guarded


def refused_as_settled(review: R, group: Group) -> Turn[R]:
    """Say that a group was decided already."""
    what = f"Already {review.statuses[group.id]}. Press u to take back the last step."
    return tell(review, what, bad=True)


# -- decisions about one group


@unless_settled
def accept(review: R, group: Group) -> Turn[R]:
    """Make a rule of a group as it was chosen."""
    why_not = _why_unacceptable(review.chosen(group))
    if why_not:
        return tell(review, why_not, bad=True)
    return Turn(review, (Accept(group, review.chosen(group)),))


def _why_unacceptable(choices: Choices) -> str:
    """Return why a group cannot be accepted with these choices; "" if it can."""
    if not choices.canonical:
        return NO_NAME
    return "" if choices.everywhere or choices.when else NO_EVIDENCE


@unless_settled
def reject(review: R, group: Group) -> Turn[R]:
    """Never suggest the forms of a group for its name again."""
    return Turn(review, (Reject(group),))


def skip(review: R, group: Group) -> Turn[R]:
    """Leave a group for the next review."""
    if group.id in review.statuses:
        return Turn(review)
    what = f"Skip {title(group)}"
    return tell(review.with_status([group], "skipped", what), f"Skipped: {title(group)}.")


# -- what a group would become


@unless_settled
def name(review: R, group: Group, canonical: str) -> Turn[R]:
    """Give a group another canonical form.

    Forms that the group has no longer are no longer left out.
    """
    text = " ".join(canonical.split())
    choices = review.chosen(group)
    if not text:
        return tell(review, "Nothing was typed. The name is unchanged.")
    if not text.isprintable():
        return tell(review, "The name contains an invisible character.", bad=True)
    if text == choices.canonical:
        return Turn(review)
    forms = {member.form for member in group.renamed(text).members}
    changed = choices._replace(canonical=text, dropped=choices.dropped & forms)
    return Turn(review.with_choices(group, changed))


def names_to_offer(group: Group) -> tuple[str, ...]:
    """Return the names to offer when the name of a group is typed."""
    spellings = [] if group.relation == "garble" else [one.form for one in group.members]
    names = (group.canonical, *group.rivals, *group.aliases, *spellings)
    return tuple(dict.fromkeys(name for name in names if name))


@unless_settled
def swap(review: R, group: Group, form: str) -> Turn[R]:
    """Take one spelling as the canonical form, and that form as one of the spellings."""
    if group.relation == "garble":
        message = f"“{form}” is a garbled form, not another spelling. Press e to type a name."
        return tell(review, message, bad=True)
    changed = name(review, group, form).review
    return tell(changed, f"“{form}” is the right form now. Press u to take that back.")


@unless_settled
def drop(review: R, group: Group, form: str, *, out: bool) -> Turn[R]:
    """Leave a form out, or take it back in."""
    choices = review.chosen(group)
    members = review.as_named(group).members
    dropped = choices.dropped | {form} if out else choices.dropped - {form}
    if all(member.form in dropped for member in members):
        return tell(review, "The last form cannot be dropped. r rejects the name.", bad=True)
    places = [place for member in members if member.form == form for place in member.places]
    same = tuple(place for place in choices.same if place not in places)
    changed = review.with_choices(group, choices._replace(dropped=dropped, same=same))
    if out:
        return tell(changed, f"“{form}” is left out. Press x to take it back in.")
    return tell(changed, f"“{form}” is back in. Press x to leave it out.")


@unless_settled
def level(review: R, group: Group, wanted: Level) -> Turn[R]:
    """Choose the level of the rule."""
    changed = review.with_choices(group, review.chosen(group)._replace(level=wanted))
    return tell(changed, _SAID_OF_LEVELS[wanted])


@unless_settled
def evidence(review: R, group: Group, when: Sequence[str], *, everywhere: bool) -> Turn[R]:
    """Choose the phrases of which a text must contain one, or that the rule acts in every text."""
    phrases = tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in when))
    phrases = tuple(filter(None, phrases))
    if not all(phrase.isprintable() for phrase in phrases):
        return tell(review, "The words contain an invisible character.", bad=True)
    own = _form_within(review, group, phrases)
    if own:
        what = f"The rule cannot go by “{own}”, which it changes itself."
        return tell(review, what, bad=True)
    choices = review.chosen(group)._replace(when=phrases, everywhere=everywhere)
    return tell(review.with_choices(group, choices), _said_of(choices))


def _form_within(review: Review, group: Group, phrases: Sequence[str]) -> str:
    """Return a form of a group that one of these phrases contains; "" if none does."""
    dropped = review.chosen(group).dropped
    for member in review.as_named(group).members:
        whole = re.compile(rf"(?<!\w){re.escape(member.form)}(?!\w)")
        if member.form not in dropped and any(map(whole.search, phrases)):
            return member.form
    return ""


def _said_of(choices: Choices) -> str:
    if choices.everywhere:
        return "The rule acts in every text."
    if not choices.when:
        return "No words are left to go by. Press w to choose some, or E to let it act everywhere."
    phrases = " or ".join(f"“{phrase}”" for phrase in choices.when)
    return f"The rule acts only in texts that contain {phrases}."


@unless_settled
def toggle_evidence(review: R, group: Group, phrase: str) -> Turn[R]:
    """Add a phrase to the evidence or, if it is evidence already, take it away."""
    choices = review.chosen(group)
    when = tuple(other for other in choices.when if other != phrase)
    if when == choices.when:
        when = (*when, phrase)
    return evidence(review, group, when, everywhere=False)


@unless_settled
def keep(review: R, group: Group, form: str, place: Place, *, kept: bool) -> Turn[R]:
    """Say that the rule must never change the line of a place, or that it may."""
    choices = review.chosen(group)
    if form in choices.dropped:
        return tell(review, f"“{form}” is left out, so its lines stay as they are.")
    same = tuple(other for other in choices.same if other != place)
    message = f"“{form}” will change here again."
    if kept:
        same = (*same, place)
        message = f"“{form}” stays as it is here."
    return tell(review.with_choices(group, choices._replace(same=same)), message)


# -- many groups at once


def accept_all(review: R, groups: Sequence[Group], doubtful: Collection[str] = ()) -> Turn[R]:
    """Accept several groups as they were chosen; those that cannot be accepted stay pending.

    So do those against which a trial has something, unless their ids are among `doubtful`.
    """
    deeds: list[Deed] = []
    for group in groups:
        choices = review.chosen(group)
        if not review.is_settled(group) and not _why_unacceptable(choices):
            deeds.append(Accept(group, choices, only_if_safe=group.id not in doubtful))
    if not deeds:
        return tell(review, "Nothing is left that can be accepted.")
    return Turn(review, tuple(deeds))


def reject_all(review: R, groups: Sequence[Group]) -> Turn[R]:
    """Reject several groups."""
    deeds = tuple(Reject(group) for group in groups if not review.is_settled(group))
    return Turn(review, deeds) if deeds else tell(review, NOTHING_LEFT)


def skip_all(review: R, groups: Sequence[Group]) -> Turn[R]:
    """Skip several groups."""
    pending = [group for group in groups if group.id not in review.statuses]
    if not pending:
        return tell(review, NOTHING_LEFT)
    return tell(
        review.with_status(pending, "skipped", "Skip the rest"),
        "The rest is skipped. Press u to take that back.",
    )


def acceptable(review: R, groups: Sequence[Group]) -> list[Group]:
    """Return the groups that `accept_all` would accept."""
    deeds = accept_all(review, groups).deeds
    return [deed.group for deed in deeds if isinstance(deed, Accept)]


# -- everything else


def look_up(review: R, lookup: Lookup, *, done: bool) -> Turn[R]:
    """Tick off a report, because it was looked up in the source, or say that it was not."""
    return Turn(review, (LookUp(lookup, done),))


def filtered(review: R, text: str) -> Turn[R]:
    """Show only groups that match some words. A filter that matches nothing is refused."""
    wanted = " ".join(text.split())
    if not any(matches(group, wanted) for group in review.groups):
        message = f"No name, form or file contains “{wanted}”. The filter is unchanged."
        return tell(review, message, bad=True)
    return Turn(replace(review, filter=wanted))


def undo(review: R) -> Turn[R]:
    """Take back the last step. All decisions of one turn are taken back together."""
    if not review.history:
        return tell(review, "There is nothing to take back.")
    together = _together(review.history)
    if together:
        return Turn(review, tuple(Undo() for _ in together))
    return tell(review.before_last_step(), taken_back(review, review.history[-1]))


def redo(review: R) -> Turn[R]:
    """Do the step again that was taken back last. Decisions of one turn are done again together."""
    if not review.undone:
        return tell(review, "There is nothing to do again.")
    together = _together(review.undone)
    if together:
        return Turn(review, tuple(Redo() for _ in together))
    return tell(review.after_next_step(), done_again(review, review.undone[-1]))


def _together(steps: Sequence[Step]) -> list[Step]:
    """Return the steps at the end that one turn carried out; none if the last changed no file."""
    last = steps[-1]
    if not last.carried_out:
        return []
    together: list[Step] = []
    for step in reversed(steps):
        if step.turn != last.turn or not step.carried_out:
            break
        together.append(step)
    return together
