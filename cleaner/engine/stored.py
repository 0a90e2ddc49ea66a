"""An index as bytes, and the index that reads such bytes only where it is asked.

Neither opening them nor cleaning a text takes time for rules that the text does not need. The
tables of `cleaner.text.stored` are sorted, so that a form, an id or a key is found by bisection;
each rule is a line of JSON, read when it is first asked for.

The bytes may be damaged although their checksum is right. Whatever is found to be wrong when the
bytes are read, an index that was made from the rule files is asked instead.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from cleaner.cache import has_shape
from cleaner.errors import Place
from cleaner.fixers import fixer
from cleaner.rules.model import Damage, Rule, When
from cleaner.text import stored
from cleaner.text.automaton import Beginnings, Ends
from cleaner.text.boundaries import Boundaries
from cleaner.text.literals import Table
from cleaner.text.stored import Lists, Parts, Texts, place

if TYPE_CHECKING:
    from cleaner.engine.index import Index

# What may be raised by reading data of another shape than it should have.
_WRONG_SHAPE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

Literal: TypeAlias = str | bytes
IndexFromFiles: TypeAlias = "Callable[[], Index]"


def dump(index: Index) -> bytes:
    """Return an index as bytes. They are the same for the same rules. Examples are left out."""
    ids = sorted(index.rules)
    known: set[Literal] = set(index.waiting).union(*index.literals.owners)
    words = sorted(literal for literal in known if isinstance(literal, str))
    pieces = sorted(literal for literal in known if isinstance(literal, bytes))
    id_numbers = {id_: at for at, id_ in enumerate(ids)}
    literals: list[Literal] = [*words, *pieces]
    numbers = {literal: at for at, literal in enumerate(literals)}
    table = index.literals
    begin = table.beginnings or Beginnings((), (0,), 0)
    head = {
        "boundaries": list(map(sorted, index.boundaries)),
        "words": table.words,
        "loose": table.loose,
        "gaps": table.gaps,
        "word_literals": len(words),
        "longest": begin.longest,
    }
    return stored.joined(
        {
            "head": _json(head),
            **stored.texts("off", list(map(_encoded, index.off))),
            **stored.texts("ids", list(map(_encoded, ids))),
            **stored.texts("rules", [_json(_plain(index.rules[id_])) for id_ in ids]),
            **stored.texts("literals", [*map(_encoded, words), *pieces]),
            **stored.numbers("late", map(numbers.__getitem__, index.late)),
            **stored.texts("keys", table.keys),
            **stored.numbers("firsts", table.ends.firsts),
            **stored.numbers("lasts", table.ends.lasts),
            **stored.lists("owners", [[numbers[each] for each in own] for own in table.owners]),
            **stored.texts("beginnings", begin.texts),
            **stored.numbers("starts", begin.starts),
            **_ids_by_literal("waiting", index.waiting, numbers, id_numbers),
            **_ids_by_literal("right", index.right, numbers, id_numbers),
            **_ids_by_literal("named", index.named, numbers, id_numbers),
        }
    )


def _ids_by_literal(
    name: str,
    ids: Mapping[Any, Sequence[str]],
    numbers: Mapping[Literal, int],
    id_numbers: Mapping[str, int],
) -> dict[str, bytes]:
    """Return the parts of a mapping from literals to ids of rules."""
    in_order = sorted(ids, key=numbers.__getitem__)
    values = [[id_numbers[id_] for id_ in ids[literal]] for literal in in_order]
    return {
        **stored.numbers(f"{name}.literals", map(numbers.__getitem__, in_order)),
        **stored.lists(name, values),
    }


def load(data: bytes | memoryview, instead: IndexFromFiles) -> Mapping[str, Any]:
    """Return what the index holds that was dumped, by the names of its attributes.

    Args:
        data: the bytes.
        instead: returns the same index, made from the rule files. It is called if the bytes turn
            out to be damaged when they are read.

    Raises:
        ValueError: these are not the bytes of an index.
    """
    try:
        return _loaded(Parts(data), instead)
    except _WRONG_SHAPE as error:
        raise ValueError("this is no index") from error


def _loaded(parts: Parts, instead: IndexFromFiles) -> Mapping[str, Any]:
    head = json.loads(parts.data("head"))
    file = _File(parts, head["word_literals"], instead)
    return {
        "rules": StoredRules(file, parts.texts("rules")),
        "literals": _table(parts, head, file),
        "waiting": _StoredIds(file, parts, "waiting"),
        "right": _StoredIds(file, parts, "right"),
        "named": _StoredIds(file, parts, "named"),
        "boundaries": _boundaries(head["boundaries"]),
        "late": _late(parts, file),
        "off": list(map(_decoded, parts.texts("off"))),
    }


def _late(parts: Parts, file: _File) -> list[bytes]:
    """Return the pieces that only rules wait for which need proven damage.

    Raises:
        ValueError: one of the literals is a word.
    """
    pieces: list[bytes] = []
    for number in parts.numbers("late"):
        literal = file.literal(number)
        if isinstance(literal, str):
            raise ValueError("this is no piece")
        pieces.append(literal)
    return pieces


def _table(parts: Parts, head: Mapping[str, Any], file: _File) -> Table:
    """Return the table of literals.

    Raises:
        ValueError: its parts do not fit together.
    """
    words, loose, gaps = head["words"], head["loose"], head["gaps"]
    keys = parts.texts("keys")
    ends = Ends(parts.numbers("firsts"), parts.numbers("lasts"))
    owners = parts.lists("owners")
    begin = _beginnings(parts, head["longest"], words)
    types = (type(words), type(loose), type(gaps)) == (int, int, bool)
    counts = {len(keys), len(owners), *map(len, ends)}
    lengths = types and 0 <= words <= loose <= len(keys) and len(counts) == 1
    if not lengths or keys.has_empty(words if begin else 0):
        raise ValueError("the parts of the table do not fit together")
    return Table(keys, ends, _StoredOwners(file, owners, words), words, loose, gaps, begin)


def _beginnings(parts: Parts, longest: int, words: int) -> Beginnings | None:
    """Return the beginnings of words; None if there are none because the words are few.

    Raises:
        ValueError: they are not those of so many words.
    """
    texts = parts.texts("beginnings")
    starts = parts.numbers("starts").tolist()
    if not len(texts):
        return None
    fit = (
        type(longest) is int
        and len(starts) == len(texts) + 1
        and starts == sorted(starts)
        and starts[0] == 0
        and starts[-1] == words
        and not texts.has_empty()
    )
    if not fit:
        raise ValueError("the beginnings do not fit together")
    return Beginnings(texts, starts, longest)


class _File:
    """What the tables of a stored index refer to: ids and literals, by their numbers.

    The literals are sorted, first the words and then the pieces.

    Attributes:
        ids: the ids of all rules, sorted.
        places: where ids that were met are in `ids`.
        remade: the index that was made from the rule files, once damage has been found.
    """

    def __init__(self, parts: Parts, words: int, instead: IndexFromFiles) -> None:
        self.ids = parts.texts("ids")
        self.places: dict[str, int] = {}
        self.remade: Index | None = None
        self._instead = instead
        self._literals = parts.texts("literals")
        self._words = words
        if not (type(words) is int and 0 <= words <= len(self._literals)):
            raise ValueError("there are not so many words")

    def remake(self) -> Index:
        """Return the index that is to be asked instead, because the bytes are damaged."""
        if self.remade is None:
            self.remade = self._instead()
        return self.remade

    def id(self, number: int) -> str:
        """Return the id of a rule by its number."""
        id_ = _decoded(self.ids[number])
        self.places[id_] = number
        return id_

    def literal(self, number: int) -> Literal:
        """Return a literal by its number."""
        text = self._literals[number]
        return _decoded(text) if number < self._words else text

    def number(self, literal: Literal) -> int | None:
        """Return the number of a literal; None if the rules know no such literal."""
        if isinstance(literal, str):
            wanted, low, high = _encoded(literal), 0, self._words
        else:
            wanted, low, high = literal, self._words, len(self._literals)
        at = bisect_left(self._literals, wanted, low, high)
        return at if at < high and self._literals[at] == wanted else None


class _StoredOwners(Sequence[Sequence[Literal]]):
    """For each key of a table, the literals that it finds."""

    def __init__(self, file: _File, numbers: Lists, words: int) -> None:
        self._file = file
        self._numbers = numbers
        self._words = words  # how many keys are those of words
        self._met: dict[int, Sequence[Literal]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, key: int) -> Sequence[Literal]: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[Sequence[Literal]]: ...
    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            return [self[each] for each in range(*key.indices(len(self)))]
        literals = self._met.get(key)
        if literals is None:
            literals = self._met[key] = self._read(key)
        return literals

    def _read(self, key: int) -> Sequence[Literal]:
        try:
            literals = [self._file.literal(number) for number in self._numbers[key]]
        except _WRONG_SHAPE:
            literals = []
        wanted = str if key < self._words else bytes
        if not literals or set(map(type, literals)) != {wanted}:
            return self._file.remake().literals.owners[key]
        return literals


class _StoredIds(Mapping[Literal, Sequence[str]]):
    """The ids of rules by literal: the mapping of an index that has this name."""

    def __init__(self, file: _File, parts: Parts, name: str) -> None:
        self._file = file
        self._literals = parts.numbers(f"{name}.literals")  # sorted
        self._numbers = parts.lists(name)
        self._name = name
        self._met: dict[Literal, Sequence[str]] = {}
        if len(self._literals) != len(self._numbers):
            raise ValueError("there is not one list for each literal")

    def __getitem__(self, literal: Literal) -> Sequence[str]:
        ids = self._met.get(literal)
        if ids is None:
            ids = self._met[literal] = self._read(literal)
        if not ids:
            raise KeyError(literal)
        return ids

    def _read(self, literal: Literal) -> Sequence[str]:
        """Return the ids for a literal; none if the mapping does not have it."""
        if self._file.remade is None:
            try:
                number = self._file.number(literal)
                at = None if number is None else place(self._literals, number)
                return () if at is None else list(map(self._file.id, self._numbers[at]))
            except _WRONG_SHAPE:
                pass
        ids: Sequence[str] = getattr(self._file.remake(), self._name).get(literal, ())
        return ids

    def __iter__(self) -> Iterator[Literal]:
        return map(self._file.literal, self._literals)

    def __len__(self) -> int:
        return len(self._literals)


class StoredRules(Mapping[str, Rule]):
    """The rules of a stored index, in the order of their ids; each is made when it is asked for.

    Raises:
        ValueError: there is not one line of JSON for each id.
    """

    def __init__(self, file: _File, lines: Texts) -> None:
        self._file = file
        self._lines = lines
        self._made: dict[str, Rule] = {}
        if len(lines) != len(file.ids):
            raise ValueError("there is not one line for each rule")

    def __getitem__(self, id_: str) -> Rule:
        rule = self._made.get(id_)
        if rule is None:
            rule = self._made[id_] = self._make(id_)
        return rule

    def _make(self, id_: str) -> Rule:
        if self._file.remade is None:
            at = self._file.places.get(id_)
            if at is None:
                at = place(self._file.ids, _encoded(id_))
            if at is None:
                raise KeyError(id_)
            try:
                rule = _rule(json.loads(self._lines[at]))
                if rule.id == id_:
                    return rule
            except (*_WRONG_SHAPE, ImportError):  # there may be no such kind
                pass
        return self._file.remake().rules[id_]

    def __iter__(self) -> Iterator[str]:
        try:
            return iter(list(map(_decoded, self._file.ids)))
        except UnicodeDecodeError:
            return iter(self._file.remake().rules)

    def __len__(self) -> int:
        return len(self._lines)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # the name of a file may be no valid UTF-8


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _json(value: object) -> bytes:
    return _encoded(_ENCODER.encode(value))


def _boundaries(value: object) -> Boundaries:
    if not (isinstance(value, list) and len(value) == len(Boundaries._fields)):
        raise ValueError("these are not the words beside names")
    words = Boundaries(*map(frozenset, value))
    if not all(set(map(type, each)) <= {str} for each in words):
        raise ValueError("these are no words")
    return words


def _plain(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain data: what is not left to the defaults.

    What only a person wants to know about the rule is left out.
    """
    data = _given(rule._replace(examples=(), provenance={}))
    data["options"] = _given(rule.options)
    if rule.when:
        data["when"] = _given(rule.when)
    return data


def _given(values: Any) -> dict[str, Any]:
    """Return the values of a named tuple that are not the defaults."""
    defaults = values._field_defaults
    given: dict[str, Any] = {}
    for key, value in zip(values._fields, values, strict=True):
        if key not in defaults or value != defaults[key]:
            given[key] = dict(value) if isinstance(value, Mapping) else value
    return given


def _rule(data: dict[str, Any]) -> Rule:
    """Return the rule that `_plain` made this data from.

    Raises:
        ValueError: it made no such data.
    """
    rule = Rule(**_frozen(data))
    options: Any = rule.options
    when: Any = rule.when
    made = rule._replace(
        options=fixer(rule.kind).Options(**_frozen(options)),
        place=Place(*rule.place),
        when=None if when is None else When(**_frozen(when)),
        damage=None if rule.damage is None else Damage(*rule.damage),
    )
    if not has_shape(made, Rule):
        raise ValueError("a value has another type than it should have")
    return made


def _frozen(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with lists as tuples: JSON does not tell the two apart."""
    return {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
