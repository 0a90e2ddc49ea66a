"""No text and no list of names makes `suggest` fail, and what it finds is in the text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.names.name import Name
from cleaner.names.suggest import suggest
from cleaner.reports import suggestions as reports
from cleaner.review import suggestions

FORMS = ["Ma", "Marwin", "X", "Kim Min-soo", "Im Hyo-jun", "Lim Hyo-jun", "Masiro", "Mashiro", "I"]
PIECES = [
    *FORMS,
    *[
        " (马云)",
        "（江疏影）",
        " (馬)",
        "[张]",
        " (一二三四五六七八九)",
        " (㐀𠀀)",
        "()",
        "(",
        "(马",
    ],
    *[" ", ", ", ". ", "\n", "\r\n", "\r", "’s", "-", "–", "\N{NO-BREAK SPACE}", "“", "”", "!"],
    *[
        "연합뉴스",
        "[AP=연합뉴스]",
        "マシロ",
        "Ünal",
        "\N{COMBINING ACUTE ACCENT}",
        "\x00",
        "\N{BOM}",
    ],
    *["\N{ZERO WIDTH SPACE}", "\U0001f600", "the", "a", "1", "MASHIRO", "McX", "O'", "Śń"],
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join)
forms = st.sampled_from([*FORMS, "Ma Yun", "马云", "마윈", "-", "A B C D E F"])
names = st.builds(
    Name,
    forms,
    kind=st.sampled_from(["", "person", "place"]),
    hanzi=st.sampled_from(["", "马云", "马", "龘"]),
    hangul=st.lists(st.sampled_from(["마윈", "마"]), max_size=2).map(tuple),
    aliases=st.lists(forms, max_size=2).map(tuple),
    companions=st.lists(st.sampled_from(["the", "(", "연합뉴스"]), max_size=1).map(tuple),
)


@given(
    documents=st.lists(texts, max_size=3),
    known=st.lists(names, max_size=3),
    pivot=st.sampled_from(["auto", "ko", "none"]),
)
@example(documents=["Marwin (马云)"], known=[Name("Ma Yun", hanzi="马云")], pivot="ko")
@example(documents=["Marwin (马云)"], known=[Name("Ma Yun")], pivot="ko")
@example(documents=[""], known=[], pivot="auto")
@example(documents=["X (马)"], known=[Name("X")], pivot="none")
def test_no_text_raises(documents: list[str], known: list[Name], pivot: str) -> None:
    files = [(f"{number}.txt", text) for number, text in enumerate(documents)]
    groups = suggest(files, known, pivot=pivot)
    assert len({group.id for group in groups}) == len(groups)
    for group in groups:
        assert group.members
        assert all(member.count > 0 and 0 <= member.score <= 1 for member in group.members)
        assert list(reports.lines(group))
        for member in group.members:
            assert group.renamed(member.form).canonical == member.form
    written = suggestions.render(groups)
    read = suggestions.parse_suggestions(written.encode(), "suggestions.yaml")
    assert [(group.id, group.count) for group in read] == [
        (group.id, group.count) for group in groups
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("text", ["", "\n", "Marwin (马云)", "X (马)\r\n", "(马云)"])
def test_a_file_of_any_format_may_hold_nothing_else(name: str, text: str) -> None:
    assert isinstance(suggest([(name, text)], [Name("Ma Yun", hanzi="马云")]), list)
