"""What a decision writes, as a plan: made from the texts of files, without writing anything.

A plan says of each file which bytes it was made from and which bytes the file will get. So a
plan can be shown before it is carried out, and the writer can tell whether it still fits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from cleaner.names.suggestion import Group
from cleaner.project.files import File
from cleaner.review import decisions
from cleaner.review.accept import Acceptance, insert_acceptance
from cleaner.review.decisions import Decision
from cleaner.review.pending import without_forms
from cleaner.rules.layers import display_path
from cleaner.text.folding import normal


class PlannedFile(NamedTuple):
    """A file, the bytes that the plan was made from, and the bytes that it will get.

    None means that the file does not exist.
    """

    path: Path
    before: bytes | None
    after: bytes | None


class Plan(NamedTuple):
    """The files that a decision depends on, in the order in which they are written."""

    files: tuple[PlannedFile, ...]

    @property
    def changes(self) -> tuple[PlannedFile, ...]:
        """The files that get other bytes than they have."""
        return tuple(file for file in self.files if file.after != file.before)


class StoredFile(NamedTuple):
    """A file as it was read. `file` is None if there is no such file."""

    path: Path
    file: File | None

    @property
    def text(self) -> str:
        """The text of the file; "" if there is no such file."""
        return self.file.source if self.file else ""

    def planned(self, text: str) -> PlannedFile:
        """Return the file as planned with another text. A file stays missing if that is "".

        Raises:
            RefusedError: the encoding of the file lacks a character of the text.
        """
        if self.file:
            return PlannedFile(self.path, self.file.data, self.file.encoded(text))
        return PlannedFile(self.path, None, text.encode() if text else None)


class Records(NamedTuple):
    """The two files in which review keeps track of suggestions."""

    decisions: StoredFile
    suggestions: StoredFile


def plan_acceptance(
    rules: StoredFile, records: Records, group: Group, acceptance: Acceptance, *, date: str
) -> Plan:
    """Plan to write the rule, to record dropped forms as rejected, and to remove the suggestion.

    If a form was rejected for this name before, a decision that takes the rejection back is
    recorded, too.

    Args:
        rules: the rules file that gets the rule.
        records: the files of decisions and suggestions.
        group: the suggestion.
        acceptance: what was accepted of it.
        date: the day of the decision, as in 2026-11-22.

    Raises:
        RuleError: one of the texts is not what it should be, or the rule cannot be inserted.
        RefusedError: the encoding of a file lacks a character.
    """
    text = insert_acceptance(rules.text, acceptance, display_path(rules.path))
    new = _decisions_of(records.decisions, group, acceptance, date)
    forms = [member.form for member in group.members]
    return Plan((rules.planned(text), *_plan_records(records, group.id, forms, new)))


def plan_rejection(
    records: Records, group: Group, forms: Collection[str], *, date: str, reason: str = ""
) -> Plan:
    """Plan to record that these forms of a group are not its name, and to remove them from it.

    Raises:
        RuleError: one of the texts is not what it should be.
        RefusedError: the encoding of a file lacks a character.
    """
    new = [Decision(form, group.canonical, "reject", date, reason) for form in forms]
    return Plan(_plan_records(records, group.id, forms, new))


def _decisions_of(
    stored: StoredFile, group: Group, acceptance: Acceptance, date: str
) -> list[Decision]:
    """Return the decisions that an acceptance implies and that the rule alone does not express.

    They take back rejections of the accepted forms, and reject the dropped forms.
    """
    canonical = normal(acceptance.canonical)
    accepted = {normal(form) for form in (*acceptance.variants, acceptance.canonical)}
    last: dict[tuple[str, str], Decision] = {}
    for decision in decisions.parse_text(stored.text, display_path(stored.path)):
        last[decision.pair] = decision
    implied: list[Decision] = []
    for (form, name), decision in last.items():
        is_pair = canonical in (form, name) and accepted.issuperset((form, name))
        if decision.verdict == "reject" and is_pair:
            implied.append(decision._replace(verdict="accept", date=date, reason=""))
    members = group.renamed(acceptance.canonical).members
    dropped = [member.form for member in members if normal(member.form) not in accepted]
    implied += [Decision(form, acceptance.canonical, "reject", date) for form in dropped]
    return implied


def _plan_records(
    records: Records, id_: str, forms: Collection[str], new: Iterable[Decision]
) -> tuple[PlannedFile, PlannedFile]:
    """Plan to add decisions, and to remove forms from a suggestion."""
    stored, pending = records
    decided = decisions.with_new_decisions(stored.text, new, display_path(stored.path))
    left = pending.text
    if left.strip():
        left = without_forms(left, id_, forms, display_path(pending.path))
    return stored.planned(decided), pending.planned(left)
