"""What is suggested to a person: forms that may be one name, with all that a decision needs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from cleaner.text.folding import normal

Relation = Literal["garble", "spelling", "case"]
"""What the forms of a group are to its name:

- `garble`: what may have become of a name that is known (Marwin, Ma Yun);
- `spelling`: rarer spellings of a name that the documents write otherwise (Masiro, Mashiro);
- `case`: the same letters with other capitals (Bytedance, ByteDance).
"""


class Place(NamedTuple):
    """Where a form is, and the line around it.

    Attributes:
        file: the name of the file.
        line: the number of the line, from 1; in formats without lines, of the paragraph.
        column: the code point of the line at which the form begins, from 1.
        context: the line, or the part of a long line around the form.
        start: the code point of `context` at which the form begins, from 0.
        member: the member of a container in which it is; "" in other files.
    """

    file: str
    line: int
    column: int
    context: str
    start: int
    member: str = ""

    def __str__(self) -> str:
        """The place as reports print it, with the name of the file."""
        member = f"{self.member}:" if self.member else ""
        return f"{self.file}:{member}{self.line}:{self.column}"


class Member(NamedTuple):
    """One form that may be a name.

    Attributes:
        form: the form.
        count: how often it appears in the documents.
        score: how likely it is the name, from 0 to 1.
        strong: whether it is the name beyond doubt.
        why: how the name became the form: `Marwin <- 마윈 <- Ma Yun [...]`.
        places: where it appears, for the first places.
    """

    form: str
    count: int  # type: ignore[assignment]  # not the method of tuples
    score: float = 0.0
    strong: bool = False
    why: str = ""
    places: tuple[Place, ...] = ()

    def reason(self, canonical: str) -> str:
        """Return why it is a spelling of this name, for readers who see both.

        >>> Member("Masiro", 12, why="Masiro ~ Mashiro: one letter fewer (h)").reason("Mashiro")
        'one letter fewer (h)'
        """
        return self.why.removeprefix(f"{self.form} ~ {canonical}: ")


class Group(NamedTuple):
    """All forms that may be one name. A person decides about a group at a time.

    Attributes:
        id: a short name of the group, unique among all groups.
        canonical: the canonical form of the name; empty where nobody knows the name and a person
            has to type it.
        members: the forms, the likeliest first.
        type: the type of the rule that the group may become: person, organisation, place or "".
        source: the name in its own script and in that of the pivot, under `zh` and `ko`.
        aliases: other right forms of the name.
        rivals: other names that may be meant just as well (homophones in Hangul), the likeliest
            first.
        relation: what the forms are to the name.
        canonical_count: how often the canonical form itself appears in the documents.
        canonical_places: where it appears, for the first places.
    """

    id: str
    canonical: str
    members: tuple[Member, ...]
    type: str = ""
    source: Mapping[str, str] = MappingProxyType({})
    aliases: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    relation: Relation = "garble"
    canonical_count: int = 0
    canonical_places: tuple[Place, ...] = ()

    def renamed(self, canonical: str) -> Group:
        """Return the group with another canonical form; as it is if that is empty or the same.

        Where the forms are spellings of one name, the form that was canonical becomes a member if
        documents have it, unless the new one only completes it (Mashiro, Mashiro Ito).

        >>> group = Group("x", "Mashiro", (Member("Masiro", 12),), relation="spelling")
        >>> swapped = group._replace(canonical_count=14).renamed("Masiro")
        >>> swapped.canonical, swapped.canonical_count, swapped.members[0].form
        ('Masiro', 12, 'Mashiro')
        """
        wanted = normal(canonical)
        if not wanted or wanted == normal(self.canonical):
            return self
        chosen = [member for member in self.members if normal(member.form) == wanted]
        members = [member for member in self.members if member not in chosen]
        if self.relation != "garble" and self._becomes_member(wanted):
            likeness = chosen[0] if chosen else Member("", 0, self.score)
            former = likeness._replace(
                form=self.canonical, count=self.canonical_count, places=self.canonical_places
            )
            members.insert(self.members.index(chosen[0]) if chosen else 0, former)
        return self._replace(
            canonical=canonical,
            members=tuple(members),
            canonical_count=sum(member.count for member in chosen),
            canonical_places=chosen[0].places if chosen else (),
        )

    def _becomes_member(self, canonical: str) -> bool:
        """Return whether the form that was canonical is a variant of another canonical form."""
        is_completed = f" {normal(self.canonical)} " in f" {canonical} "
        return bool(self.canonical and self.canonical_count and not is_completed)

    @property
    def score(self) -> float:
        """How likely the likeliest member is the name, from 0 to 1."""
        return max((member.score for member in self.members), default=0.0)

    @property
    def strong(self) -> bool:
        """Whether a member is the name beyond doubt."""
        return any(member.strong for member in self.members)

    @property
    def count(self) -> int:  # type: ignore[override]
        """How often the forms appear in the documents, all together."""
        return sum(member.count for member in self.members)

    @property
    def places(self) -> Iterator[Place]:
        """The places of the forms and of the canonical form."""
        for member in self.members:
            yield from member.places
        yield from self.canonical_places


def slug(name: str) -> str:
    """Return a name as an id of a rule or a group: lower-case letters, digits and single hyphens.

    >>> slug("Xi’an Jiaotong University"), slug("Lü Bu"), slug("马云")
    ('xi-an-jiaotong-university', 'lu-bu', 'name')
    """
    decomposed = unicodedata.normalize("NFD", name.lower())
    without_accents = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", without_accents).strip("-") or "name"
