"""Which names the forms of one page may be.

Every form is compared with all names, and then with the names that the page is known to speak of:
those that it spells right, and those that another form means beyond doubt. An article about Xu Lin
means him by “Shirin”, whoever else may sound like that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from cleaner.names.hanzi import HanziIndex
from cleaner.names.match import Candidate, Matcher
from cleaner.names.matchers import matcher_of
from cleaner.names.mentions import Mention
from cleaner.names.name import Name
from cleaner.names.name_list import NameList
from cleaner.names.pivot.background import Background, is_newspaper_style
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import NO_PIVOT, USUAL_PIVOT, load
from cleaner.names.stated import Stated
from cleaner.names.suggestion import Place
from cleaner.names.weighing import MIN_SCORE, Reasons, weighed

# Letters of a form on a page that came through no known pivot. A shorter one resembles too many
# names.
MIN_LETTERS_WITHOUT_PIVOT = 6

_FEW_LETTERS = 4  # of a form; nearly every one is like some name
MIN_SHARE = 0.3  # score of one of several homophones that is worth showing

Choices = dict[str, Candidate]  # by canonical form, the likeliest first
Ranked = Sequence[Candidate]  # the likeliest first


class Found(NamedTuple):
    """A mention of a page, and the places of its first spans."""

    mention: Mention
    places: tuple[Place, ...]


class Page(NamedTuple):
    """What is kept of a document.

    Attributes:
        text: its text, in which companions are looked for.
        pivot: the language it came through, or `none`.
        found: its mentions.
        right: the names that it spells right, by their canonical forms.
    """

    text: str
    pivot: str
    found: tuple[Found, ...]
    right: Mapping[str, Name]


class Links:
    """The candidates of forms among all names.

    On a page that came through no pivot only names are looked for that are in a rule or in a list
    of the user's: too many forms resemble some other name.

    Args:
        names: the right names.
        listed: the canonical forms of those that the user has listed or has a rule for.
    """

    def __init__(self, names: NameList, listed: Collection[str]) -> None:
        self._names = names
        self._listed = names.called(listed)
        self._hanzi = HanziIndex(names)
        self._stated = Stated(names)
        self._matchers: dict[str, Matcher] = {}
        self._found: dict[tuple[str, str], Ranked] = {}  # by form and pivot

    def prepare(self, pages: Iterable[Page]) -> None:
        """Link the forms of pages, all at once, because that is faster."""
        forms_by_pivot: dict[str, dict[str, None]] = {}
        for page in pages:
            wanted = forms_by_pivot.setdefault(page.pivot, {})
            for mention, _ in page.found:
                if not mention.hanzi and (mention.form, page.pivot) not in self._found:
                    wanted[mention.form] = None
        for pivot, forms in forms_by_pivot.items():
            for form, found in zip(forms, self._matcher(pivot).link_all(forms), strict=True):
                self._found[form, pivot] = self._stated.first(form, self._with_pinyin(form, found))

    def of(self, mention: Mention, page: Page) -> Ranked:
        """Return the candidates of a mention of a page."""
        if mention.hanzi:
            return self._hanzi.candidates(mention.form, mention.hanzi)
        return self._found[mention.form, page.pivot]

    def _matcher(self, pivot: str) -> Matcher:
        if pivot not in self._matchers:
            names = self._listed if pivot == NO_PIVOT else self._names
            self._matchers[pivot] = matcher_of(names, pivot)
        return self._matchers[pivot]

    def _with_pinyin(self, form: str, found: Ranked) -> Ranked:
        """Return candidates; unless one is strong, after the names that are a form in pinyin."""
        if found and found[0].strong:
            return found
        in_pinyin = {one.canonical: one for one in self._hanzi.names_in_pinyin(form)}
        others = [one for one in found if one.canonical not in in_pinyin]
        return [*in_pinyin.values(), *others]


@dataclass(frozen=True)
class Judge:
    """Decides which names the mentions of a page may be.

    Attributes:
        links: the candidates of forms among all names.
        listed: the canonical forms of the names that the user has listed or has a rule for.
        held: whether a person has rejected a form for a name.
        seen: how many documents have a form.
        right: the canonical forms of the names that any document spells right.
    """

    links: Links
    listed: Collection[str]
    held: Callable[[str, str], bool]
    seen: Mapping[str, int]
    right: Collection[str]

    def choices(self, page: Page) -> dict[Mention, Choices]:
        """Return the names that each mention of a page may be."""
        mentions = [mention for mention, _ in page.found]
        ranked = {mention: self.links.of(mention, page) for mention in mentions}
        wholes = _words_of_wholes(mentions)
        on_page = {
            mention: self._weighed(page, mention, candidates, wholes)
            for mention, candidates in ranked.items()
        }
        matcher = _matcher_of_page(page, on_page)
        best_of_page = _best_of_page(matcher, on_page) if matcher else {}
        choices = {}
        for mention in mentions:
            likely = on_page[mention]
            if best_of_page.get(mention.form) and _is_open(mention, likely):
                likely = _with_best_of_page(mention, likely, best_of_page[mention.form], wholes)
            wanted = _proposed(mention, likely, page.pivot)
            choices[mention] = {
                candidate.canonical: candidate
                for candidate in wanted
                if not self.held(mention.form, candidate.canonical)
            }
        return _without_unsupported(choices, set(page.right))

    def _weighed(
        self, page: Page, mention: Mention, candidates: Ranked, wholes: Collection[str]
    ) -> Ranked:
        """Return candidates with the scores that they have on a page."""
        if mention.hanzi:
            return candidates
        return [
            weighed(candidate, self._reasons(page, mention, candidate, wholes))
            for candidate in candidates
        ]

    def _reasons(
        self, page: Page, mention: Mention, candidate: Candidate, wholes: Collection[str]
    ) -> Reasons:
        return Reasons(
            in_document=candidate.canonical in page.right,
            listed=candidate.canonical in self.listed,
            accompanied=any(_stands_in(page.text, one) for one in candidate.name.companions),
            common=candidate.name.common,
            korean=_are_koreans(mention.form, candidate.name),
            short=len(letters(mention.form)) <= _FEW_LETTERS,
            part=not mention.whole,
            shared=mention.form in wholes,
            documents=1 if candidate.canonical in self.right else self.seen[mention.form],
        )


def _are_koreans(form: str, name: Name) -> bool:
    """Return whether a form and a name are both written as Koreans write theirs."""
    background = Background(load(USUAL_PIVOT))
    limit = background.tables.thresholds["hyphenated korean"]
    if not background.is_korean(form):
        return False
    return any(background.person_cost(right) < limit for right in name.right)


def _stands_in(text: str, phrase: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text))


def _words_of_wholes(mentions: Iterable[Mention]) -> frozenset[str]:
    """Return the words of the longer mentions that are names of their own.

    Where a page has Dua Lipa, “Lipa” is a part of that name.
    """
    words: set[str] = set()
    for mention in mentions:
        parts = mention.form.split()
        if mention.whole and len(parts) > 1 and not mention.ordinary:
            words.update(parts)
    return frozenset(words)


def _is_settled(candidates: Ranked) -> bool:
    return bool(candidates) and candidates[0].strong


def _matcher_of_page(page: Page, ranked: Mapping[Mention, Ranked]) -> Matcher | None:
    """Return a matcher of the names that a page speaks of; None if there is nothing to match."""
    names = dict(page.right)
    for candidates in ranked.values():
        if _is_settled(candidates):
            names[candidates[0].canonical] = candidates[0].name
    if not names or page.pivot == NO_PIVOT:
        return None
    return Matcher(names.values(), pivot=page.pivot)


def _is_open(mention: Mention, candidates: Ranked) -> bool:
    """Return whether neither Hanzi nor the form itself says who is meant."""
    return not mention.hanzi and not _is_settled(candidates)


def _best_of_page(matcher: Matcher, ranked: Mapping[Mention, Ranked]) -> dict[str, Ranked]:
    """Return for each form that is open its best candidate among the names of the page, if any."""
    forms = [mention.form for mention, found in ranked.items() if _is_open(mention, found)]
    return dict(zip(forms, matcher.link_all(forms, limit=1), strict=True))


def _with_best_of_page(
    mention: Mention, candidates: Ranked, found: Ranked, wholes: Collection[str]
) -> Ranked:
    """Return candidates, with the name that a form means if it means one that the page speaks of.

    The score of that name already says that there are few names to choose from, so that it needs
    no other reason. It is not strong: among few names nearly every form is far from the next best.
    """
    on_page = Reasons(part=not mention.whole, shared=mention.form in wholes, of_page=True)
    best = weighed(found[0], on_page)
    same = [one for one in candidates if one.canonical == best.canonical]
    if same and same[0].score >= best.score:
        return candidates
    others = [one for one in candidates if one.canonical != best.canonical]
    return [replace(best, strong=False), *others]


def _without_unsupported(
    choices: Mapping[Mention, Choices], right: set[str]
) -> dict[Mention, Choices]:
    """Drop the names of mentions that consist of ordinary words, unless the page supports them.

    “Can Ma Win” has a name only where Ma Yun is spelled right, or where another form may be his.

    Args:
        choices: the names that each mention may be.
        right: the canonical forms of the names that the page spells right.
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


def _proposed(mention: Mention, candidates: Ranked, pivot: str) -> Ranked:
    """Return the candidates that a person is asked about, the likeliest first.

    Homophones share a score between them, so their sum counts; one of them must be likely enough
    by itself.
    """
    if mention.hanzi:
        return candidates
    if pivot == NO_PIVOT and len(letters(mention.form)) < MIN_LETTERS_WITHOUT_PIVOT:
        return ()
    is_person = is_newspaper_style(mention.form)
    fitting = [one for one in candidates if not is_person or one.name.kind in ("person", "")]
    likely = sorted(fitting, key=lambda candidate: -candidate.score)
    likely = [one for one in likely if one.score >= MIN_SHARE]
    return likely if sum(one.score for one in likely) >= MIN_SCORE else ()


def precedence(mention: Mention, choices: Choices) -> tuple[bool, bool, float, int]:
    """Return what decides between mentions that overlap; the lowest comes first.

    That is a mention with a candidate, one whose candidate is beyond doubt, one with a clearly
    better score, and a longer one.
    """
    longer_first = -len(mention.form)
    if not choices:
        return True, True, 0.0, longer_first
    best = next(iter(choices.values()))
    return False, not best.strong, -round(best.score, 1), longer_first
