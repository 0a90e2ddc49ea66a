"""A compiled rule set: the literals, which rules each of them triggers, and rules made on demand.

Of thousands of rules a text needs a few. The index holds what has to be known before the first
literal is found. It is computed once and can be kept as bytes (`dump`, `load`), so that the next
command reads no YAML, checks no pattern, and makes only the rules that it meets.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Self, TypeAlias

from cleaner.cache import has_shape
from cleaner.errors import Place
from cleaner.fixers import fixer
from cleaner.rules.model import Damage, Entity, Rule, RuleSet, When
from cleaner.text.boundaries import Boundaries
from cleaner.text.folding import normal
from cleaner.text.literals import Table, table

# What may be raised by reading data of another shape than it should have.
_WRONG_SHAPE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

Ids = Mapping[str, Sequence[str]]  # a form or a phrase -> ids of rules
RulesFromFiles: TypeAlias = Callable[[], Mapping[str, Rule]]


class Index:
    """Rules by id, and which of them a literal, a right form or a phrase is about.

    Attributes:
        rules: the rules by id.
        literals: what the automaton is built from.
        waiting: a literal -> the rules that it triggers.
        right: a right form -> the rules whose entity it names.
        named: a phrase of some rule's `when` -> the rules whose entity it names, in any form.
        boundaries: the words that may stand beside a name (-led, pro-).
        off: the ids of rules at level off; they have no effect.
    """

    __slots__ = ("boundaries", "literals", "named", "off", "right", "rules", "waiting")

    def __init__(
        self,
        rules: Mapping[str, Rule],
        literals: Table,
        waiting: Mapping[str | bytes, Sequence[str]],
        right: Ids,
        named: Ids,
        boundaries: Boundaries,
        off: Sequence[str] = (),
    ) -> None:
        self.rules = rules
        self.literals = literals
        self.waiting = waiting
        self.right = right
        self.named = named
        self.boundaries = boundaries
        self.off = off

    @classmethod
    def of(cls, rules: RuleSet) -> Self:
        """Compile a rule set.

        >>> from cleaner.errors import Place
        >>> ant = Entity(canonical="Ant Group", variants=("Antgroup",))
        >>> rule = Rule(id="ant", kind="name", level="fix", options=ant, place=Place("", 1, 1))
        >>> index = Index.of(RuleSet((rule,)))
        >>> index.waiting, index.right
        ({'Antgroup': ['ant']}, {'Ant Group': ['ant']})
        """
        waiting = _waiting(rules)
        right = _right(rules)
        phrases = _phrases(rules)
        guards = [phrase for rule in rules for phrase in rule.unless]
        words = [literal for literal in waiting if isinstance(literal, str)]
        pieces = [literal for literal in waiting if isinstance(literal, bytes)]
        return cls(
            rules={rule.id: rule for rule in rules},
            literals=table(words, pieces, [*right, *guards, *phrases]),
            waiting=waiting,
            right=right,
            named=_named(rules, phrases),
            boundaries=rules.boundaries,
            off=[rule.id for rule in rules.off],
        )

    def right_forms(self, rule: str) -> Sequence[str]:
        """Return the right forms of the entity that a rule is about; none if it names no entity."""
        entity = self.rules[rule].options
        return entity.right if isinstance(entity, Entity) else ()

    def dump(self) -> bytes:
        """Write the index as lines of JSON: first all that is looked up, then a rule a line.

        Examples are left out. Pieces, which are bytes, are written as text of one byte a
        character.
        """
        number = {id_: at for at, id_ in enumerate(self.rules)}
        literals = dict.fromkeys(self.waiting)
        for owners in self.literals.owners:
            literals |= dict.fromkeys(owners)
        place = {literal: at for at, literal in enumerate(literals)}
        keys, owners_by_key, *rest = self.literals
        head = {
            "ids": list(number),
            "off": list(self.off),
            "boundaries": list(map(sorted, self.boundaries)),
            "literals": [_as_json(literal) for literal in literals],
            "keys": [key.decode("latin-1") for key in keys],
            "owners": [[place[literal] for literal in owners] for owners in owners_by_key],
            "rest": rest,
            "waiting": [
                [number[id_] for id_ in self.waiting.get(literal, ())] for literal in literals
            ],
            "right": _numbered(self.right, number),
            "named": _numbered(self.named, number),
        }
        lines = [head, *map(_plain, self.rules.values())]
        return b"\n".join(map(_json, lines))

    @classmethod
    def load(cls, data: bytes, instead: RulesFromFiles = dict) -> Self:
        """Read an index that was dumped.

        Args:
            data: the bytes.
            instead: returns the rules, made from their files. It is called if the line of a rule
                turns out to be damaged when the rule is needed.

        Raises:
            ValueError: these are not the bytes of an index.
        """
        try:
            return cls._loaded(data, instead)
        except _WRONG_SHAPE as error:
            raise ValueError("this is no index") from error

    @classmethod
    def _loaded(cls, data: bytes, instead: RulesFromFiles) -> Self:
        first, *lines = data.split(b"\n")
        head = json.loads(first)
        ids = _texts(head["ids"])
        rules = LazyRules(dict(zip(ids, lines, strict=True)), instead)
        literals = [_from_json(literal) for literal in head["literals"]]
        keys = [key.encode("latin-1") for key in _texts(head["keys"])]
        owned = _numbers(head["owners"], below=len(literals))
        owners = [[literals[at] for at in places] for places in owned]
        acting, words, gaps = head["rest"]
        waiting: dict[str | bytes, Sequence[str]] = {}
        numbers = _numbers(head["waiting"], below=len(ids))
        for literal, places in zip(literals, numbers, strict=True):
            if places:
                waiting[literal] = [ids[at] for at in places]
        return cls(
            rules=rules,
            literals=_checked(Table(keys, owners, acting, words, gaps)),
            waiting=waiting,
            right=_with_ids(head["right"], ids),
            named=_with_ids(head["named"], ids),
            boundaries=_boundaries(head["boundaries"]),
            off=_texts(head["off"]),
        )


def _waiting(rules: RuleSet) -> Mapping[str | bytes, Sequence[str]]:
    """Return which rules each literal triggers, kind by kind."""
    waiting: dict[str | bytes, list[str]] = {}
    for kind in sorted({rule.kind for rule in rules}):
        of_this_kind = [rule for rule in rules if rule.kind == kind]
        for rule, literal in fixer(kind).literals(of_this_kind):
            waiting.setdefault(literal, []).append(rule.id)
    return waiting


def _right(rules: RuleSet) -> Ids:
    """Return which rules are about the entity that each right form names."""
    right: dict[str, list[str]] = {}
    for rule in rules:
        if isinstance(rule.options, Entity):
            for form in rule.options.right:
                right.setdefault(form, []).append(rule.id)
    return right


def _phrases(rules: RuleSet) -> Sequence[str]:
    """Return every phrase that some rule's `when` asks for, each once."""
    phrases: dict[str, None] = {}
    for rule in rules:
        if rule.when:
            phrases |= dict.fromkeys(rule.when.phrases)
    return list(phrases)


