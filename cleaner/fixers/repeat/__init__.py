"""kind: repeat. Deletes one of two blocks of the running text that say the same.

Pages print a headline again as the text of a picture, and a caption again as a paragraph. The
fixer `caption` handles the captions that a credit or the typography gives away; here the two blocks
may be the same in every character. What is compared are their letters and digits, without a credit
at the end.

Good texts repeat themselves too, so the key `of` says which blocks are meant, with limits for each:

- `headline`: the first line of the text and one of the next three, if the first is a headline of at
  least three words, and of at least 40 characters where the other is not its neighbour. Case and a
  label in brackets do not count. One of them may have the name of the site behind it, or be cut off
  with an ellipsis; the other one is kept, otherwise the first.
- `beginning`: a headline of at least 40 characters at the beginning of a paragraph, with a sentence
  behind it: the page printed the text of a picture and its caption in one line.
- `paragraph`: two neighbours, of which the one with the credit is kept, otherwise the second.
- `copy`: two blocks with a few others between them. The first is the caption, and is deleted.
- `cut`: a paragraph that is cut off, with an ellipsis or in the middle of a word, before the whole
  one. It is deleted.
- `version`: a paragraph that is cut off before one that has the same first words and goes on in
  other ones. It is deleted.
- `words`: a word with a capital, or a phrase, that is printed twice side by side. What only reports
  is best for it: places have such names.

Paragraphs and copies have at least 40 characters. They are prose in English, with longer prose
before or behind them, and the text holds them exactly twice. A refrain, a prayer or a clause of a
contract is repeated on purpose; they are known by words of the list `speech` (I, thou, shall)
outside quotation marks. Such words do not count where the typography of the two blocks differs.

With the key `marks`, only blocks are compared that have one of these marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from cleaner.fixers import Hits, options_of
from cleaner.fixers.repeat.comparison import WORD
from cleaner.fixers.repeat.headlines import find_beginnings, find_headlines
from cleaner.fixers.repeat.paragraphs import Paragraphs
from cleaner.fixers.repeat.running import Running
from cleaner.fixers.repeat.words import find_doubled_words
from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit
from cleaner.text.literals import ANYTHING

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

_FURTHEST = 8  # blocks from a caption to its copy
# A text without any of these proves no damage.
_MARKS = (
    "'",
    '"',
    "\N{LEFT SINGLE QUOTATION MARK}",
    "\N{RIGHT SINGLE QUOTATION MARK}",
    "\N{LEFT DOUBLE QUOTATION MARK}",
    "\N{RIGHT DOUBLE QUOTATION MARK}",
    "=",
    "[",
    "(",
)


class Options(NamedTuple):
    """The keys of a rule of this kind.

    Attributes:
        message: what is wrong.
        of: which blocks are compared.
        speech: words that mark a text as somebody's speech.
        marks: if there are any, a headline counts only if it has one of these.
    """

    message: str
    of: Literal["headline", "beginning", "paragraph", "copy", "cut", "version", "words"]
    speech: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """Yield what every text has: whole texts are compared."""
    for rule in rules:
        yield rule, ANYTHING


def could_act(rule: Rule, text: str) -> bool:
    """Return whether a text has a mark without which nothing is compared, and a word twice.

    Of words that stand twice both may be in one line; all other repeats are in two.
    """
    if not any(mark in text for mark in _MARKS):
        return False
    is_of_words = options_of(rule, Options).of == "words"
    words: list[str] = []
    for line in text.casefold().splitlines():
        in_line = WORD.findall(line)
        words += in_line if is_of_words else set(in_line)
    return len(set(words)) < len(words)


def edits(document: Document, rules: Iterable[Rule], _hits: Hits) -> Iterator[Edit]:
    """Yield deletions of whole blocks, each with the blank line between it and its neighbour.

    Words that stand twice are only pointed at.
    """
    if not any(mark in document.text for mark in _MARKS):
        return
    # For all rules: the whole text is read for them.
    paragraphs = Paragraphs(document)
    running = Running(document)
    for rule in rules:
        options = options_of(rule, Options)
        speech = frozenset(options.speech)
        match options.of:
            case "headline":
                spans = find_headlines(document.text, running, options.marks)
            case "beginning":
                spans = find_beginnings(document.text, running, options.marks)
            case "paragraph":
                spans = paragraphs.repeated(range(1, 2), speech)
            case "copy":
                spans = paragraphs.repeated(range(2, _FURTHEST + 1), speech)
            case "cut":
                spans = paragraphs.cut_off(speech, is_whole=True)
            case "version":
                spans = paragraphs.cut_off(speech, is_whole=False)
            case "words":
                spans = find_doubled_words(document.text, running)
        for span in spans:
            kept = span.of(document.text) if options.of == "words" else ""
            yield Edit(span, kept, (rule.id,))
