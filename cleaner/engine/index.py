"""A set of rules as the engine reads it: what is looked for, who waits for it, and each rule when
its turn comes.

Of thousands of rules a text needs a few. The index is what has to be known before the first literal
is found; it is worked out once and can be kept as bytes (`dump`, `load`), so that a command that
starts anew reads no YAML, checks no pattern and makes only the rules it meets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from cleaner.errors import Place
from cleaner.fixers import fixer
from cleaner.rules.model import Entity, Rule, RuleSet, When
from cleaner.text.folding import normal
from cleaner.text.literals import Table, table


class Index:
    """Rules by id, and the ids of those that each literal, correct form or phrase of evidence
    concerns.
    """

    __slots__ = ("literals", "named", "off", "right", "rules", "suffixes", "waiting")

    def __init__(
        self,
        rules: Mapping[str, Rule],
        literals: Table,
        waiting: Mapping[str | bytes, Sequence[str]],
        right: Mapping[str, Sequence[str]],
        named: Mapping[str, Sequence[str]],
        suffixes: frozenset[str],
        off: Sequence[str] = (),
    ) -> None:
        self.rules = rules
        self.literals = literals
        self.waiting = waiting  # a literal -> the rules that wait for it
        self.right = right  # a correct form -> the rules whose entity it names
        # a phrase of some rule's `when` -> the rules whose entity it names, in whatever form
        self.named = named
        self.suffixes = suffixes
        self.off = off  # the ids of rules that count for nothing

    @classmethod
    def of(cls, rules: RuleSet) -> Self:
        """The index of a set of rules.

        >>> from cleaner.errors import Place
        >>> ant = Entity(canonical="Ant Group", variants=("Antgroup",))
        >>> rule = Rule(id="ant", kind="name", level="fix", options=ant, place=Place("", 1, 1))
        >>> index = Index.of(RuleSet((rule,)))
        >>> index.waiting, index.right
        ({'Antgroup': ['ant']}, {'Ant Group': ['ant']})
        """
        waiting: dict[str | bytes, list[str]] = {}
        for kind in sorted({rule.kind for rule in rules}):
            for rule, literal in fixer(kind).literals(
                [rule for rule in rules if rule.kind == kind]
            ):
                waiting.setdefault(literal, []).append(rule.id)
        right: dict[str, list[str]] = {}
        entities: dict[str, dict[str, None]] = {}
        for rule in rules:
            if isinstance(entity := rule.options, Entity):
                for form in entity.right:
                    right.setdefault(form, []).append(rule.id)
                for form in (*entity.right, *entity.variants):
                    entities.setdefault(normal(form).casefold(), {})[rule.id] = None
        phrases = dict.fromkeys(
            phrase for rule in rules if rule.when for phrase in rule.when.phrases
        )
        named = {
            phrase: list(ids)
            for phrase in phrases
            if (ids := entities.get(normal(phrase).casefold()))
        }
        guards = [phrase for rule in rules for phrase in rule.unless]
        words = [literal for literal in waiting if isinstance(literal, str)]
        pieces = [literal for literal in waiting if isinstance(literal, bytes)]
        by_id = {rule.id: rule for rule in rules}
        literals = table(words, pieces, [*right, *guards, *phrases])
        off = [rule.id for rule in rules.off]
        return cls(by_id, literals, waiting, right, named, rules.suffixes, off)

    def forms(self, rule: str) -> Sequence[str]:
        """The correct forms of the entity that a name rule speaks of; none for other rules."""
        entity = self.rules[rule].options
        return entity.right if isinstance(entity, Entity) else ()

    def dump(self) -> bytes:
        """The index as lines of JSON: first all that is looked up, then a rule a line, without
        examples.

        Pieces, which are bytes and no text, are written as text of one byte a character.
        """
        number = {id_: at for at, id_ in enumerate(self.rules)}
        literals = list(
            dict.fromkeys(
                [*(owner for owners in self.literals.owners for owner in owners), *self.waiting]
            )
        )
        place = {literal: at for at, literal in enumerate(literals)}
        keys, owners, *rest = self.literals
        head = {
            "ids": list(number),
            "off": list(self.off),
            "suffixes": sorted(self.suffixes),
            "literals": [
                one if isinstance(one, str) else [one.decode("latin-1")] for one in literals
            ],
            "keys": [key.decode("latin-1") for key in keys],
            "owners": [[place[literal] for literal in there] for there in owners],
            "rest": rest,
            "waiting": [
                [number[id_] for id_ in self.waiting.get(literal, ())] for literal in literals
            ],
            "right": {form: [number[id_] for id_ in ids] for form, ids in self.right.items()},
            "named": {phrase: [number[id_] for id_ in ids] for phrase, ids in self.named.items()},
        }
        lines = [head, *map(_plain, self.rules.values())]
        return b"\n".join(
            json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() for line in lines
        )

    @classmethod
    def load(cls, data: bytes) -> Self:
        """The index that was dumped.

        Raises:
            ValueError, KeyError: these are not the bytes of an index.
        """
        first, *lines = data.split(b"\n")
        head = json.loads(first)
        ids = head["ids"]
        if len(ids) != len(lines):
            raise ValueError("the index was cut short")
        literals = [
            one if isinstance(one, str) else one[0].encode("latin-1") for one in head["literals"]
        ]
        waiting = zip(literals, head["waiting"], strict=True)
        right, named = (
            {name: [ids[at] for at in there] for name, there in head[key].items()}
            for key in ("right", "named")
        )
        return cls(
            Kept(dict(zip(ids, lines, strict=True))),
            Table(
                [key.encode("latin-1") for key in head["keys"]],
                [[literals[at] for at in there] for there in head["owners"]],
                *head["rest"],
            ),
            {literal: [ids[at] for at in there] for literal, there in waiting if there},
            right,
            named,
            frozenset(head["suffixes"]),
            head["off"],
        )


class Kept(Mapping[str, Rule]):
    """Rules as they were dumped, each made when it is first asked for."""

    def __init__(self, lines: Mapping[str, bytes]) -> None:
        self._lines = lines
        self._made: dict[str, Rule] = {}

    def __getitem__(self, id_: str) -> Rule:
        if (rule := self._made.get(id_)) is None:
            rule = self._made[id_] = _rule(json.loads(self._lines[id_]))
        return rule

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _plain(rule: Rule) -> dict[str, Any]:
    """A rule as plain data; what only a person wants to know of it stays in its file."""
    data = rule._replace(examples=(), provenance={})._asdict()
    options = rule.options._asdict().items()
    data["options"] = {
        key: dict(value) if isinstance(value, Mapping) else value for key, value in options
    }
    data["when"] = rule.when and rule.when._asdict()
    return data


def _rule(data: dict[str, Any]) -> Rule:
    rule = Rule(**_frozen(data))
    options: Any = rule.options
    when: Any = rule.when
    return rule._replace(
        options=fixer(rule.kind).Options(**_frozen(options)),
        place=Place(*rule.place),
        when=When(**_frozen(when)) if when else None,
    )


def _frozen(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
