"""Rules of kind pattern: what they match, what they write, and what they must leave alone."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, RuleSet
from cleaner.engine.findings import Finding
from tests.samples import engine_for

LONG = "word " * 25 + "end"
DOUBLED = (
    r"{id: comma, match: '(\w),,+(?= )', replace: '\1,', "
    "message: doubled comma, report: a name was lost here}"
)


def pattern(rule: str) -> Cleaner:
    return engine_for(f"kind: pattern\nrules:\n- {rule}\n")


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        pytest.param(DOUBLED, "out,, which,,, or", "out, which, or", id="groups"),
        pytest.param(
            r"{id: x, match: 'a(?P<n>b)c!', replace: '\g<n>', message: m}",
            "abc!",
            "b",
            id="named group",
        ),
        pytest.param(
            "{id: x, match: 'ab!', replace: '$1 $', message: m}",
            "ab!",
            "$1 $",
            id="a dollar is a dollar",
        ),
        pytest.param(
            "{id: x, match: '^Source$', replace: '', message: m}",
            "Source\n\nA Source",
            "\n\nA Source",
            id="anchors are those of a block",
        ),
        pytest.param(
            "{id: x, match: '(?<=b) !', replace: '!', message: m}",
            "ab ! ab !",
            "ab! ab!",
            id="look-behind",
        ),
        pytest.param(
            "{id: x, match: 'Anchor|Desk', replace: '-', message: m}",
            "Anchor, Desk",
            "-, -",
            id="or",
        ),
        pytest.param(
            "{id: x, match: '(?i)anchor', replace: '-', message: m}", "ANCHOR", "-", id="any case"
        ),
        pytest.param(
            r"{id: x, match: '\N{EM DASH}{2}', replace: '-', message: m}",
            "a——b",
            "a-b",
            id="by name",
        ),
        pytest.param(
            "{id: x, match: 'ab!', replace: c, message: m}",
            "https://x.org/ab!",
            "https://x.org/ab!",
            id="not in a URL",
        ),
        pytest.param(
            "{id: x, match: 'a!\\nb', replace: c, message: m}",
            "a!\n\nb",
            "a!\n\nb",
            id="not across blocks",
        ),
        pytest.param(
            "{id: x, match: ' = x', replace: '-', message: m}",
            f"{LONG}\n = x",
            f"{LONG}\n-",
            id="a space at the beginning of a line",
        ),
        pytest.param(
            "{id: x, match: 'ab!', replace: c, message: m, level: 'off'}", "ab!", "ab!", id="off"
        ),
    ],
)
def test_patterns(rule: str, before: str, after: str) -> None:
    assert pattern(rule).clean(before).text == after


def test_edits_of_a_pattern_are_as_small_as_can_be() -> None:
    result = pattern(DOUBLED).clean("broke out,, which")
    assert [tuple(edit.span) for edit in result.edits] == [(10, 11)]
    assert result.findings == (
        Finding(("mine/comma",), "fix", result.edits[0].span, ",", "", "doubled comma"),
        Finding(("mine/comma",), "report", result.edits[0].span, ",", ",", "a name was lost here"),
    )


def test_a_pattern_and_a_name_side_by_side_both_act() -> None:
    cleaner = engine_for(
        f"kind: pattern\nrules:\n- {DOUBLED}\n",
        people="kind: name\nrules:\n- {id: ma, canonical: Ma Yun, variants: [Marwin]}\n",
    )
    assert cleaner.clean("and Marwin,, who").text == "and Ma Yun, who"


def test_a_pattern_never_fires_inside_a_right_form() -> None:
    cleaner = engine_for(
        "kind: pattern\nrules:\n- {id: x, match: 'D[.]c', replace: 'D. c', message: m}\n",
        people="kind: name\nrules:\n- {id: jd, canonical: JD.com, variants: [Jingdong]}\n",
    )
    assert cleaner.clean("BD.com JD.com, D.c").text == "BD.com JD.com, D. c"


def test_no_rules_do_nothing() -> None:
    assert Cleaner(RuleSet(())).clean("Marwin,, 뉴스").text == "Marwin,, 뉴스"
