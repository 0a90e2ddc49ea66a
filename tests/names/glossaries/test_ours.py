"""Our own lists of names, and an error in one line for every way to get one wrong."""

from __future__ import annotations

import pytest

from cleaner import CleanerError, Name
from cleaner.errors import Place
from cleaner.names.glossaries import parse_glossary
from cleaner.names.glossaries._entries import Entry, Notes, merge_entries

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("file", "text", "names"),
    [
        pytest.param("n.txt", "Ma Yun\nXu Lin\n", [Name("Ma Yun"), Name("Xu Lin")], id="lines"),
        pytest.param(
            "n.txt",
            "# people\n\n  Ma Yun  \r\nXu Lin",
            [Name("Ma Yun"), Name("Xu Lin")],
            id="comments-and-crlf",
        ),
        pytest.param("n.txt", f"{BOM}Ma Yun\n", [Name("Ma Yun")], id="byte-order-mark"),
        pytest.param("n.txt", "Ma Yun\nMa Yun\n", [Name("Ma Yun")], id="twice"),
        pytest.param("n.txt", "Smith, John\n", [Name("Smith, John")], id="comma-in-a-name"),
        pytest.param("n.txt", "canonical\nMa Yun\n", [Name("Ma Yun")], id="header-of-one-column"),
        pytest.param(
            "n.tsv",
            "canonical\tkind\tzh\tko\taliases\nMa Yun\tperson\t马云\t마윈\tJack Ma; Ma\n",
            [Name("Ma Yun", "person", "马云", ("마윈",), ("Jack Ma", "Ma"))],
            id="tabs",
        ),
        pytest.param(
            "n.csv",
            'Canonical,Aliases,ko\n"Ant Group","Ant Financial|Ant",앤트\n',
            [Name("Ant Group", hangul=("앤트",), aliases=("Ant Financial", "Ant"))],
            id="commas",
        ),
        pytest.param(
            "n.tsv",
            "ko\tcanonical\n\tMa Yun\n마윈\tMa Yun\n",
            [Name("Ma Yun", hangul=("마윈",))],
            id="completed",
        ),
        pytest.param("n.tsv", "canonical\tkind\nMa Yun\n", [Name("Ma Yun")], id="short-row"),
        pytest.param(
            "n.yaml",
            "kind: gazetteer\nnames:\n- Xu Lin\n- {canonical: No, zh: 努, aliases: [Noh, Roh]}\n",
            [Name("Xu Lin"), Name("No", hanzi="努", aliases=("Noh", "Roh"))],
            id="yaml",
        ),
        pytest.param(
            "n.tsv",
            "canonical\tkind\nHangzhou\tplace\nHangzhou\torganisation\n",
            [Name("Hangzhou", "place"), Name("Hangzhou", "organisation")],
            id="two-kinds",
        ),
        pytest.param("n.txt", "", [], id="empty"),
        pytest.param("n.txt", "\n \n# nothing\n", [], id="only-comments"),
    ],
)
def test_names_are_read(file: str, text: str, names: list[Name]) -> None:
    glossary = parse_glossary(text.encode(), file)
    assert glossary.names == names
    assert glossary.notes == ()


