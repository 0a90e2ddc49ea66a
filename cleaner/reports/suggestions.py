"""A suggestion for a person: a name, the forms that may be it, how they came about, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from cleaner.names.suggestion import Group, Member, Place, Relation
from cleaner.text.counting import times
from cleaner.text.visible import visible

# A text and its role ("name", "form", "strong") -> the text in the colour of the role.
Paint: TypeAlias = Callable[[str, str], str]
_AROUND = 46  # code points of a line that are shown on each side of a form
_PLACES = 2  # places of a form that are shown
# What follows how often the name itself is there.
_RELATIONS: dict[Relation, str] = {
    "spelling": "also spelled",
    "case": "also with other capitals",
}
_CLOSE = 2  # a spelling that is at least half as common as the name may be the right one


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
    >>> masiro = Member("Masiro", 12, 0.81, why="Masiro ~ Mashiro: one letter fewer (h)")
    >>> mashiro = Group("mashiro", "Mashiro", (masiro,), relation="spelling", canonical_count=300)
    >>> print("\\n".join(lines(mashiro)))
    Mashiro (mashiro): 300 times, also spelled
      Masiro  12 times  0.81
        one letter fewer (h)
    """
    name = visible(group.canonical) if group.canonical else "a name that is not known"
    about = _about(group)
    yield f"{paint(name, 'name')} ({group.id})" + (f": {visible(about)}" if about else "")
    if group.rivals:
        rivals = visible(", ".join(group.rivals))
        yield f"  or {rivals}: they sound alike in Hangul; see what the page is about"
    for member in group.members:
        yield from _member(member, group.canonical, paint)


def in_one_line(group: Group) -> str:
    """Return the forms of a suggestion and its name, each with how often it appears.

    >>> in_one_line(Group("ma-yun", "Ma Yun", (Member("Marwin", 3), Member("Ma Win", 1))))
    'Marwin (3), Ma Win (1) -> Ma Yun'
    """
    forms = ", ".join(f"{member.form} ({member.count:,})" for member in group.members)
    itself = f" ({group.canonical_count:,})" if group.canonical_count else ""
    return f"{forms} -> {group.canonical or '?'}{itself}"


def rival_spelling(group: Group) -> str:
    """Return a spelling that is common enough to be the right one instead; "" if there is none."""
    if group.relation == "garble" or not group.canonical_count:
        return ""
    commonest = max(group.members, key=lambda member: member.count)
    return commonest.form if commonest.count * _CLOSE >= group.canonical_count else ""


def _about(group: Group) -> str:
    """Return what is known of a name: its type, its characters, its aliases, how common it is."""
    known = " ".join((group.type, *group.source.values())).strip()
    aliases = f"also {', '.join(group.aliases)}" if group.aliases else ""
    spelled = ""
    if group.relation in _RELATIONS:
        itself = times(group.canonical_count) if group.canonical_count else "known as a right name"
        spelled = f"{itself}, {_RELATIONS[group.relation]}"
    return ", ".join(part for part in (known, aliases, spelled) if part)


def _member(member: Member, canonical: str, paint: Paint) -> Iterator[str]:
    score = f"  {member.score:.2f}" if member.score else ""
    strong = f" {paint('strong', 'strong')}" if member.strong else ""
    yield f"  {paint(visible(member.form), 'form')}  {times(member.count)}{score}{strong}"
    if member.why:
        yield f"    {visible(member.reason(canonical))}"
    for place in member.places[:_PLACES]:
        context = _context(place, len(member.form), paint)
        yield f"    {visible(str(place))}: {context}"
    more = member.count - _PLACES
    if member.places and more > 0:
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
    members = [
        {**member._asdict(), "places": _plain_places(member.places)} for member in group.members
    ]
    return {
        **group._asdict(),
        "source": dict(group.source),
        "members": members,
        "canonical_places": _plain_places(group.canonical_places),
        "score": group.score,
    }


def _plain_places(places: Iterable[Place]) -> list[dict[str, Any]]:
    return [place._asdict() for place in places]
