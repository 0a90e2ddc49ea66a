"""`.cleaner/suggestions.yaml`: what was found and nobody has decided yet.

People read this file, compare it and edit it by hand.

    kind: suggestions
    search: {ignore: [names/places/*]}  # which rules it used, if the command line said so
    groups:
    - id: ma-yun                     # the argument of `cleaner accept` and `cleaner reject`
      relation: spelling             # what the forms are to the name; left out for a garble
      canonical: Ma Yun              # left out if it is not known
      canonical_count: 300           # how often it occurs itself; left out if it does not
      canonical_places: [...]        # where; like the places of a member
      type: person
      source: {zh: 马云, ko: 마윈}
      aliases: [Jack Ma]
      rivals: [Ma Yuan]              # other names that the forms may be just as well
      members:
      - form: Marwin
        count: 3                     # how often it occurs in the documents
        score: 0.93                  # how likely it is the name, from 0 to 1
        strong: true                 # beyond doubt
        why: Marwin <- 마윈 <- Ma Yun
        places:
        - at: "articles/ma.txt:3:12"
          context: Alibaba fell, and Marwin was silent.

A place also has `start`, the code point of `context` at which the form begins, unless that is
where the form occurs first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RuleError
from cleaner.names.suggestion import Group, Member, Place, Relation
from cleaner.review.entries import flow_mapping, read_bytes, top_of
from cleaner.rules.layers import display_path
from cleaner.rules.reader import CONTROL, Node
from cleaner.rules.shape import choice_of, items_of, known_keys, mapping_of, text_of, texts_of
from cleaner.rules.writer import flow, quoted, scalar

PATH = Path(".cleaner/suggestions.yaml")  # relative to the folder of the configuration
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AT = re.compile(r"(?P<file>.+):(?P<line>[1-9][0-9]{0,8}):(?P<column>[1-9][0-9]{0,8})", re.DOTALL)
TYPES = ("person", "organisation", "place", "term")
RELATIONS: tuple[Relation, ...] = ("garble", "spelling", "case")
GROUP_KEYS = (
    "id",
    "relation",
    "canonical",
    "canonical_count",
    "canonical_places",
    "type",
    "source",
    "aliases",
    "rivals",
    "members",
)
MEMBER_KEYS = ("form", "count", "score", "strong", "why", "places")
PLACE_KEYS = ("at", "context", "start", "member")
_NOT_YAML = re.compile("[\ud800-\udfff\ufffe\uffff]")  # YAML cannot hold these, even escaped
GROUPS_LINE = "\ngroups:\n"  # before the first group
_HEAD = """\
# What `cleaner suggest` found and nobody has decided yet. Go through it with `cleaner review`, or
# edit it here. You need not commit it: decisions are kept in the rules and in decisions.yaml.
kind: suggestions
"""


class RuleChoice(NamedTuple):
    """Which rules a search used, by the globs of --select and --ignore; without any, all of them.

    What another rule would have found is a suggestion then, so a trial leaves out the same rules.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def joined(self, other: RuleChoice) -> RuleChoice:
        """Return the choice of two searches together: what either left out is left out.

        If both name rules to use, those of either are used.
        """
        select = dict.fromkeys((*self.select, *other.select))
        ignore = dict.fromkeys((*self.ignore, *other.ignore))
        return RuleChoice(tuple(select), tuple(ignore))


ALL_RULES = RuleChoice()


class Kept(NamedTuple):
    """What a file of suggestions holds: the groups, and which rules the search used."""

    groups: tuple[Group, ...] = ()
    search: RuleChoice = ALL_RULES


# -- reading


def read_suggestions(path: Path) -> tuple[Group, ...]:
    """Read the groups of a file. There are none if there is no such file.

    Raises:
        RuleError: the file is not as the top of this module shows it.
        RefusedError: it cannot be read.
    """
    data = read_bytes(path)
    return () if data is None else parse_suggestions(data, display_path(path))


def read_search(path: Path) -> RuleChoice:
    """Return which rules the search used; see `read_suggestions`. The groups are not read."""
    data = read_bytes(path)
    if data is None:
        return ALL_RULES
    head, groups, rest = data.partition(GROUPS_LINE.encode())
    if groups and b"\nsearch:" not in rest:
        data = head + b"\ngroups: []\n"
    return parse(data, display_path(path)).search


