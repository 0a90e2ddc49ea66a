"""The grammar of credits and datelines: from the words of a credit to its English.

    credit   =  [label mark] subject {mark subject}
    subject  =  {place | source [website] | [person] name | title} [role]
    mark     =  = / · , : | ㅣ ⓒ

A label is in front of the subjects and a role behind one, but both say what the subject did.
English has one order for them: the template of the role, or else of the label, around the
subjects. What each shape becomes:

| shape                | found                          | written                       |
|----------------------|--------------------------------|-------------------------------|
| label and source     | `사진=연합뉴스`                | `Photo: Yonhap`               |
| label and name       | `Photo = Hong Gil-dong`        | `Photo: Hong Gil-dong`        |
| label and reporter   | `PhotoㅣNews 1 Reporter Hong`  | `Photo: News1 Reporter Hong`  |
| source and role      | `중국 바이두 캡처`             | `Screenshot: Baidu, China`    |
| all three            | `Photo = Netflix provided`     | `Courtesy of Netflix`         |
| two sources          | `AP=Yonhap News`               | `AP/Yonhap`                   |
| source alone         | `Yunhap News`                  | `Yonhap`                      |
| copyright            | `ⓒ Yonhap News`                | `© Yonhap`                    |
| dateline             | `Seoul = Yonhap News`          | `Seoul=Yonhap`                |
| with several places  | `홍콩·베이징=연합뉴스`         | `Hong Kong, Beijing=Yonhap`   |
| with several sources | `Oslo = AP Newsis`             | `Oslo=AP/Newsis`              |

In Hangul, Han and kana places come after their sources, the smallest first; words in Latin letters
stay in their order. A credit with even one East Asian word that the lists do not have is not
translated at all, because the word may be a name, and names are never guessed.

`Reading.about` says how sure a reading is:

- `untranslated`: it has an East Asian word, and every such word is known;
- `certain`: English with a mark that English has not there, or with a misspelt agency;
- `likely`: the same, but with a name that nothing proves to be one;
- `style`: right English of some papers, though not the style that is written here;
- `dateline`: a place, an equals sign and an agency.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.fixers.credit.words import (
    EAST_ASIAN,
    PREPOSITIONS,
    SHORT,
    About,
    Label,
    Lexicon,
    Token,
    is_name,
)
from cleaner.text.words import is_ordinary

_JAMO = "\N{HANGUL LETTER I}"  # which Koreans type for a bar
_TIGHT_SLASH = "//"  # a slash without white space around it: Photo/Xinhua
_READ_AS_I = "I"
_EAST_ASIAN_BARS = f"{_JAMO}\N{FULLWIDTH VERTICAL LINE}\N{BOX DRAWINGS LIGHT VERTICAL}"
_BARS = f"|{_EAST_ASIAN_BARS}"
_DOTS = "\N{MIDDLE DOT}\N{HANGUL LETTER ARAEA}\N{KATAKANA MIDDLE DOT}"
_COPYRIGHT = "\N{CIRCLED LATIN SMALL LETTER C}"  # © is right English: Photo © Hong Gil-dong
_COMMAS = ",\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA}"
_EQUALS = "=\N{FULLWIDTH EQUALS SIGN}"
_SLASHES = "/\N{FULLWIDTH SOLIDUS}"
_COLONS = ":\N{FULLWIDTH COLON}"
_MARK = re.compile(
    rf"\s*(?:([{_EQUALS}{_SLASHES}{_COLONS}{_BARS}])\s*[{_COPYRIGHT}]"
    rf"|([{_EQUALS}{_SLASHES}{_DOTS}{_COMMAS}{_COLONS}{_BARS}{_COPYRIGHT}]))\s*"
)
_LEADING_COPYRIGHT = re.compile(rf"[{_COPYRIGHT}\N{{COPYRIGHT SIGN}}]\s*")
_LABEL_MARKS = frozenset(f"{_EQUALS}{_SLASHES}{_COLONS}{_BARS}{_COPYRIGHT}")
# Marks that English has not between a label and a source, or between two sources.
_FOREIGN_MARKS = frozenset(f"{_EQUALS}{_COPYRIGHT}{_EAST_ASIAN_BARS}{_READ_AS_I}{_DOTS}")
_BAR_READ_AS_I = re.compile(r"I\s+(?=[A-Z])")  # Photo I Hong Gil-dong
_KOREAN_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+\b")
_WHITE_SPACE = re.compile(r"\s+")


class Reading(NamedTuple):
    """A credit in English, and how sure it is (see above)."""

    english: str
    about: About


class _Subject(NamedTuple):
    """One subject in English.

    Attributes:
        english: without the template of its role.
        tokens: its words.
        role: the template of its role; "" if it has none.
        is_dateline: whether it is a place and an agency without a mark between them.
    """

    english: str
    tokens: Sequence[Token]
    role: str = ""
    is_dateline: bool = False

    @property
    def is_place(self) -> bool:
        """Whether it is nothing but places."""
        return all(token.part == "place" for token in self.tokens)

    @property
    def has_source(self) -> bool:
        """Whether it names a source that is known."""
        return any(token.is_source for token in self.tokens)

    @property
    def is_sure(self) -> bool:
        """Whether no word of it is merely taken for a name."""
        is_person = any(token.part == "person" for token in self.tokens)
        is_known = not any(token.part in {"name", "title"} for token in self.tokens)
        return is_known or is_person or bool(_KOREAN_NAME.fullmatch(self.english))


class _Credit(NamedTuple):
    """A credit that was cut into its label and its subjects.

    Attributes:
        label: None if it has no label.
        label_mark: the mark behind the label; "" for white space.
        subjects: at least one.
        marks: those between the subjects.
    """

    label: Label | None
    label_mark: str
    subjects: Sequence[_Subject]
    marks: Sequence[str]

    @property
    def tokens(self) -> Sequence[Token]:
        """The words of all subjects."""
        return [token for subject in self.subjects for token in subject.tokens]

    @property
    def is_marked(self) -> bool:
        """Whether it has a mark that English has not there."""
        return not _FOREIGN_MARKS.isdisjoint([self.label_mark, *self.marks])


def read(
    credit: str, lexicon: Lexicon, *, at_head: bool = False, set_apart: bool = True
) -> Reading | None:
    """Return the reading of a text, or None if it is no credit or has an unknown word.

    Args:
        credit: what is between two brackets, or at the end of a caption.
        lexicon: the words.
        at_head: whether it is at the beginning of a paragraph, where datelines are.
        set_apart: whether it is in brackets or behind a sentence.

    >>> from cleaner.fixers.credit.words import Words
    >>> words = Words(
    ...     "a credit",
    ...     {},
    ...     {"서울": "Seoul"},
    ...     agencies={"연합뉴스": "Yonhap", "Yonhap News": "Yonhap"},
    ...     labels={"사진": "Photo: {}", "Photo": "Photo: {}"},
    ... )
    >>> read("사진=연합뉴스", Lexicon(words))
    Reading(english='Photo: Yonhap', about='untranslated')
    >>> read("Photo = Hong Gil-dong", Lexicon(words))
    Reading(english='Photo: Hong Gil-dong', about='certain')
    >>> read("Seoul = Yonhap News", Lexicon(words))
    Reading(english='Seoul=Yonhap', about='dateline')
    >>> read("홍길동", Lexicon(words)) is read("서울", Lexicon(words)) is None
    True
    """
    text = credit.strip()
    if not lexicon.may_be_in(text):
        return None
    alone = lexicon.words.alone.get(_WHITE_SPACE.sub("", text))
    if alone:
        return Reading(alone, "untranslated")
    owned = _LEADING_COPYRIGHT.match(text)
    if owned:
        return _owned(text[owned.end() :], lexicon)
    parsed = _parsed(text, lexicon)
    if parsed is None or _says_too_little(parsed, set_apart=set_apart):
        return None
    english, is_dateline = _joined(parsed, at_head=at_head)
    english = _template(parsed).replace("{}", english)
    if EAST_ASIAN.search(text):
        return Reading(english, "untranslated")
    if any(map(lexicon.is_misspelt, parsed.tokens)) and not is_dateline:
        return Reading(english, "certain")
    return _reading_of_english(parsed, english, is_dateline=is_dateline, set_apart=set_apart)


def _owned(text: str, lexicon: Lexicon) -> Reading | None:
    """Return the reading of what is behind a copyright mark: a source or a person."""
    parsed = _parsed(text, lexicon)
    if parsed is None or parsed.label or len(parsed.subjects) > 1:
        return None
    subject = parsed.subjects[0]
    if subject.role or not (subject.has_source or subject.is_sure):
        return None
    about: About = "untranslated" if EAST_ASIAN.search(text) else "style"
    return Reading(f"\N{COPYRIGHT SIGN} {subject.english}", about)


def _parsed(text: str, lexicon: Lexicon) -> _Credit | None:
    """Cut a credit into its label and its subjects, or return None if a word is unknown."""
    pieces, marks = _cut(text)
    label, label_mark = None, ""
    if marks and marks[0] in _LABEL_MARKS:
        label = lexicon.label(pieces[0])
    if label:
        label_mark = marks[0]
        if text.startswith(f"{pieces[0]}/{pieces[1]}"):
            label_mark = _TIGHT_SLASH
        pieces, marks = pieces[1:], marks[1:]
    else:
        label, pieces[0] = lexicon.leading_label(pieces[0])
        read_as_i = _BAR_READ_AS_I.match(pieces[0])
        if label and read_as_i:
            label_mark, pieces[0] = _READ_AS_I, pieces[0][read_as_i.end() :]
    subjects: list[_Subject] = []
    for piece in pieces:
        subject = _subject(piece, lexicon)
        if subject is None:
            return None
        subjects.append(subject)
    return _Credit(label, label_mark, subjects, marks)


def _cut(text: str) -> tuple[list[str], list[str]]:
    """Return the pieces of a credit, and the marks between them.

    >>> _cut("Photo = ⓒ Newsis, AP")
    (['Photo', 'Newsis', 'AP'], ['=', ','])
    """
    pieces: list[str] = []
    marks: list[str] = []
    at = 0
    for found in _MARK.finditer(text):
        pieces.append(text[at : found.start()])
        marks.append(found.group(1) or found.group(2))
        at = found.end()
    return [*pieces, text[at:]], marks


def _says_too_little(credit: _Credit, *, set_apart: bool) -> bool:
    """Return whether something is missing that every credit of this shape has.

    Without a label there must be a source or a role, and in the middle of a text no name: “… says
    the President AP=Newsis”. A label with white space behind it must be followed by a source,
    because “Photo finish” is no credit.
    """
    if credit.label is None:
        if not set_apart and any(token.part in {"name", "title"} for token in credit.tokens):
            return True
        return not any(subject.has_source or subject.role for subject in credit.subjects)
    first = credit.subjects[0]
    return not (credit.label_mark or first.tokens[0].is_source)


def _template(credit: _Credit) -> str:
    """Return the template that goes around the subjects of a credit.

    Where the label and its mark are right English, they stay: Photograph: X, Photo/X, Photo by X.
    """
    for subject in credit.subjects:
        if subject.role:
            return subject.role
    label = credit.label
    if label is None:
        return "{}"
    if not credit.is_marked and not EAST_ASIAN.search(label.found):
        if credit.label_mark == ":":
            return f"{label.found}: {{}}"
        if credit.label_mark == _TIGHT_SLASH:
            return f"{label.found}/{{}}"
        if label.found.endswith(PREPOSITIONS):
            return f"{label.found} {{}}"
    return label.template


def _joined(credit: _Credit, *, at_head: bool) -> tuple[str, bool]:
    """Return the English of all subjects with their marks, and whether it is a dateline."""
    subjects = credit.subjects
    english = subjects[0].english
    is_dateline = subjects[0].is_dateline
    only_places = subjects[0].is_place or (at_head and _may_be_a_place(subjects[0]))
    for mark, subject in zip(credit.marks, subjects[1:], strict=True):
        if mark in _COMMAS or (mark in _DOTS and only_places and subject.is_place):
            joint = ", "
        elif mark in _EQUALS and only_places:
            joint = "="
            is_dateline = is_dateline or subject.tokens[0].part == "agency"
        else:
            joint = "/"
        english += joint + subject.english
        only_places = only_places and subject.is_place
    return english, is_dateline


def _may_be_a_place(subject: _Subject) -> bool:
    """Return whether a subject is one unknown word, written as the names of places are."""
    is_name = all(token.part == "name" for token in subject.tokens)
    return is_name and subject.english.isalpha() and subject.english.istitle()


def _reading_of_english(
    credit: _Credit, english: str, *, is_dateline: bool, set_apart: bool
) -> Reading | None:
    """Return the reading of a credit without an East Asian word."""
    sources = [token for token in credit.tokens if token.is_source]
    if is_dateline:
        if not set_apart and credit.subjects[0].is_dateline:
            return None  # “… met in Seoul AP=Newsis”
        is_marked = credit.is_marked or any(token.found != token.english for token in sources)
        return Reading(english, "dateline" if is_marked else "style")
    if not credit.is_marked:
        return Reading(english, "style") if _is_style(credit) else None
    agencies = [token for token in sources if token.part == "agency"]
    if credit.label is None and not any(len(token.english) > SHORT for token in agencies):
        return None  # E = AP
    if credit.label_mark == _READ_AS_I:
        first = credit.subjects[0].english.split()[0]
        set_apart = set_apart and not is_ordinary(first)  # “The gate. Photo I Love”
    is_sure = set_apart or all(subject.is_sure for subject in credit.subjects)
    return Reading(english, "certain" if is_sure else "likely")


def _is_style(credit: _Credit) -> bool:
    """Return whether a credit without East Asian marks may be written in another style.

    Without a label and a role it has to be all sources, or one of them is written in another way;
    else it may be any list of names.
    """
    if not set(credit.marks).isdisjoint(_COLONS):
        return False
    if credit.label or any(subject.role for subject in credit.subjects):
        return True
    sources = [token for token in credit.tokens if token.is_source]
    is_respelt = any(token.found != token.english for token in sources)
    if not set(credit.marks).isdisjoint(_COMMAS):
        return is_respelt and all(subject.is_sure for subject in credit.subjects)
    return is_respelt or len(sources) == len(credit.tokens)


def _subject(piece: str, lexicon: Lexicon) -> _Subject | None:
    """Translate one subject, or return None if it has an unknown word or a wrong order."""
    role = ""
    label, rest = lexicon.leading_label(piece, prepositions=True)
    if label:
        piece, role = rest, label.template
    tokens = lexicon.tokens(piece)
    if not tokens:
        return None
    if EAST_ASIAN.search(piece):
        subject = _in_korean_order(tokens)
    elif any(token.part == "name" and lexicon.ends_with_label(token.found) for token in tokens):
        return None  # “The Photo = Newsis”: the credit begins with “Photo”
    else:
        subject = _in_english_order(tokens)
    if subject and role and not subject.role:
        return subject._replace(role=role)
    return subject


def _in_english_order(tokens: Sequence[Token]) -> _Subject | None:
    """Return the subject that words in Latin letters make in the order in which they are.

    >>> newsis = Token("agency", "Newsis", "Newsis")
    >>> _in_english_order([newsis, Token("role", "capture", "Screenshot: {}")])[::2]
    ('Newsis', 'Screenshot: {}')
    """
    role = ""
    if tokens[-1].part == "role":
        role, tokens = tokens[-1].english, tokens[:-1]
    if not tokens or any(token.part in {"role", "website"} for token in tokens):
        return None
    if tokens[0].part == "place" and len(tokens) > 1 and tokens[1].part == "place":
        return None
    if not _are_names(tokens):
        return None
    english = tokens[0].english
    is_dateline = False
    for before, token in pairwise(tokens):
        joint = " "
        if before.is_source and token.is_source:
            joint = "/"
        elif before.part == "place" and token.part == "agency" and before == tokens[0]:
            joint, is_dateline = "=", True
        english += joint + token.english
    return _Subject(english, tokens, role, is_dateline)


def _are_names(tokens: Sequence[Token]) -> bool:
    """Return whether the words beside the sources may be names: “Bank of Korea” and not “of Korea”.

    Words that say what a person is may be in small letters.
    """
    run: list[str] = []
    for token in tokens:
        if not (token.is_source or token.part == "title"):
            run.append(token.found.title() if token.part == "person" else token.found)
        elif run:
            if not is_name(" ".join(run)):
                return False
            run = []
    return not run or is_name(" ".join(run))


def _in_korean_order(tokens: Sequence[Token]) -> _Subject | None:
    """Return the subject that East Asian words make, or None if their order is wrong."""
    names: list[str] = []
    joints: list[str] = []  # between each name and the one before
    places: list[str] = []
    role = ""
    for token in tokens:
        if role or (token.part == "name" and not is_name(token.found)):
            return None  # nothing may follow the role
        if token.part == "role":
            role = token.english
        elif token.part == "place":
            places.insert(0, token.english)  # the largest place comes first
        elif token.part in {"website", "person"}:
            if not names:
                return None
            names[-1] = token.english.replace("{}", names[-1])
        else:
            joints.append(" " if names and token.part in {"name", "title"} else "/")
            names.append(token.english)
    named = "".join(joint + name for joint, name in zip(joints, names, strict=True))
    parts = [named[1:], *places]
    english = ", ".join(part for part in parts if part)
    return _Subject(english, tokens, role) if english else None
