"""What the matcher proposes to a person: forms that may all be one name, with all that is needed to
decide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Place(NamedTuple):
    """Where a form stands, and the line around it.

    `line` and `column` count from 1, columns in code points; `start` is the code point of `context`
    (a line, or the part of a long one) at which the form begins.
    """

    file: str
    line: int
    column: int
    context: str
    start: int


class Member(NamedTuple):
    """One suspected form: how often it stands in the documents and where, how likely it is the name
    (0 to 1), whether beyond doubt, and how it became what it is: `Marwin <- 마윈 <- Ma Yun [...]`.
    """

    form: str
    count: int  # type: ignore[assignment]  # not the method of tuples
    score: float = 0.0
    strong: bool = False
    why: str = ""
    places: tuple[Place, ...] = ()


class Group(NamedTuple):
    """All suspected forms of one name: the unit of decision.

    `canonical` is empty where forms resemble each other but no known name: then a person types it.
    `rivals` are other names that may be meant just as well (homophones in Hangul), the likeliest
    first. `source` holds the name in its own script and in the pivot's (`zh`, `ko`).
    """

    id: str
    canonical: str
    members: tuple[Member, ...]
    type: str = ""
    source: Mapping[str, str] = MappingProxyType({})
    aliases: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """How likely the likeliest member is the name."""
        return max((member.score for member in self.members), default=0.0)

    @property
    def strong(self) -> bool:
        """Whether some member is the name beyond doubt."""
        return any(member.strong for member in self.members)

    @property
    def count(self) -> int:  # type: ignore[override]
        """How often any of the forms stands in the documents."""
        return sum(member.count for member in self.members)


def slug(name: str) -> str:
    """A name as an id of a rule or a group: small letters, digits and single hyphens.

    >>> slug("Xi’an Jiaotong University"), slug("Lü Bu"), slug("马云")
    ('xi-an-jiaotong-university', 'lu-bu', 'name')
    """
    plain = "".join(
        c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c)
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "name"
