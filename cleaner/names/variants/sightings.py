"""Sightings: what is known of each capitalised word and name over one document or a thousand.

Everything is counted while the documents go by, so that no document need be kept. What is counted
does not depend on the order of the documents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.names.pivot.tables import USUAL_PIVOT, load
from cleaner.names.records import MAX_PLACES, FormRecord, Places
from cleaner.names.runs import Run
from cleaner.names.vocabulary import not_in_names, vocabulary
from cleaner.text.characters import HYPHENS
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.folding import normal
from cleaner.text.words import is_ordinary

MAX_WORDS = 4  # of a name
MIN_SMALL = 5  # letters of a name that is written with small letters by mistake
KOREAN_WORDS = 3  # of a Korean's name with spaces between all syllables: Jung Hae In
# Other names of a sentence that count as company, on either side. A list of names is no company.
_NEIGHBOURS = 6
# Code points before a word in which the title and the end of the last sentence are looked for.
_LOOK_BACK = 20

_LETTER = r"[^\W\d_]"
_CAPITALISED = re.compile(rf"\b[A-Z]{_LETTER}*(?:[{HYPHENS}]{_LETTER}+)*")
_LOWER_CASE = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w-])")
_ENDS_SENTENCE = re.compile(r"[.!?…:：\n\r」』]")
_EXCLAMATION = re.compile(r"\s*[!?~…]|\.\.")
_POSSESSIVE = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]s")
_OPENING_MARKS = " \t\"'([*_“‘「『（—–-"
# What is glued to a Latin word in a text that is half translated, such as the long vowel mark.
_NOT_LATIN = re.compile("[^\\x00-\u024f\u1e00-\u1eff\u0300-\u036f].*", re.DOTALL)
_SPACE = re.compile(r"[^\S\r\n]{1,3}")
_HYPHEN = re.compile(f"[{HYPHENS}]")


class Seen:
    """What is known of one form.

    Attributes:
        record: how often it appears, and its first places.
        capitals: the same where all its letters are capitals, as in a headline; None if nowhere.
            There nobody can see which of them are capitals elsewhere.
        starts: how often it begins a sentence, and is not a possessive: those are names.
        exclaimed: how often it is a whole exclamation (“Uwaah!”).
        documents: the numbers of the documents in which it is.
        roles: the honorifics behind it and the titles before it, with counts.
        mates: the words of names right before and behind it, ordinary words
            with a capital among them, with counts.
        company: the other forms in its sentences, with counts.
    """

    __slots__ = (
        "capitals",
        "company",
        "documents",
        "exclaimed",
        "mates",
        "record",
        "roles",
        "starts",
    )

    def __init__(self) -> None:
        self.record = FormRecord()
        self.capitals: FormRecord | None = None
        self.starts = 0
        self.exclaimed = 0
        self.documents: list[int] = []
        self.roles: Counter[str] = Counter()
        self.mates: Counter[str] = Counter()
        self.company: Counter[str] = Counter()

    @property
    def only_in_capitals(self) -> bool:
        """Whether the form appears nowhere but in capitals."""
        return not self.record.count and self.capitals is not None

    @property
    def shown(self) -> FormRecord:
        """Where the form is written so; where it is in capitals if it is always."""
        return self.record if self.record.count or self.capitals is None else self.capitals

    @property
    def count(self) -> int:
        """How often the form is written so; how often in capitals if it is always."""
        return self.shown.count

    @property
    def inside(self) -> int:
        """How often the form is inside a sentence, where only names have capitals."""
        in_capitals = self.capitals.count if self.capitals else 0
        return self.record.count + in_capitals - self.starts


class _Word(NamedTuple):
    """A capitalised word at its place.

    Attributes:
        span: where it is.
        form: the word without honorific and stutter. A word in capitals gets small letters.
        honorific: the honorific behind it, or "".
        in_capitals: whether all its letters are capitals.
        in_run: whether it may be a part of a garbled name.
    """

    span: Span
    form: str
    honorific: str
    in_capitals: bool
    in_run: bool


class Sightings:
    """Gathers the capitalised words and the names of documents.

    Attributes:
        words: what is known of each capitalised word, by its form.
        names: what is known of each name of two to four words, by its form.
        lower_case: how often each word is written with small letters.
        small: where each such word is, if it is not in the dictionary: it may be a name.
        documents: how many documents there were.

    >>> from cleaner.formats import plain
    >>> from cleaner.names.runs import find_runs
    >>> document = plain.read("Then Mashiro-san met Lim Hyo-jun. M-Mashiro ran.")
    >>> sightings = Sightings()
    >>> sightings.add("page.txt", document, list(find_runs(document)))
    >>> sightings.words["Mashiro"].count, sightings.names["Lim Hyo-jun"].count
    (2, 1)
    """

    def __init__(self) -> None:
        self.words: dict[str, Seen] = {}
        self.names: dict[str, Seen] = {}
        self.lower_case: Counter[str] = Counter()
        self.small: dict[str, FormRecord] = {}
        self.documents = 0

    def add(self, file: str, document: Document, runs: Sequence[Run]) -> None:
        """Count the words and names of one document.

        Args:
            file: the name of the document, for places.
            document: the document.
            runs: its runs (`cleaner.names.runs.find_runs`).
        """
        self.documents += 1
        places = Places(file, document)
        self._add_small(document, places)
        for sentence in _sentences(document.text, _words(document.text, runs)):
            for place, word in enumerate(sentence):
                self._add_word(word, document.text, places, begins=place == 0)
            self._add_company([word.form for word in sentence])
            self._add_names(sentence, document.text, places)

    def _add_small(self, document: Document, places: Places) -> None:
        """Count the words in small letters."""
        counts = Counter(_LOWER_CASE.findall(document.text))
        self.lower_case.update(counts)
        for word in counts:
            if len(word) >= MIN_SMALL and not is_ordinary(word):
                record = self.small.setdefault(word, FormRecord())
                record.add(list(_spans(word, document)), places)

    def _add_word(self, word: _Word, text: str, places: Places, *, begins: bool) -> None:
        seen = self._see(self.words, [word], places if word.in_run else None)
        is_possessive = bool(_POSSESSIVE.match(text, word.span.end))
        if begins and not is_possessive and _begins_sentence(text, word.span.start):
            seen.starts += 1
            if _EXCLAMATION.match(text, word.span.end):
                seen.exclaimed += 1
        if word.honorific:
            seen.roles[word.honorific] += 1
        title = _title_before(text, word.span.start)
        if title:
            seen.roles[title] += 1

    def _see(self, table: dict[str, Seen], name: Sequence[_Word], places: Places | None) -> Seen:
        form = " ".join(word.form for word in name)
        seen = table.get(form)
        if seen is None:
            seen = table[form] = Seen()
        record = seen.record
        if all(word.in_capitals for word in name):
            record = seen.capitals = seen.capitals or FormRecord()
        record.count += 1
        if places and len(record.places) < MAX_PLACES:
            record.places.append(places.of(Span(name[0].span.start, name[-1].span.end)))
        if not seen.documents or seen.documents[-1] != self.documents:
            seen.documents.append(self.documents)
        return seen

    def _add_company(self, forms: Sequence[str]) -> None:
        """Count the forms of one sentence as each other's company."""
        for place, form in enumerate(forms):
            others = forms[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1]
            if len(others) > 1:
                self.words[form].company.update(set(others) - {form})

    def _add_names(self, sentence: Sequence[_Word], text: str, places: Places) -> None:
        """Count words next to one another as a name, and as each other's mates."""
        for name in _names(sentence, text):
            for first, second in pairwise(name):
                self.words[first.form].mates[second.form] += 1
                self.words[second.form].mates[first.form] += 1
            if len(name) <= MAX_WORDS:
                self._see(self.names, name, places)
            if len(name) > KOREAN_WORDS and _is_korean(name[:KOREAN_WORDS]):
                self._see(self.names, name[:KOREAN_WORDS], places)
        self._add_ordinary_mates(sentence, text)

    def _add_ordinary_mates(self, sentence: Sequence[_Word], text: str) -> None:
        """Count ordinary words as mates of the names that they are next to: Mulgogi Music."""
        for first, second in pairwise(sentence):
            if first.in_run == second.in_run or not _are_neighbours(first, second, text):
                continue
            if first.in_run or not _begins_sentence(text, first.span.start):
                self.words[first.form].mates[second.form] += 1
                self.words[second.form].mates[first.form] += 1


