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
    before = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start))
    line_ends = (text.find("\n", span.end), text.find("\r", span.end))
    found = [at for at in line_ends if at >= 0]
    return Span(before + 1, min(found, default=len(text)))
