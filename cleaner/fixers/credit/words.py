"""The words of credits: what a rule lists, and how a text is cut into these words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import Literal, NamedTuple, TypeAlias

from cleaner.rules.model import NOTHING
from cleaner.text.characters import HANGUL
from cleaner.text.lazy import lazy_pattern

# Han and kana; with Hangul they are what a credit may be left in.
_HAN_AND_KANA = r"\u3005\u3041-\u30FF\u3400-\u4DBF\u4E00-\u9FFF"
EAST_ASIAN = lazy_pattern(f"[{HANGUL}{_HAN_AND_KANA}]")

# Which readings a rule writes; the sense of each is explained in `cleaner.fixers.credit.grammar`.
About = Literal["untranslated", "certain", "likely", "style", "dateline", "byline", "glued"]

Part: TypeAlias = Literal["agency", "source", "place", "website", "role", "person", "name", "title"]

_GAP = lazy_pattern(r"\s+")
_LONGEST_LABEL = 4  # words
PREPOSITIONS = (" by", " of", " from")

# What may be behind a label; Koreans type a jamo for a bar, and readers take it for an I.
_MARKS_OF_LABELS = (
    "=",
    "|",
    "i ",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{HANGUL LETTER I}",
    "\N{CIRCLED LATIN SMALL LETTER C}",
)

_OWNED = "\N{CIRCLED LATIN SMALL LETTER C}\N{COPYRIGHT SIGN}"  # before an owner: ⓒ Yonhap
SHORT = 4  # code points; names of agencies up to this length have other senses too: AP
_LONGEST_NAME = 6  # words
_LONGEST_INITIALS = 4  # code points, with the full stop: Inc.

# Small words inside the name of a firm: Bank of Korea.
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "&", "de"})
_IN_A_WORD = r"[A-Za-z0-9\u00C0-\u024F.&'\N{RIGHT SINGLE QUOTATION MARK}-]*"
_NAME_WORD = rf"[A-Z0-9\u00C0-\u00DE]{_IN_A_WORD}"
_LATIN_WORD = lazy_pattern(rf"[A-Za-z0-9\u00C0-\u024F]{_IN_A_WORD}|&")

_QUOTES = (
    "'\"\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
)
# Where a known word may begin or end: at a word in Latin letters, or at any other character.
_PIECE = lazy_pattern(r"[A-Za-z0-9]+|\S")
# Letters that are Latin letters of ASCII, or begin with some, once case does not count: ß, ﬁ, İ.
_FOLDED_TO_ASCII = lazy_pattern(
    "[\u00df\u0130\u0149\u017f\u01f0\u1e96-\u1e9a\u1e9e\u212a\ufb00-\ufb06]"
)
# The title of a show, whatever became of its marks: Photo = SBS ’Slow Walking’ capture.
_TITLE = lazy_pattern(rf"[{_QUOTES}][^{_QUOTES}\r\n]{{1,60}}[{_QUOTES}]")


class Words(NamedTuple):
    """The keys of a rule of this kind: words by their place in the grammar, with their English.

    The words may be in any script. The English of `websites`, `labels`, `roles` and `people` is a
    template, in which `{}` is what the word is about.
    """

    message: str
    sources: Mapping[str, str]  # papers, companies, offices
    places: Mapping[str, str]
    about: About = "untranslated"
    agencies: Mapping[str, str] = NOTHING  # sources that datelines name
    misspelt: Mapping[str, str] = NOTHING  # agencies, as nobody spells them who writes English
    websites: Mapping[str, str] = NOTHING  # behind a source: its website, its screen
    labels: Mapping[str, str] = NOTHING  # before the subjects: 사진=X, Photo = X
    roles: Mapping[str, str] = NOTHING  # behind a subject: X 캡처, X capture
    people: Mapping[str, str] = NOTHING  # beside the name of a person: X 기자, Reporter X
    alone: Mapping[str, str] = NOTHING  # nothing else between the brackets: [자료사진]

    def __hash__(self) -> int:
        """Hash how many words there are, because a mapping cannot be hashed."""
        return hash((self.message, self.about, len(self.sources), len(self.places)))


class Label(NamedTuple):
    """A label as it was found, and the template of its English."""

    found: str
    template: str


class Token(NamedTuple):
    """A word of a credit: what it is, as it was found, and in English."""

    part: Part
    found: str
    english: str

    @property
    def is_source(self) -> bool:
        """Whether the word names an agency, a paper, a company or an office."""
        return self.part in {"agency", "source"}


class Lexicon:
    """The words of a rule, ready to cut credits into them."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._known: dict[str, tuple[Part, str]] = {}
        self._learn("person", words.people)
        self._learn("place", words.places)
        self._learn("source", words.sources)
        self._learn("agency", words.agencies)
        self._learn("agency", words.misspelt)
        self._learn("website", words.websites)
        self._learn("role", words.roles)
        self._misspelt = {_key(word) for word in words.misspelt}
        self._labels = {_key(label): english for label, english in words.labels.items()}
        # How long a word in a text may be, by its first letter; it may have spaces between letters.
        self._longest: dict[str, int] = {}
        for word in self._known:
            first = word[:1].casefold()
            self._longest[first] = max(2 * len(word), self._longest.get(first, 0))
        self._beginnings = frozenset(_beginnings(self._known))
        self._label_beginnings = frozenset(_beginnings(self._labels))
        # Pieces of which every credit has one. The words of `alone` may have spaces anywhere.
        self._telling = {_telling_piece(word) for word in (*self._known, *self._labels)}
        self._telling.update(_OWNED)
        for word in words.alone:
            self._telling.update(accumulate(_first_piece(word)))
        about_pictures = (*words.labels, *words.roles, *words.alone)
        self._picture_words = tuple(filter(EAST_ASIAN.search, about_pictures))

    def _learn(self, part: Part, words: Mapping[str, str]) -> None:
        """Add words with their English; the English name of a source or a place is known too."""
        for word, english in words.items():
            self._known[_key(word)] = part, english
        if part in {"agency", "source", "place"}:
            for english in words.values():
                self._known.setdefault(_key(english), (part, english))

    def may_be_in(self, text: str) -> bool:
        """Return whether a text may hold a credit with these words. This check costs little.

        >>> lexicon = Lexicon(Words("", {"Blue Daily": "Blue Daily"}, {}))
        >>> lexicon.may_be_in("the Daily of the day"), lexicon.may_be_in("in the blue sea")
        (True, False)
        """
        if not self._telling.isdisjoint(map(str.casefold, _PIECE.findall(text))):
            return True
        return not text.isascii() and bool(_FOLDED_TO_ASCII.search(text))

    def is_about_a_picture(self, text: str) -> bool:
        """Return whether an East Asian text has a word that says so: 사진, 캡처.

        >>> lexicon = Lexicon(Words("", {}, {}, labels={"사진": "Photo: {}"}))
        >>> lexicon.is_about_a_picture("사진=연합뉴스")
        True
        """
        return any(word in text for word in self._picture_words)

    def label(self, text: str) -> Label | None:
        """Return the label that a text is, or None if it is none."""
        template = self._labels.get(_key(text)) if self._may_be_label(text) else None
        return Label(text, template) if template else None

    def _may_be_label(self, text: str) -> bool:
        """Return whether a text may begin with a label."""
        piece = _PIECE.search(text)
        return piece is not None and _begins_with_one_of(self._label_beginnings, piece)

    def leading_label(self, text: str, *, prepositions: bool = False) -> tuple[Label | None, str]:
        """Return the label that a text begins with, None if there is none, and what is behind it.

        With `prepositions`, only a label that ends with one.

        >>> words = Words("", {}, {}, labels={"Photo": "Photo: {}", "Photo by": "Photo: {}"})
        >>> Lexicon(words).leading_label("Photo by Newsis")
        (Label(found='Photo by', template='Photo: {}'), 'Newsis')
        """
        if not self._may_be_label(text):
            return None, text
        found = list(islice(_GAP.finditer(text), _LONGEST_LABEL))
        for gap in reversed(found):
            label = self.label(text[: gap.start()])
            if label and not (prepositions and not label.found.endswith(PREPOSITIONS)):
                return label, text[gap.end() :]
        return None, text

    def ends_with_label(self, text: str) -> bool:
        """Return whether the last word of a text is a label."""
        return self.label(text.split()[-1]) is not None

    def is_misspelt(self, token: Token) -> bool:
        """Return whether nobody who writes English spells the word in this way."""
        return _key(token.found) in self._misspelt

    def tokens(self, text: str) -> Sequence[Token] | None:
        """Cut a text into known words, names in Latin letters, and titles in quotation marks.

        Korean writes compounds with or without spaces, so the longest known word is taken at each
        point. Returns None if something else is in the way.

        >>> lexicon = Lexicon(Words("", {"연합뉴스TV": "Yonhap News TV", "연합뉴스": "Yonhap"}, {}))
        >>> [token.english for token in lexicon.tokens("연합뉴스TV Park Min")]
        ['Yonhap News TV', 'Park Min']
        >>> lexicon.tokens("홍길동") is None
        True
        """
        found: list[Token] = []
        at = 0
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            known = self._known_at(text, at)
            if known:
                found.append(known)
                at += len(known.found)
                continue
            title = _TITLE.match(text, at)
            if title:
                found.append(Token("title", title.group(), title.group()))
                at = title.end()
                continue
            name = _LATIN_WORD.match(text, at)
            if not name:
                return None
            at = name.end()
            word = name.group()
            if found and found[-1].part == "name":
                word = f"{found.pop().found} {word}"
            found.append(Token("name", word, word))
        return found

    def _known_at(self, text: str, at: int) -> Token | None:
        """Return the longest known word at a place of a text."""
        first = _PIECE.match(text, at)
        if not first or not _begins_with_one_of(self._beginnings, first) or _cuts_word(text, at):
            return None
        longest = self._longest.get(text[at].casefold(), 0)
        ends = [piece.end() for piece in _PIECE.finditer(text, at, at + longest)]
        if ends and _cuts_word(text, ends[-1]):
            ends.pop()
        for end in reversed(ends):
            word = text[at:end]
            key = _key(word)
            if key not in self._known:
                continue
            part, english = self._known[key]
            # A word in capitals is the same word, and “Reporter” says enough as it is.
            is_same = key == _key(english)
            is_title = part == "person" and word.isascii()
            return Token(part, word, word if is_same or is_title else english)
        return None

    def end_of_sources(self, text: str, at: int) -> int:
        """Return where the sources end that begin at a place of a text; `at` if none does."""
        end = at
        while True:
            token = self._known_at(text, at)
            if not (token and token.is_source):
                return end
            end = at + len(token.found)
            gap = _GAP.match(text, end)
            at = gap.end() if gap else end

    def literals(self, about: About) -> Iterator[bytes]:
        """Yield what a block contains that has something to change, for a rule about this.

        Names of up to four letters are left out, because they are found in other words, and those
        that begin with “the”, because they are found everywhere; no credit has nothing else.
        """
        if about == "byline":
            yield from (_key(word).encode() for word in self.words.people)
        elif about == "untranslated":
            for word in (*self._known, *self._labels, *map(_key, self.words.alone)):
                if EAST_ASIAN.search(word):
                    yield word.encode()
        else:
            for word, (part, _) in self._known.items():
                # Of the papers and companies, only those that their style may give away.
                is_wanted = part == "agency" or (part == "source" and about in {"style", "glued"})
                is_telling = len(word) > SHORT and not word.startswith("the ")
                if is_wanted and is_telling and word.isascii():
                    yield word.encode()
            yield from self._marked_labels()
            yield "\N{CIRCLED LATIN SMALL LETTER C}".encode()

    def _marked_labels(self) -> Iterator[bytes]:
        """Yield each label with each mark behind it, and those that need none."""
        for label in self._labels:
            for mark in _MARKS_OF_LABELS:
                yield f"{label}{mark}".encode()
                yield f"{label} {mark}".encode()
            if label.endswith(PREPOSITIONS):
                yield label.encode()


