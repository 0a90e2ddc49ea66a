"""What in a text is a name that may be garbled: runs of capitalised words, cut down to what could
be one.

One run, followed through: in “Taobao Chairman Jang Pan said” three words are no name's beginning or
end (a title, an ordinary word of some length), which leaves `Taobao` and `Jang Pan`; the first is a
right name; of the second `Jang Pan` and `Jang` are mentions, and the matcher decides between them.
`Pan` alone is an ordinary word, and none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from cleaner.rules.layers import bundled
from cleaner.rules.reader import Node, read_yaml
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.folding import normal
from cleaner.text.words import is_ordinary

MOST_WORDS = 4  # in a name that is looked for
# letters: an ordinary word that is longer is no part of a garbled name, a shorter one may be (Ma
# Win)
_SHORT = 4
_HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_WORD = re.compile(rf"[^\W\d_]+(?:[{_HYPHENS}{_APOSTROPHES}&][^\W\d_]+)*")
# of two words of one name: white space, one line end
_BETWEEN = re.compile(r"[^\S\r\n]*(?:\r\n|\r|\n)?[^\S\r\n]*")
_MARK = re.compile(f"[{_APOSTROPHES}]")
_CONTRACTION = re.compile(rf"[^{_APOSTROPHES}]+[{_APOSTROPHES}](?:t|re|ve|ll|d|m)")
_TAIL = re.compile("[sS]|t|re|ve|ll|d|m|em|er|n", re.IGNORECASE)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")
_KEY = re.compile(r"\s?[(\[（]\s?([\u3400-\u9fff]{2,6})\s?[)\]）]")


class Mention(NamedTuple):
    """A form that may be a name, and where it stands in one text, in order.

    `hanja` is what stands in brackets behind it: the key to the name. `ordinary` says that all its
    words are ordinary ones, so that something else has to speak for it.
    """

    form: str
    spans: tuple[Span, ...]
    hanja: str = ""
    ordinary: bool = False


class Vocabulary(NamedTuple):
    """Words in capitals that belong to no name, and the participles that English hangs on one
    (-led, -backed).
    """

    function_words: frozenset[str]
    titles: frozenset[str]
    calendar: frozenset[str]
    suffixes: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The words of rules/mentions.yaml and rules/boundaries.yaml."""
    lists: dict[str, frozenset[str]] = {}
    for name in ("mentions.yaml", "boundaries.yaml"):
        top = read_yaml((bundled() / name).read_bytes(), f"rules/{name}").value
        assert isinstance(top, dict)
        lists |= {
            key: frozenset(str(item.value) for item in node.value if isinstance(item, Node))
            for key, node in top.items()
            if key != "kind"
        }
    return Vocabulary(**lists)


class _Token(NamedTuple):
    span: Span
    text: str


def mentions(
    document: Document,
    *,
    known: Callable[[str], bool] = lambda _: False,
    korean: Callable[[str], bool] = lambda _: False,
) -> list[Mention]:
    """The mentions of a text, in the order of their first place; they may overlap, and the matcher
    chooses.

    Args:
        known: whether a form is a right name: neither it nor a piece of it is a mention.
        korean: whether a form is the name of a Korean, which nobody garbled.

    >>> from cleaner.formats import plain
    >>> text = "But Taobao Chairman Jang Pan met Kim Min-soo. Jang Pan's rise was quick."
    >>> found = mentions(plain.document(text), known={"Taobao"}.__contains__, korean={"Kim Min-soo"}.__contains__)
    >>> [(mention.form, len(mention.spans)) for mention in found]
    [('Jang', 2), ('Jang Pan', 2)]
    """
    spans: dict[tuple[str, str], list[Span]] = {}
    text = document.text
    runs = list(_runs(document))
    parts = {word for form in _right(runs, text, known) for word in form.split()}
    for run in runs:
        key = _KEY.match(text, run[-1].span.end)
        taken = _taken(run, text, known if key else lambda form: known(form) or korean(form))
        for first in range(len(run)):
            for last in range(first, min(first + MOST_WORDS, len(run))):
                if last in taken:
                    break
                span = Span(run[first].span.start, run[last].span.end)
                hanja = key.group(1) if key and last + 1 == len(run) else ""
                form = _form(span.of(text))
                if hanja or (_may_be_a_name(form) and form not in parts):
                    spans.setdefault((form, hanja), []).append(span)
    return [
        Mention(form, tuple(places), hanja, all(map(_ordinary, form.split())))
        for (form, hanja), places in spans.items()
    ]


