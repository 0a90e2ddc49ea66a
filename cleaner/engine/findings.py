"""What cleaning a text gives: the cleaned text, its edits, its findings, and the proof of them."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.engine.silence import Ignore
from cleaner.errors import GuaranteeError
from cleaner.rules.model import Level
from cleaner.text.edits import JOINER, Edit, Span, apply


class Finding(NamedTuple):
    """Something that rules have to say about a text.

    Attributes:
        rules: the ids of these rules; several where edits of different passes were combined, or
            where rules contradict each other.
        level: `fix` findings were applied, `report` findings never are.
        span: where it is, in code points of the input.
        before: the text there. For an edit of a later pass, the text as that pass saw it.
        after: what the rule writes instead; the same as `before` where it changes nothing.
        message: why this is a finding, in a few words.
    """

    rules: tuple[str, ...]
    level: Level
    span: Span
    before: str
    after: str
    message: str

    @property
    def label(self) -> str:
        """The ids of its rules as one text, as reports show them."""
        return JOINER.join(self.rules)


class Result(NamedTuple):
    """A cleaned text.

    Attributes:
        text: the text after cleaning.
        edits: the edits that lead from the input to `text`; sorted, and none overlaps another.
        findings: everything that rules have to say, in the order of the input.
        used: those of the given ignores that suppressed a rule.
        lookups: those of the findings that only this run can report, because the edits cover up
            what they are about: the cleaned text no longer shows that something was lost there.
    """

    text: str
    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]
    used: frozenset[Ignore] = frozenset()
    lookups: tuple[Finding, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the text differs from the input."""
        return bool(self.edits)


def prove(text: str, result: Result) -> None:
    """Check a result against its input: the edits are sorted, separate, and give the output.

    That a second pass finds nothing is not checked here: cleaning only ends when that is so.

    Raises:
        GuaranteeError: the result must not be used.
    """
    end = 0
    for edit in result.edits:
        start, stop = edit.span
        if not end <= start <= stop <= len(text):
            raise GuaranteeError(f"the edits of {edit.label} overlap others")
        end = stop
    if apply(text, result.edits) != result.text:
        raise GuaranteeError("replaying the edits does not give the output")
