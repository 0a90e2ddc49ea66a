"""Two things that keys can change before a decision: a line of text, and words chosen in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import regex

from cleaner.review.session.evidence import begins_sentence, distance, looks_like_name, words
from cleaner.text.edits import Span

_PASTE = "paste:"  # a key with this prefix holds pasted text


@dataclass(frozen=True, slots=True)
class Field:
    """A line of text that is being typed.

    Attributes:
        text: the text.
        cursor: where the cursor is, in code points.
        proposals: texts that the up and down keys put in its place.
    """

    text: str
    cursor: int
    proposals: tuple[str, ...] = ()

    @classmethod
    def holding(cls, text: str, proposals: tuple[str, ...] = ()) -> Field:
        """Return a field with the cursor behind its text."""
        return cls(text, len(text), proposals)

    def pressed(self, key: str) -> Field:
        """Return the field after a key. A key that means nothing here changes nothing.

        >>> Field.holding("Ma Yu").pressed("n").text
        'Ma Yun'
        >>> Field.holding("Ma Yun").pressed("backspace").text
        'Ma Yu'
        """
        head, tail = self.text[: self.cursor], self.text[self.cursor :]
        match key:
            case "backspace":
                return self._joined("".join(_clusters(head)[:-1]), tail)
            case "delete":
                return self._joined(head, "".join(_clusters(tail)[1:]))
            case "left":
                return replace(self, cursor=len("".join(_clusters(head)[:-1])))
            case "right":
                return replace(self, cursor=len(head + "".join(_clusters(tail)[:1])))
            case "home" | "c-a":
                return replace(self, cursor=0)
            case "end" | "c-e":
                return replace(self, cursor=len(self.text))
            case "c-u":
                return self._joined("", tail)
            case "c-w":
                return self._joined(re.sub(r"\S+\s*$", "", head), tail)
            case "down":
                return self._next_proposal()
            case "up":
                return self._previous_proposal()
        return self._joined(head + _typed(key), tail)

    def _joined(self, head: str, tail: str) -> Field:
        """Return the field with these texts before and behind the cursor."""
        return replace(self, text=head + tail, cursor=len(head))

    def _next_proposal(self) -> Field:
        if not self.proposals:
            return self
        if self.text not in self.proposals:
            return self._replaced(self.proposals[0])
        following = self.proposals.index(self.text) + 1
        return self._replaced(self.proposals[following % len(self.proposals)])

    def _previous_proposal(self) -> Field:
        if not self.proposals:
            return self
        if self.text not in self.proposals:
            return self._replaced(self.proposals[-1])
        return self._replaced(self.proposals[self.proposals.index(self.text) - 1])

    def _replaced(self, text: str) -> Field:
        return replace(self, text=text, cursor=len(text))


def _typed(key: str) -> str:
    """Return the text that a key types; "" if it types none.

    Pasted text becomes one line. Text with unprintable characters is ignored.
    """
    text = ""
    if key.startswith(_PASTE):
        text = key.removeprefix(_PASTE)
        if len(text) > 1:
            text = " ".join(text.split())
    elif len(key) == 1:
        text = key
    return text if text.isprintable() else ""


def _clusters(text: str) -> list[str]:
    """Split a text into what a reader sees as characters."""
    return regex.findall(r"\X", text)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring words that are chosen in a line.

    Attributes:
        line: the line.
        words: the words that may be chosen. None of them touches the form.
        form: where the form is that the evidence is for.
        first: the index of the first chosen word.
        last: the index of the last one.
    """

    line: str
    words: tuple[Span, ...]
    form: Span
    first: int
    last: int

    @classmethod
    def nearest(cls, line: str, start: int, end: int, forms: Iterable[str] = ()) -> Phrase | None:
        """Choose the name that is nearest to the form from `start` to `end`.

        Words of `forms` cannot be chosen: the rule would take its own evidence away.

        Evidence is best a name: “Ant Group” rather than “the”. A word that begins a sentence may
        have its capital from that, so other names are preferred. If there is no name, the nearest
        word is chosen; if there is no word at all, None is returned.

        >>> Phrase.nearest("Ant Group waits, and Marwin with it.", 21, 27).text
        'Ant Group'
        """
        form = Span(start, end)
        free = words(line, [form.of(line), *forms])
        if not free:
            return None
        names = [number for number, word in enumerate(free) if looks_like_name(word.of(line))]

        def preference(number: int) -> tuple[bool, int]:
            word = free[number]
            is_first = bool(names) and begins_sentence(line[: word.start])
            return is_first, distance(word, form)

        chosen = min(names or range(len(free)), key=preference)
        return cls(line, free, form, chosen, chosen)._extended_to(names)

    def _extended_to(self, names: list[int]) -> Phrase:
        """Return the phrase with the names that follow and precede it after a single space."""
        first, last = self.first, self.last
        while last + 1 in names and self._is_adjacent(last):
            last += 1
        while first - 1 in names and self._is_adjacent(first - 1):
            first -= 1
        return replace(self, first=first, last=last)

    @property
    def span(self) -> Span:
        """Where the chosen words are in the line."""
        return Span(self.words[self.first].start, self.words[self.last].end)

    @property
    def text(self) -> str:
        """The chosen words, and what is between them."""
        return self.span.of(self.line)

    def pressed(self, key: str) -> Phrase:
        """Return the phrase after a key.

        Left and right choose another word; + and - make the phrase longer and shorter.
        """
        match key:
            case "left" | "h":
                return self._only(max(self.first - 1, 0))
            case "right" | "l":
                return self._only(min(self.last + 1, len(self.words) - 1))
            case "+" | "=" | "s-right" | " ":
                return self._longer()
            case "-" | "s-left" | "backspace":
                return replace(self, last=max(self.last - 1, self.first))
        return self

    def _only(self, number: int) -> Phrase:
        return replace(self, first=number, last=number)

    def _longer(self) -> Phrase:
        is_last = self.last + 1 == len(self.words)
        if is_last or self._is_form_behind(self.last):
            return self
        return replace(self, last=self.last + 1)

    def _is_form_behind(self, number: int) -> bool:
        """Return whether the form is between a word and the next one."""
        before, after = self.words[number], self.words[number + 1]
        return before.end <= self.form.start and self.form.end <= after.start

    def _is_adjacent(self, number: int) -> bool:
        """Return whether a word and the next one are separated by a single space."""
        between = Span(self.words[number].end, self.words[number + 1].start)
        return between.of(self.line) == " " and not self._is_form_behind(number)
