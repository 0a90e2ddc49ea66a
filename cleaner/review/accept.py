"""Accepted names as rules: their text is inserted into a rules file, and every other byte stays.

If the file has a rule for the name, that rule gets the new forms; otherwise a rule is added at the
end. The new text is read again before it is returned: it must say what it said before, and what
was accepted, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cleaner.errors import Place, RuleError
from cleaner.fixers import kinds
from cleaner.names.suggestion import slug
from cleaner.review.entries import flow_mapping
from cleaner.review.ids import free_id
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
# Rules that were accepted in review. You may edit them: rules that are accepted later are
# inserted, and nothing else is rewritten.
kind: name
rules: []
"""


class Terms(NamedTuple):
    """How a reviewer wants a suggestion accepted, where that differs from the suggestion.

    Attributes:
        canonical: another canonical form than the suggested one; "" keeps that.
        dropped: forms of the suggestion that are not this name.
        level: the level of the rule.
        when: phrases; the rule acts only in documents that contain one of them.
        same: lines that the rule must not change.
        unless: phrases that the rule must not change wherever they are.
    """

    canonical: str = ""
    dropped: frozenset[str] = frozenset()
    level: Level = "fix"
    when: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Acceptance(NamedTuple):
    """A name as it is accepted: what the rule for it will say.

    Attributes:
        canonical: the canonical form.
        variants: the garbled forms.
        type: `person`, `organisation`, `place` or `term`; "" if it is not known.
        source: the name in other scripts, by language.
        aliases: other right forms.
        level: the level of the rule.
        when: phrases; the rule acts only in documents that contain one of them.
        examples: pairs of a line and that line after the rule.
        same: lines that the rule must not change.
        provenance: where the forms were seen, when they were accepted, and why.
        unless: phrases that the rule must not change.
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
    unless: tuple[str, ...] = ()


def can_join(rule: Rule, acceptance: Acceptance) -> bool:
    """Return whether a rule can get the accepted forms.

    It can if it is about the same name, has the same level, needs at least that evidence, and
    leaves at least the same phrases alone.
    """
    entity = rule.options
    if not isinstance(entity, Entity) or rule.made_from:
        return False
    if normal(entity.canonical) != normal(acceptance.canonical):
        return False
    evidence = rule.when.document if rule.when else ()
    is_as_careful = set(acceptance.when) <= set(evidence)
    leaves_alone = set(acceptance.unless) <= set(rule.unless)
    return rule.level == acceptance.level and is_as_careful and leaves_alone


def insert_acceptance(text: str, acceptance: Acceptance, file: str = "accepted.yaml") -> str:
    """Return the text of a rules file with an accepted name in it.

    Args:
        text: the text of the file; "" if there is no such file yet.
        acceptance: what was accepted.
        file: the name of the file, for messages.

    Raises:
        RuleError: the text is not a file of name rules, nothing can be inserted at the place where
            the rule belongs, or the rule makes no sense.

    >>> text = insert_acceptance(HEAD, Acceptance("Ma Yun", ("Marwin",)))
    >>> print(text.partition("rules:")[2])
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
    _check_kind(marks, file)
    expected: Any = plain(root)
    host = _host_number(rules, acceptance)
    if host is None:
        taken = {rule.id for rule in rules}
        changed = _with_new_rule(text, marks, acceptance, taken, file)
        # The new rule is taken as it is read; what is checked is that all others are the same.
        said: Any = plain(marked(changed, file)[0])
        expected["rules"].append(said["rules"][-1])
    else:
        rule = _HostRule(text, file, host, expected["rules"][host])
        rule.add(acceptance)
        changed = rule.text
    place = root.place if host is None else rules[host].place
    _check_outcome(changed, expected, file, place)
    return changed


def _check_outcome(text: str, expected: Any, file: str, place: Place) -> None:
    """Check that the changed text is a rules file that says exactly what is expected."""
    root = marked(text, file)[0]
    schema.rules(root, "", kinds())
    if plain(root) != expected:
        what = "the rule cannot be inserted here safely"
        raise RuleError(place, what, "write it by hand, or accept into another file")


def _check_kind(marks: Mark, file: str) -> None:
    kind = under(marks, "kind")
    if kind.value != "name":
        place = Place(file, kind.start_mark.line + 1, kind.start_mark.column + 1)
        what = f"a file of kind {kind.value} cannot hold a name rule"
        raise RuleError(place, what, "accept the name into another file")


def _host_number(rules: Sequence[Rule], acceptance: Acceptance) -> int | None:
    """Return the index of the first rule that can get the forms; None if there is none."""
    for number, rule in enumerate(rules):
        if can_join(rule, acceptance):
            return number
    return None


# -- a rule of its own


