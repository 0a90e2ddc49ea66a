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

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from cleaner.fixers import Hits, options_of
from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.doubled import with_doubled_words
from cleaner.text.edits import Edit, Span
from cleaner.text.layout import RUNNING
from cleaner.text.lazy import lazy_pattern
from cleaner.text.literals import ANYTHING
from cleaner.text.memo import Memo

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

_SHORTEST_CUT = 20  # letters and digits of a headline that is cut off
_LONG_WORDS = 12  # code points of two words that count as a phrase
_LONGEST_WORDS = 6  # words of a phrase that is printed twice side by side
_SHORTEST = 40  # code points of a paragraph that counts
_FEW_LETTERS = 10  # of two texts that are compared before all the others
_HEADLINE_WORDS = 3  # shorter ones are a name, or the title of a section
_NEAR_HEADLINE = 4  # the first blocks of a text, in which its headline may stand again
_TOP = 8  # the first lines of a text, one of which is its headline
_FURTHEST_CAPTION = 30  # blocks from the top to a caption that begins with the headline
_LONG = 100  # code points that a paragraph beside the two has, and a line of verse has not
_FURTHEST = 8  # blocks from a caption to its copy

_LONGEST_HEADLINE = 250  # code points
_NO_HEADLINE_END = ".,;:"  # what a headline does not end with

_LINE = lazy_pattern(r"[^\s][^\r\n]*(?<=\S)")
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
_NO_LETTER = lazy_pattern(r"[\W_]+")
_NO_LETTER_BEYOND_ASCII = lazy_pattern(r"[^\w\x00-\x7f]+")
_NO_ASCII_LETTERS = bytes(at for at in range(128) if not chr(at).isalnum() and at != ord("\n"))
_WORD = lazy_pattern(r"[^\W_]+")
_QUOTED = lazy_pattern(
    "\N{LEFT DOUBLE QUOTATION MARK}[^\N{RIGHT DOUBLE QUOTATION MARK}]*+"
    "|\N{LEFT SINGLE QUOTATION MARK}[^\N{RIGHT SINGLE QUOTATION MARK}]*+"
    '|"[^"]*+"?'
)
# A credit at the end: in brackets, or up to four names behind a sentence (“… rise. AP/Yonhap”), or
# a few words of which one is a mark of credits (“… rise. Photo = Yonhap News”).
_LONGEST_CREDIT = 200  # code points, more than the pattern has
_CREDIT = lazy_pattern(
    r"[\[(<\N{FULLWIDTH LEFT PARENTHESIS}][^\[\]()<>\r\n]{1,80}"
    r"[\])>\N{FULLWIDTH RIGHT PARENTHESIS}]\W{0,5}\Z"
    r"|(?<=[.!?] )(?:[A-Z][\w.:/&=-]{0,30}(?: |\Z)){1,4}\Z"
    r"|(?<=[.!?] )[^.!?\r\n]{1,30}[=/|][^.!?\r\n]{1,30}\Z"
)
# What it has near its end, unless its last word has a capital.
_CREDIT_SIGNS = frozenset("])>\N{FULLWIDTH RIGHT PARENTHESIS}=/|")
_LONGEST_LAST_FIELD = 31  # code points from the last of these signs to the end
# The name of a site behind a headline.
_SITE = lazy_pattern(
    r" [-|:\N{EN DASH}\N{EM DASH}\N{MIDDLE DOT}] (?:[^\W_][^\r\n:|-]{1,38}[^\W_]\)?)\Z"
)
_LABEL = lazy_pattern(r"\A[\[(<][^\[\]()<>\r\n]{1,20}[\])>] ?")  # a label before a headline
_NEWS_LABEL = lazy_pattern(r" ?\((?:Comprehensive|Summary|Update|Updated)\)\Z")  # of an agency
_ELLIPSES = ("\N{HORIZONTAL ELLIPSIS}", "...")
_SENTENCE_INSIDE = lazy_pattern(r"[.!?]\W{0,2} [A-Z]")
# A word with a capital, twice and more; and a phrase behind which it stands again. The first of
# them begins with the capital, and not with the word boundary, because that is found sooner.
_IN_WORD = r"[\w'\N{RIGHT SINGLE QUOTATION MARK}-]"
_TWICE = lazy_pattern(rf"([A-Z](?<=\b.){_IN_WORD}{{3,40}}+)(?: \1)+(?![\w-])")
_PHRASE = lazy_pattern(
    rf"\b(\w{_IN_WORD}{{0,30}}+(?: \w{_IN_WORD}{{0,30}}+){{1,{_LONGEST_WORDS - 1}}})"
    r"[:,;]? (?i:\1)(?![\w-])"
)
# Prose begins with a word, maybe in brackets or quotation marks, and not as an item of a list.
_BEGINS_AS_PROSE = lazy_pattern(r"[^\w\s*+#|>-]{0,3}[^\W\d_]")
# More than one line, the columns of a table, or the dots of a table of contents.
_NO_PROSE = lazy_pattern(r"[\r\n\t|]| {3}|\.{4}")


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
        in_line = _WORD.findall(line)
        words += in_line if is_of_words else set(in_line)
    return len(set(words)) < len(words)