def _beginnings(keys: Iterable[str]) -> Iterator[str]:
    """Yield the first piece of each key, as a text has it whatever its case.

    Spaces in East Asian words do not count, so a part of a first piece may be alone in the text.

    >>> list(_beginnings(["blue daily", "AP", "kbs뉴스"]))
    ['blue', 'ap', 'k', 'kb', 'kbs']
    """
    for key in keys:
        first = _first_piece(key)
        if EAST_ASIAN.search(key):
            yield from accumulate(first)
        else:
            yield first


def _first_piece(word: str) -> str:
    """Return the piece that a word begins with, in small letters; "" if it has none."""
    first = _PIECE.search(word)
    return first.group().casefold() if first else ""


def _begins_with_one_of(beginnings: frozenset[str], piece: re.Match[str]) -> bool:
    """Return whether a text may hold one of the keys with these beginnings where a piece of it is.

    Where case does not count, a letter beside the piece may belong to it: “oﬃce”.
    """
    if piece.group().casefold() in beginnings:
        return True
    if piece.string.isascii():
        return False
    return bool(_FOLDED_TO_ASCII.search(piece.string, piece.start(), piece.end() + 1))


def _telling_piece(key: str) -> str:
    """Return the piece of a key that fewest texts have: an East Asian character, or the longest.

    >>> _telling_piece("the hague"), _telling_piece("AP"), _telling_piece("kbs뉴스")
    ('hague', 'ap', '뉴')
    """
    east_asian = EAST_ASIAN.search(key)
    if east_asian:
        return east_asian.group()
    return max(_PIECE.findall(key), key=len, default="").casefold()


