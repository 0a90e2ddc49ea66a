"""Markdown: CommonMark with front matter, tables and footnotes, as GitHub, Jekyll and Pandoc write
it.

markdown-it says which lines are headings, paragraphs and cells; the part of each line that it reads
as inline text is prose, and all else is structure: markers, fences, code, HTML, definitions. Inside
a paragraph `inlines` tells what must stay. Nothing is rendered: the text is only ever edited where
its prose stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from cleaner.formats.markdown import directives, inlines
from cleaner.text import prose
from cleaner.text.document import BlockKind, Directive, Document
from cleaner.text.edits import Span, merge_spans

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")

_LINE_END = re.compile(r"\r\n|\r|\n")
_LIQUID = re.compile(r"\{%-?\s*(end)?(highlight|raw|comment)\b[^%{}]*%\}")
_PIPE = re.compile(r"(?<!\\)\|")
# how escapes, entities and hard line breaks begin: they may go with a paragraph
_SLIGHT = frozenset("\\& ")
_PICTURE = re.compile(r"\[?!\[[^\r\n]*\)\s*(?=[\r\n]|\Z)")


def document(text: str) -> Document:
    """The text as blocks of prose; nothing is parsed before something was found in it.

    >>> text = "# Alibaba under fire\\n\\n> It was a hard week for *Marwin*\\n> in `Marwin`.\\n"
    >>> [(block.kind, block.span.of(text)) for block in document(text).blocks() if block.kind == "headline"]
    [('headline', 'Alibaba under fire')]
    """
    layout = _Layout(text)
    return Document(text, layout.block, layout.kind, layout.protects, layout.directives)


class _Block(NamedTuple):
    """Prose: `lines` are its parts, without the markers of the quotes and lists around it.

    `within` numbers what it stands in, so that two paragraphs of one quote are told from those of
    two.
    """

    span: Span
    lines: Sequence[Span]
    type: str  # of the token around it: paragraph_open, heading_open, th_open ...
    within: int


class _Source(NamedTuple):
    """A parsed text: its prose, the labels that links may refer to, and HTML with what follows it."""

    blocks: Sequence[_Block]
    references: Collection[str]
    html: Sequence[tuple[Span, Span]]


class _Layout:
    """A text that is parsed when something is first asked; what is protected in a block is worked
    out once.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._protected: dict[Span, Sequence[Span]] = {}

    @cached_property
    def _source(self) -> _Source:
        return _parsed(self._text)

    def _after(self, place: int) -> int:
        """The number of the first block that ends behind `place`."""
        return bisect_right(self._source.blocks, place, key=_end)

    def block(self, at: int) -> Span:
        blocks, after = self._source.blocks, self._after(at)
        start, end = blocks[after - 1].span.end if after else 0, len(self._text)
        if after < len(blocks):
            if (span := blocks[after].span).start <= at:
                return span
            end = span.start
        return _trimmed(self._text, Span(start, end))

    def kind(self, span: Span) -> BlockKind:
        blocks, after = self._source.blocks, self._after(span.start)
        if after < len(blocks) and (block := blocks[after]).span == span:
            text = span.of(self._text)
            if block.type == "heading_open":
                return "headline"
            if _PICTURE.match(text):
                return "caption"
            if (kind := prose.kind(text.strip("*_ "))) != "headline":
                return kind
        return "paragraph"

    def protects(self, span: Span) -> bool:
        """An edit has to stay inside a block, or take whole paragraphs and nothing but white space
        besides.
        """
        blocks, text = self._source.blocks, self._text
        first = bisect_left(blocks, span.start, key=_end)
        if first < len(blocks) and blocks[first].span.covers(span):
            return self._touches(blocks[first], span)
        after = self._after(span.start)
        beyond = bisect_left(blocks, span.end, lo=after, key=_start)
        taken = blocks[after:beyond]
        if not all(span.covers(block.span) and block.type == "paragraph_open" for block in taken):
            return True
        edges = [span.start, *(place for block in taken for place in block.span), span.end]
        if not taken or any(
            text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True)
        ):
            return True
        joined = [block for block in blocks[beyond : beyond + 1] if block.span.start == span.end]
        if len({block.within for block in (*taken, *joined)}) > 1:
            return True
        return any(
            text[there.start] not in _SLIGHT for block in taken for there in self._spans(block)
        )

    def _touches(self, block: _Block, span: Span) -> bool:
        spans = self._spans(block)
        at = bisect_left(spans, span.start, key=attrgetter("end"))
        return any(span.overlaps(there) or there.covers(span) for there in spans[at : at + 2])

    def _spans(self, block: _Block) -> Sequence[Span]:
        """What is protected in a block, in order."""
        if (known := self._protected.get(block.span)) is None:
            text, (start, _) = self._text, block.span
            pieces: list[str] = []
            markers: list[Span] = []
            at = start
            for line in block.lines:
                if text[at : line.start].strip():
                    markers.append(Span(at, line.start))
                pieces += (" " * (line.start - at), line.of(text))
                at = line.end
            inside = inlines.protected("".join(pieces), self._source.references)
            spans = [Span(start + low, start + high) for low, high in inside]
            known = self._protected[block.span] = merge_spans([*spans, *markers])
        return known

    def directives(self) -> Iterable[Directive]:
        """What comments tell the tool; one that stands alone is about the block, list, quote or
        table after it.
        """
        real = (self._comment(span) for span in directives.comments(self._text))
        return directives.parse_directives(self._text, filter(None, real))

    def _comment(self, span: Span) -> tuple[Span, Span] | None:
        blocks, html = self._source.blocks, self._source.html
        after = self._after(span.start)
        if after < len(blocks) and blocks[after].span.covers(span):
            return (span, blocks[after].span) if span in self._spans(blocks[after]) else None
        number = bisect_right(html, span.start, key=lambda pair: pair[0].start) - 1
        return (span, html[number][1]) if number >= 0 and html[number][0].covers(span) else None


