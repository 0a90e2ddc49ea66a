"""Texts for the tests of folding and literals, from pieces that damage and typing really leave."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from hypothesis import strategies as st

NBSP = "\N{NO-BREAK SPACE}"
ACUTE = "\N{COMBINING ACUTE ACCENT}"
SINGLE_QUOTES = "'‘’"
DOUBLE_QUOTES = '"“”'
SPACES = (
    f"{NBSP}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}\N{THIN SPACE}\N{HAIR SPACE}\N{EN SPACE}"
    "\N{EM SPACE}"
)
NAMES = [
    "Ma Yun",
    "Ma",
    "Yun Ma Yun",
    "Xi’an Jiaotong",
    "Éric O'Neil",
    "Zhōu Xùn",
    "마윈",
    "한 Li",
    "“Ant” Group",
    "n-n",
]
# White space that may separate the words of a name, and white space that may not.
BREAKS = [" ", "  ", *SPACES, f" {NBSP}", "\t", "\n", "\r\n", "\r", "\n  ", " \r\n"]
BLANKS = ["\n\n", "\r\n\r\n", "\r\r", "\n \n", f"\n{NBSP}\n", "\n\r\n", "\n\t\r"]
# What may be between two names.
BETWEEN = [
    "",
    " ",
    ", ",
    ",, ",
    ". .",
    "’s ",
    "-",
    "-led ",
    "은 ",
    "e" + ACUTE,
    "x",
    "_",
    "1",
    "‘",
    "”",
    "é",
    "\N{GRINNING FACE}",
    "[AP=연합뉴스]",
    "각",
    *BREAKS,
    *BLANKS,
]


def ascii_lower(text: str) -> str:
    """Return the text with its ASCII letters in small letters."""
    return "".join(char.lower() if char.isascii() else char for char in text)


@st.composite
def typed(draw: st.DrawFn, breaks: Iterable[str] = (*BREAKS, *BLANKS[:3])) -> str:
    """Draw a name as a person or a program may have typed it."""
    spaces = st.sampled_from(list(breaks))
    text = draw(st.sampled_from(NAMES))
    text = re.sub(" ", lambda _: draw(spaces), text)
    text = re.sub("['’]", lambda _: draw(st.sampled_from(SINGLE_QUOTES)), text)
    text = re.sub("[“”]", lambda _: draw(st.sampled_from(DOUBLE_QUOTES)), text)
    text = draw(st.sampled_from([text, text.upper(), text.lower()]))
    is_composed = draw(st.booleans())
    return unicodedata.normalize("NFC" if is_composed else "NFD", text)


TEXTS = st.lists(typed() | st.sampled_from(BETWEEN), max_size=10).map("".join)
