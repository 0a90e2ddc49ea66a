"""Names that are right: the bundled gazetteer, the canonical forms of the rules, and a user's own
list.

A user's list is a name a line; or a table with a header (`canonical`, and any of `kind`, `zh`,
`ko`, `aliases`), its cells parted by tabs or, in a file called `.csv`, by commas, its aliases by
`|` or `;`; or YAML as in rules/gazetteer.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import Place, RuleError, UsageError
from cleaner.rules import layers
from cleaner.rules.model import Entity, RuleSet
from cleaner.rules.reader import Node, read_yaml

KINDS = ("person", "organisation", "place", "work", "title")
KEYS = ("canonical", "kind", "zh", "ko", "aliases")
MAX_LENGTH = 200  # code points in a name: what is longer is a paragraph in the wrong file
_ODD = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_HEADER = 1000  # code points of a first line that may be a header
_LATIN = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Name:
    """A right name: its canonical Latin form, and its characters and Hangul where they are known.

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
        """Every form that is correct: the canonical one first."""
        return (self.canonical, *self.aliases)


def bundled(folder: Path) -> list[Name]:
    """The names of the gazetteer in a rules folder; none if it has no gazetteer."""
    return [
        name for path in sorted((folder / "gazetteer").glob("*.yaml")) for name in load_names(path)
    ]


def known(rules: RuleSet) -> list[Name]:
    """The bundled names, and the canonical forms of the rules that are not among them."""
    names = bundled(layers.bundled())
    listed = {name.canonical for name in names}
    for rule in rules:
        entity = rule.options
        if isinstance(entity, Entity) and entity.canonical not in listed:
            listed.add(entity.canonical)
            kind = entity.type if entity.type in KINDS else ""
            hanzi, hangul = (entity.source.get(script, "") for script in ("zh", "ko"))
            names.append(Name(entity.canonical, kind, hanzi, hangul, entity.aliases))
    return names


