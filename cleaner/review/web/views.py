"""What the page is told: the review and its documents as plain data for JSON.

Every text that the page shows is made visible here: no control, direction or invisible character of
a file reaches it. The page names forms and places by their numbers, never by their texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Any, NamedTuple

from cleaner.engine.findings import Finding, Result
from cleaner.names.suggestion import Group, Place
from cleaner.review.lookups import Lookup, of_finding
from cleaner.review.session.actions import names_to_offer
from cleaner.review.session.effects import Choices
from cleaner.review.session.model import Review, Status
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.layout import Block
from cleaner.text.literals import Literals, table
from cleaner.text.visible import visible

Plain = dict[str, Any]
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?:\s|$)")
_LONGEST_TITLE = 80  # code points
MOST_CODE_POINTS = 200_000  # of a document that are sent at once


class Report(NamedTuple):
    """Something to look up in the source, and whether that was done."""

    lookup: Lookup
    done: bool

    @property
    def id(self) -> str:
        """A short name of the report."""
        return report_id(self.lookup)


def report_id(lookup: Lookup) -> str:
    """Return a short name of what has to be looked up."""
    key = "\0".join(lookup.key).encode("utf-8", "replace")
    return blake2b(key, digest_size=8).hexdigest()


def to_look_up(name: str, cleaned: Result) -> list[Lookup]:
    """Return what a document says that has to be looked up; its fixes may cover some of it up."""
    found = [one for one in cleaned.findings if _is_report(one)]
    return [of_finding(visible(name), cleaned.document, one) for one in found]


def _is_report(finding: Finding) -> bool:
    if finding.comment or finding.span.start == finding.span.end:
        return False
    return finding.level == "report" or finding.before == finding.after


class Sheet(NamedTuple):
    """The documents of a review and its reports, as far as every view needs them.

    Attributes:
        names: the names of the documents, in order; the index of a document is its id.
        reports: what to look up in the source.
    """

    names: Sequence[str]
    reports: Sequence[Report]


def state(review: Review, sheet: Sheet, group_view: Callable[[Review, Group], Plain]) -> Plain:
    """Return the whole review, without what the server adds (its revision and its folder)."""
    accepted, rejected = review.count("accepted"), review.count("rejected")
    return {
        "filter": visible(review.filter),
        "progress": {
            "decided": accepted + rejected,
            "total": len(review.groups),
            "accepted": accepted,
            "rejected": rejected,
            "skipped": review.count("skipped"),
        },
        "can_undo": visible(review.history[-1].title) if review.history else "",
        "can_redo": visible(review.undone[-1].title) if review.undone else "",
        "documents": _documents(review, sheet),
        "groups": [group_view(review, group) for group in review.groups],
        "reports": _reports(sheet),
        "message": {"text": visible(review.message.text), "bad": review.message.bad},
    }


def _documents(review: Review, sheet: Sheet) -> list[Plain]:
    """Return the documents, each with how many names in it are decided and how many are not."""
    left: dict[str, int] = dict.fromkeys(sheet.names, 0)
    decided = dict(left)
    for group in review.groups:
        counts = decided if group.id in review.statuses else left
        for name in {place.file for member in group.members for place in member.places}:
            counts[name] = counts.get(name, 0) + 1
    number_of: dict[str, int] = {}
    for report in sheet.reports:
        number_of[report.lookup.file] = number_of.get(report.lookup.file, 0) + (not report.done)
    listed: list[Plain] = []
    shown_names = {name: visible(name) for name in sheet.names}
    for id_, name in enumerate(sheet.names):
        listed.append(
            {
                "id": id_,
                "name": shown_names[name],
                "open": left[name],
                "decided": decided[name],
                "to_look_up": number_of.get(shown_names[name], 0),
            }
        )
    return listed


def _reports(sheet: Sheet) -> list[Plain]:
    ids = {visible(name): id_ for id_, name in enumerate(sheet.names)}
    return [_report(report, ids.get(report.lookup.file)) for report in sheet.reports]


def _report(report: Report, document: int | None) -> Plain:
    return {
        "id": report.id,
        "document": document,
        "file": visible(report.lookup.file),
        "place": visible(report.lookup.place),
        "rule": visible(report.lookup.rule),
        "text": visible(report.lookup.text),
        "message": visible(report.lookup.message),
        "done": report.done,
    }


def group(review: Review, group: Group, documents: Mapping[str, int]) -> Plain:
    """Return a group as it was chosen. `documents` are the ids of documents by their names."""
    choices = review.chosen(group)
    named = review.as_named(group)
    forms: list[Plain] = []
    for member in named.members:
        forms.append(
            {
                "form": visible(member.form),
                "count": member.count,
                "score": min(round(member.score * 100), 99),  # only “sure” is more
                "sure": member.strong,
                "why": visible(member.reason(choices.canonical)),
                "in": member.form not in choices.dropped,
                "places": [_place(place, choices, documents) for place in member.places],
            }
        )
    return {
        "id": group.id,
        "title": visible(choices.canonical or " / ".join(m.form for m in named.members[:2])),
        "canonical": visible(choices.canonical),
        "status": review.statuses.get(group.id, ""),
        "type": group.type,
        "zh": visible(group.source.get("zh", "")),
        "ko": visible(group.source.get("ko", "")),
        "role": "",
        "aliases": [visible(alias) for alias in group.aliases],
        "rivals": [visible(rival) for rival in group.rivals],
        "relation": group.relation,
        "canonical_count": named.canonical_count,
        "sure": named.strong,
        "count": named.count,
        "forms": forms,
        "level": choices.level,
        "when": [visible(phrase) for phrase in choices.when],
        "proposed_when": [visible(phrase) for phrase in review.proposals.get(group.id, ())],
        "everywhere": choices.everywhere,
        "proposals": [visible(name) for name in names_to_offer(group)],
    }


def _place(place: Place, choices: Choices, documents: Mapping[str, int]) -> Plain:
    return {
        "document": documents[place.file],
        "line": place.line,
        "column": place.column,
        "context": visible(place.context),
        "start": len(visible(place.context[: place.start])),
        "kept": place in choices.same,
    }


# -- a document


class _Mark(NamedTuple):
    """A span of a document with what the page is told about it. Lower ranks win."""

    span: Span
    rank: int
    facts: Plain


class Finder:
    """Finds the forms of a review in documents."""

    def __init__(self, review: Review) -> None:
        owners: dict[str, list[tuple[str, int]]] = {}
        for group in review.groups:
            for number, member in enumerate(review.as_named(group).members):
                owners.setdefault(member.form, []).append((group.id, number))
        self._owners = owners
        self._literals = Literals(table(owners))

    def find(self, text: str) -> Iterator[tuple[Span, str, int]]:
        """Yield where forms are, each with the id of its group and its number in that."""
        for form, spans in self._literals.find(text).items():
            for group, number in self._owners.get(str(form), ()):
                for span in spans:
                    yield span, group, number


def document(
    review: Review, finder: Finder, name: str, read: Document, cleaned: Result | None
) -> Iterator[Plain]:
    """Yield the blocks of a document.

    Args:
        review: the review.
        finder: finds the forms of the review.
        name: its name.
        read: the document.
        cleaned: what the rules find in it; None if it could not be cleaned.
    """
    marks = _without_overlaps(_marks(review, finder, name, read, cleaned))
    at = 0
    for block in read.blocks():
        while at < len(marks) and marks[at].span.end <= block.span.start:
            at += 1
        inside: list[_Mark] = []
        while at < len(marks) and marks[at].span.start < block.span.end:
            inside.append(marks[at])
            at += 1
        there = read.location(block.span.start)
        yield {
            "kind": _kind(block, read.text),
            "level": None,
            "line": there.line,
            "member": visible(there.member),
            "label": visible(there.label),
            "parts": list(_parts(read.text, block.span, inside)),
        }


def members(read: Document) -> list[Plain]:
    """Return the parts of a container, such as the chapters of a book: the number of the first
    block of each, and its first headline, or else its name.
    """
    if not read.is_container:
        return []
    found: dict[str, Plain] = {}
    for number, block in enumerate(read.blocks()):
        name = read.location(block.span.start).member
        if name and name not in found:
            found[name] = {"block": number, "name": visible(name), "title": visible(name)}
        is_headline = _kind(block, read.text) in ("headline", "title")
        if name and is_headline and "named" not in found[name]:
            words = " ".join(block.span.of(read.text).split())
            found[name] |= {"title": visible(words[:_LONGEST_TITLE]), "named": True}
    return [{key: part[key] for key in ("block", "name", "title")} for part in found.values()]


def _kind(block: Block, text: str) -> str:
    """Return what a block is shown as.

    In plain text, headlines are a guess that rules can live with. A line of dialogue in large
    letters would look broken, so nothing with a whole sentence in it is shown as a headline.
    """
    is_sentence = block.kind == "headline" and _SENTENCE_END.search(block.span.of(text))
    return "paragraph" if is_sentence else block.kind


def _marks(
    review: Review, finder: Finder, name: str, read: Document, cleaned: Result | None
) -> Iterator[_Mark]:
    groups = {group.id: group for group in review.groups}
    findings = cleaned.findings if cleaned else ()
    fixes = _Nearby([one for one in findings if one.level == "fix" and one.before != one.after])
    for span, id_, number in finder.find(read.text):
        if not any(one.span.covers(span) and one.span != span for one in fixes.near(span)):
            yield _form_mark(review, name, read, span, groups[id_], number)
    reports = _Nearby([finding for finding in findings if _is_report(finding)])
    told = set(reports.findings)
    for finding in findings:
        if finding.comment or finding.span.start == finding.span.end:
            continue
        facts: Plain = {"rule": visible(finding.label), "level": finding.level}
        if finding in told:
            facts |= {"message": visible(finding.message), "state": "report"}
            facts["report"] = report_id(of_finding(visible(name), read, finding))
            yield _Mark(finding.span, 4, facts)
        elif finding.level == "suggest":
            facts |= {"message": visible(finding.message), "state": "suggested"}
            yield _Mark(finding.span, 3, {**facts, "instead": visible(finding.after)})
        else:
            facts |= {"after": visible(finding.after), "state": "rule"}
            yield _Mark(finding.span, 2, facts | _covered_up(name, read, finding, reports))


class _Nearby:
    """Findings in the order of the text, of which those near a place are found quickly.

    Args:
        findings: in the order of their spans.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        self._starts = [finding.span.start for finding in findings]
        self._farthest = list(accumulate((finding.span.end for finding in findings), max))

    def near(self, span: Span) -> Sequence[Finding]:
        """Return at least the findings that touch a span."""
        first = bisect_left(self._farthest, span.start)
        return self.findings[first : bisect_right(self._starts, span.end)]


