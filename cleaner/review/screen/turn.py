"""What a key makes of a session, and what the answer to an effect makes of it."""

from __future__ import annotations

from dataclasses import replace

from cleaner.names.suggestion import Group
from cleaner.review.screen.commands import ABOUT_THE_NAME, ANYWHERE, marked, named
from cleaner.review.screen.effects import Accept, Answer, Diff, Effect, Quit, Reject, Undo
from cleaner.review.screen.keys import HELP_LINES
from cleaner.review.screen.session import (
    SILENCE,
    Asking,
    Pointing,
    Reading,
    Session,
    Turn,
    Typing,
    matches,
    title,
)

INTERRUPT = ("c-c", "c-d")


def press(session: Session, key: str) -> Turn:
    """What a key does: one character, or the name of a key as in "enter", "escape", "left", "c-c"
    (with control), "s-left" (with shift), or "paste:" with the text that was pasted.
    """
    session = session.turned(turn=session.turn + 1, message=SILENCE)
    if key in INTERRUPT:
        return Turn(session.turned(mode=None), (Quit(),))
    match session.mode:
        case Typing():
            return _typing(session, session.mode, key)
        case Pointing():
            return _pointing(session, session.mode, key)
        case Asking():
            return _asking(session, session.mode, key)
        case Reading():
            return _reading(session, session.mode, key)
    if key in ANYWHERE:
        return ANYWHERE[key](session)
    if session.group is None:
        if key == "f" and session.count("accepted"):
            return Turn(session, (Quit(fix=True),))
        return Turn(session.say(_no_key(key)))
    if key in ABOUT_THE_NAME:
        return ABOUT_THE_NAME[key](session, session.group)
    if key.isdecimal() and len(key) == 1:
        return marked(session, session.group, int(key))
    return Turn(session.say(_no_key(key)))


def answered(session: Session, effect: Effect, answer: Answer) -> Session:
    """The session after an effect was carried out, or refused."""
    if answer.refused:
        return session.say(answer.said, bad=True)
    match effect:
        case Accept(group, choices):
            decided = session.kept(carried=True).deciding(group, "accepted")
            return _after(
                decided, group, answer.said or f"Accepted: {choices.canonical}. u takes it back."
            )
        case Reject(group):
            decided = session.kept(carried=True).deciding(group, "rejected")
            return _after(
                decided, group, answer.said or f"Rejected: {title(group)}. u takes it back."
            )
        case Undo():
            return session.back().say(answer.said or "Taken back.") if session.history else session
        case Diff():
            return session.turned(
                mode=Reading("diff", answer.lines or ("No golden would change.",))
            )
    return session.say(answer.said)


def _after(session: Session, group: Group, said: str) -> Session:
    """A decision about the group that is looked at leads to the next; the rest is decided wherever
    one looks.
    """
    here = session.group is None or session.group.id in session.verdicts or session.group == group
    together = sum(step.carried and step.turn == session.turn for step in session.history)
    said = f"{together} {session.verdicts[group.id]}. u takes them back." if together > 1 else said
    return (session.onwards() if here else session).say(said)


def _no_key(key: str) -> str:
    return (
        "Pasted text is no key."
        if key.startswith("paste:")
        else "No such key here. ? shows all keys."
    )


# -- while something else has the keys


def _typing(session: Session, mode: Typing, key: str) -> Turn:
    if key == "escape":
        return Turn(session.turned(mode=None))
    if key != "enter":
        return Turn(session.turned(mode=replace(mode, field=mode.field.pressed(key))))
    text = " ".join(mode.field.text.split())
    session = session.turned(mode=None)
    if mode.what == "filter":
        return Turn(_filtered(session, text))
    group = session.group
    if group is None or not text:
        return Turn(session.say("Nothing was typed: the name is as it was."))
    if text != session.chosen(group).canonical:
        session = named(session, group, text)
    return Turn(session, (Accept(group, session.chosen(group)),) if mode.accept else ())


def _filtered(session: Session, text: str) -> Session:
    wanted = session.turned(filter=text)
    if not wanted.shown:
        return session.say(
            f"No name, form or file holds “{text}”: the filter is as it was.", bad=True
        )
    if session.group and matches(session.group, text):
        return wanted
    return wanted.turned(at=(wanted.pending or wanted.shown)[0], line=0)


def _pointing(session: Session, mode: Pointing, key: str) -> Turn:
    if key == "escape":
        return Turn(session.turned(mode=None))
    if key != "enter" or session.group is None:
        return Turn(session.turned(mode=Pointing(mode.phrase.pressed(key))))
    choices, phrase = session.chosen(session.group), mode.phrase.text
    there = phrase in choices.when
    when = tuple(one for one in choices.when if one != phrase) if there else (*choices.when, phrase)
    said = (
        f"“{phrase}” is no evidence any more."
        if there
        else f"It acts only in texts that hold “{phrase}”."
    )
    return Turn(
        session.turned(mode=None).choosing(session.group, choices._replace(when=when)).say(said)
    )


def _asking(session: Session, mode: Asking, key: str) -> Turn:
    session = session.turned(mode=None)
    if key not in ("y", "Y"):
        return Turn(session.say("Nothing was decided."))
    groups = [session.groups[number] for number in session.pending]
    if mode.what == "reject":
        return Turn(session, tuple(map(Reject, groups)))
    return Turn(
        session,
        tuple(Accept(one, session.chosen(one)) for one in groups if session.chosen(one).canonical),
    )


def _reading(session: Session, mode: Reading, key: str) -> Turn:
    step = {
        "down": 1,
        "j": 1,
        "enter": 1,
        "up": -1,
        "k": -1,
        " ": 15,
        "pagedown": 15,
        "pageup": -15,
    }.get(key)
    if step is None:
        return Turn(session.turned(mode=None))
    most = len(mode.lines) if mode.what == "diff" else HELP_LINES
    top = max(0, min(mode.top + step, most - 1))
    return Turn(session.turned(mode=replace(mode, top=top)))
