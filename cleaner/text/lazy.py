"""Regular expressions that are compiled when they are first used.

To compile those of the rules and of the formats takes a tenth of the time in which the hook looks
at a short file, and a clean file needs one in ten of them.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, but compile it when it is first used.

    Its methods and attributes are those of a pattern; functions of `re` do not take it.

    >>> lazy_pattern(r"(Ma) Win").sub(r"\\1 Yun", "Ma Win fell")
    'Ma Yun fell'
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(pattern, flags))


class _LazyPattern:
    """Stands for a pattern, and takes over what is asked of it."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # what copies or shows objects asks for such names
            raise AttributeError(name)
        value = getattr(re.compile(self._pattern, self._flags), name)
        setattr(self, name, value)  # from now on found without this method
        return value
