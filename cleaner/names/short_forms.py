"""Short forms: which suggestions are about a part of a longer name, as Hyeok of Namgung Hyeok.

A given name alone may be that of somebody else, so the two stay suggestions of their own, and
neither name is ever a variant of the other. They are shown beside one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cleaner.names.suggestion import Group
from cleaner.text.folding import normal


def longer_names(group: Group, groups: Iterable[Group]) -> Iterator[tuple[Group, str]]:
    """Yield the groups of longer names that have a spelling of this one as a part, each with that.

    >>> from cleaner.names.suggestion import Member
    >>> full = Group("namgung-hyeok", "Namgung Hyeok", (Member("Nam Gunghyeok", 1),))
    >>> short = Group("hyeok", "Hyeok", (Member("Hyuk", 1),), relation="spelling")
    >>> [(longer.canonical, part) for longer, part in longer_names(short, [full, short])]
    [('Namgung Hyeok', 'Hyeok')]
    """
    spellings = {normal(form): form for form in reversed(_spellings(group))}
    for other in groups:
        for part in _parts(other):
            if part in spellings:
                yield other, spellings[part]
                break


def _spellings(group: Group) -> Sequence[str]:
    """Return the ways to write the name of a group, the canonical form first."""
    if group.relation == "garble":
        return [group.canonical]
    return [group.canonical, *(member.form for member in group.members)]


def _parts(group: Group) -> Iterator[str]:
    """Yield the shorter names that are inside of the canonical form of a group."""
    words = normal(group.canonical).split()
    for size in range(1, len(words)):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def behind_longer_names(groups: Iterable[Group]) -> list[Group]:
    """Return groups with each short form behind the longest name that it is a part of.

    The others stay in their order.
    """
    groups = list(groups)
    longest_first = sorted(groups, key=lambda group: (-len(group.canonical.split()), group.id))
    longest: dict[str, Group] = {}
    for group in longest_first:
        for part in _parts(group):
            longest.setdefault(part, group)

    def longer_name(group: Group) -> Group | None:
        names = (longest.get(normal(form)) for form in _spellings(group))
        return next((name for name in names if name and name is not group), None)

    shorter: dict[str, list[Group]] = {}  # by the id of the longer name
    others: list[Group] = []
    for group in groups:
        name = longer_name(group)
        if name and not longer_name(name):
            shorter.setdefault(name.id, []).append(group)
        else:
            others.append(group)
    ordered: list[Group] = []
    for group in others:
        ordered += [group, *shorter.get(group.id, ())]
    return ordered
