"""A suggestion for a person: a name, the forms that may be it, how they came about, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from cleaner.names.suggestion import Group, Member, Place
from cleaner.text.visible import visible

# A text and its role ("name", "form", "strong") -> the text in the colour of the role.
Paint: TypeAlias = Callable[[str, str], str]
_AROUND = 46  # code points of a line that are shown on each side of a form
_PLACES = 2  # places of a form that are shown


def no_colour(text: str, role: str) -> str:  # noqa: ARG001
    """Return a text as it is."""
    return text


def lines(group: Group, paint: Paint = no_colour) -> Iterator[str]:
    """Yield what a person needs to decide about a suggestion.

    >>> place = Place("a.txt", 3, 12, "It was Marwin.", 7)
    >>> marwin = Member("Marwin", 1, 0.99, True, "Marwin <- 마윈 <- Ma Yun", (place,))
    >>> print("\\n".join(lines(Group("ma-yun", "Ma Yun", (marwin,)))))
    Ma Yun (ma-yun)
      Marwin  once  0.99 strong
        Marwin <- 마윈 <- Ma Yun
        a.txt:3:12: It was Marwin.
    """
    name = visible(group.canonical) if group.canonical else "a name that is not known"
    about = _about(group)
    yield f"{paint(name, 'name')} ({group.id})" + (f": {visible(about)}" if about else "")
    if group.rivals:
        rivals = visible(", ".join(group.rivals))
        yield f"  or {rivals}: they sound alike in Hangul; see what the page is about"
    for member in group.members:
        yield from _member(member, paint)


def _about(group: Group) -> str:
    """Return what is known of a name: its type, its characters, its aliases."""
    known = " ".join((group.type, *group.source.values())).strip()
    aliases = f"also {', '.join(group.aliases)}" if group.aliases else ""
    return ", ".join(part for part in (known, aliases) if part)


def _member(member: Member, paint: Paint) -> Iterator[str]:
    times = "once" if member.count == 1 else f"{member.count:,} times"
    score = f"  {member.score:.2f}" if member.score else ""
    strong = f" {paint('strong', 'strong')}" if member.strong else ""
    yield f"  {paint(visible(member.form), 'form')}  {times}{score}{strong}"
    if member.why:
        yield f"    {visible(member.why)}"
    for place in member.places[:_PLACES]:
        context = _context(place, len(member.form), paint)
        yield f"    {visible(str(place))}: {context}"
    more = member.count - _PLACES
    if more > 0:
        yield f"    and {more:,} more"


def _context(place: Place, size: int, paint: Paint) -> str:
    """Return the line of a place, with the form in colour, cut at both ends if it is long."""
    start, end = place.start, place.start + size
    before, there, after = place.context[:start], place.context[start:end], place.context[end:]
    head = f"…{before[-_AROUND:]}" if len(before) > _AROUND else before
    tail = f"{after[:_AROUND]}…" if len(after) > _AROUND else after
    return f"{visible(head)}{paint(visible(there), 'form')}{visible(tail)}"


def plain(group: Group) -> dict[str, Any]:
    """Return a suggestion as plain data, for JSON."""
    members: list[dict[str, Any]] = []
    for member in group.members:
        places = [place._asdict() for place in member.places]
        members.append({**member._asdict(), "places": places})
    source = dict(group.source)
    return {**group._asdict(), "source": source, "members": members, "score": group.score}