def edits(document: Document, rules: Iterable[Rule], _hits: Hits) -> Iterator[Edit]:
    """Yield deletions of whole blocks, each with the blank line between it and its neighbour.

    Words that stand twice are only pointed at.
    """
    if not any(mark in document.text for mark in _MARKS):
        return
    # For all rules: the whole text is read for them.
    repeats = _Repeats(document)
    running = _Running(document)
    for rule in rules:
        options = options_of(rule, Options)
        speech = frozenset(options.speech)
        match options.of:
            case "headline":
                spans = _headlines(document.text, running, options.marks)
            case "beginning":
                spans = _beginnings(document.text, running, options.marks)
            case "paragraph":
                spans = repeats.spans(range(1, 2), speech)
            case "copy":
                spans = repeats.spans(range(2, _FURTHEST + 1), speech)
            case "cut":
                spans = repeats.cut_off(speech, is_whole=True)
            case "version":
                spans = repeats.cut_off(speech, is_whole=False)
            case "words":
                spans = _doubled_words(document.text, running)
        for span in spans:
            kept = span.of(document.text) if options.of == "words" else ""
            yield Edit(span, kept, (rule.id,))


class _Running:
    """The blocks of the running text, each asked for only once and only if it is needed."""

    def __init__(self, document: Document) -> None:
        self._further = document.running()
        self._known: list[Span] = []

    def first(self, most: int = sys.maxsize) -> Sequence[Span]:
        """Return the first blocks, so many at most; all of them if nothing is said."""
        self._known += islice(self._further, max(0, most - len(self._known)))
        return self._known[:most]


def _top(text: str, running: _Running, most: int) -> Sequence[Span]:
    """Return the first lines of the running text that are not blank, so many at most."""
    lines: list[Span] = []
    for block in running.first(most):
        for line in _LINE.finditer(text, *block):
            lines.append(Span(*line.span()))
            if len(lines) == most:
                return lines
    return lines


def _is_headline(headline: str, marks: Collection[str]) -> bool:
    """Return whether a line at the top is a headline, with one of the marks if there are any.

    >>> _is_headline("Harbour frozen… again", ["…"]), _is_headline("The harbour is frozen.", [])
    (True, False)
    """
    if len(headline) > _LONGEST_HEADLINE:
        return False
    if _without_ellipsis(headline)[-1:] in _NO_HEADLINE_END:
        return False
    if marks and not any(mark in headline for mark in marks):
        return False
    if _CREDIT.search(_NEWS_LABEL.sub("", _SITE.sub("", headline))):
        return False
    return len(_WORD.findall(headline)) >= _HEADLINE_WORDS


def _headlines(text: str, running: _Running, marks: Collection[str]) -> Iterator[Span]:
    """Yield the headline or another one of the first lines that repeats it."""
    lines = list(_top(text, running, _NEAR_HEADLINE))
    if not lines or not _is_headline(lines[0].of(text), marks):
        return
    headline = lines[0].of(text)
    if len(headline) < _SHORTEST:
        del lines[2:]
    for before, line in pairwise(lines):
        other = line.of(text)
        if _says_no_more(other, headline):
            yield Span(before.end, line.end)
        elif _says_no_more(headline, other):
            yield Span(lines[0].start, lines[1].start)
            return


def _says_no_more(line: str, headline: str) -> bool:
    """Return whether a line has the words of a headline, maybe with the name of a site behind them.

    It may also be cut off with an ellipsis.

    >>> _says_no_more("[Sea] The ice of Muldeul - Dalbit", "The Ice of Muldeul")
    True
    >>> _says_no_more("The ice of Muldeul is whi...", "The ice of Muldeul is white")
    True
    """
    whole, there = _headline_letters(headline), _headline_letters(line)
    if whole in (there, _headline_letters(_SITE.sub("", line))):
        return True
    is_cut_off = line.endswith(_ELLIPSES) and _is_headline(headline, ())
    return is_cut_off and len(there) >= _SHORTEST_CUT and whole.startswith(there)


def _headline_letters(headline: str) -> str:
    """Return the letters and digits of a headline without its label, in one case."""
    return _letters(_LABEL.sub("", headline)).casefold()