def parse_suggestions(data: bytes, file: str) -> tuple[Group, ...]:
    """Return the groups in the bytes of a file; see `parse`."""
    return parse(data, file).groups


def parse(data: bytes, file: str) -> Kept:
    """Return what the bytes of a file hold. `file` is its name, for messages.

    Raises:
        RuleError: the bytes are not as the top of this module shows them.
    """
    top = top_of(data, file, "suggestions", "groups", ("search",))
    groups: dict[str, Group] = {}
    for node in items_of(top["groups"], "groups"):
        group = _group(node)
        if group.id in groups:
            what = f"the id `{group.id}` is used twice"
            raise RuleError(node.place, what, "give one of the two groups another id")
        groups[group.id] = group
    search = _rule_choice(top["search"]) if "search" in top else ALL_RULES
    return Kept(tuple(groups.values()), search)


def _rule_choice(node: Node) -> RuleChoice:
    given = mapping_of(node, "`search`", "write {ignore: [...]}")
    known_keys(node, RuleChoice._fields)
    return RuleChoice(**{key: texts_of(value, key) for key, value in given.items()})


def _group(node: Node) -> Group:
    given = mapping_of(node, "a group", "begin it with `- id: ...`")
    known_keys(node, GROUP_KEYS)
    _require(node, given, "id", "members")
    canonical = _name(given["canonical"], "canonical") if "canonical" in given else ""
    return Group(
        _group_id(given["id"]),
        canonical,
        _members(given["members"]),
        choice_of(given["type"], TYPES, "type") if "type" in given else "",
        _source(given["source"]) if "source" in given else {},
        texts_of(given["aliases"], "aliases") if "aliases" in given else (),
        texts_of(given["rivals"], "rivals") if "rivals" in given else (),
        choice_of(given["relation"], RELATIONS, "relation") if "relation" in given else "garble",
        _count(given, "canonical_count"),
        _places(given, "canonical_places", canonical),
    )


def _group_id(node: Node) -> str:
    id_ = text_of(node, "id")
    if not _ID.fullmatch(id_):
        remedy = "use lower-case letters, digits and single hyphens"
        raise RuleError(node.place, f"“{id_}” is not a valid id", remedy)
    return id_


def _source(node: Node) -> dict[str, str]:
    names = mapping_of(node, "`source`", "write {zh: ..., ko: ...}")
    return {key: text_of(value, key) for key, value in names.items()}


def _members(node: Node) -> tuple[Member, ...]:
    members: dict[str, Member] = {}
    for item in items_of(node, "members"):
        member = _member(item)
        if member.form in members:
            what = f"the form “{member.form}” is listed twice"
            raise RuleError(item.place, what, "keep one of the two")
        members[member.form] = member
    if not members:
        raise RuleError(node.place, "`members` is an empty list", "leave the whole group out")
    return tuple(members.values())


def _member(node: Node) -> Member:
    given = mapping_of(node, "a member", "begin it with `- form: ...`")
    known_keys(node, MEMBER_KEYS)
    _require(node, given, "form")
    form = _name(given["form"], "form")
    places = _places(given, "places", form)
    return Member(
        form,
        _count(given, "count", default=len(places)),
        _score(given["score"]) if "score" in given else 0.0,
        _is_true(given["strong"], "strong") if "strong" in given else False,
        text_of(given["why"], "why", empty=True) if "why" in given else "",
        places,
    )


def _places(given: Mapping[str, Node], key: str, form: str) -> tuple[Place, ...]:
    if key not in given:
        return ()
    return tuple(_place(item, form) for item in items_of(given[key], key))


def _place(node: Node, form: str) -> Place:
    remedy = 'write `- at: "file:line:column"`, and under it `context: ...`'
    given = mapping_of(node, "a place", remedy)
    known_keys(node, PLACE_KEYS)
    _require(node, given, "at", "context")
    at = text_of(given["at"], "at")
    found = _AT.fullmatch(at)
    if not found:
        raise RuleError(given["at"].place, f"“{at}” is not a place", 'write "file:line:column"')
    context = text_of(given["context"], "context", empty=True)
    start = _first_start(context, form)
    if "start" in given:
        start = _whole_number(given["start"], "start")
    member = text_of(given["member"], "member") if "member" in given else ""
    line, column = int(found["line"]), int(found["column"])
    return Place(found["file"], line, column, context, start, member)