def _spans(word: str, document: Document) -> Iterator[Span]:
    """Yield where a word in small letters is in a document, without URLs and code."""
    at = document.text.find(word)
    while at >= 0:
        span = Span(at, at + len(word))
        match = _LOWER_CASE.match(document.text, at)
        if match and match.end() == span.end and not document.is_protected(span):
            yield span
        at = document.text.find(word, span.end)


def _names(sentence: Sequence[_Word], text: str) -> Iterator[list[_Word]]:
    """Yield the names of two and more words in a sentence.

    An honorific ends a name. An ordinary word is a part of one only if a Korean may be called so.
    """
    name: list[_Word] = []
    for word in sentence:
        if name and not _are_neighbours(name[-1], word, text):
            if len(name) > 1:
                yield name
            name = []
        if word.in_run or _is_korean_part(word.form, name):
            name.append(word)
        elif name:
            if len(name) > 1:
                yield name
            name = []
    if len(name) > 1:
        yield name


def _words(text: str, runs: Sequence[Run]) -> Iterator[_Word]:
    """Yield the capitalised words of a text that may be names or parts of names, in order."""
    tokens = {token.span.start: token for run in runs for token in run}
    end = 0
    for match in _CAPITALISED.finditer(text):
        start = match.start()
        if start < end:
            continue
        token = tokens.get(start)
        if token is not None:
            end = token.span.end
            yield _word(token.span, token.text, in_run=True)
        elif _may_be_ordinary_part(match.group(), follows=text[end:start] == " "):
            end = match.end()
            yield _word(Span(start, end), match.group(), in_run=False)


