"""What each key does when nothing is being typed, chosen, asked or read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cleaner.names.suggestion import Group
from cleaner.review.screen.effects import Diff, Open, Quit
from cleaner.review.screen.field import Field, Phrase
from cleaner.review.screen.session import Asking, Move, Pointing, Reading, Session, Typing
from cleaner.review.session import actions
from cleaner.review.session.effects import LEVELS
from cleaner.review.session.model import Turn


def moved(turn: Turn[Session]) -> Move:
    """Return the outcome of an action as a move in the terminal."""
    return Move(turn.review, turn.deeds)


def undone(session: Session) -> Move:
    """Take back the last step, and show what was on the screen before it."""
    turn = actions.undo(session)
    if turn.deeds or not session.history:
        return moved(turn)
    return Move(turn.review.at_view(session.history[-1].view))


def redone(session: Session) -> Move:
    """Do the last step again that was taken back."""
    turn = actions.redo(session)
    return moved(turn)


def _tell(session: Session, text: str, *, bad: bool = False) -> Move:
    """Return a move that only shows a message."""
    return Move(session.with_message(text, bad=bad))


# -- on every page


def _next(session: Session) -> Move:
    later = [number for number in session.filtered if number > session.current]
    return _go_to(session, later[0] if later else len(session.groups))


def _previous(session: Session) -> Move:
    earlier = [number for number in session.filtered if number < session.current]
    return _go_to(session, earlier[-1]) if earlier else _tell(session, "This is the first.")


def _go_to(session: Session, number: int) -> Move:
    row = session.row if number == session.current else 0
    return Move(replace(session, current=number, row=row))


def _mark_next(session: Session) -> Move:
    last = len(session.occurrences) - 1
    return Move(replace(session, row=max(0, min(session.row + 1, last))))


def _mark_previous(session: Session) -> Move:
    return Move(replace(session, row=max(0, session.row - 1)))


def _ask_for_filter(session: Session) -> Move:
    return Move(replace(session, mode=Typing("filter", Field.holding(session.filter))))


def _accept_rest(session: Session) -> Move:
    if not actions.acceptable(session, pending(session)):
        return moved(actions.accept_all(session, ()))
    return Move(replace(session, mode=Asking("accept")))


def _reject_rest(session: Session) -> Move:
    if not session.pending:
        return moved(actions.reject_all(session, ()))
    return Move(replace(session, mode=Asking("reject")))


def _skip_rest(session: Session) -> Move:
    turn = actions.skip_all(session, pending(session))
    return Move(turn.review.at_next_pending() if session.pending else turn.review)


def pending(session: Session) -> list[Group]:
    """Return the groups that match the filter and have no status."""
    return [session.groups[number] for number in session.pending]


def _help(session: Session) -> Move:
    return Move(replace(session, mode=Reading("help")))


def _quit(session: Session) -> Move:
    return Move(session, (Quit(),))


ANYWHERE: dict[str, Callable[[Session], Move]] = {
    **dict.fromkeys(("j", "right", "pagedown"), _next),
    **dict.fromkeys(("k", "left", "pageup"), _previous),
    **dict.fromkeys(("down", "tab"), _mark_next),
    **dict.fromkeys(("up", "s-tab"), _mark_previous),
    "u": undone,
    "U": redone,
    "y": redone,
    "/": _ask_for_filter,
    "A": _accept_rest,
    "R": _reject_rest,
    "S": _skip_rest,
    "?": _help,
    "q": _quit,
}


# -- about the group on the screen


def mark_form(session: Session, group: Group, number: int) -> Move:
    """Mark the first line of a form. Forms are numbered from 1."""
    if not 1 <= number <= len(session.as_named(group).members):
        return _tell(session, f"There is no form {number}.")
    return Move(replace(session, row=number - 1))


def _accept(session: Session, group: Group) -> Move:
    if not session.chosen(group).canonical and not session.is_settled(group):
        return _type_name(session, group, accept=True)
    return moved(actions.accept(session, group))


def _reject(session: Session, group: Group) -> Move:
    return moved(actions.reject(session, group))


def _skip(session: Session, group: Group) -> Move:
    return Move(actions.skip(session, group).review.at_next_pending())


def _edit(session: Session, group: Group) -> Move:
    return _type_name(session, group, accept=False)


def _type_name(session: Session, group: Group, *, accept: bool) -> Move:
    """Let the reviewer type the canonical form of a group."""
    field = Field.holding(session.chosen(group).canonical, actions.names_to_offer(group))
    return Move(replace(session, mode=Typing("name", field, accept)))


def _swap(session: Session, group: Group) -> Move:
    """Take the marked spelling as the canonical form, and that form as one of the spellings."""
    if session.marked is None:
        return _tell(session, "There is no form to take as the right one.", bad=True)
    form = session.marked.member.form
    forms = [member.form for member in session.as_named(group).members]
    swapped = actions.swap(session, group, form).review
    if swapped.choices == session.choices:
        return Move(swapped)
    return Move(replace(swapped, row=forms.index(form)))


def _drop(session: Session, group: Group) -> Move:
    """Leave the marked form out or, if it is left out, take it back in."""
    if session.marked is None:
        return _tell(session, "There is no form to drop.")
    form = session.marked.member.form
    out = form not in session.chosen(group).dropped
    return moved(actions.drop(session, group, form, out=out))


def _level(session: Session, group: Group) -> Move:
    """Choose the next level."""
    level = session.chosen(group).level
    following = LEVELS.index(level) + 1 if level in LEVELS else 0
    return moved(actions.level(session, group, LEVELS[following % len(LEVELS)]))


def _everywhere(session: Session, group: Group) -> Move:
    """Let the rule act in every text or, if it does, only in those with the evidence."""
    choices = session.chosen(group)
    turn = actions.evidence(session, group, choices.when, everywhere=not choices.everywhere)
    return moved(turn)


def _evidence(session: Session, group: Group) -> Move:
    """Let the reviewer choose words of the marked line."""
    phrase = None
    if session.marked and session.marked.place:
        member, place = session.marked.member, session.marked.place
        end = place.start + len(member.form)
        forms = [other.form for other in group.members]
        phrase = Phrase.nearest(place.context, place.start, end, forms)
    if phrase is None:
        return _tell(session, "This line has no other words. Mark another line.", bad=True)
    return Move(replace(session, mode=Pointing(phrase)))


def _same(session: Session, group: Group) -> Move:
    """Keep the marked line as it is or, if it is kept, let it change again."""
    if session.marked is None or session.marked.place is None:
        return _tell(session, "There is no line to keep.", bad=True)
    form, place = session.marked.member.form, session.marked.place
    kept = place not in session.chosen(group).same
    return moved(actions.keep(session, group, form, place, kept=kept))


def _open(session: Session, _group: Group) -> Move:
    if session.marked is None or session.marked.place is None:
        return _tell(session, "There is no line to open.", bad=True)
    return Move(session, (Open(session.marked.place),))


def _diff(session: Session, group: Group) -> Move:
    choices = session.chosen(group)
    if not choices.canonical:
        return _tell(session, actions.NO_NAME, bad=True)
    return Move(session, (Diff(group, choices),))


def _unless_settled(act: Callable[[Session, Group], Move]) -> Callable[[Session, Group], Move]:
    """Return a command that opens a mode, and is refused for a group that is settled."""

    def guarded(session: Session, group: Group) -> Move:
        if session.is_settled(group):
            return moved(actions.refused_as_settled(session, group))
        return act(session, group)

    return guarded


ABOUT_THE_GROUP: dict[str, Callable[[Session, Group], Move]] = {
    **dict.fromkeys(("a", "enter"), _accept),
    "r": _reject,
    "x": _drop,
    "e": _unless_settled(_edit),
    "c": _swap,
    "l": _level,
    "E": _everywhere,
    "w": _unless_settled(_evidence),
    "n": _same,
    "s": _skip,
    "o": _open,
    "g": _diff,
}
