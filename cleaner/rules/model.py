"""What a rule is once it has been read: frozen, checked, and with its place in the file for every
message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol, get_args

from cleaner.errors import OptionError, Place, UsageError
from cleaner.text.folding import normal

Level = Literal["fix", "suggest", "report", "off"]
LEVELS: tuple[Level, ...] = get_args(Level)

EntityType = Literal["person", "organisation", "place", "term"]

NOTHING: Mapping[str, str] = MappingProxyType({})


class Options(Protocol):
    """The keys of one kind of rule: a named tuple.

    One with a method `check()` is asked to check itself when it was read from a file, and raises
    `OptionError`.
    """

    @property
    def message(self) -> str:
        """Why a finding is one, in a few words."""

    def _asdict(self) -> dict[str, Any]: ...


class Entity(NamedTuple):
    """Somebody or something, with the form to write and the garbled forms it was seen in.

    `aliases` are correct too: never changed, and evidence that a document is about this entity.
    `source` holds the name in its own script and in the pivot's (`zh`, `ko`, ...).
    """

    canonical: str
    variants: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    source: Mapping[str, str] = NOTHING
    type: EntityType = "term"

    def check(self) -> None:
        """Refuse a form that stands twice, or is garbled and right at once."""
        seen: set[str] = set()
        for variant in self.variants:
            if normal(variant) in seen:
                raise OptionError(
                    "variants", f"“{variant}” stands here twice", "keep one of the two"
                )
            seen.add(normal(variant))
        for right in self.right:
            if normal(right) in seen:
                raise OptionError(
                    "variants", f"“{right}” is garbled and right at once", "keep it in one place"
                )

    @property
    def right(self) -> tuple[str, ...]:
        """The correct forms: the canonical form and the aliases."""
        return (self.canonical, *self.aliases)

    @property
    def message(self) -> str:
        """What stands behind the name: `person 马云 마윈`."""
        return " ".join((self.type, *self.source.values()))


class When(NamedTuple):
    """What a document must hold for a rule to fire; every condition given must be met.

    `document`, `paragraph` and `near` are phrases of which one is enough; `near` ones stand at most
    `words` words away in the same block. `damaged` asks for undoubted damage anywhere in the
    document.
    """

    document: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    words: int = 12
    damaged: bool = False

    @property
    def phrases(self) -> tuple[str, ...]:
        """All phrases of all conditions."""
        return (*self.document, *self.paragraph, *self.near)


class Example(NamedTuple):
    """A rule's proof: `before` becomes `after`, or stays the same, or (for rules that only report)
    is reported.
    """

    before: str
    after: str
    shows: Literal["change", "same", "report"]
    place: Place


class Rule(NamedTuple):
    """One thing that can be wrong, with its proof."""

    id: str  # "names/people/ma-yun": the file, seen from the rules folder, and the id in it
    kind: str  # the module in cleaner/fixers that carries it out
    level: Level
    options: Options
    place: Place
    when: When | None = None
    unless: tuple[str, ...] = ()
    # so many edits of this rule are undoubted damage: they switch on the rules with `when: damaged`
    damage: int = 0
    examples: tuple[Example, ...] = ()
    provenance: Mapping[str, str] = NOTHING
    layer: int = 0  # 0 is the lowest; a rule shadows those of lower layers

    @property
    def source(self) -> str:
        """Where it stands, as `rules/names/people.yaml:12`."""
        return f"{self.place.file}:{self.place.line}"


class RuleSet:
    """All rules that count, after layers have shadowed one another.

    `suffixes` are the words that may follow a name after a hyphen; `notes` say which rules were
    shadowed by which; `off` are the rules at that level, which count for nothing.
    """

    __slots__ = ("notes", "off", "rules", "suffixes")

    def __init__(
        self,
        rules: tuple[Rule, ...],
        suffixes: frozenset[str] = frozenset(),
        notes: tuple[str, ...] = (),
        off: tuple[Rule, ...] = (),
    ) -> None:
        self.rules, self.suffixes, self.notes, self.off = rules, suffixes, notes, off

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)


def check_glob(ids: Iterable[str], glob: str, *about: str | int) -> None:
    """See that a glob names one of the rules, be it one at level off; `about` is the key that holds
    it.

    Raises:
        UsageError: it does not.
    """
    if not any(fnmatchcase(id_, glob) for id_ in ids):
        what = f"no rule's id matches “{glob}”; `cleaner rules list` shows them all"
        raise UsageError(what, *about, glob)
