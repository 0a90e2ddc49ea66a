"""A text made of pieces: where everything is, and how edits get back into the source.

The samples are in a small markup of their own: `<...>` is a tag, `<br>` a line break, `<img>` a
picture, `&amp;` an escape, `{...}` locked, and `|` begins a block whose kind is the word behind it.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.engine.cleaner import Cleaner
from cleaner.errors import GuaranteeError
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span, apply
from cleaner.text.layout import BlockKind
from cleaner.text.members import MEMBER
from cleaner.text.passage import OBJECT
from cleaner.text.sourcemap import UnwritableError
from tests.samples import engine_for, names

_TOKEN = re.compile(r"<!--(.*?)-->|<[^<>]*>|&amp;|\{[^{}]*\}|\||[^<&{|]+", re.DOTALL)


def spell(text: str) -> str:
    if "\n" in text:
        raise UnwritableError("a line break is a tag")
    return text.replace("&", "&amp;").replace("<", "(")


def read(source: str) -> Document:
    builder = Builder(source, spell)
    for block in re.finditer(r"[^|]+", source):
        kind: BlockKind | None = None
        first, span = block.group().split(" ", 1)[0], Span(*block.span())
        if first in {"cell", "headline"}:
            kind = first  # type: ignore[assignment]
            span = Span(span.start + len(first) + 1, span.end)
        enclosure = (
            None if kind == "cell" else Span(block.start(), min(block.end() + 1, len(source)))
        )
        passage = builder.open(kind, enclosure=enclosure)
        for token in _TOKEN.finditer(source, *span):
            here = Span(*token.span())
            text = token.group()
            if text == "&amp;":
                passage.spelled(here, "&")
            elif text == "<br>":
                passage.fixed(here, "\n")
            elif text == "<img>":
                passage.fixed(here, OBJECT)
            elif text.startswith("<!--"):
                _, action, *rules = text[4:-3].split()
                builder.comment(here, action, tuple(rules))  # type: ignore[arg-type]
            elif text.startswith("{"):
                passage.locked = True
                passage.verbatim(source, here)
                passage.locked = False
            elif not text.startswith("<"):
                passage.verbatim(source, here)
    return builder.document()


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        pytest.param("One.", "One.", ["paragraph"], id="one block"),
        pytest.param("<b>O</b>ne &amp; two.", "One & two.", ["paragraph"], id="markup"),
        pytest.param("One.|Two.", "One.\n\nTwo.", ["paragraph"] * 2, id="two blocks"),
        pytest.param("<b></b>|Two.|<img>", "Two.", ["paragraph"], id="blocks without text"),
        pytest.param(
            "A.|cell x|headline B|cell y",
            "A.\n\nB\n\nx\n\ny",
            ["paragraph", "headline", "cell", "cell"],
            id="what stands beside comes last",
        ),
        pytest.param("", "", [], id="nothing"),
    ],
)
def test_text_and_blocks(source: str, text: str, kinds: list[str]) -> None:
    document = read(source)
    assert document.text == text
    assert [block.kind for block in document.blocks()] == kinds
    assert document.rewritten([]) == document.source == source


def edited(source: str, old: str, new: str) -> tuple[Document, Edit]:
    document = read(source)
    at = document.text.index(old)
    return document, Edit(Span(at, at + len(old)), new, ("r",))


@pytest.mark.parametrize(
    ("source", "old", "new", "expected"),
    [
        pytest.param("a Marwin b", "Marwin", "Ma Yun", "a Ma Yun b", id="plain"),
        pytest.param("<b>Mar</b>win", "Marwin", "Ma Yun", "<b>Ma</b> Yun", id="across a tag"),
        pytest.param("<b>Ma</b> Win", "Ma Win", "Ma Yun", "<b>Ma</b> Yun", id="tag stays"),
        pytest.param("Ma<br>Win", "Ma\nWin", "Ma\nYun", "Ma<br>Yun", id="line break stays"),
        pytest.param("A &amp; B", "A & B", "A & C", "A &amp; C", id="escape stays"),
        pytest.param("A &amp; B", "&", "and", "A and B", id="escape goes"),
        pytest.param("A and B", "and", "&", "A &amp; B", id="escape comes"),
        pytest.param("A<i>,</i>, b", ",,", ",", "A<i>,</i> b", id="one of two, the other in a tag"),
        pytest.param("a|b|c", "b\n\n", "", "a|c", id="block with the line behind it"),
        pytest.param("a|b|c", "\n\nc", "", "a|b|", id="block with the line before it"),
        pytest.param("a|<b>b</b>|c", "b", "", "a|c", id="all of a block"),
        pytest.param("a", "a", "", "", id="everything"),
    ],
)
def test_edits(source: str, old: str, new: str, expected: str) -> None:
    document, edit = edited(source, old, new)
    fitting = document.fit(edit)
    assert fitting is not None
    written = read(document.rewritten([fitting]))
    assert written.source == expected
    assert written.text == apply(document.text, [fitting])
    assert written.structure() == document.structure([fitting])


@pytest.mark.parametrize(
    ("source", "old", "new"),
    [
        pytest.param("a {b} c", "b", "x", id="locked"),
        pytest.param("a {b} c", "a {b} c", "x", id="around what is locked"),
        pytest.param("see a.b@c.org now", "a.b@c.org", "x", id="an address"),
        pytest.param("Ma<br>Win", "Ma\nWin", "Ma Yun", id="a line break would go"),
        pytest.param("Ma Win", "Ma Win", "Ma\nYun", id="a line break would come"),
        pytest.param("a <img> b", f" {OBJECT}", "", id="a picture would go"),
        pytest.param("a|b", "a\n\nb", "x", id="two blocks would be one"),
        pytest.param("abc|d", "bc\n\n", "", id="half a block"),
        pytest.param("a|b|c", "b\n\nc", "", id="two blocks and one of the lines between three"),
        pytest.param("a|cell b|cell c", "b\n\n", "", id="a block that must stay"),
        pytest.param("a|cell b", "b", "", id="all of a block that must stay"),
        pytest.param("<img>a", OBJECT, f"x{OBJECT}", id="before a picture"),
    ],
)
def test_what_cannot_be_written(source: str, old: str, new: str) -> None:
    document, edit = edited(source, old, new)
    assert document.fit(edit) is None


@pytest.mark.parametrize(
    ("source", "part", "place", "in_source"),
    [
        pytest.param("a\n<b>b</b>|c", "b", "2:4", "b", id="behind a tag"),
        pytest.param("<b>Mar</b>win", "Marwin", "1:4", "Mar</b>win", id="over a tag"),
        pytest.param("A &amp; B", "&", "1:3", "&amp;", id="an escape"),
        pytest.param("a|cell x|b", "x", "1:8", "x", id="beside the text"),
    ],
)
def test_places(source: str, part: str, place: str, in_source: str) -> None:
    document = read(source)
    at = document.text.index(part)
    assert str(document.location(at)) == place
    assert document.source_span(Span(at, at + len(part))).of(source) == in_source


def test_places_in_a_container() -> None:
    source = f"{MEMBER}a.xml{MEMBER}One\nMarwin{MEMBER}b.xml{MEMBER}Ma\n\nWin"
    builder = Builder(source)
    for part in ("Marwin", "Win"):
        at = source.index(part)
        builder.open().verbatim(source, Span(at, at + len(part)))
        builder.member()
    document = builder.document()
    assert document.is_container
    assert str(document.location(0)) == "a.xml:2:1"
    assert str(document.location(document.text.index("Win"))) == "b.xml:3:1"


def test_a_numbered_block_is_named_by_its_number() -> None:
    builder = Builder("<p>One two</p>")
    builder.open(number=7, label="paragraph 7").verbatim(builder.source, Span(3, 10))
    there = builder.document().location(4)
    assert (there.line, there.column, there.label) == (7, 5, "paragraph 7")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "Marwin|<!--cleaner: ignore-->Marwin|Marwin", "Ma Yun|{}Marwin|Ma Yun", id="a"
        ),
        pytest.param("Marwin <!--cleaner: ignore--> x|Marwin", "Marwin {} x|Ma Yun", id="inside"),
        pytest.param(
            "<!--cleaner: off-->Marwin|cell Marwin|<!--cleaner: on-->Marwin",
            "{}Marwin|cell Marwin|{}Ma Yun",
            id="off and on, also beside the text",
        ),
        pytest.param("<!--cleaner: ignore other/*-->Marwin", "{}Ma Yun", id="another rule"),
    ],
)
def test_comments(source: str, expected: str) -> None:
    result = names("canonical: Ma Yun, variants: [Marwin]").clean(source, read)
    assert re.sub("<!--.*?-->", "{}", result.source) == expected


def test_the_proof_finds_a_reader_that_reads_something_else() -> None:
    def forgetful(source: str) -> Document:
        return read(source.replace("Yun", "Win"))

    with pytest.raises(GuaranteeError):
        names("canonical: Ma Yun, variants: [Marwin]").clean("<b>Marwin</b>", forgetful)


def test_units_have_their_own_evidence() -> None:
    def rows(source: str) -> Document:
        builder = Builder(source)
        for line in re.finditer(r"[^\n]+", source):
            span = Span(*line.span())
            builder.open("cell").verbatim(source, span)
            builder.unit(span, rows)
        return builder.document()

    cleaner = names("canonical: Ma Yun, variants: [Marwin], when: [Alibaba]")
    result = cleaner.clean("Alibaba, Marwin\nMarwin\nMarwin of Alibaba", rows)
    assert result.source == "Alibaba, Ma Yun\nMarwin\nMa Yun of Alibaba"
    assert result.text == "Alibaba, Ma Yun\n\nMarwin\n\nMa Yun of Alibaba"
    places = [str(result.document.location(finding.span.start)) for finding in result.findings]
    assert places == ["1:10", "3:1"]


def test_doubled_captions_are_not_looked_for_beside_the_text() -> None:
    caption = "The founder of the company stands at the gate of its office"
    cleaner = engine_for(
        "kind: caption\nrules:\n- {id: twice, message: doubled, level: fix, examples: [{same: x}]}"
    )
    twice = f"cell {caption}|cell {caption} [사진=연합뉴스]"
    assert not cleaner.clean(twice, read).changed


PIECES = st.sampled_from(
    [
        "Ma",
        "Win",
        "Marwin",
        " ",
        "<b>",
        "</b>",
        "<br>",
        "&amp;",
        "{Marwin}",
        "|",
        "|cell ",
        ",,",
        "’",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join), st.data())
def test_random_edits_keep_the_structure(source: str, data: st.DataObject) -> None:
    document = read(source)
    edits: list[Edit] = []
    at = 0
    while at < len(document.text):
        start = data.draw(st.integers(at, len(document.text)))
        end = data.draw(st.integers(start, min(start + 4, len(document.text))))
        edit = Edit(
            Span(start, end), data.draw(st.sampled_from(["", "x", "& y", "Ma Yun"])), ("r",)
        )
        fitting = document.fit(edit)
        if fitting and fitting.span.start >= at and fitting.span.start == start:
            edits.append(fitting)
            at = fitting.span.end
        at = max(at, end) + 1
    whole = Span(0, len(document.text))
    if any(edit.span == whole for edit in edits):
        return
    rewritten = read(document.rewritten(edits))
    assert rewritten.structure() == document.structure(edits)
    if not any(block_is_emptied(document, edits)):
        assert rewritten.text == apply(document.text, edits)


def block_is_emptied(document: Document, edits: list[Edit]) -> list[bool]:
    """Whether several edits together leave nothing of a block, which no single one does."""
    left: list[bool] = []
    for block in document.spans():
        inside = [edit for edit in edits if block.covers(edit.span)]
        moved = [edit._replace(span=edit.span.moved(-block.start)) for edit in inside]
        left.append(not apply(block.of(document.text), moved).strip(f" \n{OBJECT}"))
    return left


def test_a_cleaner_needs_no_way_back_for_plain_text() -> None:
    result = Cleaner(names("canonical: Ma Yun, variants: [Marwin]").index).clean("Marwin")
    assert (result.document.is_identity, result.source, result.text) == (True, "Ma Yun", "Ma Yun")


def test_a_long_frame_is_respelled_once_for_all_edits() -> None:
    """Otherwise the time that it takes would grow with its length times what is found in it."""
    respelled: list[int] = []

    def respell(part: str) -> str:
        respelled.append(len(part))
        return part

    def read_framed(source: str) -> Document:
        builder = Builder(source)
        builder.frame(Span(0, len(source)), respell)
        builder.open("cell").verbatim(source, Span(0, len(source)))
        return builder.document()

    document = read_framed("Alibaba " + "Marwin " * 2_000)
    edits = [document.fit(Edit(Span(at, at + 6), "Ma Yun", ("a",))) for at in range(8, 13_000, 7)]
    assert not respelled
    assert document.rewritten([edit for edit in edits if edit]).count("Ma Yun") == len(edits)
    assert len(respelled) == 1
