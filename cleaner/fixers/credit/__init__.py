"""kind: credit. Translates credits in brackets, by a small grammar over words that stand in YAML.

The grammar is in `grammar`. A credit with one Hangul word that the lists do not hold is left whole:
names are never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from cleaner.fixers.credit.grammar import Words, translated
from cleaner.rules.model import Level, Rule
from cleaner.rules.patterns import required
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Hit

Options = Words
LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")

_HANGUL = r"[\uAC00-\uD7A3]"
_OPENING, _CLOSING = r"\[(<【〈［（", r"\])>】〉］）"
# In Markdown a backslash may stand before a bracket.
_BRACKETS = re.compile(
    f"(?P<opening>[{_OPENING}])(?P<credit>[^{_OPENING}{_CLOSING}\r\n]{{1,80}}?)\\\\?[{_CLOSING}]"
)
_BARE = re.compile(
    r"(?<![\w\[(<])(?P<credit>(?:사진|그래픽|영상|자료)[^\r\n.\[\]()<>]{1,40})(?=\s*\Z)"
)


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, bytes]]:
    """Any Hangul."""
    for rule in rules:
        yield from ((rule, piece) for piece in sorted(required(_HANGUL)))


def edits(
    document: Document, rules: Iterable[Rule], hits: Mapping[str, Sequence[Hit]]
) -> Iterator[Edit]:
    """The inside of every credit that is understood whole."""
    for rule in rules:
        options = cast(Options, rule.options)
        for start, end in dict.fromkeys(document.block(span.start) for span, _ in hits[rule.id]):
            for inside in _credits(document.text[start:end], options):
                if english := translated(inside.group("credit"), options):
                    yield Edit(
                        Span(start + inside.start("credit"), start + inside.end("credit")),
                        english,
                        (rule.id,),
                    )


def _credits(text: str, options: Options) -> Iterator[re.Match[str]]:
    """Brackets that hold Hangul and a credit, not a gloss, as in “Yonhap (연합뉴스)” or “Shinhwa [신화]”.

    A credit has an equals sign, or it stands at the beginning of the block, or at its end behind a
    sentence; in round brackets, or behind a bare word, it has to speak of a picture besides.
    """
    for found in _BRACKETS.finditer(text):
        credit, head = found.group("credit"), text[: found.start()].rstrip("\\").rstrip()
        works = any(word in credit for word in (*options.labels, *options.roles, *options.alone))
        outside = not head or not text[found.end() :].strip(" .\"'")
        free = found.group("opening") not in "(（" and (not head or not head[-1].isalnum())
        if re.search(_HANGUL, credit) and ("=" in credit or (outside and (works or free))):
            yield found
    yield from _BARE.finditer(text)
