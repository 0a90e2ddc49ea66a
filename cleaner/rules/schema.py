"""From the nodes of a rule file to rules: which keys there are, what may stand in them, and what to
say if not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, Protocol, cast, get_args, get_origin, get_type_hints

from cleaner.errors import OptionError, RuleError
from cleaner.rules.model import LEVELS, Example, Level, Options, Rule, When
from cleaner.rules.reader import Node
from cleaner.rules.shape import choice_of, items_of, known_keys, mapping_of, text_of, texts_of

# YAML files beside the rules that hold no rules.
DATA_KINDS = ("boundaries", "decisions", "gazetteer", "gaps", "mentions", "pivot", "suggestions")
# keys that a file may set for all its rules, and every option of the kind
_DEFAULTS = ("level", "when", "unless")
# how many edits of a rule prove that a document is damaged
_DAMAGE = {"false": 0, "true": 1, "twice": 2}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Kind(Protocol):
    """What the schema needs to know of a fixer module: the named tuple of its keys, and its levels,
    usual one first.
    """

    @property
    def Options(self) -> Callable[..., Any]: ...  # noqa: N802
    @property
    def LEVELS(self) -> tuple[Level, ...]: ...  # noqa: N802


@cache
def _hints(options: Callable[..., Any]) -> Mapping[str, Any]:
    return get_type_hints(options)


def rules(root: Node, prefix: str, kinds: Mapping[str, Kind], layer: int = 0) -> list[Rule]:
    """The rules of one file; `prefix` goes before their ids, `layer` says which layer they belong
    to.

    Raises:
        RuleError: at the key or value that is wrong.
    """
    top = mapping_of(root, "a rule file", "begin with `kind: name` and `rules:`")
    if "kind" not in top:
        raise RuleError(
            root.place, "the key `kind` is missing", "begin the file with it, as in `kind: name`"
        )
    kind = choice_of(top["kind"], (*kinds, *DATA_KINDS), "kind")
    if kind in DATA_KINDS:
        raise RuleError(
            top["kind"].place, f"a file of kind {kind} holds no rules", "give a file of rules"
        )
    if next(iter(top)) != "kind":
        raise RuleError(
            root.keys["kind"], "`kind` is not the first key", "put it at the top of the file"
        )
    hints = _hints(kinds[kind].Options)
    known_keys(root, ("kind", "rules", *_DEFAULTS, *hints))
    if "rules" not in top:
        raise RuleError(root.place, "the key `rules` is missing", "list the file's rules under it")
    found: dict[str, Rule] = {}
    for node in items_of(top["rules"], "rules"):
        rule = _rule(node, root, prefix, kind, kinds[kind])._replace(layer=layer)
        if first := found.get(rule.id):
            raise RuleError(
                mapping_of(node)["id"].place,
                f"id `{rule.id}` stands in line {first.place.line} too",
                "give one of the two another id",
            )
        found[rule.id] = rule
    return list(found.values())


def _rule(node: Node, file: Node, prefix: str, kind: str, fixer: Kind) -> Rule:
    given = mapping_of(node, "a rule", "begin it with `- id: ...`")
    hints = _hints(fixer.Options)
    known_keys(node, ("id", *_DEFAULTS, "damage", "examples", "provenance", *hints))
    if "id" not in given:
        raise RuleError(node.place, "a rule without an id", "name it, as in `- id: ma-yun`")
    name = text_of(given["id"], "id")
    if not _ID.fullmatch(name):
        raise RuleError(
            given["id"].place, f"“{name}” is no id", "use small letters, digits and single hyphens"
        )
    usual = {key: value for key, value in mapping_of(file).items() if key not in {"kind", "rules"}}
    keys: dict[str, Node] = {**usual, **given}
    level = (
        cast(Level, choice_of(keys["level"], LEVELS, "level"))
        if "level" in keys
        else fixer.LEVELS[0]
    )
    if level not in fixer.LEVELS:
        raise RuleError(
            keys["level"].place,
            f"a rule of kind {kind} cannot be at level {level}",
            f"use one of: {', '.join(fixer.LEVELS)}",
        )
    return Rule(
        id=f"{prefix}{name}",
        kind=kind,
        level=level,
        options=_options(fixer, keys, node),
        place=node.place,
        when=_when(keys["when"]) if "when" in keys else None,
        unless=texts_of(keys["unless"], "unless") if "unless" in keys else (),
        damage=_DAMAGE[choice_of(keys["damage"], _DAMAGE, "damage")] if "damage" in keys else 0,
        examples=tuple(map(_example, items_of(keys["examples"], "examples")))
        if "examples" in keys
        else (),
        provenance=_provenance(keys["provenance"]) if "provenance" in keys else {},
    )


def _options(fixer: Kind, keys: Mapping[str, Node], rule: Node) -> Options:
    hints = _hints(fixer.Options)
    values: dict[str, Any] = {}
    for name, hint in hints.items():
        if name in keys:
            values[name] = _typed(keys[name], name, hint)
        elif name not in cast(Any, fixer.Options)._field_defaults:
            raise RuleError(
                rule.place, f"the key `{name}` is missing", "a rule of this kind needs it"
            )
    options = cast(Options, fixer.Options(**values))
    try:
        if check := getattr(options, "check", None):
            check()
        return options
    except OptionError as error:
        place = keys[error.key].place if error.key in keys else rule.place
        raise RuleError(place, error.what, error.remedy) from None


def _typed(node: Node, key: str, hint: Any) -> Any:
    if get_origin(hint) is Literal:
        return choice_of(node, get_args(hint), key)
    if get_origin(hint) is tuple:
        return texts_of(node, key)
    if hint is not str:
        entries = mapping_of(node, f"`{key}`", f"write `{key}: {{zh: ..., ko: ...}}`")
        return {name: text_of(value, name) for name, value in entries.items()}
    return text_of(node, key, empty=key == "replace")


def _when(node: Node) -> When:
    if isinstance(node.value, str):
        if node.value != "damaged":
            raise RuleError(
                node.place,
                f"“{node.value}” is no condition",
                "write `when: damaged`, or a list of phrases, as in `when: [Alibaba]`",
            )
        return When(damaged=True)
    if isinstance(node.value, list):
        return When(document=texts_of(node, "when"))
    known_keys(node, ("document", "paragraph", "near"))
    near: tuple[str, ...] = ()
    words = When().words
    if "near" in node.value:
        inner = mapping_of(
            node.value["near"], "`near`", "write `near: {phrases: [...], words: 12}`"
        )
        known_keys(node.value["near"], ("phrases", "words"))
        if "phrases" not in inner:
            raise RuleError(
                node.value["near"].place, "the key `phrases` is missing", "say what must be near"
            )
        near = texts_of(inner["phrases"], "phrases")
        words = _number(inner["words"], "words") if "words" in inner else words
    document, paragraph = (
        texts_of(node.value[key], key) if key in node.value else ()
        for key in ("document", "paragraph")
    )
    if not (near or document or paragraph):
        raise RuleError(node.place, "`when` is empty", "list phrases, or leave the key out")
    return When(document=document, paragraph=paragraph, near=near, words=words)


def _example(node: Node) -> Example:
    given = mapping_of(
        node, "an example", "write `- before: ...` and `  after: ...`, or `- same: ...`"
    )
    known_keys(node, ("before", "after", "same", "reported"))
    texts = {key: text_of(value, key, empty=key == "after") for key, value in given.items()}
    match sorted(texts):
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
        f"an example cannot have {' and '.join(sorted(texts)) or 'no keys'}",
        "give `before` and `after`, or `same` alone, or `reported` alone",
    )


def _provenance(node: Node) -> Mapping[str, str]:
    if isinstance(node.value, str):
        return {"seen": text_of(node, "provenance")}
    entries = mapping_of(node, "`provenance`", "write where the form was seen")
    known_keys(node, ("seen", "date", "score", "why"))
    return {key: text_of(value, key) for key, value in entries.items()}


def suffixes(root: Node) -> frozenset[str]:
    """The words of a file of kind `boundaries`: what may follow a name after a hyphen."""
    top = mapping_of(root)
    known_keys(root, ("kind", "suffixes"))
    if "suffixes" not in top:
        raise RuleError(
            root.place,
            "the key `suffixes` is missing",
            "list the words, as in `suffixes: [led, based]`",
        )
    return frozenset(texts_of(top["suffixes"], "suffixes"))


def _number(node: Node, key: str) -> int:
    text = text_of(node, key)
    if not re.fullmatch("[0-9]{1,3}", text):
        raise RuleError(
            node.place,
            f"`{key}: {text}` is no number of words",
            "write a whole number from 0 to 999",
        )
    return int(text)
