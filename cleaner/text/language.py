"""Whether a text is English, judged by its script and its function words, and whether it is code.

Rules that guess at English punctuation must not touch another language: French has a space before
a question mark, and Italian an apostrophe in every other line.

Function words are the commonest words of a language, and hardly any sentence is without them. Of
the words of English prose about a third are among `_ENGLISH`; of those of other languages hardly
any are, because words that several languages share are in neither list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from cleaner.text.edits import Span
from cleaner.text.lazy import lazy_pattern
from cleaner.text.memo import Memo

_WORD = lazy_pattern(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*")
_SMALL_ASCII_WORD = lazy_pattern(r"[a-z]+(?:'[a-z]+)*")  # the same in small ASCII, found sooner
_LATIN = lazy_pattern(r"[A-Za-z\u00C0-\u024F\u1E00-\u1EFF]+")
_OTHER_LETTERS = lazy_pattern(r"[^\W\d_A-Za-z\u00C0-\u024F\u1E00-\u1EFF]+")

_BRACKETS = lazy_pattern(
    r"[(\[\N{FULLWIDTH LEFT PARENTHESIS}\N{LEFT BLACK LENTICULAR BRACKET}]"
    r"[^()\[\]\N{FULLWIDTH LEFT PARENTHESIS}\N{FULLWIDTH RIGHT PARENTHESIS}\r\n]{0,100}"
    r"[)\]\N{FULLWIDTH RIGHT PARENTHESIS}\N{RIGHT BLACK LENTICULAR BRACKET}]"
)

_MOST_WORDS = 400  # of a text that are looked at; more would not change the answer
_MOST = 10_000  # code points of a text that are looked at, for texts without words
_REMEMBERED = 2_000  # code points of a text whose answer is remembered
_ENOUGH_WORDS = 15  # a shorter text may have no function word at all
# The least share of English function words in English prose. Tables of names have less.
_LEAST_SHARE = 0.06

_ENGLISH_WORDS = """
    the and of to that with from this which they have has were been but not it its it's his she
    you your our their are would could should what when who how there about into by than then them
    these those because after before between while where said he him each every such only very
    don't doesn't didn't isn't wasn't can't couldn't wouldn't i'm i've i'll you're they're we're
"""
# By language; words that are English words too are left out.
_OTHER_WORDS = """
    der das und ist nicht ein eine einen einem einer auf mit dem des von für sich auch wird sind
    wie aber oder bei nach aus werden dass zum zur ich haben wurde
    le la les du une est et dans que qui sur avec ne ce cette sont au aux il elle leur mais où ou
    d'une d'un l'on n'est c'est qu'il s'est été
    el los las del por para como más pero sus una con esta este desde también fue
    gli della dei delle che è non nel nella sono anche più alla dal dalla di degli questo
    os uma não mais ao dos das foi pelo pela também são
    het een dat niet voor op zijn aan ook als naar wordt maar uit deze van en de
    och att det som på är av för till inte ett jag
    og ikke af jeg blev også
    ja ei että se oli mutta kun myös tai joka ovat hän sekä
    és egy nem hogy az volt csak van
    się nie jest jak które przez że
    je ve že byl jako jsou při nebo
    și în cu pe este din nu
    bir bu için ile olarak çok
    yang dan dari untuk dengan ini itu tidak pada dalam adalah
    và của là có không được trong cho một những người
    na wa kwa ni za katika
    agus tá bhí ar
    yn ac mae wedi
    eta da ez dira
    els amb és
    su od kao
    quod atque sed
    kaj estas
    ka ke nā
    ang ng sa mga ay
    ir un kad
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_OTHERS = frozenset(_OTHER_WORDS.split())
# Those that say nothing before a word with a capital: Los Angeles, von der Leyen.
_IN_NAME_WORDS = """
    da de dei del della der des di dos du el het la las le les los van von
"""
_IN_NAMES = frozenset(_IN_NAME_WORDS.split())
_BEFORE_NAME = lazy_pattern(r" (?:(?:den?|der|la|las|los) )?[A-Z\u00C0-\u00DE]")


# The look-ahead saves most characters the look at each alternative behind it.
_CODE = lazy_pattern(
    r"""(?=[{}$\\=<@:/)\]'"])
    (?: [{}]\s*$ | [)}\]'"];\s*$ | \$[A-Za-z_{(] | \\\w | == | </?\w | @\w+\{ | :-
    | (?<!\w)/[^\s/]*['\N{RIGHT SINGLE QUOTATION MARK}]  # the sounds of a word: /fa'kl/
    )
    | \w\([^\s()]*['"(\[]
    | ^[ \t]{4} | ^[\t|]""",
    re.MULTILINE | re.VERBOSE,
)