def _word(span: Span, text: str, *, in_run: bool) -> _Word:
    form, honorific = _word_of(text)
    return _Word(span, form, honorific, in_capitals=len(text) > 1 and text.isupper(), in_run=in_run)


def _may_be_ordinary_part(word: str, *, follows: bool) -> bool:
    """Return whether an ordinary word is worth counting.

    A function word is one only where it follows another word of a name, and is a syllable of
    Korean given names: Jung Hae In.
    """
    lower = word.lower()
    if lower in not_in_names():
        return follows and lower in load(USUAL_PIVOT).given
    return len(word) > 2


def _sentences(text: str, words: Iterator[_Word]) -> Iterator[list[_Word]]:
    """Yield the words of each sentence that has any."""
    sentence: list[_Word] = []
    for word in words:
        if sentence and _ENDS_SENTENCE.search(text, sentence[-1].span.end, word.span.start):
            yield sentence
            sentence = []
        sentence.append(word)
    if sentence:
        yield sentence


def _is_korean_part(word: str, before: Sequence[_Word]) -> bool:
    """Return whether a word is a Korean surname, or a syllable of a given name behind one."""
    tables = load(USUAL_PIVOT)
    lower = word.lower()
    if lower in tables.surnames:
        return True
    return bool(before) and before[0].form.lower() in tables.surnames and lower in tables.given


def _are_neighbours(first: _Word, second: _Word, text: str) -> bool:
    """Return whether only a space is between two words, and no honorific."""
    is_space = _SPACE.fullmatch(text, first.span.end, second.span.start)
    return bool(is_space) and not first.honorific


def _is_korean(name: Sequence[_Word]) -> bool:
    """Return whether words are the surname and the syllables of a Korean's name."""
    return all(_is_korean_part(word.form, name[:place]) for place, word in enumerate(name))


def _word_of(text: str) -> tuple[str, str]:
    """Return a word without honorific and stutter, and the honorific.

    A word in capitals gets small letters.

    >>> _word_of("Mashiro-san"), _word_of("M-Mashiro"), _word_of("MASHIRO"), _word_of("Hyo-jun")
    (('Mashiro', 'san'), ('Mashiro', ''), ('Mashiro', ''), ('Hyo-jun', ''))
    """
    form = _NOT_LATIN.sub("", normal(text))
    honorific = ""
    if not _HYPHEN.search(form):
        return (form.capitalize() if form.isupper() and len(form) > 1 else form), ""
    parts = _HYPHEN.split(form)
    while len(parts) > 1 and _is_honorific(parts):
        honorific = parts.pop().lower()
    while len(parts) > 1 and _is_stutter(parts[0], parts[1]) and not _is_doubled(parts):
        del parts[0]
    bare = "-".join(parts)
    return (bare.title() if bare.isupper() and len(bare) > 1 else bare), honorific


def _is_honorific(parts: Sequence[str]) -> bool:
    """Return whether the last part of a word is an honorific.

    >>> [_is_honorific(word.split("-")) for word in ("Mashiro-san", "Min-ah", "Min-soo-ah")]
    [True, False, True]
    """
    last = parts[-1].lower()
    lists = vocabulary()
    return last in lists.honorifics or (len(parts) > 2 and last in lists.syllable_honorifics)


def _is_stutter(first: str, second: str) -> bool:
    """Return whether a part of a word is the beginning of the next part: M-Mashiro, Wh-wh-who."""
    return len(first) <= 3 and second.lower().startswith(first.lower())


def _is_doubled(parts: Sequence[str]) -> bool:
    """Return whether a word is one syllable twice, which is a name: Bo-bo."""
    return len(parts) == 2 and parts[0].lower() == parts[1].lower()


def _begins_sentence(text: str, start: int) -> bool:
    """Return whether nothing but opening marks is between the start and the end of a sentence."""
    before = text[max(0, start - _LOOK_BACK) : start].rstrip(_OPENING_MARKS)
    return not before or before[-1] in '.!?…:;\n\r」』）)]"”>#|*'


def _title_before(text: str, start: int) -> str:
    """Return the title right before a place in a text, in small letters, or ""."""
    if text[start - 1 : start] != " ":
        return ""
    before = text[max(0, start - _LOOK_BACK) : start].split()
    word = before[-1].rstrip(".").lower() if before else ""
    return word if word in vocabulary().titles else ""
