"""`.cleaner/decisions.yaml`: what was decided about pairs of a form and a name.

    kind: decisions
    decisions:
    - form: Marwin
      canonical: Ma Yuan
      verdict: reject               # this form is not that name, in no document
      date: "2026-11-22"
      reason: the goalkeeper

A rejected pair is never suggested again, so the file should be committed. What is accepted becomes
a rule; `verdict: accept` is written only where it takes a rejection back. If a pair has several
decisions, the last one counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from cleaner.errors import RefusedError, RuleError, UsageError, did_you_mean
from cleaner.names.suggestion import Group, slug
from cleaner.project.revision import Undo, revise
from cleaner.review.entries import entries, harmless, read_bytes, with_entries
from cleaner.review.ids import free_id
from cleaner.rules.layers import display_path
from cleaner.rules.marks import marked, without
from cleaner.rules.reader import Node
from cleaner.rules.shape import choice_of, known_keys, mapping_of, text_of
from cleaner.rules.writer import quoted, scalar
from cleaner.text.folding import normal

PATH = Path(".cleaner/decisions.yaml")  # relative to the folder of the configuration
Verdict = Literal["reject", "accept"]
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HEAD = """\
# What was decided in review. Commit this file, so that nobody is asked again.
# `cleaner decisions` lists the decisions and takes them back.
kind: decisions
decisions:
"""


class Decision(NamedTuple):
    """Whether a form is a name, who decided so when, and why.

    Attributes:
        form: the form.
        canonical: the canonical form of the name; "" if no name was known.
        verdict: whether the form is that name.
        date: the day of the decision, as in 2026-11-22.
        reason: why; may be "".
    """

    form: str
    canonical: str
    verdict: Verdict
    date: str
    reason: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The form and the name, folded: spaces and quotation marks make no difference."""
        return normal(self.form), normal(self.canonical)


def by_id(decisions: Iterable[Decision]) -> Mapping[str, Decision]:
    """Return decisions by the ids that `cleaner decisions take-back` accepts.

    >>> list(by_id([Decision("Marwin", "Ma Yun", "reject", "2026-11-22")]))
    ['marwin-ma-yun']
    """
    found: dict[str, Decision] = {}
    for decision in decisions:
        id_ = free_id(slug(f"{decision.form} {decision.canonical}"), found)
        found[id_] = decision
    return found


def rejected_pairs(decisions: Iterable[Decision]) -> set[tuple[str, str]]:
    """Return the folded pairs of form and name whose last decision is a rejection."""
    last = {decision.pair: decision.verdict for decision in decisions}
    return {pair for pair, verdict in last.items() if verdict == "reject"}


def is_rejected(rejected: Collection[tuple[str, str]], form: str, canonical: str) -> bool:
    """Return whether a form is not a name, by pairs as `rejected_pairs` returns them.

    Two spellings that are not one name are not one name either when the other one is commoner.
    """
    pair = normal(form), normal(canonical)
    return pair in rejected or pair[::-1] in rejected


def without_rejected(
    groups: Iterable[Group], decisions: Iterable[Decision]
) -> tuple[tuple[Group, ...], int]:
    """Return the groups without rejected members, and the number of members that were left out.

    A group that loses all its members is left out, too.
    """
    rejected = rejected_pairs(decisions)
    kept: list[Group] = []
    left_out = 0
    for group in groups:
        members = tuple(
            member
            for member in group.members
            if not is_rejected(rejected, member.form, group.canonical)
        )
        left_out += len(group.members) - len(members)
        if members:
            kept.append(group._replace(members=members))
    return tuple(kept), left_out