def _doubled_words(text: str, running: _Running) -> Iterator[Span]:
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


def _beginnings(text: str, running: _Running, marks: Collection[str]) -> Iterator[Span]:
    """Yield the headline where a paragraph begins with it, and the space behind it."""
    by_beginning: dict[str, list[str]] = {}
    for line in _top(text, running, _TOP):
        if line.end - line.start >= _SHORTEST:
            headline = line.of(text)
            by_beginning.setdefault(headline[:_SHORTEST], []).append(headline)
    for block in running.first(_FURTHEST_CAPTION)[1:] if by_beginning else ():
        alike = by_beginning.get(text[block.start : block.start + _SHORTEST], ())
        if any(_begins_with(text, block.start, line) for line in alike):
            headlines = [line for line in alike if _is_headline(line, marks)]
            if headlines and _begins_with(text, block.start, headlines[-1]):
                yield Span(block.start, block.start + len(headlines[-1]) + 1)


def _begins_with(text: str, at: int, headline: str) -> bool:
    """Return whether a sentence is behind a headline that begins at a place of a text.

    >>> _begins_with("Ice in Muldeul The sea froze.", 0, "Ice in Muldeul")
    True
    """
    sentence = at + len(headline) + 1
    return text.startswith(f"{headline} ", at) and text[sentence : sentence + 1].isupper()


