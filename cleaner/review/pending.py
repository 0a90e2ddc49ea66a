"""How what is pending changes: after another search, and when forms of a group are decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cleaner.errors import RuleError
from cleaner.names.short_forms import behind_longer_names
from cleaner.names.suggestion import Group, Member
from cleaner.review.suggestions import GROUPS_LINE, PATH, parse, render
from cleaner.rules.marks import marked, under, without

_TOP = f"kind: suggestions{GROUPS_LINE}"
_EMPTY = "kind: suggestions\ngroups: []\n"


def merged(
    old: Sequence[Group], new: Sequence[Group], *, searched: Iterable[str] = ()
) -> tuple[Group, ...]:
    """Merge what is pending with what a new search found.

    Groups with the same id become one; what a person wrote into it by hand (canonical form,
    aliases, type) stays. For a file that was searched, only the new findings count. New groups
    come last, but a short form is behind the longer name that it is a part of.

    Args:
        old: the pending groups.
        new: the groups that the search found.
        searched: the files that the search read. Those it found something in may be left out.
    """
    files = set(searched)
    for group in new:
        files.update(place.file for place in group.places)
    found = {group.id: group for group in new}
    kept: list[Group] = []
    for group in old:
        joined = _joined(_without_files(group, files), found.pop(group.id, None))
        if joined.members:
            kept.append(joined)
    return tuple(behind_longer_names([*kept, *found.values()]))


def _joined(old: Group, new: Group | None) -> Group:
    """Return one group of two with the same id."""
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
        new.relation,
        old.canonical_count + new.canonical_count if old.members else new.canonical_count,
        (*old.canonical_places, *new.canonical_places) if old.members else new.canonical_places,
    )


def _without_files(group: Group, files: Collection[str]) -> Group:
    """Return a group without its places in these files.

    A member that was found only there is left out. A member without any place is kept.
    """
    members: list[Member] = []
    for member in group.members:
        places = tuple(place for place in member.places if place.file not in files)
        if member.places and not places:
            continue
        removed = len(member.places) - len(places)
        members.append(member._replace(count=max(0, member.count - removed), places=places))
    places = tuple(place for place in group.canonical_places if place.file not in files)
    removed = len(group.canonical_places) - len(places)
    return group._replace(
        members=tuple(members),
        canonical_count=max(0, group.canonical_count - removed),
        canonical_places=places,
    )


def without_forms(text: str, id_: str, forms: Collection[str], file: str = str(PATH)) -> str:
    """Return the text of a file without these forms of a group; every other line stays.

    A group that loses all its forms is deleted. A file whose lists are written in brackets cannot
    be changed line by line, so it is written again as a whole.

    Raises:
        RuleError: the text is not a file of suggestions.
    """
    found = _entry(text, id_)
    if found:
        start, end = found
        entry = _without_forms_of_one(f"{_TOP}{text[start:end]}", id_, forms)
        if entry is not None:
            return text[:start] + entry.removeprefix(_TOP) + text[end:]
    groups, search = parse(text.encode(), file)
    number = next((at for at, group in enumerate(groups) if group.id == id_), None)
    if number is None:
        return text
    group = groups[number]
    deleted = [at for at, member in enumerate(group.members) if member.form in forms]
    if not deleted:
        return text
    left = [member for member in group.members if member.form not in forms]
    root = marked(text, file)[1]
    if left:
        changed = without(text, under(root, "groups").value[number], "members", deleted)
    else:
        changed = without(text, root, "groups", [number])
    if changed is not None:
        return changed
    others = [*groups[:number], group._replace(members=tuple(left)), *groups[number + 1 :]]
    return render((other for other in others if other.members), search)


def _entry(text: str, id_: str) -> tuple[int, int] | None:
    """Return where the lines of a group begin and end in a file as `render` writes it.

    None if that cannot be told, or if it is the only group. Reading a file of some hundred groups
    as a whole takes half a second, and one group is quickly read.
    """
    if GROUPS_LINE not in text or text.count(f"\n- id: {id_}\n") != 1:
        return None
    start = text.index(f"\n- id: {id_}\n") + 1
    end = text.find("\n- ", start) + 1
    is_only = not end and "\n- " not in text[text.index(GROUPS_LINE) : start - 1]
    return None if is_only else (start, end or len(text))


def _without_forms_of_one(text: str, id_: str, forms: Collection[str]) -> str | None:
    """Return the text of a file of one group without these forms of it.

    None if the text holds anything else: then the lines are no entry of a list.
    """
    try:
        groups = parse(text.encode(), "").groups
    except RuleError:
        return None
    if [group.id for group in groups] != [id_]:
        return None
    members = groups[0].members
    deleted = [number for number, member in enumerate(members) if member.form in forms]
    root = marked(text, "")[1]
    if len(deleted) < len(members):
        return without(text, under(root, "groups").value[0], "members", deleted)
    left = without(text, root, "groups", [0])
    return None if left is None else left.replace(_EMPTY, _TOP, 1)
