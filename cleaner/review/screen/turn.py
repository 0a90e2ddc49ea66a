"""What a key does to a session, and what the answer to an effect does to it."""

from __future__ import annotations

from dataclasses import replace

from cleaner.names.suggestion import Group
from cleaner.review.screen.commands import (
    ABOUT_THE_GROUP,
    ANYWHERE,
    mark_form,
    toggle_evidence,
    with_name,
)
from cleaner.review.screen.effects import Accept, Answer, Diff, Effect, Quit, Reject, Undo
from cleaner.review.screen.keys import HELP_LINES
from cleaner.review.screen.session import (
    NO_MESSAGE,
    Asking,
    Pointing,
    Reading,
    Session,
    Status,
    Turn,
    Typing,
    matches,
    title,
)

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


def press(session: Session, key: str) -> Turn:
    """Return what a key does.

    Args:
        session: the session before the key.
        key: one character; or the name of a key, as in "enter", "escape", "left", "c-c" (with
            control), "s-left" (with shift); or "paste:" and the text that was pasted.
    """
    session = replace(session, presses=session.presses + 1, message=NO_MESSAGE)
    if key in _INTERRUPT:
        return Turn(replace(session, mode=None), (Quit(),))
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


def _command(session: Session, key: str) -> Turn:
    """Return what a key does when it is not used for anything else."""
    group = session.group
    if key in ANYWHERE:
        return ANYWHERE[key](session)
    if group is None and key == "f" and session.count("accepted"):
        return Turn(session, (Quit(fix=True),))
    if group and key in ABOUT_THE_GROUP:
        return ABOUT_THE_GROUP[key](session, group)
    if group and key.isdecimal() and len(key) == 1:
        return mark_form(session, group, int(key))
    if key.startswith("paste:"):
        return Turn(session.with_message("The pasted text was ignored."))
    return Turn(session.with_message("This key does nothing here. ? shows all keys."))


def answered(session: Session, effect: Effect, answer: Answer) -> Session:
    """Return the session after an effect was carried out or refused."""
    if answer.refused:
        return session.with_message(answer.said, bad=True)
    match effect:
        case Accept(group, choices):
            message = answer.said or f"Accepted: {choices.canonical}. u takes it back."
            return _decided(session, group, "accepted", message)
        case Reject(group):
            message = answer.said or f"Rejected: {title(group)}. u takes it back."
            return _decided(session, group, "rejected", message)
        case Undo():
            if not session.history:
                return session
            return session.before_last_step().with_message(answer.said or "Taken back.")
        case Diff():
            lines = answer.lines or ("No golden would change.",)
            return replace(session, mode=Reading("diff", lines))
    return session.with_message(answer.said)


def _decided(session: Session, group: Group, status: Status, message: str) -> Session:
    """Return the session with a decision that was carried out.

    If the group on the screen is decided now, the next pending one is shown. If one key decided
    several groups, the message counts them.
    """
    session = session.with_step(carried_out=True).with_status(group, status)
    together = 0
    for step in session.history:
        together += step.carried_out and step.press == session.presses
    if together > 1:
        message = f"{together} {status}. u takes them back."
    if session.group is None or session.group.id in session.statuses:
        session = session.at_next_pending()
    return session.with_message(message)


# -- while the keys are used for something else


def _typing(session: Session, mode: Typing, key: str) -> Turn:
    if key == "escape":
        return Turn(replace(session, mode=None))
    if key != "enter":
        return Turn(replace(session, mode=replace(mode, field=mode.field.pressed(key))))
    text = " ".join(mode.field.text.split())
    session = replace(session, mode=None)
    if mode.what == "filter":
        return Turn(_with_filter(session, text))
    group = session.group
    if group is None or not text:
        return Turn(session.with_message("Nothing was typed. The name is unchanged."))
    if text != session.chosen(group).canonical:
        session = with_name(session, group, text)
    if mode.accept:
        return Turn(session, (Accept(group, session.chosen(group)),))
    return Turn(session)


def _with_filter(session: Session, text: str) -> Session:
    """Return the session with a filter, at a group that matches it.

    A filter that matches nothing is refused.
    """
    changed = replace(session, filter=text)
    if not changed.filtered:
        message = f"No name, form or file contains “{text}”. The filter is unchanged."
        return session.with_message(message, bad=True)
    if session.group and matches(session.group, text):
        return changed
    candidates = changed.pending or changed.filtered
    return replace(changed, current=candidates[0], row=0)


def _pointing(session: Session, mode: Pointing, key: str) -> Turn:
    if key == "escape":
        return Turn(replace(session, mode=None))
    if key != "enter" or session.group is None:
        return Turn(replace(session, mode=Pointing(mode.phrase.pressed(key))))
    return Turn(toggle_evidence(replace(session, mode=None), session.group, mode.phrase.text))


def _asking(session: Session, mode: Asking, key: str) -> Turn:
    """Decide all pending groups if the answer is yes; those without a name cannot be accepted."""
    session = replace(session, mode=None)
    if key not in ("y", "Y"):
        return Turn(session.with_message("Nothing was decided."))
    effects: list[Effect] = []
    for number in session.pending:
        group = session.groups[number]
        choices = session.chosen(group)
        if mode.what == "reject":
            effects.append(Reject(group))
        elif choices.canonical:
            effects.append(Accept(group, choices))
    return Turn(session, tuple(effects))


def _reading(session: Session, mode: Reading, key: str) -> Turn:
    if key not in _SCROLL:
        return Turn(replace(session, mode=None))
    length = len(mode.lines) if mode.what == "diff" else HELP_LINES
    top = max(0, min(mode.top + _SCROLL[key], length - 1))
    return Turn(replace(session, mode=replace(mode, top=top)))
