"""Clean up English that was machine-translated from Korean.

>>> import cleaner
>>> cleaner.clean("Alibaba fell, and Marwin’s wealth shrank.")
'Alibaba fell, and Ma Yun’s wealth shrank.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.engine import Cleaner, Finding, Result
from cleaner.errors import CleanerError, GuaranteeError, RefusedError, RuleError, UsageError
from cleaner.rulebook import load_rules
from cleaner.rules.model import Rule, RuleSet

if TYPE_CHECKING:
    from cleaner.names.gazetteer import Name
    from cleaner.names.gazetteer import load as load_names
    from cleaner.names.match import Candidate, Matcher

__all__ = [
    "Candidate",
    "Cleaner",
    "CleanerError",
    "Finding",
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
    "load_names",
    "load_rules",
]

__version__ = "0.1.0"

_NAMES = {"Candidate": "match", "Matcher": "match", "Name": "gazetteer", "load_names": "gazetteer"}


def __getattr__(name: str) -> Any:
    """What belongs to names is imported when it is asked for: it needs numpy, and cleaning does not."""
    if name in _NAMES:
        from importlib import import_module

        module = import_module(f"cleaner.names.{_NAMES[name]}")
        return getattr(module, name.removesuffix("_names"))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def clean(text: str, rules: RuleSet | None = None) -> str:
    """The text with every rule of level `fix` applied; the bundled rules unless others are given.

    Make a `Cleaner` once to clean many texts, or to see the findings.

    Raises:
        GuaranteeError: the rules could not be proven harmless on this text.
    """
    return Cleaner(load_rules() if rules is None else rules).clean(text).text
