"""From a suggestion to an acceptance: examples are lines that pass, and terms must make sense."""

from __future__ import annotations

import re

import pytest

from cleaner.errors import UsageError
from cleaner.names.suggestion import Group, Member, Place
from cleaner.review.accept import Terms
from cleaner.review.proof import prepare
from cleaner.rules.model import RuleSet
from tests.samples import ruleset

SENTENCE = "Alibaba fell, and Marwin’s wealth shrank."
LINE = f"It rained,, in Busan. {SENTENCE} He went."


def group(*forms: str, context: str = LINE, canonical: str = "Ma Yun") -> Group:
    places = {form: context.find(form) for form in forms}
    return Group(
        "g",
        canonical,
        tuple(
            Member(form, 2, 0.9, places=(Place("a.txt", 3, at + 1, context, at),) * 2)
            for form, at in places.items()
        ),
    )


COMMAS = "kind: pattern\nrules:\n- {id: commas, match: ',,', replace: ',', message: m}\n"


@pytest.mark.parametrize(
    ("forms", "context", "when", "examples"),
    [
        pytest.param(["Marwin"], LINE, (), [SENTENCE], id="the sentence"),
        pytest.param(["Marwin"], LINE, ("Alibaba",), [SENTENCE], id="evidence in it"),
        pytest.param(
            ["Marwin"], LINE, ("Busan",), [LINE.replace(",,", ",")], id="evidence in the line"
        ),
        pytest.param(["Marwin"], LINE, ("Seoul",), [f"Seoul: {SENTENCE}"], id="evidence elsewhere"),
        pytest.param(
            ["Marwin", "Mawin"],
            "Marwin, or Mawin, fell.",
            (),
            ["Marwin, or Mawin, fell."],
            id="two in one",
        ),
        pytest.param(["Marwin"], "Marwins fell.", (), [], id="no boundary"),
        pytest.param(["Marwin"], "Marwin " + "fell and " * 60, (), [], id="too long"),
        pytest.param(
            ["Marwin"], "He, Marwin,, fell", (), ["He, Marwin, fell"], id="as other rules leave it"
        ),
    ],
)
def test_examples_are_lines_that_pass(
    forms: list[str], context: str, when: tuple[str, ...], examples: list[str]
) -> None:
    suggestion = group(*forms, context=context)
    wanted = prepare(suggestion, ruleset(COMMAS), Terms(when=when), date="2026-11-22")
    assert [before for before, _ in wanted.examples] == examples
    for before, after in wanted.examples:
        assert after == re.sub("|".join(forms), "Ma Yun", before)


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        pytest.param(
            Terms(dropped=frozenset({"Marwin", "Mawin"})), "no form is left", id="all dropped"
        ),
        pytest.param(
            Terms(dropped=frozenset({"Mahwin"})),
            "it has no form “Mahwin”",
            id="drops an unknown form",
        ),
        pytest.param(
            Terms(same=("Marwin scored.",)), "would become “Ma Yun”", id="same would change"
        ),
        pytest.param(
            Terms(same=("He scored.",)), "contains none of the forms", id="same could not fail"
        ),
    ],
)
def test_terms_that_make_no_sense(terms: Terms, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        prepare(group("Marwin", "Mawin"), RuleSet(()), terms, date="2026-11-22")


def test_a_suggestion_without_a_name_needs_one() -> None:
    with pytest.raises(UsageError, match="the canonical form is not known; give it with --as"):
        prepare(group("Marwin", canonical=""), RuleSet(()), Terms(), date="2026-11-22")


def test_another_canonical_form_gets_no_source_and_no_aliases() -> None:
    given_ = group("Marwin", "Xi")._replace(source={"zh": "马云"}, aliases=("Jack Ma",))
    wanted = prepare(given_, RuleSet(()), Terms("Xi"), date="2026-11-22")
    assert (wanted.variants, wanted.source, wanted.aliases) == (("Marwin",), {}, ())


def test_evidence_that_a_line_lacks_keeps_the_line_as_it_is() -> None:
    terms = Terms(when=("Alibaba",), same=("Marwin scored.",))
    wanted = prepare(group("Marwin"), RuleSet(()), terms, date="2026-11-22")
    assert wanted.same == ("Marwin scored.",)
