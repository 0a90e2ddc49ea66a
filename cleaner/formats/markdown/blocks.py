"""Where the prose of a text in Markdown is, as told by markdown-it.

markdown-it says which lines are headings, paragraphs and cells, and what their inline text is, but
not where in its line that text begins. So the inline text is looked up in the lines again. If it
is not found, the whole block counts as structure, which nothing edits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, cast

from cleaner.formats.markdown.inlines import Labels
from cleaner.text.characters import LINE_END
from cleaner.text.edits import Span, merge_spans

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LIQUID = re.compile(r"\{%-?\s*(end)?(highlight|raw|comment)\b[^%{}]*%\}")
_PIPE = re.compile(r"(?<!\\)\|")
_CELLS = frozenset({"th_open", "td_open"})
_WHITE_SPACE = frozenset(" \t\r\n")
_INTERRUPTS = re.compile(r"#{1,6}[ \t]|```|~~~")  # what needs no blank line before it
_NOT_FIRST = frozenset({"hr", "code_block"})  # what would mean something else at the top
_LISTS = ("bullet_list", "ordered_list")
_MAY_GO_ON = frozenset({*_LISTS, "footnote_reference", "code_block"})  # with indented lines
# What would be one where it is two, without the paragraph between.
_JOIN = frozenset({*product(_LISTS, _LISTS), ("code_block", "code_block")})


class Block(NamedTuple):
    """A block of prose.

    Attributes:
        span: from the beginning of the first line to the end of the last.
        lines: the parts of the block that are prose, one a line, without the markers of quotes and
            lists around it.
        type: the type of the token around it: paragraph_open, heading_open, th_open ...
        enclosure: what goes with the block when it is deleted: the blank line before it
            too. None means that the rest of the text would mean something else then.
    """

    span: Span
    lines: Sequence[Span]
    type: str
    enclosure: Span | None = None


class Html(NamedTuple):
    """A block of HTML, and the block, list, quote or table that follows it in the same place.

    `following` is an empty span where nothing follows.
    """

    span: Span
    following: Span


class Parsed(NamedTuple):
    """A parsed text: its blocks, the labels that are defined in it, its HTML and front matter."""

    blocks: Sequence[Block]
    labels: Labels
    html: Sequence[Html]
    front_matter: Span


@cache
def _parser() -> MarkdownIt:
    """Return a parser for blocks; inline text is left as it is."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote.index import footnote_def

    parser = MarkdownIt("commonmark").enable("table")
    parser.block.ruler.before(
        "reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]}
    )
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def parse(text: str) -> Parsed:
    r"""Return the blocks of prose of a text in Markdown, in order.

    >>> text = "> Ma Yun\n> spoke.\n"
    >>> [block.span.of(text) for block in parse(text).blocks]
    ['Ma Yun\n> spoke.']
    """
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")  # as markdown-it does
    lines = _lines(text)
    front_matter = _front_matter(text, lines)
    hidden = merge_spans([front_matter, *_byte_order_mark(text), *_liquid(text)])
    env: dict[str, dict[str, object]] = {}
    tokens = _parser().parse(_blanked(text, hidden), env)
    blocks = [block for block in _blocks(text, lines, tokens) if block.span.start < block.span.end]
    footnotes = cast(Mapping[str, object], env.get("footnotes", {}).get("refs", {}))
    labels = Labels(env.get("references", {}), {name.removeprefix(":") for name in footnotes})
    return Parsed(blocks, labels, list(_html(text, lines, tokens)), front_matter)


def trimmed(text: str, span: Span) -> Span:
    """Return the span without white space at its ends.

    >>> trimmed("a  b  c", Span(1, 6))
    Span(start=3, end=4)
    """
    inside = span.of(text)
    return Span(span.end - len(inside.lstrip()), span.start + len(inside.rstrip()))


