"""Variants that a list of the user states: no matcher has to recognise them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.names.match import Candidate
from cleaner.names.name import Name
from cleaner.names.name_list import NameList
from cleaner.text.folding import normal

SCORE = 0.99  # of a name whose variant a form is, and of no other name


class Stated:
    """The variants that are stated, and of which names. A right form of any name is none.

    >>> stated = Stated([Name("Ma Yun", variants=("Marwin",))])
    >>> [(one.canonical, one.strong, one.why) for one in stated.first("Marwin", [])]
    [('Ma Yun', True, 'Marwin is listed as a variant of Ma Yun')]
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = NameList.of(names)

    def first(self, form: str, found: Sequence[Candidate]) -> list[Candidate]:
        """Return the names of which a form is a stated variant; if there are none, what was found.

        If it is one of several names, none of them is beyond doubt.
        """
        owners = self._names.stated(normal(form))
        if not owners:
            return list(found)
        score = SCORE / len(owners)
        return [
            Candidate(
                name.canonical,
                score,
                strong=len(owners) == 1,
                why=f"{form} is listed as a variant of {name.canonical}",
                name=name,
            )
            for name in owners
        ]
