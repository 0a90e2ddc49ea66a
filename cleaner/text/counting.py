"""Numbers with their nouns."""

from __future__ import annotations

from collections.abc import Sequence


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the singular or the plural.

    >>> count(1, "fix"), count(1200, "file"), count(0, "fix")
    ('1 fix', '1,200 files', '0 fixes')
    """
    plural = f"{noun}es" if noun.endswith("x") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them.

    >>> listed(["Ma"]), listed(["Ma", "Xi"]), listed(["Ma", "Xi", "Li"])
    ('Ma', 'Ma and Xi', 'Ma, Xi and Li')
    """
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def times(number: int) -> str:
    """Return how often something is.

    >>> times(0), times(1), times(1200)
    ('never', 'once', '1,200 times')
    """
    return {0: "never", 1: "once"}.get(number, f"{number:,} times")
