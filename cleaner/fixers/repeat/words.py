"""Words and phrases that are printed twice side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.fixers.repeat.running import Running
from cleaner.text.doubled import with_doubled_words
from cleaner.text.edits import Span
from cleaner.text.lazy import lazy_pattern
from cleaner.text.memo import Memo

_LONG_WORDS = 12  # code points of two words that count as a phrase
_LONGEST_WORDS = 6  # words of a phrase that is printed twice side by side
# A word with a capital, twice and more; and a phrase behind which it stands again. The first of
# them begins with the capital, and not with the word boundary, because that is found sooner.
_IN_WORD = r"[\w'\N{RIGHT SINGLE QUOTATION MARK}-]"
_TWICE = lazy_pattern(rf"([A-Z](?<=\b.){_IN_WORD}{{3,40}}+)(?: \1)+(?![\w-])")
_PHRASE = lazy_pattern(
    rf"\b(\w{_IN_WORD}{{0,30}}+(?: \w{_IN_WORD}{{0,30}}+){{1,{_LONGEST_WORDS - 1}}})"
    r"[:,;]? (?i:\1)(?![\w-])"
)


def find_doubled_words(text: str, running: Running) -> Iterator[Span]:
    """Yield words and phrases of the running text together with their repetition."""
    blocks = [(block, block.of(text)) for block in running.first()]
    unknown = [there for _, there in blocks if there not in _remembered]
    doubled = {unknown[number] for number in with_doubled_words(unknown)}
    for there in unknown:
        if there not in doubled:
            _remembered.remember(there, ())
    for block, there in blocks:
        for span in _remembered(there):
            yield span.moved(block.start)


def _doubled(block: str) -> Sequence[Span]:
    """Return the words and phrases of a block together with their repetition."""
    words = [Span(*found.span()) for found in _TWICE.finditer(block)]
    phrases = [Span(*found.span()) for found in _PHRASE.finditer(block) if _is_phrase(found[1])]
    return [*words, *phrases]


_remembered = Memo(_doubled)


def _is_phrase(words: str) -> bool:
    """Return whether some words are more than a habit of speech such as “more and (more and)”.

    >>> _is_phrase("more and"), _is_phrase("man of the match"), _is_phrase("Editor's note")
    (False, True, True)
    """
    several = words.casefold().split()
    return len(set(several)) > 1 and (len(several) > 2 or len(words) >= _LONG_WORDS)
