"""Groups: from single forms to what a person decides about.

Forms that may be one known name make a group. Spellings of a name that no gazetteer has are grouped
in `cleaner.names.variants`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cleaner.names.match import Candidate
from cleaner.names.name import Name
from cleaner.names.records import FormRecord
from cleaner.names.suggestion import Group, Member, slug

Records = Mapping[str, FormRecord]  # by form

MAX_RIVALS = 3  # other names that are shown with a group
RIVAL_SHARE = 0.3  # of the score of the best name, from which on another name is a rival
_RULE_TYPES = ("person", "organisation", "place")  # a gazetteer knows more kinds of names


@dataclass
class _NamedGroup:
    """The forms whose best candidate is one name, and the other names they may be."""

    members: list[tuple[str, Candidate]] = field(default_factory=list)
    rival_scores: dict[str, float] = field(default_factory=dict)


def group_by_name(records: Records, score_cutoff: float | None = None) -> list[Group]:
    """Return a group for each name that is the best candidate of some form.

    A form whose best candidate has no canonical form makes a group of its own.

    Args:
        records: forms with at least one candidate each.
        score_cutoff: the lowest score, from 0 to 1, of a form; None to take every form.
    """
    groups: dict[tuple[str, str], _NamedGroup] = {}
    for form, record in records.items():
        best, *others = record.candidates.values()
        if score_cutoff is not None and best.score < score_cutoff:
            continue
        key = (best.canonical, "" if best.canonical else form)
        group = groups.setdefault(key, _NamedGroup())
        group.members.append((form, best))
        for other in others:
            if other.score >= RIVAL_SHARE * best.score:
                group.rival_scores[other.canonical] = other.score
    return [_group(group, records) for group in groups.values()]


def _group(group: _NamedGroup, records: Records) -> Group:
    first_form, first = group.members[0]
    members = [_member(form, candidate, records[form]) for form, candidate in group.members]
    members.sort(key=lambda member: (-member.score, -member.count, member.form))
    rivals = sorted(group.rival_scores, key=lambda rival: -group.rival_scores[rival])
    name = first.name
    return Group(
        id=slug(first.canonical or first_form),
        canonical=first.canonical,
        members=tuple(members),
        type=name.kind if name.kind in _RULE_TYPES else "",
        source=_source(name),
        aliases=name.aliases,
        rivals=tuple(rivals[:MAX_RIVALS]),
    )


def _member(form: str, candidate: Candidate, record: FormRecord) -> Member:
    return Member(
        form,
        record.count,
        candidate.score,
        candidate.strong,
        candidate.why,
        tuple(record.places),
    )


def _source(name: Name) -> dict[str, str]:
    """Return a name in the scripts in which it is known."""
    usual_hangul = name.hangul[0] if name.hangul else ""
    scripts = {"zh": name.hanzi, "ko": usual_hangul}
    return {script: text for script, text in scripts.items() if text}


def with_unique_ids(groups: Iterable[Group]) -> Iterator[Group]:
    """Yield groups with a number after an id that an earlier group has too."""
    taken: set[str] = set()
    for group in groups:
        unique, number = group.id, 2
        while unique in taken:
            unique = f"{group.id}-{number}"
            number += 1
        taken.add(unique)
        yield group._replace(id=unique)
