"""The level of a rule in a document: `otherwise` without proven damage, and `once` for reports."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.engine.trace import Explanation
from cleaner.fixers import kinds
from cleaner.formats import for_name
from cleaner.rules import loader
from cleaner.rules.model import Level, RuleSet
from tests.engine.checks import check
from tests.samples import engine_for

PROOF = "{id: proof, match: QQ, replace: Q, message: m, damage: true}"
WAITING = "{id: word, match: xyz, replace: abc, message: m, when: damaged, otherwise: %s}"
REPORT = "kind: residue\nrules:\n- {id: habit, match: xyz, message: a habit, once: true}\n"


def rules(otherwise: str = "suggest") -> str:
    return f"kind: pattern\nrules:\n- {PROOF}\n- {WAITING % otherwise}\n"


def levels(cleaner: Cleaner, text: str) -> list[str]:
    found = cleaner.clean(text).findings
    return [f"{finding.level} {finding.rules[0].rpartition('/')[2]}" for finding in found]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param("a QQ and xyz", "a Q and abc", ["fix proof", "fix word"], id="damaged"),
        pytest.param("no more than xyz", "no more than xyz", ["suggest word"], id="not damaged"),
    ],
)
def test_otherwise(before: str, after: str, found: list[str]) -> None:
    cleaner = engine_for(rules())
    check(cleaner, before, after)
    assert levels(cleaner, before) == found


def test_otherwise_may_be_a_report() -> None:
    assert levels(engine_for(rules("report")), "no more than xyz") == ["report word"]


def test_a_suggestion_by_otherwise_is_applied_when_asked() -> None:
    cleaner = engine_for(rules())
    asked = Cleaner(cleaner.index, level="suggest")
    assert asked.clean("only xyz").text == "only abc"
    assert levels(asked, "only xyz") == ["suggest word"]


def test_a_run_without_remarks_makes_no_suggestion_by_otherwise() -> None:
    quiet = Cleaner(engine_for(rules()).index, remarks=False)
    assert levels(quiet, "only xyz") == []
    assert quiet.clean("QQ xyz").text == "Q abc"


@pytest.mark.parametrize(
    ("level", "text", "wanted"),
    [
        ("suggest", "QQ xyz", "suggest word"),
        ("report", "QQ xyz", "report word"),
        ("report", "only xyz", "report word"),
        ("suggest", "only xyz", "suggest word"),
    ],
)
def test_otherwise_is_never_stronger_than_the_level(level: Level, text: str, wanted: str) -> None:
    loaded = engine_for(rules()).rules.values()
    changed = loader.at_levels(RuleSet(tuple(loaded)), {"*/word": level}, kinds())
    assert wanted in levels(Cleaner(changed), text)


def test_explained_with_the_level_that_it_has_here() -> None:
    for text, level in (("QQ xyz", "fix"), ("only xyz", "suggest")):
        explanation = Explanation()
        engine_for(rules()).clean(text, tracer=explanation)
        assert [one.level for one in explanation.outcomes if one.edit.rule.endswith("word")] == [
            level
        ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("an xyz", "a habit", id="one"),
        pytest.param("xyz, xyz\n\nxyz", "a habit; 3 places in all", id="three"),
    ],
)
def test_once(text: str, message: str) -> None:
    found = engine_for(REPORT).clean(text).findings
    assert [(finding.span.start, finding.message) for finding in found] == [
        (text.index("xyz"), message)
    ]


def test_once_in_each_unit_of_a_document() -> None:
    rows = '{"text": "xyz xyz"}\n{"text": "xyz"}\n'
    read = for_name("rows.jsonl", fields=["text"]).read
    found = engine_for(REPORT).clean(rows, read).findings
    assert [finding.message for finding in found] == ["a habit; 2 places in all", "a habit"]
