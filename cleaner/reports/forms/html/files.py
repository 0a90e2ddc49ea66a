"""The section of a page about one file: its texts before and after, and its findings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Literal
from xml.etree.ElementTree import Element

from cleaner.engine.findings import Finding
from cleaner.reports.changes import location, sides, without_line_ends
from cleaner.reports.forms import Entry
from cleaner.reports.forms.html.elements import (
    Content,
    append,
    breakable,
    element,
    rendered,
    spoken,
)
from cleaner.reports.forms.html.passages import Paragraph, Passage, Run, Stretch, passages
from cleaner.text.characters import LINE_END
from cleaner.text.counting import count
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.layout import Location
from cleaner.text.visible import shortened, visible

_MOST = 100_000  # code points of a stretch that are shown
MOST_SHOWN = 10_000  # findings, and parts of the text, of one file
_AROUND = 60  # code points on each side of what is quoted
_MOST_QUOTED = 200  # code points of that itself
_TOO_LARGE = "with it, this page would be too large"
# How spaces and line ends are shown that come or go.
_SPACE, _LINE_END = "\N{OPEN BOX}", "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}\n"


class Section:
    """What is to be seen of a file that has findings.

    Attributes:
        id: of the section, to be linked to.
    """

    def __init__(self, entry: Entry, number: int) -> None:
        self.id = f"file-{number}"
        self._entry = entry
        applied = {(edit.rules, edit.span) for edit in entry.edits}
        still_open = []
        for finding in entry.findings:
            if (finding.rules, finding.span) not in applied:
                still_open.append(finding)
        parts = passages(entry.document, entry.edits, still_open)
        self._parts = list(islice(parts, MOST_SHOWN))
        self._has_all_parts = next(parts, None) is None
        self._starts = [part.start for part in self._parts if isinstance(part, Passage)]

    def rendered(self) -> str:
        """Return the section as HTML."""
        return "\n".join([f'<section class="file" id="{self.id}">', *self._lines(), "</section>\n"])

    def place(self, finding: Finding) -> Content:
        """Return where a finding is, as a link to the text there if it is shown."""
        place = self.words(finding)
        number = bisect_right(self._starts, finding.span.start)
        is_left_out = number == len(self._starts) and not self._has_all_parts
        if finding.comment or not number or is_left_out:
            return place
        return element("a", place, href=f"#{self._anchor(number)}")

    def words(self, finding: Finding) -> str:
        """Return where a finding is, in words."""
        return place_in_words(self._entry, finding)

    def _anchor(self, number: int) -> str:
        return f"{self.id}-{number}"

    def _lines(self) -> Iterator[str]:
        entry = self._entry
        yield rendered(element("h2", *breakable(entry.path)))
        if self._parts:
            yield rendered(element("h3", "Before and after"))
        number = 0
        for part in self._parts:
            if isinstance(part, Stretch):
                yield rendered(self._stretch(part))
            else:
                number += 1
                yield rendered(self._passage(part, self._anchor(number)))
        if not self._has_all_parts:
            yield rendered(element("p", f"The rest of the text is left out: {_TOO_LARGE}."))
        yield rendered(element("h3", "Findings"))
        yield rendered(self._table())
        left_out = len(entry.findings) - MOST_SHOWN
        if left_out > 0:
            said = f"{count(left_out, 'finding')} more, left out here: {_TOO_LARGE}."
            yield rendered(element("p", said))

    def _passage(self, passage: Passage, anchor: str) -> Element:
        place = self._line(passage.at)
        if passage.after is None:
            both = element("div", *_paragraphs(passage.before, "del"), class_="side both")
            return element("div", place, both, class_="passage", id=anchor)
        before = _side("Before", _paragraphs(passage.before, "del"))
        after = _side("After", _paragraphs(passage.after, "ins"))
        return element("div", place, before, after, class_="passage", id=anchor)

    def _stretch(self, stretch: Stretch) -> Element:
        start = stretch.blocks[0].span.start
        said = f"{count(len(stretch.blocks), 'paragraph')} without a finding"
        if stretch.size > _MOST:
            said = f"{said}: {stretch.size:,} characters, too many to be shown here"
            return element("p", said, class_="passage same")
        text = self._entry.document.text
        shown = []
        for span, kind in stretch.blocks:
            shown.append(_paragraph(Paragraph(kind, [Run(span.of(text))]), "del"))
        both = element("div", *shown, class_="side both")
        if stretch.is_short:
            return element("div", self._line(start), both, class_="passage same")
        summary = element("summary", said, ", from ", self._line_in_words(start))
        return element("details", summary, element("div", both, class_="passage same"))

    def _line(self, at: int) -> Element:
        return element("p", self._line_in_words(at), class_="place")

    def _line_in_words(self, at: int) -> str:
        document = self._entry.document
        return line_in_words(document.location(at), has_lines=not document.is_container)

    def _table(self) -> Element:
        head = element("tr")
        for title in ("Place and level", "Change", "Rule and reason"):
            head.append(element("th", title, scope="col"))
        body = element("tbody")
        for finding in self._entry.findings[:MOST_SHOWN]:
            body.append(
                element(
                    "tr",
                    element("th", self.place(finding), element("br"), finding.level, scope="row"),
                    element("td", *changed(self._entry.document.text, finding)),
                    element("td", *rule_and_reason(finding)),
                )
            )
        caption = element("caption", f"What rules say about {visible(self._entry.path)}")
        return element("table", caption, element("thead", head), body, class_="findings")


def place_in_words(entry: Entry, finding: Finding) -> str:
    """Return where a finding is in its file: `12:5`, or `14:1, cue 4`."""
    place = location(entry.document, finding)
    return visible(f"{place}, {place.label}" if place.label else str(place))


def line_in_words(place: Location, *, has_lines: bool = True) -> str:
    """Return the line of a place as a person calls it; a container has no lines that they see.

    >>> line_in_words(Location("", 12, 1)), line_in_words(Location("", 14, 1, "cue 4"))
    ('line 12', 'line 14, cue 4')
    >>> line_in_words(Location("two.xhtml", 12, 1), has_lines=False)
    'two.xhtml:12'
    >>> line_in_words(Location("", 3, 1, "paragraph 3"), has_lines=False)
    'paragraph 3'
    """
    if place.label and not has_lines:
        parts = [place.member, place.label]
    else:
        parts = [f"{place.member}:{place.line}" if place.member else f"line {place.line}"]
        parts.append(place.label)
    return visible(", ".join(filter(None, parts)))


def changed(text: str, finding: Finding) -> Iterator[Content]:
    """Yield what a finding says about a text: what is there, and what it becomes."""
    before, after = sides(text, finding)
    if before == after:
        yield element("mark", *spoken(before), class_=finding.level)
        return
    yield element("del", *spoken(before))
    yield " "
    yield element("ins", *spoken(after)) if after else "(nothing)"


def in_context(document: Document, finding: Finding) -> Iterator[Content]:
    """Yield the text that a finding is about, among the words around it."""
    span = without_line_ends(document.text, finding.span)
    there = span.of(document.text)
    if finding.comment or not there:
        yield from changed(document.text, finding)
        return
    start, end = document.block(span.start)
    around = Span(max(start, span.start - _AROUND), min(max(end, span.end), span.end + _AROUND))
    head = document.text[around.start : span.start]
    tail = document.text[span.end : around.end]
    if around.start > start:
        head = "…" + head.partition(" ")[2]
    if around.end < end:
        tail = tail.rpartition(" ")[0] + "…"
    yield from spoken(head)
    yield element("mark", *spoken(shortened(there, _MOST_QUOTED)), class_=finding.level)
    yield from spoken(tail)


def rule_and_reason(finding: Finding) -> Iterator[Content]:
    """Yield the rule of a finding, and why it is one."""
    yield from breakable(finding.label)
    yield element("br")
    yield element("span", *spoken(visible(finding.message)), class_="quiet")


def _side(name: str, paragraphs: Sequence[Element]) -> Element:
    title = element("p", name, class_="side-name")
    nothing = [] if paragraphs else [element("p", "(nothing)", class_="quiet")]
    return element("div", title, *paragraphs, *nothing, class_="side")


def _paragraphs(paragraphs: Sequence[Paragraph], name: Literal["del", "ins"]) -> list[Element]:
    return [_paragraph(paragraph, name) for paragraph in paragraphs]


def _paragraph(paragraph: Paragraph, name: Literal["del", "ins"]) -> Element:
    content: list[Content] = []
    if paragraph.kind not in {"headline", "paragraph"}:
        content += [element("span", f"{paragraph.kind}:", class_="kind"), " "]
    for is_marked, group in groupby(paragraph.runs, key=lambda run: run.is_marked):
        if is_marked:
            content.append(_words(list(group), name))
        else:
            for run in group:
                content += _run(run)
    return element("h4" if paragraph.kind == "headline" else "p", *content)


def _words(runs: Sequence[Run], name: str) -> Element:
    """Return words that change; what exactly changes is emphasized if that is only a part."""
    words = element(name)
    is_mixed = len({run.state for run in runs}) > 1
    for run in runs:
        content = list(_run(run))
        if is_mixed and run.state != "same":
            content = [element("b", *content)]
        append(words, *content)
    return words


def _run(run: Run) -> Iterator[Content]:
    text = run.text
    if run.state != "same" and text.isspace():
        text = _LINE_END.join(_SPACE * len(line) for line in LINE_END.split(text))
    if run.open:
        yield element("mark", *spoken(text), class_=run.open)
    else:
        yield from spoken(text)
