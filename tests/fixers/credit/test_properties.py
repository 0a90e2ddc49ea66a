"""What holds for every credit, and a page from end to end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from tests.samples import bundled_index

RULES = bundled_index()
DAMAGED = Cleaner(RULES, acts=lambda id_: id_.startswith("credits/"), damaged=True)

LABELS = ["", "Photo", "Graphic", "Courtesy", "Photo provided", "사진", "写真", "图"]
MARKS = ["=", " = ", "ㅣ", " | ", "/", " / ", ": ", " ⓒ ", " ", "·", ", "]
SUBJECTS = [
    *("AP", "Yonhap News", "Yunhap News", "Newsis", "News 1", "Reuters", "연합뉴스", "共同"),
    *("Seoul", "서울", "Hong Gil-dong", "Blue Moon", "Reporter Hong", "홍길동", "capture", "제공"),
]
BRACKETS = [("", ""), ("(", ")"), ("[", "]"), ("<", ">"), ("【", "】"), ("（", "）")]
BEFORE = ["", "The gate in May. ", "The gate in May ", "He met the people.", "The founder (left)"]


@st.composite
def captions(draw: st.DrawFn) -> str:
    parts = [draw(st.sampled_from(LABELS))]
    for _ in range(draw(st.integers(1, 3))):
        parts += [draw(st.sampled_from(MARKS)), draw(st.sampled_from(SUBJECTS))]
    opening, closing = draw(st.sampled_from(BRACKETS))
    caption = draw(st.sampled_from(BEFORE)) + f"{opening}{''.join(parts)}{closing}"
    return caption + draw(st.sampled_from(["", ".", " The rain stopped."]))


@given(captions())
def test_what_was_written_stays(caption: str) -> None:
    cleaned = DAMAGED.clean(caption)
    assert DAMAGED.clean(cleaned.text).text == cleaned.text


@given(captions())
def test_unknown_words_stay(caption: str) -> None:
    for word in ("홍길동", "Hong Gil-dong", "Blue Moon"):
        assert caption.count(word) == DAMAGED.clean(caption).text.count(word)


@given(captions())
def test_no_brackets_are_added_or_lost(caption: str) -> None:
    def brackets(text: str) -> list[str]:
        return [char for char in text if char in "()[]<>【】（）"]

    assert brackets(DAMAGED.clean(caption).text) == brackets(caption)


PAGE = """\
Snow in Seoul

(Seoul = Yonhap News) Reporter Han Yu-jin = The snow began at noon.

A bus on the bridge. Photo = Newsis

A bus in the yard. [Yunhap News]

The depot (사진=홍길동).
"""


def test_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    command = [sys.executable, "-m", "cleaner", "fix", str(page)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == PAGE.replace(
        "Seoul = Yonhap News", "Seoul=Yonhap"
    ).replace("Photo = Newsis", "Photo: Newsis").replace("Yunhap News", "Yonhap")
    assert "3 fixes by 2 rules; 1 suggestion and 1 report" in done.stderr