# -- reading


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read the decisions of a file, in its order. There are none if there is no such file.

    Raises:
        RuleError: the file is not as the top of this module shows it.
        RefusedError: it cannot be read.
    """
    data = read_bytes(path)
    return () if data is None else parse_decisions(data, display_path(path))


def parse_decisions(data: bytes, file: str) -> tuple[Decision, ...]:
    """Return the decisions in the bytes of a file. `file` is its name, for messages.

    Raises:
        RuleError: the bytes are not as the top of this module shows them.
    """
    return tuple(_decision(node) for node in entries(data, file, "decisions", "decisions"))


def parse_text(text: str, file: str) -> tuple[Decision, ...]:
    """Return the decisions in a text; none if it is blank. See `parse_decisions`."""
    return parse_decisions(text.encode(), file) if text.strip() else ()


def _decision(node: Node) -> Decision:
    given = mapping_of(node, "a decision", "begin it with `- form: ...`")
    known_keys(node, Decision._fields)
    for key in ("form", "verdict", "date"):
        if key not in given:
            remedy = "a decision needs form, verdict and date"
            raise RuleError(node.place, f"the key `{key}` is missing", remedy)
    date = text_of(given["date"], "date")
    if not _DATE.fullmatch(date):
        remedy = 'write year, month and day, as in "2026-11-22"'
        raise RuleError(given["date"].place, f"“{date}” is not a date", remedy)
    canonical = ""
    if "canonical" in given:
        canonical = text_of(given["canonical"], "canonical", empty=True)
    verdict = cast(Verdict, choice_of(given["verdict"], get_args(Verdict), "verdict"))
    reason = text_of(given["reason"], "reason") if "reason" in given else ""
    return Decision(text_of(given["form"], "form"), canonical, verdict, date, reason)


# -- writing


def with_decisions(text: str, decisions: Sequence[Decision], file: str = str(PATH)) -> str:
    """Return the text of a file with these decisions at its end; every other byte stays.

    Args:
        text: the text of the file; "" if there is no such file yet.
        decisions: what to add.
        file: the name of the file, for messages.

    Raises:
        RuleError: the text is not a file of decisions, or its list is written in brackets.
    """
    lines: list[str] = []
    for decision in decisions:
        lines += _lines(decision)
    if not text.strip():
        return _HEAD + "\n".join([*lines, ""])
    parse_decisions(text.encode(), file)
    return with_entries(text, "decisions", lines, file)


def with_new_decisions(text: str, decisions: Iterable[Decision], file: str = str(PATH)) -> str:
    """Return the text of a file with those decisions added that change a verdict.

    Raises:
        RuleError: the text is not a file of decisions, or its list is written in brackets.
    """
    verdicts = {decision.pair: decision.verdict for decision in parse_text(text, file)}
    new = [one for one in decisions if verdicts.get(one.pair) != one.verdict]
    return with_decisions(text, new, file) if new else text


def _lines(decision: Decision) -> list[str]:
    lines = [f"- form: {scalar(decision.form)}"]
    if decision.canonical:
        lines.append(f"  canonical: {scalar(decision.canonical)}")
    lines.append(f"  verdict: {decision.verdict}")
    lines.append(f"  date: {quoted(decision.date)}")
    if decision.reason:
        lines.append(f"  reason: {scalar(harmless(decision.reason))}")
    return lines


def take_back(path: Path, id_: str) -> tuple[Decision, Undo | None]:
    """Take a decision out of a file.

    Returns:
        The decision, and what undoes the change of the file.

    Raises:
        UsageError: there is no decision of that id.
        RuleError: the file is not a file of decisions.
        RefusedError: its list is written in brackets, or the file cannot be written. It is then
            unchanged.
    """
    file = display_path(path)
    taken: list[Decision] = []

    def change(text: str) -> str:
        decisions = by_id(parse_text(text, file))
        if id_ not in decisions:
            hint = did_you_mean(id_, decisions) if decisions else "none was made yet"
            raise UsageError(f"there is no decision {id_}; {hint}")
        taken.append(decisions[id_])
        number = list(decisions).index(id_)
        left = without(text, marked(text, file)[1], "decisions", [number])
        if left is None:
            what = "these decisions are written in brackets"
            raise RefusedError(path, f"{what}; delete this one by hand")
        return left

    undo = revise(path, change)
    return taken[0], undo
