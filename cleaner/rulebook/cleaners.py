"""Cleaners for a program of one's own: made once for the rules that it names, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from cleaner.engine.cleaner import Cleaner
from cleaner.rulebook import load_index
from cleaner.rules.model import Level, RuleSet

# Rules to clean with: the bundled ones (None), rules that are loaded, or files and folders of
# rules, which override the bundled ones.
Rules: TypeAlias = RuleSet | str | Path | Sequence[str | Path] | None

_KEPT = 4  # cleaners that a process keeps, each for other rules


def cleaner_for(rules: Rules = None, level: Level = "fix", *, damaged: bool = False) -> Cleaner:
    """Return a cleaner for these rules; the same one when it is asked for again.

    Rules in files are not looked at again.

    Args:
        rules: see `Rules`.
        level, damaged: see `Cleaner`.

    Raises:
        RuleError, UsageError: the rules cannot be loaded.

    >>> cleaner_for() is cleaner_for()
    True
    """
    if isinstance(rules, (str, Path)):
        rules = (rules,)
    key = rules if rules is None or isinstance(rules, RuleSet) else tuple(map(str, rules))
    return _kept(key, level, damaged=damaged)


@lru_cache(maxsize=_KEPT)
def _kept(rules: RuleSet | tuple[str, ...] | None, level: Level, *, damaged: bool) -> Cleaner:
    index = rules if isinstance(rules, RuleSet) else load_index(*(rules or ()))
    return Cleaner(index, level=level, damaged=damaged)
