"""kind: credit. Translates credits in brackets, by a small grammar over words that are in YAML.

The grammar is in `grammar`. A credit with one Hangul word that the lists do not have is left as it
is: names are never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaner.fixers import Hits, options_of
from cleaner.fixers.credit.grammar import Words, translated
from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import required
from cleaner.text.characters import HANGUL
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span

Options = Words
LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

_HANGUL = re.compile(f"[{HANGUL}]")
_OPENING, _CLOSING = r"\[(<【〈［（", r"\])>】〉］）"
_ROUND = "(（"
# In Markdown a backslash may be before a bracket.
_IN_BRACKETS = re.compile(
    f"(?P<opening>[{_OPENING}])(?P<credit>[^{_OPENING}{_CLOSING}\r\n]{{1,80}}?)\\\\?[{_CLOSING}]"
)
_BARE = re.compile(
    r"(?<![\w\[(<])(?P<credit>(?:사진|그래픽|영상|자료)[^\r\n.\[\]()<>]{1,40})(?=\s*\Z)"
)

_BEHIND_A_CREDIT = " .\"'"  # what may be between a credit and the end of its block


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """Yield the bytes that any Hangul syllable begins with."""
    for rule in rules:
        for piece in sorted(required(_HANGUL.pattern)):
            yield rule, piece


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield the translation of every credit of which all words are known."""
    for rule in rules:
        words = options_of(rule, Words)
        blocks = dict.fromkeys(document.block(span.start) for span, _ in hits[rule.id])
        for block in blocks:
            for credit in _credits(block.of(document.text), words):
                english = translated(credit.group("credit"), words)
                if english:
                    start, end = credit.span("credit")
                    yield Edit(Span(block.start + start, block.start + end), english, (rule.id,))


def _credits(text: str, words: Words) -> Iterator[re.Match[str]]:
    """Find the credits of a block: in brackets anywhere, bare at its end."""
    end = len(text.rstrip(_BEHIND_A_CREDIT))
    for found in _IN_BRACKETS.finditer(text):
        if _HANGUL.search(found.group("credit")) and _is_credit(text, end, found, words):
            yield found
    yield from _BARE.finditer(text)


def _is_credit(text: str, end: int, found: re.Match[str], words: Words) -> bool:
    """Return whether brackets hold a credit and not a gloss, as in “Yonhap (연합뉴스)”.

    `end` is where the block ends but for what may follow a credit.

    A credit has an equals sign, or it is at the beginning of the block, or at its end behind a
    sentence. In round brackets, or behind a word, it also has to have a word that is about a
    picture.
    """
    credit = found.group("credit")
    if "=" in credit:
        return True
    before = _last_character(text, found.start())
    at_an_end = not before or found.end() >= end
    picture_words = (*words.labels, *words.roles, *words.alone)
    about_a_picture = any(word in credit for word in picture_words)
    behind_a_word = before.isalnum()
    needs_no_picture = found.group("opening") not in _ROUND and not behind_a_word
    return at_an_end and (about_a_picture or needs_no_picture)


def _last_character(text: str, end: int) -> str:
    """Return the last character before `end` but for a backslash and white space; "" for none.

    >>> _last_character("the gate \\\\", 10), _last_character(" ", 1)
    ('e', '')
    """
    while end and text[end - 1] == "\\":
        end -= 1
    while end and text[end - 1].isspace():
        end -= 1
    return text[end - 1 : end]
