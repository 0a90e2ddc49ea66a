"""What the keys do that stand on every page, and those that speak about the name that is looked at."""

from __future__ import annotations

from collections.abc import Callable

from cleaner.names.suggestion import Group
from cleaner.review.screen.effects import LEVELS, Accept, Diff, Open, Quit, Reject, Undo
from cleaner.review.screen.field import Field, Phrase
from cleaner.review.screen.session import Asking, Pointing, Reading, Session, Turn, Typing, title


def _go(step: int) -> Callable[[Session], Turn]:
    def go(session: Session) -> Turn:
        ways = [number for number in session.shown if (number - session.at) * step > 0]
        if not ways and step < 0:
            return Turn(session.say("This is the first."))
        at = len(session.groups) if not ways else min(ways) if step > 0 else max(ways)
        return Turn(session.turned(at=at, line=session.line if at == session.at else 0))

    return go


def _mark(step: int) -> Callable[[Session], Turn]:
    def mark(session: Session) -> Turn:
        return Turn(session.turned(line=max(0, min(session.line + step, len(session.lines) - 1))))

    return mark


def _undo(session: Session) -> Turn:
    if not session.history:
        return Turn(session.say("There is nothing to take back."))
    last = session.history[-1]
    if last.carried:
        return Turn(
            session,
            (Undo(),) * sum(step.carried and step.turn == last.turn for step in session.history),
        )
    return Turn(session.back().say("Taken back."))


def _ask_for_filter(session: Session) -> Turn:
    return Turn(session.turned(mode=Typing("filter", Field.holding(session.filter))))


def _rest_accepted(session: Session) -> Turn:
    ready = any(session.chosen(session.groups[number]).canonical for number in session.pending)
    return (
        _rest(session, Asking("accept"))
        if ready
        else Turn(session.say("Nothing is left that can be accepted."))
    )


def _rest_rejected(session: Session) -> Turn:
    return _rest(session, Asking("reject"))


def _rest(session: Session, mode: Asking) -> Turn:
    return (
        Turn(session.turned(mode=mode))
        if session.pending
        else Turn(session.say("Nothing is left to decide."))
    )


def _rest_skipped(session: Session) -> Turn:
    if not session.pending:
        return Turn(session.say("Nothing is left to decide."))
    skipped = session.kept()
    for number in session.pending:
        skipped = skipped.deciding(session.groups[number], "skipped")
    return Turn(skipped.onwards().say("The rest is skipped. u takes that back."))


ANYWHERE: dict[str, Callable[[Session], Turn]] = {
    **dict.fromkeys(("j", "right", "pagedown"), _go(1)),
    **dict.fromkeys(("k", "left", "pageup"), _go(-1)),
    **dict.fromkeys(("down", "tab"), _mark(1)),
    **dict.fromkeys(("up", "s-tab"), _mark(-1)),
    "u": _undo,
    "/": _ask_for_filter,
    "A": _rest_accepted,
    "R": _rest_rejected,
    "S": _rest_skipped,
    "?": lambda session: Turn(session.turned(mode=Reading("help"))),
    "q": lambda session: Turn(session, (Quit(),)),
}


# -- about the name that is looked at


def _decided(session: Session, group: Group) -> Session | None:
    """What to say where a group is decided for good; None where it may still be decided or changed."""
    verdict = session.verdicts.get(group.id)
    if verdict in (None, "skipped"):
        return None
    return session.say(f"This was {verdict} already. u takes back the last step.", bad=True)


def named(session: Session, group: Group, canonical: str) -> Session:
    """The session with another canonical form for a group."""
    return session.choosing(group, session.chosen(group)._replace(canonical=canonical))


def _accept(session: Session, group: Group) -> Turn:
    choices = session.chosen(group)
    if choices.canonical:
        return Turn(session, (Accept(group, choices),))
    return Turn(session.turned(mode=Typing("name", _names(session, group), accept=True)))


def _reject(session: Session, group: Group) -> Turn:
    return Turn(session, (Reject(group),))


