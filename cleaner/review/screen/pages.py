"""What is between the head and the foot of a screen: a group, the last page, help, or a diff."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from cleaner.names.suggestion import Group, Member, Place, Relation
from cleaner.review.screen.cells import around, cut, padded, styled, wrapped
from cleaner.review.screen.field import Phrase
from cleaner.review.screen.keys import PAGES
from cleaner.review.screen.session import Reading, Session
from cleaner.review.session.effects import Choices, Remark
from cleaner.review.session.model import Occurrence, Status
from cleaner.text.cells import head, tail
from cleaner.text.counting import times
from cleaner.text.visible import visible

_TONES = {"good": ("+", "green"), "bad": ("!", "bold red"), "plain": (" ", "")}
# What is asked about a group: the words before and behind the name.
_ASKED: dict[Relation, tuple[str, str]] = {
    "garble": ("Is this", "?"),
    "spelling": ("Are these", ", spelled otherwise?"),
    "case": ("Are these", ", with other capitals?"),
}
_LEVEL_MEANS = {"fix": "applied", "suggest": "shown, applied when asked", "report": "shown only"}
_STATUS_STYLES: dict[Status, str] = {
    "accepted": "green",
    "rejected": "red",
    "skipped": "magenta",
}
_DIFF_STYLES = {"+": "green", "-": "red", "@": "cyan"}
_NAMED = 3  # aliases and rivals that are named
_MOST_REMARK_LINES = 2  # lines that a remark of a trial may take
_ROOM_FOR_LINES = 8  # rows that the rule and its trial leave to the forms and lines


def group_page(
    session: Session,
    group: Group,
    phrase: Phrase | None,
    trial: Sequence[Remark] | None,
    width: int,
    height: int,
) -> list[Text]:
    """Return the page of a group: the question, the forms, the lines, and the rule with its trial.

    Args:
        session: the session.
        group: the group on the screen.
        phrase: the words being chosen as evidence; None if none are.
        trial: what the rule would do; None while that is worked out.
        width: the cells of a row.
        height: the rows of the page.
    """
    choices = session.chosen(group)
    question = [*_question(session, group, choices, width), Text()]
    group = session.as_named(group)
    rule = [Text(), _rule(choices, width), *_trial(trial, width)]
    room = height - len(question)
    # On a low screen the trial is cut, because the lines matter more.
    rule = rule[: max(room - _ROOM_FOR_LINES, min(room, 2))]
    most_forms = max(min(len(group.members), (room - len(rule)) // 2), 1)
    forms = _forms(session, group, choices, width, most_forms)
    room -= len(forms) + len(rule) + 2
    if phrase:
        middle = [Text(), *_pointed(phrase, width, room + 1)]
    else:
        middle = [Text(), *_lines(session, choices, width, max(room, 1))]
    return [*question, *forms, *middle, *rule]


# -- the question


def _question(session: Session, group: Group, choices: Choices, width: int) -> list[Text]:
    """Return the question that a group asks, and what is known about its name."""
    if choices.canonical:
        before, after = _ASKED[group.relation]
        line = styled(f" {before} ")
        line.append(visible(choices.canonical), "bold green")
        line.append(after)
    else:
        line = styled(" One name in several spellings? ", "bold")
        line.append("Its right form is not known: press a or e.")
    status = session.statuses.get(group.id)
    if status:
        line.append(f"   {status}", "bold magenta")
    elif group.canonical and choices.canonical != group.canonical:
        line.append(f"   suggested: {visible(group.canonical)}", "dim")
    facts = visible(" · ".join(_facts(session.as_named(group))))
    return [line, styled(head(f" {facts}", width), "dim")]


def _facts(group: Group) -> list[str]:
    """Return what a group says about its name."""
    facts = [group.type] if group.type else []
    if group.relation != "garble":
        facts.append(f"{group.canonical} {times(group.canonical_count)}")
        facts.append("c takes the marked form for the right one")
    facts += [name for name in group.source.values() if name]
    facts += [f"also right: {alias}" for alias in group.aliases[:_NAMED]]
    if group.rivals:
        facts.append(f"or is it {' or '.join(group.rivals[:_NAMED])}? (e, then ↓)")
    return facts


# -- the forms


def _forms(session: Session, group: Group, choices: Choices, width: int, rows: int) -> list[Text]:
    """Return the forms of a group in so many rows; the marked one is always among them."""
    forms = [member.form for member in group.members]
    marked = session.marked.member.form if session.marked else ""
    here = forms.index(marked) if marked in forms else 0
    first = max(0, min(here - rows + 1, len(forms) - rows))
    widest = max((cell_len(visible(form)) for form in forms), default=0)
    column = min(widest, width // 3)
    in_view: list[Text] = []
    for number, member in enumerate(group.members[first : first + rows], first + 1):
        row = _form(number, member, choices, column, marked=member.form == marked)
        room = max(width - row.cell_len, 0)
        why = member.reason(choices.canonical).replace("<-", "←")
        row.append(head("  " + visible(why), room), "dim")
        in_view.append(row)
    hidden = len(forms) - len(in_view)
    if in_view and hidden:
        in_view[-1] = cut(in_view[-1], width - 12)
        in_view[-1].append(f"  ({hidden} more)", "dim")
    return in_view


def _form(number: int, member: Member, choices: Choices, column: int, *, marked: bool) -> Text:
    """Return a form with its number, how often it was found, and how sure it is."""
    dropped = member.form in choices.dropped
    if dropped:
        certainty = "left out"
    elif member.strong:
        certainty = "sure"
    else:
        certainty = f"{min(member.score, 0.99):.0%}"  # only “sure” is more
    row = styled(f" {number:2} ", "bold cyan" if marked else "dim")
    row.append(padded(visible(member.form), column), "dim strike" if dropped else "bold red")
    row.append(f"  {member.count:>4,} {'time ' if member.count == 1 else 'times'}")
    row.append(f"  {certainty:>8}", "dim" if dropped else "")
    return row


# -- the lines


def _lines(session: Session, choices: Choices, width: int, rows: int) -> list[Text]:
    """Return the occurrences around the marked one, which is always among them, below a title."""
    every = session.occurrences
    first = max(0, min(session.row - rows // 2, len(every) - rows))
    in_view = every[first : first + rows]
    title = " Lines"
    if len(every) > len(in_view):
        title = f" Lines {first + 1} to {first + len(in_view)} of {len(every)}"
    places = [_place(place, max(width // 4, 1)) for _, place in in_view]
    column = max((cell_len(place) for place in places), default=0)
    result = [styled(title, "dim")]
    for number, (occurrence, place) in enumerate(zip(in_view, places, strict=True), first):
        marked = number == session.row
        start = styled(" > " if marked else "   ", "bold cyan")
        start.append(padded(place, column) + "  ", "cyan" if marked else "dim")
        # Where there is room, the marked line is shown on several rows.
        spare = max(rows - len(every), 0) if marked else 0
        result += _line(start, occurrence, choices, width, spare + 1)
    return result


def _line(
    start: Text, occurrence: Occurrence, choices: Choices, width: int, rows: int
) -> list[Text]:
    """Return a line behind what its first row starts with, on at most so many rows."""
    member, place = occurrence
    if place is None:
        return [start]
    room = max(width - start.cell_len, 0)
    if rows == 1:
        return [start.append_text(_change(member, place, choices, room))]
    # Words do not fill every row to its end, so the text is a bit shorter than all rows.
    text = _change(member, place, choices, max(room - 12, 0) * rows)
    indent = " " * start.cell_len
    first, *others = wrapped(text, room)[:rows] or [Text()]
    return [start.append_text(first), *(styled(indent).append_text(row) for row in others)]


def _place(place: Place | None, cells: int) -> str:
    """Return the file and line of a place. A long path loses its beginning."""
    if place is None:
        return "no line is known"
    number = f":{place.line}"
    return tail(visible(place.file), max(cells - len(number), 1)) + number


def _change(member: Member, place: Place, choices: Choices, cells: int) -> Text:
    """Return a line with what would change in it: `…and [Marwin → Ma Yun]’s wealth…`."""
    end = min(place.start + len(member.form), len(place.context))
    form = head(visible(place.context[place.start : end]), max(cells // 3, 1))
    middle = styled("[")
    if place in choices.same:
        middle.append(form, "bold")
        middle.append(" stays", "bold magenta")
    elif member.form in choices.dropped:
        middle.append(form, "dim")
    else:
        middle.append(form, "red strike")
        middle.append(" → ", "dim")
        middle.append(head(visible(choices.canonical) or "?", max(cells // 3, 1)), "bold green")
    middle.append("]")
    return around(place.context[: place.start], middle, place.context[end:], cells)


def _pointed(phrase: Phrase, width: int, rows: int) -> list[Text]:
    """Return the marked line, as much as fits, with the words that are chosen in it."""
    rows = max(rows, 1)
    start, end = phrase.span
    middle = styled(f"[{visible(phrase.text)}]", "bold cyan reverse")
    cells = rows * max(width - 8, 1)
    line = around(phrase.line[:start], middle, phrase.line[end:], cells)
    return [styled("   ").append_text(row) for row in wrapped(line, width - 4)[:rows]]


# -- the rule


def _rule(choices: Choices, width: int) -> Text:
    """Return what the rule would say: its level, its evidence, and the lines that must stay."""
    line = styled(f" Rule: {choices.level}", "bold")
    line.append(f" ({_LEVEL_MEANS.get(choices.level, 'off')})", "dim")
    if choices.evidence:
        phrases = " or ".join(f"“{phrase}”" for phrase in choices.evidence)
        line.append(", only in texts with ")
        line.append(visible(phrases), "cyan")
    elif choices.everywhere:
        line.append(", in every text", "dim")
    else:
        line.append(", no evidence chosen yet (w, or E for every text)", "bold red")
    if choices.same:
        lines = "line" if len(choices.same) == 1 else "lines"
        line.append(f"; {len(choices.same)} {lines} must stay", "magenta")
    return cut(line, width)


def _trial(trial: Sequence[Remark] | None, width: int) -> list[Text]:
    """Return the remarks of a trial, each with a sign for its tone."""
    if trial is None:
        return [styled("   Trying the rule…", "dim")]
    result: list[Text] = []
    for remark in trial:
        sign, style = _TONES[remark.tone]
        for row in wrapped(styled(visible(remark.text), style), width - 4)[:_MOST_REMARK_LINES]:
            result.append(styled(f" {sign} ", style).append_text(row))
            sign = " "
    return result


# -- the other pages


def last_page(session: Session, width: int) -> list[Text]:
    """Return the page behind the last group: what was decided, and what can be done with it."""
    pending = len(session.pending)
    undecided = sum(group.id not in session.statuses for group in session.groups)
    hidden = undecided - pending
    done = "That was the last one." if undecided else "Everything is decided."
    lines = [Text(), styled(f" {done}", "bold"), Text()]
    for status, style in _STATUS_STYLES.items():
        lines.append(_names_of(session, status, style, width))
    if undecided:
        note = f", {hidden} of them hidden by the filter" if hidden else ""
        lines.append(styled(f" {undecided:4} not decided{note}"))
    lines.append(Text())
    if session.count("accepted"):
        advice = " f cleans the files now, with what you accepted (cleaner fix)."
        lines.append(styled(advice, "bold"))
    lines.append(styled(" q quits. Everything you decided is saved."))
    return lines


def _names_of(session: Session, status: Status, style: str, width: int) -> Text:
    """Return how many groups have a status, and their names."""
    names: list[str] = []
    for group in session.groups:
        if session.statuses.get(group.id) == status:
            first_form = group.members[0].form if group.members else group.id
            names.append(visible(session.chosen(group).canonical or first_form))
    line = styled(f" {len(names):4} {status}", style)
    room = max(width - line.cell_len, 0)
    line.append(head("   " + ", ".join(names), room), "dim")
    return line


def help_page(width: int) -> list[Text]:
    """Return all keys with their full explanations."""
    lines: list[Text] = []
    for title, keys in PAGES:
        lines.append(styled(f" {title}", "bold"))
        for key in keys:
            label = key.key
            for row in wrapped(styled(key.full), width - 10):
                lines.append(styled(f"   {label:5} ", "bold cyan").append_text(row))
                label = ""
    return lines


def diff_page(mode: Reading, width: int) -> list[Text]:
    """Return the lines of a diff in colour."""
    lines: list[Text] = []
    for line in mode.lines:
        style = _DIFF_STYLES.get(line[:1], "")
        lines.append(styled(head(" " + visible(line), width), style))
    return lines
