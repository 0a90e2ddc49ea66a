"""An index made from the index of nearly the same rules says what one made from nothing says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, Rule, RuleSet
from cleaner.engine.index import Index
from cleaner.errors import Place
from cleaner.rules.model import Entity, When
from cleaner.text.boundaries import Boundaries
from tests.samples import bundled_rules, ruleset

BOUNDARIES = bundled_rules().boundaries
NAMES = [rule for rule in bundled_rules() if rule.kind == "name"][::6]
COMMAS = ruleset("kind: pattern\nrules:\n- {id: commas, match: ',,', replace: ',', message: m}\n")
RULES = RuleSet((*COMMAS, *NAMES), BOUNDARIES)
WHOLE = Index.of(RULES)

# Forms that share their bytes with one another when case does not count, and with bundled ones.
FORMS = st.sampled_from(
    ["Bytedance", "ByteDance", "BYTEDANCE", "Jang Fan", "Jang  Fan", "Xi’an", "Xi'an", "Marwin"]
)
PHRASES = st.lists(st.sampled_from(["Taobao", "Alibaba", "Ma Yun", "Jang Fan"]), max_size=2)


@st.composite
def name_rules(draw: st.DrawFn) -> Rule:
    """Rules for names, as they are accepted."""
    right, when, unless = draw(FORMS), draw(PHRASES), draw(PHRASES)
    variants = draw(st.lists(FORMS, min_size=1, max_size=3, unique=True))
    return Rule(
        id=f"accepted/{draw(st.integers(0, 99))}",
        kind="name",
        level=draw(st.sampled_from(["fix", "suggest"])),
        options=Entity(right, tuple(variants), tuple(draw(st.lists(FORMS, max_size=1)))),
        place=Place("accepted.yaml", 1, 1),
        when=When(document=tuple(when)) if when else None,
        unless=tuple(unless),
    )


def said(index: Index) -> dict[str, Any]:
    """Return all that an index says; what it says in no order, in one order."""
    table = index.literals
    return {
        "table": table._replace(owners=[]),
        "owners": [sorted(owners, key=str) for owners in table.owners],
        "rules": list(index.rules.values()),
        "late": index.late,
        "off": index.off,
        "boundaries": index.boundaries,
        **{
            name: {key: sorted(ids) for key, ids in getattr(index, name).items()}
            for name in ("waiting", "right", "named")
        },
    }


def in_order(rules: Sequence[Rule]) -> RuleSet:
    """Return rules as a set, beside the words that the bundled ones have."""
    by_id = {rule.id: rule for rule in rules}
    return RuleSet(tuple(by_id[id_] for id_ in sorted(by_id)), BOUNDARIES)


@given(st.sets(st.sampled_from(range(len(NAMES))), max_size=5), st.lists(name_rules(), max_size=3))
def test_more_names(left_out: set[int], new: list[Rule]) -> None:
    lacking = {NAMES[number].id for number in left_out}
    like = Index.of(in_order([rule for rule in RULES if rule.id not in lacking]))
    rules = in_order([*RULES, *new])
    extended = Index.of(rules, like)
    assert said(extended) == said(Index.of(rules))
    assert extended.late is like.late  # it was used, and is unchanged
    assert said(like) == said(Index.of(in_order(list(like.rules.values()))))


GAPS = ruleset("kind: pattern\nrules:\n- {id: gaps, match: 'x  y', replace: 'xy', message: m}\n")
ONE = ruleset("kind: name\nrules:\n- {id: x, canonical: Xi, variants: [Shi]}\n").rules[0]
WITH_ONE = RuleSet((*RULES, ONE), BOUNDARIES)


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(RuleSet(()), id="none"),
        pytest.param(RuleSet(RULES.rules[1:], BOUNDARIES), id="one less"),
        pytest.param(RuleSet((*RULES.rules[1:], ONE), BOUNDARIES), id="another one"),
        pytest.param(
            RuleSet((RULES.rules[0]._replace(level="report"), *RULES.rules[1:])), id="changed"
        ),
        pytest.param(RuleSet((*RULES, *GAPS), BOUNDARIES), id="no name"),
        pytest.param(RuleSet((*RULES, ONE), Boundaries(frozenset({"led"}))), id="other boundaries"),
        pytest.param(RuleSet(WITH_ONE.rules, WITH_ONE.boundaries, off=(ONE,)), id="one off"),
        pytest.param(WITH_ONE, id="one more"),
        pytest.param(RULES, id="the same"),
    ],
)
def test_other_rules(rules: RuleSet) -> None:
    assert said(Index.of(rules, WHOLE)) == said(Index.of(rules))


def test_it_cleans_as_the_rules_do() -> None:
    text = "Alibaba fell,, and Shi’s wealth shrank. SHI said ‘no’"
    by_rules = Cleaner(WITH_ONE).clean(text)
    assert Cleaner(Index.of(WITH_ONE, WHOLE)).clean(text) == by_rules
    assert by_rules.text == "Alibaba fell, and Xi’s wealth shrank. XI said ‘no’"