@pytest.mark.parametrize(
    ("file", "text", "error"),
    [
        pytest.param(
            "n.txt",
            "Ma Yun\nXu\tLin\n",
            "n.txt:2:1: a list of names has a tab; begin a table with a header",
            id="tab",
        ),
        pytest.param(
            "n.txt",
            "Ma Yun\n마윈\n",
            "n.txt:2:1: “마윈” has no Latin letter; write the form",
            id="hangul",
        ),
        pytest.param(
            "n.txt", "مايون\n", "n.txt:1:1: “مايون” has no Latin letter", id="right-to-left"
        ),
        pytest.param(
            "n.txt",
            "A" * 1_000_000,
            "n.txt:1:1: canonical is 1,000,000 characters long; a name has at most 200",
            id="one-endless-word",
        ),
        pytest.param(
            "n.txt",
            "Ma\N{RIGHT-TO-LEFT OVERRIDE} Yun\n",
            "n.txt:1:1: canonical has an invisible RIGHT-TO-LEFT",
            id="override",
        ),
        pytest.param(
            "n.txt",
            "x\n" + "a" * 1_000_000,
            "n.txt:2:1: canonical is 1,000,000 characters long; a name has",
            id="megabyte",
        ),
        pytest.param(
            "n.tsv",
            "canonical\tkind\nMa Yun\tpersn\n",
            "n.tsv:2:1: “persn” is not a kind of name; write person",
            id="kind",
        ),
        pytest.param(
            "n.tsv",
            "canonical\tcolour\nMa Yun\tred\n",
            "n.tsv:1:1: the header has the unknown column “colour”",
            id="column",
        ),
        pytest.param(
            "n.tsv",
            "canonical\tko\tko\nMa Yun\n",
            "n.tsv:1:1: the header has “ko” twice",
            id="column-twice",
        ),
        pytest.param(
            "n.tsv",
            "canonical\tko\n\t마윈\n",
            "n.tsv:2:1: the canonical form is missing",
            id="no-canonical",
        ),
        pytest.param(
            "n.tsv",
            "canonical\tko\nMa Yun\t마윈\tx\n",
            "n.tsv:2:1: this row has 3 cells, the header has 2",
            id="cells",
        ),
        pytest.param(
            "n.csv",
            'canonical,ko\n"Ma Yun,마윈\n',
            "n.csv:2:1: this row cannot be read",
            id="quote",
        ),
        pytest.param(
            "n.tsv",
            "canonical\tzh\nMa Yun\t马云\nMa Yun\t马允\n",
            "n.tsv:3:1: “Ma Yun” has zh 马云 in another entry and 马允 here; keep one",
            id="contradiction",
        ),
        pytest.param(
            "n.yaml",
            "kind: name\nrules: []\n",
            "n.yaml:1:1: this is not a gazetteer; begin with",
            id="other-yaml",
        ),
        pytest.param(
            "n.yaml",
            "kind: gazetteer\nnames:\n- {canonical: A, hanzi: 马}\n",
            "n.yaml:3:18: unknown key `hanzi`",
            id="key",
        ),
        pytest.param(
            "n.yaml",
            "kind: gazetteer\nnames:\n- {canonical: [A]}\n",
            "n.yaml:3:15: `canonical` is a list",
            id="shape",
        ),
        pytest.param(
            "n.yaml", "kind: gazetteer\nnames:\n- [A]\n", "n.yaml:3:3: a name is a list", id="list"
        ),
        pytest.param(
            "n.yaml",
            "kind: gazetteer\nnames: x\n",
            "n.yaml:1:1: the list `names` is missing",
            id="no-list",
        ),
        pytest.param(
            "n.yaml", "kind: gazetteer\nname: []\n", "n.yaml:2:1: unknown key `name`", id="top-key"
        ),
    ],
)
def test_errors(file: str, text: str, error: str) -> None:
    with pytest.raises(CleanerError) as caught:
        parse_glossary(text.encode(), file)
    assert str(caught.value).startswith(error)
    assert "; " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_error_gives_the_place_of_bytes_that_are_not_utf8() -> None:
    with pytest.raises(
        CleanerError, match=r"n\.txt:2:4: byte 0xFC is not UTF-8; save the file as UTF-8"
    ):
        parse_glossary(b"Ma Yun\nL\xc3\xbc \xfc\n", "n.txt")


def test_merged_names_have_what_either_entry_knows() -> None:
    place = Place("n.txt", 1, 1)
    one = Name("Ma Yun", "person", hanzi="马云", aliases=("Jack Ma",))
    two = Name("Ma Yun", "person", hangul=("마윈",), aliases=("Ma",))
    assert merge_entries([Entry(place, one), Entry(place, two)], Notes()) == [
        Name("Ma Yun", "person", "马云", ("마윈",), ("Jack Ma", "Ma"))
    ]
