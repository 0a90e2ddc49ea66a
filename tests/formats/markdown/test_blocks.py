"""Blocks of Markdown: what kind they are, and when a whole block may be deleted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.formats.markdown.samples import DAMAGE, blocks, cleaned
from tests.samples import bundled

GATE = "The gate of the company's head office, seen from the canal."
CREDITED = f"{GATE} [사진 홍길동]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"# A\n\n{GATE}\n\n{CREDITED}\n\nb", f"# A\n\n{CREDITED}\n\nb", id="caption"),
        pytest.param(
            f"- {GATE}\n\n  {CREDITED}\n\n- b", f"- {CREDITED}\n\n- b", id="caption in a list item"
        ),
        pytest.param(
            f"{GATE}\n\n{GATE} \\[사진 홍길동\\]",
            f"{GATE} \\[사진 홍길동\\]",
            id="caption, escaped",
        ),
        pytest.param("# A\n\nCopy URL\n\nb\n\nCopy URL\n", "# A\n\nb\n", id="furniture"),
        pytest.param("- a\n\n  Copy URL\n\n- b", "- a\n\n- b", id="furniture in a list item"),
        pytest.param("- Copy URL\n\n  a\n\n- b", "- a\n\n- b", id="first in a list item"),
        pytest.param("Copy URL\r\n\r\na\r\n", "a\r\n", id="at the top, CRLF"),
        pytest.param("a\n\n**Copy** URL\n\nb\n", "a\n\nb\n", id="with emphasis in it"),
        pytest.param("a\n\nCopy UR&#76;\n\nb\n", "a\n\nb\n", id="with an entity in it"),
        pytest.param(
            "---\nx: y\n---\n\nCopy URL\n\nb", "---\nx: y\n---\n\nb", id="under front matter"
        ),
        pytest.param("a\n\nCopy URL\n\nCopy URL\n", "a\n", id="two at the end"),
        pytest.param("Copy URL\n\nCopy URL\n\nb\n", "b\n", id="two at the top"),
        pytest.param("> Ma fell.\n> Copy URL\n> So.", "> Ma fell.\n> So.", id="a line of a quote"),
        pytest.param("a\n\nCopy URL\nShare this\n\nb\n", "a\n\nb\n", id="all lines of one"),
        pytest.param("Copy URL\nShare this", "", id="all lines of the only one"),
        pytest.param("Copy URL\\\nShare this\n\nb", "b", id="all lines, a hard break between"),
        pytest.param("a\n\n**Copy URL\nShare this**", "a", id="all lines, in emphasis"),
        pytest.param(
            "Copy URL\nShare this\n\nShare this\nCopy URL\n\nb", "b", id="all lines of two"
        ),
        pytest.param(
            "- a\n\n  Copy URL\n  Share this\n\n  b", "- a\n\n  b", id="all lines, in a list item"
        ),
        pytest.param("> Copy URL\n> Share this", "> Share this", id="all but one of a quote"),
    ],
)
def test_blocks_that_are_deleted(before: str, after: str) -> None:
    assert cleaned(before, DAMAGE) == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"- {GATE}\n\n{CREDITED}", id="caption alone in a list"),
        pytest.param(f"- {GATE}\n- {CREDITED}", id="captions in two items"),
        pytest.param(f"# {GATE}\n\n{CREDITED}", id="heading"),
        pytest.param(f"| {GATE} | {CREDITED} |\n|--|--|", id="cells"),
        pytest.param(f"![{GATE}](x.jpg)\n\n{CREDITED}", id="text of an image"),
        pytest.param(f"[{GATE}](x)\n\n{CREDITED}", id="text of a link"),
        pytest.param("Copy URL\n========\n\na", id="heading with an underline"),
        pytest.param("- a\n\nCopy URL\nb", id="the next line would join the list"),
        pytest.param("- a\n\nCopy URL\n\n- b", id="two lists would be one"),
        pytest.param("- a\n\nCopy URL\n\n    b", id="code would be a part of the list"),
        pytest.param("    a\n\nCopy URL\n\n    b", id="two blocks of code would be one"),
        pytest.param("Copy URL\n\n---\na\n\n---\n\nb", id="a break would be front matter"),
        pytest.param("> a\n>\n> Copy URL\n>\n> b", id="between the markers of a quote"),
        pytest.param("a\n\n<b>Copy URL\n\nb</b>", id="a tag that is closed later"),
        pytest.param("a\n\n[Copy URL][r]\n\nb\n\n[r]: x", id="a link"),
        pytest.param("```\n\nCopy URL\n\n```\n\n> Copy URL", id="code, quotes"),
    ],
)
def test_blocks_that_stay(text: str) -> None:
    assert cleaned(text, DAMAGE) == text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("# A\n\nB\n===\n\nC", ["headline", "headline", "paragraph"], id="headings"),
        pytest.param("![a](b)\n*It fell.*", ["caption"], id="picture with its caption"),
        pytest.param("*It fell. [AP=연합뉴스]*", ["caption"], id="caption by its credit"),
        pytest.param("**Beijing = correspondent Lim Do-hyun**", ["byline"], id="byline"),
        pytest.param("> (c) All rights reserved.", ["notice"], id="notice"),
        pytest.param("A\n\n|B|\n|-|\n|C|\n\nD", ["paragraph"] * 2 + ["cell"] * 2, id="cells"),
        pytest.param("[![Gate.](b)](c)", ["caption"], id="picture in a link"),
        pytest.param("It fell ![a](b).", ["paragraph"], id="picture in a sentence"),
    ],
)
def test_kinds(text: str, kinds: Sequence[str]) -> None:
    assert [kind for kind, _ in blocks(text)] == kinds


PLACEHOLDER = "[email\N{NO-BREAK SPACE}protected]"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Contact us\n- {PLACEHOLDER}\n- by phone\n", id="all of a list item"),
        pytest.param(f"Write to:\n1. {PLACEHOLDER}\n2. by phone\n", id="all of a numbered item"),
        pytest.param(f"Text\n\n{PLACEHOLDER}\n---\n", id="all of a heading"),
    ],
)
def test_a_placeholder_that_a_marker_needs_stays(text: str) -> None:
    assert cleaned(text, bundled()) == text


def test_a_placeholder_in_the_last_line_of_a_heading_goes_with_the_line() -> None:
    before = f"Ma Yun of Alibaba\n{PLACEHOLDER}\n===\n"
    assert cleaned(before, bundled()) == "Ma Yun of Alibaba\n===\n"


def test_a_placeholder_with_text_beside_it_is_deleted() -> None:
    before = f"- by mail: {PLACEHOLDER}\n- by phone\n"
    assert cleaned(before, bundled()) == "- by mail:\n- by phone\n"
