"""One file or folder per kind of fix: `kind: name` in a rule file is `fixers/name.py`.

There is no list of kinds: the folder is the list. `Fixer` says what a module has to offer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, Protocol, TypeVar

from cleaner.rules.model import Level, Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit
from cleaner.text.literals import Hit

T = TypeVar("T")
Hits = Mapping[str, Sequence[Hit]]  # by rule id: where the literals of the rule occur, in any order


class FindLiterals(Protocol):
    """Say what must occur in a text before a rule can have anything to say about it.

    It yields pairs of a rule and a literal. A literal is a word (`str`), found between name
    boundaries in any case and spacing, or a piece (`bytes`: UTF-8), found anywhere: in any case if
    its ASCII letters are small, or else only as it is written. `ANYTHING` is in every text. A rule
    may have many; one that has none never acts.
    """

    def __call__(self, rules: Iterable[Rule]) -> Iterable[tuple[Rule, str | bytes]]: ...


class FindEdits(Protocol):
    """Say what the rules want to change in a document.

    It is given those rules of its kind whose literals occur, and yields edits of `document.text`,
    each with one rule. An edit whose replacement is the text itself only points at that text. The
    engine decides which edits are applied; edits of one kind may overlap.
    """

    def __call__(self, document: Document, rules: Iterable[Rule], hits: Hits) -> Iterable[Edit]: ...


class Fixer(NamedTuple):
    """A kind of fix. Its fields are what its module offers; those with a default may be left out.

    Attributes:
        Options: a named tuple: the keys that a rule of this kind may have besides those that every
            rule has. Each key is text, a choice (`Literal`), a whole number, a list of texts
            (`tuple[str, ...]`) or a mapping of texts (`Mapping[str, str]`). One of them is
            `message`, or a property of that name. A method `check()` may raise `OptionError`.
        LEVELS: the levels that a rule of this kind may have; the first one is the default.
        literals: see `FindLiterals`.
        edits: see `FindEdits`.
        choose: returns those of the edits of one pass that count. By default all of them do.
        CLAIMS: whether an edit claims that the text there means one certain thing. Then two rules
            that claim the same span for different texts block each other, and an edit is evidence
            for other rules even where its own rule is not applied.
        POINTS_ANYWHERE: whether an edit that only points at a text may point at a protected one,
            such as an address.
        could_act: returns whether a rule that has `ANYTHING` among its literals could have anything
            to say about a text, if nothing in it were an exception. By default it always could.
            `rules lint` asks it about examples.
        remark: returns what is to be reported beside an applied edit of a rule; "" for nothing.
    """

    Options: Callable[..., Any]
    LEVELS: tuple[Level, ...]
    literals: FindLiterals
    edits: FindEdits
    choose: Callable[[Sequence[Edit]], Sequence[Edit]] = lambda edits: edits
    CLAIMS: bool = False
    POINTS_ANYWHERE: bool = False
    could_act: Callable[[Rule, str], bool] = lambda _rule, _text: True
    remark: Callable[[Rule], str] = lambda _: ""


@cache
def fixer(kind: str) -> Fixer:
    """Return the fixer of a kind. Only the kinds that are needed are imported."""
    module = import_module(f"{__name__}.{kind}")
    offered = {name: getattr(module, name) for name in Fixer._fields if hasattr(module, name)}
    return Fixer(**offered)


@cache
def kinds() -> Mapping[str, Fixer]:
    """Return every kind of fix by its name: the modules of this folder."""
    from pkgutil import iter_modules

    return {module.name: fixer(module.name) for module in iter_modules(__path__)}


def options_of(rule: Rule, kind: type[T]) -> T:
    """Return the options of a rule, typed as those of its kind."""
    assert isinstance(rule.options, kind)
    return rule.options
