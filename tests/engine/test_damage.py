"""A damaged document as a whole: when it counts as damaged, and what must stay as it is in it."""

from __future__ import annotations

import random
import re

import pytest

from cleaner import Cleaner, load_rules
from tests.samples import CLEAN, bundled, read

NOT_PROSE = {"manual.txt", "markdown-page.txt"}  # mostly code
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
