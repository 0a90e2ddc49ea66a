"""The grammar of credits: from the Hangul between two brackets to English.

A credit consists of an optional label, and of subjects with separators between them:

    credit   =  [label separator] subject {separator subject}
    subject  =  {place | source [website]} [role]

A label is in front of the subject and a role behind it, but both say what the subject did. English
has one order for them: the template of the role, or else of the label, around the subjects. Places
come after their sources, the smallest first.

One example, step by step. `중국 국무원신문판공실망 캡처` is one subject, made of 중국 (a place),
국무원신문판공실 (a source), 망 (its website) and 캡처 (a role). The source and its website become
“State Council Information Office website”, the place follows, and the template of the role goes
around it: `Screenshot: State Council Information Office website, China`.

A credit with even one Hangul word that the lists do not have is not translated at all, because the
word may be a name, and names are never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from cleaner.rules.model import NOTHING

_SEPARATOR = re.compile(r"\s*([=/·ㆍ,:|])\s*")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.&'-]*(?: [A-Za-z][A-Za-z0-9.&'-]*)*")
_WHITE_SPACE = re.compile(r"\s+")


class Words(NamedTuple):
    """Hangul words by their place in the grammar, each with its English.

    The English of `websites`, `labels` and `roles` is a template, in which `{}` is what the word
    is about. `message` says what is wrong with a credit in Hangul.
    """

    message: str
    sources: Mapping[str, str]  # agencies, papers, companies, offices
    places: Mapping[str, str]
    websites: Mapping[str, str] = NOTHING  # behind a source: its website, its screen
    labels: Mapping[str, str] = NOTHING  # before the subjects: 사진=X
    roles: Mapping[str, str] = NOTHING  # behind a subject: X 캡처
    alone: Mapping[str, str] = NOTHING  # nothing else between the brackets: [자료사진]


class _Subject(NamedTuple):
    """The English of one subject, and the template of its role if it has one."""

    english: str
    role: str | None


def translated(credit: str, words: Words) -> str | None:
    """Return the English of what is between the brackets, or None if a word of it is unknown.

    Places without a source are no credit: None.

    >>> agencies = {"연합뉴스": "Yonhap"}
    >>> words = Words("Hangul", agencies, {"서울": "Seoul"}, labels={"사진": "Photo: {}"})
    >>> translated("AP=연합뉴스", words), translated("사진=연합뉴스", words)
    ('AP/Yonhap', 'Photo: Yonhap')
    >>> translated("홍길동", words), translated("서울", words)
    (None, None)
    """
    closed_up = _WHITE_SPACE.sub("", credit)
    if closed_up in words.alone:
        return words.alone[closed_up]
    # Subjects at even positions, the separators between them at odd ones.
    pieces = _SEPARATOR.split(credit.strip())
    label = _label(pieces, words)
    if label:
        pieces = pieces[2:]
    subjects = _subjects(pieces[::2], words)
    if subjects is None:
        return None
    english = _joined(subjects, pieces, words)
    roles = [subject.role for subject in subjects if subject.role]
    template = roles[0] if roles else label
    if template:
        return template.replace("{}", english)
    has_source = any(source in credit for source in words.sources)
    return english if has_source else None


def _label(pieces: list[str], words: Words) -> str | None:
    """Return the template of the label that the pieces of a credit begin with, if there is one."""
    if len(pieces) == 1:
        return None
    return words.labels.get(_WHITE_SPACE.sub("", pieces[0]))


def _subjects(pieces: list[str], words: Words) -> list[_Subject] | None:
    """Translate every subject of a credit, or return None if one of them cannot be translated."""
    subjects: list[_Subject] = []
    for piece in pieces:
        subject = _subject(piece, words)
        if subject is None:
            return None
        subjects.append(subject)
    return subjects


def _joined(subjects: list[_Subject], pieces: list[str], words: Words) -> str:
    """Return the English of all subjects with the separators of `pieces` between them."""
    joined = subjects[0].english
    for number, subject in enumerate(subjects[1:], start=1):
        before, separator = pieces[2 * number - 2], pieces[2 * number - 1]
        joined += _english_separator(separator, before, words) + subject.english
    return joined


def _english_separator(separator: str, before: str, words: Words) -> str:
    """Return how a separator is written in English, given the Hangul before it."""
    if separator == ",":
        return ", "
    if separator == "=" and before.strip() in words.places:
        return "="  # a dateline: [Seoul=Newsis]
    return "/"


def _subject(piece: str, words: Words) -> _Subject | None:
    """Translate one subject, or return None if it has an unknown word or a wrong order."""
    known = {**words.places, **words.sources, **words.websites, **words.roles}
    found = _split(piece, known)
    if found is None:
        return None
    sources: list[str] = []
    places: list[str] = []
    role = None
    for word in found:
        if word not in known:
            sources.append(word)  # a name in Latin letters stays as it is
        elif role:
            return None  # no Hangul may follow the role
        elif word in words.roles:
            role = words.roles[word]
        elif word in words.places:
            places.insert(0, words.places[word])  # Korean has the largest place first
        elif word in words.websites and sources:
            sources[-1] = words.websites[word].replace("{}", sources[-1])
        elif word in words.sources:
            sources.append(words.sources[word])
        else:
            return None  # a website without a source
    parts = ["/".join(sources), *places]
    english = ", ".join(part for part in parts if part)
    return _Subject(english, role) if english else None


def _split(piece: str, known: Collection[str]) -> list[str] | None:
    """Split a subject into known words and names in Latin letters.

    Korean writes compounds with or without spaces, so the longest known word is taken at each
    point. Returns None if something else is in the way.

    >>> _split("연합뉴스TV 캡처", {"연합뉴스", "연합뉴스TV", "캡처"}), _split("홍길동", {"캡처"})
    (['연합뉴스TV', '캡처'], None)
    """
    found: list[str] = []
    at = 0
    while at < len(piece):
        if piece[at].isspace():
            at += 1
            continue
        candidates = [word for word in known if piece.startswith(word, at)]
        word = max(candidates, key=len, default="")
        if not word:
            latin = _LATIN_NAME.match(piece, at)
            if not latin:
                return None
            word = latin.group()
        found.append(word)
        at += len(word)
    return found
