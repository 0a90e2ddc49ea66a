"""Suggestions for a person: each name with the forms that may be it, how they came about, and where
they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cleaner.names.suggestion import Group, Member, Place
from cleaner.text.visible import visible

# text and what it is ("name", "form", "strong", "weak") -> the text in its colour
Paint = Callable[[str, str], str]
_AROUND = 46  # code points of a line shown on each side of a form
_PLACES = 2  # of a form that are shown


def plain(text: str, role: str) -> str:  # noqa: ARG001
    """No colour at all."""
    return text


def lines(group: Group, paint: Paint = plain) -> Iterator[str]:
    """What a person needs to decide about a group.

    >>> place = Place("a.txt", 3, 12, "It was Marwin.", 7)
    >>> group = Group("ma-yun", "Ma Yun", (Member("Marwin", 1, 0.99, True, "Marwin <- 마윈 <- Ma Yun", (place,)),))
    >>> print("\\n".join(lines(group)))
    Ma Yun (ma-yun)
      Marwin  once  0.99 strong
        Marwin <- 마윈 <- Ma Yun
        a.txt:3:12: It was Marwin.
    """
    known = " ".join((group.type, *group.source.values())).strip()
    also = f", also {', '.join(group.aliases)}" if group.aliases else ""
    name = visible(group.canonical) if group.canonical else "a name that is not known"
    about = f"{known}{also}".removeprefix(", ")
    yield f"{paint(name, 'name')} ({group.id})" + (f": {visible(about)}" if about else "")
    if group.rivals:
        yield f"  or {visible(', '.join(group.rivals))}: in Hangul they sound alike; see what the page is about"
    for member in group.members:
        yield from _member(member, paint)


def _member(member: Member, paint: Paint) -> Iterator[str]:
    times = "once" if member.count == 1 else f"{member.count:,} times"
    likely = f"  {member.score:.2f}" if member.score else ""
    verdict = f" {paint('strong', 'strong')}" if member.strong else ""
    yield f"  {paint(visible(member.form), 'form')}  {times}{likely}{verdict}"
    if member.why:
        yield f"    {visible(member.why)}"
    for place in member.places[:_PLACES]:
        yield f"    {visible(place.file)}:{place.line}:{place.column}: {_context(place, len(member.form), paint)}"
    if (more := member.count - _PLACES) > 0:
        yield f"    and {more:,} more"


def _context(place: Place, size: int, paint: Paint) -> str:
    start, end = place.start, place.start + size
    before, there, behind = place.context[:start], place.context[start:end], place.context[end:]
    head = f"…{before[-_AROUND:]}" if len(before) > _AROUND else before
    tail = f"{behind[:_AROUND]}…" if len(behind) > _AROUND else behind
    return f"{visible(head)}{paint(visible(there), 'form')}{visible(tail)}"
