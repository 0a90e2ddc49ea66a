"""From documents to suggestions: which forms in them may be which names.

Every document is looked at twice: first against all names, then against those that stand in it
anyway, rightly spelled or beyond doubt. A column that speaks of Xu Lin means him with “Shirin”,
whoever else may sound like that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from rapidfuzz import fuzz

from cleaner import formats
from cleaner.names.characters import Keys
from cleaner.names.gazetteer import Name
from cleaner.names.gazetteer import known as right_names
from cleaner.names.match import NO_PIVOT, Candidate, Matcher
from cleaner.names.mentions import Mention, mentions, right_forms
from cleaner.names.pivot.background import Background, is_newspaper_style
from cleaner.names.pivot.detect import pivot_of
from cleaner.names.pivot.readings import Reader
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.skeleton import Skeletons
from cleaner.names.pivot.tables import load
from cleaner.names.suggestion import Group, Member, Place, slug
from cleaner.rulebook import load_rules
from cleaner.text.document import Document
from cleaner.text.edits import Lines, Span
from cleaner.text.folding import normal

DOUBTFUL = 0.45  # the score below which a name is not worth a person's time, among all names
UNLED = 0.88  # the same where no pivot is known
HERE = 0.8  # the score among the names of a document from which on a form is taken for one of them
MOST_PLACES = 20  # of a form that are kept; all are counted
MOST_RIVALS = 3
ALIKE = 88  # points of likeness, of 100, from which on two forms that nobody knows may be one name
_RIVAL = 0.3  # how likely, beside the best name, another one has to be to be shown
# code points of a line that are kept: enough for a sentence, from which examples are made
_CONTEXT = 500
_TYPES = ("person", "organisation", "place")  # of rules; a gazetteer knows more kinds
_LEAST = 5  # letters of a form that is compared with others which nobody knows


def suggest(
    documents: Iterable[tuple[str, str]],
    names: Sequence[Name] | None = None,
    *,
    pivot: str = "auto",
    known: Callable[[str], bool] = lambda _: False,
    held: Callable[[str, str], bool] = lambda form, canonical: False,  # noqa: ARG005
    score_cutoff: float | None = None,
) -> list[Group]:
    """Groups of forms that may be one name, those beyond doubt and the likeliest first. No text is
    changed.

    Args:
        documents: names of files, whose endings tell the format, and their texts.
        names: right names; the bundled gazetteer and the names of the bundled rules unless others
            are given.
        pivot: the language between; `auto` looks for its traces in each document.
        known: forms that are settled (variants of rules, say).
        held: whether a person has rejected a form for a name.
        score_cutoff: how likely, from 0 to 1, a form has to be its name; else the tables decide.

    >>> page = "Taobao belongs to Ma Yun. Its founder Marwin was silent. [AP=연합뉴스]"
    >>> [group] = suggest([("page.txt", page)], [Name("Ma Yun"), Name("Taobao")])
    >>> group.canonical, [(member.form, member.count) for member in group.members]
    ('Ma Yun', [('Marwin', 1)])
    """
    finder = Finder(right_names(load_rules()) if names is None else names, known=known, held=held)
    for name, text in documents:
        finder.add(name, formats.for_name(name)(text), pivot)
    return finder.groups(score_cutoff)


@dataclass
class _Seen:
    """What is known of a form over all documents."""

    candidates: dict[str, Candidate] = field(default_factory=dict)
    count: int = 0
    places: list[Place] = field(default_factory=list)


@dataclass
class Finder:
    """Reads documents one by one and keeps of each only what is suspected."""

    names: Sequence[Name]
    known: Callable[[str], bool] = lambda _: False
    held: Callable[[str, str], bool] = lambda form, canonical: False  # noqa: ARG005
    _matchers: dict[str, Matcher] = field(default_factory=dict)
    _linked: dict[tuple[str, str], list[Candidate]] = field(default_factory=dict)
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _strangers: dict[str, _Seen] = field(default_factory=dict)
    _held: set[tuple[str, str]] = field(default_factory=set)

    @property
    def held_back(self) -> int:
        """How many pairs of a form and a name were left out because a person had rejected them."""
        return len(self._held)

    @cached_property
    def _right(self) -> Mapping[str, Name]:
        return {form: name for name in self.names for form in name.right}

    @cached_property
    def _bare(self) -> frozenset[str]:
        return frozenset(map(_bare, self._right))

    @cached_property
    def _reader(self) -> Reader:
        return Reader(load("ko"))

    @cached_property
    def _keys(self) -> Keys:
        return Keys(self.names)

    def add(self, file: str, document: Document, pivot: str) -> None:
        """Take in what one document has to say; `pivot` is the language it came through, `none` or
        `auto`.
        """
        pivot = pivot_of(document.text) if pivot == "auto" else pivot
        people = Background(load(pivot if pivot != NO_PIVOT else "ko"))
        found = mentions(document, known=self._is_right, korean=people.is_korean)
        wide = {mention: self._wide(mention, pivot) for mention in found}
        here = self._here(document, wide, pivot)
        chosen = {mention: self._chosen(mention, wide[mention], here, pivot) for mention in found}
        supported = {
            one for mention, best in chosen.items() if best and not mention.ordinary for one in best
        }
        supported |= {
            self._right[form].canonical for form in right_forms(document, self._right.__contains__)
        }
        for mention in found:
            # two ordinary words are no name unless the page speaks of it
            if mention.ordinary and not mention.hanja:
                chosen[mention] = {
                    name: one for name, one in chosen[mention].items() if name in supported
                }
        where = Lines(document.text)
        taken: list[Span] = []
        for mention in sorted(found, key=lambda mention: _weight(mention, chosen[mention])):
            free = [
                span for span in mention.spans if not any(span.overlaps(other) for other in taken)
            ]
            if chosen[mention] and free:
                taken += free
                self._note(
                    self._seen, mention.form, free, file, document.text, where
                ).candidates |= chosen[mention]
            elif (
                free
                and pivot != NO_PIVOT
                and not mention.ordinary
                and len(letters(mention.form)) >= _LEAST
            ):
                self._note(self._strangers, mention.form, free, file, document.text, where)

    def _is_right(self, form: str) -> bool:
        """Whether nothing is to be said about a form: a right name, one that rules know, or a
        Chinese name in pinyin, which may be anybody's.
        """
        return _bare(form) in self._bare or self.known(form) or self._reader.is_chinese(form)

    def _wide(self, mention: Mention, pivot: str) -> list[Candidate]:
        """The candidates among all names, all that are worth a thought."""
        if mention.hanja:
            return self._keys.candidates(mention.form, mention.hanja)
        key = (mention.form, pivot)
        if key not in self._linked:
            if pivot not in self._matchers:
                self._matchers[pivot] = Matcher(self.names, pivot=pivot)
            found = self._matchers[pivot].link(mention.form)
            if not (found and found[0].strong):
                spelled = {one.canonical: one for one in self._keys.spelled(mention.form)}
                found = [*spelled.values(), *(one for one in found if one.canonical not in spelled)]
            self._linked[key] = found
        return self._linked[key]

    def _fits(self, form: str, one: Candidate, pivot: str) -> bool:
        """Whether a candidate is worth a person's time."""
        if is_newspaper_style(form) and one.name.kind not in ("person", ""):
            return False
        if pivot == NO_PIVOT and len(letters(form)) < _LEAST + 1:
            return False
        return one.score >= (UNLED if pivot == NO_PIVOT else DOUBTFUL)

    def _here(
        self, document: Document, wide: Mapping[Mention, list[Candidate]], pivot: str
    ) -> Matcher | None:
        """A matcher for the names that this document speaks of."""
        right = {
            self._right[form].canonical: self._right[form]
            for form in right_forms(document, self._right.__contains__)
        }
        right |= {
            found[0].canonical: found[0].name
            for found in wide.values()
            if found and found[0].strong
        }
        return Matcher(tuple(right.values()), pivot=pivot) if right and pivot != NO_PIVOT else None

    def _chosen(
        self, mention: Mention, wide: Sequence[Candidate], here: Matcher | None, pivot: str
    ) -> dict[str, Candidate]:
        """The names a mention may be, the likeliest first: one that the document speaks of before
        any other.
        """
        found = {one.canonical: one for one in wide}
        strong = bool(wide) and wide[0].strong
        if here and not strong and not mention.hanja:
            for one in here.link(mention.form, limit=1):
                if one.score >= HERE:
                    rest = {name: other for name, other in found.items() if name != one.canonical}
                    sure = one.strong and one.canonical in found
                    found = {one.canonical: _copied(one, strong=sure), **rest}
        return {
            name: one
            for name, one in found.items()
            if (mention.hanja or self._fits(mention.form, one, pivot))
            and not self._rejected(mention.form, name)
        }

    def _rejected(self, form: str, name: str) -> bool:
        if self.held(form, name):
            self._held.add((form, name))
            return True
        return False

    def _note(
        self,
        kept: dict[str, _Seen],
        form: str,
        spans: Sequence[Span],
        file: str,
        text: str,
        where: Lines,
    ) -> _Seen:
        seen = kept.setdefault(form, _Seen())
        seen.count += len(spans)
        for span in spans[: MOST_PLACES - len(seen.places)]:
            line, column = where.place(span.start)
            seen.places.append(Place(file, line, column, *_context(text, span)))
        return seen

    def groups(self, score_cutoff: float | None = None) -> list[Group]:
        """What was found so far, grouped by name."""
        groups: dict[str, list[tuple[str, Candidate]]] = {}
        rivals: dict[str, dict[str, float]] = {}
        for form, seen in self._seen.items():
            best, *others = seen.candidates.values()
            if best.score >= (score_cutoff or 0.0):
                groups.setdefault(best.canonical or f"={form}", []).append((form, best))
                near = rivals.setdefault(best.canonical or f"={form}", {})
                near |= {
                    one.canonical: one.score for one in others if one.score >= _RIVAL * best.score
                }
        found = [
            self._group(canonical, members, rivals[canonical])
            for canonical, members in groups.items()
        ]
        found += self._alike() if not score_cutoff else []
        ordered = sorted(
            found, key=lambda group: (not group.strong, not group.canonical, -group.score, group.id)
        )
        return list(_numbered(ordered))

    def _group(
        self, canonical: str, members: Sequence[tuple[str, Candidate]], rivals: Mapping[str, float]
    ) -> Group:
        name = members[0][1].name
        source = {
            script: text for script, text in (("zh", name.hanzi), ("ko", name.hangul)) if text
        }
        made = [
            Member(form, seen.count, one.score, one.strong, one.why, tuple(seen.places))
            for form, one in members
            for seen in [self._seen[form]]
        ]
        return Group(
            id=slug(canonical),
            canonical=canonical if not canonical.startswith("=") else "",
            members=tuple(
                sorted(made, key=lambda member: (-member.score, -member.count, member.form))
            ),
            type=name.kind if name.kind in _TYPES else "",
            source=source,
            aliases=name.aliases,
            rivals=tuple(sorted(rivals, key=lambda other: -rivals[other]))[:MOST_RIVALS],
        )

    def _alike(self) -> Iterator[Group]:
        """Forms that resemble each other and no known name: they may be one that nobody has listed."""
        skeletons = Skeletons(load("ko").skeleton)
        forms = sorted(
            form
            for form in self._strangers
            if form not in self._seen and not self._rejected(form, "")
        )
        near: dict[str, set[str]] = {form: {form} for form in forms}
        for one, other in combinations(forms, 2):
            if _may_be_one(one, other, skeletons):
                joined = near[one] | near[other]
                for form in joined:
                    near[form] = joined
        for cluster in {id(group): group for group in near.values() if len(group) > 1}.values():
            members = sorted(cluster, key=lambda form: (-self._strangers[form].count, form))
            yield Group(
                id=slug(members[0]),
                canonical="",
                members=tuple(
                    Member(
                        form,
                        seen.count,
                        why=f"{form} is spelled like {other}",
                        places=tuple(seen.places),
                    )
                    for form in members
                    for seen, other in [(self._strangers[form], members[form == members[0]])]
                ),
            )


