"""Rules are checked against their own examples when they are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from cleaner import Rule, RuleError, load_rules, rulebook
from cleaner.text.boundaries import Boundaries
from tests.rules.samples import LIST, OUT, TEXT, check_refused, rule, write

RESIDUE = "kind: residue\nrules:\n- {id: comma, message: m, match: ',,', examples: "
KEYS = "give `before` and `after`, or `same` alone, or `reported` alone"
MEND = "correct the rule or the example"
ALONE = "make the rule leave it alone, or drop the example"

EXAMPLES = [
    pytest.param(
        rule("examples: x"), f"6:13: `examples` is text, not a list; {LIST}", id="examples are text"
    ),
    pytest.param(
        rule("examples: {same: x}"),
        f"6:13: `examples` is a mapping, not a list; {LIST}",
        id="examples are a mapping",
    ),
    pytest.param(
        rule("examples: [x]"),
        "6:14: an example is text, not a mapping; write `- before: ...` and "
        "`  after: ...`, or `- same: ...`",
        id="example is text",
    ),
    *(
        pytest.param(
            rule(f"examples: [{{{keys}}}]"),
            f"6:14: an example cannot have {what}; {KEYS}",
            id=f"has {what}",
        )
        for keys, what in (
            ("before: x", "before"),
            ("after: x", "after"),
            ("before: x, same: z", "before and same"),
            ("reported: x, same: z", "reported and same"),
            ("", "no keys"),
            ("before: x, after: y, same: z", "after and before and same"),
        )
    ),
    pytest.param(
        rule("examples: [{befor: x, after: z}]"),
        "6:15: there is no key `befor` here; did you mean `before`?",
        id="key of an example mistyped",
    ),
    pytest.param(
        rule("examples: [{same: [x]}]"),
        f"6:21: `same` is a list, not text; {TEXT}",
        id="same is a list",
    ),
    pytest.param(
        rule("examples: [{same: ''}]"), f"6:21: `same` is empty; {OUT}", id="same is empty"
    ),
    pytest.param(
        rule("examples: [{before: '', after: x}]"),
        f"6:23: `before` is empty; {OUT}",
        id="before is empty",
    ),
    pytest.param(
        rule("examples: [{before: x, after: x}]"),
        "6:14: `before` and `after` are the same; write `same: ...` for such a text",
        id="before is after",
    ),
    pytest.param(
        rule("examples: [{before: Marwin fell., after: Jack Ma fell.}]"),
        f"6:14: this example of rules/ma-yun is noisy: it gives “Ma Yun fell.”; {MEND}",
        id="example gives something else",
    ),
    pytest.param(
        rule("examples: [{before: Nobody fell., after: Ma Yun fell.}]"),
        f"6:14: this example of rules/ma-yun is missing: it gives “Nobody fell.”; {MEND}",
        id="example gives nothing",
    ),
    pytest.param(
        rule("examples: [{same: Marwin fell.}]"),
        f"6:14: this example of rules/ma-yun is noisy: it gives “Ma Yun fell.”; {ALONE}",
        id="same changes",
    ),
    pytest.param(
        rule("examples: [{reported: Nobody fell.}]"),
        f"6:14: this example of rules/ma-yun is missing: it gives “Nobody fell.”; {MEND}",
        id="nothing is reported",
    ),
    pytest.param(
        RESIDUE + "[{reported: 'a, b'}]}\n",
        f"3:51: this example of rules/comma is missing: it gives “a, b”; {MEND}",
        id="residue reports nothing",
    ),
    pytest.param(
        RESIDUE + "[{before: 'a,, b', after: 'a, b'}]}\n",
        f"3:51: this example of rules/comma is missing: it gives “a,, b”; {MEND}",
        id="residue changes nothing",
    ),
]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("data", "message"), [*EXAMPLES])
def test_a_fault_is_one_line(data: str | bytes, message: str) -> None:
    check_refused(data, message)


def test_a_text_that_stays_the_same_must_not_be_reported_either() -> None:
    write({"rules.yaml": RESIDUE + "[{same: 'a,, b'}]}\n"})
    with pytest.raises(RuleError, match=r"^rules\.yaml:3:51: this example of rules/comma is "):
        load_rules("rules.yaml", bundled=False)


def test_rules_that_are_proven_are_not_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = {"one.yaml": RESIDUE + "[{same: x}]}\n", "other.yaml": RESIDUE + "[{same: y}]}\n"}
    write(rules)
    checked: list[str] = []

    def counted(rules: Iterable[Rule], boundaries: Boundaries) -> Iterator[rulebook.CheckedExample]:
        every = list(rules)
        checked.extend(one.id for one in every)
        return check_examples(every, boundaries)

    check_examples = rulebook.check_examples
    monkeypatch.setattr(rulebook, "check_examples", counted)
    proven: rulebook.Proven = {}
    for _ in range(2):
        load_rules("one.yaml", "other.yaml", bundled=False, proven=proven)
    assert checked == ["one/comma", "other/comma"]
    write({"other.yaml": RESIDUE + "[{reported: 'a, b'}]}\n"})
    with pytest.raises(RuleError, match="missing"):
        load_rules("one.yaml", "other.yaml", bundled=False, proven=proven)
    assert checked[2:] == ["other/comma"]
