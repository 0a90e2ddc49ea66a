"""Where a text explains what is written in another script, or is about that script.

English about Korea, Japan or China shows the original beside the word that translates it: “a hanok
(한옥)”, “the poet Li Bai 李白”, “한옥 means a house”. That is no residue of a translation.
"""

from __future__ import annotations

import re

from cleaner.text.edits import Span
from cleaner.text.lazy import lazy_pattern

_REACH = 100  # code points beside words in which a gloss of them is looked for
_LATIN = "A-Za-z0-9\u00c0-\u024f"
_OPEN = "(\N{FULLWIDTH LEFT PARENTHESIS}"
_CLOSE = ")\N{FULLWIDTH RIGHT PARENTHESIS}"
_INSIDE = rf"[^{_OPEN}{_CLOSE}=@\r\n]*"  # what a bracket holds that is no credit and no address
_OPENING = "\"'*_\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
_CLOSING = "\"'*_\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}》」』"

# Before the words, and behind a word of English: “a hanok (”
_BRACKET = lazy_pattern(rf"[{_LATIN}][{_CLOSING}]{{0,3}} ?[{_OPEN}]({_INSIDE})\Z")
_REST_OF_BRACKET = lazy_pattern(rf"{_INSIDE}[{_CLOSE}]")
# What a bracket begins with that names the source of a picture.
_CREDIT = lazy_pattern("사진|자료|제공|출처|영상|그래픽|캡처|写真|提供|図|图|圖|新华社|新華社|共同")

# Behind the words: “ (hanok)”, “ means a house”, “ – a house”
_EXPLAINED = lazy_pattern(
    rf"[{_CLOSING}]{{0,3}}"
    rf"(?: ?[{_OPEN}]{_INSIDE}[a-z\u00e0-\u024f]{{2}}{_INSIDE}[{_CLOSE}]"
    rf"| ?\[(?:[a-z\u00e0-\u02ff]|T/?N:){_INSIDE}\]"
    r"|,? (?:means?|meaning|which means|is read|is pronounced|literally|i\.e\.)\b"
    r"|,? ?[-\N{EN DASH}\N{EM DASH}] ?[a-z])"
)
# Before the words: “the word ”, “in Korean: “”, “written as ”
_ABOUT_LANGUAGE = lazy_pattern(
    r"\b(?:Korean|Hang[eu]+l|Hanja|Chinese|Japanese|Mandarin|Cantonese|Kanji|Kana|Hiragana"
    r"|Katakana|characters?|words?|terms?|phrases?|letters?|vowels?|consonants?|syllables?"
    r"|particles?|verbs?|nouns?|suffix|prefix|radical|spelt|spelled|written|means?|pronounced)"
    rf"(?: (?:as|is|for|of|name|text|word|term))?,?:? [{_OPENING}(]{{0,3}}\Z",
    re.IGNORECASE,
)
# Before Chinese characters, as scholars write: “the poet Li Bai ”. A byline or a credit is no name.
_NAME = lazy_pattern(
    r"(?<![A-Za-z])(?!Reporter|Editor|Source|Photo|Author|Image|Text|Picture|By\b)"
    r"[A-Z\u00c0-\u017f][\w\N{RIGHT SINGLE QUOTATION MARK}'-]{1,20} \Z"
)
_NAME_IN_HAN = lazy_pattern(r"[\u4e00-\u9fff]{1,8}")


def is_glossed(text: str, span: Span) -> bool:
    """Return whether a text explains the words at a span, or shows them as words.

    >>> is_glossed("They live in a hanok (한옥).", Span(22, 24))
    True
    >>> is_glossed("The house is open (사진=한옥).", Span(22, 24))
    False
    """
    words = span.of(text)
    before = text[max(0, span.start - _REACH) : span.start]
    after = text[span.end : span.end + _REACH]
    bracket = _BRACKET.search(before)
    if bracket and _REST_OF_BRACKET.match(after):
        return not _CREDIT.match(bracket.group(1) + words)
    if _EXPLAINED.match(after) or _ABOUT_LANGUAGE.search(before):
        return True
    return bool(_NAME_IN_HAN.fullmatch(words) and _NAME.search(before))
