"""The invariants of ARCHITECTURE.md, each on tables of cases and on texts built from pieces of real
damage.
"""

from __future__ import annotations

from functools import partial
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, Finding, GuaranteeError, Result, RuleError, RuleSet
from cleaner.engine.findings import prove
from cleaner.formats import for_name, plain
from cleaner.rules.model import Level
from cleaner.text.document import Document, Unit
from cleaner.text.edits import Edit, Span
from tests.engine.checks import check, check_unchanged
from tests.samples import CLEAN, SEEDS, bundled, engine_for, names, read, ruleset

MA = "canonical: Ma Yun, variants: [Ma Win, Marwin], aliases: [Jack Ma]"
ANT = "canonical: Ant Group, variants: [Antgroup]"

PIECES = [
    "Marwin",
    "Ma Win",
    "MA WIN",
    "Ma\N{NO-BREAK SPACE}Win",
    "Ma\r\nWin",
    "Mar-win’s",
    "Jangfan",
    "Shirin",
    "Antgroup",
    "Alibaba",
    "Propaganda Department",
    "Lee Sun-il (二選一)",
    "weak-dam",
    "Sun Tian-chi",
    "’",
    "'",
    "“",
    ",,",
    ". .",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "[AP=연합뉴스]",
    "[email\N{NO-BREAK SPACE}protected]",
    "\N{REPLACEMENT CHARACTER}",
    "-led",
    "e\u0301",
    "https://example.org/Marwin",
    "@Marwin",
    "called and scolded",
    "promise",
    "마윈",
    "😀",
    " ",
    " ",
    " and ",
    ".",
]
damaged = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("Ma Win fell", "Ma Yun fell", id="start of text"),
        pytest.param("so Ma Win", "so Ma Yun", id="end of text"),
        pytest.param(
            "Ma Win’s and Ma Win's", "Ma Yun’s and Ma Yun's", id="possessive kept as typed"
        ),
        pytest.param("MA WIN’S BANK", "MA YUN’S BANK", id="capitals"),
        pytest.param(
            "Ma Win-led, Ma Win-based", "Ma Yun-led, Ma Yun-based", id="hyphen and participle"
        ),
        pytest.param("Ma Win-chi, Ma Win-", "Ma Win-chi, Ma Win-", id="hyphen and anything else"),
        pytest.param("pre-Ma Win", "pre-Ma Win", id="hyphen before"),
        pytest.param(
            "Ma Wing, Mama Win, Ma Win2, Ma Win_",
            "Ma Wing, Mama Win, Ma Win2, Ma Win_",
            id="inside words",
        ),
        pytest.param(
            "_Ma Win_ __as Ma Win__ _Ma Win", "_Ma Yun_ __as Ma Yun__ _Ma Win", id="emphasis"
        ),
        pytest.param("ma win, Ma win, mA wIN", "ma win, Ma win, mA wIN", id="case matters"),
        pytest.param("Ma\N{NO-BREAK SPACE}Win", "Ma Yun", id="no-break space"),
        pytest.param("Ma   Win", "Ma Yun", id="run of spaces"),
        pytest.param("by Ma\nWin now", "by Ma\nYun now", id="line break stays where it was"),
        pytest.param("by Ma \r\n Win now", "by Ma \r\n Yun now", id="CRLF and indentation stay"),
        pytest.param("by Ma\rWin now", "by Ma\rYun now", id="CR alone"),
        pytest.param("by Ma\n\nWin now", "by Ma\n\nWin now", id="never across a blank line"),
        pytest.param("‘Ma Win’ “Ma Win”", "‘Ma Yun’ “Ma Yun”", id="in quotes"),
        pytest.param("In’Ma Win’s end’", "In’Ma Yun’s end’", id="glued opener"),
        pytest.param("O’Marwin, d’Marwin", "O’Marwin, d’Marwin", id="name prefixes"),
        pytest.param(
            "Marwin\u0301 Marwin\u200d", "Marwin\u0301 Marwin\u200d", id="inside a grapheme cluster"
        ),
        pytest.param("Marwin은 마Marwin", "Marwin은 마Marwin", id="glued to Hangul"),
        pytest.param("(Marwin) Marwin, Marwin…", "(Ma Yun) Ma Yun, Ma Yun…", id="punctuation"),
        pytest.param("see https://x.org/Marwin/a.", "see https://x.org/Marwin/a.", id="URL"),
        pytest.param(
            "Marwin@x.org @Marwin #Marwin",
            "Marwin@x.org @Marwin #Marwin",
            id="addresses and handles",
        ),
        pytest.param(
            "`Marwin` /home/Marwin/x Marwin.txt",
            "`Marwin` /home/Marwin/x Marwin.txt",
            id="code and paths",
        ),
        pytest.param(
            "www.Marwin.com C:\\Marwin\\x",
            "www.Marwin.com C:\\Marwin\\x",
            id="site and Windows path",
        ),
    ],
)
def test_names_match_between_boundaries(before: str, after: str) -> None:
    check(names(MA), before, after)


