"""The desk of a reviewer: carries decisions out in a project, and knows how to take them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cleaner.errors import CleanerError, UsageError
from cleaner.names.suggestion import Group, Place
from cleaner.project.revision import Undo, undo
from cleaner.reports.diff import unified
from cleaner.review.accept import Acceptance
from cleaner.review.project import Project, Texts
from cleaner.review.screen import editor
from cleaner.review.screen.effects import Choices, Remark
from cleaner.review.trial import Trial, Trials
from cleaner.rules.layers import display_path
from cleaner.rules.model import RuleSet


class ProjectDesk:
    """Decides in the files of a project, each decision at once.

    Rules and texts are read when they are first needed, and again when something may have changed
    them. `environment` names the editor.
    """

    def __init__(
        self, project: Project, groups: Sequence[Group], environment: Mapping[str, str]
    ) -> None:
        self._project, self._groups, self._environment = project, groups, environment
        self._rules: RuleSet | None = None
        self._texts: Texts | None = None
        self._trials: Trials | None = None
        self._done: list[tuple[Undo, ...]] = []

    def accept(self, group: Group, choices: Choices) -> str:
        """Write the rule."""
        wanted = self._wanted(group, choices)
        path = display_path(self._project.target(wanted, self._known()))
        self._note(self._project.accept(group, wanted, self._known(), date=_today()))
        proof = "" if wanted.examples else " It has no example: no line proves it by itself."
        return f"Accepted: {', '.join(wanted.variants)} → {wanted.canonical}, in {path}.{proof} u takes it back."

    def reject(self, group: Group) -> str:
        """Write the refusal down."""
        self._note(self._project.reject(group, date=_today()))
        forms = ", ".join(member.form for member in group.members)
        return f"Rejected: {forms} → {group.canonical or 'one name'}. u takes it back."

    def undo(self) -> str:
        """Give the files of the last decision the bytes they had."""
        if not self._done:
            raise UsageError("nothing is left to take back")
        undo(self._done[-1])
        self._done.pop()
        self._rules = self._trials = None
        return "Taken back: the files are as they were before."

    def trial(self, group: Group, choices: Choices) -> tuple[Remark, ...]:
        """What the rule would do, what speaks against it first."""
        try:
            self._wanted(group, choices)
        except CleanerError as error:
            return (Remark("bad", str(error)),)
        return remarks(self._tried(group, choices))

    def diff(self, group: Group, choices: Choices) -> tuple[str, ...]:
        """How seeds come out otherwise than now, those first that move away from their golden."""
        tried = self._tried(group, choices)
        lines: list[str] = []
        for shift in (*tried.broken, *tried.improved):
            away = [f"{shift.name}: {why}" for why in (*shift.harmful, *map(str, shift.opened))]
            lines += [
                *(f"! not wanted: {line}" for line in away),
                *unified(shift.name, shift.before, shift.after),
            ]
        return tuple(line.rstrip("\r\n") for line in lines)

    def open(self, place: Place) -> str:
        """Open the file, wherever the command was started."""
        said = editor.show(
            place._replace(file=str(self._project.folder / place.file)), self._environment
        )
        self._texts = self._trials = None
        return said

    def _known(self) -> RuleSet:
        if self._rules is None:
            self._rules = self._project.rules()
        return self._rules

    def _wanted(self, group: Group, choices: Choices) -> Acceptance:
        same = [place.context for place in choices.same]
        return self._project.decided(
            group,
            self._known(),
            date=_today(),
            canonical=choices.canonical,
            drop=choices.dropped,
            level=choices.level,
            when=choices.when,
            same=same,
        )

    def _tried(self, group: Group, choices: Choices) -> Trial:
        if self._texts is None:
            self._texts = self._project.texts(self._groups)
        if self._trials is None:
            self._trials = self._project.trials(self._known(), self._texts)
        kept = tuple(member for member in group.members if member.form not in choices.dropped)
        named = group._replace(canonical=choices.canonical, members=kept)
        return self._trials.of(named, when=choices.when, level=choices.level)

    def _note(self, changes: tuple[Undo, ...]) -> None:
        self._done.append(changes)
        self._rules = self._trials = None


def remarks(trial: Trial) -> tuple[Remark, ...]:
    """A trial in the words of somebody who writes no rules."""
    return tuple(_remarks(trial))


def _remarks(trial: Trial) -> Iterator[Remark]:
    for fault in trial.faults:
        yield Remark("bad", fault)
    for shift in trial.broken:
        harm = (*shift.harmful, *map(str, shift.opened))
        more = f" in {len(harm)} places" if len(harm) > 1 else ""
        first = harm[0].replace(f"{trial.rule.id}: ", "")
        yield Remark("bad", f"golden {shift.name} gets worse{more}, as at {first}")
    for change in trial.clean:
        yield Remark(
            "bad", f"good page {_at(change.place)}: “{change.before}” would become “{change.after}”"
        )
    for example in trial.examples:
        yield Remark("bad", f"example {example}")
    for known in trial.known:
        yield Remark("bad", known)
    for change in trial.silenced:
        yield Remark(
            "plain", f"{_at(change.place)}: {change.rule} has nothing to say there any more"
        )
    for shift in trial.improved:
        yield Remark(
            "good", f"golden {shift.name} gets better: {len(shift.closed)} wanted changes are made"
        )
    places = len({change.place.file for change in trial.changes})
    changes = len(trial.changes)
    if changes:
        yield Remark(
            "plain", f"changes {changes} {_s('place', changes)} in {places} {_s('file', places)}"
        )
    else:
        yield Remark("bad", "changes nothing in the files it was found in")


def _at(place: Place) -> str:
    return f"{place.file}:{place.line}"


def _s(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"


def _today() -> str:
    return date.today().isoformat()
