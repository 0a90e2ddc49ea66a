"""A damaged document as a whole: when it counts as damaged, and what must stay as it is in it."""

from __future__ import annotations

import random
import re

import pytest

from cleaner import Cleaner, load_rules
from tests.samples import CLEAN, bundled, read

# Mostly code, or with a style of marks that a single paragraph does not show.
NOT_PROSE = {
    "manual.txt",
    "markdown-page.txt",
    "server-notes.txt",
    "session-log.txt",
    "silent-bond.txt",
    "typesetting-manual.txt",
}
CREDITS = {"[AP=연합뉴스]": "[AP/Yonhap]", "[중국 바이두 캡처]": "[Screenshot: Baidu, China]"}


def good_paragraphs() -> list[str]:
    """Return the paragraphs of clean prose that have one line and a comma to double."""
    found: list[str] = []
    for path in CLEAN:
        if path.name not in NOT_PROSE:
            for text in read(path).split("\n\n"):
                has_comma = re.search("[a-z], ", text)
                is_prose = not re.search(r"\n|\.com", text)
                if 80 < len(text) < 900 and has_comma and is_prose:
                    found.append(text)
    return found


def double_comma(text: str, chance: random.Random) -> str:
    at = chance.choice([found.start() for found in re.finditer(r"(?<=[a-z]), ", text)])
    return text[:at] + "," + text[at:]


def damaged_and_right(text: str, chance: random.Random) -> list[tuple[str, str]]:
    """Return a good paragraph damaged in three ways, each with what it must become."""
    hangul, english = chance.choice(list(CREDITS.items()))
    straight = text.replace("’", "'").replace(". ", ".  ")
    return [
        (f"{text} {hangul}", f"{text} {english}"),
        (f"{straight} {hangul}\n\n{text} {hangul}", f"{text} {english}"),
        (double_comma(text, chance), text),
    ]


def test_damaged_paragraphs_are_repaired_or_left_alone() -> None:
    chance = random.Random(7)
    repaired: list[bool] = []
    for text in good_paragraphs():
        for broken, good in damaged_and_right(text, chance):
            result = bundled().clean(broken).text
            assert result in {good, broken}
            repaired.append(result == good)
    assert len(repaired) > 100
    assert sum(repaired) >= 0.85 * len(repaired)


@pytest.mark.parametrize(
    "text",
    [
        "Player      Team        Goals\nSon Heung   Tottenham   Twelve",
        "Hwæt we Gardena  in geardagum / And the wind  sang low",
        "TO:  Kim\n1.  First item",
        "The class java.lang.String is final. Yahoo.Japan said so, and Will.Smith was there.",
        "In article 12: 30 days. Table 10: 25 patients. Top 10: 20 songs.",
        "He stood 5' 10 \" and she 5' 2 \" tall.",
        "He paused . . . and went on ... so.",
        "Type ? for help, and use the ! operator.",
    ],
    ids=lambda text: text[:20],
)
def test_good_parts_of_a_damaged_document_stay(text: str) -> None:
    assert Cleaner(load_rules(), damaged=True).clean(text).text == text


def test_one_repaired_quotation_does_not_make_a_document_damaged() -> None:
    one = "He called it the’living treasure’ of the town.\n\nThe gate is closed.  A guard waves."
    assert bundled().clean(one).text == one.replace("the’living", "the ‘living")
    two = f"{one}\n\nIt is a’second gate’ now."
    assert "closed. A guard" in bundled().clean(two).text


CREDIT = "The founder, in May. [AP=연합뉴스]"
GOOD = "The river is long, and the people of the village call it the old road of the hills."


def document(*parts: str) -> str:
    return "\n\n".join(parts)


