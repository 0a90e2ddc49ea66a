"""What is known of each form over all documents: how often it appears, where, and who it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cleaner.names.match import Candidate
from cleaner.names.suggestion import Place
from cleaner.text.document import Document
from cleaner.text.edits import Span

MAX_PLACES = 20  # of a form that are kept; all are counted
# Code points of a line that are kept around a form: enough for the sentence that becomes an
# example of a rule.
MAX_CONTEXT = 500


@dataclass
class FormRecord:
    """What is known of one form. `candidates` are by canonical form, the likeliest first."""

    candidates: dict[str, Candidate] = field(default_factory=dict)
    count: int = 0
    places: list[Place] = field(default_factory=list)

    @property
    def score(self) -> float:
        """The score of the likeliest candidate; 0 if there is none."""
        return max((candidate.score for candidate in self.candidates.values()), default=0.0)

    def add_candidate(self, candidate: Candidate) -> None:
        """Take a candidate of the form on one page; of several pages the highest score counts."""
        earlier = self.candidates.get(candidate.canonical)
        if earlier is None or earlier.score < candidate.score:
            self.candidates[candidate.canonical] = candidate

    def add(self, spans: Sequence[Span], places: Places) -> None:
        """Count the spans of one document, and keep their places while there is room."""
        self.count += len(spans)
        room = MAX_PLACES - len(self.places)
        self.places += [places.of(span) for span in spans[:room]]


class Places:
    """The places of one document, by their spans."""

    def __init__(self, file: str, document: Document) -> None:
        self._file = file
        self._document = document

    def of(self, span: Span) -> Place:
        """Return where a span is, with the line of the text around it."""
        there = self._document.location(span.start)
        text = self._document.text
        context = _context(text, span)
        return Place(
            self._file,
            there.line,
            there.column,
            context.of(text),
            span.start - context.start,
            there.member,
        )


def _context(text: str, span: Span) -> Span:
    """Return the line around a span; of a long line the part around it, cut between words."""
    start, end = _line_around(text, span)
    earliest = span.start - MAX_CONTEXT // 2
    if start < earliest:
        after_space = text.find(" ", earliest, span.start) + 1
        start = max(earliest, after_space)
    latest = span.end + MAX_CONTEXT // 2
    if end > latest:
        before_space = text.rfind(" ", span.end, latest)
        end = max(before_space, span.end)
    return Span(start, end)


def _line_around(text: str, span: Span) -> Span:
    """Return the line around a span, or so much of a long line that the rest is cut off anyway."""
    floor = max(0, span.start - MAX_CONTEXT)
    ceiling = min(len(text), span.end + MAX_CONTEXT)
    before = max(text.rfind("\n", floor, span.start), text.rfind("\r", floor, span.start))
    line_ends = (text.find("\n", span.end, ceiling), text.find("\r", span.end, ceiling))
    found = [at for at in line_ends if at >= 0]
    return Span(before + 1 if before >= 0 else floor, min(found, default=ceiling))
