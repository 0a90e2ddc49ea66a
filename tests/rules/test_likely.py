"""`forms: likely`: the rule that is made from one that asks for likely forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from cleaner import Cleaner, RuleError, RuleSet, UsageError
from cleaner.fixers import kinds
from cleaner.rules import loader
from cleaner.rules.likely import no_forms
from cleaner.rules.model import Entity, Level
from tests.rules.samples import HEAD, line, write

LIKELY = "forms: likely, when: [Alibaba]"
MA = HEAD + line("ma-yun", "Ma Yun", "Marwin", more=LIKELY)
FORMS = {"Ma Yun": {"Mawin": "by ear", "Ma Lwin": "by eye"}, "Ma Yong": {"Mayoong": "by ear"}}
MADE = "rules/ma-yun/likely"


def forms(entities: Sequence[Entity]) -> Sequence[Mapping[str, str]]:
    """Stand in for the pivot model."""
    return [FORMS[entity.canonical] for entity in entities]


def load(*layers: str) -> RuleSet:
    """Load layers of one file each, the lowest first."""
    paths = []
    for number, text in enumerate(layers):
        path = Path(str(number), "rules.yaml" if not number else "own.yaml")
        write({str(path): text})
        paths.append(path)
    return loader.load(paths, kinds(), likely_forms=forms)


def made(rules: RuleSet) -> dict[str, tuple[str, ...]]:
    """Return the forms of the rules that were made, by id."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        if rule.made_from:
            assert isinstance(rule.options, Entity)
            found[rule.id] = rule.options.variants
    return found


BOTH = ("Mawin", "Ma Lwin")
TABLE = [
    pytest.param([MA], {MADE: BOTH}, id="all forms"),
    pytest.param([MA.replace(LIKELY, "when: [Alibaba]")], {}, id="not asked for"),
    pytest.param([MA.replace(LIKELY, f"{LIKELY}, level: off")], {}, id="the rule is off"),
    pytest.param(
        [MA.replace("Marwin", "Marwin, MAWIN")], {MADE: ("Ma Lwin",)}, id="a variant, in any case"
    ),
    pytest.param(
        [MA.replace(LIKELY, f"{LIKELY}, aliases: [Mawin]")], {MADE: ("Ma Lwin",)}, id="an alias"
    ),
    pytest.param(
        [MA + line("other", "Ma Lwin", "Malwin")], {MADE: ("Mawin",)}, id="another's right form"
    ),
    pytest.param(
        [MA, HEAD + line("x", "Mawson", "Mawin")], {MADE: ("Ma Lwin",)}, id="a higher layer's form"
    ),
    pytest.param(
        [HEAD + line("x", "Mawson", "Mawin"), MA],
        {"own/ma-yun/likely": ("Ma Lwin",)},
        id="a lower layer's form",
    ),
    pytest.param(
        [MA + line("x", "Mawson", "Mawin") + line("y", "Ma Lwin", "Malwin")],
        {},
        id="no form is left",
    ),
    pytest.param(
        [MA + line("ma-yong", "Ma Yong", "Mayung", more=LIKELY)],
        {MADE: BOTH, "rules/ma-yong/likely": ("Mayoong",)},
        id="two rules",
    ),
]


@pytest.mark.parametrize(("layers", "wanted"), TABLE)
def test_which_forms_a_made_rule_has(
    layers: Sequence[str], wanted: Mapping[str, tuple[str, ...]]
) -> None:
    assert made(load(*layers)) == wanted


def test_a_made_rule_takes_after_the_rule_that_asks() -> None:
    text = MA.replace(LIKELY, f"{LIKELY}, unless: [Marwin Hitz], level: report")
    asks, likely = load(text)
    assert (likely.id, likely.made_from, likely.level) == (MADE, asks.id, "suggest")
    assert (likely.when, likely.unless, likely.place) == (asks.when, asks.unless, asks.place)
    assert likely.provenance == {"why": "by ear; by eye"}
    assert likely.examples == ()


