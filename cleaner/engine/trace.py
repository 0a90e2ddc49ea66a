"""What became of every edit that a fixer asked for: the engine run with a tracer.

The engine tells a tracer why it drops an edit. Usually nobody wants to know, and a `Tracer`
forgets it at once. `cleaner explain FILE:LINE` passes an `Explanation`, which keeps it in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from cleaner.engine.evidence import Evidence
from cleaner.fixers import Fixer, Hits
from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Origins, Span

UNSELECTED = "the rule is not selected"
PROTECTED = "it is in code, a link, an address or a tag"
RIGHT_FORM = "it is part of “{there}”, which is right"
STRANGER = "“{there}” is somebody else"
WRITTEN = "what it writes, or a part of it, stands there already"
INSIDE = "{rule} is about “{there}”, which contains it"
SUPPRESSED = "a comment or an entry of `ignores` suppresses it here"
NO_EVIDENCE = "{lacking}"
CONTESTED = "another rule wants something else here"
GAVE_WAY = "{rule} came first"

Detail: TypeAlias = Span | Edit | None


class Tracer:
    """Is told what becomes of the edits of each pass. This one forgets everything."""

    thorough = False  # whether edits have to be made even where it is known that they cannot fire

    def begin_unit(self, at: int) -> None:
        """Begin a unit of the document, which begins at a place of its text."""

    def begin_pass(self, text: str, origins: Origins) -> None:
        """Begin a pass over a text; `origins` leads from its spans back to the input."""

    def ask(
        self, fixer: Fixer, document: Document, rules: Sequence[Rule], hits: Hits
    ) -> Iterable[Edit]:
        """Ask a fixer what rules of its kind want to change in a document."""
        return fixer.edits(document, rules, hits)

    def drop(self, edit: Edit, reason: str, because_of: Detail = None) -> None:
        """Drop an edit of this pass for one of the reasons above."""

    def lack(self, edit: Edit, rule: Rule, evidence: Evidence) -> None:
        """Drop an edit because the document lacks evidence for its rule."""

    def fire(self, edit: Edit, level: Level) -> None:
        """Let an edit of this pass become a finding of that level."""


NO_TRACER = Tracer()


class Explained(NamedTuple):
    """An edit of the input that a rule asked for.

    Attributes:
        edit: the edit.
        why_not: why it did not become a finding; "" if it did.
        level: the level of the finding; "off" if there is none.
    """

    edit: Edit
    why_not: str
    level: Level = "off"


class Explanation(Tracer):
    """Keeps what became of every edit, in words, and in code points of the input.

    Edits that later passes drop are not kept: they are about a text that the reader does not see.
    """

    thorough = True

    def __init__(self) -> None:
        self._outcomes: dict[tuple[str, Span], Explained] = {}
        self._passes = 0
        self._unit = 0  # where it begins in the text of the document
        self._text = ""
        self._origins = Origins(())

    @property
    def outcomes(self) -> Sequence[Explained]:
        """What became of every edit, in the order of the input."""
        return sorted(self._outcomes.values(), key=lambda one: (one.edit.span, one.edit.rule))

    def begin_unit(self, at: int) -> None:
        """See `Tracer`."""
        self._unit = at
        self._passes = 0

    def begin_pass(self, text: str, origins: Origins) -> None:
        """See `Tracer`."""
        self._passes += 1
        self._text, self._origins = text, origins

    def drop(self, edit: Edit, reason: str, because_of: Detail = None) -> None:
        """See `Tracer`."""
        span = because_of.span if isinstance(because_of, Edit) else because_of
        rule = because_of.label if isinstance(because_of, Edit) else ""
        there = span.of(self._text) if span is not None else ""
        self._note(edit, reason.format(there=there, rule=rule))

    def lack(self, edit: Edit, rule: Rule, evidence: Evidence) -> None:
        """See `Tracer`."""
        self._note(edit, evidence.lacking(rule, edit.span))

    def fire(self, edit: Edit, level: Level) -> None:
        """See `Tracer`."""
        here = self._here(edit)
        self._outcomes[here.rule, here.span] = Explained(here, "", level)

    def _note(self, edit: Edit, why_not: str) -> None:
        here = self._here(edit)
        if self._passes == 1:
            self._outcomes.setdefault((here.rule, here.span), Explained(here, why_not))

    def _here(self, edit: Edit) -> Edit:
        return edit._replace(span=self._origins.origin(edit.span).moved(self._unit))
