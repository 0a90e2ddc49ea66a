"""Datelines and bylines at the beginning of a paragraph."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from tests.samples import bundled_index

RULES = bundled_index()
DATELINES = Cleaner(RULES, acts=lambda id_: id_.startswith("credits/"))
BYLINES = Cleaner(RULES, acts=lambda id_: id_ == "credits/byline", level="suggest")


@pytest.mark.parametrize(
    ("dateline", "written"),
    [
        ("(Seoul = Yonhap News)", "(Seoul=Yonhap)"),
        ("(Seoul=Yonhap News)", "(Seoul=Yonhap)"),
        ("[Seoul = Newsis]", "[Seoul=Newsis]"),
        ("【Seoul = Newsis】", "【Seoul=Newsis】"),
        ("(Gwangmyeong = Yonhap News)", "(Gwangmyeong=Yonhap)"),
        ("(Seoul Yonhap News)", "(Seoul=Yonhap)"),
        ("(Hong Kong, Beijing = Yonhap News)", "(Hong Kong, Beijing=Yonhap)"),
        ("(Washington AP = Yonhap News)", "(Washington=AP/Yonhap)"),
        ("[Oslo = AP/Newsis]", "[Oslo=AP/Newsis]"),
        ("[Oslo = AP Newsis]", "[Oslo=AP/Newsis]"),
        ("Oslo = AP Newsis", "Oslo=AP/Newsis"),
        ("Seoul = Yonhap News", "Seoul=Yonhap"),
        ("(Busan = News 1)", "(Busan=News1)"),
        ("(Seoul = Yunhap News)", "(Seoul=Yonhap)"),
        ("[서울=뉴시스]", "[Seoul=Newsis]"),
        ("(서울=연합뉴스)", "(Seoul=Yonhap)"),
        ("[Reuters = News 1]", "[Reuters/News1]"),
        ("(Lim Do-hyun = Yonhap News)", "(Lim Do-hyun/Yonhap)"),
    ],
)
def test_datelines(dateline: str, written: str) -> None:
    assert DATELINES.clean(f"{dateline} The rain stopped.").text == f"{written} The rain stopped."


@pytest.mark.parametrize(
    "text",
    [
        "(Seoul=Yonhap) The rain stopped.",
        "(Hong Kong, Beijing=Yonhap) The rain stopped.",
        "[Seoul=Newsis] Reporter Lim Do-hyun = The rain stopped.",
        "SEOUL, March 2 (Yonhap) -- The rain stopped.",
        "Seoul = the capital of Korea; Newsis writes from there.",
        "Let Seoul = A and Busan = B.",
        "(Seoul = 1, Busan = 2) is what Newsis counts.",
    ],
)
def test_what_is_no_dateline_or_right(text: str) -> None:
    assert DATELINES.clean(text).text == text


@pytest.mark.parametrize(
    ("byline", "suggested"),
    [
        ("Reporter Lim Do-hyun = The rain", "Reporter Lim Do-hyun – The rain"),
        ("Lim Do-hyun reporter = The rain", "Reporter Lim Do-hyun – The rain"),
        ("Correspondent Lim Do-hyun = “We", "Correspondent Lim Do-hyun – “We"),
        ("(Seoul=Yonhap) Reporter Lim Do-hyun = The", "(Seoul=Yonhap) Reporter Lim Do-hyun – The"),
        ("Seoul=Yonhap Reporter Lim Do-hyun = The", "Seoul=Yonhap Reporter Lim Do-hyun – The"),
        ("Beijing = correspondent Lim Do-hyun", "Lim Do-hyun, Beijing correspondent"),
        ("Oslo = Reporter Lim Do-hyun", "Reporter Lim Do-hyun, Oslo"),
        ("New York = Reporter Lim Do-hyun", "Reporter Lim Do-hyun, New York"),
        ("[Blue Daily Reporter Lim Do-hyun] The", "[By Lim Do-hyun, Blue Daily] The"),
        ("[Blue Daily Lim Do-hyun Intern Reporter]", "[By Lim Do-hyun, Blue Daily]"),
        ("[Reporter Lim Do-hyun, Blue Daily]", "[By Lim Do-hyun, Blue Daily]"),
    ],
)
def test_bylines(byline: str, suggested: str) -> None:
    assert BYLINES.clean(byline).text == suggested
    assert DATELINES.clean(byline).text == byline


@pytest.mark.parametrize(
    "text",
    [
        "Reporter Lim Do-hyun said that x = The rain.",
        "Every Reporter = The press",
        "In the index: Beijing = correspondent Lim Do-hyun",
        "By Lim Do-hyun, Beijing correspondent",
        "Reporter Lim Do-hyun – The rain",
        "[By Lim Do-hyun, Blue Daily]",
        "The form has a field [Blue Daily Reporter Lim Do-hyun]",
    ],
)
def test_what_is_no_byline(text: str) -> None:
    assert BYLINES.clean(text).text == text
