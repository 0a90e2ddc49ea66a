"""What a session looks like: pure, for a screen of any size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from cleaner.review.screen import pages
from cleaner.review.screen.cells import cut, head, padded, styled
from cleaner.review.screen.effects import Remark
from cleaner.review.screen.keys import END, FOOT, Key
from cleaner.review.screen.session import Asking, Pointing, Reading, Session, Typing
from cleaner.text.visible import visible

_MESSAGE = 4  # lines of one; an error may name a long path


class Screen(NamedTuple):
    """The lines of a screen, none wider than it, and where the cursor stands (row and cell from 0),
    if anywhere.
    """

    lines: tuple[Text, ...]
    cursor: tuple[int, int] | None = None


def screen(session: Session, trial: Sequence[Remark] | None, width: int, height: int) -> Screen:
    """A session on a screen; `trial` is what is known of the rule's effects, None while that is
    worked out.
    """
    top = _head(session, width)
    foot, cursor = _foot(session, width)
    foot += [Text()] * (len(legend(FOOT, width)) + 2 - len(foot))  # what stands above does not jump
    room = height - len(top) - len(foot)
    if room < 4:  # hardly a screen: the name and what to press are worth more than frames
        top, foot, cursor = top[: int(height > 1)], foot[1:2], (0, cursor[1]) if cursor else None
        room = height - len(top) - len(foot)
    body = _body(session, trial, width, max(room, 0))[: max(room, 0)]
    body += [Text()] * (room - len(body))
    lines = [cut(line, width) for line in (*top, *body, *foot)][: max(height, 0)]
    row = len(top) + len(body)
    return Screen(tuple(lines), (row + cursor[0], min(cursor[1], width - 1)) if cursor else None)


def _body(session: Session, trial: Sequence[Remark] | None, width: int, height: int) -> list[Text]:
    mode = session.mode
    if isinstance(mode, Reading):
        page = pages.help_page(width) if mode.what == "help" else pages.diff_page(mode, width)
        return page[max(0, min(mode.top, len(page) - height)) :]
    if (group := session.group) is None:
        return pages.last_page(session, width)
    if isinstance(mode, Typing) and mode.what == "name":  # the page shows what is being typed
        choices = session.chosen(group)._replace(canonical=mode.field.text)
        session = session.turned(choices={**session.choices, group.id: choices})
    phrase = mode.phrase if isinstance(mode, Pointing) else None
    return pages.group_page(session, group, phrase, trial, width, height)


def _head(session: Session, width: int) -> list[Text]:
    shown, total = session.shown, len(session.groups)
    here = (
        f"{shown.index(session.at) + 1} of {len(shown)}"
        if session.at in shown
        else f"end of {len(shown)}"
    )
    counts = [
        f"{session.count(verdict)} {verdict}" for verdict in ("accepted", "rejected", "skipped")
    ]
    facts = [
        here,
        *(fact for fact in counts if not fact.startswith("0 ")),
        f"{len(session.pending)} left",
    ]
    right = " · ".join(facts)
    left = (
        f" cleaner review · only “{visible(session.filter)}”"
        if session.filter
        else " cleaner review"
    )
    left = padded(left, max(width - cell_len(right) - 2, 0))
    line = styled(left, "bold")
    line.append(f" {right} " if left else right)
    decided = total - sum(group.id not in session.verdicts for group in session.groups)
    filled = width * decided // total if total else width
    bar = styled("━" * filled, "green")
    bar.append("─" * (width - filled), "dim")
    return [line, bar]


def _foot(session: Session, width: int) -> tuple[list[Text], tuple[int, int] | None]:
    """The lines under the frame; in them, where one types."""
    rule = styled("─" * width, "dim")
    said = styled(visible(session.message.text), "bold red" if session.message.bad else "bold")
    told = said.wrap(Console(width=width), max(width - 2, 1))[:_MESSAGE]
    mode = session.mode
    if isinstance(mode, Typing):
        asked = {"name": " The right name: ", "filter": " Show only: "}[mode.what]
        before, after = (
            visible(mode.field.text[: mode.field.cursor]),
            visible(mode.field.text[mode.field.cursor :]),
        )
        line = styled(asked, "bold")
        line.append(head(before + after, width * 8))
        column = cell_len(asked + before)
        if column >= width:  # what is typed now is seen, what was typed first is not
            line, column = styled("…" + (before)[-(max(width - 2, 1) // 2) :]), 1
            column = line.cell_len
        keys = " Enter takes it, Esc leaves it" + (
            ", ↑ ↓ other names" if mode.field.proposals else ""
        )
        return [rule, line, styled(keys, "dim")], (1, column)
    if isinstance(mode, Pointing):
        line = styled(" Act only in texts that hold: ", "bold")
        line.append(f"“{visible(mode.phrase.text)}”", "cyan")
        return [
            rule,
            line,
            styled(
                " ← → other words   + - longer, shorter   Enter takes it   Esc leaves it", "dim"
            ),
        ], None
    if isinstance(mode, Asking):
        return [
            rule,
            styled(f" {_question(session, mode)}", "bold"),
            styled(" y yes   any other key no", "dim"),
        ], None
    if isinstance(mode, Reading):
        return [rule, styled(" ↑ ↓ and space move   any other key goes back", "dim")], None
    rows = [styled(" ").append_text(row) for row in told] or [Text()]
    return [rule, *rows, *legend(FOOT if session.group else END, width)], None


def _question(session: Session, mode: Asking) -> str:
    number = len(session.pending)
    if mode.what == "reject":
        return f"Reject all {number} that are left? They are never proposed again."
    nameless = sum(not session.chosen(session.groups[at]).canonical for at in session.pending)
    left = f" {nameless} without a name: left for later." if nameless else ""
    return f"Accept all {number - nameless} that are left?{left}"


def legend(keys: Sequence[Key], width: int) -> list[Text]:
    """Keys and what they do, in as many lines as it takes."""
    lines = [styled(" ")]
    for key in keys:
        if (
            lines[-1].cell_len + cell_len(f"{key.key} {key.short}  ") > width
            and lines[-1].cell_len > 1
        ):
            lines.append(styled(" "))
        lines[-1].append(key.key, "bold cyan")
        lines[-1].append(f" {key.short}  ", "dim")
    return lines