@pytest.mark.parametrize(
    ("lines", "before", "after"),
    [
        pytest.param(
            [
                "canonical: Ma Yun, variants: [Ma Win]",
                "canonical: Ma Yuntao, variants: [Ma Win Do]",
            ],
            "Ma Win Dog",
            "Ma Yun Dog",
            id="boundaries come before longest",
        ),
        pytest.param(
            [
                "canonical: Ma Yun, variants: [Ma Win]",
                "canonical: Ma Yuntao, variants: [Ma Win Do]",
            ],
            "Ma Win Do",
            "Ma Yuntao",
            id="longest of what matches",
        ),
        pytest.param(
            [
                "canonical: Ma Yun, variants: [Ma Win]",
                "canonical: Y, variants: [Ma Win Do], when: [Z]",
            ],
            "Ma Win Do",
            "Ma Win Do",
            id="a longer form without its evidence still covers the shorter",
        ),
        pytest.param(
            ["canonical: A B, variants: [X Y]", "canonical: C D, variants: [Y Z]"],
            "X Y Z",
            "A B Z",
            id="earliest",
        ),
        pytest.param(
            [MA, "canonical: Marwin Hitz, variants: [Marvin Hits]"],
            "Marwin Hitz",
            "Marwin Hitz",
            id="inside a canonical form",
        ),
        pytest.param(
            [MA, "canonical: M H, aliases: [Marwin Hitz], variants: [Mh]"],
            "MARWIN HITZ",
            "MARWIN HITZ",
            id="inside an alias in capitals",
        ),
        pytest.param(
            [MA, "canonical: Win Dog, variants: [Windog]"],
            "Ma Win Dog",
            "Ma Win Dog",
            id="across a canonical form",
        ),
        pytest.param(
            ["canonical: Jiang Fan, aliases: [Pan], variants: [Jang Pan]"],
            "Jang Pan",
            "Jiang Fan",
            id="a right form inside a longer garble",
        ),
        pytest.param(
            [ANT, "canonical: Ant Bank, variants: [Ant Group]"],
            "Antgroup",
            None,
            id="a chain is refused",
        ),
        pytest.param(
            ["canonical: Ant Group, variants: [Ant]"],
            "Ant and Ant Group",
            "Ant Group and Ant Group",
            id="a form that grows does so once",
        ),
    ],
)
def test_overlapping_forms(lines: list[str], before: str, after: str | None) -> None:
    if after is None:
        with pytest.raises(RuleError, match="right form"):
            names(*lines)
    else:
        check(names(*lines), before, after)