def load_names(path: Path) -> list[Name]:
    """The names of one file: a name a line, a table, or YAML; names that are the same thing are
    merged.

    Raises:
        UsageError: the file cannot be read, or holds no name.
        RuleError: a line is wrong; with file, line and column.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    names = parse(data, str(path))
    if not names:
        raise UsageError(
            f"{path}: no name is in it; write a name a line, or a table with a header that has `canonical`"
        )
    return names


def parse(data: bytes, file: str) -> list[Name]:
    """The names in the bytes of a file; `file` is what to call it, and its suffix tells YAML and
    CSV apart from lines.

    Raises:
        RuleError: a line is wrong; with file, line and column.

    >>> parse(b"canonical\\tzh\\tko\\nMa Yun\\t\\t\\nXu Lin\\t\\t", "names.tsv")[1].canonical
    'Xu Lin'
    """
    if file.endswith((".yaml", ".yml")):
        return merged(_entries(read_yaml(data, file)))
    text = _decoded(data, file)
    first, _, rest = text.partition("\n")
    separator = "\t" if "\t" in first else ","
    cells = next(csv.reader([first[:_HEADER].rstrip("\r")], delimiter=separator), [])
    header = [cell.strip().lower() for cell in cells]
    if "canonical" in header:
        return merged(_rows(rest, header, separator, file))
    return merged(_lines(text, file))


def merged(names: Iterable[tuple[Place, Name]]) -> list[Name]:
    """The names without repetitions: one that comes twice is one name, and what either entry knows
    is kept.

    Two entries may disagree about the kind (a city and its football club): then both stay.
    """
    found: dict[tuple[str, str], Name] = {}
    for place, name in names:
        key = (name.canonical, name.kind)
        if other := found.get(key):
            for mine, yours, what in (
                (other.hanzi, name.hanzi, "zh"),
                (other.hangul, name.hangul, "ko"),
            ):
                if mine and yours and mine != yours:
                    raise RuleError(
                        place,
                        f"“{name.canonical}” has {what} {mine} in another entry and {yours} here",
                        "keep one, or give the two different kinds",
                    )
            aliases = tuple(dict.fromkeys((*other.aliases, *name.aliases)))
            name = Name(*key, other.hanzi or name.hanzi, other.hangul or name.hangul, aliases)
        found[key] = name
    return list(found.values())


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise RuleError(
            place, f"byte 0x{data[error.start]:02X} is not UTF-8", "save the file as UTF-8"
        ) from None


def _lines(text: str, file: str) -> Iterator[tuple[Place, Name]]:
    for number, line in enumerate(text.splitlines() if "\x0b" not in text else text.split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            place = Place(file, number, 1)
            if "\t" in line.strip():
                raise RuleError(
                    place,
                    "a tab stands in a list of names",
                    "begin the file with a header: canonical, kind, zh, ko, aliases, parted by tabs",
                )
            yield place, _checked(place, {"canonical": line.strip()})


def _rows(
    text: str, header: Sequence[str], separator: str, file: str
) -> Iterator[tuple[Place, Name]]:
    for cell in header:
        if cell not in KEYS or header.count(cell) > 1:
            what = (
                f"the header has “{cell}” twice"
                if cell in KEYS
                else f"the header has the unknown column “{cell}”"
            )
            raise RuleError(Place(file, 1, 1), what, f"the columns are {', '.join(KEYS)}")
    for number, line in enumerate(text.split("\n"), 2):
        if not line.strip():
            continue
        place = Place(file, number, 1)
        try:
            cells = next(
                csv.reader([line.rstrip("\r")], delimiter=separator, strict=separator == ","), []
            )
        except csv.Error as error:
            raise RuleError(
                place, f"this row cannot be read ({error})", "check its quotation marks"
            ) from None
        if len(cells) > len(header):
            what = f"{len(cells)} cells stand under {len(header)} columns"
            raise RuleError(place, what, "give every row as many cells as the header has")
        yield (
            place,
            _checked(place, dict(zip(header, (cell.strip() for cell in cells), strict=False))),
        )


def _entries(root: Node) -> Iterator[tuple[Place, Name]]:
    top = root.value
    if not isinstance(top, dict) or "kind" not in top or top["kind"].value != "gazetteer":
        raise RuleError(
            root.place, "this is no gazetteer", "begin with `kind: gazetteer` and `names:`"
        )
    for key in top:
        if key not in ("kind", "names"):
            raise RuleError(
                root.keys[key], f"unknown key `{key}`", "a gazetteer has `kind` and `names`"
            )
    entries = top["names"].value if "names" in top else ""
    if not isinstance(entries, list):
        raise RuleError(
            root.place,
            "the list `names` is missing",
            "write `names:` and a name a line: - canonical: Ma Yun",
        )
    for node in entries:
        if isinstance(node.value, str):
            yield node.place, _checked(node.place, {"canonical": node.value})
            continue
        if not isinstance(node.value, dict):
            raise RuleError(
                node.place, f"a name is {node.shape}", "write {canonical: Ma Yun, kind: person}"
            )
        cells: dict[str, str] = {}
        for key, value in node.value.items():
            if key not in KEYS:
                raise RuleError(
                    node.keys[key], f"unknown key `{key}`", f"a name has {', '.join(KEYS)}"
                )
            cells[key] = _text(value, key)
        yield node.place, _checked(node.place, cells)


def _text(node: Node, key: str) -> str:
    if isinstance(node.value, str):
        return node.value
    texts = [item.value for item in node.value] if isinstance(node.value, list) else []
    if key != "aliases" or not texts or not all(isinstance(text, str) for text in texts):
        wanted = "a list of texts" if key == "aliases" else "text"
        raise RuleError(node.place, f"`{key}` is {node.shape}", f"it takes {wanted}")
    return "|".join(str(text) for text in texts)


def _checked(place: Place, cells: dict[str, str]) -> Name:
    canonical = unicodedata.normalize("NFC", cells.get("canonical", ""))
    kind = cells.get("kind", "")
    if not canonical:
        raise RuleError(
            place, "the canonical form is missing", "write the right Latin form of the name"
        )
    for key, text in cells.items():
        if len(text) > MAX_LENGTH * (5 if key == "aliases" else 1):
            what = f"{key} is {len(text):,} characters long"
            raise RuleError(
                place,
                what,
                f"a name has at most {MAX_LENGTH}: is this a list of names, one a line?",
            )
        if odd := _ODD.search(text):
            name = unicodedata.name(odd.group(), f"U+{ord(odd.group()):04X}")
            raise RuleError(
                place._replace(column=place.column),
                f"{key} holds an invisible {name}",
                "leave it out",
            )
    if not any("LATIN" in unicodedata.name(char, "") for char in canonical if _LATIN.match(char)):
        raise RuleError(
            place,
            f"“{canonical}” has no Latin letter",
            "write the form that English prints, and others as zh or ko",
        )
    if kind and kind not in KINDS:
        raise RuleError(
            place, f"“{kind}” is no kind of name", f"it is one of {', '.join(KINDS)}, or nothing"
        )
    aliases = tuple(
        alias.strip() for alias in re.split(r"[|;]", cells.get("aliases", "")) if alias.strip()
    )
    return Name(
        canonical,
        kind,
        cells.get("zh", ""),
        unicodedata.normalize("NFC", cells.get("ko", "")),
        aliases,
    )