# Every match begins at one of these or one code point before it, but for an indent.
_MARK_OF_CODE = lazy_pattern(r"[{}$\\@|\t<(/;=:]")
_INDENTS = (" " * 4, "\t")


class _Words(NamedTuple):
    """The words of a text that were looked at, and how many of them belong to a language."""

    all: int
    english: int
    others: int


def is_english(text: str) -> bool | None:
    """Return whether a text is English, or None if it is too short or too odd to tell.

    >>> is_english("He asks, and the old river is long.")
    True
    >>> is_english("Il fiume è vecchio, e non dice niente dell’acqua che porta.")
    False
    >>> is_english("Marwin, Antgroup") is None
    True
    """
    looked_at = text[:_MOST]
    return (_remembered if len(looked_at) <= _REMEMBERED else _is_english)(looked_at)


def _is_english(text: str) -> bool | None:
    others = 0 if text.isascii() else _length(_OTHER_LETTERS, text)
    if others and others > _length(_LATIN, text):
        return False
    words = _count(text)
    if words.english + words.others == 0 and _is_mixed(text):
        return False
    if words.others > words.english:
        return False
    if words.all >= _ENOUGH_WORDS:
        return words.english >= _LEAST_SHARE * words.all
    return True if words.english else None


_remembered = Memo(_is_english)


def _length(pattern: re.Pattern[str], text: str) -> int:
    """Return how many code points of a text match a pattern."""
    return sum(map(len, pattern.findall(text)))


def is_code_of_english(code: str) -> bool:
    """Return whether the code of a language is one of English, in any country.

    >>> is_code_of_english("en-GB"), is_code_of_english("EN_us"), is_code_of_english("enm")
    (True, True, False)
    """
    return code.strip().lower().replace("_", "-").split("-")[0] in {"en", "eng"}


def _is_mixed(text: str) -> bool:
    """Return whether a text of another script only holds some names in Latin letters.

    One run of that script, or one in brackets, only explains a name: Ma Yun 马云.

    >>> _is_mixed("北京，上海：Beijing，Shanghai"), _is_mixed("Ma Yun 马云")
    (True, False)
    """
    rest = _BRACKETS.sub(" ", text)
    runs = _OTHER_LETTERS.findall(rest)
    words = sum(1 for word in _WORD.findall(rest) if _LATIN.match(word))
    return len(runs) > 1 and sum(map(len, runs)) > words


def signs_of_code(text: str, block: Span) -> Iterator[int]:
    """Yield the positions of what prose does not have and code does: f("x"), ${HOME}, an indent.

    >>> list(signs_of_code("He ran in $HOME.", Span(0, 16)))
    [11]
    """
    if block.start and text[block.start - 1] != "\n":
        yield from _signs(text, block)
    else:  # what is before the block makes no difference
        for sign in _remembered_signs(block.of(text)):
            yield block.start + sign


def _signs(text: str, block: Span) -> Sequence[int]:
    if any(text.find(indent, *block) >= 0 for indent in _INDENTS):
        return [found.end() - 1 for found in _CODE.finditer(text, *block)]
    signs: list[int] = []
    done = block.start
    for mark in _MARK_OF_CODE.finditer(text, *block):
        for at in (mark.start() - 1, mark.start()):
            found = _CODE.match(text, at, block.end) if at >= done else None
            if found:
                done = found.end()
                signs.append(done - 1)
    return signs


def _signs_in(text: str) -> Sequence[int]:
    return _signs(text, Span(0, len(text)))


_remembered_signs = Memo(_signs_in)


def _count(text: str) -> _Words:
    """Count the first words of a text by language."""
    # Only this letter has a small form that is longer. No word of the lists has it or the other.
    text = text.replace(
        "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "\N{LATIN SMALL LETTER DOTLESS I}"
    )
    small = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    words = _words(small)
    english = sum(map(_ENGLISH.__contains__, words))
    others = 0
    if not _OTHERS.isdisjoint(words):
        others = sum(map(_OTHERS.__contains__, words))
        for word, there in zip(words, _WORD.finditer(small), strict=False):
            others -= word in _IN_NAMES and _BEFORE_NAME.match(text, there.end()) is not None
    return _Words(len(words), english, others)


def _words(small: str) -> Sequence[str]:
    """Return the first words of a text in small letters, as many as are looked at."""
    word = _SMALL_ASCII_WORD if small.isascii() else _WORD
    if len(small) <= _REMEMBERED:  # it has not many more
        return word.findall(small)[:_MOST_WORDS]
    return [found.group() for found in islice(word.finditer(small), _MOST_WORDS)]