def _named(rules: RuleSet, phrases: Iterable[str]) -> Ids:
    """Return which rules are about the entity that each phrase names, rightly or garbled.

    A form that nobody has seen is no evidence, so rules that were made from others are left out.
    """
    entities: dict[str, dict[str, None]] = {}
    for rule in rules:
        if isinstance(rule.options, Entity) and not rule.made_from:
            for form in (*rule.options.right, *rule.options.variants):
                entities.setdefault(_spelling(form), {})[rule.id] = None
    named: dict[str, Sequence[str]] = {}
    for phrase in phrases:
        ids = entities.get(_spelling(phrase))
        if ids:
            named[phrase] = list(ids)
    return named


def _spelling(form: str) -> str:
    return normal(form).casefold()


class LazyRules(Mapping[str, Rule]):
    """Rules that were dumped; each is made when it is first asked for.

    Args:
        lines: the line of each rule, by its id.
        instead: returns all rules, for the case that a line is damaged.

    Raises:
        ValueError: a line is that of another rule.
    """

    def __init__(self, lines: Mapping[str, bytes], instead: RulesFromFiles) -> None:
        for id_, line in lines.items():
            if not line.startswith(b'{"id":%s,' % _json(id_)):
                raise ValueError(f"the line of {id_} is that of another rule")
        self._lines = lines
        self._instead = instead
        self._made: dict[str, Rule] = {}

    def __getitem__(self, id_: str) -> Rule:
        rule = self._made.get(id_)
        if rule is None:
            rule = self._made[id_] = self._make(id_)
        return rule

    def _make(self, id_: str) -> Rule:
        line = self._lines[id_]
        try:
            return _rule(json.loads(line))
        except (*_WRONG_SHAPE, ImportError):  # there may be no such kind
            return self._instead()[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _boundaries(value: object) -> Boundaries:
    if not (isinstance(value, list) and len(value) == len(Boundaries._fields)):
        raise ValueError("these are not the words beside names")
    return Boundaries(*(frozenset(_texts(words)) for words in value))


def _texts(value: object) -> list[str]:
    """Return what was dumped as a list of texts.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(value, list) or not set(map(type, value)) <= {str}:
        raise ValueError("this is no list of texts")
    return value


def _numbers(value: object, *, below: int) -> list[list[int]]:
    """Return what was dumped as lists of numbers from 0 that are below a limit.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(value, list) or not set(map(type, value)) <= {list}:
        raise ValueError("these are no lists")
    numbers = list(chain.from_iterable(value))
    if not set(map(type, numbers)) <= {int}:
        raise ValueError("these are no numbers")
    if numbers and not 0 <= min(numbers) <= max(numbers) < below:
        raise ValueError("these are numbers of nothing")
    return value


def _checked(table: Table) -> Table:
    """Return a table if its parts fit together.

    Raises:
        ValueError: they do not.
    """
    fit = (
        (type(table.acting), type(table.words), type(table.gaps)) == (int, int, bool)
        and 0 <= table.acting <= table.words <= len(table.keys) == len(table.owners)
        and all(table.keys)
        and set(map(type, chain.from_iterable(table.owners[: table.words]))) <= {str}
        and set(map(type, chain.from_iterable(table.owners[table.words :]))) <= {bytes}
    )
    if not fit:
        raise ValueError("the parts of the table do not fit together")
    return table


def _as_json(literal: str | bytes) -> str | list[str]:
    return literal if isinstance(literal, str) else [literal.decode("latin-1")]


def _from_json(literal: str | list[str]) -> str | bytes:
    return literal if isinstance(literal, str) else literal[0].encode("latin-1")


def _numbered(ids_by_form: Ids, number: Mapping[str, int]) -> dict[str, list[int]]:
    return {form: [number[id_] for id_ in ids] for form, ids in ids_by_form.items()}


def _with_ids(numbers_by_form: Mapping[str, Sequence[int]], ids: Sequence[str]) -> Ids:
    _numbers([*numbers_by_form.values()], below=len(ids))
    return {form: [ids[at] for at in numbers] for form, numbers in numbers_by_form.items()}


def _plain(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain data, without what only a person wants to know about it."""
    data = rule._replace(examples=(), provenance={})._asdict()
    options: dict[str, Any] = {}
    for key, value in rule.options._asdict().items():
        options[key] = dict(value) if isinstance(value, Mapping) else value
    data["options"] = options
    data["when"] = rule.when._asdict() if rule.when else None
    return data


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
