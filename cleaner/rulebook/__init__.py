"""Rules that have proven themselves: loaded, layered, and each one held against its own examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from cleaner import cache
from cleaner.engine.cleaner import Cleaner
from cleaner.engine.index import Index
from cleaner.errors import GuaranteeError, RuleError
from cleaner.fixers import kinds
from cleaner.rules import layers
from cleaner.rules.model import Example, Level, Rule, RuleSet

Outcome = Literal["validated", "missing", "noisy"]


class Judged(NamedTuple):
    """An example, whether its rule does what it says, and what came out."""

    rule: Rule
    example: Example
    verdict: Outcome
    got: str


def load_rules(
    *paths: Path | str,
    bundled: bool = True,
    prefer: Mapping[str, str] | None = None,
    levels: Mapping[str, Level] | None = None,
    prove: bool = True,
    instead: Mapping[Path, bytes] | None = None,
) -> RuleSet:
    """The bundled rules and those in `paths` (files or folders), later paths shadowing earlier
    ones.

    Args:
        bundled: whether to begin with the rules that come with the package.
        prefer: house style: canonical form -> the alias to write instead, as in `{"Ma Yun": "Jack
            Ma"}`.
        levels: glob of rule ids -> the level they get, as in `{"quotes/*": "suggest"}`.
        prove: whether to hold the rules in `paths` against their examples (the bundled ones were,
            before release).
        instead: the bytes that files, by their resolved paths, are about to have.

    Raises:
        RuleError: a file is wrong, with `file:line:column`; or an example fails. UsageError:
        `prefer` names no canonical form, or no alias of it; `levels` no rule, or a level it cannot
        have.

    >>> len(load_rules()) > 10
    True
    """
    from cleaner.rules import loader

    below = [layers.bundled()] if bundled else []
    rules = loader.load([*below, *map(Path, paths)], kinds(), instead or {})
    if prove and paths:
        lowest = len(below)  # the number of the first layer that is not bundled
        for judged in judge((rule for rule in rules if rule.layer >= lowest), rules.suffixes):
            if judged.verdict != "validated":
                raise _failed(judged)
    return styled(rules, prefer=prefer or {}, levels=levels or {})


def styled(rules: RuleSet, *, prefer: Mapping[str, str], levels: Mapping[str, Level]) -> RuleSet:
    """Rules as a project wants them: proven as they were written, then at its levels and in its
    house style.

    Raises:
        UsageError: see `load_rules`.
    """
    from cleaner.rules import loader

    rules = loader.at_levels(rules, levels, kinds()) if levels else rules
    return loader.house_style(rules, prefer) if prefer else rules


def load_index(
    *paths: Path | str,
    bundled: bool = True,
    prefer: Mapping[str, str] | None = None,
    levels: Mapping[str, Level] | None = None,
) -> Index:
    """What `load_rules` gives, ready for a `Cleaner`, and remembered until a rule file changes.

    Raises:
        RuleError, UsageError: as `load_rules` does.
    """
    below = [layers.bundled()] if bundled else []
    settings = (
        str(len(below)),
        *(repr(sorted((setting or {}).items())) for setting in (prefer, levels)),
    )
    name = f"rules-{layers.fingerprint([*below, *map(Path, paths)], *settings)}"
    with suppress(ValueError, KeyError):
        if data := cache.recall(name):
            return Index.load(data)
    index = Index.of(load_rules(*paths, bundled=bundled, prefer=prefer, levels=levels))
    cache.remember(name, index.dump())
    return index


def judge(rules: Iterable[Rule], suffixes: frozenset[str] = frozenset()) -> Iterator[Judged]:
    """Each rule alone on its own examples, whatever its level: it must do what they say, and no
    more.

    For a rule that waits for damage all its examples count as damaged: a `same` has to hold by
    itself.
    """
    for rule in rules:
        if rule.examples:
            waits = bool(rule.when and rule.when.damaged)
            cleaner = Cleaner(RuleSet((rule,), suffixes), level=rule.level, damaged=waits)
            for example in rule.examples:
                yield _judged(rule, example, cleaner)


def _judged(rule: Rule, example: Example, cleaner: Cleaner) -> Judged:
    try:
        result = cleaner.clean(example.before)
    except GuaranteeError as error:
        return Judged(rule, example, "noisy", str(error))
    if example.shows == "report":
        if result.changed and rule.level != "report":
            return Judged(rule, example, "noisy", result.text)
        return Judged(rule, example, "validated" if result.findings else "missing", result.text)
    if result.text == example.after and (example.shows == "change" or not result.findings):
        return Judged(rule, example, "validated", result.text)
    silent = example.shows == "change" and result.text == example.before
    return Judged(rule, example, "missing" if silent else "noisy", result.text)


def _failed(judged: Judged) -> RuleError:
    if judged.example.shows == "same":
        remedy = "make the rule leave it alone, or drop the example"
    else:
        remedy = "mend the rule or the example"
    return RuleError(
        judged.example.place,
        f"this example of {judged.rule.id} is {judged.verdict}: it gives “{judged.got}”",
        remedy,
    )
