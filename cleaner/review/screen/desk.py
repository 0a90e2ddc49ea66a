"""The desk of a project: it carries out what a reviewer decides, and can take it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cleaner.errors import CleanerError, UsageError, unsynced
from cleaner.names.suggestion import Group, Place
from cleaner.project.revision import Undo, undo
from cleaner.reports.diff import unified
from cleaner.review.accept import Acceptance, Terms
from cleaner.review.project import Project
from cleaner.review.screen import editor
from cleaner.review.screen.effects import Choices, Remark
from cleaner.review.trial import Shift, Texts, Trial, Trials
from cleaner.rules.layers import display_path
from cleaner.rules.model import RuleSet


class ProjectDesk:
    """Carries out each decision at once, in the files of a project.

    Rules and texts are read when they are first needed, and again after something may have changed
    them.
    """

    def __init__(
        self, project: Project, groups: Sequence[Group], environment: Mapping[str, str]
    ) -> None:
        """Prepare a desk for these groups. The environment variables name the editor."""
        self._project = project
        self._groups = groups
        self._environment = environment
        self._rules: RuleSet | None = None
        self._texts: Texts | None = None
        self._trials: Trials | None = None
        self._done: list[tuple[Undo, ...]] = []  # what undoes each decision, the last one last

    def accept(self, group: Group, choices: Choices) -> str:
        """Write a rule for a group; see `effects.Desk`."""
        rules = self._load_rules()
        acceptance = self._acceptance(group, choices)
        path = display_path(self._project.target(acceptance, rules))
        doubt = self._note(self._project.accept(group, acceptance, rules, date=_today()))
        forms = ", ".join(acceptance.variants)
        warning = "" if acceptance.examples else " It has no example, because no line proves it."
        done = f"Accepted: {forms} → {acceptance.canonical}, in {path}."
        return f"{done}{warning}{doubt} u takes it back."

    def reject(self, group: Group) -> str:
        """Record that the forms of a group are not its name; see `effects.Desk`."""
        doubt = self._note(self._project.reject(group, date=_today()))
        forms = ", ".join(member.form for member in group.members)
        return f"Rejected: {forms} → {group.canonical or 'one name'}.{doubt} u takes it back."

    def undo(self) -> str:
        """Give the files of the last decision their old bytes; see `effects.Desk`."""
        if not self._done:
            raise UsageError("there is no decision left to take back")
        undo(self._done[-1])
        self._done.pop()
        self._forget_rules()
        return "Taken back: the files are as they were before."

    def trial(self, group: Group, choices: Choices) -> tuple[Remark, ...]:
        """Describe what the rule would do; what speaks against it comes first."""
        try:
            self._acceptance(group, choices)
        except CleanerError as error:
            return (Remark("bad", str(error)),)
        return remarks(self._try(group, choices))

    def diff(self, group: Group, choices: Choices) -> tuple[str, ...]:
        """Return how the rule changes the cleaned seeds, those first that it makes worse."""
        trial = self._try(group, choices)
        lines: list[str] = []
        for shift in (*trial.broken, *trial.improved):
            lines += [f"! not wanted: {shift.name}: {harm}" for harm in _harm(shift)]
            lines += unified(shift.name, shift.before, shift.after)
        return tuple(line.rstrip("\r\n") for line in lines)

    def open(self, place: Place) -> str:
        """Open a file of the project in the editor, whatever the current folder is."""
        file = self._project.folder / place.file
        message = editor.show(place._replace(file=str(file)), self._environment)
        self._texts = None
        self._trials = None
        return message

    def _load_rules(self) -> RuleSet:
        if self._rules is None:
            self._rules = self._project.rules()
        return self._rules

    def _forget_rules(self) -> None:
        self._rules = None
        self._trials = None

    def _acceptance(self, group: Group, choices: Choices) -> Acceptance:
        """Return what accepting a group with these choices would make."""
        terms = Terms(
            choices.canonical,
            choices.dropped,
            choices.level,
            choices.when,
            tuple(place.context for place in choices.same),
        )
        return self._project.prepare(group, self._load_rules(), terms, date=_today())

    def _try(self, group: Group, choices: Choices) -> Trial:
        """Return the trial of a group with these choices."""
        if self._texts is None:
            self._texts = self._project.texts(self._groups)
        if self._trials is None:
            self._trials = self._project.trials(self._load_rules(), self._texts)
        named = group.renamed(choices.canonical)
        kept = tuple(member for member in named.members if member.form not in choices.dropped)
        chosen = named._replace(canonical=choices.canonical, members=kept)
        return self._trials.of(chosen, when=choices.when, level=choices.level)

    def _note(self, changes: tuple[Undo, ...]) -> str:
        """Remember how to take a decision back; return a remark if it may not last."""
        self._done.append(changes)
        self._forget_rules()
        for change in changes:
            if change.unsynced:
                return f" {display_path(change.path)}: {unsynced(change.unsynced)}."
        return ""


def remarks(trial: Trial) -> tuple[Remark, ...]:
    """Describe a trial for somebody who does not write rules."""
    against = (Remark("bad", text) for text in _objections(trial))
    return (*against, *_other_effects(trial))


def _objections(trial: Trial) -> Iterator[str]:
    """Yield what speaks against the rule, the most important first."""
    yield from trial.faults
    for shift in trial.broken:
        harm = _harm(shift)
        where = f" in {len(harm)} places" if len(harm) > 1 else ""
        first = harm[0].replace(f"{trial.rule.id}: ", "")
        yield f"golden {shift.name} gets worse{where}, as at {first}"
    for change in trial.clean:
        place = f"{change.place.file}:{change.place.line}"
        yield f"clean page {place}: “{change.before}” would become “{change.after}”"
    for example in trial.examples:
        yield f"example {example}"
    yield from trial.known


def _other_effects(trial: Trial) -> Iterator[Remark]:
    """Yield what else the rule would do."""
    for change in trial.silenced:
        place = f"{change.place.file}:{change.place.line}"
        yield Remark("plain", f"{place}: {change.rule} would find nothing here any more")
    for shift in trial.improved:
        closed = _count(len(shift.closed), "known gap")
        yield Remark("good", f"golden {shift.name} gets better: {closed} closed")
    if not trial.changes:
        yield Remark("bad", "changes nothing in the files it was found in")
        return
    files = {change.place.file for change in trial.changes}
    places = _count(len(trial.changes), "place")
    yield Remark("plain", f"changes {places} in {_count(len(files), 'file')}")


def _harm(shift: Shift) -> list[str]:
    """Return what a rule does to a seed that its golden does not want."""
    return [*shift.harmful, *map(str, shift.opened)]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _today() -> str:
    return date.today().isoformat()
