"""The members of a container in its source, which is one text: each behind its name."""

from __future__ import annotations

MEMBER = "\0"  # before and behind the name of each member


def member_around(source: str, at: int) -> tuple[str, int, int]:
    """Return the member of a container around a place: its name, where it begins and ends.

    A source that is no container is one member without a name.

    >>> member_around("\\0a.xml\\0<a/>\\0b.xml\\0<b/>", 19)
    ('b.xml', 18, 22)
    """
    if not source.startswith(MEMBER):
        return "", 0, len(source)
    before = source.rfind(MEMBER, 0, at)
    name = source.rfind(MEMBER, 0, before) + 1
    end = source.find(MEMBER, at)
    return source[name:before], before + 1, end if end >= 0 else len(source)