def test_a_users_rule_of_the_same_id_stands_instead() -> None:
    write({"1/rules/ma-yun.yaml": HEAD + line("likely", "Ma Yun", "Ma Wynn")})
    write({"0/rules.yaml": MA})
    rules = loader.load([Path("0"), Path("1")], kinds(), likely_forms=forms)
    assert [rule.id for rule in rules] == ["rules/ma-yun", MADE]
    assert made(rules) == {}


@pytest.mark.parametrize("when", ["", ", when: damaged"], ids=["no evidence", "damage alone"])
def test_likely_forms_need_phrases_as_evidence(when: str) -> None:
    write({"rules.yaml": HEAD + line("ma-yun", "Ma Yun", "Marwin", more=f"forms: likely{when}")})
    with pytest.raises(RuleError) as caught:
        loader.load([Path("rules.yaml")], kinds(), likely_forms=no_forms)
    assert str(caught.value) == (
        "rules.yaml:3:3: `forms: likely` needs evidence: a form that nobody has seen may mean "
        "somebody else; add phrases, as in `when: [Alibaba]`"
    )


def test_forms_are_made_only_if_a_rule_asks() -> None:
    def refuse(entities: Sequence[Entity]) -> Sequence[Mapping[str, str]]:
        raise AssertionError(entities)

    write({"rules.yaml": HEAD + line("ma-yun", "Ma Yun", "Marwin")})
    assert len(loader.load([Path("rules.yaml")], kinds(), likely_forms=refuse)) == 1


LEVELS: list[tuple[dict[str, Level], Level | None]] = [
    ({"*": "fix"}, "suggest"),
    ({MADE: "fix"}, "suggest"),
    ({"rules/ma-yun": "report"}, "suggest"),
    ({MADE: "report"}, "report"),
    ({"rules/ma-yun*": "off"}, None),
]


@pytest.mark.parametrize(("levels", "wanted"), LEVELS, ids=str)
def test_a_made_rule_never_fixes(levels: Mapping[str, Level], wanted: Level | None) -> None:
    rules = loader.at_levels(load(MA), levels, kinds())
    assert {rule.id: rule.level for rule in rules}.get(MADE) == wanted


def test_a_glob_of_levels_may_name_a_made_rule_alone() -> None:
    with pytest.raises(UsageError, match="no rule's id matches"):
        loader.at_levels(load(MA), {"*/ma-yong/likely": "off"}, kinds())


def test_house_style_holds_for_made_rules() -> None:
    rules = load(MA.replace(LIKELY, f"{LIKELY}, aliases: [Jack Ma]"))
    cleaner = Cleaner(loader.house_style(rules, {"Ma Yun": "Jack Ma"}), level="suggest")
    assert cleaner.clean("Alibaba, Mawin and Marwin").text == "Alibaba, Jack Ma and Jack Ma"


HOST = line("taobao", "Taobao", "Taoba", more="when: [Ma Yun]")
TEXTS = [
    pytest.param("Alibaba and Mawin", "fix", "Alibaba and Mawin", id="shown only"),
    pytest.param("Alibaba and Mawin", "suggest", "Alibaba and Ma Yun", id="applied when asked"),
    pytest.param("ALIBABA AND MA LWIN", "suggest", "ALIBABA AND MA YUN", id="in capitals"),
    pytest.param("Mawin alone", "suggest", "Mawin alone", id="no evidence"),
    pytest.param("Ma Yun and Mawin", "suggest", "Ma Yun and Ma Yun", id="the name is evidence"),
    pytest.param(
        "Alibaba, Mawin, Taoba", "fix", "Alibaba, Mawin, Taoba", id="no evidence for other rules"
    ),
    pytest.param("Alibaba, Marwin, Taoba", "fix", "Alibaba, Ma Yun, Taobao", id="but a variant is"),
]


@pytest.mark.parametrize(("text", "level", "wanted"), TEXTS)
def test_what_a_made_rule_does(text: str, level: Level, wanted: str) -> None:
    assert Cleaner(load(MA + HOST), level=level).clean(text).text == wanted


def test_a_finding_names_the_made_rule() -> None:
    [finding] = Cleaner(load(MA)).clean("Alibaba and Mawin").findings
    assert (finding.rules, finding.before, finding.after) == ((MADE,), "Mawin", "Ma Yun")