def _start(block: _Block) -> int:
    return block.span.start


def _end(block: _Block) -> int:
    return block.span.end


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote.index import footnote_def

    parser = MarkdownIt("commonmark").enable("table")
    parser.block.ruler.before(
        "reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]}
    )
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _parsed(text: str) -> _Source:
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")  # as markdown-it does
    lines = _lines(text)
    env: dict[str, dict[str, object]] = {}
    tokens = _parser().parse(_without(text, [*_front_matter(text, lines), *_liquid(text)]), env)
    blocks = [block for block in _blocks(text, lines, tokens) if block.span.start < block.span.end]
    return _Source(blocks, env.get("references", {}), [*_html(text, lines, tokens)])


def _lines(text: str) -> list[Span]:
    ends = [found.span() for found in _LINE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    return [
        Span(start, end)
        for start, end in zip(starts, [*(start for start, _ in ends), len(text)], strict=True)
    ]


def _without(text: str, spans: Iterable[Span]) -> str:
    """The text with nothing but the line ends of these spans, so that all that is left keeps its
    line.
    """
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (text[at:start], *_LINE_END.findall(text, start, end))
        at = end
    return "".join((*pieces, text[at:]))


def _front_matter(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    fence = lines[0].of(text).strip("\ufeff \t")
    if fence in {"---", "+++"} and len(lines) > 1 and lines[1].of(text).strip():
        ends = {fence, "..."} if fence == "---" else {fence}
        last = next((line for line in lines[1:] if line.of(text).rstrip() in ends), None)
        if last:
            yield Span(0, last.end)


def _liquid(text: str) -> Iterator[Span]:
    """Blocks of code and the like that Jekyll puts between tags."""
    opened: re.Match[str] | None = None
    for tag in _LIQUID.finditer(text):
        if not opened and not tag.group(1):
            opened = tag
        elif opened and tag.group(1) and tag.group(2) == opened.group(2):
            yield Span(opened.start(), tag.end())
            opened = None


def _html(text: str, lines: Sequence[Span], tokens: Sequence[Token]) -> Iterator[tuple[Span, Span]]:
    """Blocks of HTML, each with the block, list, quote or table that follows it in the same place."""
    for token, following in zip(tokens, [*tokens[1:], None], strict=False):
        if token.type == "html_block":
            yield _whole(text, lines, token), _whole(text, lines, following)


def _whole(text: str, lines: Sequence[Span], token: Token | None) -> Span:
    first, end = (token and token.map) or (0, 0)
    return _trimmed(text, Span(lines[first].start, lines[end - 1].end)) if end else Span(0, 0)


def _trimmed(text: str, span: Span) -> Span:
    there = span.of(text)
    return Span(span.end - len(there.lstrip()), span.start + len(there.rstrip()))


def _blocks(text: str, lines: Sequence[Span], tokens: Iterable[Token]) -> Iterator[_Block]:
    around: list[tuple[str, int]] = [("", -1)]  # types and numbers of the tokens that are open
    row = Span(0, 0)
    cells: list[str] = []
    for number, token in enumerate(tokens):
        if token.type == "inline" and token.map:
            type_, within = around[-1][0], around[-2][1]
            if type_ in {"th_open", "td_open"}:
                row = lines[token.map[0]]
                cells.append(token.content)
            elif places := _places(text, lines[slice(*token.map)], token.content):
                yield _Block(Span(places[0].start, places[-1].end), places, type_, within)
        elif token.nesting == 1:
            around.append((token.type, number))
        elif token.nesting == -1:
            around.pop()
            if token.type == "tr_close":
                yield from (
                    _Block(cell, [cell], "td_open", number) for cell in _cells(text, row, cells)
                )
                cells = []


def _places(text: str, lines: Sequence[Span], content: str) -> list[Span]:
    """Where the inline text of a block stands: in each line from its first letter to the beginning
    of the next line.

    If that cannot be told, nowhere: then all of the block is structure.
    """
    pieces = content.split("\n")
    found: list[Span] = []
    for piece, (start, end), following in zip(pieces, lines, [*lines[1:], None], strict=False):
        core = piece.strip()
        if len(pieces) != len(lines) or (at := text.rfind(core, start, end)) < 0:
            return []
        found.append(Span(at, following.start if following else at + len(core)))
    return found


def _cells(text: str, row: Span, contents: Sequence[str]) -> Iterator[Span]:
    """Where the cells of a row stand, whether it begins with a pipe or not."""
    pipes = [found.start() for found in _PIPE.finditer(text, *row)]
    edges = [*zip([row.start, *(pipe + 1 for pipe in pipes)], [*pipes, row.end], strict=True)]
    wanted = [content.strip().replace("|", r"\|") for content in contents]
    for first in (1, 0):
        segments = [text[start:end].strip() for start, end in edges[first:]]
        segments += [""] * (len(wanted) - len(segments))
        if segments[1 : len(wanted)] == wanted[1:] and segments[0].endswith(wanted[0]):
            if first and segments[0] != wanted[0]:
                continue
            for (start, end), cell in zip(edges[first:], wanted, strict=False):
                if cell:
                    at = text.rindex(cell, start, end)
                    yield Span(at, at + len(cell))
            return