def _with_new_rule(
    text: str, marks: Mark, acceptance: Acceptance, taken: set[str], file: str
) -> str:
    """Return the text with a new rule at the end of its list. `taken` are ids in use."""
    items = under(marks, "rules")
    type_of_file = under(marks, "type")
    id_ = free_id(slug(acceptance.canonical), taken)
    lines = list(_rule_lines(acceptance, id_, type_of_file.value if type_of_file else ""))
    if not items.value:
        return filled(text, items, lines)
    if in_flow(items):
        place = Place(file, items.start_mark.line + 1, items.start_mark.column + 1)
        remedy = "write each rule with a hyphen on a line of its own"
        raise RuleError(place, "these rules are written in brackets", remedy)
    indent = " " * items.start_mark.column
    indented = [indent + line for line in lines]
    if len(items.value) == 1 or _is_blank_between(text, *items.value[-2:]):
        indented.insert(0, "")
    return inserted(text, behind(text, items), indented)


def _is_blank_between(text: str, first: Mark, second: Mark) -> bool:
    """Return whether there is an empty line between two rules that follow one another."""
    between = text[behind(text, first) : second.start_mark.index].splitlines()[:-1]
    return any(not line.strip() for line in between)


def _rule_lines(acceptance: Acceptance, id_: str, type_of_file: str) -> Iterator[str]:
    """Yield the lines of a new rule. The type is left out where the whole file has it."""
    yield f"- id: {id_}"
    yield f"  canonical: {scalar(acceptance.canonical)}"
    if acceptance.type and acceptance.type != type_of_file:
        yield f"  type: {acceptance.type}"
    if acceptance.aliases:
        yield f"  aliases: {flow(*acceptance.aliases)}"
    if acceptance.source:
        yield f"  source: {flow_mapping(acceptance.source)}"
    yield f"  variants: {flow(*acceptance.variants)}"
    if acceptance.when:
        yield f"  when: {flow(*acceptance.when)}"
    if acceptance.unless:
        yield f"  unless: {flow(*acceptance.unless)}"
    yield f"  level: {acceptance.level}"
    if acceptance.provenance:
        for line in _provenance_lines(acceptance):
            yield f"  {line}"
    if acceptance.examples or acceptance.same:
        yield "  examples:"
        for line in _example_lines(_examples(acceptance)):
            yield f"  {line}"


def _provenance_lines(acceptance: Acceptance) -> list[str]:
    lines = ["provenance:"]
    for key, value in acceptance.provenance.items():
        lines.append(f"  {key}: {scalar(value)}")
    return lines


def _examples(acceptance: Acceptance) -> list[dict[str, str]]:
    """Return the examples of a rule as the mappings that are written into the file."""
    changed = [{"before": before, "after": after} for before, after in acceptance.examples]
    unchanged = [{"same": line} for line in acceptance.same]
    return [*changed, *unchanged]


def _example_lines(examples: Iterable[Mapping[str, str]]) -> Iterator[str]:
    for example in examples:
        lead = "- "
        for key, value in example.items():
            yield f"{lead}{key}: {scalar(value)}"
            lead = "  "


# -- more forms for a rule that the file has


class _HostRule:
    """A rule in the text of a file that gets accepted forms.

    Attributes:
        text: the text of the whole file, changed by each addition.
    """

    def __init__(self, text: str, file: str, number: int, expected: Any) -> None:
        """Take the rule at the index `number`. `expected` is what it says; it is kept up to date
        with what the rule should say after each addition.
        """
        self.text = text
        self._file = file
        self._number = number
        self._expected = expected

    def add(self, acceptance: Acceptance) -> None:
        """Add the forms that the rule lacks, and what proves them.

        A rule written in brackets on one line gets the forms only.
        """
        present = {normal(form) for form in self._expected["variants"]}
        lacking = [form for form in acceptance.variants if normal(form) not in present]
        forms = list(dict.fromkeys(lacking))
        if not forms:
            return
        self._expected["variants"] += forms
        self.text = extended(self.text, under(self._node(), "variants"), forms)
        if in_flow(self._node()):
            return
        if acceptance.provenance and "provenance" not in self._expected:
            self._expected["provenance"] = dict(acceptance.provenance)
            self._append(_provenance_lines(acceptance))
        self._add_examples(_examples(acceptance))

    def _add_examples(self, examples: Sequence[dict[str, str]]) -> None:
        """Add the examples whose line the rule does not have as an example yet."""
        present = self._expected.get("examples", [])
        known_lines = {_line_of(example) for example in present}
        new = [example for example in examples if _line_of(example) not in known_lines]
        items = under(self._node(), "examples")
        if not new or (items is not None and in_flow(items)):
            return
        self._expected["examples"] = [*present, *new]
        if not present:
            self._append(["examples:", *_example_lines(new)])
            return
        indent = " " * items.start_mark.column
        lines = [indent + line for line in _example_lines(new)]
        self.text = inserted(self.text, behind(self.text, items), lines)

    def _append(self, lines: Iterable[str]) -> None:
        """Insert lines behind the last one of the rule."""
        node = self._node()
        indent = " " * node.start_mark.column
        at = behind(self.text, node)
        self.text = inserted(self.text, at, [indent + line for line in lines])

    def _node(self) -> Mark:
        """Return the rule in the text as it is now."""
        root = marked(self.text, self._file)[1]
        return under(root, "rules").value[self._number]


def _line_of(example: Mapping[str, str]) -> str | None:
    """Return the line that an example begins with."""
    return example.get("before", example.get("same"))
