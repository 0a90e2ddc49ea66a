"""The grammar of credits: Hangul words between brackets, and their English.

One credit, followed through: in `중국 국무원신문판공실망 캡처` the words are 중국 (a place), 국무원신문판공실 (a source),
망 (its website) and 캡처 (a role behind its subject), which gives `Screenshot: State Council
Information Office website, China`. A credit with one Hangul word that the lists do not hold is not
translated at all: names are never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from cleaner.rules.model import NOTHING

_SEPARATOR = re.compile(r"\s*([=/·ㆍ,:|])\s*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&'-]*(?: [A-Za-z][A-Za-z0-9.&'-]*)*")


class Words(NamedTuple):
    """Hangul words and their English: `labels` stand before what they speak of (사진=X), `roles`
    behind (X 캡처).

    `message` says why a credit in Hangul is a finding.
    """

    message: str
    sources: Mapping[str, str]
    places: Mapping[str, str]
    websites: Mapping[str, str] = NOTHING
    labels: Mapping[str, str] = NOTHING
    roles: Mapping[str, str] = NOTHING
    alone: Mapping[str, str] = NOTHING


def translated(credit: str, words: Words) -> str | None:
    """The English of what stands between the brackets, or None if a word of it is unknown.

    >>> words = Words("Hangul", sources={"연합뉴스": "Yonhap"}, places={}, labels={"사진": "Photo: {}"})
    >>> translated("AP=연합뉴스", words), translated("사진=연합뉴스", words), translated("홍길동", words)
    ('AP/Yonhap', 'Photo: Yonhap', None)
    """
    closed = re.sub(r"\s", "", credit)
    if closed in words.alone:
        return words.alone[closed]
    pieces = _SEPARATOR.split(credit.strip())
    label = words.labels.get(re.sub(r"\s", "", pieces[0])) if len(pieces) > 1 else None
    if label:
        pieces = pieces[2:]
    out, role = "", None
    for number, piece in enumerate(pieces):
        if number % 2:
            dateline = piece == "=" and pieces[number - 1].strip() in words.places
            out += ", " if piece == "," else "=" if dateline else "/"
            continue
        english, spoken = _subject(piece, words)
        if english is None:
            return None
        out, role = out + english, role or spoken
    template = role or label
    if not template and not any(source in credit for source in words.sources):
        return None  # places alone are no credit
    return template.replace("{}", out) if template else out


def _subject(piece: str, words: Words) -> tuple[str | None, str | None]:
    """The English of words without a separator, and the role that stands behind them."""
    sources: list[str] = []
    places: list[str] = []
    known = {**words.places, **words.sources, **words.websites, **words.roles}
    role, at = None, 0
    while at < len(piece):
        if piece[at].isspace():
            at += 1
            continue
        word = max((word for word in known if piece.startswith(word, at)), key=len, default="")
        if not word and (latin := _LATIN.match(piece, at)):
            sources.append(word := latin.group())
        elif not word or role:
            return None, None
        elif word in words.roles:
            role = words.roles[word]
        elif word in words.places:
            places.insert(0, words.places[word])
        elif word in words.websites and sources:
            sources[-1] = words.websites[word].replace("{}", sources[-1])
        elif word in words.sources:
            sources.append(words.sources[word])
        else:
            return None, None
        at += len(word)
    return ", ".join(filter(None, ["/".join(sources), *places])) or None, role
