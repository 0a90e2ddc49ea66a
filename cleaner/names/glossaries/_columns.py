"""Tables: what each column holds, seen from its header and from what is in it.

Every list that has rows comes through here, whether it is CSV, a workbook or JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from cleaner.errors import Place, RuleError
from cleaner.names.glossaries._entries import (
    KEYS,
    Entry,
    Notes,
    checked_entry,
    has_latin_letter,
    several_texts,
)
from cleaner.names.glossaries._scripts import forms_in, main_script, script_of
from cleaner.names.glossaries._words import Role, kind_of, role_of
from cleaner.names.name import KINDS

_ENGLISH: tuple[Role, ...] = ("canonical", "target", "name", "source")  # where it is looked for
FORMS = frozenset[Role]({"canonical", "target", "name", "source", "ko", "zh"})
_LOOKED_AT = 2_000  # rows from which the script of a column is told

_NO_ENGLISH = "rows without an English form"
_OTHER_KIND = "kinds that are none of " + ", ".join(KINDS)


class Row(NamedTuple):
    """A row of a table: where it is, and its cells."""

    place: Place
    cells: Sequence[str]


class Table(NamedTuple):
    """A table of forms.

    Attributes:
        header: the names of the columns; empty if the table has none.
        rows: the rows. They may have fewer cells than the header.
        place: where it begins.
    """

    header: Sequence[str]
    rows: Sequence[Row]
    place: Place

    def column(self, number: int) -> Iterator[str]:
        """Yield the cells of a column, of so many rows as its script is told from."""
        for row in islice(self.rows, _LOOKED_AT):
            if number < len(row.cells):
                yield row.cells[number]


def is_header(cells: Sequence[str]) -> bool:
    """Return whether cells are the names of columns.

    >>> is_header(["Source", "Target", "Note"]), is_header(["마윈", "Ma Yun"])
    (True, False)
    """
    if "canonical" in map(_plain, cells):
        return True
    roles = [role_of(cell) for cell in cells]
    for cell, role in zip(cells, roles, strict=True):
        if role is None and script_of(cell) not in ("latin", ""):
            return False
    known = [role for role in roles if role]
    return len(known) >= 2 and not FORMS.isdisjoint(known)


def _plain(cell: str) -> str:
    return cell.strip().lower()


def entries(table: Table, notes: Notes) -> Iterator[Entry] | None:
    """Return the names of a table; None if no column can be seen to hold English forms.

    Raises:
        RuleError: the header or a row is wrong. Errors of rows are raised while iterating.
    """
    roles = _roles(table)
    english = _english(table, roles)
    if english is None:
        return None
    if table.header:
        _check_header(table, roles, notes)
    elif _begins_with_titles(table, roles):
        notes.add("first rows taken for a header", ", ".join(table.rows[0].cells))
        table = table._replace(rows=table.rows[1:])
    return _entries(table, roles, english, notes)


def lacks_english(table: Table) -> bool:
    """Return whether a table has columns of forms, but none with forms in Latin letters."""
    roles = _roles(table)
    return not FORMS.isdisjoint(roles) and _english(table, roles) is None


def _begins_with_titles(table: Table, roles: Sequence[Role | None]) -> bool:
    """Return whether the first row has Latin letters where all others have another script."""
    for number, role in enumerate(roles):
        script = main_script(table.column(number))
        if role in ("source", "target") and script not in ("latin", "") and len(table.rows) > 1:
            return script_of(next(table.column(number))) == "latin"
    return False


def _roles(table: Table) -> list[Role | None]:
    """Return what each column holds."""
    if table.header:
        return [role_of(cell) for cell in table.header]
    width = max((len(row.cells) for row in table.rows), default=0)
    scripts = [main_script(table.column(number)) for number in range(width)]
    if width >= 3 and "latin" not in scripts[:2] and scripts.count("latin") == 1:
        return ["target" if script == "latin" else "source" for script in scripts]
    if width >= 3 and {*scripts[:2]} <= {"latin", ""}:  # such columns could be anything
        return [None] * width
    first: list[Role | None] = ["source", "target", "info"]
    more: list[Role | None] = ["other"] * (width - 3)
    return [*first[:width], *more]


def _english(table: Table, roles: Sequence[Role | None]) -> int | None:
    """Return the number of the column with English forms."""
    for wanted in _ENGLISH:
        for number, role in enumerate(roles):
            if role == wanted and (
                wanted == "canonical" or main_script(table.column(number)) == "latin"
            ):
                return number
    return None


def _check_header(table: Table, roles: Sequence[Role | None], notes: Notes) -> None:
    """Refuse a column that is there twice, and in a table of ours one that is not known."""
    place = table.place
    seen: set[str] = set()
    is_ours = "canonical" in map(_plain, table.header)
    for cell, role in zip(map(_plain, table.header), roles, strict=True):
        if cell in seen and cell:
            raise RuleError(place, f"the header has “{cell}” twice", "keep one of the two")
        seen.add(cell)
        if role is None and is_ours:
            what = f"the header has the unknown column “{cell}”"
            raise RuleError(place, what, f"the columns are {', '.join(KEYS)}")
        if role in (None, "other", "kana"):
            notes.add("columns that say nothing of names", f"“{cell}”")


def _entries(
    table: Table, roles: Sequence[Role | None], english: int, notes: Notes
) -> Iterator[Entry]:
    is_garbled_source = _maps_garbled(table, roles, english)
    is_ours = "canonical" in map(_plain, table.header)
    for row in table.rows:
        cells = [cell.strip() for cell in row.cells]
        if table.header and any(cells[len(table.header) :]):
            raise RuleError(
                row.place,
                f"this row has {len(cells)} cells, the header has {len(table.header)}",
                "give every row as many cells as the header has",
            )
        canonical = cells[english] if english < len(cells) else ""
        if not is_ours and not has_latin_letter(canonical):
            if any(cells):
                notes.add(_NO_ENGLISH, f"line {row.place.line}")
            continue
        found = _Found(canonical, notes, garbled=is_garbled_source, ours=is_ours)
        for number, (cell, role) in enumerate(zip(cells, roles, strict=False)):
            if number != english and cell and role:
                found.add(cell, role, row.place)
        yield checked_entry(row.place, found.by_key(), ours=is_ours)


def _maps_garbled(table: Table, roles: Sequence[Role | None], english: int) -> bool:
    """Return whether the table says what to write instead of garbled forms.

    It does if it leads from Latin letters to Latin letters.
    """
    wrong = {"canonical": ("source",), "target": ("source", "name")}.get(roles[english] or "", ())
    sources = [number for number, role in enumerate(roles) if role in wrong]
    return any(main_script(table.column(number)) == "latin" for number in sources)


class _Found:
    """What the cells of a row say of a name.

    Args:
        english: the cell with the canonical form, and perhaps aliases behind it.
        notes: where to note what cannot be kept.
        garbled: whether Latin forms in a column of sources are garbled forms.
        ours: whether the table has our own header, so that its cells are taken as they are.
    """

    def __init__(self, english: str, notes: Notes, *, garbled: bool, ours: bool) -> None:
        self._notes = notes
        self._garbled = garbled
        self._ours = ours
        self._kind = ""
        self._zh = ""
        self._several: dict[str, list[str]] = {"ko": [], "aliases": [], "with": [], "variants": []}
        self._canonical = english
        if not ours:
            self._canonical, *aliases = several_texts(english)
            self._several["aliases"] += filter(has_latin_letter, aliases)

    def by_key(self) -> Mapping[str, str | Sequence[str]]:
        """Return it as `checked_entry` takes it."""
        return {
            "canonical": self._canonical,
            "kind": self._kind,
            "zh": self._zh,
            **self._several,
        }

    def add(self, cell: str, role: Role, place: Place) -> None:
        """Add a cell that is not empty."""
        match role:
            case "kind" | "info":
                self._add_kind(cell, role, place)
            case "aliases" | "with" | "variants":
                self._several[role] += several_texts(cell)
            case "zh" if self._ours:
                self._zh = self._zh or cell
            case "ko" if self._ours:
                self._several["ko"] += several_texts(cell)
            case "source" | "name" | "target" | "ko" | "zh" | "canonical" | "kana":
                for text in several_texts(cell):
                    for form in forms_in(text):
                        self._add_form(form, role, place)

    def _add_kind(self, cell: str, role: Role, place: Place) -> None:
        kind = kind_of(cell)
        if role == "kind" and not kind:
            if self._ours:
                kind = cell  # which is refused
            else:
                self._notes.add(_OTHER_KIND, f"line {place.line}, “{cell[:40]}”")
        self._kind = self._kind or kind

    def _add_form(self, form: str, role: Role, place: Place) -> None:
        """Add a form to what its script says it is."""
        match script_of(form):
            case "hangul":
                self._several["ko"].append(form)
            case "hanzi" if self._zh in ("", form):
                self._zh = form
            case "latin" if self._garbled and role in ("source", "name"):
                self._several["variants"].append(form)
            case "latin" if form == self._canonical:
                pass
            case script:
                what = {"kana": "forms in kana", "hanzi": "other characters of a name"}
                left_out = what.get(script, "other forms")
                self._notes.add(left_out, f"line {place.line}, “{form[:40]}”")
