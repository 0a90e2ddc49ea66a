"""Mentions: the forms in a text that may be garbled names.

An example: in “Taobao Chairman Jang Pan said”, `Chairman` and `said` are not parts of a name. That
leaves `Taobao` and `Jang Pan`. The first is a right name. Of the second both `Jang Pan` and `Jang`
are mentions, and the matcher decides between them. `Pan` alone is an ordinary word and no mention.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from cleaner.names.runs import Run, Token, find_runs
from cleaner.names.vocabulary import is_sound, is_word, without_honorific
from cleaner.text.characters import HYPHENS
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.folding import normal
from cleaner.text.words import is_ordinary

IsName = Callable[[str], bool]

MAX_WORDS = 4  # of a name that is looked for
_MIN_LETTERS = 3  # of a name of one word
_HYPHEN = re.compile(f"[{HYPHENS}]")
# Two to six Hanzi in brackets after a mention.
_HANZI_IN_BRACKETS = re.compile(r"\s?[(\[（]\s?([\u3400-\u9fff]{2,6})\s?[)\]）]")


class Mention(NamedTuple):
    """A form that may be a name, with all its places in one text, in order.

    Attributes:
        form: the form with single spaces; JANG PAN becomes Jang Pan.
        spans: where it is in the text.
        hanzi: the Hanzi in brackets after it, which say who is meant; empty if there are none.
        ordinary: whether all its words are ordinary ones, so that more must speak for it.
        whole: whether it stands somewhere without another word of a name beside it.
    """

    form: str
    spans: tuple[Span, ...]
    hanzi: str = ""
    ordinary: bool = False
    whole: bool = True

    def outside(self, settled: Sequence[Span]) -> Mention | None:
        """Return the mention without the places inside of these spans; None if none is left."""
        if not settled:
            return self
        spans = tuple(span for span in self.spans if not any(one.covers(span) for one in settled))
        return self._replace(spans=spans) if spans else None


def _never(_: str) -> bool:
    return False


def find_mentions(
    document: Document, runs: Iterable[Run] | None = None, *, known: IsName = _never
) -> list[Mention]:
    """Return the mentions of a text, in the order in which they first appear.

    Mentions may overlap.

    Args:
        document: the text.
        runs: the runs of the text, if they are known already.
        known: whether a form is a right name. Neither it nor a part of it is a mention.

    >>> from cleaner.formats import plain
    >>> text = "But Taobao Chairman Jang Pan met Dua Lipa. Jang Pan's rise was quick."
    >>> found = find_mentions(plain.read(text), known={"Taobao"}.__contains__)
    >>> [(mention.form, len(mention.spans)) for mention in found if mention.whole]
    [('Jang', 2), ('Jang Pan', 2), ('Dua Lipa', 1)]
    """
    text = document.text
    runs = [list(map(_bare, run)) for run in (find_runs(document) if runs is None else runs)]
    parts_of_names = _words_of(_right_forms(runs, text, known))
    spans: dict[tuple[str, str], list[Span]] = {}
    whole: set[tuple[str, str]] = set()
    for run in runs:
        brackets = _HANZI_IN_BRACKETS.match(text, run[-1].span.end)
        excluded = _excluded_places(run, text, known)
        words = [_form(token.span.of(text)) for token in run]
        others = {place for place, word in enumerate(words) if is_word(word)} | excluded
        for first, last in _stretches(len(run)):
            if not excluded.isdisjoint(range(first, last + 1)):
                continue
            span = _span(run[first : last + 1])
            form = _form(span.of(text))
            hanzi = brackets.group(1) if brackets and last + 1 == len(run) else ""
            if hanzi or (_may_be_a_name(form) and form not in parts_of_names):
                spans.setdefault((form, hanzi), []).append(span)
                if _is_alone(first - 1, run, others) and _is_alone(last + 1, run, others):
                    whole.add((form, hanzi))
    return [
        Mention(
            form,
            tuple(places),
            hanzi,
            ordinary=all(map(_is_ordinary, form.split())),
            whole=(form, hanzi) in whole,
        )
        for (form, hanzi), places in spans.items()
    ]


def _is_alone(beside: int, run: Run, others: AbstractSet[int]) -> bool:
    """Return whether the word at a place beside a mention is none of the same name.

    Args:
        beside: the place in the run, which may be outside of it.
        run: the run.
        others: the places of ordinary words and of other names.
    """
    return not 0 <= beside < len(run) or beside in others


def find_right_forms(document: Document, runs: Iterable[Run], known: IsName) -> set[str]:
    """Return the right names that appear in a text."""
    return _right_forms(runs, document.text, known)


def _right_forms(runs: Iterable[Run], text: str, known: IsName) -> set[str]:
    forms = set()
    for run in runs:
        for first, last in _stretches(len(run)):
            forms.add(_form(_span(run[first : last + 1]).of(text)))
    return {form for form in forms if known(form)}


def _words_of(forms: Iterable[str]) -> set[str]:
    words: set[str] = set()
    for form in forms:
        words.update(form.split())
    return words


def _stretches(size: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of every stretch of a run that may be a name.

    >>> list(_stretches(2))
    [(0, 0), (0, 1), (1, 1)]
    """
    for first in range(size):
        for last in range(first, min(first + MAX_WORDS, size)):
            yield first, last


def _excluded_places(run: Run, text: str, excluded: IsName) -> frozenset[int]:
    """Return the places in a run of the words of excluded names. Longer names come first."""
    found: set[int] = set()
    for size in range(len(run), 0, -1):
        for first in range(len(run) - size + 1):
            places = range(first, first + size)
            if not found.isdisjoint(places):
                continue
            form = _form(_span(run[first : first + size]).of(text))
            if excluded(form):
                found.update(places)
    return frozenset(found)


def _span(tokens: Sequence[Token]) -> Span:
    return Span(tokens[0].span.start, tokens[-1].span.end)


def _form(text: str) -> str:
    """Return a piece of a text as rules write a form.

    >>> _form("JANG\\nPAN")
    'Jang Pan'
    """
    form = normal(text)
    return form.title() if form.isupper() else form


def _may_be_a_name(form: str) -> bool:
    """Return whether a form has several parts, or is a word that is neither ordinary nor short."""
    if is_sound(form):
        return False
    if " " in form or "-" in form:
        return True
    return len(form) >= _MIN_LETTERS and not _is_ordinary(form)


def _bare(token: Token) -> Token:
    """Return a word without honorific (Fujisawa-san)."""
    text = without_honorific(token.text)
    if text == token.text:
        return token
    return Token(Span(token.span.start, token.span.start + len(text)), text, ends_name=True)


def _is_ordinary(word: str) -> bool:
    """Return whether a word, or every part of a word with hyphens, is an ordinary one."""
    return all(is_ordinary(part) for part in _HYPHEN.split(normal(word)))
