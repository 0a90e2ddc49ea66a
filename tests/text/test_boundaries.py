"""Boundaries of names: which occurrences are a whole name, and which are a part of a word."""

from __future__ import annotations

import re

import pytest

from cleaner.text.boundaries import Boundaries, stands_alone
from cleaner.text.edits import Span
from tests.text.samples import ACUTE, NBSP

WORDS = Boundaries(suffixes=frozenset({"led", "backed", "based"}))


def alone(marked: str) -> bool:
    """Return whether the name between ⟨ and ⟩ stands alone."""
    before, name, after = re.split("[⟨⟩]", marked)
    span = Span(len(before), len(before) + len(name))
    return stands_alone(before + name + after, span, WORDS)


ALONE = [
    "⟨Ma Yun⟩",
    "(⟨Ma Yun⟩)",
    "“⟨Ma Yun⟩”",
    "‘⟨Ma Yun⟩’",
    "⟨Ma Yun⟩’s",
    "⟨Ma Yun⟩'s",
    "⟨Ma Yun⟩.",
    "x ⟨Ma Yun⟩ x",
    "⟨Alibaba⟩’ ",
    "⟨Alibaba⟩-led",
    "⟨Alibaba⟩-Backed firms",
    "⟨Alibaba⟩-LED",
    "⟨Alibaba⟩\N{NON-BREAKING HYPHEN}led",
    "⟨Alibaba⟩-led’s",
    "⟨Ma Yun⟩–Wang",
    "China—⟨Ma Yun⟩—",
    "and/⟨Ma Yun⟩/or",
    "said’⟨Ma Win⟩",
    "the firm’⟨Ma Win⟩",
    "’⟨Ma Win⟩",
    "\N{GRINNING FACE}⟨Ma Yun⟩\N{GRINNING FACE}",
    "。⟨Ma Yun⟩。",
    "[⟨Ma Yun⟩=연합뉴스]",
    "\r\n⟨Ma Yun⟩\r\n",
    f"{NBSP}⟨Ma Yun⟩{NBSP}",
    "“‘⟨Ma Yun⟩’s",
    "I’⟨Alibaba⟩",
]
JOINED = [
    "⟨Sun Tian⟩-chi",
    "⟨Alibaba⟩-ledger",
    "⟨Alibaba⟩-",
    "⟨Alibaba⟩--led",
    "⟨Alibaba⟩\N{HYPHEN}chi",
    "anti-⟨Alibaba⟩",
    "⟨Ali⟩\N{SOFT HYPHEN}baba",
    "Ali\N{SOFT HYPHEN}⟨baba⟩",
    "\N{NON-BREAKING HYPHEN}⟨Yun⟩",
    "O’⟨Brien⟩",
    "O'⟨Brien⟩",
    "(O’⟨Brien⟩)",
    "D’⟨Arcy⟩",
    "“D’⟨Arcy⟩”",
    "by d’⟨Arcy⟩",
    "l’⟨Alibaba⟩",
    "L'⟨Alibaba⟩",
    "x⟨Ma Yun⟩",
    "⟨Ma Yun⟩x",
    "1⟨Ma Yun⟩",
    "⟨Ma Yun⟩1",
    "_⟨Ma Yun⟩",
    "⟨Ma Yun⟩_",
    "é⟨Ma Yun⟩",
    "⟨Ma Yun⟩é",
    f"⟨Ma Yun⟩{ACUTE}",
    f"e{ACUTE}⟨Ma⟩",
    "⟨Ma Yun⟩\N{ZERO WIDTH JOINER}",
    "\N{ZERO WIDTH JOINER}⟨Ma Yun⟩",
    "⟨Ma⟩\N{ZERO WIDTH NON-JOINER}Yun",
    "⟨Ma⟩\N{WORD JOINER}Yun",
    "⟨Ma Yun⟩은",
    "한⟨Ma Yun⟩",
    "⟨마윈⟩은",
    "⟨Ma Yun⟩\N{VARIATION SELECTOR-16}",
    "⟨Ma Yun⟩馬",
    "x-⟨Ma Yun⟩-led",
]


@pytest.mark.parametrize("marked", [pytest.param(marked, id=ascii(marked)) for marked in ALONE])
def test_a_name_stands_alone(marked: str) -> None:
    assert alone(marked)


@pytest.mark.parametrize("marked", [pytest.param(marked, id=ascii(marked)) for marked in JOINED])
def test_a_part_of_a_word_does_not(marked: str) -> None:
    assert not alone(marked)
