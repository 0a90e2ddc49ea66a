"""A name: its right forms, and how it is written in Hanzi and Hangul."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("person", "organisation", "place", "work", "title")
MAX_LENGTH = 200  # code points of a name; what is longer is a paragraph in the wrong file


@dataclass(frozen=True, slots=True)
class Name:
    """A right name: its canonical Latin form, and what else is known of it.

    Attributes:
        canonical: the form that English texts use.
        kind: one of `KINDS`, or "" if it is not known.
        hanzi: its characters; "" if they are not known.
        hangul: the ways in which Korean texts write it, the usual one first.
        aliases: other right forms (Jack Ma).
        companions: names and words that are near it in texts about it (Alibaba).
        common: whether it was chosen by a person, as one that texts speak of often. A name from a
            long public list is not; a text needs more reasons to mean it.
        variants: garbled forms of it that a list gives (Marwin); never right, so not in `right`.

    >>> Name("Ma Yun", kind="person", hanzi="马云", hangul=("마윈",), aliases=("Jack Ma",)).right
    ('Ma Yun', 'Jack Ma')
    """

    canonical: str
    kind: str = ""
    hanzi: str = ""
    hangul: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    common: bool = True
    variants: tuple[str, ...] = ()

    @property
    def right(self) -> tuple[str, ...]:
        """Every right form: the canonical form, then the aliases."""
        return (self.canonical, *self.aliases)
