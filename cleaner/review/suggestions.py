"""`.cleaner/suggestions.yaml`: what was found and nobody has decided yet, to be read, compared and
edited by hand.

    kind: suggestions
    groups:
    - id: ma-yun                     # what `cleaner accept` and `cleaner reject` are given
      canonical: Ma Yun              # left out where a person has to type it
      type: person
      source: {zh: 马云, ko: 마윈}
      aliases: [Jack Ma]
      rivals: [Ma Yuan]              # other names that may be meant just as well
      members:
      - form: Marwin
        count: 3                     # how often it stands in the documents
        score: 0.93                  # how likely it is the name, from 0 to 1
        strong: true                 # beyond doubt
        why: Marwin <- 마윈 <- Ma Yun
        places:
        - at: "articles/ma.txt:3:12"
          context: Alibaba fell, and Marwin was silent.

A place has `start`, the code point of `context` at which the form begins, where that is not the
first time it occurs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from cleaner.errors import RuleError
from cleaner.names.suggestion import Group, Member, Place
from cleaner.review.entries import contents, entries
from cleaner.rules.layers import display_path
from cleaner.rules.marks import marked, under, without
from cleaner.rules.reader import CONTROL, Node
from cleaner.rules.shape import choice_of, items_of, known_keys, mapping_of, text_of, texts_of
from cleaner.rules.writer import flow, quoted, scalar

PATH = Path(".cleaner/suggestions.yaml")  # seen from the folder of the configuration
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AT = re.compile(r"(?P<file>.+):(?P<line>[1-9][0-9]{0,8}):(?P<column>[1-9][0-9]{0,8})", re.DOTALL)
_LOST = re.compile("[\ud800-\udfff\ufffe\uffff]")  # what no YAML can hold
_HEAD = """\
# What `cleaner suggest` found and nobody has decided yet: go through it with `cleaner review`, or
# edit it here. No need to commit it: what was decided stands in the rules and in decisions.yaml.
kind: suggestions
"""


def read_suggestions(path: Path) -> tuple[Group, ...]:
    """The groups of a file; none if there is no such file.

    Raises:
        RuleError: it is not as the top of this page shows it.
        RefusedError: it cannot be read.
    """
    data = contents(path)
    return () if data is None else parse_suggestions(data, display_path(path))


def parse_suggestions(data: bytes, file: str) -> tuple[Group, ...]:
    """The groups in the bytes of a file of that name.

    Raises:
        RuleError: see `read_suggestions`.
    """
    groups: dict[str, Group] = {}
    for node in entries(data, file, "suggestions", "groups"):
        group = _group(node)
        if group.id in groups:
            raise RuleError(
                node.place, f"id `{group.id}` stands here twice", "give one of the two another id"
            )
        groups[group.id] = group
    return tuple(groups.values())


def _group(node: Node) -> Group:
    given = mapping_of(node, "a group", "begin it with `- id: ...`")
    known_keys(node, ("id", "canonical", "type", "source", "aliases", "rivals", "members"))
    _needs(node, given, "id", "members")
    id_ = text_of(given["id"], "id")
    if not _ID.fullmatch(id_):
        raise RuleError(
            given["id"].place, f"“{id_}” is no id", "use small letters, digits and single hyphens"
        )
    source = (
        mapping_of(given["source"], "`source`", "write {zh: ..., ko: ...}")
        if "source" in given
        else {}
    )
    members: dict[str, Member] = {}
    for item in items_of(given["members"], "members"):
        member = _member(item)
        if member.form in members:
            raise RuleError(
                item.place, f"the form “{member.form}” stands here twice", "keep one of the two"
            )
        members[member.form] = member
    if not members:
        raise RuleError(
            given["members"].place, "`members` is an empty list", "leave the whole group out"
        )
    return Group(
        id_,
        _name(given["canonical"], "canonical") if "canonical" in given else "",
        tuple(members.values()),
        choice_of(given["type"], ("person", "organisation", "place", "term"), "type")
        if "type" in given
        else "",
        {key: text_of(value, key) for key, value in source.items()},
        *(texts_of(given[key], key) if key in given else () for key in ("aliases", "rivals")),
    )


def _member(node: Node) -> Member:
    given = mapping_of(node, "a member", "begin it with `- form: ...`")
    known_keys(node, ("form", "count", "score", "strong", "why", "places"))
    _needs(node, given, "form")
    form = _name(given["form"], "form")
    places = (
        tuple(_place(item, form) for item in items_of(given["places"], "places"))
        if "places" in given
        else ()
    )
    return Member(
        form,
        _whole(given["count"], "count") if "count" in given else len(places),
        _score(given["score"]) if "score" in given else 0.0,
        "strong" in given and choice_of(given["strong"], ("true", "false"), "strong") == "true",
        text_of(given["why"], "why", empty=True) if "why" in given else "",
        places,
    )


def _place(node: Node, form: str) -> Place:
    given = mapping_of(
        node, "a place", 'write `- at: "file:line:column"`, and under it `context: ...`'
    )
    known_keys(node, ("at", "context", "start"))
    _needs(node, given, "at", "context")
    found = _AT.fullmatch(text_of(given["at"], "at"))
    if not found:
        raise RuleError(
            given["at"].place, f"“{given['at'].value}” is no place", 'write "file:line:column"'
        )
    context = text_of(given["context"], "context", empty=True)
    start = _whole(given["start"], "start") if "start" in given else max(0, context.find(form))
    return Place(found["file"], int(found["line"]), int(found["column"]), context, start)


def _needs(node: Node, given: Mapping[str, Node], *keys: str) -> None:
    for key in keys:
        if key not in given:
            raise RuleError(
                node.place, f"the key `{key}` is missing", "write it, or take the entry out"
            )


def _name(node: Node, key: str) -> str:
    if (name := text_of(node, key)) != name.strip():
        raise RuleError(node.place, f"“{name}” begins or ends with white space", "leave it out")
    return name


def _whole(node: Node, key: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", number := text_of(node, key)):
        raise RuleError(node.place, f"`{key}: {number}` is no whole number", "write digits only")
    return int(number)


def _score(node: Node) -> float:
    try:
        score = float(text := text_of(node, "score"))
    except ValueError:
        score = math.nan
    if not 0 <= score <= 1:
        raise RuleError(node.place, f"`score: {text}` is no score", "write a number from 0 to 1")
    return score


def written(groups: Iterable[Group]) -> str:
    """The text of a file of suggestions. What YAML cannot hold (control characters of a context,
    bytes in the name of a file that are no UTF-8) is written as U+FFFD; everything else comes back
    from `parsed` as it was.
    """
    lines = [line for group in groups for line in _lines(group)]
    return _HEAD + ("\n".join(["groups:", *lines, ""]) if lines else "groups: []\n")


def _lines(group: Group) -> Iterator[str]:
    yield f"- id: {group.id}"
    if group.canonical:
        yield f"  canonical: {_safe(group.canonical)}"
    if group.type:
        yield f"  type: {group.type}"
    if group.source:
        pairs = (
            f"{scalar(key, flow=True)}: {scalar(value, flow=True)}"
            for key, value in group.source.items()
        )
        yield f"  source: {{{', '.join(pairs)}}}"
    for key, names in (("aliases", group.aliases), ("rivals", group.rivals)):
        if names:
            yield f"  {key}: {flow(*names)}"
    yield "  members:"
    for form, count, score, strong, why, places in group.members:
        yield f"  - form: {_safe(form)}"
        yield f"    count: {count}"
        yield f"    score: {score!r}"
        if strong:
            yield "    strong: true"
        if why:
            yield f"    why: {_safe(why)}"
        if places:
            yield "    places:"
        for place in places:
            yield f"    - at: {quoted(_kept(f'{place.file}:{place.line}:{place.column}'))}"
            yield f"      context: {_safe(place.context)}"
            if place.start != max(0, place.context.find(form)):
                yield f"      start: {place.start}"


def _safe(text: str) -> str:
    return scalar(_kept(text))


def _kept(text: str) -> str:
    return _LOST.sub("\N{REPLACEMENT CHARACTER}", CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))


def merged(
    old: Sequence[Group], new: Sequence[Group], *, searched: Iterable[str] = ()
) -> tuple[Group, ...]:
    """What was waiting, and what a new search found; `searched` are the files that it read, as far as
    it found nothing.

    A group is known by its id: what a person has written into it by hand (canonical form, aliases,
    type) stays. Of the files that were read, only what the new search found counts; the rest of
    what was waiting is kept. New groups come last.
    """
    now = {
        *searched,
        *(place.file for group in new for member in group.members for place in member.places),
    }
    found = {group.id: group for group in new}
    waiting = [_joined(_elsewhere(group, now), found.pop(group.id, None)) for group in old]
    return (*(group for group in waiting if group.members), *found.values())


def _joined(old: Group, new: Group | None) -> Group:
    if new is None:
        return old
    members = {member.form: member for member in old.members}
    for member in new.members:
        before = members.get(member.form, Member("", 0))
        places = (*before.places, *member.places)
        members[member.form] = member._replace(count=before.count + member.count, places=places)
    return Group(
        old.id,
        old.canonical or new.canonical,
        tuple(members.values()),
        old.type or new.type,
        {**new.source, **old.source},
        old.aliases or new.aliases,
        new.rivals,
    )


def _elsewhere(group: Group, searched: Collection[str]) -> Group:
    """The group without what it says of these files; a member that stood only there is gone."""
    members = []
    for member in group.members:
        places = tuple(place for place in member.places if place.file not in searched)
        if places or not member.places:
            gone = len(member.places) - len(places)
            members.append(member._replace(count=max(0, member.count - gone), places=places))
    return group._replace(members=tuple(members))


def settled(text: str, done: Mapping[str, Collection[str]], file: str = str(PATH)) -> str:
    """The text of a file without what was decided: by the id of a group, its forms. Every other
    line stays.

    Raises:
        RuleError: the text is no file of suggestions.
    """
    groups = parse_suggestions(text.encode(), file)
    left = [
        group._replace(
            members=tuple(
                member for member in group.members if member.form not in done.get(group.id, ())
            )
        )
        for group in groups
    ]
    out: str | None = text
    for number in reversed(range(len(groups))):
        gone = [
            at
            for at, member in enumerate(groups[number].members)
            if member not in left[number].members
        ]
        if not gone or out is None:
            continue
        root = marked(out, file)[1]
        if left[number].members:
            out = without(out, under(root, "groups").value[number], "members", gone)
        else:
            out = without(out, root, "groups", [number])
    return written(group for group in left if group.members) if out is None else out