def is_name(text: str) -> bool:
    """Return whether words in Latin letters may be the name of a person or a firm.

    >>> is_name("Hong Gil-dong"), is_name("Bank of Korea"), is_name("the old gate")
    (True, True, False)
    >>> is_name("The Gate. Hong"), is_name("iMBC")
    (False, True)
    """
    words = text.split()
    if len(words) == 1:
        return not text.islower()
    small = [word for word in words if not re.fullmatch(_NAME_WORD, word)]
    if len(words) > _LONGEST_NAME or words[0] in small or words[-1] in small:
        return False
    if any(word.endswith(".") and len(word) > _LONGEST_INITIALS for word in words[:-1]):
        return False
    return _SMALL_WORDS.issuperset(small)


def _key(word: str) -> str:
    """Return a word as it is looked up: short ones in capitals by their case, others in any.

    White space in East Asian words does not count.

    >>> _key("YONHAP  News"), _key("AP"), _key("tvN"), _key("사진 제공")
    ('yonhap news', 'AP', 'tvn', '사진제공')
    """
    joint = " " if word.isascii() or not EAST_ASIAN.search(word) else ""
    word = joint.join(word.split())
    return word if len(word) < SHORT and word.isupper() else word.casefold()


def _cuts_word(text: str, at: int) -> bool:
    """Return whether a place is inside a word in Latin letters.

    East Asian words are written without spaces between them.

    >>> _cuts_word("TVN", 2), _cuts_word("연합뉴스TV", 4)
    (True, False)
    """
    return _is_latin(text[at - 1 : at]) and _is_latin(text[at : at + 1])


def _is_latin(char: str) -> bool:
    """Return whether a character is a letter or digit of ASCII; there may be none."""
    return char.isascii() and char.isalnum()
