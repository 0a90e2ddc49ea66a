"""What of a name a format can hold, and names reduced to that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from cleaner.errors import Place
from cleaner.names.glossaries._entries import Entry, Notes, merge_entries
from cleaner.names.glossaries._scripts import script_of
from cleaner.names.name import Name

# The fields of a name, and what notes call them.
_FIELDS = {
    "kind": "kinds",
    "hanzi": "characters",
    "hangul": "forms in Hangul",
    "aliases": "aliases",
    "companions": "companions",
    "variants": "variants",
}
_LISTS = ("hangul", "aliases", "companions", "variants")


def _every(_: str) -> bool:
    return True


@dataclass(frozen=True)
class Holds:
    """What of a name a format can hold.

    Attributes:
        fields: the fields of a name, besides the canonical form.
        needs: if an entry leads from some form to the English one, which forms these are: forms in
            Hangul and Hanzi ("sources"), or variants. A name that has none cannot be held.
        canonical: whether the format can hold a canonical form.
        text: whether the format can hold a text of another field.
    """

    fields: frozenset[str]
    needs: Literal["sources", "variants", ""] = ""
    canonical: Callable[[str], bool] = field(default=_every)
    text: Callable[[str], bool] = field(default=_every)

    def reduced(self, names: Iterable[Name], notes: Notes) -> list[Name]:
        """Return what can be held of names; note what cannot."""
        return merge_entries(self._entries(names, notes), notes)

    def _entries(self, names: Iterable[Name], notes: Notes) -> Iterator[Entry]:
        for name in names:
            held = self._held(name)
            if not self.canonical(name.canonical):
                notes.add("names that cannot be written in this format", name.canonical)
                continue
            if self.needs == "sources" and not (held.hanzi or held.hangul):
                notes.add("names without Hangul or characters, which are not kept", name.canonical)
                continue
            if self.needs == "variants" and not held.variants:
                notes.add("names without variants, which are not kept", name.canonical)
                continue
            for key, title in _FIELDS.items():
                if getattr(held, key) != getattr(name, key):
                    notes.add(f"names whose {title} are not kept", name.canonical)
            yield Entry(Place("", 1, 1), held)

    def _held(self, name: Name) -> Name:
        changes: dict[str, Any] = {}
        for key in _FIELDS.keys() - self.fields:
            changes[key] = () if key in _LISTS else ""
        for key in self.fields & {*_LISTS}:
            changes[key] = tuple(filter(self.text, getattr(name, key)))
        held = replace(name, **changes)
        if self.needs != "sources":
            return held
        hangul = tuple(form for form in held.hangul if script_of(form) == "hangul")
        is_told = script_of(held.hanzi) == "hanzi" and self.text(held.hanzi)
        return replace(held, hanzi=held.hanzi if is_told else "", hangul=hangul)


def _has_no_separator(text: str) -> bool:
    return "|" not in text and ";" not in text


def everything(*, separated: bool = False) -> Holds:
    """Return that all of a name can be held.

    Args:
        separated: whether several texts stand in one cell, with `|` between them.
    """
    text = _has_no_separator if separated else _every
    return Holds(frozenset(_FIELDS), text=text)


def pairs(*more: str, comments: tuple[str, ...] = ()) -> Holds:
    """Return that forms in Hangul and Hanzi with their English form can be held, and `more`.

    Args:
        more: further fields of a name.
        comments: what a comment begins with, and so no form may begin with.
    """

    def is_form(text: str) -> bool:
        return _has_no_separator(text) and not text.startswith(comments)

    fields = frozenset({"hanzi", "hangul", *more})
    return Holds(fields, "sources", canonical=_has_no_separator, text=is_form)
