"""Clean up English that was machine-translated from Korean.

>>> import cleaner
>>> cleaner.clean("Alibaba fell, and Marwin’s wealth shrank.")
'Alibaba fell, and Ma Yun’s wealth shrank.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.corpora.batch import clean_batch
    from cleaner.engine.cleaner import Cleaner
    from cleaner.engine.findings import Finding, Result
    from cleaner.errors import CleanerError, GuaranteeError, RefusedError, RuleError, UsageError
    from cleaner.names.gazetteer import Name, load_names
    from cleaner.names.match import Candidate, Matcher
    from cleaner.names.suggest import suggest
    from cleaner.names.suggestion import Group
    from cleaner.rulebook import load_rules
    from cleaner.rules.model import Rule, RuleSet

__all__ = [
    "Candidate",
    "Cleaner",
    "CleanerError",
    "Finding",
    "Group",
    "GuaranteeError",
    "Matcher",
    "Name",
    "RefusedError",
    "Result",
    "Rule",
    "RuleError",
    "RuleSet",
    "UsageError",
    "clean",
    "clean_batch",
    "load_names",
    "load_rules",
    "suggest",
]

_HOMES = {
    "corpora.batch": ("clean_batch",),
    "engine.cleaner": ("Cleaner",),
    "engine.findings": ("Finding", "Result"),
    "errors": ("CleanerError", "GuaranteeError", "RefusedError", "RuleError", "UsageError"),
    "names.gazetteer": ("Name", "load_names"),
    "names.match": ("Candidate", "Matcher"),
    "names.suggest": ("suggest",),
    "names.suggestion": ("Group",),
    "rulebook": ("load_rules",),
    "rules.model": ("Rule", "RuleSet"),
}

__version__ = "0.1.0"


def clean(text: str, rules: RuleSet | None = None) -> str:
    """Return the text with every rule of level `fix` applied: the bundled ones, or those given.

    Make a `Cleaner` once to clean many texts, or to see the findings; in many processes, call
    `clean_batch`.

    Raises:
        GuaranteeError: the rules could not be proven harmless on this text.
    """
    from cleaner.engine.cleaner import Cleaner
    from cleaner.rulebook import load_rules

    return Cleaner(load_rules() if rules is None else rules).clean(text).text


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that a command pays only for what it uses."""
    from importlib import import_module

    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
