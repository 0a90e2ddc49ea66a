"""The garbled forms of a name, and the way back from them."""

from __future__ import annotations

import pytest

from cleaner import Matcher, Name
from cleaner.names.garbles import garbles
from cleaner.names.gazetteer import known_names
from cleaner.names.pivot.background import Background
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import load
from tests.samples import bundled_rules


@pytest.mark.parametrize(
    ("name", "garbled"),
    [
        (Name("Ma Yun"), "Ma Win"),
        (Name("Ma Yun"), "Mawin"),
        (Name("Ma Yun"), "Ma-win"),
        (Name("Jing Xiandong"), "Jing Syen-dung"),
        (Name("Jiang Shuying", "person", "江疏影"), "Jang Suing"),
        (Name("Kenji Takahashi"), "Dakahasi Kenji"),
    ],
)
def test_known_garbles_are_among_the_forms(name: Name, garbled: str) -> None:
    forms = [garble.form for garble in garbles(name, limit=40)]
    assert garbled in forms
    assert name.canonical not in forms


def test_garbles_come_likeliest_first() -> None:
    costs = [garble.cost for garble in garbles(Name("Sun Tianqi"), limit=30)]
    assert costs == sorted(costs)
    assert len(costs) == 30


def test_the_likeliest_garbles_link_back() -> None:
    """The matcher finds the name of nearly every garble, for a sample of the known names."""
    names = known_names(bundled_rules())
    sample = [name for name in names if name.kind != "work"][:: max(1, len(names) // 150)]
    matcher = Matcher(names, pivot="ko")
    people = Background(load("ko"))
    right: set[str] = set()
    for name in names:
        right.update(map(letters, name.right))
    asked = linked = 0
    for name in sample:
        for garble in garbles(name):
            if people.is_korean(garble.form) or letters(garble.form) in right:
                continue
            found = matcher.link(garble.form, limit=10, score_cutoff=0.01)
            asked += 1
            linked += any(candidate.name == name for candidate in found)
    assert asked > 2 * len(sample)
    assert linked / asked >= 0.95, (linked, asked)
