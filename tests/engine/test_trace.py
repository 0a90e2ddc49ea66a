"""The engine says what became of every edit that a fixer asked for."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.engine.silence import Ignore
from cleaner.engine.trace import Explained, Explanation
from cleaner.formats import for_name
from tests.samples import bundled, engine_for, names

STRANGER = "“Marwin Okafor” is somebody else"
MA = "canonical: Ma Yun, variants: [Marwin]"
DOUBLED = "what it writes, or a part of it, stands there already"
TWO_CLAIMS = (f"{MA}, when: [Alibaba]", "canonical: Ma Yuan, variants: [Marwin], when: [Alibaba]")
LONGER = (MA, "canonical: Marwin Hitz, variants: [Marwin Hits]")
PATTERNS = (
    "kind: pattern\nrules:\n"
    "- {id: a, match: xyz, replace: one, message: m}\n"
    "- {id: b, match: zzz, replace: two, message: m}\n"
)


def explained(
    cleaner: Cleaner, text: str, file: str = "a.txt", ignores: tuple[Ignore, ...] = ()
) -> list[Explained]:
    explanation = Explanation()
    cleaner.clean(text, for_name(file).read, ignores, explanation)
    return list(explanation.outcomes)


def reasons(outcomes: list[Explained]) -> dict[str, str]:
    return {outcome.edit.rule.rpartition("/")[2]: outcome.why_not for outcome in outcomes}


BUNDLED = [
    pytest.param("Alibaba and Marwin.", "a.txt", "", id="it acts"),
    pytest.param("Marwin scored.", "a.txt", "the document names none of: Alibaba, ", id="evidence"),
    pytest.param(
        "Alibaba and Marwin Hitz.",
        "a.txt",
        "it is part of “Marwin Hitz”, which is right",
        id="unless",
    ),
    pytest.param("Alibaba and Marwin Okafor.", "a.txt", STRANGER, id="somebody else"),
    pytest.param("“Ma” Marwin and Alibaba.", "a.txt", DOUBLED, id="a word of it before"),
    pytest.param(
        "Alibaba: www.Marwin.com/Marwin",
        "a.txt",
        "it is in code, a link, an address or a tag",
        id="protected",
    ),
    pytest.param(
        "<!-- cleaner: ignore names/* -->\n\nAlibaba and Marwin.\n",
        "a.md",
        "a comment or an entry of `ignores` suppresses it here",
        id="suppressed by a comment",
    ),
]


@pytest.mark.parametrize(("text", "file", "why"), BUNDLED)
def test_bundled_rules(text: str, file: str, why: str) -> None:
    outcomes = explained(bundled(), text, file)
    last = [one for one in outcomes if one.edit.rule == "names/people/ma-yun"][-1]
    document = for_name(file).read(text)
    assert document.text[last.edit.span.start :].startswith("Marwin")
    assert document.source_span(last.edit.span).start == text.rindex("Marwin")
    assert last.why_not.startswith(why)
    assert bool(last.why_not) == bool(why)


def test_a_rule_that_is_not_selected() -> None:
    cleaner = names(MA).without(["mine/rule-0"])
    assert reasons(explained(cleaner, "Marwin")) == {"rule-0": "the rule is not selected"}


def test_an_entry_of_ignores() -> None:
    found = explained(names(MA), "Marwin", ignores=(Ignore("mine/*", "Marwin"),))
    assert reasons(found) == {"rule-0": "a comment or an entry of `ignores` suppresses it here"}


def test_two_rules_that_want_different_names() -> None:
    found = explained(names(*TWO_CLAIMS), "Alibaba, Marwin")
    why = "another rule wants something else here"
    assert reasons(found) == {"rule-0": why, "rule-1": why}


def test_a_variant_inside_a_longer_one() -> None:
    found = explained(names(*LONGER), "Marwin Hits")
    inside = "mine/rule-1 is about “Marwin Hits”, which contains it"
    assert reasons(found) == {"rule-0": inside, "rule-1": ""}


def test_an_edit_that_gives_way() -> None:
    found = explained(engine_for(PATTERNS), "xyzzz")
    assert reasons(found) == {"a": "", "b": "mine/a came first"}


def test_damage_that_is_not_proven() -> None:
    rule = "kind: pattern\nrules:\n- {id: a, match: xyz, replace: b, message: m, when: damaged}\n"
    found = explained(engine_for(rule), "xyz")
    assert reasons(found) == {"a": "the document shows no proven damage"}


def test_a_tracer_changes_nothing() -> None:
    text = "Alibaba, Marwin and the’rat race’ of Antgroup,, he said. [AP=연합뉴스]"
    cleaner = bundled("suggest")
    assert cleaner.clean(text, tracer=Explanation()) == cleaner.clean(text)
