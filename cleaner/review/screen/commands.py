"""What each key does when nothing is being typed, chosen, asked or read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cleaner.names.suggestion import Group
from cleaner.review.screen.effects import (
    LEVELS,
    Accept,
    Diff,
    Effect,
    Open,
    Quit,
    Reject,
    Undo,
)
from cleaner.review.screen.field import Field, Phrase
from cleaner.review.screen.session import Asking, Pointing, Reading, Session, Turn, Typing, title

NOTHING_LEFT = "Nothing is left to decide."


def _tell(session: Session, text: str, *, bad: bool = False) -> Turn:
    """Return a turn that only shows a message."""
    return Turn(session.with_message(text, bad=bad))


# -- on every page


def _next(session: Session) -> Turn:
    later = [number for number in session.filtered if number > session.current]
    return _go_to(session, later[0] if later else len(session.groups))


def _previous(session: Session) -> Turn:
    earlier = [number for number in session.filtered if number < session.current]
    return _go_to(session, earlier[-1]) if earlier else _tell(session, "This is the first.")


def _go_to(session: Session, number: int) -> Turn:
    row = session.row if number == session.current else 0
    return Turn(replace(session, current=number, row=row))


def _mark_next(session: Session) -> Turn:
    last = len(session.occurrences) - 1
    return Turn(replace(session, row=max(0, min(session.row + 1, last))))


def _mark_previous(session: Session) -> Turn:
    return Turn(replace(session, row=max(0, session.row - 1)))


def _undo(session: Session) -> Turn:
    """Take back the last step. All decisions that one key made are taken back together."""
    if not session.history:
        return _tell(session, "There is nothing to take back.")
    last = session.history[-1]
    if not last.carried_out:
        return _tell(session.before_last_step(), "Taken back.")
    together = [step for step in session.history if step.carried_out and step.press == last.press]
    undos: tuple[Effect, ...] = tuple(Undo() for _ in together)
    return Turn(session, undos)


def _ask_for_filter(session: Session) -> Turn:
    return Turn(replace(session, mode=Typing("filter", Field.holding(session.filter))))


def _accept_rest(session: Session) -> Turn:
    pending = (session.groups[number] for number in session.pending)
    if not any(session.chosen(group).canonical for group in pending):
        return _tell(session, "Nothing is left that can be accepted.")
    return Turn(replace(session, mode=Asking("accept")))


def _reject_rest(session: Session) -> Turn:
    if not session.pending:
        return _tell(session, NOTHING_LEFT)
    return Turn(replace(session, mode=Asking("reject")))


def _skip_rest(session: Session) -> Turn:
    if not session.pending:
        return _tell(session, NOTHING_LEFT)
    skipped = session.with_step()
    for number in session.pending:
        skipped = skipped.with_status(session.groups[number], "skipped")
    return _tell(skipped.at_next_pending(), "The rest is skipped. u takes that back.")


def _help(session: Session) -> Turn:
    return Turn(replace(session, mode=Reading("help")))


def _quit(session: Session) -> Turn:
    return Turn(session, (Quit(),))


ANYWHERE: dict[str, Callable[[Session], Turn]] = {
    **dict.fromkeys(("j", "right", "pagedown"), _next),
    **dict.fromkeys(("k", "left", "pageup"), _previous),
    **dict.fromkeys(("down", "tab"), _mark_next),
    **dict.fromkeys(("up", "s-tab"), _mark_previous),
    "u": _undo,
    "/": _ask_for_filter,
    "A": _accept_rest,
    "R": _reject_rest,
    "S": _skip_rest,
    "?": _help,
    "q": _quit,
}


# -- about the group on the screen


def with_name(session: Session, group: Group, canonical: str) -> Session:
    """Return the session with another canonical form for a group.

    Forms that the group has no longer are no longer left out.
    """
    choices = session.chosen(group)
    forms = {member.form for member in group.renamed(canonical).members}
    changed = choices._replace(canonical=canonical, dropped=choices.dropped & forms)
    named = session.with_choices(group, changed)
    last = len(named.occurrences) - 1
    return replace(named, row=max(0, min(named.row, last)))


def mark_form(session: Session, group: Group, number: int) -> Turn:
    """Mark the first line of a form. Forms are numbered from 1."""
    if not 1 <= number <= len(session.as_named(group).members):
        return _tell(session, f"There is no form {number}.")
    return Turn(replace(session, row=number - 1))


def _accept(session: Session, group: Group) -> Turn:
    choices = session.chosen(group)
    if choices.canonical:
        return Turn(session, (Accept(group, choices),))
    return _type_name(session, group, accept=True)


def _reject(session: Session, group: Group) -> Turn:
    return Turn(session, (Reject(group),))


def _skip(session: Session, group: Group) -> Turn:
    if group.id in session.statuses:
        return Turn(session.at_next_pending())
    skipped = session.with_step().with_status(group, "skipped").at_next_pending()
    return _tell(skipped, f"Skipped: {title(group)}.")


def _edit(session: Session, group: Group) -> Turn:
    return _type_name(session, group, accept=False)


def _type_name(session: Session, group: Group, *, accept: bool) -> Turn:
    """Let the reviewer type the canonical form of a group."""
    spellings = [] if group.relation == "garble" else [one.form for one in group.members]
    names = (group.canonical, *group.rivals, *group.aliases, *spellings)
    proposals = tuple(dict.fromkeys(name for name in names if name))
    field = Field.holding(session.chosen(group).canonical, proposals)
    return Turn(replace(session, mode=Typing("name", field, accept)))


def _swap(session: Session, group: Group) -> Turn:
    """Take the marked spelling as the canonical form, and that form as one of the spellings."""
    if session.marked is None:
        return _tell(session, "There is no form to take as the right one.", bad=True)
    form = session.marked.member.form
    if group.relation == "garble":
        message = f"“{form}” is no spelling in use. e lets you type another name."
        return _tell(session, message, bad=True)
    position = [member.form for member in session.as_named(group).members].index(form)
    changed = replace(with_name(session, group, form), row=position)
    return _tell(changed, f"“{form}” is the right form now. u takes that back.")


def _drop(session: Session, group: Group) -> Turn:
    """Leave the marked form out or, if it is left out, take it back in."""
    if session.marked is None:
        return _tell(session, "There is no form to drop.")
    choices = session.chosen(group)
    member = session.marked.member
    dropped = choices.dropped ^ {member.form}
    if all(other.form in dropped for other in session.as_named(group).members):
        return _tell(session, "The last form cannot be dropped. r rejects the name.", bad=True)
    same = tuple(place for place in choices.same if place not in member.places)
    changed = session.with_choices(group, choices._replace(dropped=dropped, same=same))
    if member.form in dropped:
        return _tell(changed, f"“{member.form}” is left out. Press x to take it back in.")
    return _tell(changed, f"“{member.form}” is back in. Press x to leave it out.")


def _level(session: Session, group: Group) -> Turn:
    """Choose the next level."""
    choices = session.chosen(group)
    following = LEVELS.index(choices.level) + 1 if choices.level in LEVELS else 0
    level = LEVELS[following % len(LEVELS)]
    return Turn(session.with_choices(group, choices._replace(level=level)))


def _evidence(session: Session, _group: Group) -> Turn:
    """Let the reviewer choose words of the marked line."""
    phrase = None
    if session.marked and session.marked.place:
        member, place = session.marked.member, session.marked.place
        phrase = Phrase.nearest(place.context, place.start, place.start + len(member.form))
    if phrase is None:
        return _tell(session, "This line has no other words. Mark another line.", bad=True)
    return Turn(replace(session, mode=Pointing(phrase)))


def toggle_evidence(session: Session, group: Group, phrase: str) -> Session:
    """Return the session with a phrase as evidence or, if it is that already, without it."""
    choices = session.chosen(group)
    if phrase in choices.when:
        when = tuple(other for other in choices.when if other != phrase)
        message = f"“{phrase}” is no longer evidence."
    else:
        when = (*choices.when, phrase)
        message = f"The rule acts only in texts that contain “{phrase}”."
    return session.with_choices(group, choices._replace(when=when)).with_message(message)


def _same(session: Session, group: Group) -> Turn:
    """Keep the marked line as it is or, if it is kept, let it change again."""
    if session.marked is None or session.marked.place is None:
        return _tell(session, "There is no line to keep.", bad=True)
    choices = session.chosen(group)
    member, place = session.marked.member, session.marked.place
    if member.form in choices.dropped:
        return _tell(session, f"“{member.form}” is left out, so its lines stay as they are.")
    if place in choices.same:
        same = tuple(other for other in choices.same if other != place)
        message = "This line may change again."
    else:
        same = (*choices.same, place)
        message = "This line stays. Press w on a line that should change."
    return _tell(session.with_choices(group, choices._replace(same=same)), message)


def _open(session: Session, _group: Group) -> Turn:
    if session.marked is None or session.marked.place is None:
        return _tell(session, "There is no line to open.", bad=True)
    return Turn(session, (Open(session.marked.place),))


def _diff(session: Session, group: Group) -> Turn:
    choices = session.chosen(group)
    if not choices.canonical:
        return _tell(session, "It has no name yet. Press e and type one.", bad=True)
    return Turn(session, (Diff(group, choices),))


def _unless_decided(act: Callable[[Session, Group], Turn]) -> Callable[[Session, Group], Turn]:
    """Return a command that is refused for a group that was accepted or rejected."""

    def guarded(session: Session, group: Group) -> Turn:
        status = session.statuses.get(group.id)
        if status in (None, "skipped"):
            return act(session, group)
        return _tell(session, f"Already {status}. u takes back the last step.", bad=True)

    return guarded


ABOUT_THE_GROUP: dict[str, Callable[[Session, Group], Turn]] = {
    **dict.fromkeys(("a", "enter"), _unless_decided(_accept)),
    "r": _unless_decided(_reject),
    "x": _unless_decided(_drop),
    "e": _unless_decided(_edit),
    "c": _unless_decided(_swap),
    "l": _unless_decided(_level),
    "w": _unless_decided(_evidence),
    "n": _unless_decided(_same),
    "s": _skip,
    "o": _open,
    "g": _diff,
}
