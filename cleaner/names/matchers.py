"""Matchers of many names, whose indexes are kept in the user's cache.

Indexing 26,000 names takes two seconds, and reading the index a twentieth of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from cleaner import cache
from cleaner.names.match import Matcher
from cleaner.names.name import Name
from cleaner.names.pivot.tables import NO_PIVOT, USUAL_PIVOT
from cleaner.names.shortlist import SkeletonIndex
from cleaner.reading import read_file
from cleaner.rules import layers
from cleaner.rules.model import MAX_BYTES

MANY = 1_000  # an index of fewer names is made faster than it is worth keeping
_NUMBER = np.dtype("<u4")  # how the numbers of names are kept


def matcher_of(names: Sequence[Name], pivot: str) -> Matcher:
    """Return a matcher; keep the index of many names until one, a table or this program changes.

    Args:
        names: the right names.
        pivot: the language in between, as `Matcher` takes it.
    """
    if pivot == NO_PIVOT or len(names) < MANY:
        return Matcher(names, pivot=pivot)
    file = f"index-{_fingerprint(names, USUAL_PIVOT if pivot == 'auto' else pivot)}"
    index = _undumped(cache.recall(file) or b"", len(names))
    matcher = Matcher(names, pivot=pivot, index=index)
    if index is None:
        cache.remember(file, _dumped(matcher.index))
    return matcher


def _fingerprint(names: Sequence[Name], pivot: str) -> str:
    """Return a hash of everything that an index depends on."""
    digest = blake2b(digest_size=16)
    for path in sorted((layers.bundled() / "pivots" / pivot).glob("*.yaml")):
        digest.update(read_file(path, MAX_BYTES))
    digest.update("\n".join(map(_forms, names)).encode())
    return layers.fingerprint([], digest.hexdigest())


def _forms(name: Name) -> str:
    lists = ("|".join(name.hangul), "|".join(name.aliases))
    return "\t".join((name.canonical, name.kind, name.hanzi, *lists))


def _dumped(index: SkeletonIndex) -> bytes:
    """Return an index as one line of skeletons, and the numbers of their names behind it.

    A skeleton has letters only, so a space ends it.
    """
    return " ".join(index.skeletons).encode() + b"\n" + index.owners.astype(_NUMBER).tobytes()


def _undumped(data: bytes, names: int) -> SkeletonIndex | None:
    """Return an index that was kept; None if none was, or if it does not fit so many names."""
    line, _, numbers = data.partition(b"\n")
    if not line.isascii() or len(numbers) % _NUMBER.itemsize:
        return None
    skeletons = line.decode().split(" ")
    owners = np.frombuffer(numbers, _NUMBER).astype(np.intp)
    if not len(skeletons) == len(owners) > 0:
        return None
    is_ordered = bool((np.diff(owners) >= 0).all()) and int(owners[-1]) < names
    return SkeletonIndex(skeletons, owners) if is_ordered else None
