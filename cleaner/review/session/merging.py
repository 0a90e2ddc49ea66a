"""What others decided meanwhile, merged into a review."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from cleaner.names.suggestion import Group
from cleaner.review.session.evidence import proposals
from cleaner.review.session.model import R, Status


def merged(review: R, pending: Collection[Group], fates: Mapping[str, Status | None]) -> R:
    """Return a review with the suggestions that are pending now.

    What is pending was not decided, whatever the review says. What is not pending any more was
    decided by somebody else, unless it was decided here.

    Args:
        review: the review.
        pending: the suggestions that nobody has decided.
        fates: what became of other groups of the review, by their ids; None if nobody knows.
    """
    now = {group.id: group for group in pending}
    statuses = dict(review.statuses)
    groups: list[Group] = []
    for group in review.groups:
        if group.id in now:
            groups.append(now.pop(group.id))
            if statuses.get(group.id) in ("accepted", "rejected"):
                del statuses[group.id]
        elif statuses.get(group.id) in ("accepted", "rejected"):
            groups.append(group)
        else:
            fate = fates.get(group.id)
            statuses.pop(group.id, None)
            if fate:
                groups.append(group)
                statuses[group.id] = fate
    groups += now.values()
    every = {group.id for group in groups}
    return replace(
        review,
        groups=tuple(groups),
        proposals=proposals(groups),
        choices={id_: one for id_, one in review.choices.items() if id_ in every},
        statuses={id_: one for id_, one in statuses.items() if id_ in every},
    )