@pytest.mark.parametrize(
    ("credits", "paragraphs", "is_damaged"),
    [
        pytest.param(1, 10, True, id="a credit on a page"),
        pytest.param(1, 2_000, False, id="a credit in a book"),
        pytest.param(10, 2_000, True, id="ten credits in a book"),
    ],
)
def test_damage_is_a_rate(credits: int, paragraphs: int, is_damaged: bool) -> None:
    text = document(*[CREDIT] * credits, *[GOOD] * paragraphs, "He saw the gate. . And he left.")
    assert ("gate. And" in bundled().clean(text).text) == is_damaged


def test_four_false_signs_in_thousands_of_lines_change_nothing_else() -> None:
    two_spaces = GOOD + "  It is old.  It is long , and wide."
    sign = "He called it the’old road’ of the hills."
    text = document(*[two_spaces] * 1_500, *[sign] * 4, *[two_spaces] * 1_500)
    assert bundled().clean(text).text == text.replace("the’old", "the ‘old")


SPACED = "The gate is closed.  A guard waves."
HABITS = {
    "two spaces behind every full stop": [SPACED] * 12,
    "quotation marks as for TeX": ["The ``old road'' of the hills is long."] * 12,
    "wide brackets": ["The old road（of the hills）is long."] * 12,
    "spaces before marks": ["The gate is closed , and a guard waves ."] * 12,
    "spaces inside quotation marks": ['The road is " old " now.'] * 12,
}


@pytest.mark.parametrize("habit", HABITS)
def test_what_a_damaged_document_does_consistently_is_its_style(habit: str) -> None:
    text = document(CREDIT, *HABITS[habit])
    assert bundled().clean(text).text == text.replace("[AP=연합뉴스]", "[AP/Yonhap]")


@pytest.mark.parametrize("habit", HABITS)
def test_what_a_good_document_does_is_its_style(habit: str) -> None:
    text = document(*HABITS[habit][:3], GOOD)
    assert bundled().clean(text).text == text


def test_damage_of_a_kind_has_to_be_frequent_around_the_place() -> None:
    alone = document(CREDIT, *[GOOD] * 40, SPACED, *[GOOD] * 40)
    assert SPACED in bundled().clean(alone).text
    together = document(CREDIT, *[GOOD] * 40, SPACED, SPACED, SPACED, *[GOOD] * 40)
    assert SPACED not in bundled().clean(together).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It stopped！Really？Yes，and why！", "It stopped! Really? Yes, and why!"),
        ("He said：come，and see！", "He said: come, and see!"),
        (
            "the listing（IPO）of the bank（nine seats）， and",
            "the listing (IPO) of the bank (nine seats), and",
        ),
        ("（IPO）The listing（see there）.", "(IPO) The listing (see there)."),
        ("a bank（half) and a（whole） one", "a bank (half) and a (whole) one"),
        (
            "the fee of 50，000 won and 1，234，567 yuan，it is said",
            "the fee of 50，000 won and 1，234，567 yuan, it is said",
        ),
        ("the 12：30 train，the 3：1 score", "the 12：30 train, the 3：1 score"),
        ("The bank（央行 PBOC）said so，too", "The bank（央行 PBOC）said so, too"),
    ],
    ids=lambda text: text[:20],
)
def test_wide_marks_in_a_damaged_document(before: str, after: str) -> None:
    text = document(CREDIT, CREDIT, before, GOOD)
    assert bundled().clean(text).text == text.replace("[AP=연합뉴스]", "[AP/Yonhap]").replace(
        before, after
    )


@pytest.mark.parametrize(
    "text",
    [
        "The bank（央行 PBOC）said so.\n（IPO）was stopped.",
        "The fee is 50，000 won and 1，234，567 yuan.",
        "（What is it, Master！）she thought. （Nothing！）",
        "今天的天气很好，Alibaba，Tencent（腾讯）和 Baidu 都在涨！Yes，真的。",
        "価格はUSD，EUR（ユーロ）で！Alibabaも上がった。",
        "Enter the name，then press OK！",
    ],
    ids=lambda text: text[:16],
)
def test_wide_marks_in_a_good_document(text: str) -> None:
    assert bundled().clean(text).text == text