@pytest.mark.parametrize(
    ("when", "before", "fires"),
    [
        pytest.param("[Alibaba]", "Alibaba. Marwin", True, id="phrase in the document"),
        pytest.param("[Alibaba]", "ALIBABA. Marwin", True, id="whatever its case"),
        pytest.param("[Alibaba]", "Marwin", False, id="no phrase"),
        pytest.param("[Alibaba]", "Alibabas. Marwin", False, id="phrase inside a word"),
        pytest.param("[Alibaba]", "Jack Ma. Marwin", True, id="this one, rightly spelled"),
        pytest.param("[Alibaba]", "Marwin Marwin", False, id="a variant is no evidence for itself"),
        pytest.param("[Ant Group]", "Antgroup. Marwin", True, id="a garbled form of the evidence"),
        pytest.param("[Win]", "Ma Win", False, id="evidence inside the match"),
        pytest.param("{paragraph: [Alibaba]}", "Alibaba, Marwin", True, id="same paragraph"),
        pytest.param("{paragraph: [Alibaba]}", "Alibaba\n\nMarwin", False, id="another paragraph"),
        pytest.param(
            "{paragraph: [Alibaba]}",
            "Ma Yun, Marwin",
            False,
            id="its right form is no local evidence",
        ),
        pytest.param(
            "{near: {phrases: [Alibaba], words: 2}}", "Marwin of the Alibaba", True, id="near"
        ),
        pytest.param(
            "{near: {phrases: [Alibaba], words: 2}}",
            "Marwin of all the Alibaba",
            False,
            id="not near",
        ),
        pytest.param(
            "{near: {phrases: [Bank of Li, of], words: 1}}",
            "the Bank of Li, then Marwin",
            True,
            id="near, though a phrase inside of it is not",
        ),
        pytest.param(
            "{near: {phrases: [二選一], words: 0}}", "Marwin (二選一)", True, id="directly beside"
        ),
        pytest.param(
            "{document: [Tibet], paragraph: [Alibaba]}",
            "Alibaba, Marwin\n\nTibet",
            True,
            id="all hold",
        ),
        pytest.param(
            "{document: [Tibet], paragraph: [Alibaba]}",
            "Alibaba, Marwin",
            False,
            id="one condition short",
        ),
        pytest.param("damaged", "Marwin", False, id="no damage"),
        pytest.param("damaged", "Marwin. Gwigi", True, id="undoubted damage"),
    ],
)
def test_evidence(when: str, before: str, fires: bool) -> None:
    cleaner = engine_for(
        f"kind: name\nrules:\n- {{id: ma, {MA}, when: {when}}}\n- {{id: ant, {ANT}}}\n",
        signs="kind: residue\nrules:\n"
        "- {id: sign, match: Gwigi, message: a sign, damage: 'true'}\n",
    )
    result = cleaner.clean(before)
    assert any(edit.rule == "mine/ma" for edit in result.edits) == fires


def test_evidence_counts_entities_so_order_never_starves_a_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chain = [f"canonical: Right{n}, variants: [Wrong{n}], when: [Right{n + 1}]" for n in range(8)]
    lines = [*chain, "canonical: Right8, variants: [Wrong8]"]
    text = " ".join(f"Wrong{n}" for n in range(9))
    monkeypatch.setattr(
        "cleaner.engine.cleaner.MAX_PASSES", 2
    )  # one that changes, one that finds nothing
    check(names(*lines), text, text.replace("Wrong", "Right"))


def test_two_entities_that_only_vouch_for_each_other_stay() -> None:
    check_unchanged(
        names("canonical: A, variants: [Aa], when: [B]", "canonical: B, variants: [Bb], when: [A]"),
        "Aa and Bb",
    )


def test_two_rules_with_evidence_for_one_form_change_nothing_and_say_so() -> None:
    cleaner = names(
        "canonical: Jiang Fan, variants: [Jangpan], when: [Taobao]",
        "canonical: Zhang Pan, variants: [Jangpan], when: [Seoul]",
    )
    check(cleaner, "Taobao: Jangpan", "Taobao: Jiang Fan")
    both = check(cleaner, "Taobao, Seoul: Jangpan", "Taobao, Seoul: Jangpan")
    assert [(finding.level, finding.before) for finding in both.findings] == [("report", "Jangpan")]
    assert "Jiang Fan" in both.findings[0].message
    assert "Zhang Pan" in both.findings[0].message


def test_unless_covers_the_match() -> None:
    cleaner = names("canonical: Ma Yun, variants: [Marwin], unless: [Marwin Hitz, FC Marwin]")
    check(cleaner, "Marwin Hitz and Marwin, MARWIN HITZ", "Marwin Hitz and Ma Yun, MARWIN HITZ")


@pytest.mark.parametrize("level", ["fix", "suggest"])
def test_levels(level: Level) -> None:
    rules = ruleset(
        "kind: name\nrules:\n"
        "- {id: f, canonical: F, variants: [Ff]}\n- {id: "
        "s, canonical: S, variants: [Ss], level: suggest}\n"
        "- {id: r, canonical: R, variants: [Rr], level: report}\n"
        "- {id: o, canonical: O, variants: [Oo], level: off}\n",
    )
    cleaner = Cleaner(rules, level=level)
    result = check(cleaner, "Ff Ss Rr Oo", "F S Rr Oo" if level == "suggest" else "F Ss Rr Oo")
    assert [(finding.level, finding.before, finding.after) for finding in result.findings] == [
        ("fix", "Ff", "F"),
        ("suggest", "Ss", "S"),
        ("report", "Rr", "R"),
    ]


