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
    from cleaner.project.single import clean, clean_file
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
    "clean_file",
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
    "project.single": ("clean", "clean_file"),
    "rulebook": ("load_rules",),
    "rules.model": ("Rule", "RuleSet"),
}

__version__ = "0.2.0"


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that a command pays only for what it uses."""
    from importlib import import_module

    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names, also those that were not used yet."""
    return sorted([*__all__, "__version__"])
