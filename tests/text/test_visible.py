"""Text on its way to a terminal: what a reader cannot see is written as a code or an escape."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest

from cleaner.text.visible import escape_invisible, shortened, visible

# Signs that stand before the number they belong to; a reader sees them.
SEEN = {
    *map(chr, range(0x600, 0x606)),
    *"\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd",
}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ma Yun 마윈 “é”\n", id="nothing invisible"),
        pytest.param("\x1b[31m\x07\x9b", id="control characters"),
        pytest.param("\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH SPACE}", id="direction, no width"),
        pytest.param("\N{SOFT HYPHEN}\N{LINE SEPARATOR}\ufeff", id="hyphen, line, byte order mark"),
        pytest.param("\U000e0041", id="beyond the basic plane"),
    ],
)
def test_escaped_json_means_the_same(text: str) -> None:
    written = escape_invisible(json.dumps({"text": text}, ensure_ascii=False, indent=2))
    assert json.loads(written) == {"text": text}
    assert written.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        pytest.param("abcde", 5, "abcde", id="fits"),
        pytest.param("abcdef", 5, "ab…ef", id="odd limit"),
        pytest.param("abcdefg", 6, "ab…fg", id="even limit"),
    ],
)
def test_shortened(text: str, most: int, expected: str) -> None:
    assert shortened(text, most) == expected


def test_nothing_that_cannot_be_seen_reaches_a_terminal() -> None:
    for char in map(chr, range(sys.maxunicode + 1)):
        unseen = unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp", "Cs"} and char not in SEEN
        if unseen:
            assert visible(char) == f"<U+{ord(char):04X}>"


@pytest.mark.parametrize(
    "char",
    [
        pytest.param("\N{COMBINING GRAPHEME JOINER}", id="joiner"),
        pytest.param("\N{HANGUL FILLER}", id="filler"),
        pytest.param("\N{VARIATION SELECTOR-16}", id="variation"),
        pytest.param("\N{VARIATION SELECTOR-17}", id="variation beyond the basic plane"),
        pytest.param("\N{TAG LATIN SMALL LETTER A}", id="tag"),
    ],
)
def test_what_has_no_ink_is_shown_too(char: str) -> None:
    assert visible(f"a{char}b") == f"a<U+{ord(char):04X}>b"


@pytest.mark.parametrize(
    "text", ["Ma Yun 마윈 马云", "“é e\u0301”", "نص عربي", "עברית", "👍🏽 ½ №", "a\u00a0b"]
)
def test_what_is_seen_stays(text: str) -> None:
    assert visible(text) == text