def test_rules_that_fight_are_named_and_nothing_comes_out() -> None:
    cleaner = engine_for(
        "kind: pattern\nrules:\n- {id: there, match: ab, replace: ba, message: m}\n"
        "- {id: back, match: ba, replace: ab, message: m}\n"
    )
    with pytest.raises(GuaranteeError, match=r"mine/back|mine/there"):
        cleaner.clean("ab")


def test_a_pattern_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.rules.patterns.PATIENCE", 0.05)
    cleaner = engine_for(
        "kind: pattern\nrules:\n- {id: slow, match: '(?:x|xx|x?)+y!', replace: z, message: m}\n"
    )
    with pytest.raises(GuaranteeError, match="mine/slow takes too long; patterns may"):
        cleaner.clean("x" * 40 + " y!")


def test_edits_that_give_way_are_reported() -> None:
    cleaner = engine_for(
        "kind: pattern\nrules:\n- {id: a, match: xyz, replace: one, message: m}\n"
        "- {id: b, match: zzz, replace: two, message: m}\n"
    )
    result = check(cleaner, "xyzzz", "onezz")
    assert [(f.label, f.level, f.message) for f in result.findings if f.level == "report"] == [
        ("mine/b", "report", "gave way to mine/a")
    ]


def test_a_deletion_of_a_whole_block_goes_before_edits_inside_it() -> None:
    cleaner = engine_for(
        "kind: pattern\nrules:\n- {id: z-drop, match: '^Source: .*$', replace: '', message: m}\n",
        names=f"kind: name\nrules:\n- {{id: ma, {MA}}}\n",
    )
    check(cleaner, "Marwin\n\nSource: Marwin", "Ma Yun\n\n")


OVERLAPPING = [
    "canonical: A1, variants: [Ab Cd]",
    "canonical: B1, variants: [Cd Ef]",
    "canonical: C1, variants: [Ab]",
    "canonical: D1, variants: [Ef Gh Ij]",
    "canonical: E1, variants: [Gh]",
]


@given(
    st.permutations(range(len(OVERLAPPING))),
    st.lists(st.sampled_from(["Ab", "Cd", "Ef", "Gh", "Ij"]), max_size=8),
)
@settings(max_examples=60)
def test_order_of_rules_never_changes_the_output(order: list[int], words: list[str]) -> None:
    rules = names(*OVERLAPPING).rules.values()
    shuffled = [list(rules)[number] for number in order]
    text = " ".join(words)
    assert Cleaner(RuleSet(tuple(shuffled))).clean(text) == Cleaner(RuleSet(tuple(rules))).clean(
        text
    )


@given(damaged)
@settings(max_examples=400)
def test_cleaning_damage_converges_replays_and_is_idempotent(text: str) -> None:
    check(bundled(), text, bundled().clean(text).text)


@given(damaged)
@settings(max_examples=200)
def test_suggestions_too(text: str) -> None:
    check(bundled("suggest"), text, bundled("suggest").clean(text).text)


LOST = """\
kind: pattern
rules:
- {id: lost, match: "(?<=[a-z]),,(?= )", replace: ",", message: doubled, report: something was lost}
- {id: bare, match: "(?<=[a-z]);;(?= )", replace: ";", message: doubled}
"""


@pytest.mark.parametrize(
    ("text", "lookups"),
    [
        pytest.param(
            "broke out,, which", [(10, "something was lost")], id="a fix that has a report"
        ),
        pytest.param("a,, b,, c", [(2, "something was lost"), (6, "something was lost")], id="two"),
        pytest.param("broke out;; which", [], id="a fix that has none"),
        pytest.param("broke out, which", [], id="nothing to fix"),
        pytest.param("see `a,, b` here", [], id="nothing to fix in code"),
    ],
)
def test_what_a_fix_covers_up_is_to_be_looked_up(text: str, lookups: list[tuple[int, str]]) -> None:
    for remarks in (True, False):
        result = Cleaner(ruleset(LOST), remarks=remarks).clean(text)
        assert [(one.span.start, one.message) for one in result.lookups] == lookups
        assert set(result.lookups) <= set(result.findings)
        assert {one.level for one in result.lookups} <= {"report"}


