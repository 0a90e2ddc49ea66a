"""What a key does to a session, and what the answer to an effect does to it."""

from __future__ import annotations

from dataclasses import replace

from cleaner.review.screen.commands import (
    ABOUT_THE_GROUP,
    ANYWHERE,
    mark_form,
    moved,
    pending,
)
from cleaner.review.screen.effects import Diff, Effect, Open, Quit
from cleaner.review.screen.keys import HELP_LINES
from cleaner.review.screen.session import Asking, Move, Pointing, Reading, Session, Typing
from cleaner.review.session import actions
from cleaner.review.session.answers import answered as answered_deed
from cleaner.review.session.effects import Answer, Redo, Undo
from cleaner.review.session.model import matches

_INTERRUPT = ("c-c", "c-d")
_PAGE = 15  # lines that a page key moves
_SCROLL = {
    "down": 1,
    "j": 1,
    "enter": 1,
    "up": -1,
    "k": -1,
    " ": _PAGE,
    "pagedown": _PAGE,
    "pageup": -_PAGE,
}


def press(session: Session, key: str) -> Move:
    """Return what a key does.

    Args:
        session: the session before the key.
        key: one character; or the name of a key, as in "enter", "escape", "left", "c-c" (with
            control), "s-left" (with shift); or "paste:" and the text that was pasted.
    """
    session = session.next_turn()
    if key in _INTERRUPT:
        return Move(replace(session, mode=None), (Quit(),))
    match session.mode:
        case Typing():
            return _typing(session, session.mode, key)
        case Pointing():
            return _pointing(session, session.mode, key)
        case Asking():
            return _asking(session, session.mode, key)
        case Reading():
            return _reading(session, session.mode, key)
    return _command(session, key)


def _command(session: Session, key: str) -> Move:
    """Return what a key does when it is not used for anything else."""
    group = session.group
    if key in ANYWHERE:
        return ANYWHERE[key](session)
    if group is None and key == "f" and session.count("accepted"):
        return Move(session, (Quit(fix=True),))
    if group and key in ABOUT_THE_GROUP:
        return ABOUT_THE_GROUP[key](session, group)
    if group and key.isdecimal() and len(key) == 1:
        return mark_form(session, group, int(key))
    if key.startswith("paste:"):
        return Move(session.with_message("The pasted text was ignored."))
    return Move(session.with_message("This key does nothing here. ? shows all keys."))


def answered(session: Session, effect: Effect, answer: Answer) -> Session:
    """Return the session after an effect was carried out or refused.

    If the group on the screen is decided now, the next pending one is shown. What is taken back is
    shown again as it was.
    """
    match effect:
        case Diff() if not answer.refused:
            lines = answer.lines or ("No golden would change.",)
            return replace(session, mode=Reading("diff", lines))
        case Diff() | Open() | Quit():
            return session.with_message(answer.said, bad=answer.refused)
    after = answered_deed(session, effect, answer)
    if answer.refused:
        return after
    if isinstance(effect, Undo):
        return after.at_view(session.history[-1].view)
    if isinstance(effect, Redo):
        after = after.at_view(session.undone[-1].view)
    if after.group is None or after.group.id in after.statuses:
        after = after.at_next_pending()
    return after


# -- while the keys are used for something else


def _typing(session: Session, mode: Typing, key: str) -> Move:
    if key == "escape":
        return Move(replace(session, mode=None))
    if key != "enter":
        return Move(replace(session, mode=replace(mode, field=mode.field.pressed(key))))
    text = mode.field.text
    session = replace(session, mode=None)
    if mode.what == "filter":
        return Move(_filtered(session, text))
    group = session.group
    if group is None:
        return Move(session)
    named = actions.name(session, group, text).review
    if named.choices != session.choices:
        named = named.with_marked_form("")
    if mode.accept and named.chosen(group).canonical:
        return moved(actions.accept(named, group))
    return Move(named)


def _filtered(session: Session, text: str) -> Session:
    """Return the session with a filter, at a group that matches it."""
    changed = actions.filtered(session, text).review
    if session.group and matches(session.group, changed.filter):
        return changed
    candidates = changed.pending or changed.filtered
    return replace(changed, current=candidates[0], row=0) if candidates else changed


def _pointing(session: Session, mode: Pointing, key: str) -> Move:
    if key == "escape":
        return Move(replace(session, mode=None))
    if key != "enter" or session.group is None:
        return Move(replace(session, mode=Pointing(mode.phrase.pressed(key))))
    turn = actions.toggle_evidence(replace(session, mode=None), session.group, mode.phrase.text)
    return moved(turn)


def _asking(session: Session, mode: Asking, key: str) -> Move:
    """Decide all pending groups if the answer is yes; those without a name cannot be accepted."""
    session = replace(session, mode=None)
    if key not in ("y", "Y"):
        return Move(session.with_message("Nothing was decided."))
    decide = actions.accept_all if mode.what == "accept" else actions.reject_all
    return moved(decide(session, pending(session)))


def _reading(session: Session, mode: Reading, key: str) -> Move:
    if key not in _SCROLL:
        return Move(replace(session, mode=None))
    length = len(mode.lines) if mode.what == "diff" else HELP_LINES
    top = max(0, min(mode.top + _SCROLL[key], length - 1))
    return Move(replace(session, mode=replace(mode, top=top)))
