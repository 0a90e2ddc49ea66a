"""A name: its right forms, and how it is written in Hanzi and Hangul."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("person", "organisation", "place", "work", "title")
MAX_LENGTH = 200  # code points of a name; what is longer is a paragraph in the wrong file


@dataclass(frozen=True, slots=True)
class Name:
    """A right name: its canonical Latin form, and its Hanzi and Hangul where they are known.

    >>> Name("Ma Yun", kind="person", hanzi="马云", hangul="마윈", aliases=("Jack Ma",)).right
    ('Ma Yun', 'Jack Ma')
    """

    canonical: str
    kind: str = ""
    hanzi: str = ""
    hangul: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def right(self) -> tuple[str, ...]:
        """Every right form: the canonical form, then the aliases."""
        return (self.canonical, *self.aliases)