def test_an_edit_that_gave_way_is_to_be_looked_up() -> None:
    rules = """\
kind: pattern
rules:
- {id: one, match: "red apple", replace: "x", message: m}
- {id: two, match: "apple pie", replace: "y", message: m}
"""
    (lookup,) = engine_for(rules).clean("a red apple pie").lookups
    assert lookup.message == "gave way to mine/one"


@given(damaged)
@settings(max_examples=200)
def test_what_is_not_to_be_looked_up_is_found_again_in_the_cleaned_text(text: str) -> None:
    def reports(result: Result, *without: Finding) -> list[tuple[tuple[str, ...], str]]:
        found = [one for one in result.findings if one.level == "report" and one not in without]
        return sorted((one.rules, one.message) for one in found)

    result = bundled().clean(text)
    assert reports(bundled().clean(result.text)) == reports(result, *result.lookups)


@given(damaged, st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=200)
def test_line_ends_do_not_matter(text: str, end: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert bundled().clean(plain.replace("\n", end)).text == bundled().clean(plain).text.replace(
        "\n", end
    )


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_seeds_converge_in_two_passes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last of the three changes nothing."""
    monkeypatch.setattr("cleaner.engine.cleaner.MAX_PASSES", 3)
    text = read(path)
    check(bundled("suggest"), text, bundled("suggest").clean(text).text)


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_clean_pages_hold_nothing_to_fix(path: Path) -> None:
    findings = bundled("suggest").clean(read(path)).findings
    assert [finding for finding in findings if finding.level != "report"] == []


def test_rules_that_may_not_act_still_count_as_knowledge() -> None:
    rules = names(f"{MA}, when: [Ant Group]", ANT).rules.values()
    only_ma = Cleaner(RuleSet(tuple(rules)), acts=lambda id_: id_ == "mine/rule-0")
    check(only_ma, "Antgroup and Marwin", "Antgroup and Ma Yun")


def test_a_result_that_does_not_replay_is_refused() -> None:
    edits = (Edit(Span(0, 2), "x", ("r",)), Edit(Span(1, 3), "y", ("r",)))
    document = plain.read("abc")
    for text, made in (("xy", edits), ("abc", edits[:1])):
        wrong = Result(document, text, made, text, document.source_edits(made), ())
        with pytest.raises(GuaranteeError):
            prove(wrong, plain.read(text))


def test_permuted_files_give_one_output() -> None:
    files = {
        "one": f"kind: name\nrules:\n- {{id: a, {MA}}}\n",
        "two": f"kind: name\nrules:\n- {{id: a, {ANT}}}\n",
    }
    empty = "kind: name\nrules:\n- {id: x, canonical: X, variants: [Xx]}\n"
    texts = {
        engine_for(empty, **dict(zip(order, files.values(), strict=True)))
        .clean("Marwin of Antgroup, Xx")
        .text
        for order in permutations(["one", "two"])
    }
    assert texts == {"Ma Yun of Ant Group, X"}


def test_the_real_proof_is_run_on_every_text() -> None:
    assert bundled().clean(read(SEEDS[0])).changed


def test_rows_without_a_hit_are_not_cleaned_one_by_one() -> None:
    divided: list[str] = []

    def divisible(source: str) -> Document:
        document = for_name("a.jsonl", fields=["[]"]).read(source)
        document.units = [one._replace(read=partial(divide, one)) for one in document.units]
        return document

    def divide(unit: Unit, source: str) -> Document:
        divided.append(source)
        return unit.read(source)

    engine = engine_for(
        "kind: name\ntype: person\nrules:\n- {id: ma, canonical: Ma Yun, variants: [Mawin]}"
    )
    assert not engine.clean('["so it was"]\n["or Mawinner"]\n', divisible).changed
    assert divided == []
    assert engine.clean('["so it was"]\n["or Mawin"]\n', divisible).text == "so it was\n\nor Ma Yun"
    assert len(divided) > 1
