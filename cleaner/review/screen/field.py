"""A line that a person types, and words that a person points at: the two things a key can do
besides deciding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import regex

_WORD = re.compile(r"[^\W_](?:[\w’'.&-]*[^\W_])?")
_CALENDAR = re.compile(
    "(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    "|(Septem|Octo|Novem|Decem)ber"
)
_POSSESSIVE = re.compile(r"['’][sS]$")


@dataclass(frozen=True, slots=True)
class Field:
    """One line of text and where the cursor stands in it, in code points.

    `proposals` are what the up and down keys put there.
    """

    text: str
    cursor: int
    proposals: tuple[str, ...] = ()

    @classmethod
    def holding(cls, text: str, proposals: tuple[str, ...] = ()) -> Field:
        """A field with the cursor behind its text."""
        return cls(text, len(text), proposals)

    def pressed(self, key: str) -> Field:
        """The field after a key; what is no key of a field changes nothing.

        >>> Field.holding("Ma Yu").pressed("n").text, Field.holding("Ma Yun").pressed("backspace").text
        ('Ma Yun', 'Ma Yu')
        """
        head, tail = self.text[: self.cursor], self.text[self.cursor :]
        match key:
            case "backspace":
                return self._with(_clusters(head)[:-1], _clusters(tail))
            case "delete":
                return self._with(_clusters(head), _clusters(tail)[1:])
            case "left":
                return replace(self, cursor=len("".join(_clusters(head)[:-1])))
            case "right":
                return replace(self, cursor=len(head + "".join(_clusters(tail)[:1])))
            case "home" | "c-a":
                return replace(self, cursor=0)
            case "end" | "c-e":
                return replace(self, cursor=len(self.text))
            case "c-u":
                return self._with([], _clusters(tail))
            case "c-w":
                return self._with(_clusters(re.sub(r"\S+\s*$", "", head)), _clusters(tail))
            case "up" | "down":
                return self._proposed(1 if key == "down" else -1)
        typed = (
            key.removeprefix("paste:") if key.startswith("paste:") else key if len(key) == 1 else ""
        )
        typed = " ".join(typed.split()) if len(typed) > 1 else typed
        return self._with([head, typed], [tail]) if typed.isprintable() else self

    def _with(self, head: list[str], tail: list[str]) -> Field:
        before = "".join(head)
        return replace(self, text=before + "".join(tail), cursor=len(before))

    def _proposed(self, step: int) -> Field:
        if not self.proposals:
            return self
        here = self.proposals.index(self.text) if self.text in self.proposals else -min(step, 0) - 1
        text = self.proposals[(here + step) % len(self.proposals)]
        return replace(self, text=text, cursor=len(text))


def _clusters(text: str) -> list[str]:
    return regex.findall(r"\X", text)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a line, of which those from `first` to `last` are chosen; `form` is the span no word
    may touch.
    """

    line: str
    words: tuple[tuple[int, int], ...]
    form: tuple[int, int]
    first: int
    last: int

    @classmethod
    def nearest(cls, line: str, start: int, end: int) -> Phrase | None:
        """The words of a line beside the form that stands from `start` to `end`; chosen is the name
        nearest to it.

        A person who looks for evidence looks for a name: “Ant Group” rather than “the”. None where
        there are no words.

        >>> Phrase.nearest("Ant Group waits, and Marwin with it.", 21, 27).text
        'Ant Group'
        """
        words = tuple(
            word for word in map(_bare, _WORD.finditer(line)) if word[1] <= start or word[0] >= end
        )
        if not words:
            return None
        names = [at for at, (first, last) in enumerate(words) if _like_a_name(line[first:last])]
        near = [_distance(word, start, end) for word in words]
        begins = [bool(names) and _begins(line[:first]) for first, _ in words]
        chosen = min(names or range(len(words)), key=lambda at: (begins[at], near[at]))
        phrase = cls(line, words, (start, end), chosen, chosen)
        while phrase.last + 1 in names and phrase._joined(phrase.last):
            phrase = replace(phrase, last=phrase.last + 1)
        while phrase.first - 1 in names and phrase._joined(phrase.first - 1):
            phrase = replace(phrase, first=phrase.first - 1)
        return phrase

    @property
    def text(self) -> str:
        """The chosen words, with what stands between them."""
        return self.line[self.words[self.first][0] : self.words[self.last][1]]

    @property
    def span(self) -> tuple[int, int]:
        """Where they stand, in code points of the line."""
        return self.words[self.first][0], self.words[self.last][1]

    def pressed(self, key: str) -> Phrase:
        """The phrase after a key: left and right choose a word, + and - make the phrase longer and
        shorter.
        """
        match key:
            case "left" | "h":
                place = max(self.first - 1, 0)
            case "right" | "l":
                place = min(self.last + 1, len(self.words) - 1)
            case "+" | "=" | "s-right" | " ":
                longer = self.last + 1 < len(self.words) and not self._across(self.last)
                return replace(self, last=self.last + 1) if longer else self
            case "-" | "s-left" | "backspace":
                return replace(self, last=max(self.last - 1, self.first))
            case _:
                return self
        return replace(self, first=place, last=place)

    def _across(self, left: int) -> bool:
        """Whether the form stands between that word and the next."""
        return self.words[left][1] <= self.form[0] and self.form[1] <= self.words[left + 1][0]

    def _joined(self, left: int) -> bool:
        return self.line[self.words[left][1] : self.words[left + 1][0]] == " " and not self._across(
            left
        )


def _like_a_name(word: str) -> bool:
    return word[0].isupper() and len(word) > 1 and not _CALENDAR.fullmatch(word)


def _begins(before: str) -> bool:
    """Whether a word behind that text begins a sentence, so that its capital says nothing."""
    return not (bare := before.rstrip(" \"'“‘")) or bare[-1] in ".!?:"


def _bare(found: re.Match[str]) -> tuple[int, int]:
    word = _POSSESSIVE.sub("", found.group())
    return found.start(), found.start() + len(word)


def _distance(word: tuple[int, int], start: int, end: int) -> int:
    return start - word[1] if word[1] <= start else word[0] - end