def _covered_up(name: str, read: Document, fix: Finding, reports: _Nearby) -> Plain:
    """Return what a fix covers up that has to be looked up; nothing if it covers nothing up."""
    for report in reports.near(fix.span):
        if report.span.overlaps(fix.span):
            lookup = of_finding(visible(name), read, report)
            return {"message": visible(report.message), "report": report_id(lookup)}
    return {}


def _form_mark(
    review: Review, name: str, read: Document, span: Span, group: Group, number: int
) -> _Mark:
    choices = review.chosen(group)
    member = review.as_named(group).members[number]
    there = read.location(span.start)
    here = (name, there.line, there.column, there.member)
    place = None
    for index, one in enumerate(member.places):
        if _where(one) == here:
            place = index
    is_kept = any(_where(one) == here for one in choices.same)
    status: Status | None = review.statuses.get(group.id)
    facts: Plain = {
        "group": group.id,
        "form": number,
        "place": place,
        "after": visible(choices.canonical),
        "state": _state(choices, member.form, status, is_kept=is_kept),
        "column": there.column,
        "line": there.line,
        "acts": acts_in(choices, read.text),
    }
    return _Mark(span, 0 if status is None else 1, facts)


def _where(place: Place) -> tuple[str, int, int, str]:
    return place.file, place.line, place.column, place.member


