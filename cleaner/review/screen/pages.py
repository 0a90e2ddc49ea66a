"""What stands between the head and the foot of a screen: a group, the last page, help, a diff."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from cleaner.names.suggestion import Group, Member, Place
from cleaner.review.screen.cells import around, cut, head, padded, styled, tail
from cleaner.review.screen.effects import Choices, Remark
from cleaner.review.screen.field import Phrase
from cleaner.review.screen.keys import PAGES
from cleaner.review.screen.session import Reading, Session
from cleaner.text.visible import visible

_TONES = {"good": ("+", "green"), "bad": ("!", "bold red"), "plain": (" ", "")}
_MEANS = {"fix": "applied", "suggest": "shown, applied when asked", "report": "shown only"}


def group_page(
    session: Session,
    group: Group,
    phrase: Phrase | None,
    trial: Sequence[Remark] | None,
    width: int,
    height: int,
) -> list[Text]:
    """A group: what is asked, the forms, the lines, the rule and what it would do."""
    choices = session.chosen(group)
    title = [*_title(session, group, choices, width), Text()]
    rule = [Text(), *_rule(choices, width), *_trial(trial, width)]
    room = height - len(title)
    rule = rule[: max(room - 8, min(room, 2))]  # the lines come first
    forms = _forms(
        session, group, choices, width, max(min(len(group.members), (room - len(rule)) // 2), 1)
    )
    room -= len(forms) + len(rule) + 2
    if phrase:
        return [*title, *forms, Text(), *_pointed(phrase, width, room + 1), *rule]
    return [*title, *forms, Text(), *_lines(session, choices, width, max(room, 1)), *rule]


def _title(session: Session, group: Group, choices: Choices, width: int) -> list[Text]:
    if choices.canonical:
        line = styled(" Is this ")
        line.append(visible(choices.canonical), "bold green")
        line.append("?")
    else:
        line = styled(" One name in several spellings? ", "bold")
        line.append("Nobody here knows it: a or e, and type it.")
    if verdict := session.verdicts.get(group.id):
        line.append(f"   {verdict}", "bold magenta")
    elif group.canonical and choices.canonical != group.canonical:
        line.append(f"   proposed was {visible(group.canonical)}", "dim")
    facts = [
        group.type,
        *group.source.values(),
        *(f"also right: {alias}" for alias in group.aliases[:3]),
    ]
    facts += [f"or is it {' or '.join(group.rivals[:3])}? (e, then ↓)"] if group.rivals else []
    return [
        line,
        styled(head(" " + visible(" · ".join(fact for fact in facts if fact)), width), "dim"),
    ]


def _forms(session: Session, group: Group, choices: Choices, width: int, rows: int) -> list[Text]:
    marked = session.marked[0].form if session.marked else ""
    here = next((at for at, member in enumerate(group.members) if member.form == marked), 0)
    first = max(0, min(here - rows + 1, len(group.members) - rows))
    wide = min(
        max((cell_len(visible(member.form)) for member in group.members), default=0), width // 3
    )
    shown = [
        _form(number, member, choices, wide, member.form == marked, width)
        for number, member in list(enumerate(group.members, 1))[first : first + rows]
    ]
    if shown and (hidden := len(group.members) - len(shown)):
        shown[-1] = cut(shown[-1], width - 12)
        shown[-1].append(f"  ({hidden} more)", "dim")
    return shown


def _form(
    number: int,
    member: Member,
    choices: Choices,
    wide: int,
    marked: bool,  # noqa: FBT001
    width: int,
) -> Text:
    dropped = member.form in choices.dropped
    line = styled(f" {number:2} ", "bold cyan" if marked else "dim")
    line.append(padded(visible(member.form), wide), "dim strike" if dropped else "bold red")
    line.append(f"  {member.count:4} {'time ' if member.count == 1 else 'times'}")
    sure = "left out" if dropped else "sure" if member.strong else f"{member.score:.0%}"
    line.append(f"  {sure:>8}", "dim" if dropped else "")
    line.append(
        head("  " + visible(member.why.replace("<-", "←")), max(width - line.cell_len, 0)), "dim"
    )
    return line


def _lines(session: Session, choices: Choices, width: int, rows: int) -> list[Text]:
    """The lines around the marked one, its own in view."""
    every = session.lines
    first = max(0, min(session.line - rows // 2, len(every) - rows))
    shown = every[first : first + rows]
    names = [_where(place, max(width // 4, 1)) for _, place in shown]
    wide = max(map(cell_len, names), default=0)
    title = (
        f" Lines {first + 1} to {first + len(shown)} of {len(every)}"
        if len(every) > len(shown)
        else " Lines"
    )
    lines = [styled(title, "dim")]
    for number, ((member, place), name) in enumerate(zip(shown, names, strict=True), first):
        line = styled(" > " if number == session.line else "   ", "bold cyan")
        line.append(padded(name, wide) + "  ", "cyan" if number == session.line else "dim")
        room = max(width - line.cell_len, 0)
        spare = min(rows - len(every), 2) if number == session.line else 0
        if place and spare > 0:
            lines += _whole(line, member, place, choices, room, spare + 1)
        elif place:
            lines.append(line.append_text(_changed(member, place, choices, room)))
        else:
            lines.append(line)
    return lines


def _whole(
    line: Text, member: Member, place: Place, choices: Choices, cells: int, rows: int
) -> list[Text]:
    """The marked line where there is room: more of it than one row holds."""
    indent = " " * line.cell_len
    # a row may end where no word fits any more
    text = _changed(member, place, choices, max(cells - 12, 0) * rows)
    first, *others = list(text.wrap(Console(width=max(cells, 1)), max(cells, 1)))[:rows] or [Text()]
    return [line.append_text(first), *(styled(indent).append_text(row) for row in others)]


def _where(place: Place | None, cells: int) -> str:
    if place is None:
        return "no line is known"
    number = f":{place.line}"
    return tail(visible(place.file), max(cells - len(number), 1)) + number


def _changed(member: Member, place: Place, choices: Choices, cells: int) -> Text:
    """A line with what would change in it: `…and [Marwin → Ma Yun]’s wealth…`."""
    end = min(place.start + len(member.form), len(place.context))
    stays = place in choices.same
    form = head(visible(place.context[place.start : end]), max(cells // 3, 1))
    middle = styled("[")
    if stays or member.form in choices.dropped:
        middle.append(form, "bold" if stays else "dim")
        middle.append(" stays" if stays else "", "bold magenta")
    else:
        middle.append(form, "red strike")
        middle.append(" → ", "dim")
        middle.append(head(visible(choices.canonical) or "?", max(cells // 3, 1)), "bold green")
    middle.append("]")
    return around(place.context[: place.start], middle, place.context[end:], cells)


def _pointed(phrase: Phrase, width: int, rows: int) -> list[Text]:
    """The marked line in full, or what fits, with the words in it that are chosen."""
    start, end = phrase.span
    middle = styled(f"[{visible(phrase.text)}]", "bold cyan reverse")
    line = around(phrase.line[:start], middle, phrase.line[end:], max(rows, 1) * max(width - 8, 1))
    wrapped = list(line.wrap(Console(width=width), max(width - 4, 1)))[: max(rows, 1)]
    return [styled("   ").append_text(row) for row in wrapped]


def _rule(choices: Choices, width: int) -> list[Text]:
    line = styled(f" Rule: {choices.level}", "bold")
    line.append(f" ({_MEANS.get(choices.level, 'off')})", "dim")
    if choices.when:
        line.append(", only in texts that hold ")
        line.append(visible(" or ".join(f"“{phrase}”" for phrase in choices.when)), "cyan")
    else:
        line.append(", in every text", "dim")
    if choices.same:
        line.append(
            f"; {len(choices.same)} line{'s' if len(choices.same) > 1 else ''} must stay", "magenta"
        )
    return [cut(line, width)]


def _trial(trial: Sequence[Remark] | None, width: int) -> list[Text]:
    if trial is None:
        return [styled("   Trying it out…", "dim")]
    lines: list[Text] = []
    for remark in trial:
        sign, style = _TONES[remark.tone]
        told = styled(visible(remark.text), style).wrap(
            Console(width=max(width, 1)), max(width - 4, 1)
        )[:2]
        lines += [
            styled(f" {' ' if number else sign} ", style).append_text(row)
            for number, row in enumerate(told)
        ]
    return lines


def last_page(session: Session, width: int) -> list[Text]:
    """What was decided, and what can be done with it."""
    hidden = sum(group.id not in session.verdicts for group in session.groups) - len(
        session.pending
    )
    left = len(session.pending)
    said = "That was the last one." if left else "Everything is decided."
    lines = [Text(), styled(f" {said}", "bold"), Text()]
    for verdict, style in (("accepted", "green"), ("rejected", "red"), ("skipped", "magenta")):
        names = [
            _name(session, group)
            for group in session.groups
            if session.verdicts.get(group.id) == verdict
        ]
        line = styled(f" {len(names):4} {verdict}", style)
        lines.append(
            line.append(head("   " + ", ".join(names), max(width - line.cell_len, 0)), "dim")
        )
    if left or hidden:
        lines.append(
            styled(
                f" {left + hidden:4} not decided"
                + (f", {hidden} of them hidden by the filter" * bool(hidden))
            )
        )
    lines.append(Text())
    if session.count("accepted"):
        lines.append(
            styled(" f cleans the files now, with what you accepted (cleaner fix).", "bold")
        )
    lines.append(styled(" q leaves. All that you decided is kept."))
    return lines


def _name(session: Session, group: Group) -> str:
    return visible(
        session.chosen(group).canonical or group.members[0].form if group.members else group.id
    )


def help_page(width: int) -> list[Text]:
    """All keys, with what they do in full."""
    lines = []
    for title, keys in PAGES:
        lines.append(styled(f" {title}", "bold"))
        for key in keys:
            wrapped = styled(key.full).wrap(Console(width=width), max(width - 10, 1))
            for number, row in enumerate(wrapped):
                lines.append(
                    styled(f"   {key.key if number == 0 else '':5} ", "bold cyan").append_text(row)
                )
    return lines


def diff_page(mode: Reading, width: int) -> list[Text]:
    """A diff."""
    colours = {"+": "green", "-": "red", "@": "cyan"}
    return [
        styled(head(" " + visible(line), width), colours.get(line[:1], "")) for line in mode.lines
    ]