def _lines(text: str) -> list[Span]:
    """Return the lines of a text without their line ends. There is at least one."""
    lines: list[Span] = []
    start = 0
    for line_end in LINE_END.finditer(text):
        lines.append(Span(start, line_end.start()))
        start = line_end.end()
    lines.append(Span(start, len(text)))
    return lines


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """Return the text with only the line ends of these spans, so that line numbers stay."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (text[at:start], *LINE_END.findall(text, start, end))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _front_matter(text: str, lines: Sequence[Span]) -> Span:
    """Return the span of YAML or TOML at the top of the text; it is empty if there is none."""
    fence = lines[0].of(text).strip("\N{ZERO WIDTH NO-BREAK SPACE} \t")
    if fence in {"---", "+++"} and len(lines) > 1 and lines[1].of(text).strip():
        ends = {"---", "..."} if fence == "---" else {"+++"}
        for line in lines[1:]:
            if line.of(text).rstrip() in ends:
                return Span(0, line.end)
    return Span(0, 0)


def _byte_order_mark(text: str) -> Iterator[Span]:
    """Yield the span of a byte order mark at the beginning of the text."""
    if text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
        yield Span(0, 1)


def _liquid(text: str) -> Iterator[Span]:
    """Yield code and comments between two Liquid tags, as Jekyll reads them."""
    opened: re.Match[str] | None = None
    for tag in _LIQUID.finditer(text):
        is_end, name = tag.groups()
        if not opened and not is_end:
            opened = tag
        elif opened and is_end and name == opened.group(2):
            yield Span(opened.start(), tag.end())
            opened = None


def _html(text: str, lines: Sequence[Span], tokens: Sequence[Token]) -> Iterator[Html]:
    """Yield each block of HTML with what follows it."""
    for number, token in enumerate(tokens):
        if token.type == "html_block":
            following = tokens[number + 1 : number + 2]
            after = _token_span(text, lines, following[0]) if following else Span(0, 0)
            yield Html(_token_span(text, lines, token), after)


def _token_span(text: str, lines: Sequence[Span], token: Token) -> Span:
    """Return the lines of a token without white space around them.

    For a token that has no lines, such as the end of a quote, return an empty span.
    """
    if not token.map or not token.map[1]:
        return Span(0, 0)
    first, end = token.map
    return trimmed(text, Span(lines[first].start, lines[end - 1].end))


def _blocks(text: str, lines: Sequence[Span], tokens: Sequence[Token]) -> Iterator[Block]:
    """Yield the blocks of prose in order. Some of them may be empty."""
    row = Span(0, 0)
    cells: list[str] = []  # the contents of the cells of `row`
    for number, token in enumerate(tokens):
        if token.type == "tr_close":
            for cell in _cells(text, row, cells):
                yield Block(cell, [cell], "td_open")
            cells = []
        if token.type != "inline" or not token.map:
            continue
        around = tokens[number - 1].type
        first, end = token.map
        if around in _CELLS:
            row = lines[first]
            cells.append(token.content)
            continue
        places = _places(text, lines[first:end], token.content)
        if not places:
            continue
        span = Span(places[0].start, places[-1].end)
        enclosure = None
        if around == "paragraph_open":
            before = _sibling(tokens, number - 2, nesting=-1)
            behind = _sibling(tokens, number + 2, nesting=1)
            enclosure = _enclosure(text, span, before, behind, is_inner=token.level > 1)
        yield Block(span, places, around, enclosure)


def _sibling(tokens: Sequence[Token], number: int, *, nesting: int) -> str:
    """Return the type of the token at a place if it is beside another one in the same container.

    Args:
        tokens: all tokens.
        number: the place of the token.
        nesting: that of a token that ends before, or begins behind, the other one.
    """
    if not 0 <= number < len(tokens) or tokens[number].nesting not in {0, nesting}:
        return ""
    return tokens[number].type.removesuffix("_open").removesuffix("_close")


def _enclosure(text: str, span: Span, before: str, behind: str, *, is_inner: bool) -> Span | None:
    """Return what of the source is deleted with a paragraph; None if it must stay.

    Args:
        text: the source.
        span: the paragraph.
        before, behind: the types of what is beside it in the same container; "" for nothing.
        is_inner: whether it is in a list, a quote or the like.
    """
    start, end = span
    while start and text[start - 1] in _WHITE_SPACE:
        start -= 1
    while end < len(text) and text[end] in _WHITE_SPACE:
        end += 1
    ends_before = len(LINE_END.findall(text, start, span.start))
    ends_behind = len(LINE_END.findall(text, span.end, end))
    is_last = end == len(text)
    if not (is_last or ends_behind > 1 or _INTERRUPTS.match(text, end)):
        return None
    if not start and not is_inner:
        return span if behind not in _NOT_FIRST else None
    if ends_before > 1 and (before or not is_inner):
        may_go_on = before in _MAY_GO_ON and text[end - 1] in {" ", "\t"}
        return Span(start, span.end) if (before, behind) not in _JOIN and not may_go_on else None
    if is_inner and not before and behind == "paragraph":
        return Span(span.start, end)
    return None


def _places(text: str, lines: Sequence[Span], content: str) -> list[Span]:
    """Return where the inline text of a block is, one span a line.

    A span goes from the first letter to the beginning of the next line, in the last line to the
    last letter. The result is empty if the text is not found in all lines: then all of the block
    is structure.
    """
    parts = content.split("\n")
    if len(parts) != len(lines):
        return []
    found: list[Span] = []
    for number, (part, line) in enumerate(zip(parts, lines, strict=True), start=1):
        letters = part.strip()
        at = text.rfind(letters, *line)
        if at < 0:
            return []
        end = lines[number].start if number < len(lines) else at + len(letters)
        found.append(Span(at, end))
    return found


def _cells(text: str, row: Span, contents: Sequence[str]) -> Iterator[Span]:
    """Yield where the cells of a row are, without white space. Empty cells are left out.

    Nothing is yielded if the contents are not found between the pipes of the row.
    """
    segments = _between_pipes(text, row)
    wanted = [content.strip().replace("|", r"\|") for content in contents]
    if _holds(text, segments[1:], wanted, outer_pipe=True):
        segments = segments[1:]
    elif not _holds(text, segments, wanted, outer_pipe=False):
        return
    for (start, end), cell in zip(segments, wanted, strict=False):
        if cell:
            at = text.rindex(cell, start, end)
            yield Span(at, at + len(cell))


def _between_pipes(text: str, row: Span) -> list[Span]:
    """Return the segments of a row before, between and after its pipes."""
    segments: list[Span] = []
    start = row.start
    for pipe in _PIPE.finditer(text, *row):
        segments.append(Span(start, pipe.start()))
        start = pipe.end()
    segments.append(Span(start, row.end))
    return segments


def _holds(text: str, segments: Sequence[Span], wanted: Sequence[str], *, outer_pipe: bool) -> bool:
    """Return whether the segments of a row contain exactly the cells that are wanted.

    Without a pipe at the beginning of the row, markers of quotes and lists may come before the
    first cell.
    """
    found = [segment.of(text).strip() for segment in segments[: len(wanted)]]
    found += [""] * (len(wanted) - len(found))  # a row may have fewer cells than the table
    if found[1:] != wanted[1:]:
        return False
    return found[0] == wanted[0] if outer_pipe else found[0].endswith(wanted[0])
