"""The desk of a project: it carries out what a reviewer decides, and can take it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from cleaner.errors import CleanerError, UsageError, unsynced
from cleaner.names.short_forms import longer_names
from cleaner.names.suggestion import Group, Place
from cleaner.project.revision import Undo
from cleaner.reports.diff import unified
from cleaner.review import lookups
from cleaner.review.accept import Acceptance, Terms
from cleaner.review.entries import read_bytes
from cleaner.review.lookups import Lookup
from cleaner.review.project import Project
from cleaner.review.session.effects import Choices, Remark
from cleaner.review.session.evidence import left_alone
from cleaner.review.trial import Shift, Texts, Trial, Trials
from cleaner.rules.layers import display_path
from cleaner.rules.model import RuleSet
from cleaner.text.counting import count, listed


class ProjectDesk:
    """Carries out each decision at once, in the files of a project; see `effects.Desk`.

    Rules and texts are read when they are first needed, and again after something may have changed
    them.

    Attributes:
        project: the project.
    """

    def __init__(self, project: Project, groups: Sequence[Group]) -> None:
        """Prepare a desk for these groups."""
        self.project = project
        self._groups = groups
        self._rules: RuleSet | None = None
        self._texts: Texts | None = None
        self._trials: Trials | None = None
        self._done: list[tuple[Undo, ...]] = []  # the changes of each deed, the last one last
        self._undone: list[tuple[Undo, ...]] = []  # of those that were taken back
        self._written: dict[Path, bytes | None] = {}  # what this desk wrote last into each file

    def accept(self, group: Group, choices: Choices) -> str:
        """Write a rule for a group; see `effects.Desk`."""
        rules = self._load_rules()
        acceptance = self._acceptance(group, choices)
        path = display_path(self.project.target(acceptance, rules))
        doubt = self._note(self.project.accept(group, acceptance, rules, date=_today()))
        forms = ", ".join(acceptance.variants)
        done = f"Accepted: {forms} → {acceptance.canonical}, in {path}."
        return f"{done}{doubt} Press u to take it back."

    def reject(self, group: Group) -> str:
        """Record that the forms of a group are not its name; see `effects.Desk`."""
        doubt = self._note(self.project.reject(group, date=_today()))
        forms = listed([member.form for member in group.members])
        are = "are" if len(group.members) > 1 else "is"
        done = f"Rejected: {forms} {are} not {group.canonical or 'one name'}."
        return f"{done}{doubt} Press u to take it back."

    def look_up(self, lookup: Lookup, *, done: bool) -> str:
        """Tick off what was looked up in the source, or say that it was not; see `effects.Desk`."""
        change = lookups.tick(self.project.lookups, lookup, _today() if done else "")
        doubt = self._note((change,) if change else ())
        what = "Ticked off" if done else "Back on the list"
        return f"{what}: “{lookup.text}” in {lookup.file}.{doubt} Press u to take it back."

    def undo(self) -> str:
        """Take the last deed back in the files; what others changed since stays."""
        if not self._done:
            raise UsageError("there is no decision left to take back")
        self._wrote(self.project.take_back(self._done[-1]))
        self._undone.append(self._done.pop())
        self.forget_rules()
        return ""

    def redo(self) -> str:
        """Make the deed again that was taken back last; what others changed since stays."""
        if not self._undone:
            raise UsageError("there is no decision left to do again")
        self._wrote(self.project.do_again(self._undone[-1]))
        self._done.append(self._undone.pop())
        self.forget_rules()
        return ""

    def is_undisturbed(self) -> bool:
        """Return whether the files are as the deeds of this desk left them."""
        return all(read_bytes(path) == data for path, data in self._written.items())

    def _wrote(self, changes: Iterable[Undo]) -> None:
        self._written |= {change.path: change.after for change in changes}

    def trial(self, group: Group, choices: Choices) -> tuple[Remark, ...]:
        """Describe what the rule would do; what speaks against it comes first."""
        try:
            self._acceptance(group, choices)
        except CleanerError as error:
            return (Remark("bad", str(error)),)
        trial = self._try(group, choices)
        return (
            *_longer_names(group.renamed(choices.canonical), choices, self._groups),
            *remarks(trial),
            *_untouched(trial, group, choices),
        )

    def diff(self, group: Group, choices: Choices) -> tuple[str, ...]:
        """Return how the rule changes the cleaned seeds, those first that it makes worse."""
        trial = self._try(group, choices)
        lines: list[str] = []
        for shift in (*trial.broken, *trial.improved):
            lines += [f"! not wanted: {shift.name}: {harm}" for harm in _harm(shift)]
            lines += unified(shift.name, shift.before, shift.after)
        return tuple(line.rstrip("\r\n") for line in lines)

    def forget_texts(self) -> None:
        """Read the texts again before the next trial."""
        self._texts = None
        self._trials = None

    def forget_rules(self) -> None:
        """Read the rules again before the next decision."""
        self._rules = None
        self._trials = None

    def _load_rules(self) -> RuleSet:
        if self._rules is None:
            self._rules = self.project.rules()
        return self._rules

    def _acceptance(self, group: Group, choices: Choices) -> Acceptance:
        """Return what accepting a group with these choices would make."""
        terms = Terms(
            choices.canonical,
            choices.dropped,
            choices.level,
            choices.evidence,
            tuple(place.context for place in choices.same),
            self._left_alone(group, choices),
        )
        rules = self._load_rules()
        return self.project.prepare(group, rules, terms, date=_today(), others=self._groups)

    def _left_alone(self, group: Group, choices: Choices) -> tuple[str, ...]:
        """Return the phrases that the rule must leave alone, one for each place that is kept."""
        phrases: list[str] = []
        for place in choices.same:
            for member in group.renamed(choices.canonical).members:
                if place.context.startswith(member.form, place.start):
                    phrases.append(left_alone(group, member.form, place))
        return tuple(filter(None, phrases))

    def _try(self, group: Group, choices: Choices) -> Trial:
        """Return the trial of a group with these choices."""
        if self._texts is None:
            self._texts = self.project.texts(self._groups)
        if self._trials is None:
            self._trials = self.project.trials(self._load_rules(), self._texts)
        named = group.renamed(choices.canonical)
        kept = tuple(member for member in named.members if member.form not in choices.dropped)
        chosen = named._replace(canonical=choices.canonical, members=kept)
        unless = self._left_alone(group, choices)
        return self._trials.of(chosen, when=choices.evidence, level=choices.level, unless=unless)

    def _note(self, changes: tuple[Undo, ...]) -> str:
        """Remember how to take a decision back; return a remark if it may not last."""
        self._done.append(changes)
        self._wrote(changes)
        self._undone.clear()
        self.forget_rules()
        for change in changes:
            if change.unsynced:
                return f" {display_path(change.path)}: {unsynced(change.unsynced)}."
        return ""


def remarks(trial: Trial) -> tuple[Remark, ...]:
    """Describe a trial for somebody who does not write rules."""
    against = (Remark("bad", text) for text in _objections(trial))
    return (*against, *_other_effects(trial))


def _longer_names(group: Group, choices: Choices, groups: Iterable[Group]) -> Iterator[Remark]:
    """Yield which other names have this one as a part; they should be spelled alike."""
    for other, part in longer_names(group, groups):
        if part == choices.canonical:
            said = f"“{part}” is also a part of “{other.canonical}”, which is decided by itself"
            yield Remark("plain", said)
        elif part not in choices.dropped:
            said = f"“{other.canonical}” keeps the spelling “{part}”; spell both names alike"
            yield Remark("bad", said)


def _untouched(trial: Trial, group: Group, choices: Choices) -> Iterator[Remark]:
    """Yield whether there are places of the forms that the rule would not change."""
    changed = {(one.place.file, one.place.line, one.place.member) for one in trial.changes}
    left: list[Place] = []
    for member in group.renamed(choices.canonical).members:
        if member.form not in choices.dropped:
            left += [place for place in member.places if place not in choices.same]
    left = [one for one in left if (one.file, one.line, one.member) not in changed]
    if left and trial.changes:
        as_they_are = "as it is" if len(left) == 1 else "as they are"
        what = f"leaves {count(len(left), 'place')} {as_they_are}, for instance {left[0]}"
        yield Remark("plain", what)


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
        closed = count(len(shift.closed), "known gap")
        yield Remark("good", f"golden {shift.name} gets better: {closed} closed")
    if not trial.changes:
        yield Remark("bad", "changes nothing in the files it was found in")
        return
    files = {change.place.file for change in trial.changes}
    places = count(len(trial.changes), "place")
    yield Remark("plain", f"changes {places} in {count(len(files), 'file')}")


def _harm(shift: Shift) -> list[str]:
    """Return what a rule does to a seed that its golden does not want."""
    return [*shift.harmful, *map(str, shift.opened)]


def _today() -> str:
    return date.today().isoformat()
