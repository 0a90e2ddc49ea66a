"""From a decision to text in a rules file: inserted where it belongs, every other byte as it was.

A name that has a rule in the file gets its new forms there; any other name becomes a rule at the
end. The text is read again before it is given back: it says what it said, and the new forms, and
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cleaner.errors import Place, RuleError
from cleaner.fixers import kinds
from cleaner.names.suggestion import slug
from cleaner.project.revision import Undo as Undo
from cleaner.rules import schema
from cleaner.rules.marks import (
    Mark,
    behind,
    extended,
    filled,
    in_flow,
    inserted,
    marked,
    plain,
    under,
)
from cleaner.rules.model import NOTHING, Entity, Level, Rule
from cleaner.rules.writer import flow, scalar
from cleaner.text.folding import normal

HEAD = """\
# Rules that were accepted in review. Edit them as you like: what is accepted next is put in,
# nothing is written anew.
kind: name
rules: []
"""


class Acceptance(NamedTuple):
    """What was decided: these forms are that name, at this level, given this evidence.

    `examples` are pairs of a line and what the rule makes of it, `same` lines that it must not
    change.
    """

    canonical: str
    variants: tuple[str, ...]
    type: str = ""
    source: Mapping[str, str] = NOTHING
    aliases: tuple[str, ...] = ()
    level: Level = "fix"
    when: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    same: tuple[str, ...] = ()
    provenance: Mapping[str, str] = NOTHING


def takes(rule: Rule, wanted: Acceptance) -> bool:
    """Whether the forms can join those of a rule: it is about that name, at that level, with that
    evidence.
    """
    entity = rule.options
    if not isinstance(entity, Entity) or normal(entity.canonical) != normal(wanted.canonical):
        return False
    evidence = rule.when.document if rule.when else ()
    return rule.level == wanted.level and set(wanted.when) <= set(evidence)


def accepted(text: str, decision: Acceptance, file: str = "accepted.yaml") -> str:
    """The text of a rules file ("" if there is none yet) with what was decided in it; `file` is for
    messages.

    Raises:
        RuleError: the text is no file of name rules, nothing can be inserted where it would belong,
        or the rule makes
            no sense.

    >>> print(accepted(HEAD, Acceptance("Ma Yun", ("Marwin",))).partition("rules:")[2])
    <BLANKLINE>
    - id: ma-yun
      canonical: Ma Yun
      variants: [Marwin]
      level: fix
    <BLANKLINE>
    """
    text = text if text.strip() else HEAD
    root, marks = marked(text, file)
    rules = schema.rules(root, "", kinds())
    if (kind := under(marks, "kind")).value != "name":
        place = Place(file, kind.start_mark.line + 1, kind.start_mark.column + 1)
        raise RuleError(
            place, f"names are no rules of kind {kind.value}", "accept them into another file"
        )
    wanted: Any = plain(root)
    number = next((at for at, rule in enumerate(rules) if takes(rule, decision)), None)
    if number is None:
        out = _with_rule(
            text,
            marks,
            decision,
            _free(slug(decision.canonical), {rule.id for rule in rules}),
            file,
        )
        wanted["rules"].append(plain(marked(out, file)[0])["rules"][-1])  # type: ignore[call-overload, index]
    else:
        out = _with_forms(text, decision, number, wanted["rules"][number], file)
    read_again = marked(out, file)[0]
    schema.rules(read_again, "", kinds())
    if plain(read_again) != wanted:
        place = root.place if number is None else rules[number].place
        raise RuleError(
            place,
            "nothing can be inserted here safely",
            "write it by hand, or accept into another file",
        )
    return out


def _free(id_: str, taken: set[str]) -> str:
    return next(
        name
        for n in range(1, len(taken) + 2)
        if (name := id_ if n == 1 else f"{id_}-{n}") not in taken
    )


def _with_rule(text: str, marks: Mark, decision: Acceptance, id_: str, file: str) -> str:
    items = under(marks, "rules")
    usual = under(marks, "type")
    lines = list(_rule(decision, id_, usual.value if usual else ""))
    if not items.value:
        return filled(text, items, lines)
    if in_flow(items):
        place = Place(file, items.start_mark.line + 1, items.start_mark.column + 1)
        raise RuleError(
            place, "these rules stand in brackets", "write each with a hyphen on a line of its own"
        )
    at = behind(text, items)
    dash = " " * items.start_mark.column
    gap = [""] if len(items.value) == 1 or _apart(text, *items.value[-2:]) else []
    return inserted(text, at, [*gap, *(dash + line if line else "" for line in lines)])


def _apart(text: str, first: Mark, second: Mark) -> bool:
    """Whether an empty line stands between two rules."""
    return any(
        not line.strip()
        for line in text[behind(text, first) : second.start_mark.index].splitlines()[:-1]
    )


def _with_forms(text: str, decision: Acceptance, number: int, wanted: Any, file: str) -> str:
    """The text with what a rule lacks; `wanted`, what the rule says, is brought to what it is to
    say.
    """

    def rule() -> Mark:
        return under(marked(text, file)[1], "rules").value[number]

    known = {normal(form) for form in wanted["variants"]}
    if not (
        more := [form for form in dict.fromkeys(decision.variants) if normal(form) not in known]
    ):
        return text
    wanted["variants"] += more
    text = extended(text, under(rule(), "variants"), more)
    if in_flow(rule()):
        return text
    indent = " " * rule().start_mark.column
    if decision.provenance and "provenance" not in wanted:
        wanted["provenance"] = dict(decision.provenance)
        text = inserted(
            text, behind(text, rule()), [indent + line for line in _provenance(decision)]
        )
    there = wanted.get("examples", [])
    said = {example.get("before", example.get("same")) for example in there}
    examples = [
        one for one in _examples(decision) if one.get("before", one.get("same")) not in said
    ]
    if not examples or ("examples" in wanted and in_flow(under(rule(), "examples"))):
        return text
    wanted["examples"] = [*there, *examples]
    if there:
        items = under(rule(), "examples")
        dash = " " * items.start_mark.column
        return inserted(text, behind(text, items), [dash + line for line in _written(examples)])
    return inserted(
        text, behind(text, rule()), [indent + line for line in ("examples:", *_written(examples))]
    )


def _rule(decision: Acceptance, id_: str, usual_type: str) -> Iterator[str]:
    yield f"- id: {id_}"
    yield f"  canonical: {scalar(decision.canonical)}"
    if decision.type and decision.type != usual_type:
        yield f"  type: {decision.type}"
    if decision.aliases:
        yield f"  aliases: {flow(*decision.aliases)}"
    if decision.source:
        pairs = (
            f"{scalar(key, flow=True)}: {scalar(value, flow=True)}"
            for key, value in decision.source.items()
        )
        yield f"  source: {{{', '.join(pairs)}}}"
    yield f"  variants: {flow(*decision.variants)}"
    if decision.when:
        yield f"  when: {flow(*decision.when)}"
    yield f"  level: {decision.level}"
    if decision.provenance:
        yield from (f"  {line}" for line in _provenance(decision))
    if decision.examples or decision.same:
        yield "  examples:"
        yield from (f"  {line}" for line in _written(list(_examples(decision))))


def _provenance(decision: Acceptance) -> Sequence[str]:
    return [
        "provenance:",
        *(f"  {key}: {scalar(value)}" for key, value in decision.provenance.items()),
    ]


def _examples(decision: Acceptance) -> Iterator[dict[str, str]]:
    yield from ({"before": before, "after": after} for before, after in decision.examples)
    yield from ({"same": line} for line in decision.same)


def _written(examples: Sequence[Mapping[str, str]]) -> Iterator[str]:
    for example in examples:
        for number, (key, value) in enumerate(example.items()):
            yield f"{'  ' if number else '- '}{key}: {scalar(value)}"
