"""One file per kind of fix: `kind: name` in a rule file is `fixers/name.py`.

A fixer module has
- `Options`, the keys of its rules, and `LEVELS`, the levels they may have, the usual one first;
- `literals(rules)`: pairs of a rule and what must occur before it has anything to say: a word
  (text, found between name boundaries in any case and spacing) or a piece (bytes, found anywhere);
- `edits(document, rules, hits)`: what these rules want changed, given where their literals occur.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Protocol, cast

from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit
from cleaner.text.literals import Hit


class Fixer(Protocol):
    """What a module in this folder offers."""

    @property
    def Options(self) -> Callable[..., Any]: ...  # noqa: N802
    @property
    def LEVELS(self) -> tuple[Level, ...]: ...  # noqa: N802

    def literals(self, rules: Iterable[Rule]) -> Iterable[tuple[Rule, str | bytes]]: ...
    def edits(
        self, document: Document, rules: Iterable[Rule], hits: Mapping[str, Sequence[Hit]]
    ) -> Iterable[Edit]: ...


@cache
def fixer(kind: str) -> Fixer:
    """The module that carries out a kind of rule; only the kinds that are met are imported."""
    return cast(Fixer, import_module(f"{__name__}.{kind}"))


@cache
def kinds() -> Mapping[str, Fixer]:
    """Every kind of rule there is, by name: the modules of this folder."""
    from pkgutil import iter_modules

    return {module.name: fixer(module.name) for module in iter_modules(__path__)}
