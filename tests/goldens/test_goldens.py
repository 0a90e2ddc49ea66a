"""Goldens: differences lead from one text to the other, scores say what a person would say, gaps
are strict.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import RuleError, load_rules
from cleaner.goldens import Gap, read_gaps, score, score_all, written_gaps
from cleaner.goldens.alignment import differences
from cleaner.rulebook import check_examples
from cleaner.rulebook.lint import lint
from cleaner.text.edits import apply
from tests.samples import ROOT, SEEDS, bundled, names, read, ruleset

PIECES = [
    "Marwin",
    " ",
    "’",
    "\n",
    "\n\n",
    "a caption [AP=연합뉴스]",
    "a caption",
    "fell",
    ",,",
    "\r\n",
    "x",
]
texts = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)


@given(texts, texts)
@settings(max_examples=300)
def test_differences_lead_from_one_text_to_the_other(text: str, wanted: str) -> None:
    assert apply(text, differences(text, wanted)) == wanted


def test_of_two_lines_that_fit_alike_the_later_one_stays() -> None:
    edits = list(differences("A gate.  [AP]\n\nA gate. [AP]\n", "A gate. [AP/Yonhap]\n"))
    assert [(tuple(edit.span), edit.replacement) for edit in edits] == [
        ((0, 15), ""),
        ((26, 26), "/Yonhap"),
    ]


@pytest.mark.parametrize(
    ("seed", "golden", "right", "missing", "harmful"),
    [
        pytest.param("Marwin fell", "Ma Yun fell", 1, 0, 0, id="right"),
        pytest.param("Ma’Marwin’", "Ma ‘Ma Yun’", 1, 1, 0, id="a gap beside a right edit"),
        pytest.param("Mawin fell", "Ma Yun fell", 0, 1, 0, id="missing"),
        pytest.param("Marwin fell", "Marwin fell", 0, 0, 1, id="harmful: nothing was wanted"),
        pytest.param(
            "Marwin fell", "Jack Ma fell", 0, 0, 1, id="harmful: something else was wanted"
        ),
        pytest.param("Marwin fell\n\nx\n", "x\n", 0, 1, 0, id="moot in a line that goes"),
        pytest.param("fine", "fine", 0, 0, 0, id="nothing to do"),
    ],
)
def test_scores(seed: str, golden: str, right: int, missing: int, harmful: int) -> None:
    scored = score(names("canonical: Ma Yun, variants: [Marwin]"), "a.txt", seed, golden)
    assert (scored.right, len(scored.missing), len(scored.harmful)) == (right, missing, harmful)
    assert scored.as_wanted == (not missing and not harmful)


def test_gaps_are_strict_both_ways() -> None:
    cleaner = names("canonical: Ma Yun, variants: [Marwin]")
    gap = Gap(1, 3, "’", " ‘")
    assert score(cleaner, "a", "Ma’Marwin’", "Ma ‘Ma Yun’", [gap]).as_wanted
    closed = score(cleaner, "a", "Marwin", "Ma Yun", [gap])
    assert (closed.as_wanted, closed.closed) == (False, (gap,))
    twice = score(cleaner, "a", "Ma’Marwin’", "Ma ‘Ma Yun’", [gap, gap])
    assert (twice.as_wanted, twice.closed) == (False, (gap,))


def test_accepting_keeps_every_wish_and_takes_what_the_tool_does() -> None:
    cleaner = names("canonical: Ma Yun, variants: [Marwin]")
    assert (
        score(cleaner, "a", "Marwin fell,, and", "Marwin fell, and").accepted == "Ma Yun fell, and"
    )
    assert score(cleaner, "a", "Marwin", None).accepted == "Ma Yun"


def test_gaps_come_back_as_they_were_written(tmp_path: Path) -> None:
    cleaner = names("canonical: Ma Yun, variants: [Marwin]")
    seed, golden = 'a "b" \N{NO-BREAK SPACE}\n\\ x\u2028', "c\n"
    scored = score(cleaner, "sub/a: b.txt", seed, golden)
    (tmp_path / "gaps.yaml").write_text(written_gaps([scored]), encoding="utf-8")
    assert read_gaps(tmp_path / "gaps.yaml") == {"sub/a: b.txt": list(scored.missing)}
    (tmp_path / "gaps.yaml").write_text(written_gaps([]), encoding="utf-8")
    assert read_gaps(tmp_path / "gaps.yaml") == {}
    assert read_gaps(tmp_path / "none.yaml") == {}


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        pytest.param("kind: gaps", "1:1: there is no mapping `files`", id="no files"),
        pytest.param(
            "files: {a: x}", "1:12: the gaps of a file are text, not a list", id="no list"
        ),
        pytest.param(
            "files: {a: [{at: x, before: a, after: b}]}", "1:13: this is no gap", id="no place"
        ),
        pytest.param("files: {a: [{at: '1:2', before: a}]}", "1:13: this is no gap", id="no after"),
    ],
)
def test_a_broken_gaps_file_is_named(yaml: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "gaps.yaml").write_text(yaml)
    with pytest.raises(RuleError) as caught:
        read_gaps(tmp_path / "gaps.yaml")
    assert f"gaps.yaml:{message}" in str(caught.value)


def test_the_bundled_rules_do_what_the_goldens_want() -> None:
    scores = list(score_all(bundled(), ROOT / "seeds", ROOT / "golden"))
    assert [scored.name for scored in scores if not scored.as_wanted] == []
    assert sum(scored.right for scored in scores) > 0
    assert len(scores) >= len(SEEDS) + 4


def test_every_bundled_example_is_validated() -> None:
    rules = load_rules()
    judged = list(check_examples(rules, rules.suffixes))
    assert {one.example.place for one in judged if one.outcome != "validated"} == set()
    assert len({one.rule.id for one in judged}) == len(rules)


def test_the_bundled_rules_pass_lint() -> None:
    problems = lint(load_rules(), [read(seed) for seed in SEEDS])
    assert [
        str(problem) for problem in problems if problem.wrong or "makes it fire" in problem.what
    ] == []


def test_every_bundled_name_says_where_it_was_seen() -> None:
    assert [
        rule.id for rule in load_rules() if rule.kind == "name" and "seen" not in rule.provenance
    ] == []


NAME = "- {id: x, canonical: Ma Yun, variants: [Marwin], %s}"


@pytest.mark.parametrize(
    ("rule", "verdict"),
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
def test_verdicts(rule: str, verdict: str, tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(f"kind: name\nrules:\n{NAME % rule}\n")
    rules = load_rules(path, bundled=False, prove=False)
    assert [one.outcome for one in check_examples(rules)] == [verdict]
    if verdict != "validated":
        with pytest.raises(RuleError, match=f"is {verdict}: it gives"):
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


def test_lint_sees_rules_that_undo_each_other() -> None:
    rules = ruleset(
        "kind: name\nrules:\n- {id: a, canonical: Ma Yun, variants: [Marwin],"
        " examples: [{before: a Marwin!, after: a Ma Yun!}, {same: Marwins}]}\n",
        other="kind: pattern\nrules:\n- {id: b, match: 'Yun!', replace: Yun, message: m}\n",
    )
    assert any("`after` is changed by other/b" in str(problem) for problem in lint(rules))
