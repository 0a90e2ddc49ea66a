"""Which rules a word on the command line, in a comment or in the configuration stands for.

A selector is the id of a rule, the end of an id, a folder of rules, or a glob of whole ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from cleaner.errors import UsageError

_SEPARATOR = re.compile(r"[\s,]+")
_LIKELY = "/likely"  # what the id of a rule with made forms ends in; see `rules.likely`


def selects(selector: str, rule: str) -> bool:
    """Return whether a selector stands for a rule, by its id.

    >>> selects("ma-yun", "names/people/ma-yun"), selects("names", "names/people/ma-yun")
    (True, True)
    >>> selects("names/*", "names/people/ma-yun"), selects("ma", "names/people/ma-yun")
    (True, False)

    A rule does not stand for the forms that were made from it, which are a rule of their own:

    >>> selects("ma-yun", "names/people/ma-yun/likely"), selects("people", "names/people/x/likely")
    (False, True)
    """
    if _is_glob(selector):
        return fnmatchcase(rule, selector)
    if _ends(selector, rule):
        return True
    folder = rule.removesuffix(_LIKELY).rpartition("/")[0]
    return f"/{selector.rstrip('/')}/" in f"/{folder}/"


def _is_glob(selector: str) -> bool:
    return any(mark in selector for mark in "*?[")


def _ends(selector: str, rule: str) -> bool:
    """Return whether a selector is the id of a rule, or the end of it."""
    return f"/{rule}".endswith(f"/{selector}")


def most_exact(selectors: Iterable[str], rule: str) -> str | None:
    """Return the selector that is most exactly about a rule; None if none stands for it.

    An id or the end of one comes before a folder, a folder before a glob, and of two of a sort the
    longer one.

    >>> most_exact(["names/*", "names/people", "ma-yun"], "names/people/ma-yun")
    'ma-yun'
    """
    matching = [selector for selector in selectors if selects(selector, rule)]

    def exactness(selector: str) -> tuple[bool, bool, int, str]:
        return _ends(selector, rule), not _is_glob(selector), len(selector), selector

    return max(matching, key=exactness, default=None)


def any_selects(selectors: Iterable[str], rule: str) -> bool:
    """Return whether one of the selectors stands for a rule."""
    return any(selects(selector, rule) for selector in selectors)


def separated(texts: Iterable[str]) -> tuple[str, ...]:
    """Return all selectors of texts that list them, separated by commas or white space.

    >>> separated(["names, quotes/single", "residue"])
    ('names', 'quotes/single', 'residue')
    """
    return tuple(word for text in texts for word in _SEPARATOR.split(text) if word)


def check_selector(ids: Iterable[str], selector: str, *about: str | int) -> None:
    """Refuse a selector that stands for none of the rules; `about` is the key that holds it.

    `ids` must include the rules at level off.

    Raises:
        UsageError: it stands for none.
    """
    known = tuple(ids)
    if not any(selects(selector, id_) for id_ in known):
        raise UsageError(unknown(selector, known), *about, selector)


def unknown(selector: str, ids: Sequence[str]) -> str:
    """Return what to say about a selector that stands for no rule.

    >>> unknown("qoutes", ["names/ma-yun", "quotes/single"])
    "no rule's id matches “qoutes”; did you mean `quotes`?"
    >>> unknown("names/mayun", ["names/ma-yun", "quotes/single"])
    "no rule's id matches “names/mayun”; did you mean `names/ma-yun`?"
    >>> unknown("xyz", ["names/ma-yun", "quotes/single"])
    "no rule's id matches “xyz”; `cleaner rules list` shows them all"
    """
    from difflib import get_close_matches

    choices: dict[str, None] = {}
    for id_ in ids:
        parts = id_.split("/")
        choices |= dict.fromkeys("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
        choices |= dict.fromkeys(parts)
    close = get_close_matches(selector.lower(), choices, n=1, cutoff=0.75)
    hint = f"did you mean `{close[0]}`?" if close else "`cleaner rules list` shows them all"
    return f"no rule's id matches “{selector}”; {hint}"
