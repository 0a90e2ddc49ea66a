"""The schema of rule files: from nodes to rules.

It says which keys a file, a rule, a condition and an example may have, and what their values are.
The keys of one kind of rule are the fields of the named tuple `Options` of its fixer: the names of
the fields are the keys, a field with a default may be left out, and its type says what the value
is:

| type of the field                  | value in the file                  |
|------------------------------------|------------------------------------|
| `str`                              | a text                             |
| `int`                              | a whole number, not negative       |
| `Literal["a", "b"]`                | one of these words                 |
| `Literal["a"] | None`              | the same                           |
| `tuple[str, ...]`                  | a list of texts                    |
| `Mapping[str, str]`                | a mapping of words to texts        |

A field of another type is an error in the program: `option_readers` raises `TypeError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import NoneType
from typing import Any, Literal, Protocol, TypeAlias, cast, get_args, get_origin, get_type_hints

from cleaner.errors import OptionError, Place, RuleError
from cleaner.rules import patterns
from cleaner.rules.model import (
    DATA_KINDS,
    LEVELS,
    Damage,
    Example,
    Level,
    Options,
    Rule,
    When,
)
from cleaner.rules.reader import DIRECTION, Node
from cleaner.rules.shape import (
    choice_of,
    items_of,
    known_keys,
    mapping_of,
    number_of,
    text_of,
    texts_of,
)
from cleaner.text.boundaries import Boundaries

# Files that hold no rules; that of kind `boundaries` is read here too.
_KINDS_WITHOUT_RULES = ("boundaries", *DATA_KINDS)
RULE_KEYS = (
    "id",
    "level",
    "when",
    "otherwise",
    "unless",
    "damage",
    "once",
    "examples",
    "provenance",
)
# Keys that a file may set for all its rules; every option of the kind is one too.
SHARED_KEYS = ("level", "when", "otherwise", "unless", "damage")
MAY_BE_EMPTY = ("replace",)  # texts that mean something when they are empty
# How many edits of a rule prove that a document is damaged.
_DAMAGE = {"false": None, "true": Damage(edits=1), "twice": Damage(edits=2)}
MOST_CHARACTERS = 1_000_000
# Keys whose texts may have several lines; `examples` are texts as they come, and may hold anything
# that the reader lets through.
_MANY_LINES = ("match", "replace", "right", "provenance", "seen", "why")
_IN_ONE_LINE = re.compile(rf"[\t\n\r\u2028\u2029]|{DIRECTION.pattern}")
_ADDRESS = re.compile(r"https?://[^\s/]\S*")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

OptionReader: TypeAlias = Callable[[Node, str], Any]  # a node and its key -> the value


class Kind(Protocol):
    """What the schema needs to know of a fixer module."""

    @property
    def Options(self) -> Callable[..., Any]:  # noqa: N802
        """The named tuple of the keys that belong to this kind."""

    @property
    def LEVELS(self) -> tuple[Level, ...]:  # noqa: N802
        """The levels that its rules may have, the usual one first."""


@cache
def option_readers(options: Callable[..., Any]) -> Mapping[str, OptionReader]:
    """Return how the value of each field of a named tuple is read from a rule file.

    Raises:
        TypeError: a field has a type that cannot be read from a rule file.
    """
    return {key: _reader(key, hint) for key, hint in get_type_hints(options).items()}


def _reader(key: str, hint: Any) -> OptionReader:
    """Return the function that reads values of one type."""
    if hint is str:
        return partial(text_of, empty=key in MAY_BE_EMPTY)
    if hint is int:
        return number_of
    if hint == tuple[str, ...]:
        return texts_of
    if hint == Mapping[str, str]:
        return _texts_by_word
    if NoneType in get_args(hint):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    words = get_args(hint)
    if get_origin(hint) is Literal and all(isinstance(word, str) for word in words):
        return lambda node, key: choice_of(node, words, key)
    raise TypeError(f"the option `{key}` has a type that rule files cannot hold: {hint}")


def _texts_by_word(node: Node, key: str) -> Mapping[str, str]:
    entries = mapping_of(node, f"`{key}`", f"write `{key}: {{zh: ..., ko: ...}}`")
    return {word: text_of(text, word) for word, text in entries.items()}


def rules(root: Node, prefix: str, kinds: Mapping[str, Kind], layer: int = 0) -> list[Rule]:
    """Return the rules of one file.

    Args:
        root: the file.
        prefix: what goes before the ids in the file.
        kinds: all kinds of rules, by name.
        layer: the number of the layer that the file belongs to.

    Raises:
        RuleError: at the key or the value that is wrong.
    """
    entries = mapping_of(root, "a rule file", "begin with `kind: name` and `rules:`")
    kind = _kind(root, entries, kinds)
    known_keys(root, ("kind", "rules", *SHARED_KEYS, *option_readers(kinds[kind].Options)))
    if "rules" not in entries:
        raise RuleError(root.place, "the key `rules` is missing", "list the file's rules under it")
    found: dict[str, Rule] = {}
    for node in items_of(entries["rules"], "rules"):
        rule = _rule(node, entries, prefix, kind, kinds[kind])._replace(layer=layer)
        first = found.get(rule.id)
        if first:
            raise RuleError(
                mapping_of(node)["id"].place,
                f"id `{rule.id}` is already used in line {first.place.line}",
                "give one of the two another id",
            )
        found[rule.id] = rule
    _refuse_controls(root)
    return list(found.values())


def _refuse_controls(node: Node, key: str = "") -> None:
    """Refuse tabs, line ends and controls of the writing direction in what a rule writes or says.

    They are refused however they are written: a rule that has them could put them into a text, or
    make its message look like another one. The reader has refused all other controls.
    """
    if isinstance(node.value, list):
        for item in node.value:
            _refuse_controls(item, key)
    elif isinstance(node.value, dict):
        for name, value in node.value.items():
            _refuse_control(name, node.keys[name], _IN_ONE_LINE)
            if name != "examples":
                _refuse_controls(value, name)
    else:
        _refuse_control(node.value, node.place, DIRECTION if key in _MANY_LINES else _IN_ONE_LINE)


def _refuse_control(text: str, place: Place, refused: re.Pattern[str]) -> None:
    found = refused.search(text)
    if found:
        what = f"this text holds the control character U+{ord(found.group()):04X}"
        remedy = r"write it in one line without it, or in a pattern as \N{...} in single quotes"
        raise RuleError(place, what, remedy)


def _kind(root: Node, entries: Mapping[str, Node], kinds: Mapping[str, Kind]) -> str:
    """Return the kind of a file of rules, which must be its first key."""
    if "kind" not in entries:
        raise RuleError(
            root.place, "the key `kind` is missing", "begin the file with it, as in `kind: name`"
        )
    kind = choice_of(entries["kind"], (*kinds, *_KINDS_WITHOUT_RULES), "kind")
    if kind in _KINDS_WITHOUT_RULES:
        raise RuleError(
            entries["kind"].place, f"a file of kind {kind} holds no rules", "give a file of rules"
        )
    if next(iter(entries)) != "kind":
        raise RuleError(
            root.keys["kind"], "`kind` is not the first key", "put it at the top of the file"
        )
    return kind


def _rule(node: Node, file: Mapping[str, Node], prefix: str, kind: str, fixer: Kind) -> Rule:
    """Return one rule; `file` are the entries of its file, which may set keys for all rules."""
    own = mapping_of(node, "a rule", "begin it with `- id: ...`")
    known_keys(node, (*RULE_KEYS, *option_readers(fixer.Options)))
    shared = {key: value for key, value in file.items() if key not in {"kind", "rules"}}
    keys: dict[str, Node] = {**shared, **own}
    rule = Rule(
        id=f"{prefix}{_id(own, node)}",
        kind=kind,
        level=_level(keys, kind, fixer),
        options=_options(fixer, keys, node),
        place=node.place,
    )
    pattern = getattr(rule.options, "match", "")
    if pattern:
        rule = rule._replace(reach=patterns.reach(pattern), quick=patterns.is_quick(pattern))
    if "when" in keys:
        rule = rule._replace(when=_when(keys["when"]))
    if "otherwise" in keys:
        rule = rule._replace(otherwise=_otherwise(keys["otherwise"], rule, fixer))
    if "unless" in keys:
        rule = rule._replace(unless=texts_of(keys["unless"], "unless"))
    if "damage" in keys and rule.otherwise:
        what = "a rule that acts without damage, by `otherwise`, cannot prove it"
        raise RuleError(keys["damage"].place, what, "leave out one of the two")
    if "damage" in keys:
        rule = rule._replace(damage=_damage(keys["damage"]))
    if "once" in keys:
        rule = rule._replace(once=_once(keys["once"], rule))
    if "examples" in keys:
        rule = rule._replace(examples=_examples(keys["examples"]))
    if "provenance" in keys:
        rule = rule._replace(provenance=_provenance(keys["provenance"]))
    return rule


def _id(own: Mapping[str, Node], rule: Node) -> str:
    if "id" not in own:
        raise RuleError(rule.place, "this rule has no id", "add one, as in `- id: ma-yun`")
    name = text_of(own["id"], "id")
    if not _ID.fullmatch(name):
        remedy = "use small letters, digits and single hyphens"
        raise RuleError(own["id"].place, f"“{name}” is not an id", remedy)
    return name


def _level(keys: Mapping[str, Node], kind: str, fixer: Kind) -> Level:
    """Return the level that is given, or the usual one of the kind."""
    if "level" not in keys:
        return fixer.LEVELS[0]
    level = choice_of(keys["level"], LEVELS, "level")
    if level not in fixer.LEVELS:
        raise RuleError(
            keys["level"].place,
            f"a rule of kind {kind} cannot be at level {level}",
            f"use one of: {', '.join(fixer.LEVELS)}",
        )
    return level


def _otherwise(node: Node, rule: Rule, fixer: Kind) -> Level:
    """Return the level that a rule has where the damage that it waits for is not proven."""
    if rule.when != When(damaged=True):
        what = "`otherwise` is the level that a rule has in a document without proven damage"
        raise RuleError(node.place, what, "write `when: damaged` beside it, or leave it out")
    levels = [level for level in fixer.LEVELS if level in {"suggest", "report"}]
    return choice_of(node, levels, "otherwise")


def _once(node: Node, rule: Rule) -> bool:
    """Return whether all places of a document are one finding."""
    once = choice_of(node, ("true", "false"), "once") == "true"
    if once and rule.level != "report":
        what = "only what is reported can be told once for a whole document"
        raise RuleError(node.place, what, "write `level: report`, or leave `once` out")
    return once


def _options(fixer: Kind, keys: Mapping[str, Node], rule: Node) -> Options:
    """Return the keys that belong to the kind of the rule, as its named tuple."""
    defaults = cast(Any, fixer.Options)._field_defaults
    values: dict[str, Any] = {}
    for key, read_value in option_readers(fixer.Options).items():
        if key in keys:
            values[key] = read_value(keys[key], key)
        elif key not in defaults:
            what = f"the key `{key}` is missing"
            raise RuleError(rule.place, what, "a rule of this kind needs it")
    options = cast(Options, fixer.Options(**values))
    check = getattr(options, "check", None)
    if check:
        try:
            check()
        except OptionError as error:
            place = keys[error.key].place if error.key in keys else rule.place
            raise RuleError(place, error.what, error.remedy) from None
    return options


def _when(node: Node) -> When:
    """Return the evidence that a rule needs: `damaged`, a list of phrases, or a mapping."""
    if isinstance(node.value, str):
        if node.value != "damaged":
            raise RuleError(
                node.place,
                f"“{node.value}” is not a condition",
                "write `when: damaged`, or a list of phrases, as in `when: [Alibaba]`",
            )
        return When(damaged=True)
    if isinstance(node.value, list):
        return When(document=texts_of(node, "when"))
    known_keys(node, ("document", "paragraph", "near", "damaged"))
    when = When()
    if "near" in node.value:
        when = _near(node.value["near"])
    if "document" in node.value:
        when = when._replace(document=texts_of(node.value["document"], "document"))
    if "paragraph" in node.value:
        when = when._replace(paragraph=texts_of(node.value["paragraph"], "paragraph"))
    if "damaged" in node.value:
        kind = text_of(node.value["damaged"], "damaged")
        when = when._replace(damaged=True, frequent=kind)
    if not (when.phrases or when.damaged):
        raise RuleError(node.place, "`when` is empty", "list phrases, or leave the key out")
    return when


def _near(node: Node) -> When:
    """Return the condition that a phrase is at most some number of words away."""
    entries = mapping_of(node, "`near`", "write `near: {phrases: [...], words: 12}`")
    known_keys(node, ("phrases", "words"))
    if "phrases" not in entries:
        raise RuleError(node.place, "the key `phrases` is missing", "say what must be near")
    when = When(near=texts_of(entries["phrases"], "phrases"))
    if "words" in entries:
        when = when._replace(words=number_of(entries["words"], "words"))
    return when


def _damage(node: Node) -> Damage | None:
    """Return how many edits prove damage: `true`, `twice`, or `{edits: 2, characters: 20000}`."""
    if not isinstance(node.value, dict):
        return _DAMAGE[choice_of(node, _DAMAGE, "damage")]
    known_keys(node, Damage._fields)
    given: dict[str, int] = {}
    for key, value in mapping_of(node).items():
        given[key] = number_of(value, key, least=1, most=MOST_CHARACTERS)
    return Damage(**given)


def _examples(node: Node) -> tuple[Example, ...]:
    return tuple(_example(item) for item in items_of(node, "examples"))


def _example(node: Node) -> Example:
    remedy = "write `- before: ...` and `  after: ...`, or `- same: ...`"
    given = mapping_of(node, "an example", remedy)
    known_keys(node, ("before", "after", "same", "reported"))
    texts = {key: text_of(value, key, empty=key == "after") for key, value in given.items()}
    keys = sorted(texts)
    match keys:
        case ["after", "before"]:
            if texts["before"] == texts["after"]:
                raise RuleError(
                    node.place,
                    "`before` and `after` are the same",
                    "write `same: ...` for such a text",
                )
            return Example(texts["before"], texts["after"], "change", node.place)
        case ["same"]:
            return Example(texts["same"], texts["same"], "same", node.place)
        case ["reported"]:
            return Example(texts["reported"], texts["reported"], "report", node.place)
    raise RuleError(
        node.place,
        f"an example cannot have {' and '.join(keys) if keys else 'no keys'}",
        "give `before` and `after`, or `same` alone, or `reported` alone",
    )


def _provenance(node: Node) -> Mapping[str, str]:
    """Return where a form was seen: a text, or a mapping that says more."""
    if isinstance(node.value, str):
        return {"seen": text_of(node, "provenance")}
    entries = mapping_of(node, "`provenance`", "write where the form was seen")
    known_keys(node, ("seen", "date", "pages", "score", "why"))
    provenance: dict[str, str] = {}
    for key, value in entries.items():
        provenance[key] = _addresses(value, key) if key == "pages" else text_of(value, key)
    return provenance


def _addresses(node: Node, key: str) -> str:
    """Return a list of web addresses as one text, with spaces between them."""
    addresses = texts_of(node, key)
    for item, address in zip(items_of(node, key), addresses, strict=True):
        if not _ADDRESS.fullmatch(address):
            what = f"“{address}” is no web address"
            raise RuleError(item.place, what, "write it out, as in https://example.org/page")
    return " ".join(addresses)


def boundaries(root: Node) -> Boundaries:
    """Return the words of a file of kind `boundaries`: they may stand beside a name.

    Raises:
        RuleError: at the key or the value that is wrong.
    """
    entries = mapping_of(root)
    known_keys(root, ("kind", *Boundaries._fields))
    lists = {key: node for key, node in entries.items() if key != "kind"}
    if not lists:
        remedy = "list them, as in `suffixes: [led, based]`"
        raise RuleError(root.place, "this file lists no words", remedy)
    return Boundaries(**{key: frozenset(texts_of(node, key)) for key, node in lists.items()})
