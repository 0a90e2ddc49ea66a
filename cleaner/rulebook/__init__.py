"""Rules that have proven themselves: loaded, layered, and checked against their own examples."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache as once
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from cleaner import cache
from cleaner.engine.cleaner import Cleaner
from cleaner.engine.index import Index
from cleaner.errors import GuaranteeError, RuleError
from cleaner.fixers import kinds
from cleaner.rules import layers
from cleaner.rules.model import Entity, Example, Level, Rule, RuleSet
from cleaner.text.boundaries import NO_WORDS, Boundaries

if TYPE_CHECKING:
    from cleaner.rules.loader import Memo

# validated: the rule does what the example says. missing: it does nothing where it should act.
# noisy: it does something else, or acts where it should not.
ExampleOutcome = Literal["validated", "missing", "noisy"]
# The rules whose examples have passed, by their ids. Whoever loads rules again and again hands it
# over, so that only rules are checked that are new or were changed.
Proven: TypeAlias = "dict[str, tuple[Rule, Boundaries]]"


class CheckedExample(NamedTuple):
    """An example of a rule, and what the rule made of it."""

    rule: Rule
    example: Example
    outcome: ExampleOutcome
    got: str  # the text that came out, or why none did

    def __str__(self) -> str:
        return f"this example of {self.rule.id} is {self.outcome}: it gives “{self.got}”"


def load_rules(
    *paths: Path | str,
    bundled: bool = True,
    prefer: Mapping[str, str] | None = None,
    levels: Mapping[str, Level] | None = None,
    prove: bool = True,
    instead: Mapping[Path, bytes] | None = None,
    memo: Memo | None = None,
    proven: Proven | None = None,
) -> RuleSet:
    """Return the bundled rules and those in `paths` (files or folders); later paths shadow earlier
    ones.

    Args:
        bundled: Begin with the rules that come with the package.
        prefer: The house style: canonical form -> the alias to write instead, as in `{"Ma Yun":
            "Jack Ma"}`.
        levels: Glob of rule ids -> the level of these rules, as in `{"quotes/*": "suggest"}`.
        prove: Check the rules in `paths` against their examples. The bundled ones were checked
            before they were released.
        instead: Bytes that files are about to have, by resolved path.
        memo: What files held when rules were loaded before; what is read now is added.
        proven: The rules that were checked before; those that are checked now are added.

    Raises:
        RuleError: A file is wrong, or an example fails; with `file:line:column`.
        UsageError: `prefer` names no canonical form, or no alias of it; or `levels` names no rule,
            or a level that a rule cannot have.

    >>> len(load_rules()) > 10
    True
    """
    from cleaner.rules import loader

    below = _bundled_layers(bundled=bundled)
    rules = loader.load([*below, *map(Path, paths)], kinds(), instead or {}, _likely_forms, memo)
    if prove and paths:
        lowest = len(below)  # the number of the first layer that is not bundled
        own = [rule for rule in rules if rule.layer >= lowest]
        known = {} if proven is None else proven
        new = [rule for rule in own if known.get(rule.id) != (rule, rules.boundaries)]
        for checked in check_examples(new, rules.boundaries):
            if checked.outcome != "validated":
                raise _example_error(checked)
        known.update((rule.id, (rule, rules.boundaries)) for rule in new)
    return with_settings(rules, prefer=prefer or {}, levels=levels or {})


def _likely_forms(entities: Sequence[Entity]) -> Sequence[Mapping[str, str]]:
    from cleaner.names.likely import likely_forms

    return likely_forms(entities)


def _bundled_layers(*, bundled: bool) -> list[Path]:
    return [layers.bundled()] if bundled else []


def with_settings(
    rules: RuleSet, *, prefer: Mapping[str, str], levels: Mapping[str, Level]
) -> RuleSet:
    """Return the rules at the levels and in the house style of a project.

    Examples are checked before that: they prove a rule as it was written.

    Raises:
        UsageError: see `load_rules`.
    """
    from cleaner.rules import loader

    if levels:
        rules = loader.at_levels(rules, levels, kinds())
    if prefer:
        rules = loader.house_style(rules, prefer)
    return rules


def load_index(
    *paths: Path | str,
    bundled: bool = True,
    prefer: Mapping[str, str] | None = None,
    levels: Mapping[str, Level] | None = None,
) -> Index:
    """Return the rules that `load_rules` returns, compiled for a `Cleaner`.

    The result is kept in the user's cache. It is used again until a rule file, a setting or this
    program changes.

    Raises:
        RuleError, UsageError: as `load_rules` does.
    """
    below = _bundled_layers(bundled=bundled)
    settings = [repr(sorted((setting or {}).items())) for setting in (prefer, levels)]
    fingerprint = _fingerprint([*below, *map(Path, paths)], str(len(below)), *settings)
    name = f"rules-{fingerprint}"

    @once
    def made() -> Index:
        with _no_garbage():
            index = Index.of(load_rules(*paths, bundled=bundled, prefer=prefer, levels=levels))
            cache.remember(name, index.dump())
        return index

    data = cache.mapped(name)
    if data:
        with suppress(ValueError):  # kept, but damaged since: work it out again
            return Index.load(data, instead=made)
    return made()


def _fingerprint(all_layers: Sequence[Path], *settings: str) -> str:
    """Return the fingerprint of layers and settings.

    It is kept: the bytes of a file count only if the file has changed.
    """
    state = layers.state(all_layers, *settings)
    if state is None:
        return layers.fingerprint(all_layers, *settings)
    make = partial(layers.fingerprint, all_layers, *settings)
    return cache.kept_for("prints", state, lambda: make().encode()).decode()


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Do not look for garbage meanwhile.

    Rules are many objects that all stay. Looking through them again and again takes a third of the
    time in which 50,000 are loaded.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def check_examples(
    rules: Iterable[Rule], boundaries: Boundaries = NO_WORDS
) -> Iterator[CheckedExample]:
    """Clean each example of each rule with that rule alone, and say what came out.

    A rule acts at its own level. If it waits for damage, all its examples count as damaged: a
    `same` example must hold because of the rule, and not because the damage is lacking.
    """
    for rule in rules:
        if rule.examples:
            waits_for_damage = bool(rule.when and rule.when.damaged)
            cleaner = Cleaner(
                RuleSet((rule,), boundaries), level=rule.level, damaged=waits_for_damage
            )
            for example in rule.examples:
                yield _checked(rule, example, cleaner)


def _checked(rule: Rule, example: Example, cleaner: Cleaner) -> CheckedExample:
    try:
        result = cleaner.clean(example.before)
    except GuaranteeError as error:
        return CheckedExample(rule, example, "noisy", str(error))
    outcome: ExampleOutcome
    if example.shows == "report":
        if result.changed and rule.level != "report":
            outcome = "noisy"
        else:
            outcome = "validated" if result.findings else "missing"
    elif example.shows == "same":
        is_left_alone = result.text == example.before and not result.findings
        outcome = "validated" if is_left_alone else "noisy"
    elif result.text == example.after:
        outcome = "validated"
    else:
        outcome = "missing" if result.text == example.before else "noisy"
    return CheckedExample(rule, example, outcome, result.text)


def _example_error(checked: CheckedExample) -> RuleError:
    if checked.example.shows == "same":
        remedy = "make the rule leave it alone, or drop the example"
    else:
        remedy = "correct the rule or the example"
    return RuleError(checked.example.place, str(checked), remedy)