def _bare(form: str) -> str:
    """A form without apostrophes, which are a matter of taste: Tiananmen, Tian'anmen."""
    return normal(form).replace("'", "")


def _weight(mention: Mention, chosen: Mapping[str, Candidate]) -> tuple[bool, bool, float, int]:
    """What is chosen first of mentions that overlap: what is beyond doubt, the clearly better name,
    the longer form.
    """
    best = next(iter(chosen.values()), None)
    if best is None:
        return True, True, 0.0, -len(mention.form)
    return False, not best.strong, -round(best.score, 1), -len(mention.form)


def _copied(one: Candidate, *, strong: bool) -> Candidate:
    return Candidate(one.canonical, one.score, strong, one.why, one.name)


def _may_be_one(one: str, other: str, skeletons: Skeletons) -> bool:
    a, b = letters(one), letters(other)
    if a == b:
        return True
    shorter, longer = sorted((a, b), key=len)
    # Uighur and Uighurs, Vandermeer and Ilse Vandermeer
    if longer.startswith(shorter) or longer.endswith(shorter):
        return False
    first, second = skeletons.of(a), skeletons.of(b)
    return first[:1] == second[:1] and (fuzz.ratio(a, b) + fuzz.ratio(first, second)) / 2 >= ALIKE


def _context(text: str, span: Span) -> tuple[str, int]:
    """The line around a span, cut down where it is long, and where in it the span begins."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    ends = [at for at in (text.find("\n", span.end), text.find("\r", span.end)) if at >= 0]
    end = min(ends, default=len(text))
    if start < (near := span.start - _CONTEXT // 2):  # at a word
        start = max(near, text.find(" ", near, span.start) + 1)
    if end > (far := span.end + _CONTEXT // 2):
        end = max(text.rfind(" ", span.end, far), span.end)
    return text[start:end], span.start - start


def _numbered(groups: Iterable[Group]) -> Iterator[Group]:
    """The groups with ids of their own: two names may give one."""
    taken: set[str] = set()
    for group in groups:
        id_, number = group.id, 2
        while id_ in taken:
            id_, number = f"{group.id}-{number}", number + 1
        taken.add(id_)
        yield group._replace(id=id_)
