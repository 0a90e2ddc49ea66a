"""Matchers of many names, whose indexes are kept in the user's cache.

Indexing 26,000 names takes four seconds, and opening the index a hundredth of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b

from cleaner import cache
from cleaner.names.match import Matcher
from cleaner.names.name import Name
from cleaner.names.name_list import NameList
from cleaner.names.pivot.tables import NO_PIVOT, USUAL_PIVOT
from cleaner.names.stored_index import StoredIndex
from cleaner.reading import read_file
from cleaner.rules import layers
from cleaner.rules.model import MAX_BYTES

MANY = 1_000  # an index of fewer names is made faster than it is worth keeping


def matcher_of(names: Sequence[Name], pivot: str) -> Matcher:
    """Return a matcher; keep the index of many names until one, a table or this program changes.

    Args:
        names: the right names.
        pivot: the language in between, as `Matcher` takes it.
    """
    if pivot == NO_PIVOT or len(names) < MANY:
        return Matcher(names, pivot=pivot)
    return _matcher_of_many(NameList.of(names), USUAL_PIVOT if pivot == "auto" else pivot)


@lru_cache(maxsize=2)
def _matcher_of_many(names: NameList, pivot: str) -> Matcher:
    file = f"index-{_fingerprint(names, pivot)}"
    data = cache.mapped(file)
    if data is not None:
        with suppress(ValueError):
            return _over_stored(names, pivot, data)
    made = Matcher(names, pivot=pivot).dump()
    cache.remember(file, made)
    return _over_stored(names, pivot, made)


def _over_stored(names: NameList, pivot: str, data: bytes | memoryview) -> Matcher:
    """Return a matcher over a stored index.

    Raises:
        ValueError: this is no index of these names.
    """
    stored = StoredIndex(data, len(names))
    return Matcher(names, pivot=pivot, stored=stored)


def _fingerprint(names: NameList, pivot: str) -> str:
    """Return a hash of everything that an index depends on."""
    digest = blake2b(digest_size=16)
    for path in sorted((layers.bundled() / "pivots" / pivot).glob("*.yaml")):
        digest.update(read_file(path, MAX_BYTES))
    return layers.fingerprint([], digest.hexdigest(), names.digest)
