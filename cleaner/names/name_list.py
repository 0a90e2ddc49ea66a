"""A list of names as tables in which they are looked up, without reading the list.

Reading 26,000 names, and indexing how they are spelled, takes a quarter of a second; opening tables
that were kept takes a few milliseconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate, chain
from typing import Any, overload
from zlib import crc32

from cleaner import cache
from cleaner.names.name import Name
from cleaner.names.pivot.pinyin import Pinyin
from cleaner.names.pivot.script import without_accents, word_key, words
from cleaner.names.pivot.tables import USUAL_PIVOT, load
from cleaner.rules import layers
from cleaner.text import stored
from cleaner.text.characters import SYLLABLE_MARKS
from cleaner.text.folding import normal
from cleaner.text.stored import Lists, Parts, Texts, place

_NO_SYLLABLE_MARKS = str.maketrans("", "", SYLLABLE_MARKS)


class NameList(Sequence[Name]):
    """Names, and tables by which they are found: by spelling, by word and by pinyin.

    A name is made when it is asked for. Names have numbers, from 0 in their order.

    Args:
        data: what `dump` returns for the names.

    Attributes:
        digest: a hash of all that is known of the names.
        plain_words: the words of all right forms as plain letters. Line ends are between names,
            spaces between the forms of a name, hyphens between words.

    Raises:
        ValueError: it is something else.
    """

    def __init__(self, data: bytes | memoryview) -> None:
        try:
            parts = Parts(data)
            self._rows = parts.texts("names")
            self.plain_words = parts.data("letters").decode()
            self._spellings = _Table(parts, "spellings")
            self._pinyin = _Table(parts, "pinyin")
            self._syllables = _Table(parts, "syllables")
            self._variants = _Table(parts, "variants")
            self._plain_words = _Table(parts, "plain words")
            self._words = parts.texts("words")
        except (AttributeError, LookupError, TypeError) as error:
            raise ValueError("this is no list of names") from error
        if len(self._rows) and len(self._rows) != self.plain_words.count("\n") + 1:
            raise ValueError("there are not letters for each name")
        self.digest = blake2b(self._rows.data, digest_size=16).hexdigest()
        self._made: dict[int, Name] = {}

    @classmethod
    def of(cls, names: Iterable[Name]) -> NameList:
        """Return names as such a list.

        >>> names = NameList.of([Name("Ma Yun", hanzi="马云"), Name("Xu Lin")])
        >>> names[1].canonical, names.spelled("ma yun"), names.in_pinyin("mayun")
        ('Xu Lin', [('Ma Yun', 0)], [0])
        """
        return names if isinstance(names, NameList) else cls(dump(names))

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, number: int) -> Name: ...
    @overload
    def __getitem__(self, number: slice) -> list[Name]: ...
    def __getitem__(self, number: int | slice) -> Name | list[Name]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        name = self._made.get(number)
        if name is None:
            name = self._made[number] = _name(self._rows[number])
        return name

    def letters(self, number: int) -> list[str]:
        """Return the plain letters of each right form of a name."""
        return self._plain_rows[number].replace("-", "").split(" ")

    def words(self, number: int) -> list[list[str]]:
        """Return the words of each right form of a name as plain letters, in order."""
        forms = self._plain_rows[number].split(" ")
        return [form.split("-") if form else [] for form in forms]

    @cached_property
    def _plain_rows(self) -> list[str]:
        return self.plain_words.split("\n")

    def spelled(self, spelling: str) -> list[tuple[str, int]]:
        """Return the right forms that have a spelling (see `spelling_of`), with their names."""
        found = []
        for number in self._spellings.get(spelling):
            for form in self[number].right:
                if spelling_of(form) == spelling:
                    found.append((form, number))
        return found

    def called(self, canonical: Collection[str]) -> list[Name]:
        """Return the names with some canonical forms, in the order of the list."""
        numbers: set[int] = set()
        for form in canonical:
            for number in self._spellings.get(spelling_of(form)):
                if self[number].canonical == form:
                    numbers.add(number)
        return [self[number] for number in sorted(numbers)]

    def has_word(self, word: str) -> bool:
        """Return whether a word is a part of a right form."""
        return place(self._words, _encoded(word)) is not None

    def longer(self, key: Sequence[str]) -> set[int]:
        """Return the names of which words are some of the words of a right form, but not all.

        Args:
            key: the words (see `word_key`).
        """
        having = [set(self._plain_words.get(word)) for word in key]
        numbers = set.intersection(*having) if having else set(range(len(self)))
        return {number for number in numbers if _is_part(key, self[number])}

    def in_pinyin(self, plain: str) -> Sequence[int]:
        """Return the names whose Hanzi are spelled with these letters in pinyin."""
        return self._pinyin.get(plain)

    def with_syllables(self, syllables: Iterable[str]) -> Sequence[int]:
        """Return the names whose Hanzi have these syllables in pinyin."""
        return self._syllables.get(" ".join(syllables))

    def stated(self, variant: str) -> list[Name]:
        """Return the names of which a list says that a normal form is a variant (see `normal`)."""
        return [self[number] for number in self._variants.get(variant)]


class _Table:
    """Texts, each with the numbers of its names in order.

    It is a hash table: a text is looked for among the few of its bucket.
    """

    def __init__(self, parts: Parts, name: str) -> None:
        self._texts: Texts = parts.texts(name)
        self._numbers: Lists = parts.lists(f"{name}.names")
        self._starts = parts.numbers(f"{name}.starts")
        if not len(self._texts) == len(self._numbers) == self._starts[-1]:
            raise ValueError("there is not one list for each text")

    def get(self, text: str) -> Sequence[int]:
        """Return the numbers of a text; none if the table does not have it."""
        wanted = _encoded(text)
        bucket = _bucket(wanted, len(self._starts) - 1)
        for at in range(self._starts[bucket], self._starts[bucket + 1]):
            if self._texts[at] == wanted:
                return self._numbers[at]
        return ()


def _bucket(text: bytes, buckets: int) -> int:
    """Return the number of the bucket that a text is in."""
    return crc32(text) % buckets


def _is_part(key: Sequence[str], name: Name) -> bool:
    """Return whether words are some of the words of a right form, but not all of them."""
    for form in name.right:
        own = word_key(form)
        if len(key) < len(own) and all(word in own for word in key):
            return True
    return False


def kept(key: str, make: Callable[[], Iterable[Name]]) -> NameList:
    """Return the list that was kept under a key; make it and keep it if none was.

    Args:
        key: everything that the names depend on but this program and its data.
        make: returns the names.
    """
    file = f"list-{layers.fingerprint([], key)}"
    data = cache.mapped(file)
    if data is not None:
        try:
            return NameList(data)
        except ValueError:
            pass
    made = dump(make())
    cache.remember(file, made)
    return NameList(made)


def dump(names: Iterable[Name]) -> bytes:
    """Return names as bytes, for `NameList`."""
    names = list(names)
    reader = Pinyin(load(USUAL_PIVOT))
    spellings: dict[str, dict[int, None]] = {}
    parts_of_names: set[str] = set()
    plain_words: dict[str, dict[int, None]] = {}
    syllables: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        for form in name.right:
            spellings.setdefault(spelling_of(form), {})[number] = None
            parts_of_names.update(form.split())
            for word in word_key(form):
                plain_words.setdefault(word, {})[number] = None
        if name.hanzi:
            in_pinyin = reader.syllables_of(name.hanzi)
            if in_pinyin:
                syllables.setdefault(" ".join(in_pinyin), []).append(number)
    pinyin: dict[str, list[int]] = {}
    for spaced, numbers in syllables.items():
        pinyin.setdefault(spaced.replace(" ", ""), []).extend(numbers)
    return stored.joined(
        {
            **stored.texts("names", list(map(_row, names))),
            "letters": "\n".join(map(_plain_words, names)).encode(),
            **_table("spellings", spellings),
            **_table("plain words", plain_words),
            **_table("pinyin", pinyin),
            **_table("syllables", syllables),
            **_table("variants", _variants(names)),
            **stored.texts("words", sorted(map(_encoded, parts_of_names))),
        }
    )


def _variants(names: Iterable[Name]) -> dict[str, list[int]]:
    """Return the variants that are stated, and of which names. A right form of any name is none."""
    owners: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        for variant in name.variants:
            owners.setdefault(normal(variant), []).append(number)
    if owners:
        for name in names:
            for form in name.right:
                owners.pop(normal(form), None)
    return owners


def _table(name: str, numbers: Mapping[str, Collection[int]]) -> dict[str, bytes]:
    """Return the parts of a `_Table`."""
    buckets: list[list[tuple[bytes, list[int]]]] = [[] for _ in range(max(1, len(numbers)))]
    for text, found in numbers.items():
        encoded = _encoded(text)
        buckets[_bucket(encoded, len(buckets))].append((encoded, list(found)))
    entries = list(chain.from_iterable(buckets))
    return {
        **stored.texts(name, [text for text, _ in entries]),
        **stored.lists(f"{name}.names", [found for _, found in entries]),
        **stored.numbers(f"{name}.starts", accumulate(map(len, buckets), initial=0)),
    }


def spelling_of(form: str) -> str:
    """Return a form in lower case with single spaces, without accents and apostrophes.

    >>> spelling_of("Xi’an Jiaotong")
    'xian jiaotong'
    """
    return " ".join(without_accents(form.translate(_NO_SYLLABLE_MARKS)).split())


def _row(name: Name) -> bytes:
    values = [getattr(name, field) for field in Name.__dataclass_fields__]
    return _encoded(json.dumps(values, ensure_ascii=False))


def _name(row: bytes) -> Name:
    values: list[Any] = json.loads(row.decode("utf-8", "surrogatepass"))
    frozen: list[Any] = [tuple(value) if isinstance(value, list) else value for value in values]
    return Name(*frozen)


def _plain_words(name: Name) -> str:
    """Return the words of the right forms of a name (see `NameList.plain_words`)."""
    return " ".join("-".join(words(form)) for form in name.right)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
