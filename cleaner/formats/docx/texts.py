"""The text of a run: which of its white space a reader sees, and how a changed text is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from cleaner.formats._container import Member
from cleaner.formats._xml import Text, spell_cdata, speller
from cleaner.text.builder import Builder
from cleaner.text.edits import Span
from cleaner.text.passage import Passage, as_it_is
from cleaner.text.sourcemap import Spell, UnwritableError

_WHITE = " \t\r\n"
_TAG_NAME = re.compile(r"[^\s>]+")
_SPACE = re.compile(r"""\s+xml:space\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_OUTER_SPACE = re.compile(r"(?:<!\[CDATA\[)?[ \t\r\n]|(?s:.*)[ \t\r\n](?:\]\]>)?\Z")
_SPELLED_WHITE = re.compile(r"[ \t\r\n]|&#(?:0*(?:9|10|13|32)|x0*(?:9|[aA]|[dD]|20));")
_IN_LINE = re.compile(r"[^\t\n]+|[\t\n]")  # a line end or a tab in a text is shown as a space


def one_line_speller(source: str, member: Member) -> Spell:
    """Return what spells a text that must not have line ends: these are elements here."""
    spell = speller(source, *member.span)

    def spell_in_line(text: str) -> str:
        if "\n" in text or "\t" in text:
            raise UnwritableError("a line end or a tab is an element of its own")
        return spell(text)

    return spell_in_line


def spell_outside(_: str) -> str:
    """Refuse to write a text where the elements of a run are, outside of its texts."""
    raise UnwritableError("only the texts of a run hold text")


def add_text(passage: Passage, source: str, text: Text, span: Span, spell: Spell) -> None:
    """Add a part of a text to a passage: that in `span`, or all of a reference."""
    passage.spell = spell_cdata if text.cdata else spell
    if not text.verbatim:
        passage.spelled(span, " " if text.text in _WHITE else text.text)
        return
    for found in _IN_LINE.finditer(source, *span):
        if found.group() in {"\t", "\n"}:
            passage.spelled(Span(*found.span()), " ")
        else:
            passage.verbatim(source, Span(*found.span()))


def without_outer_space(texts: Sequence[Text]) -> list[Span]:
    """Return the spans of the parts of a text without the white space at its ends."""
    spans = [text.span for text in texts]
    for at, text in enumerate(texts):
        start, end = text.span
        rest = text.text.lstrip(_WHITE)
        if not rest:
            spans[at] = Span(end, end)
            continue
        if text.verbatim:
            spans[at] = Span(start + len(text.text) - len(rest), end)
        break
    for at in reversed(range(len(texts))):
        start, end = spans[at]
        text = texts[at]
        rest = text.text.rstrip(_WHITE)
        if not rest:
            spans[at] = Span(start, start)
            continue
        if text.verbatim:
            spans[at] = Span(start, end - len(text.text) + len(rest))
        break
    return spans


def keeps_space(source: str, tag: Span) -> bool | None:
    """Return whether a tag says that white space at the ends of texts counts; None if it is silent.

    >>> keeps_space('<w:t xml:space="preserve">', Span(0, 26)), keeps_space("<w:t>", Span(0, 5))
    (True, None)
    """
    found = _SPACE.search(source, *tag)
    return "preserve" in found.groups() if found else None


def frame_text(
    builder: Builder, tag: Span, whole: Span, seen: Sequence[Span], *, keeps_space: bool
) -> None:
    """Have the attribute set that keeps white space when the text gets some at its ends.

    Args:
        builder: what makes the document.
        tag: the start tag of the text.
        whole: what is between this and the end tag.
        seen: the parts of it that a reader sees; some may be empty.
        keeps_space: whether the attribute is set.
    """
    name = _TAG_NAME.match(builder.source, tag.start)
    assert name
    start = name.end()
    respell = as_it_is
    seen = [span for span in seen if span.start < span.end]
    if seen and not keeps_space:
        unseen = seen[0].start - whole.start, whole.end - seen[-1].end
        respell = partial(_with_space_kept, tag=tag.end - start, unseen=unseen)
    builder.frame(Span(start, whole.end), respell)


def _with_space_kept(changed: str, tag: int, unseen: tuple[int, int]) -> str:
    """Return the rest of a start tag and a text with the attribute that keeps outer white space.

    It is set only if the text begins or ends with white space, and then white space that nobody
    saw before is left out.

    Args:
        changed: the rest of the tag behind its name, and the text with what is new in it.
        tag: the length of the first.
        unseen: how long that is which nobody sees before and behind the text: white space, marks
            of CDATA sections.

    >>> _with_space_kept("> Ma ", 1, (1, 0))
    ' xml:space="preserve">Ma '
    """
    head, text = changed[:tag], changed[tag:]
    start, end = unseen[0], len(text) - unseen[1]
    before, behind = (_SPELLED_WHITE.sub("", part) for part in (text[:start], text[end:]))
    text = f"{before}{text[start:end]}{behind}"
    if not _OUTER_SPACE.match(text):
        return changed
    attribute = ' xml:space="preserve"'
    return f"{attribute}{_SPACE.sub('', head)}{text}"
