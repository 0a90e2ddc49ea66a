"""What a page says about a candidate for a form: whether the name has a reason to be there.

The matcher knows the form and the name, and nothing of the page. On a page about Xu Lin, “Shirin”
is Xu Lin; on any other page it is Shirin. So each fact about the page adds to, or takes from, the
log-odds of a candidate.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp, log
from typing import NamedTuple

from cleaner.names.match import Candidate

# Score on a page, from 0 to 1; a less likely name is not worth a person's time. Set by hand and
# measured by tests/bench/names/pages.py.
MIN_SCORE = 0.5
MIN_STRONG_SCORE = 0.9  # a less likely name is not beyond doubt, whatever the matcher says
# Nats that a fact adds to the log-odds of a candidate; set by hand and measured by
# tests/bench/names/pages.py.
_IN_DOCUMENT = 2.5
_ACCOMPANIED = 1.5
_LISTED = -0.5
_NO_REASON = -2.2
_NOT_COMMON = -3.0
_KOREAN = -6.0
_SHORT = -1.5
_PART = -6.0
_SHARED = -1.0
_DOCUMENT = -1.0  # for e times as many documents that have the form, and the name nowhere
_LONGEST_ODDS = 30.0  # nats; what is beyond is as certain


class Reasons(NamedTuple):
    """What a page says about a candidate for a form.

    Attributes:
        in_document: whether the page spells the name right elsewhere.
        listed: whether the user has listed the name or has a rule for it.
        accompanied: whether a companion of the name is on the page.
        of_page: whether the score is already one among the names that the page speaks of.
        common: whether texts speak of the name often.
        korean: whether form and name are both written as Koreans write theirs, so that the form is
            right in another romanisation.
        short: whether the form has so few letters that many names are like it.
        part: whether the form only stands beside other words that may be of the same name (Lipa in
            Dua Lipa).
        shared: whether it also stands alone, but is a word of such a name elsewhere on the page.
        documents: how many documents have the form, if none of them has the right name.
    """

    in_document: bool = False
    listed: bool = False
    accompanied: bool = False
    of_page: bool = False
    common: bool = True
    korean: bool = False
    short: bool = False
    part: bool = False
    shared: bool = False
    documents: int = 1

    @property
    def log_odds(self) -> float:
        """What the reasons add to the log-odds, in nats."""
        total = 0.0
        if self.in_document:
            total += _IN_DOCUMENT
        if self.accompanied:
            total += _ACCOMPANIED
        if not (self.in_document or self.of_page):
            total += self._absent()
        if self.part:
            total += _PART
        elif self.shared:
            total += _SHARED
        return total

    def _absent(self) -> float:
        """What is added for a name that the page does not spell right anywhere."""
        if self.listed:
            return 0.0 if self.accompanied else _LISTED
        total = 0.0 if self.accompanied else _NO_REASON + _DOCUMENT * log(self.documents)
        if not self.common:
            total += _NOT_COMMON
        if self.korean:
            total += _KOREAN
        if self.short and not self.accompanied:
            total += _SHORT
        return total


def weighed(candidate: Candidate, reasons: Reasons) -> Candidate:
    """Return a candidate with the score that it has on a page.

    It stays strong only if nothing speaks against it.
    """
    certain = 1 / (1 + exp(-_LONGEST_ODDS))
    score = min(max(candidate.score, 1 - certain), certain)
    odds = log(score / (1 - score)) + reasons.log_odds
    odds = min(max(odds, -_LONGEST_ODDS), _LONGEST_ODDS)
    on_page = round(1 / (1 + exp(-odds)), 4)
    is_doubtful = reasons.part or reasons.shared or on_page < MIN_STRONG_SCORE
    return replace(candidate, score=on_page, strong=candidate.strong and not is_doubtful)