def _state(choices: Choices, form: str, status: Status | None, *, is_kept: bool) -> str:
    if form in choices.dropped:
        return "dropped"
    if is_kept:
        return "kept"
    return status or "open"


def acts_in(choices: Choices, text: str) -> bool:
    """Return whether a text has the evidence that a rule needs."""
    return choices.everywhere or any(phrase in text for phrase in choices.when)


def _without_overlaps(marks: Iterable[_Mark]) -> list[_Mark]:
    """Return marks in the order of the text. Of two that overlap, the one of lower rank stays, or
    the longer one.
    """
    wanted = sorted(marks, key=lambda mark: (mark.rank, mark.span.start - mark.span.end))
    kept: list[_Mark] = []
    taken: set[int] = set()
    for mark in wanted:
        points = range(mark.span.start, mark.span.end)
        if taken.isdisjoint(points):
            taken.update(points)
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.span)


def _parts(text: str, block: Span, marks: Iterable[_Mark]) -> Iterator[Plain]:
    at = block.start
    for mark in marks:
        start, end = max(mark.span.start, at), min(mark.span.end, block.end)
        if at < start:
            yield {"text": visible_lines(text[at:start])}
        if start < end:
            yield {"text": visible_lines(text[start:end]), **mark.facts}
            at = end
    if at < block.end:
        yield {"text": visible_lines(text[at : block.end])}


def visible_lines(text: str) -> str:
    """Return a text as `visible` does, with its line ends as they are for a reader.

    >>> visible_lines("One\\r\\ntwo\\x1b")
    'One\\ntwo<U+001B>'
    """
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(visible(line) for line in ends.split("\n"))


def page_of(blocks: Iterable[Plain], first: int) -> tuple[list[Plain], int | None]:
    """Return as many blocks as are sent at once, and the number of the next one, if there is one.

    Args:
        blocks: all blocks of a document.
        first: the number of the first one to send.
    """
    sent: list[Plain] = []
    size = 0
    for number, block in enumerate(blocks):
        if number < first:
            continue
        if sent and size > MOST_CODE_POINTS:
            return sent, number
        sent.append(block)
        size += sum(len(part["text"]) for part in block["parts"])
    return sent, None


def known_phrases(review: Review, group: Group) -> dict[str, str]:
    """Return the phrases that the page may send back, by how it shows them."""
    phrases = (*review.chosen(group).when, *review.proposals.get(group.id, ()))
    return {visible(phrase): phrase for phrase in phrases}


def spans_of(text: str, form: str) -> Sequence[Span]:
    """Return where a form is in a text."""
    return Literals(table([form])).find(text).get(form, ())
