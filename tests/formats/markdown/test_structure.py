"""No edit changes the structure of Markdown: random documents, corner cases and huge paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import markdown
from cleaner.text.edits import Edit, Span, apply
from tests.formats.markdown.samples import (
    blocks,
    cleaned,
    rendered,
    structure,
    with_other_letters,
    without_space,
)
from tests.formats.roundtrip import check_letters
from tests.samples import bundled

# Markdown in which {} is prose.
PROSE = [
    "{}",
    "# {}",
    "# {} #",
    "{}\n===",
    "- {}\n- {}",
    "1) {}\n\n   {}",
    "> {}\n> {}",
    "> - {}",
    "- [x] {}",
    "*{}*",
    "**{}**",
    "_{}_",
    "~~{}~~",
    "[{}](x)",
    "![{}](<x y> 'z')",
    "[{}][r]",
    "[^1]: {}",
    "|{}|\n|--|\n|{}|",
    "a\\\n{}  \n{}",
    "<b>{}</b>",
    "`a` {} `a`",
    "<br>{}",
    "a\n{}\na",
]
# Markdown in which {} is something that must stay as it is.
KEPT = [
    "`{}`",
    "``{} ` {}``",
    "```x\n{}\n```",
    "~~~ {}\n~~~",
    "    {}",
    "<div>\n{}\n</div>",
    "<pre>\n\n{}\n</pre>",
    "[a](<{}>)",
    '[a](b "{}")',
    "[r]: <x> ({})",
    "$${}$$",
    "{{{{ {} }}}}",
    "{{% raw %}}\n{}\n\n{}\n{{% endraw %}}",
    "a <!-- {} --> b",
    '<i title="{}">a</i>',
    "<code>{}</code>",
    "|`{}`|\n|--|",
]
# Damage, and how the bundled rules correct it.
CORRECTIONS = {
    "so Marwin fell": "so Ma Yun fell",
    "Ma Win of Antgroup": "Ma Yun of Ant Group",
    "he is the’living treasure’ of it": "he is the ‘living treasure’ of it",
    "it broke out,, which": "it broke out, which",
    "a gate. [AP=연합뉴스]": "a gate. [AP/Yonhap]",
}


class Wrap(NamedTuple):
    """What is written before the first line of a document, and before each line after it."""

    first: str
    further: str


WRAPS = [
    Wrap("", ""),
    Wrap("> ", "> "),
    Wrap("- a\n\n  ", "  "),
    Wrap("1. a\n\n   ", "   "),
    Wrap("> > ", "> > "),
    Wrap("> - a\n>\n>   ", ">   "),
]


class Part(NamedTuple):
    """A part of a document: some damage, and the Markdown around it."""

    template: str
    damage: str

    def written(self) -> str:
        return self.template.format(*[self.damage] * self.template.count("{}"))

    def corrected(self) -> str:
        if self.template in PROSE:
            return self._replace(damage=CORRECTIONS[self.damage]).written()
        return self.written()


parts = st.builds(Part, st.sampled_from(PROSE + KEPT), st.sampled_from(sorted(CORRECTIONS)))


def wrapped(parts: Iterable[str], wrap: Wrap, line_end: str) -> str:
    """Return a document of these parts, all of it inside one quote or list item."""
    text = "\n\n<!-- -->\n\n".join(["Alibaba", *parts])
    text = wrap.first + text.replace("\n", f"\n{wrap.further}")
    return text.replace("\n", line_end)


@given(
    st.lists(parts, min_size=1, max_size=6), st.sampled_from(WRAPS), st.sampled_from(["\n", "\r\n"])
)
def test_prose_is_corrected_in_every_position_and_nothing_else(
    parts: Sequence[Part], wrap: Wrap, line_end: str
) -> None:
    before = wrapped([part.written() for part in parts], wrap, line_end)
    after = wrapped([part.corrected() for part in parts], wrap, line_end)
    assert cleaned(before, bundled()) == after
    assert structure(before) == structure(after)


# Corner cases of the specification, alone and in parts that only mean something together.
CORNERS = [
    "*a **b** c*",
    "[a *b](c*)",
    "[a `](b`)",
    "![a [b](c) d](e)",
    "[a [b](c) d](e)",
    '[a](b "c',
    '<a b="](c)">',
    "`a` `` b ` ``",
    "\\`a`",
    "a  \nb",
    "a\\\nb",
    "[r] [r][] [a][r] [r]: x",
    "![[a][r]](b)",
    "<https://a.b/[c](d)>",
    "&amp; &x; \\&amp;",
    "a | b",
    "---",
    "===",
    "# a #",
    "#a",
    "    a",
    "\ta",
    "- a",
    "-\n  a",
    "1. a",
    "> a",
    ">a",
    "```",
    "~~~ a",
    "| a | b |\n|--|--|\n| c | `d\\|e` |",
    "<div>",
    "</div>",
    "<!-- a",
    "-->",
    "<pre>",
    "</pre>",
    "[r]: /a 'b'",
    '[r]:\n<a>\n"b\nc"',
    "[^1]: a",
    "a\nb",
    "",
    "``",
    "](a)",
    "[",
    "]",
    "!",
    "(",
    ")",
    "*",
    "**",
    "_",
    "<",
    ">",
    '"',
    "'",
    "`",
    "\\",
    "a",
    "\N{NO-BREAK SPACE}a",
    "  a",
    "{% raw %}",
    "{a}",
    "\0",
    "\r",
    "\x0b",
]
NEW = ["x", "", " ", "Ma Yun", "*a*", "_a", "[a]", "`", "1. a", "- ", "#", "&lt;", "\\", "\n", "|"]
JOINTS = ["", " ", "\n", "\n\n", "\n> ", "\n  ", "\r\n"]
pieces = st.tuples(st.sampled_from(CORNERS), st.sampled_from(JOINTS)).map("".join)
corners = st.lists(pieces).map("".join)


@given(corners)
def test_no_letter_that_may_change_is_part_of_the_structure(text: str) -> None:
    text = f"\n{text}"  # so that it has no front matter, which CommonMark does not know
    assert structure(with_other_letters(text)) == structure(text)


@given(corners)
def test_letters_can_be_replaced_and_put_back(text: str) -> None:
    check_letters(markdown.read, f"\n{text}")


@given(corners, st.integers(0, 99), st.integers(0, 9), st.sampled_from(NEW))
def test_any_edit_that_can_be_made_is_read_back(
    text: str, start: int, length: int, new: str
) -> None:
    document = markdown.read(f"\n{text}")
    start %= len(document.text) + 1
    end = min(start + length, len(document.text))
    edit = document.fit(Edit(Span(start, end), new, ("test/new",)))
    if edit:
        again = markdown.read(document.rewritten([edit]))
        assert again.text == apply(document.text, [edit])
        assert again.structure() == document.structure([edit])


# What other dialects than that of the renderer know, or what stands for something else there.
_DIALECT = re.compile(r"\x0b|\^|\[[ xX]\]|\{%|\0|<br|\N{OBJECT REPLACEMENT CHARACTER}|\\\|")


@given(corners.filter(lambda text: not _DIALECT.search(text)))
def test_the_text_is_what_markdown_it_renders(text: str) -> None:
    text = f"\n{text}"
    seen = [without_space(block) for _, block in blocks(text)]
    assert sorted(filter(None, seen)) == rendered(text)


# Repeated, each of these makes a paragraph that a careless parser reads in quadratic time.
UNITS = [
    "[",
    "]",
    "[a](",
    "](<",
    "`",
    "` `` ",
    "<",
    "<a b='",
    "<!--",
    "<code>",
    "![a](b)[",
    "$a",
    "{{",
    "_a ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_huge_paragraph_of_markup_can_be_read(unit: str) -> None:
    text = f"Marwin {unit * (300_000 // len(unit))}"
    assert cleaned(text) == text.replace("Marwin", "Ma Yun", 1)


def test_many_blocks() -> None:
    table = "| Marwin | `Marwin` |\n" * 3_000
    text = "| a | b |\n|--|--|\n" + table + "\n" + "- Marwin\n" * 3_000
    assert cleaned(text) == text.replace(" Marwin", " Ma Yun")
