"""From documents to suggestions: which forms in them are spellings of one name, and which may be
names that are known.

Spellings of one name are compared with one another, whatever the name. Known names are looked for
page by page (see `pages`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from cleaner import formats
from cleaner.errors import UsageError
from cleaner.fixers import kinds
from cleaner.names.gazetteer import right_names
from cleaner.names.groups import group_by_name, with_unique_ids
from cleaner.names.mentions import Mention, find_mentions, find_right_forms
from cleaner.names.name import Name
from cleaner.names.name_list import NameList
from cleaner.names.pages import Choices, Found, Judge, Links, Page, precedence
from cleaner.names.pivot.detect import pivot_of
from cleaner.names.pivot.tables import NO_PIVOT
from cleaner.names.records import MAX_PLACES, FormRecord, Places
from cleaner.names.right import RightForms
from cleaner.names.runs import find_runs
from cleaner.names.short_forms import behind_longer_names
from cleaner.names.suggestion import Group, Member, Place
from cleaner.names.variants import Sightings, find_variants
from cleaner.rules import layers, loader
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.literals import Literals, table


def _nothing_known(_: str) -> bool:
    return False


def _nothing_held(_form: str, _canonical: str) -> bool:
    return False


def suggest(
    documents: Iterable[tuple[str, str]],
    names: Sequence[Name] | None = None,
    *,
    pivot: str = "auto",
    known: Callable[[str], bool] = _nothing_known,
    held: Callable[[str, str], bool] = _nothing_held,
    score_cutoff: float | None = None,
) -> list[Group]:
    """Return groups of forms that may be one name.

    Spellings of one name come first, then the forms of known names, the surest and likeliest
    first. No text is changed.

    Args:
        documents: the name of each file, whose suffix tells the format, and its text.
        names: the right names; by default those of the bundled gazetteer and the bundled rules.
        pivot: the language in between; `auto` looks for its traces in each document.
        known: whether a form is settled, for instance because a rule has it as a variant.
        held: whether a person has rejected a form (the first argument) for a name (the second).
        score_cutoff: the lowest score, from 0 to 1, of a form; by default the tables decide.

    Raises:
        UsageError: `documents` is a text.

    >>> page = "Taobao belongs to Ma Yun. Its founder Marwin was silent. [AP=연합뉴스]"
    >>> [group] = suggest([("page.txt", page)], [Name("Ma Yun"), Name("Taobao")])
    >>> group.canonical, [(member.form, member.count) for member in group.members]
    ('Ma Yun', [('Marwin', 1)])
    """
    given: object = documents
    if isinstance(given, str):
        raise UsageError("`suggest` takes pairs: the name of a file and its text")
    if names is None:
        right = right_names(loader.load([layers.bundled()], kinds()))
        finder = Finder(right.names, right.listed, known=known, held=held)
    else:
        listed = {name.canonical for name in names}
        finder = Finder(names, listed, known=known, held=held)
    for name, text in documents:
        finder.add(name, formats.for_name(name).read(text), pivot)
    return finder.groups(score_cutoff)


@dataclass
class Finder:
    """Looks at documents one by one and finds the forms that may be garbled names.

    Attributes:
        names: the right names.
        listed: the canonical forms of those that the user has listed or has a rule for.
        known: whether a form is settled.
        held: whether a person has rejected a form for a name.
        settled_phrases: variants of rules that are more than the words of a name, as in
            “Lee Sun-il (二選一)”. Forms inside of them are settled there.
    """

    names: Sequence[Name]
    listed: Collection[str] = frozenset()
    known: Callable[[str], bool] = _nothing_known
    held: Callable[[str, str], bool] = _nothing_held
    settled_phrases: Collection[str] = ()
    _list: NameList = field(init=False)
    _pages: list[Page] = field(default_factory=list)
    _sightings: Sightings = field(default_factory=Sightings)
    _kept_places: dict[str, int] = field(default_factory=dict)  # how many, by form
    _held_pairs: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._list = NameList.of(self.names)

    @property
    def held_back(self) -> int:
        """How many pairs of a form and a name were left out because a person rejected them."""
        return len(self._held_pairs)

    @property
    def without_pivot(self) -> int:
        """How many documents with forms to compare came through no known pivot."""
        return sum(page.pivot == NO_PIVOT and bool(page.found) for page in self._pages)

    def add(self, file: str, document: Document, pivot: str) -> None:
        """Take the forms of one document.

        Args:
            file: the name of the document, for the places of its forms.
            document: the document.
            pivot: the language it came through, `none`, or `auto` to find out.
        """
        runs = list(find_runs(document))
        self._sightings.add(file, document, runs)
        places = Places(file, document)
        found = []
        text = document.text
        settled = self._settled_spans(text)
        for mention in find_mentions(document, runs, known=self._is_settled):
            open_ = mention.outside(settled)
            if open_:
                found.append(Found(open_, self._first_places(open_, places)))
        pivot = pivot_of(text) if pivot == "auto" else pivot
        right = find_right_forms(document, runs, self._right.__contains__)
        self._pages.append(Page(text, pivot, tuple(found), self._right.names_of(right)))

    def groups(self, score_cutoff: float | None = None) -> list[Group]:
        """Return what was found so far.

        Spellings of one name come first, then the forms of known names, the surest and likeliest
        first. A short form is behind the longer name that it is a part of.

        Args:
            score_cutoff: the lowest score, from 0 to 1, of a form.
        """
        suspects = self._suspects()
        spellings = list(_divided(self._spellings(), suspects))
        garbles = group_by_name(suspects)
        garbles.sort(key=lambda group: (not group.strong, -group.score, group.id))
        wanted = _above([*spellings, *garbles], score_cutoff)
        return behind_longer_names(with_unique_ids(wanted))

    # What is right

    @cached_property
    def _right(self) -> RightForms:
        return RightForms(self._list)

    @cached_property
    def _listed_forms(self) -> frozenset[str]:
        """The right forms of the names that the user has listed or has a rule for."""
        forms: set[str] = set()
        for name in self._list.called(self.listed):
            forms.update(name.right)
        return frozenset(forms)

    @cached_property
    def _phrases(self) -> Literals:
        return Literals(table(self.settled_phrases, ()))

    def _settled_spans(self, text: str) -> Sequence[Span]:
        """Return where rules already act on more than the words of a name."""
        if not self.settled_phrases:
            return ()
        return [span for spans in self._phrases.find(text).values() for span in spans]

    def _is_settled(self, form: str) -> bool:
        """Return whether there is nothing to say about a form.

        It is a right name, or settled otherwise.
        """
        return self.known(form) or form in self._right or form.removesuffix("s") in self._right

    def _is_held(self, form: str, canonical: str) -> bool:
        """Return whether a person has rejected a form for a name, and remember the pair if so."""
        if not self.held(form, canonical):
            return False
        self._held_pairs.add((form, canonical))
        return True

    # What is found

    def _first_places(self, mention: Mention, places: Places) -> tuple[Place, ...]:
        """Return the places of the first spans of a mention, while there is room for its form."""
        kept = self._kept_places.get(mention.form, 0)
        first = mention.spans[: MAX_PLACES - kept]
        self._kept_places[mention.form] = kept + len(first)
        return tuple(places.of(span) for span in first)

    def _suspects(self) -> dict[str, FormRecord]:
        """Return the forms that may be known names, with their candidates and places."""
        links = Links(self._list, self.listed)
        links.prepare(self._pages)
        seen = Counter(found.mention.form for page in self._pages for found in page.found)
        right = {canonical for page in self._pages for canonical in page.right}
        judge = Judge(links, self.listed, self._is_held, seen, right)
        suspects: dict[str, FormRecord] = {}
        for page in self._pages:
            _record(page.found, judge.choices(page), suspects)
        return suspects

    def _spellings(self) -> list[Group]:
        """Return the groups of spellings of one name, whatever the name."""
        return find_variants(
            self._sightings,
            right=self._listed_forms,
            spelled=self._right.has_spelling,
            part=self._right.has_part,
            known=self.known,
            held=self._is_held,
        )


def _divided(groups: Iterable[Group], suspects: dict[str, FormRecord]) -> Iterator[Group]:
    """Yield groups of spellings so that no form is both in one of them and among the suspects.

    If the commonest spelling is a suspect itself, all the others are too, for the same name.
    Otherwise a form stays where its score is higher; beside a name that no document has, it stays
    a suspect.
    """
    for group in groups:
        name = suspects.get(group.canonical)
        if name:
            for member in group.members:
                suspects.setdefault(member.form, _like(name, member))
            continue
        members = []
        for member in group.members:
            suspect = suspects.get(member.form)
            is_likelier = suspect and group.canonical_count and suspect.score < member.score
            if suspect is None or is_likelier:
                suspects.pop(member.form, None)
                members.append(member)
        if members:
            yield group._replace(members=tuple(members))


def _like(name: FormRecord, spelling: Member) -> FormRecord:
    """Return the record of a spelling of a form that is a suspect."""
    record = FormRecord(count=spelling.count, places=list(spelling.places))
    for candidate in name.candidates.values():
        score = round(candidate.score * spelling.score, 4)
        why = f"{spelling.why}; {candidate.why}"
        record.add_candidate(replace(candidate, score=score, strong=False, why=why))
    return record


def _record(
    found: Iterable[Found],
    choices: Mapping[Mention, Choices],
    suspects: dict[str, FormRecord],
) -> None:
    """Record the mentions of a page that may be names. Where they overlap, the best one counts."""
    taken: list[Span] = []
    for mention, places in sorted(
        found, key=lambda one: precedence(one.mention, choices[one.mention])
    ):
        candidates = choices[mention]
        if not candidates:
            continue
        free = [not any(map(span.overlaps, taken)) for span in mention.spans]
        if not any(free):
            continue
        taken += [span for span, is_free in zip(mention.spans, free, strict=True) if is_free]
        record = suspects.setdefault(mention.form, FormRecord())
        record.count += sum(free)
        record.places += [place for place, is_free in zip(places, free, strict=False) if is_free]
        for candidate in candidates.values():
            record.add_candidate(candidate)


def _above(groups: Iterable[Group], score_cutoff: float | None) -> Iterator[Group]:
    """Yield groups with the members that have at least this score."""
    for group in groups:
        members = [one for one in group.members if one.score >= (score_cutoff or 0.0)]
        if members:
            yield group._replace(members=tuple(members))
