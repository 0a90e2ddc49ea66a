"""How a name may be written in the script of the pivot."""

from __future__ import annotations

import pytest

from cleaner.names.name import Name
from cleaner.names.pivot.renderings import Renderings
from cleaner.names.pivot.tables import load


@pytest.mark.parametrize(
    ("name", "way", "reading"),
    [
        pytest.param(Name("Ma Yun"), "sound", "마윈", id="pinyin"),
        pytest.param(Name("Jiang Shuying", hanzi="江疏影"), "sino", "강소영", id="characters"),
        pytest.param(
            Name("Li Chengliang", hanzi="李成梁"), "sino", "이성량", id="initial-sound-law"
        ),
        pytest.param(
            Name("Joshua Wong", "person", "黃之鋒"), "sound", "황즈펑", id="characters-by-sound"
        ),
        pytest.param(
            Name("Joshua Wong", "person", "黃之鋒"), "sino", "황지봉", id="characters-in-korean"
        ),
        pytest.param(Name("Inner Mongolia", hanzi="内蒙古"), "sound", "네이멍구", id="not-pinyin"),
        pytest.param(Name("Xi’an"), "sound", "시안", id="apostrophe"),
        pytest.param(Name("Sun Tianqi", hangul=("쑨톈치",)), "pivot", "쑨톈치", id="known"),
        pytest.param(Name("Kiyotaka"), "romaji", "기요타카", id="romaji"),
    ],
)
def test_the_cheapest_readings_of_a_name(name: Name, way: str, reading: str) -> None:
    renderings = Renderings(load("ko"))
    found = []
    for rendering in renderings.of(name):
        if rendering.way == way:
            cheapest = [renderings.readings.of(symbol)[0] for symbol in rendering.symbols]
            found.append("".join(text for text, _ in cheapest))
    assert reading in found


def test_a_name_by_sound_is_rendered_once() -> None:
    """Where English writes the pinyin of the characters, both give the same rendering."""
    ways = [rendering.way for rendering in Renderings(load("ko")).of(Name("Ma Yun", hanzi="马云"))]
    assert ways.count("sound") == 1
