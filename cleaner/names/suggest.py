"""From documents to suggestions: which forms in them may be which names.

Every document is looked at twice, first against all names, and then against the names it is known
to speak of: those that it spells right, and those that are meant beyond doubt. An article about Xu
Lin means him by “Shirin”, whoever else may sound like that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from cleaner import formats
from cleaner.names.gazetteer import known_names
from cleaner.names.groups import group_by_name, group_look_alikes, with_unique_ids
from cleaner.names.hanzi import HanziIndex
from cleaner.names.match import Candidate, Matcher
from cleaner.names.mentions import Mention, find_mentions, find_right_forms
from cleaner.names.name import Name
from cleaner.names.pivot.background import Background, is_newspaper_style
from cleaner.names.pivot.detect import pivot_of
from cleaner.names.pivot.pinyin import Pinyin
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import NO_PIVOT, USUAL_PIVOT, load, load_or_usual
from cleaner.names.records import FormRecord, Places
from cleaner.names.suggestion import Group
from cleaner.rulebook import load_rules
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.folding import normal

# Scores from 0 to 1, set by hand; tests/bench/names/suggest.py measures what they find.
MIN_SCORE = 0.45  # a less likely name is not worth a person's time
MIN_SCORE_WITHOUT_PIVOT = 0.88  # the same in a document that came through no known pivot
MIN_SCORE_IN_DOCUMENT = 0.8  # from there on a form counts as a name that the document speaks of
# Letters of a form.
MIN_LETTERS_WITHOUT_PIVOT = 6  # a shorter form resembles too many names
MIN_LETTERS_OF_LOOK_ALIKES = 5  # a shorter form resembles too many others

Choices = dict[str, Candidate]  # by canonical form, the likeliest first


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
    """Return groups of forms that may be one name, the surest and likeliest first.

    No text is changed.

    Args:
        documents: the name of each file, whose suffix tells the format, and its text.
        names: the right names; by default those of the bundled gazetteer and the bundled rules.
        pivot: the language in between; `auto` looks for its traces in each document.
        known: whether a form is settled, for instance because a rule has it as a variant.
        held: whether a person has rejected a form (the first argument) for a name (the second).
        score_cutoff: the lowest score, from 0 to 1, of a form; by default the tables decide.

    >>> page = "Taobao belongs to Ma Yun. Its founder Marwin was silent. [AP=연합뉴스]"
    >>> [group] = suggest([("page.txt", page)], [Name("Ma Yun"), Name("Taobao")])
    >>> group.canonical, [(member.form, member.count) for member in group.members]
    ('Ma Yun', [('Marwin', 1)])
    """
    finder = Finder(known_names(load_rules()) if names is None else names, known=known, held=held)
    for name, text in documents:
        finder.add(name, formats.for_name(name).read(text), pivot)
    return finder.groups(score_cutoff)


@dataclass
class Finder:
    """Looks at documents one by one and records the forms that may be garbled names.

    Attributes:
        names: the right names.
        known: whether a form is settled.
        held: whether a person has rejected a form for a name.
    """

    names: Sequence[Name]
    known: Callable[[str], bool] = _nothing_known
    held: Callable[[str, str], bool] = _nothing_held
    _matchers: dict[str, Matcher] = field(default_factory=dict)  # by pivot
    # Candidates among all names, by form and pivot.
    _candidates: dict[tuple[str, str], list[Candidate]] = field(default_factory=dict)
    _suspects: dict[str, FormRecord] = field(default_factory=dict)  # forms with a candidate
    _strangers: dict[str, FormRecord] = field(default_factory=dict)  # forms without one
    _held_pairs: set[tuple[str, str]] = field(default_factory=set)

    @property
    def held_back(self) -> int:
        """How many pairs of a form and a name were left out because a person rejected them."""
        return len(self._held_pairs)

    def add(self, file: str, document: Document, pivot: str) -> None:
        """Record the forms of one document.

        Args:
            file: the name of the document, for the places of its forms.
            document: the document.
            pivot: the language it came through, `none`, or `auto` to find out.
        """
        if pivot == "auto":
            pivot = pivot_of(document.text)
        people = Background(load_or_usual(pivot))
        found = find_mentions(document, known=self._is_settled, korean=people.is_korean)
        right = self._right_names(document)
        choices = self._choices(found, right, pivot)
        choices = _without_unsupported(choices, set(right))
        self._record(choices, Places(file, document), pivot)

    def groups(self, score_cutoff: float | None = None) -> list[Group]:
        """Return what was found so far, the surest and likeliest groups first.

        Args:
            score_cutoff: the lowest score, from 0 to 1, of a form. With it, forms that resemble no
                known name are left out.
        """
        groups = group_by_name(self._suspects, score_cutoff)
        if not score_cutoff:
            groups += group_look_alikes(self._unexplained_forms())
        groups.sort(
            key=lambda group: (not group.strong, not group.canonical, -group.score, group.id)
        )
        return list(with_unique_ids(groups))

    # What is right

    @cached_property
    def _name_by_form(self) -> Mapping[str, Name]:
        """The name that each right form belongs to."""
        found = {}
        for name in self.names:
            for form in name.right:
                found[form] = name
        return found

    @cached_property
    def _right_forms(self) -> frozenset[str]:
        return frozenset(map(_without_apostrophes, self._name_by_form))

    @cached_property
    def _pinyin(self) -> Pinyin:
        return Pinyin(load(USUAL_PIVOT))

    def _is_settled(self, form: str) -> bool:
        """Return whether there is nothing to say about a form.

        It is a right name, or settled otherwise, or a Chinese name in pinyin, which may be the
        name of somebody who is not known.
        """
        bare = _without_apostrophes(form)
        is_right = bare in self._right_forms or bare.removesuffix("s") in self._right_forms
        if is_right or self.known(form):
            return True
        return self._pinyin.is_chinese_name(form)

    def _right_names(self, document: Document) -> dict[str, Name]:
        """Return the names that a document spells right, by their canonical forms."""
        forms = find_right_forms(document, self._name_by_form.__contains__)
        names = (self._name_by_form[form] for form in sorted(forms))
        return {name.canonical: name for name in names}

    # Who may be meant

    def _choices(
        self, found: Sequence[Mention], right: Mapping[str, Name], pivot: str
    ) -> dict[Mention, Choices]:
        """Return the names that each mention of a document may be.

        Args:
            found: the mentions.
            right: the names that the document spells right, by their canonical forms.
            pivot: the language it came through, or `none`.
        """
        candidates = {mention: self._candidates_of(mention, pivot) for mention in found}
        names_in_document = dict(right)
        for ranked in candidates.values():
            if ranked and ranked[0].strong:
                names_in_document[ranked[0].canonical] = ranked[0].name
        matcher = None
        if names_in_document and pivot != NO_PIVOT:
            matcher = Matcher(names_in_document.values(), pivot=pivot)
        choices = {}
        for mention in found:
            all_choices = _ranked_for_document(mention, candidates[mention], matcher)
            choices[mention] = {
                canonical: candidate
                for canonical, candidate in all_choices.items()
                if self._is_proposed(mention, candidate, pivot)
            }
        return choices

    @cached_property
    def _hanzi_index(self) -> HanziIndex:
        return HanziIndex(self.names)

    def _candidates_of(self, mention: Mention, pivot: str) -> list[Candidate]:
        """Return the candidates for a mention among all names, the likeliest first."""
        if mention.hanzi:
            return self._hanzi_index.candidates(mention.form, mention.hanzi)
        key = (mention.form, pivot)
        if key not in self._candidates:
            self._candidates[key] = self._link(mention.form, pivot)
        return self._candidates[key]

    def _link(self, form: str, pivot: str) -> list[Candidate]:
        """Link a form to all names: unless the matcher is sure, names in pinyin come first."""
        if pivot not in self._matchers:
            self._matchers[pivot] = Matcher(self.names, pivot=pivot)
        found = self._matchers[pivot].link(form)
        if found and found[0].strong:
            return found
        in_pinyin = {one.canonical: one for one in self._hanzi_index.names_in_pinyin(form)}
        others = [one for one in found if one.canonical not in in_pinyin]
        return [*in_pinyin.values(), *others]

    def _is_proposed(self, mention: Mention, candidate: Candidate, pivot: str) -> bool:
        """Return whether a person is asked about a candidate for a mention."""
        is_likely = mention.hanzi or _is_worth_asking(mention.form, candidate, pivot)
        return bool(is_likely) and not self._is_held(mention.form, candidate.canonical)

    def _is_held(self, form: str, canonical: str) -> bool:
        """Return whether a person has rejected a form for a name, and remember the pair if so."""
        if not self.held(form, canonical):
            return False
        self._held_pairs.add((form, canonical))
        return True

    # What is kept

    def _record(self, choices: Mapping[Mention, Choices], places: Places, pivot: str) -> None:
        """Record the mentions of a document. Where mentions overlap, the best of them counts."""
        taken: list[Span] = []
        for mention in sorted(choices, key=lambda mention: _precedence(mention, choices[mention])):
            free = [span for span in mention.spans if not any(map(span.overlaps, taken))]
            if not free:
                continue
            if choices[mention]:
                taken += free
                record = self._suspects.setdefault(mention.form, FormRecord())
                record.add(free, places)
                record.candidates |= choices[mention]
            elif _may_be_unknown_name(mention, pivot):
                self._strangers.setdefault(mention.form, FormRecord()).add(free, places)

    def _unexplained_forms(self) -> dict[str, FormRecord]:
        """Return the forms that are no known name, without those that a person rejected."""
        return {
            form: record
            for form, record in self._strangers.items()
            if form not in self._suspects and not self._is_held(form, "")
        }


def _ranked_for_document(
    mention: Mention, candidates: Sequence[Candidate], matcher: Matcher | None
) -> Choices:
    """Return the candidates for a mention; a name that its document speaks of comes first.

    Args:
        mention: the mention.
        candidates: its candidates among all names, the likeliest first.
        matcher: links forms to the names that the document speaks of; None if there are none.
    """
    ranked = {candidate.canonical: candidate for candidate in candidates}
    is_sure = bool(candidates) and candidates[0].strong
    if matcher is None or is_sure or mention.hanzi:
        return ranked
    found = matcher.link(mention.form, limit=1)
    if not found or found[0].score < MIN_SCORE_IN_DOCUMENT:
        return ranked
    best = found[0]
    # among few names nearly every form is far from the next best: that alone is no certainty
    is_strong = best.strong and best.canonical in ranked
    ranked.pop(best.canonical, None)
    return {best.canonical: replace(best, strong=is_strong), **ranked}


def _without_unsupported(
    choices: Mapping[Mention, Choices], right: set[str]
) -> dict[Mention, Choices]:
    """Drop the names of mentions that consist of ordinary words, unless the document supports
    them.

    “Can Ma Win” has a name only where Ma Yun is spelled right, or where another form may be his.

    Args:
        choices: the names that each mention may be.
        right: the canonical forms of the names that the document spells right.
    """
    supported = set(right)
    for mention, candidates in choices.items():
        if not mention.ordinary:
            supported.update(candidates)
    kept = {}
    for mention, candidates in choices.items():
        needs_support = mention.ordinary and not mention.hanzi
        kept[mention] = {
            canonical: candidate
            for canonical, candidate in candidates.items()
            if canonical in supported or not needs_support
        }
    return kept


def _is_worth_asking(form: str, candidate: Candidate, pivot: str) -> bool:
    """Return whether a candidate is likely enough to ask a person about it."""
    if is_newspaper_style(form) and candidate.name.kind not in ("person", ""):
        return False
    if pivot == NO_PIVOT:
        is_long_enough = len(letters(form)) >= MIN_LETTERS_WITHOUT_PIVOT
        return is_long_enough and candidate.score >= MIN_SCORE_WITHOUT_PIVOT
    return candidate.score >= MIN_SCORE


def _may_be_unknown_name(mention: Mention, pivot: str) -> bool:
    """Return whether a mention without candidates is compared with others like it."""
    if pivot == NO_PIVOT or mention.ordinary:
        return False
    return len(letters(mention.form)) >= MIN_LETTERS_OF_LOOK_ALIKES


def _precedence(mention: Mention, choices: Choices) -> tuple[bool, bool, float, int]:
    """Return what decides between mentions that overlap; the lowest comes first.

    That is a mention with a candidate, one whose candidate is beyond doubt, one with a clearly
    better score, and a longer one.
    """
    longer_first = -len(mention.form)
    if not choices:
        return True, True, 0.0, longer_first
    best = next(iter(choices.values()))
    return False, not best.strong, -round(best.score, 1), longer_first


def _without_apostrophes(form: str) -> str:
    """Return a form without apostrophes, which are a matter of style: Tiananmen, Tian’anmen."""
    return normal(form).replace("'", "")
