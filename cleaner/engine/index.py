"""A compiled rule set: the literals, which rules each of them triggers, and rules made on demand.

Of thousands of rules a text needs a few. The index holds what has to be known before the first
literal is found. It is computed once and can be kept as bytes (see `cleaner.engine.stored`), so
that the next command reads no YAML, checks no pattern, and reads only the rules that it meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn, Self, TypeVar

from cleaner.engine import stored
from cleaner.engine.stored import IndexFromFiles
from cleaner.fixers import fixer
from cleaner.rules.model import Entity, Rule, RuleSet
from cleaner.text.boundaries import Boundaries
from cleaner.text.folding import normal
from cleaner.text.literals import Table, table, with_words

Ids = Mapping[str, Sequence[str]]  # a form or a phrase -> ids of rules
_Literal = TypeVar("_Literal")


def _no_index() -> NoReturn:
    raise ValueError("the index is damaged")


class Index:
    """Rules by id, and which of them a literal, a right form or a phrase is about.

    Attributes:
        rules: the rules by id.
        literals: what the automaton is built from.
        waiting: a literal -> the rules that it triggers.
        right: a right form -> the rules whose entity it names.
        named: a phrase of some rule's `when` -> the rules whose entity it names, in any form.
        boundaries: the words that may stand beside a name (-led, pro-).
        late: pieces that only rules wait for which need proven damage; `literals` lacks them.
        off: the ids of rules at level off; they have no effect.
    """

    __slots__ = ("boundaries", "late", "literals", "named", "off", "right", "rules", "waiting")

    def __init__(
        self,
        rules: Mapping[str, Rule],
        literals: Table,
        waiting: Mapping[str | bytes, Sequence[str]],
        right: Ids,
        named: Ids,
        boundaries: Boundaries,
        late: Sequence[bytes] = (),
        off: Sequence[str] = (),
    ) -> None:
        self.rules = rules
        self.literals = literals
        self.waiting = waiting
        self.right = right
        self.named = named
        self.boundaries = boundaries
        self.late = late
        self.off = off

    @classmethod
    def of(cls, rules: RuleSet, like: Index | None = None) -> Self:
        """Compile a rule set.

        Args:
            rules: the rules.
            like: the index of other rules. If the rules are those and a few more that wait for
                words only, such as names, what was compiled before is used again; that takes a
                tenth of the time.

        >>> from cleaner.errors import Place
        >>> ant = Entity(canonical="Ant Group", variants=("Antgroup",))
        >>> rule = Rule(id="ant", kind="name", level="fix", options=ant, place=Place("", 1, 1))
        >>> index = Index.of(RuleSet((rule,)))
        >>> index.waiting, index.right
        ({'Antgroup': ['ant']}, {'Ant Group': ['ant']})
        """
        extended = cls._extended(like, rules) if like else None
        return extended or cls._compiled(rules)

    @classmethod
    def _compiled(cls, rules: RuleSet) -> Self:
        waiting = _waiting(rules)
        right = _right(rules)
        phrases = _phrases(rules)
        guards = [phrase for rule in rules for phrase in rule.unless]
        by_id = {rule.id: rule for rule in rules}
        words: list[str] = []
        pieces: list[bytes] = []
        late: list[bytes] = []
        for literal, ids in waiting.items():
            if isinstance(literal, str):
                words.append(literal)
            elif all(by_id[id_].needs_damage for id_ in ids):
                late.append(literal)
            else:
                pieces.append(literal)
        return cls(
            rules=by_id,
            literals=table([*words, *right, *guards, *phrases], pieces),
            waiting=waiting,
            right=right,
            named=_named(rules, phrases),
            boundaries=rules.boundaries,
            late=late,
            off=[rule.id for rule in rules.off],
        )

    @classmethod
    def _extended(cls, known: Index, rules: RuleSet) -> Self | None:
        """Return an index with the rules that another one lacks; None if that is not all."""
        added = [rule for rule in rules if known.rules.get(rule.id) != rule]
        others = len(rules) - len(added)
        off = [rule.id for rule in rules.off]
        if others < len(known.rules) or (rules.boundaries, off) != (known.boundaries, known.off):
            return None
        waiting, right = _waiting(added), _right(added)
        if not all(isinstance(literal, str) for literal in waiting):
            return None
        guards = [phrase for rule in added for phrase in rule.unless]
        words = [word for word in waiting if isinstance(word, str)]
        return cls(
            rules={rule.id: rule for rule in rules},
            literals=with_words(known.literals, [*words, *right, *guards, *_phrases(added)]),
            waiting=_joined(known.waiting, waiting),
            right=_joined(known.right, right),
            named=_named(rules, _phrases(rules)),
            boundaries=known.boundaries,
            late=known.late,
            off=known.off,
        )

    def right_forms(self, rule: str) -> Sequence[str]:
        """Return the right forms of the entity that a rule is about; none if it names no entity."""
        entity = self.rules[rule].options
        return entity.right if isinstance(entity, Entity) else ()

    def dump(self) -> bytes:
        """Return the index as bytes, without the examples of the rules."""
        return stored.dump(self)

    @classmethod
    def load(cls, data: bytes | memoryview, instead: IndexFromFiles = _no_index) -> Self:
        """Return an index that was dumped. Its bytes are read when something is asked for.

        Args:
            data: the bytes.
            instead: returns the same index, made from the rule files. It is called if the bytes
                turn out to be damaged when they are read.

        Raises:
            ValueError: these are not the bytes of an index.
        """
        return cls(**stored.load(data, instead))


def _joined(
    known: Mapping[_Literal, Sequence[str]], more: Mapping[_Literal, Sequence[str]]
) -> Mapping[_Literal, Sequence[str]]:
    """Return two mappings to ids of rules as one."""
    joined = dict(known)
    for literal, ids in more.items():
        joined[literal] = [*known.get(literal, ()), *ids]
    return joined


def _waiting(rules: Iterable[Rule]) -> Mapping[str | bytes, Sequence[str]]:
    """Return which rules each literal triggers, kind by kind."""
    rules = list(rules)
    waiting: dict[str | bytes, list[str]] = {}
    for kind in sorted({rule.kind for rule in rules}):
        of_this_kind = [rule for rule in rules if rule.kind == kind]
        for rule, literal in fixer(kind).literals(of_this_kind):
            waiting.setdefault(literal, []).append(rule.id)
    return waiting


def _right(rules: Iterable[Rule]) -> Ids:
    """Return which rules are about the entity that each right form names."""
    right: dict[str, list[str]] = {}
    for rule in rules:
        if isinstance(rule.options, Entity):
            for form in rule.options.right:
                right.setdefault(form, []).append(rule.id)
    return right


def _phrases(rules: Iterable[Rule]) -> Sequence[str]:
    """Return every phrase that some rule's `when` asks for, each once."""
    phrases: dict[str, None] = {}
    for rule in rules:
        if rule.when:
            phrases |= dict.fromkeys(rule.when.phrases)
    return list(phrases)


def _named(rules: Iterable[Rule], phrases: Iterable[str]) -> Ids:
    """Return which rules are about the entity that each phrase names, rightly or garbled.

    A form that nobody has seen is no evidence, so rules that were made from others are left out.
    """
    spellings = {phrase: _spelling(phrase) for phrase in phrases}
    entities: dict[str, dict[str, None]] = {spelling: {} for spelling in spellings.values()}
    for rule in rules if spellings else ():
        if isinstance(rule.options, Entity) and not rule.made_from:
            for form in (*rule.options.right, *rule.options.variants):
                ids = entities.get(_spelling(form))
                if ids is not None:
                    ids[rule.id] = None
    named: dict[str, Sequence[str]] = {}
    for phrase, spelling in spellings.items():
        if entities[spelling]:
            named[phrase] = list(entities[spelling])
    return named


def _spelling(form: str) -> str:
    return normal(form).casefold()
