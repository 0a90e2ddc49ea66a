"""A short form is beside the longer name that has it; neither is a variant of the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.names.short_forms import behind_longer_names, longer_names
from cleaner.names.suggest import suggest
from cleaner.names.suggestion import Group, Member, slug

NOVEL = """\
Namgung Hyeok sat on the step. Hyeok said nothing to Wi Mu-seong, and Nam Gung-hyeok was silent.

“Come in, Hyeok,” said Wi Mu-seong. Hyuk did not come. Namgung Hyuk never came when he called.

Hyeok ate a pear. In the hall Wi Mu-seong waited for Hyeok and for the rain.

Namgung Hyeok slept. Hyeok dreamt of Namgung Hyeok, and Hyuk woke. Hyeok and Hyeok laughed.
"""


def name(canonical: str, *forms: str) -> Group:
    members = tuple(Member(form, 1) for form in forms or (f"{canonical}x",))
    return Group(slug(canonical), canonical, members, relation="spelling")


def test_no_short_form_is_changed_to_a_longer_name() -> None:
    groups = suggest([("novel.txt", NOVEL)])
    named = {group.canonical: {member.form for member in group.members} for group in groups}
    assert list(named) == ["Namgung Hyeok", "Hyeok"]
    assert named == {"Namgung Hyeok": {"Nam Gung-hyeok"}, "Hyeok": {"Hyuk"}}


@pytest.mark.parametrize(
    ("names", "order"),
    [
        pytest.param(
            ["Hyeok", "Wi Mu-seong", "Namgung Hyeok"],
            ["Wi Mu-seong", "Namgung Hyeok", "Hyeok"],
            id="given name",
        ),
        pytest.param(["Ma Yun", "Ma", "Yun"], ["Ma Yun", "Ma", "Yun"], id="two parts"),
        pytest.param(["Hyeok", "Xi", "Hyeoksu Nam"], ["Hyeok", "Xi", "Hyeoksu Nam"], id="no word"),
        pytest.param(
            ["Hyeok", "Namgung Hyeok", "Xi", "Elder Namgung Hyeok"],
            ["Xi", "Elder Namgung Hyeok", "Hyeok", "Namgung Hyeok"],
            id="behind the longest",
        ),
        pytest.param(["", "Ma", ""], ["", "Ma", ""], id="without a name"),
    ],
)
def test_the_order(names: list[str], order: list[str]) -> None:
    groups = [name(one)._replace(id=f"{slug(one)}-{at}") for at, one in enumerate(names)]
    assert [group.canonical for group in behind_longer_names(groups)] == order


def test_another_spelling_of_the_short_form() -> None:
    short, full = name("Hyuk", "Hyeok", "Hyok"), name("Namgung Hyeok")
    assert list(longer_names(short, [full, short])) == [(full, "Hyeok")]
    assert list(longer_names(full, [full, short])) == []
    assert list(longer_names(short._replace(relation="garble"), [full])) == []


WORDS = st.sampled_from(["Ma", "Yun", "Xi", "Hyeok"])
NAMES = st.lists(WORDS, max_size=3).map(" ".join)


@given(st.lists(st.tuples(NAMES, st.lists(NAMES.filter(bool), min_size=1, max_size=2)), max_size=6))
def test_every_group_is_there_once(made: list[tuple[str, list[str]]]) -> None:
    groups = []
    for number, (canonical, forms) in enumerate(made):
        groups.append(name(canonical, *dict.fromkeys(forms))._replace(id=f"g{number}"))
    ordered = behind_longer_names(groups)
    assert sorted(ordered, key=lambda one: one.id) == groups
    assert behind_longer_names(ordered) == ordered