def _first_start(context: str, form: str) -> int:
    """Return the code point at which a form first begins in its context; 0 if it is not there."""
    return max(0, context.find(form))


def _require(node: Node, given: Mapping[str, Node], *keys: str) -> None:
    """Check that a mapping has these keys."""
    for key in keys:
        if key not in given:
            remedy = "add it, or delete the entry"
            raise RuleError(node.place, f"the key `{key}` is missing", remedy)


def _name(node: Node, key: str) -> str:
    name = text_of(node, key)
    if name != name.strip():
        raise RuleError(node.place, f"“{name}” begins or ends with white space", "delete the space")
    return name


def _is_true(node: Node, key: str) -> bool:
    return choice_of(node, ("true", "false"), key) == "true"


def _count(given: Mapping[str, Node], key: str, *, default: int = 0) -> int:
    return _whole_number(given[key], key) if key in given else default


def _whole_number(node: Node, key: str) -> int:
    number = text_of(node, key)
    if not re.fullmatch("[0-9]{1,9}", number):
        what = f"`{key}: {number}` is not a whole number"
        raise RuleError(node.place, what, "write up to nine digits")
    return int(number)


def _score(node: Node) -> float:
    text = text_of(node, "score")
    try:
        score = float(text)
    except ValueError:
        score = math.nan
    if not 0 <= score <= 1:
        what = f"`score: {text}` is not a score"
        raise RuleError(node.place, what, "write a number from 0 to 1")
    return score


# -- writing


def render(groups: Iterable[Group], search: RuleChoice = ALL_RULES) -> str:
    """Return the text of a file of suggestions.

    What YAML cannot hold is written as U+FFFD: control characters of a context, and bytes in the
    name of a file that are not UTF-8. Everything else is read back as it was.
    """
    lines: list[str] = []
    for group in groups:
        lines += _group_lines(group)
    choice = [f"{key}: {flow(*globs)}" for key, globs in search._asdict().items() if globs]
    head = f"{_HEAD}search: {{{', '.join(choice)}}}\n" if choice else _HEAD
    return head + ("\n".join(["groups:", *lines, ""]) if lines else "groups: []\n")


def _group_lines(group: Group) -> Iterator[str]:
    yield f"- id: {group.id}"
    if group.relation != "garble":
        yield f"  relation: {group.relation}"
    if group.canonical:
        yield f"  canonical: {_safe_scalar(group.canonical)}"
    if group.canonical_count:
        yield f"  canonical_count: {group.canonical_count}"
    if group.canonical_places:
        yield "  canonical_places:"
        for line in _place_lines(group.canonical_places, group.canonical):
            yield f"  {line}"
    if group.type:
        yield f"  type: {group.type}"
    if group.source:
        yield f"  source: {flow_mapping(group.source)}"
    if group.aliases:
        yield f"  aliases: {flow(*group.aliases)}"
    if group.rivals:
        yield f"  rivals: {flow(*group.rivals)}"
    yield "  members:"
    for member in group.members:
        for line in _member_lines(member):
            yield f"  {line}"


def _member_lines(member: Member) -> Iterator[str]:
    yield f"- form: {_safe_scalar(member.form)}"
    yield f"  count: {member.count}"
    yield f"  score: {member.score!r}"
    if member.strong:
        yield "  strong: true"
    if member.why:
        yield f"  why: {_safe_scalar(member.why)}"
    if member.places:
        yield "  places:"
        for line in _place_lines(member.places, member.form):
            yield f"  {line}"


def _place_lines(places: Iterable[Place], form: str) -> Iterator[str]:
    for place in places:
        at = _without_control(f"{place.file}:{place.line}:{place.column}")
        yield f"- at: {quoted(at)}"
        yield f"  context: {_safe_scalar(place.context)}"
        if place.start != _first_start(place.context, form):
            yield f"  start: {place.start}"
        if place.member:
            yield f"  member: {_safe_scalar(place.member)}"


def _safe_scalar(text: str) -> str:
    return scalar(_without_control(text))


def _without_control(text: str) -> str:
    """Return a text with U+FFFD for each character that YAML cannot hold."""
    for pattern in (CONTROL, _NOT_YAML):
        text = pattern.sub("\N{REPLACEMENT CHARACTER}", text)
    return text