class _Repeats:
    """The blocks of a text that say the same as another one."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _blocks(self) -> Sequence[Span]:
        return list(self._document.spans())

    @cached_property
    def _texts(self) -> Sequence[str]:
        return [block.of(self._document.text) for block in self._blocks]

    @cached_property
    def _pairs(self) -> Sequence[tuple[int, int]]:
        """The numbers of each two blocks that have the same letters, and share them with no other.

        Both are at least as long as a paragraph that counts. So the first letters of a block tell
        that it has no equal: they are in front of a credit.
        """
        long = [number for number, text in enumerate(self._texts) if len(text) >= _SHORTEST]
        beginnings = _first_letters([self._texts[number] for number in long])
        times = Counter(beginnings)
        by_letters: dict[str, list[int]] = {}
        for number, beginning in zip(long, beginnings, strict=True):
            if times[beginning] > 1:
                letters = _letters(_without_credit(self._texts[number]))
                by_letters.setdefault(letters, []).append(number)
        return [(same[0], same[1]) for same in by_letters.values() if len(same) == 2]

    @cached_property
    def _alike(self) -> Sequence[int]:
        """The numbers of the blocks that begin like the next block and are shorter."""
        return [
            number
            for number, (one, other) in enumerate(pairwise(self._texts))
            if _SHORTEST <= len(one) < len(other) and other.startswith(one[:_SHORTEST])
        ]

    def spans(self, distances: range, speech: Collection[str]) -> Iterator[Span]:
        """Yield one of each two blocks that are so many blocks apart, unless it is speech."""
        for first, second in self._pairs:
            if second - first not in distances:
                continue
            if second == 1 and self._is_headline(first):
                continue  # a rule of its own is about the headline and the next line
            beside = {first - 1, first + 1, second - 1, second + 1} - {first, second}
            is_among_prose = any(self._is_long(number) for number in beside)
            if is_among_prose and self._is_repeated_by_the_page(first, second, speech):
                yield self._to_delete(first, second)

    def cut_off(self, speech: Collection[str], *, is_whole: bool) -> Iterator[Span]:
        """Yield each paragraph that is cut off before another one with the same beginning.

        Args:
            speech: words that mark a text as somebody's speech.
            is_whole: whether all that is left of the first is the beginning of the second;
                otherwise only their first words are the same.
        """
        for number in self._alike:
            one, other = self._texts[number], self._texts[number + 1]
            if _is_cut_off(one, other) if is_whole else _is_another_version(one, other):
                is_title = not number and not _SENTENCE_INSIDE.search(one)
                if is_title or _is_speech(one, speech):
                    continue
                if self._is_repeated_by_the_page(number, number + 1, speech):
                    yield Span(self._blocks[number].start, self._blocks[number + 1].start)

    def _is_headline(self, number: int) -> bool:
        return self._document.kind(self._blocks[number]) == "headline"

    def _is_repeated_by_the_page(self, first: int, second: int, speech: Collection[str]) -> bool:
        """Return whether two blocks that say the same are prose that nobody repeats."""
        for number in (first, second):
            if self._document.kind(self._blocks[number]) not in RUNNING:
                return False
        one, other = self._texts[first], self._texts[second]
        if not (_is_prose(one) and _is_prose(other)):
            return False
        if one == other and _is_speech(one, speech):
            return False
        return self._document.is_english_prose(self._blocks[second])

    def _is_long(self, number: int) -> bool:
        return 0 <= number < len(self._texts) and len(self._texts[number]) >= _LONG

    def _to_delete(self, first: int, second: int) -> Span:
        """Return the span of the block that goes, with the blank line at one side of it.

        That is the first one, unless it is the headline of the text or has a credit that the second
        has not.
        """
        is_longer = second - first == 1 and len(self._texts[first]) > len(self._texts[second])
        if is_longer or (not first and self._is_headline(first)):
            return Span(self._blocks[second - 1].end, self._blocks[second].end)
        return Span(self._blocks[first].start, self._blocks[first + 1].start)


def _is_cut_off(one: str, other: str) -> bool:
    """Return whether a text is the beginning of another one, cut off by an ellipsis or in a word.

    >>> _is_cut_off("The sea fr", "The sea froze."), _is_cut_off("The sea", "The sea froze.")
    (True, False)
    """
    there = _without_ellipsis(one)
    breaks_word = one[-1:].isalnum() and other[len(one) : len(one) + 1].isalpha()
    return other.startswith(there) and (there != one or breaks_word)


def _is_another_version(one: str, other: str) -> bool:
    """Return whether a text breaks off in a word or with an ellipsis, and another one does not."""
    breaks_off = one.endswith(_ELLIPSES) or one[-1:].isalnum()
    return breaks_off and len(one) >= _LONG and not _is_cut_off(one, other)


def _without_ellipsis(text: str) -> str:
    """Return a text without the ellipsis at its end, and the space before it.

    >>> _without_ellipsis("Ice in ....."), _without_ellipsis("Ice…"), _without_ellipsis("Ice.")
    ('Ice in', 'Ice', 'Ice.')
    """
    if not text.endswith(_ELLIPSES):
        return text
    rest = text.rstrip(".") if text.endswith(".") else text[:-1]
    return rest.removesuffix(" ")


def _without_credit(text: str) -> str:
    """Return a text without the credit at its end.

    >>> _without_credit("The sea froze. (Courtesy of Dalbit)")
    'The sea froze. '
    """
    if not _may_end_in_credit(text):
        return text
    credit = _CREDIT.search(text, max(0, len(text) - _LONGEST_CREDIT))
    return text[: credit.start()] if credit else text


def _may_end_in_credit(text: str) -> bool:
    """Return whether `_CREDIT` may match. This check costs little.

    >>> _may_end_in_credit("The sea froze. Dalbit"), _may_end_in_credit("The sea froze.")
    (True, False)
    """
    last_word = text.rstrip(" ").rpartition(" ")[2]
    if "A" <= last_word[:1] <= "Z":
        return True
    return not _CREDIT_SIGNS.isdisjoint(text[-_LONGEST_LAST_FIELD:])


def _is_speech(text: str, speech: Collection[str]) -> bool:
    """Return whether a text speaks to somebody, outside quotation marks.

    >>> _is_speech("Come with us.", ["us"]), _is_speech("He said, “Come with us.”", ["us"])
    (True, False)
    """
    for word in _WORD.findall(_QUOTED.sub(" ", text)):
        if word in speech or word[0].lower() + word[1:] in speech:
            return True
    return False


def _letters(text: str) -> str:
    """Return the letters and digits of a text.

    >>> _letters("the’old river’") == _letters("the ‘old river’")
    True
    """
    return _NO_LETTER.sub("", text)


def _first_letters(texts: Sequence[str]) -> Sequence[str]:
    """Return the first letters and digits of each text, which cost less to find than all.

    >>> _first_letters(["the ‘old river’ is long", "1"])
    ['theoldrive', '1']
    """
    if not texts:
        return []
    # All beginnings are looked at together, with a line end behind each.
    starts = "\n".join(text[:_SHORTEST].replace("\n", " ") for text in texts)
    begun = _NO_LETTER_BEYOND_ASCII.sub("", starts).encode()
    letters_of_all = begun.translate(None, delete=_NO_ASCII_LETTERS).decode().split("\n")
    first = [letters[:_FEW_LETTERS] for letters in letters_of_all]
    for number, letters in enumerate(first):
        if len(letters) < _FEW_LETTERS:
            first[number] = _letters(texts[number])[:_FEW_LETTERS]
    return first


def _is_prose(text: str) -> bool:
    """Return whether a block may be a caption or a paragraph, by its length and its shape."""
    is_long_enough = len(_without_credit(text).strip()) >= _SHORTEST
    has_shape = bool(_BEGINS_AS_PROSE.match(text)) and not _NO_PROSE.search(text)
    return is_long_enough and has_shape
