"""A compiled rule set: the literals, which rules each of them triggers, and rules made on demand.

Of thousands of rules a text needs a few. The index holds what has to be known before the first
literal is found. It is computed once and can be kept as bytes (`dump`, `load`), so that the next
command reads no YAML, checks no pattern, and makes only the rules that it meets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

from cleaner.errors import Place
from cleaner.fixers import fixer
from cleaner.rules.model import Entity, Rule, RuleSet, When
from cleaner.text.boundaries import Boundaries
from cleaner.text.folding import normal
from cleaner.text.literals import Table, table

Ids = Mapping[str, Sequence[str]]  # a form or a phrase -> ids of rules


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
        return b"\n".join(
            json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() for line in lines
        )

    @classmethod
    def load(cls, data: bytes) -> Self:
        """Read an index that was dumped.

        Raises:
            ValueError, KeyError: these are not the bytes of an index.
        """
        first, *lines = data.split(b"\n")
        head = json.loads(first)
        ids = head["ids"]
        if len(ids) != len(lines):
            raise ValueError("the index was cut short")
        literals = [_from_json(literal) for literal in head["literals"]]
        keys = [key.encode("latin-1") for key in head["keys"]]
        owners = [[literals[at] for at in places] for places in head["owners"]]
        waiting = {
            literal: [ids[at] for at in places]
            for literal, places in zip(literals, head["waiting"], strict=True)
            if places
        }
        return cls(
            rules=LazyRules(dict(zip(ids, lines, strict=True))),
            literals=Table(keys, owners, *head["rest"]),
            waiting=waiting,
            right=_with_ids(head["right"], ids),
            named=_with_ids(head["named"], ids),
            boundaries=Boundaries(*map(frozenset, head["boundaries"])),
            off=head["off"],
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
    """Return which rules are about the entity that each phrase names, rightly or garbled."""
    entities: dict[str, dict[str, None]] = {}
    for rule in rules:
        if isinstance(rule.options, Entity):
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
    """Rules that were dumped; each is made when it is first asked for."""

    def __init__(self, lines: Mapping[str, bytes]) -> None:
        self._lines = lines
        self._made: dict[str, Rule] = {}

    def __getitem__(self, id_: str) -> Rule:
        rule = self._made.get(id_)
        if rule is None:
            rule = self._made[id_] = _rule(json.loads(self._lines[id_]))
        return rule

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _as_json(literal: str | bytes) -> str | list[str]:
    return literal if isinstance(literal, str) else [literal.decode("latin-1")]


def _from_json(literal: str | list[str]) -> str | bytes:
    return literal if isinstance(literal, str) else literal[0].encode("latin-1")


def _numbered(ids_by_form: Ids, number: Mapping[str, int]) -> dict[str, list[int]]:
    return {form: [number[id_] for id_ in ids] for form, ids in ids_by_form.items()}


def _with_ids(numbers_by_form: Mapping[str, Sequence[int]], ids: Sequence[str]) -> Ids:
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
    """Return the rule that `_plain` made this data from."""
    rule = Rule(**_frozen(data))
    options: Any = rule.options
    when: Any = rule.when
    return rule._replace(
        options=fixer(rule.kind).Options(**_frozen(options)),
        place=Place(*rule.place),
        when=When(**_frozen(when)) if when else None,
    )


def _frozen(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with lists as tuples: JSON does not tell the two apart."""
    return {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
