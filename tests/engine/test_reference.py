"""The engine gives the same as the slow one that specifies it, on real texts and on made ones."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, CleanerError, Result, RuleSet
from cleaner.engine.silence import Ignore
from cleaner.formats import for_name
from cleaner.rules.model import Level
from cleaner.text.document import ReadDocument
from tests.engine.reference import Reference
from tests.engine.test_cleaner import PIECES
from tests.engine.test_damage import PAGE, REPAIRED_PAGE, document
from tests.samples import CLEAN, ROOT, SEEDS, bundled, bundled_rules, read, ruleset

GOLDEN = sorted((ROOT / "golden").glob("*.txt"))


@cache
def bundled_reference(level: Level = "fix", *, damaged: bool = False) -> Reference:
    return Reference(bundled_rules(), level=level, damaged=damaged)


def as_html(text: str) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>\n" for part in text.split("\n\n"))
    return f"<html><body>{paragraphs}</body></html>"


def as_rows(text: str) -> str:
    return "".join(f"{json.dumps([part], ensure_ascii=False)}\n" for part in text.split("\n\n"))


READERS: dict[str, ReadDocument] = {
    "plain": for_name("a.txt").read,
    "Markdown": for_name("a.md").read,
    "HTML": for_name("a.html").read,
    "rows": for_name("a.jsonl", fields=["[]"]).read,
}


def source_of(text: str, form: str) -> str:
    """Return a text as the source of a format."""
    match form:
        case "HTML":
            return as_html(text)
        case "rows":
            return as_rows(text)
    return text


def outcome(
    engine: Cleaner | Reference, text: str, form: str, ignores: tuple[Ignore, ...] = ()
) -> Result | str:
    """Return what an engine makes of a text in a format, or why it refuses it."""
    try:
        result = engine.clean(source_of(text, form), READERS[form], ignores)
    except CleanerError as error:
        return str(error)
    return result._replace(source_edits=tuple(result.source_edits))


# ---- The bundled rules


@pytest.mark.parametrize("path", [*SEEDS, *GOLDEN], ids=lambda path: path.parent.name + path.stem)
def test_seeds_and_goldens(path: Path) -> None:
    text = read(path)
    assert outcome(bundled(), text, "plain") == outcome(bundled_reference(), text, "plain")


@pytest.mark.parametrize("path", CLEAN[::3], ids=lambda path: path.stem)
def test_clean_pages_that_are_called_damaged(path: Path) -> None:
    text = read(path)[:2_000]
    quick, slow = bundled(damaged=True), bundled_reference(damaged=True)
    assert outcome(quick, text, "plain") == outcome(slow, text, "plain")


@pytest.mark.parametrize(
    ("damage", "after"),
    [
        pytest.param(
            "The plan（draft）！It failed（twice）？Yes（really）！",
            "The plan (draft)! It failed (twice)? Yes (really)!",
            id="brackets before marks",
        ),
        pytest.param(
            "The firm（KOSPI：005930）fell！It rose（again），and fell.",
            "The firm (KOSPI: 005930) fell! It rose (again), and fell.",
            id="marks in brackets",
        ),
    ],
)
def test_damage_that_an_earlier_pass_repaired_still_counts(damage: str, after: str) -> None:
    text = document(PAGE, damage)
    slow = outcome(bundled_reference(), text, "plain")
    assert isinstance(slow, Result)
    assert slow.text == document(REPAIRED_PAGE, after)
    assert outcome(bundled(), text, "plain") == slow


@pytest.mark.parametrize("form", ["Markdown", "HTML", "rows"])
@pytest.mark.parametrize("path", SEEDS[:4], ids=lambda path: path.stem)
def test_other_formats(path: Path, form: str) -> None:
    text = read(path)[:2_000]
    assert outcome(bundled(), text, form) == outcome(bundled_reference(), text, form)


MORE = [
    "“Ant” Group",
    "Mar\N{SOFT HYPHEN}win",
    "Ant\N{ZERO WIDTH SPACE}group",
    "Marwin Okafor",
    "Kevin Marwin",
    "Ant\N{HYPHEN}group",
    "cafÃ©",
    "&amp;",
    "``so''",
    '" so "',
    "the’rat race’",
    "”string”",
    "[기자]",
    "<Reporter> The",
    "left the room. ",
    "Share on Facebook",
    "※ ‘Your story becomes the news’ now",
    "Read also",
    "ALIBABA",
]


@given(
    st.lists(st.sampled_from([*PIECES, *MORE]), max_size=14).map("".join),
    st.sampled_from([*READERS]),
    st.booleans(),
)
@settings(max_examples=20)
def test_damage(text: str, form: str, damaged: bool) -> None:
    quick, slow = bundled(damaged=damaged), bundled_reference(damaged=damaged)
    assert outcome(quick, text, form) == outcome(slow, text, form)


# ---- Small sets of rules, each about one thing that the engine does

BOUNDARIES = """\
kind: boundaries
suffixes: [led]
prefixes: [pro]
particles: [의]
"""
EVIDENCE = """\
kind: name
rules:
- {id: one, canonical: Ma Yun, variants: [Marwin, Ma Win], aliases: [Jack Ma], when: [Ant Group]}
- {id: two, canonical: Ant Group, variants: [Antgroup], when: [Li Do]}
- {id: three, canonical: Li Do, variants: [Lido], when: {paragraph: [Bo Xi, Ma Yun]}}
- {id: four, canonical: Bo Xi, variants: [Boxi],
   when: {near: {phrases: [Ma Yun, Ant Do Li, Do], words: 1}}}
