"""What cleaning a text gives: the cleaned text, its edits, its findings, and the proof of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.engine.silence import Ignore
from cleaner.errors import GuaranteeError
from cleaner.rules.model import Level
from cleaner.text.document import Document
from cleaner.text.edits import JOINER, Edit, Span, apply, gives
from cleaner.text.sourcemap import SourceEdit, apply_to_source


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
        comment: where in the source the comment is that it is about; the span is empty then.
    """

    rules: tuple[str, ...]
    level: Level
    span: Span
    before: str
    after: str
    message: str
    comment: Span | None = None

    @property
    def label(self) -> str:
        """The ids of its rules as one text, as reports show them."""
        return JOINER.join(self.rules)


class Result(NamedTuple):
    """A cleaned document.

    Attributes:
        document: the input.
        text: the text after cleaning, as a reader sees it.
        edits: the edits that lead from the text of the input to `text`; sorted, and none overlaps
            another.
        source: the source after cleaning, which is what to write into the file. For plain text it
            is the text.
        source_edits: the edits that lead from the source of the input to `source`.
        findings: everything that rules have to say, in the order of the input.
        used: those of the given ignores that suppressed a rule.
        lookups: those of the findings that only this run can report, because the edits cover up
            what they are about: the cleaned text no longer shows that something was lost there, or
            it no longer proves the damage without which the rule is silent.
        error: why the text could not be cleaned and is unchanged, in one line; "" if it could.
            Only `clean_batch` returns such results: `Cleaner.clean` raises an error instead.
    """

    document: Document
    text: str
    edits: tuple[Edit, ...]
    source: str
    source_edits: Sequence[SourceEdit]
    findings: tuple[Finding, ...]
    used: frozenset[Ignore] = frozenset()
    lookups: tuple[Finding, ...] = ()
    error: str = ""

    @property
    def changed(self) -> bool:
        """Whether the text differs from the input."""
        return bool(self.edits)


def joined(document: Document, results: Iterable[Result]) -> Result:
    """Return the result of a document from those of its units.

    Raises:
        GuaranteeError: a unit is read as another text than it has in the document.
    """
    edits: list[Edit] = []
    source_edits: list[SourceEdit] = []
    findings: list[Finding] = []
    lookups: list[Finding] = []
    used: frozenset[Ignore] = frozenset()
    of_units = list(results)
    gaps = _gaps_without_a_text(document, of_units)
    for unit, result in zip(document.units, of_units, strict=True):
        if result.document.text != unit.text.of(document.text):
            raise GuaranteeError("a part of it does not read as it does in the whole")
        start, begin = unit.text.start, unit.source.start
        of_unit = [edit._replace(span=edit.span.moved(start)) for edit in result.edits]
        edits += _with_gap(of_unit, gaps.get(unit.text))
        source_edits += (edit._replace(span=edit.span.moved(begin)) for edit in result.source_edits)
        findings += (_moved(finding, start, begin) for finding in result.findings)
        lookups += (_moved(finding, start, begin) for finding in result.lookups)
        used |= result.used
    return Result(
        document,
        apply(document.text, edits),
        tuple(edits),
        apply_to_source(document.source, source_edits),
        source_edits,
        tuple(findings),
        used,
        tuple(lookups),
    )


def _gaps_without_a_text(document: Document, results: Sequence[Result]) -> dict[Span, Span]:
    """Return the blank line that goes with the text of each unit of which nothing is left.

    It is the one behind the unit; the one before it if no text is left behind it.
    """
    units = document.units
    staying = [number for number, result in enumerate(results) if result.text]
    last = staying[-1] if staying else len(units) - 1
    gaps: dict[Span, Span] = {}
    for number, result in enumerate(results):
        if result.text or number == last:
            continue
        before, behind = (number, number + 1) if number < last else (number - 1, number)
        gaps[units[number].text] = Span(units[before].text.end, units[behind].text.start)
    return gaps


def _with_gap(edits: list[Edit], gap: Span | None) -> Iterable[Edit]:
    """Return the edits of a unit, one of which also deletes the blank line beside it."""
    if gap is None:
        return edits
    if gap.start == edits[-1].span.end:
        *others, edit = edits
        return [*others, edit._replace(span=Span(edit.span.start, gap.end))]
    edit, *others = edits
    return [edit._replace(span=Span(gap.start, edit.span.end)), *others]


def _moved(finding: Finding, by: int, in_source: int) -> Finding:
    comment = finding.comment.moved(in_source) if finding.comment else None
    return finding._replace(span=finding.span.moved(by), comment=comment)


def prove(result: Result, written: Document) -> None:
    """Check a result against its input. Three things must be true.

    Replaying the edits of the text, which are sorted and separate, gives the cleaned text.
    Replaying the edits of the source gives the cleaned source. Reading that source gives exactly
    the cleaned text, and what is not text in it is the same as before.

    That a second pass finds nothing is not checked here: cleaning only ends when that is so.

    Args:
        result: the result.
        written: the document that the cleaned source is read as.

    Raises:
        GuaranteeError: the result must not be used.
    """
    document = result.document
    _check_order([edit.span for edit in result.edits], len(document.sliced))
    if not gives(document.sliced, result.edits, result.text):
        raise GuaranteeError("replaying the edits does not give the output")
    if document.is_identity:
        return
    _check_order([edit.span for edit in result.source_edits], len(document.source))
    if apply_to_source(document.source, result.source_edits) != result.source:
        raise GuaranteeError("replaying the edits of the source does not give the output")
    if written.source != result.source or written.text != result.text:
        raise GuaranteeError("what would be written does not read as the cleaned text")
    if document.structure(result.edits) != written.structure():
        raise GuaranteeError("what is not text in the file would change")


def _check_order(spans: Sequence[Span], length: int) -> None:
    """Check that spans are sorted and separate, and inside a text of this length."""
    for one, other in pairwise([Span(0, 0), *spans, Span(length, length)]):
        if not one.start <= one.end <= other.start:
            raise GuaranteeError("edits overlap others")