def _skip(session: Session, group: Group) -> Turn:
    if group.id in session.verdicts:
        return Turn(session.onwards())
    return Turn(
        session.kept().deciding(group, "skipped").onwards().say(f"Skipped: {title(group)}.")
    )


def _edit(session: Session, group: Group) -> Turn:
    return Turn(session.turned(mode=Typing("name", _names(session, group))))


def _names(session: Session, group: Group) -> Field:
    proposals = dict.fromkeys(
        name for name in (group.canonical, *group.rivals, *group.aliases) if name
    )
    return Field.holding(session.chosen(group).canonical, tuple(proposals))


def _drop(session: Session, group: Group) -> Turn:
    choices = session.chosen(group)
    if session.marked is None:
        return Turn(session.say("There is no form to drop."))
    member = session.marked[0]
    form, dropped = member.form, choices.dropped ^ {member.form}
    if all(member.form in dropped for member in group.members):
        return Turn(session.say("The last form cannot be dropped. r rejects the name.", bad=True))
    said = f"“{form}” is left out." if form in dropped else f"“{form}” is back in."
    same = tuple(place for place in choices.same if place not in member.places)
    choices = choices._replace(dropped=dropped, same=same)
    return Turn(session.choosing(group, choices).say(f"{said} x turns that round."))


def _level(session: Session, group: Group) -> Turn:
    choices = session.chosen(group)
    level = (
        LEVELS[(LEVELS.index(choices.level) + 1) % len(LEVELS)]
        if choices.level in LEVELS
        else LEVELS[0]
    )
    return Turn(session.choosing(group, choices._replace(level=level)))


def _evidence(session: Session, _group: Group) -> Turn:
    member, place = session.marked or (None, None)
    phrase = (
        Phrase.nearest(place.context, place.start, place.start + len(member.form))
        if member and place
        else None
    )
    if phrase is None:
        return Turn(session.say("This line has no other words: mark another one.", bad=True))
    return Turn(session.turned(mode=Pointing(phrase)))


def _same(session: Session, group: Group) -> Turn:
    choices = session.chosen(group)
    member, place = session.marked or (None, None)
    if member is None or place is None:
        return Turn(session.say("There is no line to keep.", bad=True))
    if member.form in choices.dropped:
        return Turn(session.say(f"“{member.form}” is left out: its lines stay as they are."))
    there = place in choices.same
    same = tuple(one for one in choices.same if one != place) if there else (*choices.same, place)
    said = (
        "This line may change again."
        if there
        else "This line stays. Press w on a line that should change."
    )
    return Turn(session.choosing(group, choices._replace(same=same)).say(said))


def _open(session: Session, _group: Group) -> Turn:
    place = session.marked[1] if session.marked else None
    return (
        Turn(session, (Open(place),))
        if place
        else Turn(session.say("There is no line to open.", bad=True))
    )


def _diff(session: Session, group: Group) -> Turn:
    choices = session.chosen(group)
    if not choices.canonical:
        return Turn(session.say("It has no name yet: press e and type one.", bad=True))
    return Turn(session, (Diff(group, choices),))


def marked(session: Session, group: Group, number: int) -> Turn:
    """The first line of a form, by its number."""
    if not 1 <= number <= len(group.members):
        return Turn(session.say(f"There is no form {number}."))
    return Turn(session.turned(line=number - 1))


def _undecided(act: Callable[[Session, Group], Turn]) -> Callable[[Session, Group], Turn]:
    def guarded(session: Session, group: Group) -> Turn:
        said = _decided(session, group)
        return Turn(said) if said else act(session, group)

    return guarded


ABOUT_THE_NAME: dict[str, Callable[[Session, Group], Turn]] = {
    **dict.fromkeys(("a", "enter"), _undecided(_accept)),
    "r": _undecided(_reject),
    "x": _undecided(_drop),
    "e": _undecided(_edit),
    "l": _undecided(_level),
    "w": _undecided(_evidence),
    "n": _undecided(_same),
    "s": _skip,
    "o": _open,
    "g": _diff,
}