- {id: five, canonical: Xi Bo, variants: [Xibo], when: {document: [Bo Xi], paragraph: [Li Do]}}
"""
OVERLAPS = """\
kind: name
rules:
- {id: one, canonical: A One, variants: [Ma Win, Ant]}
- {id: two, canonical: B Two, variants: [Ma Win Do, Win]}
- {id: three, canonical: C Three, variants: [Do Li], when: [Ant]}
- {id: four, canonical: D Four, variants: [Do Li], when: [Win]}
- {id: five, canonical: Li Ant, variants: [Liant], unless: [Liant Do, Ma Liant]}
- {id: six, canonical: E Six, variants: [Win Do Li], level: suggest, aliases: [Ma Do]}
"""
DAMAGE = """\
kind: pattern
rules:
- {id: sign, match: "[a-zA-Z],,", replace: ",", message: m, damage: twice}
- {id: rude, match: "(?<=[A-Za-z]);;", replace: ";", message: m, when: damaged, report: lost}
- {id: likely, match: "[.][.]", replace: ".", message: m, when: damaged, otherwise: suggest}
- {id: often, match: "Do Do", replace: "Do", message: m, when: {damaged: doubled}}
- {id: other, match: "Li Li", replace: "Li", message: m, when: {damaged: doubled}, damage: "true"}
"""
REPORTS = """\
kind: residue
rules:
- {id: once, match: "Win", message: m, once: true}
- {id: each, match: "Ma", message: m, damage: "true"}
- {id: late, match: "Ant", message: m, when: damaged}
"""
LINES = """\
kind: furniture
rules:
- {id: line, lines: [Do Li, "Ma {text}"], message: m, damage: twice}
- {id: label, lines: [Win], where: label, message: m, when: damaged, otherwise: suggest}
- {id: inside, match: "Ant Ant", where: inside, message: m}
"""
PEOPLE = """\
kind: name
type: person
rules:
- {id: one, canonical: Ma Yun, variants: [Marwin, Ma Win]}
- {id: two, canonical: Bo Xi, variants: [Boxi], when: damaged, otherwise: suggest}
- {id: three, canonical: Li Do, variants: [Lido, Boxi Do], when: damaged}
"""
SETS = {
    "people": {"names": PEOPLE, "patterns": DAMAGE},
    "evidence": {"names": EVIDENCE},
    "overlaps": {"names": OVERLAPS},
    "damage": {"patterns": DAMAGE, "names": OVERLAPS},
    "reports": {"reports": REPORTS, "patterns": DAMAGE},
    "lines": {"lines": LINES, "reports": REPORTS, "names": EVIDENCE},
}
WORDS = [
    "Ma Yun",
    "Marwin",
    "Ma Win",
    "MA WIN",
    "Jack Ma",
    "Ant Group",
    "Ant Do Li",
    "Antgroup",
    "“Ant” Group",
    "Li Do",
    "Lido",
    "Bo Xi",
    "Boxi",
    "Xibo",
    "Liant",
    "Okafor",
    "Kevin",
    "Chairman",
    "Ma",
    "Win",
    "Do",
    "Li",
    "Ant",
    ",,",
    ";;",
    "..",
    "-led",
    "의",
    "’s",
    "“",
    "”",
    "'",
    "e\u0301",
    "\N{SOFT HYPHEN}",
    "\N{ZERO WIDTH JOINER}",
    "x",
    "`",
    "<!-- cleaner: ignore -->\n",
    "<!-- cleaner: off names/one -->\n",
    "<!-- cleaner: on -->\n",
    "Mar\N{SOFT HYPHEN}win",
    "Ant\N{ZERO WIDTH SPACE}group",
]
BETWEEN = [*[" "] * 8, "", "", "\N{NO-BREAK SPACE}", "  ", "\n", "\r\n", "\n\n", "\n\n"]
made = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(BETWEEN)).map("".join), max_size=14
).map("".join)
IGNORES = [Ignore("names/one", "Marwin"), Ignore("*", "Ma Win"), Ignore("*/sign", "Ant,,")]


@cache
def rules_of(name: str) -> RuleSet:
    return ruleset(BOUNDARIES, **SETS[name])


@cache
def engines(name: str, level: Level) -> tuple[Cleaner, Reference]:
    """Return both engines with some rules, of which one may not act."""

    def acts(rule: str) -> bool:
        return rule != "names/two"

    rules = rules_of(name)
    return Cleaner(rules, level=level, acts=acts), Reference(rules, level=level, acts=acts)


@pytest.mark.parametrize("name", SETS)
@given(
    made,
    st.sampled_from([*READERS]),
    st.sampled_from(["fix", "suggest"]),
    st.lists(st.sampled_from(IGNORES), max_size=2, unique=True).map(tuple),
)
@settings(max_examples=40)
def test_small_sets_of_rules(
    name: str, text: str, form: str, level: Level, ignores: tuple[Ignore, ...]
) -> None:
    quick, slow = engines(name, level)
    assert outcome(quick, text, form, ignores) == outcome(slow, text, form, ignores)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("evidence", "“Ant” Group. Marwin", id="evidence across marks"),
        pytest.param("evidence", "Ant Group. Mar\N{SOFT HYPHEN}win", id="hidden character"),
        pytest.param("evidence", "Ant Do Li x Boxi", id="nested evidence"),
        pytest.param("overlaps", "Ant Win: Do Li", id="contested"),
        pytest.param("overlaps", "Ma Win Do", id="the longer one may not act"),
        pytest.param("overlaps", "Ant: “Ma” Do Li", id="right form across marks"),
    ],
)
def test_what_made_texts_rarely_hold(name: str, text: str) -> None:
    quick, slow = engines(name, "fix")
    assert outcome(quick, text, "plain") == outcome(slow, text, "plain")
