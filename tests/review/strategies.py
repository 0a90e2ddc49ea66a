"""Suggestions made of pieces that are hard to write in YAML."""

from __future__ import annotations

from hypothesis import strategies as st

from cleaner.names.suggestion import Group, Member, Place

NO_BREAK, LINE = "\N{NO-BREAK SPACE}", "\N{LINE SEPARATOR}"
PIECES = [
    "Marwin",
    "Ma Yun",
    "No",
    " ",
    ": ",
    " #",
    "’",
    "“",
    "-",
    "- ",
    "马云",
    "마윈",
    "é",
    "\t",
    "\\",
    '"',
    "'",
    "[",
    "}",
    ",",
    "\N{ZERO WIDTH SPACE}",
    NO_BREAK,
    LINE,
    "\N{COMBINING ACUTE ACCENT}",
    "\N{HANGUL FILLER}",
    "\U000e0041",
    "0.9",
    "&a",
    "*a",
    "!!str",
    "%",
    "@",
    "`",
    "|",
    ">",
    "?",
    "null",
    "~",
    "2021-01-05",
    "\U0001f600",
    "<<",
    "…",
    ":",
]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
names = texts.filter(lambda text: text == text.strip() and bool(text.strip()))
places = st.builds(
    Place,
    names,
    st.integers(1, 10**6),
    st.integers(1, 999),
    st.just("") | texts,
    st.integers(0, 99),
    st.just("") | names,
)
members = st.builds(
    Member,
    names,
    st.integers(0, 999),
    st.floats(0, 1),
    st.booleans(),
    st.just("") | names,
    st.lists(places, max_size=2).map(tuple),
)
groups = st.builds(
    Group,
    st.sampled_from(["ma-yun", "a1", "x-2"]),
    st.just("") | names,
    st.lists(members, min_size=1, max_size=3, unique_by=lambda member: member.form).map(tuple),
    st.sampled_from(["", "person", "place"]),
    st.dictionaries(st.sampled_from(["zh", "ko"]), names),
    *[st.lists(names, max_size=2).map(tuple)] * 2,
    relation=st.sampled_from(["garble", "spelling", "case"]),
    canonical_count=st.integers(0, 999),
    canonical_places=st.lists(places, max_size=2).map(tuple),
)
files = st.lists(groups, max_size=3, unique_by=lambda group: group.id).map(tuple)
