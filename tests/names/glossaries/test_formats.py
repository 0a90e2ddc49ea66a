"""All formats together: the folder is the list, content tells them apart, and round trips."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import CleanerError, Name, load_names
from cleaner.names import glossaries
from cleaner.names.glossaries import Format, named, parse_glossary, render, writers
from cleaner.names.glossaries._entries import Notes, merge_entries
from cleaner.names.glossaries._source import Source
from cleaner.names.name import KINDS
from tests.names.glossaries.checks import check_read, check_refused
from tests.samples import ROOT


def spaced(text: str) -> str:
    """A text with single spaces, as names that were read have them."""
    return " ".join(text.split())


LATIN = st.text("abcdefgABCDEFGéü'-., &<>\"", min_size=1, max_size=12).map(spaced)
FORMS = LATIN.filter(lambda text: any(map(str.isalpha, text)))
HANGUL = st.text("가나다마윈쉬린 ", min_size=1, max_size=4).map(spaced).filter(bool)
HANZI = st.text("马云馬雲江疏影", max_size=4)
SEVERAL = st.lists(FORMS, max_size=2, unique=True).map(tuple)


@st.composite
def any_name(draw: st.DrawFn) -> Name:
    """A name. No right form of it is a variant."""
    canonical, aliases = draw(FORMS), draw(SEVERAL)
    return Name(
        canonical,
        draw(st.sampled_from(["", *KINDS])),
        draw(HANZI),
        tuple(draw(st.lists(HANGUL, max_size=2, unique=True))),
        aliases,
        draw(SEVERAL),
        variants=tuple(form for form in draw(SEVERAL) if form not in (canonical, *aliases)),
    )


SAMPLES = [
    Name(
        "Ma Yun",
        "person",
        "马云",
        ("마윈", "마 윈"),
        ("Jack Ma",),
        ("Alibaba",),
        variants=("Marwin",),
    ),
    Name("Xu Lin", hangul=("쉬린",), variants=("Shirin", "Xu Rin")),
    Name("Hangzhou", "place", "杭州"),
]


@pytest.mark.parametrize("name", glossaries.names())
def test_a_module_offers_what_a_format_has(name: str) -> None:
    module = named(name)
    assert module.TITLE
    assert hasattr(module, "write") == hasattr(module, "HOLDS")


@pytest.mark.parametrize("name", writers())
def test_what_is_written_is_recognised_and_is_read_again(name: str) -> None:
    text, _ = render(SAMPLES, name)
    glossary = parse_glossary(text.encode(), "list")
    assert glossary.title == named(name).TITLE
    assert glossary.names == named(name).HOLDS.reduced(SAMPLES, Notes())
    assert glossary.names


@pytest.mark.parametrize("name", writers())
@given(names=st.lists(any_name(), min_size=1, max_size=4))
def test_round_trip(name: str, names: list[Name]) -> None:
    """A format gives back what it can hold, in some order, and notes exactly what it cannot."""
    module = named(name)
    held = module.HOLDS.reduced(names, Notes())
    text, notes = render(names, name)
    source = Source(text.encode(), "list")
    if held:
        came_back = {one.canonical: one for one in read_as(module, source)}
        assert came_back == {one.canonical: in_order(one) for one in held}
    merged = named("gazetteer").HOLDS.reduced(names, Notes())
    if not notes:
        assert {one.canonical for one in held} == {one.canonical for one in merged}


def read_as(module: Format, source: Source) -> list[Name]:
    """The names of a list whose format is known."""
    found = merge_entries(module.entries(source, Notes()), Notes())
    return [in_order(name) for name in found]


def in_order(name: Name) -> Name:
    """A name with its variants in alphabetical order: some lists hold words before phrases."""
    return replace(name, variants=tuple(sorted(name.variants)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", writers())
def test_encodings(name: str, encoding: str) -> None:
    text, _ = render(SAMPLES, name)
    mark = "\N{ZERO WIDTH NO-BREAK SPACE}" if encoding in ("utf-16-le", "utf-16-be") else ""
    if name == "tbx" and "16" in encoding:
        text = text.replace("UTF-8", "UTF-16")
    glossary = parse_glossary((mark + text).encode(encoding), "list")
    assert glossary.names == parse_glossary(text.encode(), "list").names


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"\0\1\2\3" * 9, "n.txt: the file is not text; ", id="binary"),
        pytest.param("Ma Yun\n".encode("utf-32"), "n.txt:1:1: this is UTF-32; save", id="utf-32"),
        pytest.param("Ma Yun\n".encode("utf-16-le"), "n.txt: the file is not text", id="no-mark"),
        pytest.param(b"\xff\xfeM\0a\0\0\xd8", "n.txt:1:3: byte 0x00 is not UTF-16; ", id="half"),
        pytest.param(
            "이름\n".encode("cp949"), "n.txt:1:1: byte 0xC0 is not UTF-8; save the file", id="cp949"
        ),
    ],
)
def test_bytes_that_are_refused(data: bytes, error: str) -> None:
    check_refused("n.txt", data, error)


def test_an_empty_list_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "n.json").write_text('[{"src": "검", "dst": "Sword"}]', encoding="utf-8")
    assert load_names(tmp_path / "n.json") == [Name("Sword", hangul=("검",))]
    (tmp_path / "n.xml").write_text("<names></names>", encoding="utf-8")
    with pytest.raises(CleanerError, match=r"n\.xml: the file has no names; write one name a line"):
        load_names(tmp_path / "n.xml")


def test_a_large_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.txt"
    with path.open("wb") as file:
        file.truncate(30_000_000)
    with pytest.raises(CleanerError, match=r"n\.txt: cannot be read"):
        load_names(path)


def test_lines_that_look_like_nothing_else_are_names() -> None:
    title = "a list of names, one a line"
    check_read("n", "Ma Yun\nSmith, John\n", title, [Name("Ma Yun"), Name("Smith, John")])
    check_read("n.csv", "Ma Yun\nXu Lin\n", title, [Name("Ma Yun"), Name("Xu Lin")])


def test_every_format_has_a_row_in_the_manual() -> None:
    page = (ROOT / "cleaner" / "manual" / "lists.md").read_text(encoding="utf-8")
    table = page.split("\n## The formats\n")[1]
    listed = re.findall(r"^\| `([\w-]+)` +\|.*\| ([\w ,]+?) +\|$", table, re.MULTILINE)
    assert sorted(name for name, _ in listed) == [*glossaries.names()]
    only_read = {name for name, holds in listed if holds == "is only read"}
    assert only_read == {*glossaries.names()} - {*writers()}


def test_a_gazetteer_that_could_not_be_read_again_is_not_written() -> None:
    names = [Name(f"Ma {'x' * 150} {number}") for number in range(30_000)]
    with pytest.raises(CleanerError, match=r"5,000,000 bytes, .*; write a table \(\.tsv\)"):
        render(names, "gazetteer")
    assert render(names, "tsv")
