"""What a rule is once it has been read: frozen, checked, and with its place in the file."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol, get_args

from cleaner.errors import OptionError, Place
from cleaner.text.boundaries import NO_WORDS, Boundaries
from cleaner.text.folding import normal

Level = Literal["fix", "suggest", "report", "off"]
LEVELS: tuple[Level, ...] = get_args(Level)

EntityType = Literal["person", "organisation", "place", "term"]

# Bytes of a YAML file, whatever it holds.
MAX_BYTES = 5_000_000

# Kinds of YAML files that may lie in a folder of rules but hold data for other readers.
DATA_KINDS = (
    "decisions",
    "frequent",
    "gazetteer",
    "gaps",
    "mentions",
    "pivot",
    "suggestions",
    "variants",
)

NOTHING: Mapping[str, str] = MappingProxyType({})


class Options(Protocol):
    """The keys that belong to one kind of rule: a named tuple.

    The schema reads their names, types and defaults off it. If it has a method `check()`, that is
    called once the options were read from a file; it raises `OptionError` for a value that cannot
    be used.
    """

    @property
    def message(self) -> str:
        """What is wrong where the rule finds something, in a few words."""

    def _asdict(self) -> dict[str, Any]: ...


class Entity(NamedTuple):
    """A person, organisation, place or term: its canonical form and the variants it was seen in.

    `aliases` are right too: they are never changed, and they are evidence that a document is about
    this entity. `source` holds the name in its own script and in that of the pivot language, by
    language code (`zh`, `ko`, ...). `forms` asks for forms that nobody has seen yet; see
    `cleaner.rules.likely`.
    """

    canonical: str
    variants: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    source: Mapping[str, str] = NOTHING
    type: EntityType = "term"
    forms: Literal["likely"] | None = None

    def check(self) -> None:
        """Refuse a variant that is listed twice, or that is also a right form.

        Raises:
            OptionError: about the key `variants`.
        """
        seen: set[str] = set()
        for variant in self.variants:
            if normal(variant) in seen:
                what = f"“{variant}” is listed twice"
                raise OptionError("variants", what, "keep one of the two")
            seen.add(normal(variant))
        for form in self.right:
            if normal(form) in seen:
                what = f"“{form}” is both a variant and a right form"
                raise OptionError("variants", what, "keep it in one place")

    @property
    def right(self) -> tuple[str, ...]:
        """The right forms: the canonical form and the aliases."""
        return (self.canonical, *self.aliases)

    @property
    def message(self) -> str:
        """The type and the name in other scripts, as in `person 马云 마윈`."""
        return " ".join((self.type, *self.source.values()))


class When(NamedTuple):
    """The evidence that a document must hold for a rule to act; all conditions given must be met.

    Of the phrases in `document`, one must be in the document; of those in `paragraph`, one in the
    same block; of those in `near`, one in the same block and at most `words` words away. `damaged`
    demands proven damage anywhere in the document; `frequent` names a kind of damage that has to
    be frequent around the place as well.
    """

    document: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    words: int = 12
    damaged: bool = False
    frequent: str = ""

    @property
    def phrases(self) -> tuple[str, ...]:
        """All phrases of all conditions."""
        return (*self.document, *self.paragraph, *self.near)


class Damage(NamedTuple):
    """How many edits of a rule prove that a document is damaged.

    In a document of more than `characters` code points it takes as many for each such stretch: one
    credit makes a damaged page, but not a damaged book.
    """

    edits: int = 1
    characters: int = 20_000

    def share(self, edits: int, length: int) -> float:
        """Return which part of the proof some edits are, in a document of `length` code points.

        >>> Damage(edits=2).share(1, 3_000), Damage(edits=1).share(1, 40_000)
        (0.5, 0.5)
        """
        return edits / (self.edits * max(1.0, length / self.characters))


class Example(NamedTuple):
    """A proof of a rule: `before` becomes `after`, stays the same, or is only reported."""

    before: str
    after: str
    shows: Literal["change", "same", "report"]
    place: Place


class Rule(NamedTuple):
    """One thing that can be wrong, and the examples that prove the rule."""

    id: str  # "names/people/ma-yun": the path of the file in the rules folder, and the id in it
    kind: str  # the module in cleaner/fixers that carries it out
    level: Level
    options: Options
    place: Place
    when: When | None = None
    unless: tuple[str, ...] = ()
    damage: Damage | None = None  # None: no number of edits proves that a document is damaged
    otherwise: Level | None = None  # its level where `when: damaged` is not met; None: it is silent
    once: bool = False  # whether all places of a document are one finding, at the first of them
    examples: tuple[Example, ...] = ()
    provenance: Mapping[str, str] = NOTHING
    layer: int = 0  # 0 is the lowest; a rule shadows those of lower layers
    made_from: str = ""  # the id of the rule that asked for it, if it stands in no file
    # how many code points before a required literal a match of its pattern begins at most; None if
    # nothing is known
    reach: int | None = None
    quick: bool = False  # whether its pattern takes next to no time on a short text

    @property
    def source(self) -> str:
        """The file and the line of the rule, as in `rules/names/people.yaml:12`."""
        return f"{self.place.file}:{self.place.line}"

    @property
    def needs_damage(self) -> bool:
        """Whether it has nothing to say about a document that is not proven to be damaged."""
        return bool(self.when and self.when.damaged) and self.otherwise is None

    def level_where(self, *, damaged: bool) -> Level:
        """Return the level of the rule in a document that is proven to be damaged, or is not."""
        return self.level if damaged or self.otherwise is None else self.otherwise


class RuleSet:
    """All rules that count, after higher layers have shadowed lower ones.

    `boundaries` are the words that may stand beside a name, as in “Alibaba-backed”. `notes` say
    which rules were shadowed by which. `off` are the rules at level off, which do nothing.
    """

    __slots__ = ("boundaries", "notes", "off", "rules")

    def __init__(
        self,
        rules: tuple[Rule, ...],
        boundaries: Boundaries = NO_WORDS,
        notes: tuple[str, ...] = (),
        off: tuple[Rule, ...] = (),
    ) -> None:
        self.rules = rules
        self.boundaries = boundaries
        self.notes = notes
        self.off = off

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RuleSet):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash(tuple(rule.id for rule in self.rules))

    def __reduce__(self) -> tuple[type[RuleSet], tuple[Any, ...]]:
        """Say how to pickle it, so that it can be sent to another process."""
        copyreg.pickle(MappingProxyType, _unfrozen)  # Python by itself cannot pickle these
        return RuleSet, (self.rules, self.boundaries, self.notes, self.off)


def _unfrozen(
    mapping: MappingProxyType[Any, Any],
) -> tuple[Callable[..., MappingProxyType[Any, Any]], tuple[Any, ...]]:
    return _frozen, (dict(mapping),)


def _frozen(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)
