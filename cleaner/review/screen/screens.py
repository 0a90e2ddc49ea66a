"""What a session looks like on a screen of any size: pure functions of the session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from cleaner.review.screen import pages
from cleaner.review.screen.cells import cut, padded, styled, wrapped
from cleaner.review.screen.keys import END, FOOT, SWAP, Key
from cleaner.review.screen.session import Asking, Pointing, Reading, Session, Typing
from cleaner.review.session.effects import Remark
from cleaner.review.session.model import STATUSES, Message
from cleaner.text.cells import head
from cleaner.text.visible import visible

_MOST_MESSAGE_LINES = 4  # an error may name a long path
_LOWEST_BODY = 4  # rows; if there are fewer, most of the head and foot is left out


class Screen(NamedTuple):
    """The lines of a screen, none wider than it.

    `cursor` is the row and the cell of the cursor, counted from 0; None if there is no cursor.
    """

    lines: tuple[Text, ...]
    cursor: tuple[int, int] | None = None


class _Foot(NamedTuple):
    """The lines below the page, and the row and cell of the cursor in them, if there is one."""

    lines: list[Text]
    cursor: tuple[int, int] | None = None


def screen(session: Session, trial: Sequence[Remark] | None, width: int, height: int) -> Screen:
    """Return a session as a screen.

    Args:
        session: the session.
        trial: what the rule would do; None while that is worked out.
        width: the cells of a row.
        height: the number of rows.
    """
    top = _head(session, width)
    foot, cursor = _foot(session, width)
    # The foot always has the same height, so that the page above it does not jump.
    usual = len(legend(FOOT, width)) + 2
    foot += [Text()] * (usual - len(foot))
    room = height - len(top) - len(foot)
    if room < _LOWEST_BODY:
        top = top[:1] if height > 1 else []
        foot = foot[1:2]
        cursor = (0, cursor[1]) if cursor else None
        room = height - len(top) - len(foot)
    room = max(room, 0)
    body = _body(session, trial, width, room)[:room]
    body += [Text()] * (room - len(body))
    lines = [cut(line, width) for line in (*top, *body, *foot)]
    if cursor:
        row, cell = cursor
        cursor = (len(top) + len(body) + row, min(cell, width - 1))
    return Screen(tuple(lines[: max(height, 0)]), cursor)


def _body(session: Session, trial: Sequence[Remark] | None, width: int, height: int) -> list[Text]:
    """Return the page of the session. What is being typed is shown as if it were chosen."""
    mode = session.mode
    if isinstance(mode, Reading):
        page = pages.help_page(width) if mode.what == "help" else pages.diff_page(mode, width)
        return page[max(0, min(mode.top, len(page) - height)) :]
    group = session.group
    if group is None:
        return pages.last_page(session, width)
    if isinstance(mode, Typing) and mode.what == "name":
        choices = session.chosen(group)._replace(canonical=mode.field.text)
        session = session.with_choices(group, choices)
    phrase = mode.phrase if isinstance(mode, Pointing) else None
    return pages.group_page(session, group, phrase, trial, width, height)


# -- the head


def _head(session: Session, width: int) -> list[Text]:
    """Return the title with the progress in words, and the progress as a bar."""
    right = " · ".join(_progress(session))
    left = " cleaner review"
    if session.filter:
        left += f" · only “{visible(session.filter)}”"
    left = padded(left, max(width - cell_len(right) - 2, 0))
    line = styled(left, "bold")
    line.append(f" {right} " if left else right)
    return [line, _bar(session, width)]


def _progress(session: Session) -> list[str]:
    """Return where the session is, how many groups have each status, and how many are left."""
    filtered = session.filtered
    if session.current in filtered:
        facts = [f"{filtered.index(session.current) + 1} of {len(filtered)}"]
    else:
        facts = [f"end of {len(filtered)}"]
    for status in STATUSES:
        if session.count(status):
            facts.append(f"{session.count(status)} {status}")
    facts.append(f"{len(session.pending)} left")
    return facts


def _bar(session: Session, width: int) -> Text:
    """Return the share of groups with a status as a bar."""
    total = len(session.groups)
    decided = sum(group.id in session.statuses for group in session.groups)
    filled = width * decided // total if total else width
    bar = styled("━" * filled, "green")
    bar.append("─" * (width - filled), "dim")
    return bar


# -- the foot


def _foot(session: Session, width: int) -> _Foot:
    """Return the lines below the page: a message and the keys, or what is being typed or asked."""
    line = styled("─" * width, "dim")
    mode = session.mode
    if isinstance(mode, Typing):
        typed, cell = _typed(mode, width)
        keys = " Enter takes it, Esc cancels"
        if mode.field.proposals:
            keys += ", ↑ ↓ other names"
        return _Foot([line, typed, styled(keys, "dim")], (1, cell))
    if isinstance(mode, Pointing):
        chosen = styled(" Act only in texts that contain: ", "bold")
        chosen.append(f"“{visible(mode.phrase.text)}”", "cyan")
        keys = " ← → other words   + - longer, shorter   Enter takes it   Esc cancels"
        return _Foot([line, chosen, styled(keys, "dim")])
    if isinstance(mode, Asking):
        question = styled(f" {_question(session, mode)}", "bold")
        return _Foot([line, question, styled(" y yes   any other key no", "dim")])
    if isinstance(mode, Reading):
        return _Foot([line, styled(" ↑ ↓ and space move   any other key goes back", "dim")])
    keys_here: Sequence[Key] = FOOT if session.group else END
    if session.group and session.group.relation == "garble":
        keys_here = [key for key in FOOT if key is not SWAP]
    return _Foot([line, *_message(session.message, width), *legend(keys_here, width)])


def _message(message: Message, width: int) -> list[Text]:
    """Return a message on as many lines as it needs, but not too many; an empty one on one line."""
    text = styled(visible(message.text), "bold red" if message.bad else "bold")
    rows = wrapped(text, width - 2)[:_MOST_MESSAGE_LINES]
    return [styled(" ").append_text(row) for row in rows] or [Text()]


def _typed(mode: Typing, width: int) -> tuple[Text, int]:
    """Return the line in which the reviewer types, and the cell of the cursor.

    If the cursor would be outside of the screen, only the text before it is shown.
    """
    prompt = " The right name: " if mode.what == "name" else " Show only: "
    field = mode.field
    before = visible(field.text[: field.cursor])
    after = visible(field.text[field.cursor :])
    cell = cell_len(prompt + before)
    if cell >= width:
        end = max(width - 2, 1) // 2  # half as many characters as cells, as each may take two
        line = styled("…" + before[-end:])
        return line, line.cell_len
    line = styled(prompt, "bold")
    line.append(head(before + after, width * 8))
    return line, cell


def _question(session: Session, mode: Asking) -> str:
    number = len(session.pending)
    if mode.what == "reject":
        return f"Reject all {number} that are left? They are never suggested again."
    pending = (session.groups[at] for at in session.pending)
    nameless = sum(not session.chosen(group).canonical for group in pending)
    question = f"Accept all {number - nameless} that are left?"
    return f"{question} {nameless} without a name stay for later." if nameless else question


def legend(keys: Sequence[Key], width: int) -> list[Text]:
    """Return keys and what they do, on as many lines as that takes.

    >>> [line.plain for line in legend([Key("a", "accept", ""), Key("q", "quit", "")], 12)]
    [' a accept  ', ' q quit  ']
    """
    lines = [styled(" ")]
    for key in keys:
        wide = cell_len(f"{key.key} {key.short}  ")
        is_full = lines[-1].cell_len + wide > width
        if is_full and lines[-1].cell_len > 1:
            lines.append(styled(" "))
        lines[-1].append(key.key, "bold cyan")
        lines[-1].append(f" {key.short}  ", "dim")
    return lines
