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
    for found in _IN_BRACKETS.finditer(text):
        if _HANGUL.search(found.group("credit")) and _is_credit(text, found, words):
            yield found
    yield from _BARE.finditer(text)


def _is_credit(text: str, found: re.Match[str], words: Words) -> bool:
    """Return whether brackets hold a credit and not a gloss, as in “Yonhap (연합뉴스)”.

    A credit has an equals sign, or it is at the beginning of the block, or at its end behind a
    sentence. In round brackets, or behind a word, it also has to have a word that is about a
    picture.
    """
    credit = found.group("credit")
    if "=" in credit:
        return True
    before = text[: found.start()].rstrip("\\").rstrip()
    after = text[found.end() :].strip(" .\"'")
    at_an_end = not before or not after
    picture_words = (*words.labels, *words.roles, *words.alone)
    about_a_picture = any(word in credit for word in picture_words)
    behind_a_word = bool(before) and before[-1].isalnum()
    needs_no_picture = found.group("opening") not in _ROUND and not behind_a_word
    return at_an_end and (about_a_picture or needs_no_picture)
