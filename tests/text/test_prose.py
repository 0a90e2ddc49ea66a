"""Running text: kinds of blocks, and words that must stay as they are."""

from __future__ import annotations

import pytest

from cleaner.text.edits import Span
from cleaner.text.prose import block_kind, may_hold_verbatim, verbatim_spans

LONG = (
    "This sentence is so long that it has to be a paragraph all by itself, or the end of one. " * 3
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Alibaba under fire", "headline", id="headline"),
        pytest.param("It was a hard week.", "paragraph", id="paragraph"),
        pytest.param("Alibaba\nunder fire", "paragraph", id="two lines"),
        pytest.param(LONG, "paragraph", id="long paragraph"),
        pytest.param("A gate in Hangzhou. [AP=연합뉴스]", "caption", id="caption"),
        pytest.param(f"{LONG}[AP=연합뉴스]", "caption", id="long caption"),
        pytest.param("The year in numbers. Graphic = Yoon Seo-ah", "caption", id="graphic"),
        pytest.param("[뉴시스]", "credit", id="credit"),
        pytest.param("Beijing = correspondent Lim Do-hyun", "byline", id="byline"),
        pytest.param("He is a correspondent.", "paragraph", id="a sentence is no byline"),
        pytest.param("\N{COPYRIGHT SIGN} Some Paper. All rights reserved", "notice", id="notice"),
    ],
)
def test_block_kind(text: str, kind: str) -> None:
    assert block_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "verbatim"),
    [
        pytest.param("see https://a.org/x?y=z, and", ["https://a.org/x?y=z,"], id="URL"),
        pytest.param("see www.a.org/x now", ["www.a.org/x"], id="URL without a scheme"),
        pytest.param("to a.b+c@d-e.org now", ["a.b+c@d-e.org"], id="e-mail address"),
        pytest.param("by @ma_win-2 now", ["@ma_win-2"], id="handle"),
        pytest.param("the #AntGroup tag", ["#AntGroup"], id="hashtag"),
        pytest.param("on Hankyung.com now", ["Hankyung.com"], id="site"),
        pytest.param("in notes.final.txt now", ["notes.final.txt"], id="file"),
        pytest.param("in /home/x/y.z now", ["/home/x/y.z"], id="path"),
        pytest.param("in ~/x or so", ["~/x"], id="path from home"),
        pytest.param("in C:\\a\\b now", ["C:\\a\\b"], id="Windows path"),
        pytest.param("run `rm x` now", ["`rm x`"], id="code"),
        pytest.param("`a` or `b`", ["`a`", "`b`"], id="code twice"),
        pytest.param("so ``weak-dam,'' he said", [], id="TeX quotes are not code"),
        pytest.param("he said.The and/or U.S. 3/4", [], id="prose"),
    ],
)
def test_verbatim_spans(text: str, verbatim: list[str]) -> None:
    found = list(verbatim_spans(text, Span(0, len(text))))
    assert [span.of(text) for span in found] == verbatim
    code = [piece for piece in verbatim if piece.startswith("`")]
    if verbatim != code:
        assert may_hold_verbatim(text)
