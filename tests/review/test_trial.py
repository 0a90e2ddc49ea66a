"""Trials: what a suggestion would do to goldens, examples, clean pages and the files it is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from cleaner.names.suggestion import Group, Member
from cleaner.review.objections import known_forms
from cleaner.review.trial import Texts, Trial, Trials
from cleaner.rules.model import Level, RuleSet
from tests.samples import CLEAN, ROOT, SEEDS, as_file, bundled_rules, read, ruleset

RULES = """\
kind: name
rules:
- id: xi
  canonical: Xi Jinping
  aliases: [Xi]
  variants: [Shi Jinping]
  when: [Beijing]
  unless: [Marwin Hitz]
  examples:
  - before: "Marwin saw Beijing, Shi Jinping said."
    after: "Marwin saw Beijing, Xi Jinping said."
- {id: he, canonical: Marwin He, variants: [Marwinhe]}
"""
NO_TEXTS = Texts({}, {}, {}, {})


def files_of(groups: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    return {
        group: {name: as_file(text, name) for name, text in texts.items()}
        for group, texts in groups.items()
    }


def tried(
    *forms: str,
    rules: RuleSet | None = None,
    canonical: str = "Ma Yun",
    when: Sequence[str] = (),
    level: Level = "fix",
    **texts: Any,
) -> Trial:
    group = Group("g", canonical, tuple(Member(form, 1) for form in forms))
    trials = Trials(rules or RuleSet(()), NO_TEXTS._replace(**files_of(texts)))
    return trials.of(group, when=when, level=level)


def places(of: Sequence[Any]) -> list[tuple[str, int, int, str, str]]:
    return [(one.place.file, one.place.line, one.place.column, one.before, one.after) for one in of]


def test_changes_have_their_places() -> None:
    text = "No.\nThe Marwin fell.\n" + "x" * 400 + " MARWIN " + "y" * 400
    there = tried(
        "Marwin",
        files={"a.txt": text},
        seeds={"s.txt": "Marwin"},
        clean={"clean/c.txt": "a Marwin"},
    )
    assert places(there.changes) == [
        ("a.txt", 2, 5, "Marwin", "Ma Yun"),
        ("a.txt", 3, 402, "MARWIN", "MA YUN"),
    ]
    assert places(there.seeds) == [("s.txt", 1, 1, "Marwin", "Ma Yun")]
    assert places(there.clean) == [("clean/c.txt", 1, 3, "Marwin", "Ma Yun")]
    for change in there.changes:
        context, start = change.place.context, change.place.start
        assert context[start : start + 6] == change.before
        assert len(context) < 400
    assert there.harmful
    assert "changes the clean page clean/c.txt" in there.summary


@pytest.mark.parametrize(
    ("seed", "golden", "closed", "opened", "harmful"),
    [
        pytest.param("Marwin fell", "Ma Yun fell", 1, 0, 0, id="a gap closes"),
        pytest.param("Marwin fell", "Marwin fell", 0, 0, 1, id="nothing was wanted"),
        pytest.param("Marwin fell", "Jack Ma fell", 1, 0, 1, id="something else was wanted"),
        pytest.param("a Marwin, Marwin!", "a Ma Yun, Marwin!", 1, 0, 1, id="one right, one wrong"),
    ],
)
def test_goldens_get_better_or_break(
    seed: str, golden: str, closed: int, opened: int, harmful: int
) -> None:
    there = tried("Marwin", seeds={"s": seed}, goldens={"s": golden})
    (shift,) = there.improved + there.broken
    assert (len(shift.closed), len(shift.opened), len(shift.harmful)) == (closed, opened, harmful)
    assert bool(there.broken) == bool(harmful) == there.harmful
    assert (shift.before, shift.golden) == (seed, golden)


@pytest.mark.parametrize(
    ("options", "changes"),
    [
        pytest.param({}, 2, id="everywhere"),
        pytest.param({"when": ["Alibaba"]}, 1, id="where the evidence is"),
        pytest.param({"when": ["Seoul"]}, 0, id="nowhere"),
        pytest.param({"level": "suggest"}, 2, id="suggested"),
        pytest.param({"level": "off"}, 0, id="off"),
    ],
)
def test_evidence_and_levels(options: dict[str, Any], changes: int) -> None:
    files = {"a": "Alibaba’s Marwin", "b": "Marwin"}
    there = tried("Marwin", files=files, seeds={"a": "Marwin"}, goldens={"a": "Marwin"}, **options)
    assert len(there.changes) == changes
    assert bool(there.broken) == (not options)


def test_lost_findings_and_broken_examples_of_other_rules() -> None:
    rules = ruleset(RULES)
    there = tried("Marwin", rules=rules, files={"a": "Marwinhe and Marwin went. Marwin He too."})
    assert places(there.changes) == [("a", 1, 14, "Marwin", "Ma Yun")]
    assert [line.partition(": ")[2] for line in there.examples] == [
        "mine/xi: it would give “Ma Yun saw Beijing, Xi Jinping said.”"
    ]
    guarded = tried(
        "Zz",
        rules=rules,
        canonical="Shi Jinping Road",
        files={"a": "Beijing has a Shi Jinping Road."},
    )
    assert places(guarded.silenced) == [("a", 1, 15, "Shi Jinping", "Xi Jinping")]
    assert "removes a finding of mine/xi in a" in guarded.summary


@pytest.mark.parametrize(
    ("form", "said"),
    [
        pytest.param("Carter", ["is a known word"], id="a word"),
        pytest.param("Ma Win", ["is made of known words"], id="words"),
        pytest.param(
            "Xi", ["is a known word", "is a right form in mine/xi"], id="an alias of somebody else"
        ),
        pytest.param("Mayuann", ["is itself a known name"], id="a rival"),
        pytest.param(
            "Marwin",
            ["is part of “Marwin Hitz”, which mine/xi leaves alone"],
            id="a guarded phrase",
        ),
        pytest.param("Mahwin", [], id="nobody"),
    ],
)
def test_known_words_and_names(form: str, said: list[str]) -> None:
    group = Group("g", "Ma Yun", (Member(form, 1),), rivals=("Mayuann",))
    assert known_forms(group, ruleset(RULES)) == tuple(f"“{form}” {what}" for what in said)


@pytest.mark.parametrize(
    ("forms", "canonical", "fault"),
    [
        pytest.param(["Ma Yun"], "Ma Yun", "is both a variant and a right form", id="a right form"),
        pytest.param(["Xi"], "Ma Yun", "is a right form of mine/xi", id="somebody else"),
        pytest.param(["Marwinhe"], "Ma Yun", "is also claimed by", id="claimed"),
        pytest.param(["Marwin"], "", "the canonical form is not known yet", id="no name"),
    ],
)
def test_what_cannot_be_a_rule(forms: list[str], canonical: str, fault: str) -> None:
    group = Group("g", canonical, tuple(Member(form, 1) for form in forms))
    there = Trials(ruleset(RULES), NO_TEXTS, lowest=0).of(group)
    assert fault in there.summary
    assert there.harmful


def test_a_name_of_the_project_gets_the_forms_in_its_own_rule() -> None:
    group = Group("g", "Xi Jinping", (Member("Hsi", 1),))
    found = {"files": {"a": "Hsi went.", "b": "Hsi of Beijing went."}}
    texts = NO_TEXTS._replace(**files_of(found))
    own = Trials(ruleset(RULES), texts, lowest=0).of(group)
    assert (own.rule.id, [change.place.file for change in own.changes]) == ("mine/xi", ["b"])
    other = Trials(ruleset(RULES), texts, lowest=1).of(group)
    assert (other.rule.id, [change.place.file for change in other.changes]) == (
        "trial/xi-jinping",
        ["a", "b"],
    )


def test_a_bundled_name_improves_goldens_and_an_article_does_harm() -> None:
    rules = bundled_rules()
    without = RuleSet(
        tuple(rule for rule in rules if rule.id != "names/organisations/ant-group"),
        rules.boundaries,
    )
    seeds = {path.name: read(path) for path in SEEDS}
    goldens = {
        name: read(ROOT / "golden" / name) for name in seeds if (ROOT / "golden" / name).is_file()
    }
    clean = {f"clean/{path.name}": read(path) for path in CLEAN}
    found = files_of({"seeds": seeds, "goldens": goldens, "clean": clean})
    trials = Trials(without, NO_TEXTS._replace(**found))
    there = trials.of(Group("g", "Ant Group", (Member("Antgroup", 1),)))
    assert len(there.improved) >= 2
    assert not there.harmful
    assert trials.of(Group("g", "Ant Group", (Member("Antgroup", 1),))) == there
    assert trials.of(Group("g", "Nobody", (Member("the", 1),))).harmful
