"""`.cleaner/decisions.yaml`: what was decided about pairs of a form and a name; meant to be
committed.

    kind: decisions
    decisions:
    - form: Marwin
      canonical: Ma Yuan
      verdict: reject               # this form is not that name, in no document
      date: "2026-11-22"
      reason: the goalkeeper

A rejected pair is never proposed again. What is accepted stands in the rules; here `accept` is
written only where it takes a rejection back. Of several decisions on a pair the last one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from cleaner.errors import RefusedError, RuleError, UsageError, did_you_mean
from cleaner.names.suggestion import Group, slug
from cleaner.project.revision import Undo, revise
from cleaner.review.entries import contents, entries
from cleaner.rules.layers import display_path
from cleaner.rules.marks import behind, filled, in_flow, inserted, marked, under, without
from cleaner.rules.reader import Node
from cleaner.rules.shape import choice_of, known_keys, mapping_of, text_of
from cleaner.rules.writer import quoted, scalar
from cleaner.text.folding import normal

PATH = Path(".cleaner/decisions.yaml")  # seen from the folder of the configuration
Verdict = Literal["reject", "accept"]
_HEAD = """\
# What was decided in review; commit it, so that nobody is asked again. `cleaner decisions` lists
# and takes back.
kind: decisions
decisions:
"""


class Decision(NamedTuple):
    """Whether a form is a name, who said so when (`date`, as in 2026-11-22), and why.

    `canonical` is empty where forms without a known name were rejected.
    """

    form: str
    canonical: str
    verdict: Verdict
    date: str
    reason: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """What it is about, however it is spaced and quoted."""
        return normal(self.form), normal(self.canonical)


def named(decisions: Iterable[Decision]) -> Mapping[str, Decision]:
    """Decisions by the ids that `cleaner decisions take-back` is given.

    >>> list(named([Decision("Marwin", "Ma Yun", "reject", "2026-11-22")]))
    ['marwin-ma-yun']
    """
    out: dict[str, Decision] = {}
    for decision in decisions:
        name = slug(f"{decision.form} {decision.canonical}")
        number = next(
            n for n in range(1, len(out) + 2) if (name if n == 1 else f"{name}-{n}") not in out
        )
        out[name if number == 1 else f"{name}-{number}"] = decision
    return out


def held_back(
    groups: Iterable[Group], decisions: Iterable[Decision]
) -> tuple[tuple[Group, ...], int]:
    """The groups without the members that were rejected for their name, and how many these were."""
    last = {decision.pair: decision.verdict for decision in decisions}
    out, number = [], 0
    for group in groups:
        members = tuple(
            member
            for member in group.members
            if last.get((normal(member.form), normal(group.canonical))) != "reject"
        )
        number += len(group.members) - len(members)
        if members:
            out.append(
                group._replace(members=members) if len(members) < len(group.members) else group
            )
    return tuple(out), number


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, in their order; none if there is no such file.

    Raises:
        RuleError: it is not as the top of this page shows it.
        RefusedError: it cannot be read.
    """
    data = contents(path)
    return () if data is None else parse_decisions(data, display_path(path))


def parse_decisions(data: bytes, file: str) -> tuple[Decision, ...]:
    """The decisions in the bytes of a file of that name.

    Raises:
        RuleError: see `read`.
    """
    return tuple(map(_decision, entries(data, file, "decisions", "decisions")))


def _decision(node: Node) -> Decision:
    given = mapping_of(node, "a decision", "begin it with `- form: ...`")
    known_keys(node, Decision._fields)
    for key in ("form", "verdict", "date"):
        if key not in given:
            raise RuleError(
                node.place, f"the key `{key}` is missing", "a decision needs form, verdict and date"
            )
    date = text_of(given["date"], "date")
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", date):
        raise RuleError(
            given["date"].place,
            f"“{date}” is no date",
            'write year, month and day, as in "2026-11-22"',
        )
    return Decision(
        text_of(given["form"], "form"),
        text_of(given["canonical"], "canonical", empty=True) if "canonical" in given else "",
        cast(Verdict, choice_of(given["verdict"], get_args(Verdict), "verdict")),
        date,
        text_of(given["reason"], "reason") if "reason" in given else "",
    )


def added(text: str, decisions: Sequence[Decision], file: str = str(PATH)) -> str:
    """The text of a file ("" if there is none yet) with these decisions at its end; every other
    byte stays.

    Raises:
        RuleError: the text is no file of decisions, or its list stands in brackets.
    """
    lines = [line for decision in decisions for line in _lines(decision)]
    if not text.strip():
        return _HEAD + "\n".join([*lines, ""])
    parse_decisions(text.encode(), file)
    root, marks = marked(text, file)
    items = under(marks, "decisions")
    if in_flow(items):
        if items.value:
            place = mapping_of(root)["decisions"].place
            raise RuleError(
                place,
                "these decisions stand in brackets",
                "write each with a hyphen on a line of its own",
            )
        return filled(text, items, lines)
    dash = " " * items.start_mark.column
    return inserted(text, behind(text, items), [dash + line for line in lines])


def _lines(decision: Decision) -> list[str]:
    name = [f"  canonical: {scalar(decision.canonical)}"] if decision.canonical else []
    reason = [f"  reason: {scalar(decision.reason)}"] if decision.reason else []
    verdict = [f"  verdict: {decision.verdict}", f"  date: {quoted(decision.date)}"]
    return [f"- form: {scalar(decision.form)}", *name, *verdict, *reason]


def record(path: Path, decisions: Sequence[Decision]) -> Undo | None:
    """Write decisions down, whoever else does so at the same time; what was decided alike already
    is left out.

    Raises:
        RuleError: the file is wrong.
        RefusedError: it cannot be written; it is then unchanged.
    """

    def change(text: str) -> str:
        known = {
            one.pair: one.verdict
            for one in (parse_decisions(text.encode(), display_path(path)) if text.strip() else ())
        }
        new = [one for one in decisions if known.get(one.pair) != one.verdict]
        return added(text, new, display_path(path)) if new else text

    return revise(path, change)


def take_back(path: Path, id_: str) -> tuple[Decision, Undo | None]:
    """Take a decision out of the file, by its id.

    Raises:
        UsageError: there is no such decision.
        RuleError, RefusedError: see `record`.
    """
    taken: list[Decision] = []

    def change(text: str) -> str:
        decisions = named(
            parse_decisions(text.encode(), display_path(path)) if text.strip() else ()
        )
        if id_ not in decisions:
            hint = did_you_mean(id_, decisions) if decisions else "none was made yet"
            raise UsageError(f"there is no decision {id_}; {hint}")
        taken.append(decisions[id_])
        left = without(
            text, marked(text, display_path(path))[1], "decisions", [list(decisions).index(id_)]
        )
        if left is None:
            raise RefusedError(path, "these decisions stand in brackets; take this one out by hand")
        return left

    done = revise(path, change)
    return taken[0], done