def right_forms(document: Document, known: Callable[[str], bool]) -> set[str]:
    """The right names that stand in a text."""
    return _right(_runs(document), document.text, known)


def _right(runs: Iterable[Sequence[_Token]], text: str, known: Callable[[str], bool]) -> set[str]:
    forms = {
        _form(text[run[first].span.start : run[last].span.end])
        for run in runs
        for first in range(len(run))
        for last in range(first, min(first + MOST_WORDS, len(run)))
    }
    return {form for form in forms if known(form)}


def _runs(document: Document) -> Iterator[list[_Token]]:
    """Capitalised words that only white space parts, inside one block, without what belongs to no
    name.
    """
    words = vocabulary()
    never = words.function_words | words.titles | words.calendar
    text = document.text
    run: list[_Token] = []
    for token, ends in _tokens(text):
        same = run and _BETWEEN.fullmatch(text, run[-1].span.end, token.span.start)
        if not same or document.block(run[-1].span.start) != document.block(token.span.start):
            if run:
                yield run
            run = []
        plain = token.text.lower()
        long_word = len(plain) > _SHORT and is_ordinary(plain)
        short = _CONTRACTION.fullmatch(plain)
        capital = token.text[0].isupper() and plain not in never and not long_word and not short
        acronym = token.text.isupper() and len(token.text) <= _SHORT
        if capital and not acronym and not document.is_protected(token.span):
            run.append(token)
            if ends:
                yield run
                run = []
        elif run:
            yield run
            run = []
    if run:
        yield run


def _tokens(text: str) -> Iterator[tuple[_Token, bool]]:
    """Words without what hangs on them (a possessive, a participle), and whether something does: it
    ends a name.
    """
    for found in _WORD.finditer(text):
        for start, end in _unglued(found.group()):
            word = found.group()[start:end]
            bare = _POSSESSIVE.sub("", word)
            head, _, tail = bare.rpartition("-")
            if head and tail in vocabulary().suffixes:
                bare = head
            at = found.start() + start
            yield _Token(Span(at, at + len(bare)), bare), bare != word


def _unglued(word: str) -> Iterator[tuple[int, int]]:
    """The parts of a word that a quotation mark glued together: called’Lee, B’shares; not O’Brien,
    Xi’an, Ma’s.
    """
    start = 0
    for mark in _MARK.finditer(word):
        left, right = word[start : mark.start()], word[mark.end() :]
        elision = len(left) == 1 and left.isupper() and right[:1].isupper()
        pinyin = right[:1] in "aeo" and left[:1].isupper()
        if not (elision or pinyin or _TAIL.fullmatch(right)) and left:
            yield start, mark.start()
            start = mark.end()
    yield start, len(word)


def _taken(run: Sequence[_Token], text: str, known: Callable[[str], bool]) -> frozenset[int]:
    """The places of a run that belong to names which are known, the longest ones first."""
    taken: set[int] = set()
    for size in range(len(run), 0, -1):
        for first in range(len(run) - size + 1):
            there = range(first, first + size)
            if taken.isdisjoint(there) and known(
                _form(text[run[first].span.start : run[first + size - 1].span.end])
            ):
                taken.update(there)
    return frozenset(taken)


def _form(there: str) -> str:
    """A mention as a rule would have it: with single spaces; one in capitals as names are written."""
    form = normal(there)
    return form.title() if form.isupper() else form


def _may_be_a_name(form: str) -> bool:
    return " " in form or "-" in form or (len(form) > 2 and not _ordinary(form))


def _ordinary(word: str) -> bool:
    """Whether a word is an ordinary one, in whatever case; one with a hyphen, if all its parts are."""
    return all(is_ordinary(part) for part in re.split(f"[{_HYPHENS}]", normal(word)))
