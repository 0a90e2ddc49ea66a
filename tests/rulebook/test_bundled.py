"""The bundled rules prove themselves; examples have outcomes, and lint names faults of rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import RuleError, load_rules
from cleaner.rulebook import check_examples
from cleaner.rulebook.lint import lint
from tests.samples import SEEDS, bundled_rules, read, ruleset


def test_every_bundled_example_is_validated() -> None:
    rules = bundled_rules()
    checked = list(check_examples(rules, rules.boundaries))
    assert {one.example.place for one in checked if one.outcome != "validated"} == set()
    written = {rule.id for rule in rules if not rule.made_from}
    assert {one.rule.id for one in checked} == written


def test_the_bundled_rules_pass_lint() -> None:
    problems = lint(bundled_rules(), [read(seed) for seed in SEEDS])
    assert [
        str(problem) for problem in problems if problem.wrong or "makes it fire" in problem.what
    ] == []


def test_every_bundled_name_says_where_it_was_seen() -> None:
    names = [rule for rule in bundled_rules() if rule.kind == "name" and not rule.made_from]
    assert [rule.id for rule in names if "seen" not in rule.provenance] == []


NAME = "- {id: x, canonical: Ma Yun, variants: [Marwin], %s}"


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        pytest.param("examples: [{before: Marwin, after: Ma Yun}]", "validated", id="validated"),
        pytest.param(
            "when: [Alibaba], examples: [{before: Marwin, after: Ma Yun}]", "missing", id="missing"
        ),
        pytest.param("examples: [{same: Marwin}]", "noisy", id="noisy"),
        pytest.param("examples: [{before: Marwin, after: Jack Ma}]", "noisy", id="another outcome"),
        pytest.param("level: report, examples: [{reported: Marwin}]", "validated", id="reported"),
        pytest.param("examples: [{reported: Marwin}]", "noisy", id="changed, not reported"),
        pytest.param(
            "level: suggest, examples: [{before: Marwin, after: Ma Yun}]",
            "validated",
            id="at any level",
        ),
    ],
)
def test_outcomes(rule: str, outcome: str, tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(f"kind: name\nrules:\n{NAME % rule}\n")
    rules = load_rules(path, bundled=False, prove=False)
    assert [one.outcome for one in check_examples(rules)] == [outcome]
    if outcome != "validated":
        with pytest.raises(RuleError, match=f"is {outcome}: it gives"):
            load_rules(path, bundled=False)


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        pytest.param(
            "examples: [{before: Marwin, after: Ma Yun}]",
            "no example shows what it must leave",
            id="no same",
        ),
        pytest.param("examples: [{same: Marwins}]", "no example shows it at work", id="no before"),
        pytest.param("examples: [{same: nothing near}]", "cannot fail", id="idle same"),
        pytest.param("unless: [Ma Winner]", "holds no variant", id="idle unless"),
        pytest.param("aliases: [Jack Ma]", "“Carter” is a known word or name", id="known name"),
    ],
)
def test_lint(rule: str, problem: str) -> None:
    yaml = f"kind: name\nrules:\n{NAME % rule}\n".replace("[Marwin]", "[Marwin, Carter]")
    found = [str(one) for one in lint(ruleset(yaml))]
    assert any(problem in line for line in found), found


HEADLINE = "The harbour of Muldeul is ‘frozen’"


@pytest.mark.parametrize(
    ("keys", "same", "could_fail"),
    [
        pytest.param(
            "kind: repeat, of: headline", f"{HEADLINE}\n\nHe left.", False, id="no repeat"
        ),
        pytest.param("kind: repeat, of: headline", "A boat.\n\nA boat.", False, id="no mark"),
        pytest.param("kind: repeat, of: copy", f"{HEADLINE}: the ice", False, id="in one line"),
        pytest.param("kind: repeat, of: words", "He said “no” to all.", False, id="no word twice"),
        pytest.param("kind: repeat, of: headline", f"{HEADLINE}\n\nThe ice", True, id="repeat"),
        pytest.param("kind: repeat, of: words", "He said “no, no” to all.", True, id="words"),
        pytest.param(
            "kind: quotes, style: unsettled", "He said no.", False, id="no quotation mark"
        ),
        pytest.param("kind: quotes, style: unsettled", "He said “no”.", True, id="quotation marks"),
    ],
)
def test_an_example_of_a_rule_that_looks_at_every_text(
    keys: str, same: str, could_fail: bool
) -> None:
    kind, options = keys.split(", ")
    rule = (
        f"{{id: a, {options}, level: report, message: m, examples: [{{same: {json.dumps(same)}}}]}}"
    )
    problems = [str(one) for one in lint(ruleset(f"{kind}\nrules:\n- {rule}\n"))]
    assert any("cannot fail" in problem for problem in problems) != could_fail


def test_lint_sees_rules_that_undo_each_other() -> None:
    rules = ruleset(
        "kind: name\nrules:\n- {id: a, canonical: Ma Yun, variants: [Marwin],"
        " examples: [{before: a Marwin!, after: a Ma Yun!}, {same: Marwins}]}\n",
        other="kind: pattern\nrules:\n- {id: b, match: 'Yun!', replace: Yun, message: m}\n",
    )
    assert any("`after` is changed by other/b" in str(problem) for problem in lint(rules))
